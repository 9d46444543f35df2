from __future__ import annotations

import pytest

from i18n_pipeline.model import Catalog, Origin, Unit, draft_hash
from i18n_pipeline.stages.repairing import repaired, repaired_catalog, repaired_unit


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("a cardiologist â€” it", "a cardiologist — it"),
        ("dÃ©jÃ vu", "déjÃ vu"),
        ("plain — text", "plain — text"),
        ("", ""),
    ],
)
def test_texts_are_as_they_were(damaged: str, whole: str) -> None:
    assert repaired(damaged) == whole


def test_a_unit_keeps_its_state() -> None:
    unit = Unit("a/body", "x â€” y", "z", reviewed=True, previous="w â€” x")
    better = repaired_unit(unit)
    assert (better.source, better.previous, better.reviewed) == ("x — y", "w — x", True)
    origin = Origin("machine draft by DeepL", draft_hash("x â€” y"))
    draft = Unit("a/body", "x", "x â€” y", origin=origin)
    assert repaired_unit(draft).is_draft


def test_nobodys_text_is_dropped_where_two_become_one() -> None:
    units = (Unit("a/body", "x â€” y", "one", True), Unit("a/body", "x — y", "two", True))
    assert repaired_catalog(Catalog(units)).units == units
