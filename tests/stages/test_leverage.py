"""Reuse of what people reviewed elsewhere: which texts may stand for which, and as what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.model import Kind, Origin, Segment, State, Unit, draft_hash
from i18n_pipeline.stages.leverage import Leveraged, Reuse, leverage

_FIELDS = {Kind.NAME: "term", Kind.TEXT: "definition", Kind.VOCABULARY: "category"}
TEXT = "See also"


def segment(kind: Kind) -> Segment:
    return Segment(_FIELDS.get(kind, "keywords" if kind is Kind.LIST else "body"), kind, TEXT)


def unit(slug: str, kind: Kind, target: str = "", *, reviewed: bool = True) -> Unit:
    field = segment(kind).field
    context = field if kind is Kind.VOCABULARY else f"{slug}/{field}"
    return Unit(context, TEXT, target, reviewed=reviewed and bool(target))


def filled(kind: Kind, *others: tuple[Unit, Kind], reviewed: bool = True) -> Unit:
    """An untranslated unit of a kind after the reuse of others of their kinds."""
    wanted = unit("wanted", kind)
    segments = {one.key: segment(its) for one, its in others if not one.obsolete}
    result = leverage(
        (wanted, *(one for one, _ in others)),
        {**segments, wanted.key: segment(kind)},
        Reuse(reviewed=reviewed),
    )
    assert result.units[1:] == tuple(one for one, _ in others)
    assert result.exact == (result.units[0] is not wanted)
    return result.units[0]


PROSE = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.DEFINITION, Kind.FOOTNOTE)
SHORT = (Kind.CELL, Kind.DEFINITION_TITLE, Kind.HEADING, Kind.NAME, Kind.TEXT, Kind.LINK_TITLE)


@pytest.mark.parametrize("one", [*PROSE, *SHORT])
@pytest.mark.parametrize("other", [Kind.PARAGRAPH, Kind.CELL, Kind.HEADING, Kind.NAME, Kind.TEXT])
def test_a_text_stands_for_another_of_its_kind_and_prose_for_prose(one: Kind, other: Kind) -> None:
    result = filled(one, (unit("a", other, "Siehe auch"), other))
    same = one is other or {one, other} <= set(PROSE)
    assert result.target == ("Siehe auch" if same else "")


@pytest.mark.parametrize("kind", [Kind.VOCABULARY, Kind.LIST, Kind.EXTRA])
def test_vocabulary_lists_and_a_locales_own_fields_are_never_taken_from_elsewhere(
    kind: Kind,
) -> None:
    own = replace(unit("a", kind, "Siehe auch"), context="a/" + segment(kind).field)
    assert filled(kind, (own, kind)).target == ""


def test_one_rendering_by_all_is_reviewed_and_says_where_it_came_from() -> None:
    others = [(unit(slug, Kind.ITEM, "Siehe auch"), Kind.ITEM) for slug in ("b", "a")]
    result = filled(Kind.ITEM, *others)
    assert (result.target, result.state) == ("Siehe auch", State.REVIEWED)
    assert result.origin == Origin("exact match of a/body")


def test_renderings_that_differ_make_a_draft_of_the_most_frequent_one() -> None:
    renderings = {"a": "Vgl.", "b": "Siehe auch", "c": "Siehe auch"}
    others = [(unit(slug, Kind.ITEM, text), Kind.ITEM) for slug, text in renderings.items()]
    result = filled(Kind.ITEM, *others)
    assert (result.target, result.is_draft) == ("Siehe auch", True)
    assert result.origin == Origin("exact match of b/body", draft_hash("Siehe auch"))
    assert filled(Kind.ITEM, *others[::-1]) == result


def test_a_tie_is_the_same_on_every_machine() -> None:
    others = [(unit(slug, Kind.ITEM, text), Kind.ITEM) for slug, text in (("a", "Y"), ("b", "X"))]
    assert filled(Kind.ITEM, *others).target == filled(Kind.ITEM, *others[::-1]).target == "X"


def test_where_configured_every_exact_match_is_a_draft() -> None:
    result = filled(Kind.ITEM, (unit("a", Kind.ITEM, "Siehe auch"), Kind.ITEM), reviewed=False)
    assert result.is_draft


def test_what_nobody_reviewed_is_not_reused() -> None:
    waiting = unit("a", Kind.ITEM, "Siehe auch", reviewed=False)
    assert filled(Kind.ITEM, (waiting, Kind.ITEM)).target == ""


def gone(slug: str, kind: Kind, *, reviewed: bool = True) -> tuple[Unit, Kind]:
    return replace(unit(slug, kind, "Siehe auch", reviewed=reviewed), obsolete=True), kind


@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.ITEM, Kind.NAME, Kind.TEXT])
def test_an_obsolete_unit_goes_on_serving_its_field(kind: Kind) -> None:
    assert filled(kind, gone("a", kind)).state is State.REVIEWED
    assert filled(kind, gone("a", kind, reviewed=False)).target == ""


def test_an_obsolete_unit_of_one_field_does_not_serve_another() -> None:
    assert filled(Kind.NAME, gone("a", Kind.TEXT)).target == ""
    assert filled(Kind.TEXT, gone("a", Kind.PARAGRAPH)).target == ""


def test_a_text_that_is_there_is_left_as_it_is_and_obsolete_units_are_not_filled() -> None:
    here = unit("here", Kind.ITEM, "Mine", reviewed=False)
    empty = replace(unit("gone", Kind.ITEM), obsolete=True)
    units = (here, empty, unit("a", Kind.ITEM, "Siehe auch"))
    segments = {one.key: segment(Kind.ITEM) for one in units}
    assert leverage(units, segments) == Leveraged(units, 0)


def test_a_unit_that_was_emptied_forgets_the_source_it_was_changed_from() -> None:
    emptied = replace(unit("wanted", Kind.ITEM), previous="Look at")
    other = unit("a", Kind.ITEM, "Siehe auch")
    segments = {one.key: segment(Kind.ITEM) for one in (emptied, other)}
    assert leverage((emptied, other), segments).units[0].previous is None


def test_a_short_text_that_is_gone_from_a_body_is_nobodys_heading() -> None:
    for kind in (Kind.HEADING, Kind.CELL, Kind.DEFINITION_TITLE):
        assert filled(kind, gone("a", Kind.CELL)).target == ""


def test_a_rejected_rendering_makes_no_other_one_agreed_upon() -> None:
    others = [unit(slug, Kind.ITEM, text) for slug, text in [("a", "!"), ("b", "!"), ("c", "Gut")]]
    wanted = unit("wanted", Kind.ITEM)
    segments = {one.key: segment(Kind.ITEM) for one in (wanted, *others)}
    taken_back = Reuse(stands=lambda one: one.target != "!", rejected=lambda one: one.target == "!")
    result = leverage((wanted, *others), segments, taken_back)
    assert (result.units[0].target, result.units[0].state) == ("Gut", State.NEEDS_REVIEW)


def test_a_rendering_that_may_not_stand_counts_for_nothing() -> None:
    others = [unit(slug, Kind.ITEM, text) for slug, text in [("a", "!"), ("b", "!"), ("c", "Gut")]]
    wanted = unit("wanted", Kind.ITEM)
    segments = {one.key: segment(Kind.ITEM) for one in (wanted, *others)}
    result = leverage((wanted, *others), segments, Reuse(stands=lambda one: one.target != "!"))
    assert (result.units[0].target, result.units[0].state) == ("Gut", State.REVIEWED)
