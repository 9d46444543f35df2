from __future__ import annotations

import pytest

from i18n_pipeline.checks.exempting import Hidden, sorted_out, without_effect
from i18n_pipeline.config import Exempt
from i18n_pipeline.model import QualityIssue, Severity, Unit

NUMBERS = QualityIssue("numbers", Severity.WARNING, safety=False, message="`5` is missing")
HTML = QualityIssue("html", Severity.ERROR, safety=True, message="`<b>` is not in the source")
UNIT = Unit("gpt-4/body", "Released in 2023.", "令和五年に公開。")


@pytest.mark.parametrize(
    "off",
    [
        Exempt("numbers", "era"),
        Exempt("numbers", "era", field="body"),
        Exempt("numbers", "era", slug="gpt-*"),
        Exempt("numbers", "era", text="Released in"),
    ],
)
def test_a_check_is_off_where_the_configuration_says_so(off: Exempt) -> None:
    assert sorted_out([NUMBERS], UNIT, [off]) == ((), (Hidden("numbers", "era"),))


@pytest.mark.parametrize(
    "off",
    [
        Exempt("length", "era"),
        Exempt("numbers", "era", field="definition"),
        Exempt("numbers", "era", slug="bert"),
        Exempt("numbers", "era", text="Published in"),
    ],
)
def test_elsewhere_it_is_told(off: Exempt) -> None:
    assert sorted_out([NUMBERS], UNIT, [off]) == ((NUMBERS,), ())


def test_safety_cannot_be_switched_off() -> None:
    unit = Unit("a/body", "a", "<b>", comments=("i18n: off html: I say so",))
    assert sorted_out([HTML], unit, [Exempt("html", "x")]) == ((HTML,), ())


@pytest.mark.parametrize(
    ("comment", "hidden"),
    [
        ("i18n: off numbers: the year of an era", ("the year of an era",)),
        (" i18n:off numbers :  era ", ("era",)),
        ("i18n: off numbers", ()),
        ("i18n: off length: era", ()),
        ("I wonder whether numbers are off", ()),
    ],
)
def test_a_translator_switches_a_check_off_for_one_unit(
    comment: str, hidden: tuple[str, ...]
) -> None:
    unit = Unit("gpt-4/body", "a", "b", comments=("a remark", comment))
    told, off = sorted_out([NUMBERS], unit, [])
    assert off == tuple(Hidden("numbers", reason) for reason in hidden)
    assert told == (() if hidden else (NUMBERS,))


@pytest.mark.parametrize(
    ("comment", "wrong"),
    [
        ("i18n: off numbers", "it needs a reason: `i18n: off numbers: …`"),
        ("i18n: off nummbers: x", "there is no check `nummbers` that can be switched off"),
        ("i18n: off html: x", "there is no check `html` that can be switched off"),
        ("i18n: off numbers, length: x", "there is no check `numbers,` that can be switched off"),
        ("i18n: off numbers: era", ""),
        ("I switched i18n off", ""),
    ],
)
def test_a_comment_that_switches_nothing_off_is_told(comment: str, wrong: str) -> None:
    units = [Unit("a/body", "a", "b", comments=(comment,))]
    assert [said for _, said in without_effect(units)] == ([wrong] if wrong else [])
    gone = Unit("a/body", "a", "b", comments=(comment,), obsolete=True)
    assert [*without_effect([gone])] == []
