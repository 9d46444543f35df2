from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.providers.contract import tags
from i18n_pipeline.providers.ctranslate2.placing import STYLES, Masked, Style, mask, place
from i18n_pipeline.providers.tagged import Lost, put_together, take_apart

LETTERS, NUMBERS = STYLES


def masked(text: str, style: Style = LETTERS) -> Masked:
    return mask(take_apart(text), style)


def placed(text: str, translated: str, alone: Mapping[str, str], style: Style = LETTERS) -> str:
    return put_together(place(masked(text, style), translated, alone))


@pytest.mark.parametrize(
    ("text", "style", "asked", "alone"),
    [
        ('a <x id="1"/> b', LETTERS, "a XXXA b", ()),
        ('a <x id="1"/><x id="2"/> <x id="3"/>', LETTERS, "a XXXA XXXB", ()),
        ('a <x id="1"/> b', NUMBERS, "a 701 b", ()),
        ('xxxa <x id="1"/> b', LETTERS, "xxxa XXXB b", ()),
        ('a <g id="1">b <g id="2">c</g></g>', LETTERS, "a b c", ("b c", "c")),
        ('<g id="1">b <g id="2">c</g></g>.', LETTERS, "b c.", ("c",)),
        ('a <g id="1"><x id="2"/></g>', LETTERS, "a XXXA", ()),
        ('<g id="1">token</g>s b', LETTERS, "tokens b", ("tokens",)),
        ('a <g id="1">b</g><x id="2"/>', LETTERS, "a bXXXA", ("b",)),
    ],
)
def test_what_is_asked_has_masks_and_no_tags(
    text: str, style: Style, asked: str, alone: tuple[str, ...]
) -> None:
    assert (masked(text, style).text, masked(text, style).alone) == (asked, alone)


@pytest.mark.parametrize(
    ("text", "style"),
    [("".join(f'<x id="{n}"/> ' for n in range(1, 28)), LETTERS), ('3<x id="1"/>', NUMBERS)],
)
def test_masks_that_would_be_mistaken_are_no_use(text: str, style: Style) -> None:
    with pytest.raises(Lost):
        masked(text, style)


@pytest.mark.parametrize(
    ("text", "translated", "alone", "expected"),
    [
        ('a <x id="1"/> b', "B xxxa A", {}, 'B <x id="1"/> A'),
        (
            'the <g id="1">red</g> house',
            "la casa roja",
            {"red": "Roja."},
            'la casa <g id="1">roja</g>',
        ),
        ('the <g id="1">red</g> house', "la casa roja", {"red": "Rojo"}, None),
        (
            'the <g id="1">Rust</g> book',
            "el libro de Rust",
            {"Rust": "óxido"},
            'el libro de <g id="1">Rust</g>',
        ),
        ('<g id="1">Learn.</g>', "Aprende.", {}, '<g id="1">Aprende.</g>'),
        ('"<g id="1">Learn</g>".', "«Aprende».", {}, '«<g id="1">Aprende</g>».'),
        (
            '<g id="1">the <g id="2">red</g> house</g>!',
            "¡la casa roja!",
            {"red": "roja"},
            '<g id="1">¡la casa <g id="2">roja</g></g>!',
        ),
        (
            'it: <g id="1">it</g> is',
            "eso: eso es",
            {"it": "eso"},
            'eso: <g id="1">eso</g> es',
        ),
        ('it: <g id="1">it</g> is', "eso es", {"it": "eso"}, None),
        ('run <g id="1"><x id="2"/></g> now', "ahora XXXA", {}, 'ahora <g id="1"><x id="2"/></g>'),
        ('run <g id="1">…</g> now', "corre … ya", {}, None),
        ('the <g id="1">key</g>', "鍵は鍵", {"key": "鍵"}, None),
        ('the <g id="1">key</g>', "この鍵です", {"key": "鍵。"}, 'この<g id="1">鍵</g>です'),
        (
            '<g id="1">a</g> and <g id="2">a b</g>',
            "x und x y",
            {"a": "x", "a b": "x y"},
            '<g id="1">x</g> und <g id="2">x y</g>',
        ),
        ('the <g id="1">car</g>', "el cartel", {"car": "car"}, None),
        ('a <x id="1"/>', "a", {}, None),
        ('a <x id="1"/>', "XXXA a XXXA", {}, None),
        (
            'a <g id="1">b <x id="2"/></g> c',
            "B XXXA C",
            {"b XXXA": "b xxxa"},
            '<g id="1">B <x id="2"/></g> C',
        ),
        (
            'a <g id="1">b <x id="2"/></g> <g id="3">c</g>',
            "XXXA c b",
            {"b XXXA": "b", "c": "c"},
            None,
        ),
    ],
)
def test_tags_go_where_their_words_went_or_the_text_is_lost(
    text: str, translated: str, alone: Mapping[str, str], expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(Lost):
            placed(text, translated, alone)
    else:
        assert placed(text, translated, alone) == expected


PIECES = ("red ", "house ", '<x id="1"/>', '<g id="2">red</g> ', '<g id="3">a <x id="4"/></g>')
OUT = st.lists(st.sampled_from(("red ", "house ", "XXXA", "XXXB", "a ", "701", "702")), max_size=8)


@given(
    st.permutations(PIECES).map("".join),
    OUT.map("".join),
    st.dictionaries(st.sampled_from(("red", "a XXXA", "a XXXB")), OUT.map("".join)),
    st.sampled_from(STYLES),
)
def test_whatever_a_model_says_every_tag_is_there_once_or_the_text_is_lost(
    text: str, translated: str, alone: Mapping[str, str], style: Style
) -> None:
    try:
        found = placed(text, translated, alone, style)
    except Lost:
        return
    assert tags(found) == tags(text)
