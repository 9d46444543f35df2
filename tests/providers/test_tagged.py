from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import RequestRefused
from i18n_pipeline.providers.contract import TEXTS
from i18n_pipeline.providers.tagged import (
    Lost,
    Part,
    enclosing,
    put_together,
    regroup,
    take_apart,
)


def test_words_are_read_as_people_read_them_and_know_their_pairs() -> None:
    assert take_apart('a &lt; <g id="1">b <g id="2"><x id="3"/></g></g>') == (
        Part("a < "),
        Part("b ", pairs=("1",)),
        Part('<x id="3"/>', lone=True, pairs=("1", "2")),
    )


def test_a_pair_around_nothing_stands_for_itself() -> None:
    text = 'a<g id="1"><g id="2"></g></g>'
    assert take_apart(text) == (
        Part("a"),
        Part('<g id="2"></g>', lone=True, pairs=("1",)),
    )
    assert put_together(take_apart(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_taken_apart_and_put_together_is_itself(text: str) -> None:
    assert put_together(take_apart(text)) == text


@st.composite
def nested(draw: st.DrawFn) -> str:
    numbers = iter(range(1, 100))

    def inner(depth: int) -> str:
        parts = []
        for kind in draw(st.lists(st.sampled_from(("word", "lone", "pair")), max_size=4)):
            if kind == "word":
                parts.append(draw(st.sampled_from(("word ", "&amp;", "&lt;", "漢字", " "))))
            elif kind == "lone" or depth == 3:
                parts.append(f'<x id="{next(numbers)}"/>')
            else:
                parts.append(f'<g id="{next(numbers)}">{inner(depth + 1)}</g>')
        return "".join(parts)

    return inner(0)


@given(nested())
def test_any_text_taken_apart_grouped_and_put_together_is_itself(text: str) -> None:
    parts = take_apart(text)
    assert put_together(parts) == text
    assert regroup(parts, enclosing(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "<b>bold</b>",
        '<g id="1">open',
        "closed</g>",
        '<g id="1">a</x>',
        '<x id="1">a</x>',
        '<g id="1"/>',
        "<g>a</g>",
        '<x id="1"/><x id="1"/>',
    ],
)
def test_what_is_not_well_formed_is_refused(text: str) -> None:
    with pytest.raises(RequestRefused, match="not well-formed"):
        take_apart(text)


def test_a_pair_is_drawn_around_all_between_its_first_and_its_last_part() -> None:
    chains = enclosing(take_apart('<g id="1">dog <g id="2">house</g></g>'))
    found = [
        Part("una "),
        Part("casa", pairs=("2", "1")),
        Part(" de "),
        Part("perro", pairs=("1",)),
    ]
    assert put_together(regroup(found, chains)) == ('una <g id="1"><g id="2">casa</g> de perro</g>')


@pytest.mark.parametrize(
    ("text", "found", "fault"),
    [
        ('<g id="1">a</g>', [Part("a")], "placeholder 1 is missing"),
        (
            '<g id="1">a</g><g id="2">b</g>',
            [Part("a", pairs=("1",)), Part("b", pairs=("2",)), Part("a", pairs=("1",))],
            "placeholders 1 and 2 cross",
        ),
        (
            '<g id="1">a<g id="2">b</g></g>',
            [Part("a", pairs=("1",)), Part(" "), Part("b", pairs=("2",))],
            "placeholders 2 cross",
        ),
    ],
)
def test_pairs_that_are_missing_or_cross_are_told(text: str, found: list[Part], fault: str) -> None:
    with pytest.raises(Lost) as caught:
        regroup(found, enclosing(take_apart(text)))
    assert str(caught.value) == fault
