from __future__ import annotations

import pytest

from i18n_pipeline.checks.meaning.numbers import NUMBERS
from i18n_pipeline.model import Kind
from i18n_pipeline.tongues.numerals import kanji_numbers, numerals
from tests.checks.subjects import found, mended, subject


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ja", "4,096 by 4,096", "4,096×4,096"),
        ("ja", "4,096 tokens", "４０９６トークン"),
        ("ja", "10,000 pages", "1万ページ"),
        ("ja", "120 million words", "1億2,000万語"),
        ("ja", "175 billion parameters", "1,750億パラメーター"),
        ("ja", "In May 2017", "2017年5月"),
        ("ja", "On 2017-05-01", "2017年5月1日"),
        ("ja", "the 1st of 3 steps", "三つのうち最初の手順"),
        ("ja", "30% of it", "その3割"),
        ("ja", "step 2 again", "もう一度、手順二"),
        ("ja", "at 3:30 pm", "15時30分"),
        ("ja", "a 7B model", "70億の模型"),
        ("ja", "10k users", "1万人"),
        ("ja", "K8s and GPT-3", "クバネティスとGPT-3"),
        ("ja", "8.4 × 10²² times", "8.4×10²²回"),
        ("ja", "A dozen lines", "12行"),
        ("ja", "forty raters, three centuries", "40人、300年"),
        ("ja", "Call it now", "24時間いつでも"),
        ("ja", "one of them", "1つ"),
        ("de", "4,096 by 4,096", "4096 mal 4.096"),
        ("de", "4,096 tokens", "4 096 Token"),
        ("de", "3.5 points", "3,5 Punkte"),
        ("de", "GPT-3.5 and Python 3.11", "GPT-3.5 und Python 3.11"),
        ("de", "1.5 billion", "1,5 Mrd."),
        ("de", "175 billion", "175 Milliarden"),
        ("de", "10,000 pages", "10 Tsd. Seiten"),
        ("de", "3 of 4", "drei von vier"),
        ("de", "the 2nd one", "das zweite"),
        ("de", "May 5, 2017", "5. Mai 2017"),
        ("de", "05/2017", "Mai 2017"),
        ("de", "1,000 pages", "tausend Seiten"),
        ("de", "the 1990s", "die 90er"),
        ("de", "50% of it", "die Hälfte davon"),
        ("es", "4,096 and 1.5", "4.096 y 1,5"),
        ("es", "4,096 and 1.5", "4,096 y 1.5"),
        ("es", "175 billion", "175 mil millones"),
        ("es", "the 20th century", "el siglo XX"),
        ("es", "1,000 pages", "mil páginas"),
        ("es", "100 pages", "cien páginas"),
        ("fr", "4,096 tokens", "4\u202f096 tokens"),
        ("fr", "4,096 tokens", "4\u00a0096 tokens"),
        ("fr", "16 GB of memory", "16 Go de mémoire"),
        ("fr", "36% and 2.5", "36 % et 2,5"),
        ("zh", "10,000 pages", "一万页"),
        ("zh", "In 2017", "二〇一七年"),
        ("zh", "1.2 million words", "120万词"),
        ("zh", "36 percent", "百分之三十六"),
        ("ko", "10,000 pages", "1만 쪽"),
        ("ko", "120 million", "1억 2,000만"),
        ("ko", "3 steps", "세 단계"),
        ("ru", "4,096 and 3.5", "4 096 и 3,5"),
        ("ru", "5 million words", "5 миллионов слов"),
        ("ru", "2 steps", "два шага"),
        ("ru", "16 GB", "16 ГБ"),
        ("ar", "4,096 and 3.5", "٤٬٠٩٦ و٣٫٥"),
        ("ar", "In 2017", "في عام ٢٠١٧"),
        ("ar", "2 steps", "خطوتان"),
        ("hi", "500,000 words", "5 लाख शब्द"),
        ("hi", "1,234,567 words", "१२,३४,५६७ शब्द"),
        ("fi", "3 steps", "kolme vaihetta"),
        ("de", "16 of 16 and 3 of 3", "16 von 16 und alle 3"),
        ("de", "base-64 and PGP 2.6", "Base64 und PGP2.6"),
        ("de", "RFC4648", "RFC 4648"),
        ("ja", "a hexadecimal digit", "16進数の1桁"),
        ("th", "In 2017", "พ.ศ. 2560"),
        ("en-XA", "In 2017", "[Īń 2018]"),
    ],
)
def test_a_number_may_be_written_as_the_language_writes_it(
    locale: str, source: str, target: str
) -> None:
    assert found(NUMBERS, subject(source, target, locale=locale)) == []


@pytest.mark.parametrize(
    ("locale", "source", "target", "missing", "instead"),
    [
        ("ja", "In 2017", "2018年", "2017", "2018"),
        ("ja", "10,000 pages", "10万ページ", "10,000", "10万"),
        ("ja", "step 5", "手順6", "5", "6"),
        ("ja", "step 5", "手順15", "5", "15"),
        ("de", "175 billion", "175 Millionen", "175 billion", "175 Millionen"),
        ("de", "3.5 and 16", "35 und 16", "3.5", "35"),
        ("es", "1.5 billion", "1,5 millones", "1.5 billion", "1,5 millones"),
        ("fr", "In 2017", "En 2071", "2017", "2071"),
        ("zh", "In 2017", "在2071年", "2017", "2071"),
        ("zh", "10 million", "10亿", "10 million", "10亿"),
        ("ko", "In 2017", "2018년", "2017", "2018"),
        ("ru", "3.5 points", "35 очков", "3.5", "35"),
        ("ar", "In 2017", "في عام ٢٠١٨", "2017", "٢٠١٨"),
        ("hi", "500,000 words", "5 करोड़ शब्द", "500,000", "5 करोड़"),
    ],
)
def test_another_number_is_told_with_its_place(
    locale: str, source: str, target: str, missing: str, instead: str
) -> None:
    (finding,) = NUMBERS.find(subject(source, target, locale=locale))
    said = f"the number `{missing}` is missing; `{instead}` is there instead"
    assert finding.message == said
    assert finding.at is not None
    assert target[slice(*finding.at)] == instead


_COPIED = "`175 billion` stands there as in the source; here it is another number, or none"


@pytest.mark.parametrize(
    ("locale", "source", "target", "message"),
    [
        ("ja", "4,096 tokens", "トークン", "the number `4,096` is missing"),
        ("ja", "step 5", "手順です", "the number `5` is missing"),
        ("de", "In 2017", "Damals", "the number `2017` is missing"),
        ("de", "175 billion", "175 billion", _COPIED),
        ("ja", "175 billion and 5", "5つと175 billion", _COPIED),
        ("de", "Back then", "Damals, 2017", "the number `2017` is not in the source"),
        ("es", "step 5", "el paso", "the number `5` is missing"),
        ("fr", "36% off", "36 de moins", "`36` is a percentage in the source; write the sign"),
        ("ja", "16 GB, and 16 more", "16GBとさらに", "`16` is there once, in the source twice"),
        ("fr", "16 GB", "16 Mo", "the unit of `16 GB` is another here: `MB`"),
    ],
)
def test_what_is_missing_too_much_or_has_lost_its_sign_is_told(
    locale: str, source: str, target: str, message: str
) -> None:
    assert found(NUMBERS, subject(source, target, locale=locale)) == [message]


@pytest.mark.parametrize(
    ("locale", "source", "target", "better"),
    [
        ("de", "It has 4,096 cells", "Es hat 4,096 Zellen", "Es hat 4.096 Zellen"),
        ("de", "It takes 2.125 s", "Es dauert 2.125 s", "Es dauert 2,125 s"),
        ("pt", "It has 4,096 cells", "Tem 4,096 células", "Tem 4.096 células"),
        ("fr", "It has 4,096 cells", "Il a 4,096 cellules", "Il a 4\u202f096 cellules"),
    ],
)
def test_a_number_that_was_copied_and_means_another_one_is_written_anew(
    locale: str, source: str, target: str, better: str
) -> None:
    one = subject(source, target, locale=locale)
    (message,) = found(NUMBERS, one)
    assert message.startswith("readers take")
    assert mended(NUMBERS, one) == better


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Set `x = 16` now", "今すぐ設定"),
        ("See [it](/a/2017)", "[それ](/a/2017)"),
        ("The `0.1` of it", "0.1の部分"),
        ("The 64 of it", "`64`の部分"),
    ],
)
def test_numbers_in_code_and_addresses_are_not_asked_for_but_count(
    source: str, target: str
) -> None:
    assert found(NUMBERS, subject(source, target)) == []


def test_keywords_may_have_other_numbers() -> None:
    one = subject("a 2017\nb", "あ", kind=Kind.LIST, markdown=False)
    assert found(NUMBERS, one) == []


def test_from_japanese_numbers_are_asked_for_too() -> None:
    one = subject("1億2,000万語、2017年5月", "120 million words, 2017", locale="en")
    one = type(one)(**{**one.__dict__, "source_locale": "ja"})
    assert found(NUMBERS, one) == ["the number `5` is missing"]


@pytest.mark.parametrize(
    ("text", "locale", "readings"),
    [
        ("4,096", "en", {"4096"}),
        ("4.096", "de", {"4096"}),
        ("1.2.3", "de", {"1.2.3"}),
        ("007", "en", {"7"}),
        ("80.0", "en", {"80"}),
        ("1990s", "en", {"1990", "90"}),
        ("10k", "en", {"10", "10000"}),
        ("5千万", "ja", {"50000000"}),
        ("1'000", "de-CH", {"1000"}),
        ("12,34,567", "hi", {"1234567", "12.34.567"}),
        ("５", "ja", {"5"}),
    ],
)
def test_a_numeral_has_all_its_readings(text: str, locale: str, readings: set[str]) -> None:
    (numeral,) = numerals(text, locale)
    assert numeral.readings == readings


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二〇一七", "2017"),
        ("十二", "12"),
        ("千二百万", "12000000"),
        ("一億", "100000000"),
        ("三十", "30"),
    ],
)
def test_chinese_numerals_are_read(text: str, number: str) -> None:
    assert kanji_numbers(f"約{text}の") == {number}


@pytest.mark.parametrize(
    ("locale", "source", "target", "number"),
    [
        ("de", "Wolf 18 and husky 80", "Ich sage Wolf und Husky 80", "18"),
        ("de", "blind guessing earns 25", "Blindes Raten bringt Punkte", "25"),
        ("de", "the moon of 100 people", "Der Mond, den Personen am besten sehen", "100"),
        ("es", "for 2 tokens", "para los tokens", "2"),
        ("es", "a bag for 16 people", "La bolsa para Ir a casa", "16"),
    ],
)
def test_words_that_only_look_like_numbers_hide_none(
    locale: str, source: str, target: str, number: str
) -> None:
    messages = found(NUMBERS, subject(source, target, locale=locale))
    assert messages == [f"the number `{number}` is missing"]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "in the 4th century", "en el siglo IV"),
        ("fr", "in the 19th century", "au XIXe siècle"),
        ("de", "100% of the traffic", "der gesamte Verkehr"),
        ("de", "after two hundred years", "nach 200 Jahren"),
    ],
)
def test_a_number_in_other_words_is_there(locale: str, source: str, target: str) -> None:
    assert found(NUMBERS, subject(source, target, locale=locale)) == []


def test_no_words_make_an_uneven_number() -> None:
    one = subject("three hundred years of half a day", "300年と4711日の半分")
    assert found(NUMBERS, one) == ["the number `4711` is not in the source"]
