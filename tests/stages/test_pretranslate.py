"""What is asked of an engine, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import (
    Catalog,
    Key,
    Kind,
    Origin,
    QualityIssue,
    Segment,
    Severity,
    State,
    Unit,
    draft_hash,
)
from i18n_pipeline.placeholders import restore
from i18n_pipeline.stages.pretranslate import (
    Ask,
    Judge,
    Terminology,
    accept,
    asks_for,
    refused,
    still_refused,
    wants_draft,
    was_refused,
)

NAME = Segment("term", Kind.NAME, "Adapter")
VALUE = Segment("category", Kind.VOCABULARY, "Training")
LIST = Segment("keywords", Kind.LIST, "LoRA\nlow rank")
PROSE = Segment("body", Kind.PARAGRAPH, "LoRA adds *small* `matrices`.", markdown=True)
HARD = Segment("body", Kind.PARAGRAPH, "One  \ntwo", markdown=True)
GLOSSARY = Glossary((Entry("low rank", "niedriger Rang"),), ("LoRA",))


def unit_of(segment: Segment, target: str = "") -> Unit:
    context = segment.field if segment.kind is Kind.VOCABULARY else f"lora/{segment.field}"
    return Unit(context, segment.source, target)


def asks(*segments: Segment, glossary: Glossary = GLOSSARY) -> list[Ask]:
    units = [unit_of(segment) for segment in segments]
    by_key = {unit.key: one for unit, one in zip(units, segments, strict=True)}
    terms = Terminology(glossary)
    return [
        ask for unit in units for ask in asks_for(unit, by_key[unit.key], terms, DEFAULT_EXTENSIONS)
    ]


def test_every_untranslated_unit_is_asked_for_in_the_order_given() -> None:
    assert [ask.key for ask in asks(PROSE, NAME)] == [unit_of(PROSE).key, unit_of(NAME).key]
    assert [ask.slug for ask in asks(VALUE, NAME)] == ["", "lora"]


@pytest.mark.parametrize(
    "unit",
    [
        unit_of(NAME, "Adapter"),
        replace(unit_of(NAME, "Adapter"), reviewed=True),
        replace(unit_of(NAME), obsolete=True),
        replace(unit_of(NAME), source="of no segment"),
    ],
)
def test_nothing_is_asked_for_what_has_a_text_or_no_place(unit: Unit) -> None:
    segments: dict[Key, Segment] = {unit_of(NAME).key: NAME}
    assert not wants_draft(unit, segments.get(unit.key))
    assert wants_draft(unit_of(NAME), NAME)


def test_a_list_is_asked_for_line_by_line() -> None:
    first, second = asks(LIST)
    assert (first.line, second.line) == (0, 1)
    assert first.key == second.key
    assert (first.protected.text, second.protected.text) == ('<x id="1"/>', "low rank")


def test_kept_names_and_markdown_are_protected_and_terms_that_occur_come_along() -> None:
    (ask,) = asks(PROSE)
    assert ask.protected.text == '<x id="1"/> adds <g id="2">small</g> <x id="3"/>.'
    assert ask.entries == ()
    assert [entry.target for entry in asks(LIST)[1].entries] == ["niedriger Rang"]


def test_a_plain_text_is_sent_as_it_is() -> None:
    plain = Segment("definition", Kind.TEXT, "Costs *less*.")
    assert asks(plain)[0].protected.text == "Costs *less*."


def fine(_draft: Unit) -> Iterable[QualityIssue]:
    return ()


def bad(_draft: Unit) -> Iterable[QualityIssue]:
    return [QualityIssue("links", Severity.ERROR, True, "a link is\nmissing")]


def accepted(segment: Segment, *answers: str, judge: Judge = fine) -> Unit:
    unit = replace(unit_of(segment), notes=("text", "Not used (X): old"), previous="Before")
    pairs = zip(asks(segment), answers, strict=True)
    restored = [restore(ask.protected, answer) for ask, answer in pairs]
    return accept(unit, segment, restored, "DeepL", judge)


def test_an_answer_becomes_a_draft_that_says_whose_it_is() -> None:
    draft = accepted(PROSE, '<x id="1"/> hat <g id="2">kleine</g> <x id="3"/>.')
    assert draft.target == "LoRA hat *kleine* `matrices`."
    assert draft.is_draft
    assert draft.previous is None
    assert draft.origin == Origin("machine draft by DeepL", draft_hash(draft.target))


def test_answers_for_a_list_are_its_lines() -> None:
    assert accepted(LIST, '<x id="1"/>', "niedriger\nRang").target == "LoRA\nniedriger Rang"


@pytest.mark.parametrize(
    ("answer", "target"), [("zwei\nZeilen", "zwei Zeilen"), ("アダ\nプター", "アダプター")]
)
def test_line_breaks_of_an_engine_are_folded_as_its_script_wants(answer: str, target: str) -> None:
    assert accepted(NAME, answer).target == target


def test_a_hard_line_break_of_the_source_survives() -> None:
    assert accepted(HARD, asks(HARD)[0].protected.text).target == HARD.source


@pytest.mark.parametrize(
    "answer", ["LoRA hat kleine.", '<x id="1"/><x id="1"/> <g id="2">a</g> <x id="3"/>']
)
def test_an_answer_whose_placeholders_are_wrong_is_not_used_and_says_why(answer: str) -> None:
    unit = accepted(PROSE, answer)
    assert (unit.target, unit.state, unit.origin) == ("", State.UNTRANSLATED, None)
    assert unit.notes[0] == "text"
    assert unit.notes[1].startswith("Not used (DeepL): placeholders: ")
    assert len(unit.notes) == 2
    assert was_refused(unit)


def test_one_bad_line_refuses_the_whole_list() -> None:
    assert accepted(LIST, "no placeholder", "niedriger Rang").target == ""


def test_a_draft_with_a_fault_is_not_used_and_says_which() -> None:
    assert accepted(NAME, "Adapter").target == "Adapter"
    unit = accepted(NAME, "Adapter", judge=bad)
    assert (unit.target, unit.notes[-1]) == ("", "Not used (DeepL): links: a link is missing")


def test_a_refusal_replaces_the_one_before_and_is_told_by_its_note() -> None:
    unit = unit_of(NAME)
    assert not was_refused(unit)
    twice = refused(refused(unit, "A", "first"), "B", "second")
    assert twice.notes == ("Not used (B): second",)
    assert was_refused(twice)


def test_reasons_of_before_stay_while_there_is_no_text() -> None:
    before = Catalog((refused(replace(unit_of(NAME), notes=("old",)), "A", "first"),))
    now = replace(unit_of(NAME), notes=("name of the term",))
    others = [replace(now, target="Adapter"), replace(now, obsolete=True), unit_of(PROSE)]
    kept, *rest = still_refused([now, *others], before)
    assert kept.notes == ("name of the term", "Not used (A): first")
    assert rest == others


@pytest.mark.parametrize("answer", ["", " ", "\n", "\u00a0"])
def test_an_answer_without_a_text_is_not_used_and_says_so(answer: str) -> None:
    unit = accepted(NAME, answer)
    assert (unit.target, unit.notes[-1]) == (
        "",
        "Not used (DeepL): empty: the answer holds no text",
    )
