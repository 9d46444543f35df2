"""Why a person should look at a text that was adopted, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from i18n_pipeline.model import Kind
from i18n_pipeline.stages.adopting.clues import Clues
from i18n_pipeline.stages.adopting.doubts import doubts_about
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.pairing import Pair

SURE = Pair(0, 0, score=3.0, margin=2.0)
TEXT = Clues(Kind.PARAGRAPH, length=40.0)


def doubts(pair: Pair, target: Clues = TEXT, source: Clues = TEXT) -> tuple[str, ...]:
    return doubts_about(pair, source, target, Likeness())


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        (replace(TEXT, links=Counter({"/a": 1})), TEXT, "links differ"),
        (TEXT, replace(TEXT, opaque=Counter({"`a`": 1})), "code or markup differs"),
        (replace(TEXT, numbers=Counter({"16": 1})), TEXT, "figures differ"),
        (replace(TEXT, terms=frozenset({"token"})), TEXT, "terms differ"),
        (TEXT, replace(TEXT, length=400.0), "much longer"),
        (TEXT, replace(TEXT, length=4.0), "much shorter"),
        (TEXT, replace(TEXT, kind=Kind.ITEM), "a list item, not a paragraph"),
    ],
)
def test_what_differs_is_told_where_a_pair_is_not_sure(
    source: Clues, target: Clues, why: str
) -> None:
    assert doubts(SURE, target, source) == ()
    assert doubts(replace(SURE, score=0.5), target, source) == (why,)
    assert doubts(replace(SURE, moved=True), target, source) == ("it stands elsewhere", why)


def test_where_nothing_differs_its_place_is_what_is_doubted() -> None:
    assert doubts(replace(SURE, moved=True)) == ("it stands elsewhere",)
    assert doubts(replace(SURE, margin=0.1)) == ("it may belong to a neighbour",)
    assert doubts(replace(SURE, score=0.5)) == ("too little in it tells that it is the same text",)


def test_figures_and_terms_that_only_the_translation_has_are_no_reason() -> None:
    more = replace(TEXT, numbers=Counter({"16": 1}), terms=frozenset({"token"}))
    assert doubts(replace(SURE, margin=0.1), more) == ("it may belong to a neighbour",)
