from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.glossary import Rendered, initials, place_of, readings
from i18n_pipeline.glossary.rendering import holds


@pytest.mark.parametrize(
    ("locale", "text", "spelling"),
    [
        ("es", "Las máquinas virtuales", "Máquina Virtual"),
        ("es", "los modelos fundacionales", "modelo fundacional"),
        ("de", "die künstlichen Intelligenzen", "künstliche Intelligenz"),
        ("de", "eine Tokenlänge, ein Basistoken", "Token"),
        ("de", "KI-Modelle", "KI"),
        ("de", "Die Basis\u00admodelle", "Basismodell"),
        ("fr", "des réseaux de neurones", "réseau de neurones"),
        ("ru", "обученными моделями", "обученная модель"),
        ("pt-BR", "redes profundas", "rede profunda"),
        ("ja", "大きなクラスタを作る", "クラスター"),
        ("ja", "ﾄｰｸﾝ数", "トークン"),
        ("zh-Hans", "大语言模型的词元", "词元"),
        ("ko", "토큰을 세다", "토큰"),
        ("th", "โทเค็นของแบบจำลอง", "แบบจำลอง"),
        ("en", "fine\u2011tuning", "Fine Tuning"),
    ],
)
def test_a_rendering_is_found_inflected_compounded_and_in_any_width(
    locale: str, text: str, spelling: str
) -> None:
    assert Rendered(text, locale).uses(spelling)


@pytest.mark.parametrize(
    ("locale", "text", "spelling"),
    [
        ("de", "Skipisten", "KI"),
        ("es", "una red de máquinas", "Máquina Virtual"),
        ("de", "die Basis der Modelle", "Basismodell"),
        ("ja", "クラスの数", "クラスター"),
        ("fr", "modèle", "modèle de base"),
        ("de", "", "Token"),
        ("de", "Token", ""),
    ],
)
def test_other_words_are_no_rendering(locale: str, text: str, spelling: str) -> None:
    assert not Rendered(text, locale).uses(spelling)


def test_a_rendering_taken_out_is_no_longer_there() -> None:
    rest = Rendered("un modèle de base", "fr").without("modèle de base")
    assert not rest.uses("base")


def test_brackets_hold_another_name() -> None:
    assert readings("Integración Continua (CI)") == (
        "Integración Continua (CI)",
        "Integración Continua",
        "CI",
    )
    assert readings("可観測性（オブザーバビリティ）")[1:] == ("可観測性", "オブザーバビリティ")
    assert readings("f(x)") == ("f(x)", "f", "x")
    assert readings("(x)") == ("(x)",)


def test_initials_stand_for_names_of_several_words() -> None:
    assert initials("Virtual Machine") == "VM"
    assert initials("Byte-Pair Encoding") == "BPE"
    assert initials("Token") == ""
    assert initials("仮想 マシン") == ""


def test_the_place_of_a_spelling_is_that_in_the_text_as_written() -> None:
    assert place_of("Ein TOKEN.", "Token") == (4, 9)
    assert place_of("Ein Wort.", "Token") is None


@pytest.mark.parametrize(
    ("words", "used"), [("Sin las APIs", True), ("la apis", True), ("rapis", False)]
)
def test_the_plural_of_an_abbreviation_is_a_use_of_it(words: str, used: bool) -> None:
    assert Rendered(words, "es").uses("API") is used


@pytest.mark.parametrize(
    ("words", "spelling", "certain"),
    [
        ("ファインチューニングした", "ファインチューニング", True),
        ("lora-adapter", "LoRA", True),
        ("tokens", "Token", False),  # "tokened" is another word, and begins like it
        ("ki modelle", "KI", False),  # "Ski-Modelle" have none
        ("basismodelle", "Modell", False),
        ("bert", "BERT", True),
        ("ss", "ß", False),
        ("api", "ＡＰＩ", False),  # "APIs" has the first alone
        ("+++", "++++", False),
    ],
)
def test_words_hold_a_spelling_where_every_text_with_them_has_it(
    words: str, spelling: str, certain: bool
) -> None:
    assert holds(words, spelling) == certain


PIECES = (
    "ｋｉ",
    "ki",
    "Modell",
    "modelle",
    "トークン",
    "トークンー",
    "の",
    "ai",
    "ß",
    "s",
    " ",
    "-",
    "é",
    "토큰",
    "을",
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["de", "ja", "ko", "en", "tr", "fr", "ar"]))
def test_a_text_that_uses_words_uses_what_they_hold(
    text: str, words: str, spelling: str, locale: str
) -> None:
    rendered = Rendered(text, locale)
    if holds(words, spelling) and rendered.uses(words):
        assert rendered.uses(spelling)
