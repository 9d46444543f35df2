"""Values of front matter by their paths, as the lock spells them."""

from __future__ import annotations

import pytest

from i18n_pipeline.formats.front_matter import Value
from i18n_pipeline.stages.fields import found_at

VALUES: dict[str, Value] = {"Seo": {"title": "A"}, "faq": [{"question": "B"}, "C"], "empty": ""}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("seo.title", (("Seo", "title"), "A")),
        ("faq.0.question", (("faq", 0, "question"), "B")),
        ("faq.1", (("faq", 1), "C")),
        ("empty", (("empty",), "")),
        ("gone", None),
        ("seo.gone", None),
        ("seo.0", None),
        ("faq.2", None),
        ("faq.question", None),
        ("faq.1.question", None),
    ],
)
def test_a_value_is_found_by_its_path_and_nothing_where_there_is_none(
    word: str, found: object
) -> None:
    assert found_at(VALUES, word) == found
