from __future__ import annotations

from i18n_pipeline.config import Style as Wishes
from i18n_pipeline.pipeline.manner import style_of
from i18n_pipeline.providers.base import Style

JAPANESE = "Write sentences in the polite Japanese desu-masu style."


def test_without_wishes_engines_are_told_nothing() -> None:
    assert style_of(Wishes(), "body") == Style()


def test_a_field_speaks_in_its_own_register() -> None:
    wishes = Wishes(
        formality="formal",
        instructions=("Be brief.",),
        register={"body": "desu-masu", "definition": "informal"},
    )
    assert style_of(wishes, "body") == Style("formal", ("Be brief.", JAPANESE))
    assert style_of(wishes, "definition") == Style("informal", ("Be brief.",))
    assert style_of(wishes, "term") == Style("formal", ("Be brief.",))


def test_spellings_share_sentences_that_every_engine_takes() -> None:
    few = {"サーバー": ("サーバ",), "ユーザー": ("ユーザ", "ユーザア")}
    assert style_of(Wishes(spelling=few), "body").instructions == (
        "Spell サーバー (not サーバ); ユーザー (not ユーザ, ユーザア).",
    )
    many = {f"{number}" * 40: ("x",) for number in range(10)}
    said = style_of(Wishes(spelling=many), "body").instructions
    assert len(said) == 2
    assert all(len(sentence) <= 300 for sentence in said)


def test_spacing_is_said() -> None:
    assert style_of(Wishes(spacing="tight"), "body").instructions == (
        "Put no space between Latin letters or digits and the characters around them.",
    )
