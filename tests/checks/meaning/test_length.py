from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.checks.meaning.length import LENGTH
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject

SOURCE = (
    "A language model predicts the next token of a text, again and again. What it has learned is "
    "not a list of facts, but which words tend to follow which."
)
WHOLE = {
    "ja": "言語モデルは、テキストの次のトークンを何度も何度も予測します。学習したのは事実の一覧で"
    "はなく、どの言葉がどの言葉に続きやすいかということです。",
    "de": "Ein Sprachmodell sagt wieder und wieder das nächste Token eines Textes voraus. "
    "Gelernt hat es keine Liste von Tatsachen, sondern welche Wörter meist auf welche "
    "folgen.",
    "es": "Un modelo de lenguaje predice una y otra vez el siguiente token de un texto. Lo "
    "que ha aprendido no es una lista de hechos, sino qué palabras suelen seguir a cuáles.",
    "fr": "Un modèle de langage prédit sans cesse le token suivant d'un texte. Ce qu'il a "
    "appris n'est pas une liste de faits, mais quels mots suivent d'ordinaire quels "
    "autres.",
    "zh": "语言模型一次又一次地预测文本的下一个词元。它学到的不是一份事实清单，而是哪些词往往跟在"
    "哪些词后面。",
    "ko": "언어 모델은 텍스트의 다음 토큰을 거듭 예측합니다. 모델이 배운 것은 사실의 목록이 "
    "아니라 어떤 말이 어떤 말 뒤에 오기 쉬운가입니다.",
    "ru": "Языковая модель снова и снова предсказывает следующий токен текста. Она выучила "
    "не список фактов, а то, какие слова обычно следуют за какими.",
    "ar": "يتنبأ النموذج اللغوي بالرمز التالي في النص مرارًا وتكرارًا. وما تعلّمه ليس قائمة حقائق، "
    "بل أي الكلمات تميل إلى أن تتبع أيها.",
}


@pytest.mark.parametrize("locale", WHOLE)
def test_a_translation_of_usual_length_is_fine_and_a_piece_of_it_is_not(locale: str) -> None:
    whole = WHOLE[locale]
    assert found(LENGTH, subject(SOURCE, whole, locale=locale)) == []
    (short,) = found(LENGTH, subject(SOURCE, whole[: len(whole) // 3], locale=locale))
    assert short.startswith("is much shorter than usual")
    (long,) = found(LENGTH, subject(SOURCE, whole * 3, locale=locale))
    assert long.startswith("is much longer than usual")


@pytest.mark.parametrize("locale", ["ja", "de", "es"])
def test_half_a_translation_is_noticed_where_lengths_were_measured(locale: str) -> None:
    half = WHOLE[locale][: len(WHOLE[locale]) // 2]
    assert len(found(LENGTH, subject(SOURCE, half, locale=locale))) == 1


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("Embedding", "埋", "ja"),
        ("Token", "Ein sehr langes Wort für etwas", "de"),
        ("What is left of it", "残り", "ja"),
        ("`a long piece of code that is no words` is", "`x` ist", "de"),
        (SOURCE, SOURCE, "ja"),
        (SOURCE, "x", "en-XA"),
        (SOURCE, "ᏣᎳᎩ", "chr"),
    ],
)
def test_short_texts_code_and_scripts_nobody_knows_are_not_asked(
    source: str, target: str, locale: str
) -> None:
    assert found(LENGTH, subject(source, target, locale=locale)) == []


def test_the_message_says_what_is_usual() -> None:
    (message,) = found(LENGTH, subject(SOURCE, "言語モデル。"))
    assert message.endswith("(5% of the source, usual are 36% to 100%): is something missing?")
    assert found(LENGTH, subject(SOURCE, "言語モデル。", kind=Kind.LIST)) == []


@pytest.mark.parametrize("locale", ["ja", "de", "zh"])
def test_a_text_that_is_there_twice_is_told_whatever_its_length(locale: str) -> None:
    gap = " " if locale == "de" else ""
    for text in (WHOLE[locale], "短い文です。"):
        one = subject(SOURCE[:60], f"{text}{gap}{text}", locale=locale)
        assert found(LENGTH, one) == ["says everything twice: leave one of both out"]


def test_what_the_source_says_twice_is_said_twice() -> None:
    one = subject("Stop it now. Stop it now.", "Hör auf damit. Hör auf damit.", locale="de")
    assert found(LENGTH, one) == []


@pytest.mark.parametrize("source", ["fr", "ja", "ru"])
def test_between_two_other_languages_what_english_is_to_both_is_the_measure(source: str) -> None:
    said = WHOLE[source]
    for locale in {*WHOLE} - {source}:
        whole = replace(subject(said, WHOLE[locale], locale=locale), source_locale=source)
        assert found(LENGTH, whole) == [], locale
        piece = replace(whole, unit=replace(whole.unit, target=WHOLE[locale][:4]))
        assert found(LENGTH, piece) != [], locale


def test_nothing_is_usual_where_a_script_is_not_known() -> None:
    one = subject(SOURCE, "Ein Wort", locale="de")
    assert found(LENGTH, replace(one, source_locale="iu")) == []
