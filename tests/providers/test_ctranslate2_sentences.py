from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.providers.ctranslate2.sentences import Sentence, sentences, shorter
from i18n_pipeline.providers.tagged import Part, put_together, take_apart


def shown(found: Sentence) -> str:
    return put_together(found.parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("One… Two", ["One…", "Two"]),
        ('He said "One." Then two.', ['He said "One."', "Then two."]),
        (
            "See e.g. Two, Dr. No, p. 3 and J. Doe. End",
            ["See e.g. Two, Dr. No, p. 3 and J. Doe.", "End"],
        ),
        ("Version 1.5 is out. it stays", ["Version 1.5 is out. it stays"]),
        ("一。二！三", ["一。", "二！", "三"]),
        ("one\ntwo", ["one", "two"]),
        ('<g id="1">One. Two.</g> Three.', ['<g id="1">One. Two.</g> Three.']),
        ('One. <x id="1"/> Two.', ["One.", '<x id="1"/> Two.']),
        ('Run <x id="1"/>. Two.', ['Run <x id="1"/>.', "Two."]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(text: str, expected: list[str]) -> None:
    assert [shown(one) for one in sentences(take_apart(text))] == expected


PIECES = st.sampled_from(
    [
        "word",
        "Word",
        ". ",
        "! ",
        "  ",
        "\n",
        ", ",
        "。",
        '<x id="1"/>',
        '<g id="2">a. B</g>',
        "e.g. ",
    ]
)


@given(st.lists(PIECES, unique=True).map("".join))
def test_sentences_and_the_blanks_between_them_are_the_text(text: str) -> None:
    core = text.strip()
    found = list(sentences(take_apart(core)))
    assert "".join(shown(one) + one.gap for one in found) == core
    for one in found:
        assert "".join(shown(half) + half.gap for half in shorter(one.parts)) == shown(one)


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("one, two, three, four", ["one, two,", "three, four"]),
        ("one two three four", ["one two", "three four"]),
        ('one <g id="1">two three four five</g>', ["one", '<g id="1">two three four five</g>']),
        ("一、二", ["一、", "二"]),
        ("word", ["word"]),
    ],
)
def test_a_long_sentence_is_cut_near_its_middle(text: str, halves: list[str]) -> None:
    assert [shown(one) for one in shorter(take_apart(text))] == halves


def test_the_blank_behind_a_half_is_kept_apart() -> None:
    assert shorter((Part("one  two"),)) == (
        Sentence((Part("one"),), "  "),
        Sentence((Part("two"),)),
    )
