from __future__ import annotations

import pytest

from i18n_pipeline.checks import check
from i18n_pipeline.checks.markup.empty import EMPTY
from tests.checks.subjects import found, subject


@pytest.mark.parametrize("target", [" ", "\n\n", "\u3000", "\u00a0"])
def test_white_space_is_no_translation_and_nothing_else_is_said_about_it(target: str) -> None:
    one = subject("[a](/b) `c`", target)
    assert found(EMPTY, one) == ["is only white space"]
    assert [issue.check for issue in check(one)] == ["empty"]


@pytest.mark.parametrize("target", ["", "x"])
def test_untranslated_and_translated_are_fine(target: str) -> None:
    assert found(EMPTY, subject("a", target)) == []
