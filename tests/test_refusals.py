"""What git says of a remote that refuses, as servers say it, and the failure that it is."""

from __future__ import annotations

from subprocess import CompletedProcess

import pytest

from i18n_pipeline.errors import CannotWrite, I18nError, NotAuthorised, TryLater
from i18n_pipeline.history.refusals import in_words, push_failure, read_failure

PUSHED = (
    " ! {} HEAD -> i18n/ja ({})\nerror: failed to push some refs to 'https://a.example/b.git'\n"
)


def ended(said: str) -> CompletedProcess[bytes]:
    return CompletedProcess(["git"], 1, b"", said.encode())


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("[rejected]", "fetch first"),
        ("[rejected]", "non-fast-forward"),
        ("[remote rejected]", "failed to update ref"),
        ("[remote rejected]", "reference already exists"),
        ("[remote rejected]", "incorrect old value provided"),
        ("[remote rejected]", "cannot lock ref 'refs/heads/i18n/ja': is at 1 but expected 2"),
    ],
)
def test_who_was_overtaken_begins_again(kind: str, why: str) -> None:
    assert push_failure("i18n/ja", ended(PUSHED.format(kind, why))) is None


IN_THE_WAY = "cannot lock ref 'refs/heads/i18n/ja': 'refs/heads/i18n' exists; cannot create it"
WORKFLOWS = (
    "refusing to allow a GitHub App to update workflow `a.yml` without `workflows` permission"
)


@pytest.mark.parametrize(
    ("why", "kind"),
    [
        ("pre-receive hook declined", CannotWrite),
        ("hook declined", CannotWrite),
        ("protected branch hook declined", CannotWrite),
        ("push declined due to repository rule violations", CannotWrite),
        (WORKFLOWS, CannotWrite),
        ("shallow update not allowed", CannotWrite),
        (IN_THE_WAY, CannotWrite),
        ("internal server error", TryLater),
    ],
)
def test_what_the_remote_refuses_is_told_in_its_words(why: str, kind: type[I18nError]) -> None:
    failure = push_failure("i18n/ja", ended(PUSHED.format("[remote rejected]", why)))
    assert type(failure) is kind
    assert failure.message.startswith("i18n/ja cannot be pushed: ")
    assert f"({why})" in failure.message


URL = "https://a.example/b.git"


@pytest.mark.parametrize(
    "said",
    [
        f"fatal: Authentication failed for '{URL}/'",
        "fatal: could not read Username for 'https://a.example': terminal prompts disabled",
        f"fatal: unable to access '{URL}/': The requested URL returned error: 403",
        f"remote: Repository not found.\nfatal: repository '{URL}/' not found",
        "git@a.example: Permission denied (publickey).",
    ],
)
def test_a_token_that_may_not_is_no_matter_of_time(said: str) -> None:
    assert type(push_failure("i18n/ja", ended(said))) is CannotWrite
    assert type(read_failure("origin", ended(said))) is NotAuthorised


@pytest.mark.parametrize(
    "said",
    [
        f"fatal: unable to access '{URL}/': Could not resolve host: a.example",
        f"fatal: unable to access '{URL}/': The requested URL returned error: 503",
        "ssh: connect to host a.example port 22: Connection refused",
    ],
)
def test_a_server_that_is_away_is_a_matter_of_time(said: str) -> None:
    assert type(push_failure("i18n/ja", ended(said))) is TryLater
    assert type(read_failure("origin", ended(said))) is TryLater


def test_the_password_of_an_address_is_in_no_message() -> None:
    said = "fatal: unable to access 'https://x-access-token:ghs_secret@a.example/b.git/': no route"
    assert in_words(ended(said)) == "fatal: unable to access 'https://a.example/b.git/': no route"
