"""What git says when a remote refuses, and which of our failures that is."""

from __future__ import annotations

import re
from subprocess import CompletedProcess

from i18n_pipeline.errors import CannotWrite, I18nError, NotAuthorised, TryLater
from i18n_pipeline.expressions import expression

_PASSWORD = expression(r"(?<=://)[^/@\s]+@")
_TELLING = expression(r"fatal|error|remote:|CONFLICT| !|!")
_OVERTAKEN = expression(
    r"! \[rejected\]|\(stale info\)|\(reference already exists\)|\(incorrect old value provided\)"
    r"|\(failed to update ref\)|\(cannot lock ref [^\n]*\bis at [^\n]*but expected"
)
"""Somebody else pushed first, seen from here or from there (git: builtin/receive-pack.c)."""

_IN_THE_WAY = expression(r"'refs/heads/[^']*' exists; cannot create")
"""A branch has the name that is a folder of ours, or the other way round."""

_REFUSED = expression(r"! \[remote rejected\](?!.*\(internal server error\))")
_FORBIDDEN = expression(
    r"denied|not authori[sz]ed|authentication failed|could not read (?:username|password)"
    r"|returned error: 40[134]|protected branch|GH006|hook declined",
    re.IGNORECASE,
)
_NOT_THERE = expression(
    r"repository .*not found|does not appear to be a git repository|project .*not be found",
    re.IGNORECASE,
)


def push_failure(branch: str, ended: CompletedProcess[bytes]) -> I18nError | None:
    """Why a push came to nothing; None where somebody else pushed meanwhile."""
    said, words = _said(ended), f"{branch} cannot be pushed: {in_words(ended)}"
    if _IN_THE_WAY.search(said):
        return CannotWrite(words, "call the branches otherwise: --branch-prefix")
    if _FORBIDDEN.search(said) or _NOT_THERE.search(said):
        return CannotWrite(words, "the job needs the right to push branches (docs/ci.md)")
    if _OVERTAKEN.search(said):
        return None
    if _REFUSED.search(said):
        return CannotWrite(words, "what the remote says has to be mended first")
    return TryLater(words, "run it again")


def read_failure(remote: str, ended: CompletedProcess[bytes]) -> I18nError:
    """Why a remote could not be read."""
    said, words = _said(ended), f"{remote} cannot be read: {in_words(ended)}"
    if _FORBIDDEN.search(said) or _NOT_THERE.search(said):
        hint = "look at its address and at what the token is allowed to (docs/ci.md)"
        return NotAuthorised(words, hint)
    return TryLater(words, "run it again")


def in_words(ended: CompletedProcess[bytes]) -> str:
    """What git said went wrong, in one line, without the password of an address."""
    said = _said(ended) or ended.stdout.decode("utf-8", "replace")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.match(line)]
    return _PASSWORD.sub("", "; ".join((telling or lines)[:3])) or f"exit code {ended.returncode}"


def _said(ended: CompletedProcess[bytes]) -> str:
    return ended.stderr.decode("utf-8", "replace")
