"""Numbers in digits and words, where they are in doubt or nobody knows the language."""

from __future__ import annotations

import pytest

from i18n_pipeline.tongues.numerals import kanji_numbers, month_names, numerals, scale_words


def readings(text: str, locale: str) -> set[str]:
    (found,) = numerals(text, locale)
    return set(found.readings)


def test_a_language_without_data_has_no_months_and_no_words_for_scales() -> None:
    assert month_names("tlh") == ((),) * 12
    assert dict(scale_words("tlh")) == {}
    assert "march" in month_names("en")[2]


@pytest.mark.parametrize(
    ("text", "locale", "reading"),
    [
        ("1 000", "en", "1000"),
        ("1 000.5", "en", "1000.5"),
        ("1 000,5", "fr", "1000.5"),
        ("2.5 million", "en", "2500000"),
    ],
)
def test_digits_with_blanks_between_them_are_one_number(
    text: str, locale: str, reading: str
) -> None:
    assert reading in readings(text, locale)


def test_what_is_no_number_is_not_scaled() -> None:
    assert "1.2.3" in readings("1.2.3", "en")
    assert all("e" not in one.casefold() for one in readings("1.2.3 million", "en"))


@pytest.mark.parametrize(
    ("text", "number"), [("千二百", "1200"), ("二十", "20"), ("二〇一七", "2017")]
)
def test_chinese_numerals_are_read_by_place_or_by_powers(text: str, number: str) -> None:
    assert number in kanji_numbers(f"約{text}個")
