"""Which texts that found nothing in a memory are asked about again when it has changed."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.model import Key, Kind, Segment, Unit
from i18n_pipeline.stages.fillable import Change, fillable
from i18n_pipeline.stages.leverage import Filler, Reuse, leverage
from i18n_pipeline.stages.recall.entries import Memory, entries_of
from i18n_pipeline.stages.recall.index import Index

MANNER = Reuse(least=lambda _unit: 75)
WORDS = st.sampled_from(("model", "models", "weight", "weights", "train", "trained", "few", "many"))
TEXTS = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
"""Short of words, so that texts are often alike, and their rarest words change with the memory."""


def reviewed(sources: Iterable[str]) -> tuple[Unit, ...]:
    return tuple(Unit(f"known/{at}", one, "訳", reviewed=True) for at, one in enumerate(sources))


def segments_of(units: Iterable[Unit]) -> dict[Key, Segment]:
    return {one.key: Segment(one.field, Kind.PARAGRAPH, one.source) for one in units}


def found(waiting: Iterable[str], before: Iterable[str], now: Iterable[str]) -> list[str]:
    """The waiting texts that a memory may fill which held some texts before, and holds others."""
    before, now = frozenset(before), frozenset(now)
    known = reviewed(sorted(now))
    filler = Filler(MANNER, Memory(entries_of(known, segments_of(known)), known))
    asked = [Unit("waiting/body", one) for one in waiting]
    segments = segments_of(asked)
    change = Change(before ^ now, None if before == now else lambda: Index.of(before))
    return [
        one.source for one in fillable([(one, segments[one.key]) for one in asked], filler, change)
    ]


def fills(known: Iterable[str], wanted: str) -> bool:
    units = (Unit("waiting/body", wanted), *reviewed(sorted(known)))
    return leverage(units, segments_of(units), MANNER).units[0] != units[0]


def test_the_same_and_a_similar_text_are_found() -> None:
    old = {"nothing is like this"}
    new = old | {"few weights are trained"}
    waiting = ["few weights are trained", "few weight are trained", "what else there may be"]
    assert found(waiting, old, new) == waiting[:2]


def test_a_text_that_the_change_does_not_concern_is_not_asked_about_again() -> None:
    old = {"few weights are trained"}
    assert found(["few weights are trained"], old, old | {"something else is known"}) == []


def test_a_text_that_is_found_only_now_is_found_though_it_was_there_before() -> None:
    wanted = " ".join(("few", "many", *(f"parameter{at}a" for at in range(8))))
    alike = " ".join(("few", "many", *(f"parameter{at}b" for at in range(8))))
    rare = {f"few many parameter{at}a" for at in range(8)}  # what the wanted one is looked for by
    assert found([wanted], {alike, *rare}, {alike}) == [wanted]
    assert found([wanted], {alike, *rare}, {alike, *rare}) == []


@given(st.sets(TEXTS, max_size=12), st.sets(TEXTS, max_size=12), TEXTS)
def test_no_text_is_missed(before: set[str], now: set[str], wanted: str) -> None:
    if not fills(before, wanted) and fills(now, wanted):
        assert found([wanted], before, now) == [wanted]
