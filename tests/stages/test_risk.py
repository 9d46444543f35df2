"""The queue of a review: what is likely wrong comes first, and a time holds what fits into it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.model import Kind, Origin, QualityIssue, Segment, Severity, Unit
from i18n_pipeline.origins import fuzzy, machine
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.stages.edits import EditKind
from i18n_pipeline.stages.risk import Look, Risk, fitting, risk_of, seconds_for

SEGMENT = Segment("body", Kind.PARAGRAPH, "It is not thin.", markdown=True)
EMPTY = Unit("lora/body", SEGMENT.source)
DRAFT = replace(EMPTY, target="薄い。", origin=machine("DeepL", "薄い。"))
ALIKE = replace(EMPTY, target="薄い。", origin=fuzzy(95, "token/body", "薄い。"), previous="It is.")
PERSONS = replace(EMPTY, target="薄くない。")
REVIEWED = replace(PERSONS, reviewed=True)


def issue(check: str, severity: Severity = Severity.WARNING) -> QualityIssue:
    return QualityIssue(check, severity, safety=False, message="it is wrong")


def test_what_is_likely_wrong_comes_first() -> None:
    looks = {
        "two texts": Look(park(DRAFT, "厚い。", "a branch"), SEGMENT),
        "a failed check": Look(PERSONS, SEGMENT, [issue("links", Severity.ERROR)]),
        "a denial lost": Look(DRAFT, SEGMENT, [issue("negation")]),
        "sent back": Look(replace(PERSONS, comments=("i18n: sent back by Ken: no",)), SEGMENT),
        "a number changed": Look(
            replace(PERSONS, previous="It"), SEGMENT, edit=frozenset({EditKind.NUMBER})
        ),
        "another warning": Look(DRAFT, SEGMENT, [issue("length")]),
        "a refused draft": Look(replace(EMPTY, notes=("Not used (DeepL): links",)), SEGMENT),
        "a draft": Look(DRAFT, SEGMENT),
        "nothing yet": Look(EMPTY, SEGMENT),
        "a person's": Look(PERSONS, SEGMENT),
        "a text like one": Look(ALIKE, SEGMENT),
        "reviewed": Look(REVIEWED, SEGMENT),
    }
    ranked = sorted(looks, key=lambda name: -risk_of(looks[name]).points)
    assert ranked == list(looks)


def test_a_term_that_many_link_to_goes_before_its_like_and_before_nothing_worse() -> None:
    points = [risk_of(Look(DRAFT, SEGMENT, links=count)).points for count in (0, 1, 5, 40, 10**6)]
    assert points == sorted(points)
    assert points[-1] < risk_of(Look(DRAFT, SEGMENT, [issue("negation")])).points
    assert risk_of(Look(REVIEWED, SEGMENT, links=40)).points == 0, "nothing is wrong with it"


def test_every_reason_is_told_the_weightiest_first() -> None:
    unit = replace(DRAFT, previous="It is 3 mm thin.")
    told = risk_of(Look(unit, SEGMENT, [issue("length")], frozenset({EditKind.NUMBER})))
    assert told.reasons == (
        "a number in the source changed",
        "a machine's draft, with no memory behind it",
        "check: length",
    )


def test_a_list_that_nobody_has_to_fill_asks_for_nothing() -> None:
    found = risk_of(Look(EMPTY, replace(SEGMENT, kind=Kind.LIST)))
    assert found == Risk(0, (), seconds_for(EMPTY))


def test_an_origin_in_other_words_is_no_machines() -> None:
    unit = replace(DRAFT, origin=Origin("somebody's cousin"))
    assert risk_of(Look(unit, SEGMENT)).reasons == ("a person's text waits for approval",)


def test_writing_takes_longer_than_mending_and_mending_longer_than_reading() -> None:
    assert seconds_for(EMPTY) > seconds_for(DRAFT) > seconds_for(REVIEWED)
    longer = replace(DRAFT, source=DRAFT.source * 3)
    assert seconds_for(longer) > seconds_for(DRAFT)


@given(st.lists(st.floats(0, 500)), st.floats(0, 2000))
def test_a_time_holds_what_fits_from_the_top_and_the_first_in_any_case(
    times: list[float], seconds: float
) -> None:
    items = [((at, needed), needed) for at, needed in enumerate(times)]
    chosen = fitting(items, seconds)
    count = len(chosen)
    assert chosen == [item for item, _ in items[:count]], "from the top, and none passed over"
    assert sum(times[:count]) <= seconds + 1e-6 or count == 1
    assert count == len(times) or sum(times[: count + 1]) > seconds - 1e-6


def test_what_is_only_noted_weighs_least_and_a_harmless_edit_less_than_a_draft() -> None:
    noted = risk_of(Look(PERSONS, SEGMENT, [issue("length", Severity.NOTE)]))
    warned = risk_of(Look(PERSONS, SEGMENT, [issue("length")]))
    assert noted.reasons == ("a person's text waits for approval", "check: length")
    assert noted.points < warned.points
    edited = risk_of(Look(replace(DRAFT, previous="It is not  thin."), SEGMENT))
    assert set(edited.reasons) == {
        "the source was edited",
        "a machine's draft, with no memory behind it",
    }
