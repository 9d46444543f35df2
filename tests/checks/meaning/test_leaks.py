from __future__ import annotations

import pytest

from i18n_pipeline.checks.meaning.leaks import LEAKS
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, mended, subject

SOURCE = "A model reads tokens."


@pytest.mark.parametrize(
    ("locale", "target", "better"),
    [
        ("ja", "以下は翻訳です：\n\nモデルはトークンを読みます。", "モデルはトークンを読みます。"),
        ("ja", "翻訳：モデルはトークンを読みます。", "モデルはトークンを読みます。"),
        ("de", "Hier ist die Übersetzung:\nEin Modell liest Token.", "Ein Modell liest Token."),
        ("de", "**Übersetzung:** Ein Modell liest Token.", "Ein Modell liest Token."),
        ("es", "Aquí tienes la traducción:\n\nUn modelo lee.", "Un modelo lee."),
        ("fr", "Voici la traduction :\nUn modèle lit.", "Un modèle lit."),
        ("fr", "Traduction : Un modèle lit.", "Un modèle lit."),
        ("zh", "以下是翻译：\n模型读取词元。", "模型读取词元。"),
        ("ko", "다음은 번역입니다:\n모델은 토큰을 읽습니다.", "모델은 토큰을 읽습니다."),
        ("ru", "Вот перевод:\nМодель читает токены.", "Модель читает токены."),
        ("ar", "إليك الترجمة:\nالنموذج يقرأ.", "النموذج يقرأ."),
        ("ja", "Here is the translation:\n\nモデル。", "モデル。"),
        ("ja", "Sure! Here's the Japanese translation of the text:\nモデル。", "モデル。"),
        ("es", "Sure! Un modelo lee.", "Un modelo lee."),
        ("de", "Ein Modell liest. (Note: “token” was kept.)", "Ein Modell liest."),
        ("fr", "Un modèle lit.\n\nRemarque : j'ai gardé « token ».", "Un modèle lit."),
        ("ja", "モデル。（注：tokenは訳していません。）", "モデル。"),
        ("ja", '"モデルはトークンを読みます。"', "モデルはトークンを読みます。"),
        ("ja", "「モデルはトークンを読みます。」", "モデルはトークンを読みます。"),
        ("de", "„Ein Modell liest Token.“", "Ein Modell liest Token."),
        ("fr", "« Un modèle lit. »", " Un modèle lit. "),
        ("ru", "«Модель читает.»", "Модель читает."),
    ],
)
def test_what_an_engine_put_around_a_text_can_be_taken_off(
    locale: str, target: str, better: str
) -> None:
    assert mended(LEAKS, subject(SOURCE, target, locale=locale)) == better


@pytest.mark.parametrize(
    "target",
    [
        "As an AI language model, I keep it short.",
        "AI言語モデルとして、お答えします。",
        "作为一个AI语言模型，我可以翻译。",
        "I'm sorry, but I can't translate this.",
        "申し訳ありませんが、翻訳できません。",
        "Es tut mir leid, aber ich kann diesen Text nicht übersetzen.",
        "Lo siento, pero no puedo traducir este texto.",
        "Je suis désolé, mais je ne peux pas traduire ce texte.",
        "对不起，我无法翻译这段文字。",
        '[{"t01": "モデル。"}]',
        "<think>\nThe user wants Japanese.\n</think>\nモデル。",
        "モデル。<|im_end|>",
        "[INST] モデル。",
        "```\nモデル。\n```",
        '{"translation": "モデル。"}',
        "---\ntitle: x\n---\nモデル。",
        "title: モデル\n本文。",
        'モデルは<x id="1"/>を読みます。',
        'モデルは<g id="2">トークン</g>を読みます。',
        'モデルは&lt;x id="1"/&gt;を読みます。',
        "모델은 __PH_1__을 읽습니다.",
        "Модель читает {{1}}.",
        "النموذج يقرأ ⟦1⟧.",
    ],
)
def test_what_only_an_engine_says_is_a_leak(target: str) -> None:
    assert len(found(LEAKS, subject(SOURCE, target))) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, "モデルはトークンを読みます。"),
        ("Translation: turning one language into another.", "翻訳：ある言語を別の言語にすること。"),
        ("Here is what a translator does:", "Aquí está lo que hace la traducción:"),
        ("Here is the list:", "Hier ist die Liste:"),
        ("Note: it is slow.", "Hinweis: Es ist langsam."),
        ("It is slow (note: on a laptop).", "Es ist langsam (Hinweis: auf einem Laptop)."),
        ('"Quoted."', "「引用。」"),
        ("*Quoted words*", "「引用」"),
        ('He said "yes" and "no"', '"Ja" und "nein", sagte er: "so"'),
        ("`code` and <think>", "`code`と<think>"),
        ("As an AI, I am a joke of this page.", "Als KI-Modell bin ich ein Scherz."),
        ("A language model speaking of itself", "Como modelo de lenguaje, habla de sí"),
        ("Sure! It works.", "Sure! Funktioniert."),
        ("It is sure to work.", "Sicher klappt es."),
        ("A ⟦1⟧ and {{1}}", "⟦1⟧と{{1}}"),
        ("Words", "「言葉」の「意味」"),
    ],
)
def test_what_the_source_has_is_no_leak(source: str, target: str) -> None:
    assert found(LEAKS, subject(source, target)) == []


def test_labels_may_stand_in_east_asian_brackets_and_lists_are_not_asked() -> None:
    assert found(LEAKS, subject("Attention", "『注意』", kind=Kind.NAME)) == []
    assert found(LEAKS, subject("a\nb", '"あ"', kind=Kind.LIST, markdown=False)) == []


def test_a_text_that_is_nothing_but_a_leak_is_not_emptied() -> None:
    one = subject(SOURCE, "Here is the translation:")
    assert len(found(LEAKS, one)) == 1
    assert mended(LEAKS, one) is None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("**A model** reads tokens.", "„**Ein Modell** liest Token.“"),
        ("See [tokens](/glossary/token) (all).", "Alle [Token](/glossary/token). (Hinweis: alle.)"),
    ],
)
def test_marks_of_the_source_are_no_excuse(source: str, target: str) -> None:
    assert len(found(LEAKS, subject(source, target, locale="de"))) == 1


@pytest.mark.parametrize("source", ["*A title*", "`A title`", "**A** and **B**"])
def test_what_is_set_off_in_the_source_may_be_quoted(source: str) -> None:
    assert found(LEAKS, subject(source, "„Ein Titel, den es gibt“", locale="de")) == []


def test_an_apology_of_the_source_is_one_of_the_target() -> None:
    one = subject("I'm sorry, but I lost it.", "Es tut mir leid, aber ich habe es verloren.")
    assert found(LEAKS, one) == []
