"""Each labelled edit is told as what it is."""

from __future__ import annotations

import pytest

from i18n_pipeline.stages.edits import classify
from tests.stages.edits.table import Row, ground, rows


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_an_edit_is_told_as_what_it_is(row: Row) -> None:
    assert classify(row.old, row.new, row.segment, ground(row.locale)).headline == row.kind


def test_there_are_enough_edits_to_learn_from() -> None:
    assert len(rows()) >= 150
