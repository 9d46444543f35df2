"""How often a text denies."""

from __future__ import annotations

import pytest

from i18n_pipeline.tongues.denial import denials


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
