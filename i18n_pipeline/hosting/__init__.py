"""Pull requests: the only code that talks to the services that host repositories.

`base.py` says what we ask of a service; github.py and gitlab.py do it, by calls.py. Which service,
with which token, the environment of a CI job says.
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.errors import NotAuthorised
from i18n_pipeline.hosting.base import Hosting, Proposal, Request
from i18n_pipeline.hosting.calls import Caller, Token

__all__ = ["Hosting", "Proposal", "Request", "find_hosting"]


def find_hosting(environment: Mapping[str, str]) -> Hosting | None:
    """The service that a CI job runs on, None where the environment names none that we know.

    Raises NotAuthorised where it names one, but no token for it.
    """
    if repository := environment.get("GITHUB_REPOSITORY"):
        from i18n_pipeline.hosting.github import GitHub

        token = _token(environment, "GITHUB_TOKEN", "GH_TOKEN")
        address = environment.get("GITHUB_API_URL") or "https://api.github.com"
        headers = {"Authorization": f"Bearer {token.value}"}
        return GitHub(Caller("GitHub", address, headers, token), repository)
    if project := environment.get("CI_PROJECT_ID"):
        from i18n_pipeline.hosting.gitlab import GitLab

        token = _token(environment, "GITLAB_TOKEN")
        address = environment.get("CI_API_V4_URL") or "https://gitlab.com/api/v4"
        return GitLab(Caller("GitLab", address, {"PRIVATE-TOKEN": token.value}, token), project)
    return None


def _token(environment: Mapping[str, str], *names: str) -> Token:
    value = next(filter(None, (environment.get(name, "").strip() for name in names)), "")
    if not value:
        hint = "or push the branches alone: --no-request"
        raise NotAuthorised(f"pull requests need a token, and {names[0]} is not set", hint)
    # Anything else cannot stand in a header, and libraries show what they could not send.
    if not all("!" <= character <= "~" for character in value):
        raise NotAuthorised(f"{names[0]} holds characters that no token has", "copy it again")
    return Token(value)
