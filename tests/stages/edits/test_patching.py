"""Edits of markup that nobody can make in a translation for certain are left to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.pipeline.lexicon import english
from i18n_pipeline.stages.edits import Borrowed, Ground, classify, patched
from tests.stages.edits.table import SEGMENT

LABELS = replace(SEGMENT, definitions="[paper]: /z\n[other]: /y\n")
GROUND = Ground(words=english)


def made_in(target: str, old: str, new: str) -> str | None:
    """A Japanese translation after an edit of its source's markup."""
    change = classify(old, new, LABELS, GROUND)
    assert change.is_protected
    return patched(change.swaps, (old, new, target), LABELS, Borrowed(GROUND, "ja"))


def test_a_link_and_bold_words_are_put_around_what_the_translation_has_as_it_is() -> None:
    assert (
        made_in("次のAPIを使う。", "Use the API.", "Use the [API](/x).") == "次の[API](/x)を使う。"
    )
    assert made_in("次のAPIを使う。", "Use the API.", "Use the **API**.") == "次の**API**を使う。"


@pytest.mark.parametrize(
    ("target", "old", "new"),
    [
        ("[paper][other]を読む。", "Read [paper][other].", "Read [paper]."),
        ("[paper]を読む。", "Read [paper].", "Read [paper][other]."),
        ("一行目\\\n二行目。", "One line\\\nand another.", "One line and another."),
    ],
    ids=[
        "no label of its own any more",
        "no label of its own before",
        "a line that breaks no more",
    ],
)
def test_what_cannot_be_exchanged_alone_is_left_to_a_person(
    target: str, old: str, new: str
) -> None:
    assert made_in(target, old, new) is None


def test_a_link_that_would_become_an_image_where_the_translation_has_it_is_not_made() -> None:
    assert made_in("注意!APIを使う。", "Use the API.", "Use the [API](/x).") is None


def test_of_code_that_overlaps_in_the_translation_none_is_made() -> None:
    old = "The API KEY is one, and the KEY LIST another."
    new = "The `API KEY` is one, and the `KEY LIST` another."
    assert made_in("API KEYとKEY LISTを使う。", old, new) == "`API KEY`と`KEY LIST`を使う。"
    assert made_in("API KEY LISTを使う。", old, new) is None
