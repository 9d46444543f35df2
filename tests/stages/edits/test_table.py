"""Each labelled edit is told as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.markdown import parser
from i18n_pipeline.stages.edits import Change, EditKind, classify
from i18n_pipeline.stages.edits.differing import as_words
from i18n_pipeline.stages.edits.telling import word_diff
from tests.stages.edits.table import SEGMENT, Row, ground, rows


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_an_edit_is_told_as_what_it_is(row: Row) -> None:
    assert classify(row.old, row.new, row.segment, ground(row.locale)).headline == row.kind


def test_there_are_enough_edits_to_learn_from() -> None:
    assert len(rows()) >= 150


LABELS = replace(SEGMENT, definitions="[a]: /x\n[b]: /y\n[paper]: /z\n")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("See [it][a] now.", "See [it][b] now.", EditKind.DESTINATION),
        ("See ![it][a] now.", "See ![it][b] now.", EditKind.DESTINATION),
        ("See [paper] now.", "See [paper](/z2) now.", EditKind.DESTINATION),
        ("See [a] now.", "See [b] now.", EditKind.REWRITE),
        ("One line\\\nand another.", "One line and another.", EditKind.MARKUP),
        ("One line\\\nand another", "One line\\\nand another.", EditKind.PUNCTUATION),
    ],
)
def test_labels_of_links_and_breaks_of_lines_are_markup(old: str, new: str, kind: EditKind) -> None:
    assert classify(old, new, LABELS, ground("en")).headline is kind


def test_a_text_that_cannot_be_taken_apart_is_a_rewrite_and_its_words_are_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parser, "MOST_EVENTS", 20)
    old, new = "*a* " * 21 + "one", "*a* " * 21 + "two"
    assert classify(old, new, SEGMENT, ground("en")).headline is EditKind.REWRITE
    told = as_words(word_diff(old, new, SEGMENT, ground("en").extensions))
    assert told.endswith("[-one-]{+two+}")


def test_markup_in_the_middle_of_a_text_too_long_to_compare_leads_where_it_led() -> None:
    middle = " `fit` [it](/x) word" * 1_600
    change = classify(f"One{middle} end", f"The first{middle} stop", SEGMENT, ground("en"))
    assert change == Change((EditKind.REWRITE,), EditKind.REWRITE)
