from __future__ import annotations

import pytest

from i18n_pipeline.checks.writing.han_variants import simplified_for, traditional_for
from i18n_pipeline.checks.writing.script import SCRIPT
from tests.checks.edits import edited
from tests.checks.subjects import found, subject

ENGLISH = "A token is a small piece of text, such as a word or a part of a word."


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("ja", "トークンとは、単語や単語の一部のような、テキストの小さな断片です。"),
        ("ja", "大規模言語モデル（LLM）のAPI"),
        ("ja", "自然言語処理"),
        ("ja", "API, GPU, transformer, token, word"),
        ("zh-CN", "词元是一小段文本，例如一个词或词的一部分。"),
        ("zh", "后台里的干面台"),
        ("zh-TW", "詞元是一小段文字，後台裡的乾麵。"),
        ("zh-HK", "着裏面嘅户口，温度會恒定，黄色嘅内容"),
        ("zh-Hant", "詞元是一小段文字"),
        ("ko", "토큰은 단어나 단어의 일부(一部)처럼 짧은 텍스트 조각입니다. GPU를 쓴다."),
        ("ru", "Токен — небольшой фрагмент текста, PHPшник, API-интерфейс, μ = 0"),
        ("sr-Latn", "Token je mali deo teksta, kao što je reč ili deo reči."),
        ("sr", "Токен је мали део текста."),
        ("de", "Ein Token ist ein kleines Stück Text; Δt und μ sind Größen."),
        ("el", "Το token είναι ένα μικρό κομμάτι κειμένου, Ωm"),
        ("ar", "الرمز هو جزء صغير من النص مثل API"),
        ("hi", "टोकन पाठ का एक छोटा टुकड़ा है।"),
        ("tlh", "привет"),
        ("en-XA", "[Ȧ ŧǿķḗƞ привет]"),
    ],
)
def test_a_text_in_its_locales_script_is_fine(locale: str, target: str) -> None:
    assert found(SCRIPT, subject(ENGLISH, target, locale=locale)) == []


@pytest.mark.parametrize(
    ("locale", "target", "message"),
    [
        ("ja", "词元是一小段文本", "`词 → 詞`: Chinese, not Japanese"),
        (
            "ja",
            "詞元是一小段文字例如一個詞或詞的一部分",
            "no kana in a long text: this looks like Chinese, write Japanese",
        ),
        (
            "ja",
            "トークンは단어です",
            "`단어`: Hangul; ja is written in kana and Chinese characters",
        ),
        ("de", "Ein слово", "`слово`: Cyrillic letters; de is written in Latin letters"),
        ("fr", "un 言葉 ici", "`言葉`: Chinese characters; fr is written in Latin letters"),
        (
            "zh-CN",
            "詞元是一小段文本",
            "`詞 → 词`: traditional; write simplified Chinese",
        ),
        (
            "zh-SG",
            "裡面的麵",
            "`裡 → 里`, `麵 → 面`: traditional; write simplified Chinese",
        ),
        (
            "zh-Hant",
            "词元是这个词",
            "`词 → 詞`, `这 → 這`: simplified; write traditional Chinese",
        ),
        ("zh-HK", "这个词", "`这 → 這`, `词 → 詞`: simplified; write traditional Chinese"),
        (
            "zh-CN",
            "トークン是文本",
            "`トークン`: kana; zh-CN is written in Chinese characters and Bopomofo letters",
        ),
        (
            "ru",
            "Un token es parte pequeña de todo",
            "`token es parte pequeña de todo` is Latin text; ru is written in Cyrillic letters",
        ),
        (
            "sr",
            "Token je mali deo teksta kao rec",
            (
                "`je mali deo teksta kao rec` is Latin text; sr is written in Cyrillic letters"
                " (sr-Latn is the Latin one)"
            ),
        ),
    ],
)
def test_another_script_is_told(locale: str, target: str, message: str) -> None:
    assert found(SCRIPT, subject("Words", target, locale=locale)) == [message]


@pytest.mark.parametrize(
    ("locale", "target", "message", "better"),
    [
        (
            "de",
            "Das Mоdell",
            "`Mоdell` holds the Cyrillic letter `о`: write `Modell`",
            "Das Modell",
        ),
        (
            "ru",
            "Cервер упал",
            "`Cервер` holds the Latin letter `C`: write `Сервер`",
            "Сервер упал",
        ),
        ("el", "Tρέχουσα", "`Tρέχουσα` holds the Latin letter `T`: write `Τρέχουσα`", "Τρέχουσα"),
        ("ja", "Tоkenです", "`Tоken` holds the Cyrillic letter `о`: write `Token`", "Tokenです"),
    ],
)
def test_look_alikes_are_mended(locale: str, target: str, message: str, better: str) -> None:
    one = subject("Words", target, locale=locale)
    assert found(SCRIPT, one) == [message]
    assert edited(SCRIPT, one).target == better


def test_what_the_source_or_the_code_holds_is_fine() -> None:
    source = "The word 言葉 and Москва"
    assert found(SCRIPT, subject(source, "Das Wort 言葉 und Москва", locale="de")) == []
    assert found(SCRIPT, subject("`x`", "`слово` und https://пример.example", locale="de")) == []


def test_a_simplified_character_is_in_no_traditional_text() -> None:
    assert len(traditional_for()) > 900
    assert traditional_for()["这"] == "這"
    assert traditional_for().keys().isdisjoint(simplified_for())
    assert simplified_for()["裡"] == "里"


def test_a_character_that_the_source_shows_may_be_shown() -> None:
    assert found(SCRIPT, subject("The sign 爱 is love.", "爱という字は愛を表します。")) == []
