"""The report's pictures: nothing is left out, nothing lies upon anything else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.reports.overview import Counts, LocaleOverview, Moment, Overview
from i18n_pipeline.reports.report import LocaleReport
from i18n_pipeline.reports.site.drawing import SHOWN, bar, chart, web
from i18n_pipeline.reports.standing import SourceTerm, TermStanding, TermState


def locale_of(tag: str, *standings: TermStanding) -> LocaleOverview:
    return LocaleOverview(LocaleReport(tag, standings=standings))


@given(st.dictionaries(st.sampled_from(SHOWN), st.integers(0, 5000)))
def test_a_bar_is_as_wide_as_its_parts_together(counts: dict[TermState, int]) -> None:
    parts = bar(counts)
    assert {part.state: part.count for part in parts} == {s: n for s, n in counts.items() if n}
    left = 0.0
    for part in parts:
        assert part.left == pytest.approx(left, abs=0.01)
        left = part.left + part.width
    assert not parts or left == pytest.approx(100, abs=0.01)


def test_one_moment_makes_no_chart_and_locales_may_come_later() -> None:
    locales = (locale_of("ja"), locale_of("de"))
    first = Moment("a", "2026-01-01", {"ja": Counts(1, 1, 2)})
    last = Moment("b", "2026-02-01", {"ja": Counts(4, 0, 0), "de": Counts(2, 0, 2)})
    assert chart(Overview("g", "en", "2026-03-01", locales, moments=(last,))) is None
    drawn = chart(Overview("g", "en", "2026-03-01", locales, moments=(first, last)))
    assert drawn is not None
    by_locale = {line.locale: line for line in drawn.lines}
    assert by_locale["ja"].path == "M44 150.5H470V14"
    assert by_locale["de"].path == "M470 105"
    assert (by_locale["ja"].last, by_locale["de"].last) == (100, 50)


def test_labels_of_lines_that_meet_stand_apart() -> None:
    tags = ("ja", "de", "es")
    moments = tuple(
        Moment(day, day, {tag: Counts(1, 0, 1) for tag in tags})
        for day in ("2026-01-01", "2026-01-02")
    )
    drawn = chart(Overview("g", "en", "2026-01-02", tuple(map(locale_of, tags)), moments=moments))
    assert drawn is not None
    heights = sorted(line.label for line in drawn.lines)
    assert min(b - a for a, b in pairwise(heights)) >= 18


def test_of_many_terms_the_most_missed_are_drawn() -> None:
    terms = tuple(
        SourceTerm(f"t{n:03}", "", f"T{n}", links=("t199",) if n < 3 else ()) for n in range(200)
    )
    there = (
        TermStanding(f"t{n:03}", TermState.REVIEWED, path="x", is_built=True) for n in range(150)
    )
    one = locale_of("ja", *there)
    drawn = web(Overview("g", "en", "2026-01-01", (one,), terms), one)
    assert len(drawn.nodes) == 60
    assert drawn.left_out == 140
    assert [node.slug for node in drawn.nodes if node.is_hole] == ["t199"]
    assert [edge.is_broken for edge in drawn.edges] == [True, True, True]


def test_a_project_without_terms_has_an_empty_picture() -> None:
    one = locale_of("ja")
    assert web(Overview("g", "en", "2026-01-01", (one,)), one).nodes == ()
