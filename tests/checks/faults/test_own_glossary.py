"""What the rules find in the project's own glossary, held as a floor: no rule gets blind unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.pipeline.by_hand.self_testing import self_test
from i18n_pipeline.reports.self_test import LocaleSelfTest
from i18n_pipeline.workspace import open_workspace

ROOT = Path(__file__).parents[3]
LEAST = {
    "negation": 0.35,
    "end-punctuation": 0.8,
    "numbers": 0.9,
    "mojibake": 0.93,
    "untranslated": 0.9,
}
"""Floors below the usual one. `negation` asks whether any denial is left in a text, and most have
another one; a Japanese text that is cut off may end as an item may; short labels may be alike."""

USUAL = 0.96
NO_PLACE = {
    "html-missing": "its texts hold no HTML",
    "entities": "nor character references",
}

pytestmark = pytest.mark.skipif(
    not (ROOT / "locales").is_dir(), reason="the project's own glossary is not here"
)


@pytest.fixture(scope="module")
def tested() -> tuple[LocaleSelfTest, ...]:
    report = self_test(open_workspace(str(ROOT)))
    assert report.errors == ()
    return report.locales


def test_every_rule_finds_most_of_its_faults(tested: tuple[LocaleSelfTest, ...]) -> None:
    blind = {
        (one.locale, code): recall
        for one in tested
        for code in one.codes
        if (recall := one.measured.recall(code)) is not None and recall < LEAST.get(code, USUAL)
    }
    assert blind == {}


def test_nothing_is_said_of_the_texts_as_they_are(tested: tuple[LocaleSelfTest, ...]) -> None:
    assert {one.locale: dict(one.measured.alarms) for one in tested if one.measured.alarms} == {}


def test_faults_of_every_rule_can_be_put_into_some_text(
    tested: tuple[LocaleSelfTest, ...],
) -> None:
    idle = {code for code in tested[0].codes if not any(one.measured.put(code) for one in tested)}
    assert idle == set(NO_PLACE)
    assert sum(result.put for one in tested for result in one.measured.faults) > 50_000
