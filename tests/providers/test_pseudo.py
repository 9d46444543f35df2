from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.providers.base import characters
from i18n_pipeline.providers.pseudo import Pseudo, accented, arabic

PIECES = st.sampled_from(
    ['<x id="1"/>', '<g id="2">', "</g>", "&amp;", "&lt;", "word", "Words here.", " ", "\n", "漢字"]
)
PROTECTED = st.lists(PIECES).map("".join)


def test_accents_brackets_and_a_third_more() -> None:
    assert accented("Fine-tuning a model.") == "⟦Ƒíñé-ţúñíñĝ à ɱóðéļ. óñé ţŵ⟧".replace("ð", "đ")


def test_right_to_left_is_written_in_arabic_letters() -> None:
    text = arabic('<g id="1">Token</g> &amp; model')
    assert text == '<g id="1">توكعن</g> &amp; منععل'.replace("منععل", arabic("model"))
    assert {unicodedata.bidirectional(c) for c in arabic("Token")} == {"AL"}


@given(PROTECTED)
def test_placeholders_and_entities_stay_in_place(text: str) -> None:
    fixed = r"<[^>]*>|&\w+;"
    assert re.findall(fixed, accented(text)) == re.findall(fixed, text)
    assert re.findall(fixed, arabic(text)) == re.findall(fixed, text)


@given(PROTECTED)
def test_spaces_at_both_ends_stay(text: str) -> None:
    if text.strip():
        assert accented(text)[: len(text) - len(text.lstrip())].isspace() == text[0].isspace()
        assert accented(text).endswith(text[len(text.rstrip()) :])
    else:
        assert accented(text) == text


@given(st.text("abc xyz", min_size=3))
def test_the_accented_text_is_a_third_longer_but_not_twice_as_long(text: str) -> None:
    inner = text.strip()
    grown = characters(accented(inner)) - len("⟦⟧")
    if inner:
        assert 1.2 * len(inner) <= grown <= 1.35 * len(inner) + 2


@given(st.text())
def test_no_control_characters_are_brought_in(text: str) -> None:
    def controls(of: str) -> list[str]:
        return [c for c in of if unicodedata.category(c) in ("Cc", "Cf")]

    assert controls(accented(text)) == controls(text)
    assert controls(arabic(text)) == controls(text)


@pytest.mark.parametrize("spelled", ["en-XA", "en_XA", "en-xa", "ar-XB"])
def test_only_pseudo_locales_are_supported(spelled: str) -> None:
    assert Pseudo().supports("en", spelled)
    assert not Pseudo().supports("en", spelled.partition("-")[0][:2])
