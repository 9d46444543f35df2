"""Lines that fit: wide letters count twice, and no part is broken up."""

from __future__ import annotations

import pytest

from i18n_pipeline.reports.tongue import Tongue, known_tongue
from i18n_pipeline.reports.view import columns, padded, wrapped


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    assert (columns("abc"), columns("日本語"), columns("e\u0301")) == (3, 6, 1)
    assert padded("日本", 6) == "日本  "
    assert padded("9", 3, right=True) == "  9"


def test_parts_are_put_into_as_few_lines_as_fit() -> None:
    assert list(wrapped(["one", "two", "three"], 12, "  ")) == ["  one  two", "  three"]
    assert list(wrapped(["much too long"], 5, "")) == ["much too long"]
    assert list(wrapped([], 5, "")) == []


@pytest.mark.parametrize(
    ("said", "number", "day", "name"),
    [
        ("de_AT.UTF-8", "1.234,5", "28.11.2026", "Japanisch"),
        ("ja", "1,234.5", "2026/11/28", "日本語"),
        ("pt-BR", "1.234,5", "28 de nov. de 2026", "japonês"),
        ("", "1,234.5", "Nov 28, 2026", "Japanese"),
        ("xx_YY", "1,234.5", "Nov 28, 2026", "Japanese"),
    ],
)
def test_numbers_days_and_names_are_the_readers(
    said: str, number: str, day: str, name: str
) -> None:
    tongue = known_tongue(said)
    shown = (tongue.number(1234.5), tongue.day("2026-11-28"), tongue.name("ja"))
    assert tuple(one.replace("\xa0", " ") for one in shown) == (number, day, name)


def test_money_that_is_little_is_not_shown_as_nothing() -> None:
    assert Tongue().money(0.0004, "EUR") == "0.0004 EUR"
    assert Tongue().money(12.5, "EUR") == "€12.50"
    assert Tongue().money(12.5, "credits") == "12.50 credits"
