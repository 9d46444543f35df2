"""Where a text comes from, told by the review file alone; and what a change was, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline import origins
from i18n_pipeline.model import Origin, Unit
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.stages.provenance import Provenance, changes, provenance_of, provider_of

TEXT = "少しだけ。"
UNIT = Unit("lora/body", "Only a few.", TEXT)
DRAFT = replace(UNIT, origin=origins.machine("DeepL", TEXT))


@pytest.mark.parametrize(
    ("unit", "provenance"),
    [
        (replace(UNIT, target=""), Provenance.NONE),
        (UNIT, Provenance.HUMAN),
        (replace(UNIT, reviewed=True), Provenance.HUMAN),
        (DRAFT, Provenance.MACHINE),
        (replace(DRAFT, reviewed=True), Provenance.APPROVED),
        (replace(DRAFT, target="別の文。"), Provenance.HUMAN),
        (replace(DRAFT, target="別の文。", reviewed=True), Provenance.HUMAN),
        (replace(UNIT, origin=origins.exact("a/body", TEXT)), Provenance.EXACT),
        (replace(UNIT, origin=Origin("exact match of a/body"), reviewed=True), Provenance.EXACT),
        (replace(UNIT, origin=origins.exact("a/body", "x"), reviewed=True), Provenance.HUMAN),
        (replace(UNIT, origin=origins.fuzzy(90, "a/body", TEXT)), Provenance.FUZZY),
        (replace(UNIT, origin=origins.adopted("a.md"), reviewed=True), Provenance.ADOPTED),
        (replace(UNIT, origin=origins.edited("a.md"), reviewed=True), Provenance.EDITED),
        (replace(UNIT, origin=origins.imported("a.xlf"), reviewed=True), Provenance.IMPORTED),
        (replace(UNIT, origin=Origin("patched: a link")), Provenance.PATCHED),
        (replace(UNIT, origin=Origin("somebody's remark")), Provenance.HUMAN),
        (replace(DRAFT, origin=replace(DRAFT.origin or Origin(""), words="?")), Provenance.MACHINE),
    ],
)
def test_every_text_comes_from_somewhere(unit: Unit, provenance: Provenance) -> None:
    assert provenance_of(unit) is provenance
    assert (provenance_of(unit) is Provenance.MACHINE) == (unit.is_draft and not _from_memory(unit))


def _from_memory(unit: Unit) -> bool:
    return provenance_of(unit) in (Provenance.EXACT, Provenance.FUZZY)


def test_who_drafted_is_known_of_an_edited_draft_too() -> None:
    assert provider_of(replace(DRAFT, target="別の文。")) == "DeepL"
    assert provider_of(UNIT) == provider_of(replace(UNIT, origin=origins.adopted("a.md"))) == ""


EMPTY = replace(UNIT, target="")
APPROVED = replace(UNIT, reviewed=True)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, EMPTY, "new, without a translation"),
        (EMPTY, DRAFT, "machine draft by DeepL"),
        (DRAFT, replace(DRAFT, reviewed=True), "approved"),
        (DRAFT, replace(DRAFT, target="別。"), "edited, needs review"),
        (DRAFT, replace(DRAFT, target="別。", reviewed=True), "edited and approved"),
        (EMPTY, APPROVED, "written and approved"),
        (APPROVED, UNIT, "sent back to review"),
        (APPROVED, EMPTY, "emptied"),
        (EMPTY, replace(APPROVED, origin=Origin("exact match of a")), "exact match of a, approved"),
        (APPROVED, replace(APPROVED, obsolete=True), "no longer in the source"),
        (replace(APPROVED, obsolete=True), APPROVED, "in the source again"),
        (APPROVED, None, "gone from the review file"),
        (UNIT, park(UNIT, "別。", "grace"), "a second text waits, of grace"),
        (
            None,
            replace(UNIT, previous="Few."),
            "the source changed, and the text waits for review; it was: Few.",
        ),
    ],
)
def test_a_change_is_told_in_words(before: Unit | None, after: Unit | None, words: str) -> None:
    assert changes(before, after) == (words,)


def test_of_notes_and_comments_nothing_is_told() -> None:
    assert changes(UNIT, replace(UNIT, notes=("x",), comments=("y",), path="z")) == ()
