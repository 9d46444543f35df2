"""Receiving, three ways: what went out, what is there now, what came back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.packages import Exported, Returned, target_hash, unit_id
from i18n_pipeline.model import Kind, Segment, State, Unit
from i18n_pipeline.origins import imported, machine
from i18n_pipeline.stages.conflicts import park, parked
from i18n_pipeline.stages.receiving import Desk, Fate, Reception, Trust, receive
from i18n_pipeline.stages.receiving.current import BEFORE

BODY = "lora/body"
DRAFT = machine("DeepL", "draft")


def sound(_unit: Unit) -> str:
    return ""


DESK = Desk("job.xlf", frozenset({"lora"}), sound)


def returned(source: str, target: str, *, exported: Unit | None, done: bool = True) -> Returned:
    """What comes back for a unit that went out as it was then."""
    state = Exported(exported.state, target_hash(exported.target)) if exported else None
    key = (BODY, source)
    return Returned(unit_id(key), *key, target, done, state)


def segment_of(unit: Unit) -> Segment:
    return Segment(unit.field, Kind.PARAGRAPH, unit.source, markdown=True)


def received(units: list[Unit], *back: Returned, desk: Desk = DESK) -> Reception:
    segments = {unit.key: segment_of(unit) for unit in units if not unit.obsolete}
    return receive(back, units, segments, desk)


EMPTY = Unit(BODY, "a")
DRAFTED = Unit(BODY, "a", "draft", origin=DRAFT)
PERSONS = Unit(BODY, "a", "mine")
REVIEWED = Unit(BODY, "a", "mine", reviewed=True)
OTHERS = Unit(BODY, "a", "theirs too", reviewed=True)
TAKEN = replace(EMPTY, target="new", reviewed=True, origin=imported("job.xlf"))


@pytest.mark.parametrize(
    ("was", "now", "came", "after", "fate"),
    [
        (EMPTY, EMPTY, ("new", True), TAKEN, Fate.REVIEWED),
        (EMPTY, EMPTY, ("new", False), replace(TAKEN, reviewed=False), Fate.NEEDS_REVIEW),
        (EMPTY, EMPTY, (" ", True), EMPTY, Fate.EMPTY),
        (EMPTY, DRAFTED, ("new", True), TAKEN, Fate.REVIEWED),
        (DRAFTED, DRAFTED, ("draft", False), DRAFTED, Fate.SAME),
        (DRAFTED, DRAFTED, ("draft", True), replace(DRAFTED, reviewed=True), Fate.REVIEWED),
        (DRAFTED, REVIEWED, ("draft", False), REVIEWED, Fate.SAME),
        (DRAFTED, REVIEWED, ("draft", True), REVIEWED, Fate.SAME),
        (DRAFTED, EMPTY, ("draft", False), EMPTY, Fate.SAME),
        (REVIEWED, REVIEWED, ("new", True), park(TAKEN, "mine", BEFORE), Fate.CONFLICT),
        (PERSONS, REVIEWED, ("new", True), park(REVIEWED, "new", "job.xlf"), Fate.CONFLICT),
        (PERSONS, REVIEWED, ("mine", True), REVIEWED, Fate.SAME),
        (PERSONS, PERSONS, ("new", True), TAKEN, Fate.REVIEWED),
        (REVIEWED, REVIEWED, ("new", False), park(REVIEWED, "new", "job.xlf"), Fate.CONFLICT),
        (REVIEWED, PERSONS, ("mine", True), PERSONS, Fate.SAME),
        (REVIEWED, OTHERS, ("mine", True), OTHERS, Fate.SAME),
        (REVIEWED, OTHERS, ("new", True), park(OTHERS, "new", "job.xlf"), Fate.CONFLICT),
        (EMPTY, PERSONS, ("new", True), park(PERSONS, "new", "job.xlf"), Fate.CONFLICT),
        (EMPTY, PERSONS, ("mine", True), REVIEWED, Fate.REVIEWED),
        (None, PERSONS, ("new", True), park(PERSONS, "new", "job.xlf"), Fate.CONFLICT),
        (None, DRAFTED, ("new", True), TAKEN, Fate.REVIEWED),
        (None, PERSONS, ("mine", False), PERSONS, Fate.SAME),
    ],
)  # fmt: skip
def test_what_was_what_is_and_what_came_back_decide(
    was: Unit | None, now: Unit, came: tuple[str, bool], after: Unit, fate: Fate
) -> None:
    target, done = came
    result = received([now], returned("a", target, exported=was, done=done))
    assert result.units == (after,)
    assert [one.fate for one in result.received] == [fate]


def test_who_is_trusted_decides_on_review() -> None:
    back = returned("a", "new", exported=EMPTY, done=False)
    reviewed = received([EMPTY], back, desk=replace(DESK, trust=Trust.REVIEWED))
    assert reviewed.units[0].state is State.REVIEWED
    draft = received([EMPTY], replace(back, done=True), desk=replace(DESK, trust=Trust.DRAFT))
    assert draft.units[0].state is State.NEEDS_REVIEW
    untouched = returned("a", "draft", exported=DRAFTED, done=False)
    same = received([DRAFTED], untouched, desk=replace(DESK, trust=Trust.REVIEWED))
    assert same.units == (DRAFTED,)


@pytest.mark.parametrize("fault", ["a code is missing", ""])
def test_what_cannot_be_read_or_is_damaged_is_refused(fault: str) -> None:
    back = replace(returned("a", "b\x07" if not fault else "b", exported=EMPTY), fault=fault)
    result = received([EMPTY], back)
    assert (result.units, result.received[0].fate) == ((EMPTY,), Fate.REFUSED)


def test_nothing_is_taken_for_a_term_that_is_left_alone() -> None:
    result = received(
        [EMPTY],
        returned("a", "b", exported=EMPTY),
        desk=replace(DESK, held=frozenset({"lora"})),
    )
    assert (result.units, result.received[0].fate) == ((EMPTY,), Fate.REFUSED)


OLD = Unit(BODY, "only a few weights are trained")
NEW = Unit(BODY, "only a few weights are trained today")


def test_a_source_that_changed_gets_the_translation_for_review() -> None:
    result = received([NEW], returned(OLD.source, "ein", exported=OLD))
    heir, kept = result.units
    assert heir == replace(NEW, target="ein", previous=OLD.source, origin=imported("job.xlf"))
    assert kept == replace(OLD, target="ein", reviewed=True, obsolete=True)
    assert result.received[0].fate is Fate.CHANGED
    unfinished = received([NEW], returned(OLD.source, "ein", exported=OLD, done=False))
    assert unfinished.units == (heir,), "what nobody finished is not remembered"


def test_a_translation_handed_on_already_gives_way_to_its_own_correction() -> None:
    was = replace(OLD, target="ein", reviewed=True)
    carried = replace(NEW, target="ein", previous=OLD.source)
    back = returned(OLD.source, "eine", exported=was)
    result = received([carried, replace(was, obsolete=True)], back)
    assert [unit.target for unit in result.units] == ["eine", "eine"]
    rewritten = replace(carried, target="ganz anders")
    result = received([rewritten, replace(was, obsolete=True)], back)
    assert result.units[0] == rewritten
    assert [unit.target for unit in result.units] == ["ganz anders", "eine"]
    assert [one.text for one in parked(result.units[1])] == ["ein"]
    assert result.received[0].fate is Fate.CONFLICT


def test_a_source_in_the_package_itself_is_nobodys_heir() -> None:
    result = received(
        [NEW], returned(OLD.source, "ein", exported=OLD), returned(NEW.source, "", exported=NEW)
    )
    assert result.units == (NEW, replace(OLD, target="ein", reviewed=True, obsolete=True))


def test_what_memory_says_otherwise_stays_and_the_other_waits_there() -> None:
    kept = replace(OLD, target="meins", reviewed=True, obsolete=True)
    result = received([kept], returned(OLD.source, "ein", exported=OLD))
    assert result.received[0].fate is Fate.CONFLICT
    assert [one.text for one in parked(result.units[0])] == ["ein"]


def test_a_unit_is_known_by_its_id_whatever_became_of_blanks_and_its_place_in_the_file() -> None:
    back = replace(returned("a", "new", exported=EMPTY), source=" a\u00a0", context="")
    assert received([EMPTY], back).units == (TAKEN,)


@pytest.mark.parametrize("said", ["b", "A", ""])
def test_a_translation_whose_source_is_not_its_ids_is_refused(said: str) -> None:
    back = replace(returned("a", "new", exported=EMPTY), source=said)
    result = received([EMPTY], back)
    assert result.units == (EMPTY,)
    assert (result.received[0].fate, result.received[0].context) == (Fate.REFUSED, BODY)
    same = replace(returned("a", "draft", exported=DRAFTED), source=said)
    assert received([DRAFTED], same).received[0].fate is Fate.SAME


def test_translations_that_changed_places_are_refused() -> None:
    first, second = Unit(BODY, "a", "eins"), Unit(BODY, "b", "zwei")
    result = received(
        [first, second],
        returned("a", "zwei", exported=first),
        returned("b", "eins", exported=second),
    )
    assert result.units == (first, second)
    assert [one.fate for one in result.received] == [Fate.REFUSED] * 2


def test_a_translation_may_say_what_another_says_too() -> None:
    first, second = Unit(BODY, "a", "eins", reviewed=True), Unit(BODY, "b")
    result = received(
        [first, second],
        returned("a", "eins", exported=first),
        returned("b", "eins", exported=second),
    )
    assert [one.fate for one in result.received] == [Fate.SAME, Fate.REVIEWED]


def test_conflict_markers_are_no_translation() -> None:
    torn = "<<<<<<< HEAD\neins\n=======\nzwei\n>>>>>>> other"
    result = received([EMPTY], returned("a", torn, exported=EMPTY))
    assert (result.units, result.received[0].fate) == ((EMPTY,), Fate.REFUSED)


@pytest.mark.parametrize(
    ("back", "reason"),
    [
        (Returned("", "", "", "b", True), "no unit has this place and this source"),
        (Returned("", BODY, "c", "b", True), "no unit has this place and this source"),
        (
            Returned("u-0123456789abcdef", BODY, "c", "b", True),
            "its source is gone, and the file does not say what it was",
        ),
        (
            Returned(unit_id(("x/body", "c")), "x/body", "c", "b", True),
            "there is no term x",
        ),
    ],
)
def test_a_unit_nobody_knows_is_left_out_with_the_reason(back: Returned, reason: str) -> None:
    result = received([EMPTY], back)
    assert (result.units, result.received[0].fate) == ((EMPTY,), Fate.UNKNOWN)
    assert result.received[0].reason == reason


def test_a_term_that_is_gone_is_remembered_where_the_file_is_one_of_ours() -> None:
    known = returned("a", "", exported=EMPTY)
    gone = Returned(
        unit_id(("x/body", "c")), "x/body", "c", "b", True, Exported(State.UNTRANSLATED)
    )
    assert received([EMPTY], gone).received[0].fate is Fate.UNKNOWN
    result = received([EMPTY], known, gone)
    assert result.units[1:] == (Unit("x/body", "c", "b", reviewed=True, obsolete=True),)
    silent = [
        replace(gone, target=""),
        replace(gone, exported=Exported(State.REVIEWED, target_hash("b"))),
    ]
    assert [one.fate for one in received([EMPTY], *silent).received] == [Fate.EMPTY, Fate.SAME]


def test_what_is_kept_of_a_gone_source_stays_where_its_heir_takes_the_translation() -> None:
    was, kept = Unit(BODY, "a"), Unit(BODY, "a", "theirs", reviewed=True, obsolete=True)
    heir = Unit(BODY, "a, and more", previous="a")
    result = received([heir, kept], returned("a", "new", exported=was))
    assert result.received[0].fate is Fate.CHANGED
    now, before = result.units
    assert (now.source, now.target, now.reviewed) == ("a, and more", "new", False)
    assert before == kept


def test_comments_come_along_once_and_ours_are_nobodys() -> None:
    comments = ("why?\nand how?", "i18n: conflict: x says", "i18n: | y", "Origin: me", "known\\")
    back = replace(returned("a", "", exported=EMPTY), comments=comments)
    (unit,) = received([replace(EMPTY, comments=("known",))], back).units
    assert unit.comments == ("known", "why?", "and how?")
    assert received([unit], back).units == (unit,)


SOURCES = ("a b c d e", "a b c d f", "g h i j k", "one two three")
WORDS = st.sampled_from(["", "x", "y", "z", "w"])


@st.composite
def units_of(draw: st.DrawFn, source: str) -> Unit:
    target = draw(WORDS)
    made = Unit(BODY, source, target, reviewed=bool(target) and draw(st.booleans()))
    if target and not made.reviewed and draw(st.booleans()):
        return replace(made, origin=machine("DeepL", target))
    return replace(made, previous=draw(st.none() | st.sampled_from(SOURCES))) if target else made


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Unit], list[Returned]]:
    """Units as they are now, and what comes back of units as they were."""
    now = [draw(units_of(source)) for source in draw(st.sets(st.sampled_from(SOURCES)).map(sorted))]
    gone = draw(st.sets(st.sampled_from(SOURCES)).map(sorted))
    old = [
        replace(draw(units_of(source)), origin=None, previous=None, obsolete=True)
        for source in gone
    ]
    active = {one.source for one in now}
    kept = [one for one in old if one.target and one.source not in active]
    sources = draw(st.lists(st.sampled_from(SOURCES), max_size=5))
    back = [
        returned(
            source,
            draw(WORDS),
            exported=draw(st.none() | units_of(source)),
            done=draw(st.booleans()),
        )
        for source in sources
    ]
    return [*now, *kept], back


def said(units: tuple[Unit, ...]) -> set[str]:
    """All texts that stand in units or beside them."""
    return {text for one in units for text in (one.target, *(p.text for p in parked(one)))}


@given(situations())
def test_no_text_of_a_person_is_lost_on_either_side(
    situation: tuple[list[Unit], list[Returned]],
) -> None:
    units, back = situation
    result = received(units, *back)
    now = {unit_id(unit.key): unit.target for unit in units}
    # who went on from a text has seen it: theirs is the later one
    seen = {one.exported.target for one in back if one.exported}
    for one in back:
        untouched = one.is_untouched or now.get(one.id) == one.target
        if one.target and not untouched and target_hash(one.target) not in seen:
            assert one.target in said(result.units)
    after = {(unit.key, unit.obsolete): unit.target for unit in result.units}
    for unit in units:
        if unit.by_person and target_hash(unit.target) not in seen:
            assert after[unit.key, unit.obsolete] == unit.target
        if unit.reviewed and unit.target:
            assert unit.target in said(result.units)


@given(situations())
def test_receiving_twice_is_receiving_once(situation: tuple[list[Unit], list[Returned]]) -> None:
    units, back = situation
    once = received(units, *back)
    distinct = {one.id: one for one in back}
    if len(distinct) == len(back):
        assert received([*once.units], *back).units == once.units
