"""Which entries of another glossary are new, known, or contradict what stands."""

from __future__ import annotations

import pytest

from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.stages.incoming import Conflict, Standing, sort_incoming

ADMITTED, DEPRECATED = Status.ADMITTED, Status.DEPRECATED


@pytest.mark.parametrize(
    ("entry", "there"),
    [
        (Entry("token", "Token"), Entry("Token", "Token")),
        (Entry("token", "Token", note="x", forms=("y",)), Entry("token", "Token")),
        (Entry("token", "Token", pos="noun"), Entry("token", "Token")),
        (Entry("token", "Token"), Entry("token", "Token", pos="noun")),
        (Entry("token", "Marke", DEPRECATED), Entry("token", "Marke", DEPRECATED)),
    ],
)
def test_what_stands_is_known(entry: Entry, there: Entry) -> None:
    found = sort_incoming([entry], [Standing(there, "x")], "")
    assert (found.new, found.known, found.conflicts) == ((), 1, ())


@pytest.mark.parametrize(
    ("entry", "there"),
    [
        (Entry("token", "Marke"), Entry("token", "Token")),
        (Entry("token", "Marke", pos="noun"), Entry("token", "Token")),
        (Entry("token", "Token", DEPRECATED), Entry("token", "Token")),
        (Entry("token", "Token", ADMITTED), Entry("token", "Token")),
    ],
)
def test_what_says_otherwise_is_a_conflict(entry: Entry, there: Entry) -> None:
    standing = Standing(there, "x")
    found = sort_incoming([entry], [standing], "")
    assert (found.new, found.conflicts) == ((), (Conflict(entry, standing),))


@pytest.mark.parametrize(
    ("entry", "there"),
    [
        (Entry("prompt", "Prompt"), Entry("token", "Token")),
        (Entry("token", "Marke", DEPRECATED), Entry("token", "Token")),
        (Entry("token", "Marke"), Entry("token", "Token", DEPRECATED)),
        (Entry("run", "Lauf", pos="noun"), Entry("run", "laufen", pos="verb")),
        (Entry("GO", "los"), Entry("go", "gehen")),
        (Entry("Go", "Go", case_sensitive=True), Entry("go", "gehen")),
    ],
)
def test_any_other_is_new(entry: Entry, there: Entry) -> None:
    assert sort_incoming([entry], [Standing(there, "x")], "").new == (entry,)


def test_the_first_of_two_that_disagree_is_taken() -> None:
    bank, river = Entry("bank", "Bank"), Entry("bank", "Ufer")
    found = sort_incoming([bank, river, bank], [], "theirs.tbx")
    assert (found.new, found.known) == ((bank,), 1)
    assert found.conflicts == (Conflict(river, Standing(bank, "theirs.tbx")),)
