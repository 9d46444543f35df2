"""The plan file: what is written can be read, and what cannot be read is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.plan import (
    Plan,
    PlannedLocale,
    PlannedText,
    read_plan,
    source_hash,
    write_plan,
)

TEXTS = (
    PlannedText("lora/term", source_hash("LoRA"), "new", "deepl", 4, 8),
    PlannedText("lora/body", source_hash("It costs less."), "changed", "deepl", 14, 28),
    PlannedText("token/body", source_hash("A text."), "terminology", "openai:gpt", 7, 21),
)
JA = PlannedLocale("ja", 2, 0.5, {"memory": 10, "receipts": 3}, TEXTS)
PLAN = Plan({"terms/en/lora.md": "ab12"}, (JA, PlannedLocale("de", 0, None)), ("deepl",))

words = st.text(max_size=20)
counts = st.integers(0, 10**9)
planned = st.builds(PlannedText, words, words, words, words, counts, counts)
locales = st.builds(
    PlannedLocale,
    words,
    counts,
    st.one_of(st.none(), st.floats(0, 10**6)),
    st.dictionaries(words, counts, max_size=3),
    st.lists(planned, max_size=4).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)
plans = st.builds(
    Plan,
    st.dictionaries(words, words, max_size=4),
    st.lists(locales, max_size=3).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)


@given(plans)
def test_a_plan_is_read_as_it_was_written_and_written_the_same_again(plan: Plan) -> None:
    data = write_plan(plan)
    assert read_plan(data) == plan
    assert write_plan(read_plan(data)) == data
    assert data.isascii()


def test_a_plan_says_what_is_sent_why_and_to_whom() -> None:
    assert (JA.characters, JA.worst_case_characters) == (25, 57)
    assert JA.reasons == {"new": 1, "changed": 1, "terminology": 1}
    assert JA.to == {"deepl": 18, "openai:gpt": 7}
    assert PLAN.worst_case_characters == 57


def test_a_plan_holds_units_by_their_source() -> None:
    assert PLAN.holds("ja", ("lora/body", "It costs less."))
    assert not PLAN.holds("ja", ("lora/body", "It costs more."))
    assert not PLAN.holds("de", ("lora/body", "It costs less."))


def test_a_plan_knows_the_engines_of_each_locale() -> None:
    assert PLAN.providers("ja") == JA.providers
    assert PLAN.providers("never planned") == ()


def test_a_plan_has_a_line_a_text_and_none_of_the_words() -> None:
    data = write_plan(PLAN).decode()
    assert sum('"why"' in line for line in data.splitlines()) == len(TEXTS)
    assert "costs" not in data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "plan-damaged"),
        (b"{", "plan-damaged"),
        (b"[" * 100_000, "plan-damaged"),
        (b"[]", "plan-damaged"),
        (b'{"schema": "another/9"}', "plan-schema"),
        (
            b'{"schema": "i18n-plan/1", "sources": [], "locales": [], "provider": []}',
            "plan-damaged",
        ),
        (write_plan(PLAN).replace(b'"characters": 4,', b'"characters": -4,'), "plan-damaged"),
        (write_plan(PLAN).replace(b'"requests": 2', b'"requests": true'), "plan-damaged"),
        (write_plan(PLAN).replace(b'"cost": 0.5', b'"cost": "0.5"'), "plan-damaged"),
        (write_plan(PLAN).replace(b'"why": "new"', b'"why": 1'), "plan-damaged"),
        (write_plan(PLAN).replace(b'"saved"', b'"spared"'), "plan-damaged"),
        (write_plan(PLAN).replace(b'"saved": {', b'"saved": [], "x": {'), "plan-damaged"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_way_to_a_new_one(data: bytes, code: str) -> None:
    with pytest.raises(BadFile) as refusal:
        read_plan(data)
    assert refusal.value.problem.code == code
    assert "i18n plan -o" in refusal.value.problem.mend


@given(
    st.recursive(
        st.one_of(st.none(), st.integers(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from([*json.loads(write_plan(PLAN)), "texts"]), inner, max_size=4
            ),
        ),
    )
)
def test_any_json_is_read_or_refused(document: object) -> None:
    if isinstance(document, dict):
        document["schema"] = "i18n-plan/1"
    try:
        read_plan(json.dumps(document).encode())
    except BadFile:
        return
