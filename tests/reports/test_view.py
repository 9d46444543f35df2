"""Lines that fit whoever reads them, with numbers, days and names as they write them."""

from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.tongue import Tongue, known_tongue
from i18n_pipeline.reports.view import PLAIN, View, columns, padded, wrapped

NARROW = View(30, at_terminal=True)


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    assert (columns("abc"), columns("日本語"), columns("e\u0301")) == (3, 6, 1)
    assert (columns("กำ"), columns("\x1b[1mbold\x1b[0m")) == (2, 4)
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
        ("sr_RS.UTF-8@latin", "1.234,5", "28. 11. 2026.", "japanski"),
        ("de_DE@euro", "1.234,5", "28.11.2026", "Japanisch"),
        ("", "1,234.5", "Nov 28, 2026", "Japanese"),
        ("C.UTF-8", "1,234.5", "Nov 28, 2026", "Japanese"),
        ("xx_YY", "1,234.5", "Nov 28, 2026", "Japanese"),
    ],
)
def test_numbers_days_and_names_are_the_readers(
    said: str, number: str, day: str, name: str
) -> None:
    tongue = known_tongue(said)
    shown = (tongue.number(1234.5), tongue.day("2026-11-28"), tongue.name("ja"))
    assert tuple(one.replace("\xa0", " ") for one in shown) == (number, day, name)


def test_what_is_said_for_numbers_prices_and_days_counts_for_them() -> None:
    tongue = known_tongue("ja_JP.UTF-8", "de_DE", "fr_FR", "en_GB")
    assert tongue.title("de") == "ドイツ語 (de)"
    assert (tongue.number(1234), tongue.day("2026-11-28")) == ("1.234", "28 Nov 2026")
    assert tongue.money(12.5, "EUR") == "12,50\xa0€"


def test_nothing_that_any_reader_is_shown_has_to_be_spelled_out() -> None:
    for locale in locale_identifiers():
        tongue = known_tongue(locale)
        for words in (
            tongue.number(1234567),
            tongue.percent(50),
            tongue.tenths(12.34),
            tongue.money(1234.5, "EUR"),
            tongue.day("2026-11-28"),
        ):
            assert safe(words) == words, locale


@given(st.text())
def test_whatever_the_environment_says_is_no_reason_to_stop(said: str) -> None:
    tongue = known_tongue(said, said, said, said)
    assert tongue.number(1234)
    assert tongue.day("2026-11-28")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("22345 units to review in terms.po", "22.345 units to review in terms.po"),
        ("12000 reviewed texts of 1000 terms", "12.000 reviewed texts of 1.000 terms"),
        ("1500 entries, 999 texts, v2024 texts", "1.500 entries, 999 texts, v2024 texts"),
        ("a/1234 units:1234: 1234.5 characters", "a/1234 units:1234: 1234.5 characters"),
    ],
)  # fmt: skip
def test_numbers_that_were_counted_in_words_are_the_readers_too(words: str, shown: str) -> None:
    assert known_tongue("de_DE").reworded(words) == shown


def test_a_share_that_is_not_all_is_never_shown_as_all_nor_some_as_none() -> None:
    assert [Tongue().percent(share) for share in (99.9, 100, 0.01, 0)] == [
        "99%", "100%", "1%", "0%",
    ]  # fmt: skip
    assert known_tongue("de").tenths(2.25) == "2,2\xa0%"


def test_money_that_is_little_is_not_shown_as_nothing() -> None:
    assert Tongue().money(0.0004, "EUR") == "0.0004 EUR"
    assert Tongue().money(12.5, "EUR") == "€12.50"
    assert Tongue().money(12.5, "credits") == "12.50 credits"
    assert known_tongue("de").money(0.00041, "credits") == "0,00041 credits"


def test_in_a_log_a_line_is_a_fact_with_the_tag_and_the_day_that_one_looks_for() -> None:
    text = f"ja: {'word ' * 40}\n"
    assert PLAIN.laid_out(text) == text
    assert (PLAIN.called("ja"), PLAIN.day("2026-11-28")) == ("ja", "2026-11-28")


def test_on_a_terminal_lines_are_folded_between_words_below_their_beginning() -> None:
    text = "  terms/en/a.md:7: error: links: it is missing\nshort\n"
    assert NARROW.laid_out(text) == (
        "  terms/en/a.md:7: error:\n    links: it is missing\nshort\n"
    )  # fmt: skip


def test_no_number_path_or_command_is_torn_where_it_fits_a_line() -> None:
    long = "terms/en/a-very-long-path-of-a-term.md:7:"
    text = f"would send as many of them as 31\u202f684\n{long} there\n"
    text += "mend it, then i18n sync --lang ja\n"
    assert NARROW.laid_out(text) == (
        f"would send as many of them as\n  31\u202f684\n{long}\n  there\nmend it, then\n"
        "  i18n sync --lang ja\n"
    )


def test_writing_without_spaces_is_folded_between_letters_but_not_before_marks() -> None:
    shown = NARROW.laid_out("  短いテキストのためにトークンを使います、とても、長いです。\n")
    lines = shown.splitlines()
    assert all(columns(line) <= NARROW.width for line in lines)
    assert not any(line.strip()[0] in "、。" for line in lines)


@given(st.text(alphabet=st.sampled_from("ab 日、/\xa0i18n-")), st.integers(40, 90))
def test_folding_changes_nothing_but_blanks(text: str, width: int) -> None:
    shown = View(width, at_terminal=True).laid_out(f"{text}\n")
    assert "".join(shown.split()) == "".join(text.split())


def test_a_command_wider_than_the_terminal_is_folded_between_its_words() -> None:
    command = "i18n resolve token/body --use file --lang ja"
    assert NARROW.laid_out(f"next: {command}").split("\n") == [
        "next: i18n resolve token/body", "  --use file --lang ja",
    ]  # fmt: skip


def test_a_locale_is_called_by_its_name_for_a_person_and_by_its_tag_in_a_log() -> None:
    person = View(tongue=Tongue("en"), at_terminal=True)
    assert (person.called("de"), person.named("de")) == ("German (de)", "German")
    assert (View().called("de"), View().named("de")) == ("de", "de")
