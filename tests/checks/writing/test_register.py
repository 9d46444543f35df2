from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.checks import Subject
from i18n_pipeline.checks.writing.register import REGISTER
from i18n_pipeline.config import Style
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject


def styled(target: str, register: str, locale: str = "ja") -> Subject:
    style = Style(register={"body": register}) if register else Style()
    return replace(subject("Words", target, locale=locale), style=style)


@pytest.mark.parametrize(
    ("register", "target"),
    [
        ("desu-masu", "これは単語です。分割します。しました！よいでしょうか？試してください。"),
        ("desu-masu", "「これは単語である。」と書きます（詳しくは後述する）。**これです**。"),
        ("desu-masu", "モデルを訓練する"),
        ("desu-masu", "小さな断片。"),
        ("desu-masu", "**鎖をさかのぼる**。次に答えを返します。`code`。次の例:"),
        ("plain", "これは単語である。分割する。しなかった。小さい断片だ。大きくない。単語の一部。"),
        ("noun", "小さな断片。単語や、その一部。"),
        ("noun", "小さな断片"),
        ("noun", "小さな断片。単語のこともある。"),
        ("noun", "1つ、または近く"),
        ("", "これは単語です。分割します。単語の一部。"),
        ("", "これは単語である。分割する。"),
        ("", "次のとおりです。文章は切られていた。三つまでだった。"),
        ("", "「単語だ。」と書きます。まだ。ただ。あいだ。"),
    ],
)
def test_japanese_of_one_register_is_fine(register: str, target: str) -> None:
    assert found(REGISTER, styled(target, register)) == []


@pytest.mark.parametrize(
    ("register", "target", "messages"),
    [
        (
            "desu-masu",
            "単語です。分割する。",
            ["ends in `分割する`: end the sentence in です or ます"],
        ),
        ("desu-masu", "これは単語だ", ["ends in `これは単語だ`: end the sentence in です or ます"]),
        (
            "plain",
            "単語です。分割する。",
            ["ends in `単語です`: end the sentence in だ, である or a verb's plain form"],
        ),
        ("noun", "小さな断片です。", ["ends in `さな断片です`: end the sentence in a noun"]),
        ("noun", "断片を表す", ["ends in `断片を表す`: end the sentence in a noun"]),
        ("noun", "断片。分割します。", ["ends in `分割します`: end the sentence in a noun"]),
        (
            "",
            "単語です。断片である。分割します。",
            ["ends in `断片である`: end the sentence like `単語です`"],
        ),
        (
            "",
            "単語である。断片だ。分割します。",
            ["ends in `分割します`: end the sentence like `単語である`"],
        ),
    ],
)
def test_another_japanese_register_is_told(register: str, target: str, messages: list[str]) -> None:
    assert found(REGISTER, styled(target, register)) == messages


@pytest.mark.parametrize(
    ("locale", "formal", "informal", "neutral"),
    [
        (
            "de",
            "Wenn Sie fragen, hilft Ihnen Ihr Modell.",
            "Frag dein Modell.",
            "Sie fragt ihr Kind.",
        ),
        ("es", "Si usted pregunta", "Si tú preguntas, tu modelo", "Su modelo se pregunta"),
        ("fr", "Si vous demandez à votre modèle", "Si tu demandes", "Le ton du modèle"),
        ("it", "Se vuole, Lei può chiedere", "Se vuoi, il tuo modello", "Lei chiede, suo modello"),
        ("pt", "Se o senhor perguntar", "Se tu perguntas", "Se você perguntar"),
        ("nl", "Als u vraagt", "Als je vraagt", "Het model vraagt"),
        ("ru", "Если вы спросите", "Если ты спросишь", "Если модель спросит"),
        ("ko", "모델은 작습니다. 작아요.", "모델은 작다. 작았어.", "작은 모델"),
    ],
)
def test_readers_are_addressed_as_configured(
    locale: str, formal: str, informal: str, neutral: str
) -> None:
    for register, right, wrong in (("formal", formal, informal), ("informal", informal, formal)):
        assert found(REGISTER, styled(f"{right}. {neutral}.", register, locale)) == []
        assert found(REGISTER, styled(wrong, register, locale))
    assert found(REGISTER, styled(f"„{informal}“ {formal}", "", locale)) == []
    assert found(REGISTER, styled(f"{informal} `{formal}`", "", locale)) == []


@pytest.mark.parametrize(
    ("locale", "target", "message"),
    [
        (
            "de",
            "Wenn Sie fragen, antwortet dein Modell.",
            "readers are `Sie` here and `dein` there: write one of both throughout",
        ),
        (
            "fr",
            "Vous demandez, et ta réponse vient.",
            "readers are `Vous` here and `ta` there: write one of both throughout",
        ),
        (
            "ru",
            "Если вы спросите, твоя модель",
            "readers are `вы` here and `твоя` there: write one of both throughout",
        ),
    ],
)
def test_two_ways_to_address_readers_are_told(locale: str, target: str, message: str) -> None:
    assert found(REGISTER, styled(target, "", locale)) == [message]


def test_formality_holds_for_fields_without_a_register() -> None:
    formal = Style(formality="formal")
    one = replace(subject("Words", "Frag dein Modell", locale="de"), style=formal)
    assert found(REGISTER, one) == ["`dein` is the other register: address readers with `Sie`"]
    assert found(REGISTER, replace(one, style=replace(formal, register={"body": "informal"}))) == []
    japanese = replace(subject("Words", "これは単語である。"), style=formal)
    assert len(found(REGISTER, japanese)) == 1


def test_terse_places_and_lists_are_free_to_be_so() -> None:
    for kind in (Kind.ITEM, Kind.CELL, Kind.LIST):
        one = replace(styled("分割する。", "desu-masu"), segment=subject("", "", kind=kind).segment)
        assert found(REGISTER, one) == []


def test_a_word_of_the_source_addresses_nobody() -> None:
    one = replace(subject("Run dir, then", "Führe dir aus", locale="de"), style=Style("formal"))
    assert found(REGISTER, one) == []
