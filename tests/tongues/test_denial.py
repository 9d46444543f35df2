"""How often a text denies."""

from __future__ import annotations

import pytest

from i18n_pipeline.tongues.denial import bounds, denials


@pytest.mark.parametrize(
    ("text", "locale", "count"),
    [
        ("It does not, and never will.", "en", 2),
        ("Es kann nicht und will nicht.", "de-AT", 2),
        ("Es kann.", "de", 0),
        ("ghobe' jatlh", "tlh", 0),
    ],
)
def test_words_that_deny_are_counted_in_languages_that_are_known(
    text: str, locale: str, count: int
) -> None:
    assert denials(text, locale) == count


def test_words_that_bound_a_number_are_counted_by_their_side() -> None:
    assert bounds("At least two, and at most three.") == (1, 1)
    assert bounds("Two or three.") == (0, 0)
