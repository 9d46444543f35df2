"""The file of a review's decisions: read as it was written, and refused with its reason."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.decisions import (
    Decision,
    Decisions,
    Verb,
    read_decisions,
    write_decisions,
)

ROW = {"unit": "lora/body", "source": "s", "shown": "0a", "verb": "approve", "text": "t"}


def document(**changed: object) -> bytes:
    return json.dumps(
        {"schema": "i18n-decisions/1", "locale": "ja", "decisions": [], **changed}
    ).encode()


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        Decisions,
        TEXT,
        st.lists(
            st.builds(Decision, TEXT, TEXT, TEXT, st.sampled_from(Verb), TEXT, TEXT, TEXT)
        ).map(tuple),
    )
)
def test_what_is_written_is_read_again(found: Decisions) -> None:
    assert read_decisions(write_decisions(found)) == found


def test_a_comment_and_a_name_may_be_missing() -> None:
    (one,) = read_decisions(document(decisions=[ROW])).decisions
    assert one == Decision("lora/body", "s", "0a", Verb.APPROVE, "t")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "decisions-damaged: it is not JSON: Expecting value"),
        (b'{\n "a": }', ":2:7: decisions-damaged: it is not JSON: Expecting value"),
        (b"\xff", "decisions-damaged: it is not JSON in UTF-8"),
        (b"[" * 100_000, "decisions-damaged: it is not JSON in UTF-8"),
        (b"[]", "decisions-schema: it is not of schema i18n-decisions/1"),
        (document(schema="i18n-decisions/9"), "decisions-schema"),
        (document(locale=3), "it needs a `locale` and a list of `decisions`"),
        (document(decisions={}), "it needs a `locale` and a list of `decisions`"),
        (document(decisions=[1]), "decision 1 is no object"),
        (document(decisions=[ROW, {**ROW, "text": None}]), "decision 2 has no text `text`"),
        (
            document(decisions=[{**ROW, "text": "a \ud83d"}]),
            "decision 1 has half a character in `text`",
        ),
        (document(locale="\udfff"), "it needs a `locale` and a list of `decisions`"),
        (
            document(decisions=[{**ROW, "verb": "burn"}]),
            "decision 1 has no `verb` of approve, save, send back",
        ),
        (document(decisions=[{**ROW, "verb": ["approve"]}]), "decision 1 has no `verb`"),
    ],
)
def test_anything_else_is_refused_with_its_reason(data: bytes, told: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_decisions(data)
    assert told in str(refused.value.at("d.json"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(BadFile):
        assert isinstance(read_decisions(data), Decisions)


def test_a_decision_is_about_the_unit_of_its_context_and_source() -> None:
    found = Decision(context="lora/term", source="LoRA", shown="", verb=Verb.APPROVE, text="x")
    assert found.key == ("lora/term", "LoRA")
