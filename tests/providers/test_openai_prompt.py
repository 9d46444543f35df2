from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config.settings import OpenAIOptions
from i18n_pipeline.providers.base import Hint, Request, Style
from i18n_pipeline.providers.openai.cost import expected, spent
from i18n_pipeline.providers.openai.manner import MOST_OUTPUT, Manner, body, size
from i18n_pipeline.providers.openai.prompt import prompt_for, words

WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
HINTS = st.builds(
    Hint, WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple), st.tuples(WORDS, WORDS)
)
TEXTS = st.lists(st.tuples(WORDS, HINTS), max_size=5)


@given(TEXTS, WORDS)
def test_whatever_texts_hold_they_come_out_of_the_document_as_they_went_in(
    units: list[tuple[str, Hint]], context: str
) -> None:
    texts = tuple(text for text, _ in units)
    hints = tuple(hint for _, hint in units)
    prompt = prompt_for(Request("en", "ja", texts, context, hints=hints))
    document = json.loads(prompt.user)
    assert [unit["text"] for unit in document["units"]] == [texts[at] for at in prompt.positions]
    assert [unit["id"] for unit in document["units"]] == list(prompt.ids)
    assert document.get("context", "") == context
    assert prompt.system == prompt_for(Request("en", "ja", ())).system


@given(TEXTS)
def test_the_same_request_gives_the_same_bytes_in_whatever_order_terms_are_known(
    units: list[tuple[str, Hint]],
) -> None:
    texts = tuple(text for text, _ in units)
    hints = tuple(hint for _, hint in units)
    turned = tuple(replace(hint, terms=tuple(reversed(hint.terms))) for hint in hints)
    one, other = (prompt_for(Request("en", "ja", texts, hints=known)) for known in (hints, turned))
    assert one == other


def test_exactly_the_texts_with_words_are_asked() -> None:
    texts = ("a", "", "1 + 2", '<x id="1"/>', '<g id="1">語</g>', "&amp;", "&lt;b")
    prompt = prompt_for(Request("en", "ja", texts))
    assert (prompt.positions, prompt.ids) == ((0, 4, 6), ("t01", "t02", "t03"))
    assert prompt.size == sum(len(texts[at].encode()) for at in prompt.positions)


def test_only_terms_of_the_texts_asked_are_in_the_document() -> None:
    hints = (Hint(terms=(("Model", "モデル"),)), Hint(terms=(("x", "エックス"),)))
    hinted = Request("en", "ja", ("A model.", "1"), hints=hints)
    looked_up = Request("en", "ja", ("A model.", "1"), glossary=(("Model", "モデル"), ("x", "y")))
    for request in (hinted, looked_up):
        document = json.loads(prompt_for(request).user)
        assert document["glossary"] == [{"term": "Model", "translation": "モデル"}]


@given(TEXTS)
def test_no_answer_within_the_cap_costs_more_than_was_foretold(
    units: list[tuple[str, Hint]],
) -> None:
    prompt = prompt_for(Request("en", "ja", tuple(text for text, _ in units)))
    prices = OpenAIOptions(price_input=3.0, price_output=7.0)
    cost = expected(prices, "m", prompt, Manner())
    # As many tokens as the messages have bytes, with what servers put around each message.
    asked = len((prompt.system + prompt.user).encode()) + 2 * 16
    assert cost is not None
    assert cost.likely <= cost.most
    most = spent(prices, (asked, Manner().most_tokens(prompt)))
    assert most is not None
    assert most <= cost.most


def test_words_are_what_is_left_without_tags_and_escapes() -> None:
    assert words('<g id="1">a</g> &amp; <x id="2"/>b &lt;') == "a & b <"


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (Style(), ""),
        (Style("informal"), "\n- Speak to the reader in informal language."),
        (Style(instructions=("a\n b", "c")), "\n- a b\n- c"),
    ],
)
def test_the_style_stands_in_the_rules(style: Style, said: str) -> None:
    bare = prompt_for(Request("en", "ja", ("a",)))
    prompt = prompt_for(Request("en", "ja", ("a",), style=style))
    heading = "\n\nThe project's style:" if said else ""
    assert prompt == replace(bare, system=bare.system + heading + said)


def test_the_rules_say_json_as_servers_with_a_json_mode_demand() -> None:
    assert re.search("JSON", prompt_for(Request("en", "ja", ("a",))).system)


@pytest.mark.parametrize(
    ("text", "tight", "most"),
    [
        ("a" * 10, False, 4096 + 30),
        ("é" * 10, False, 4096 + 60),
        ("a" * 10, True, 266),
        ("a" * 24_000, False, MOST_OUTPUT),
        ("a" * 24_000, True, MOST_OUTPUT),
    ],
    ids=["short", "two bytes", "tight", "long", "long and tight"],
)
def test_an_answers_length_is_capped_by_that_of_the_texts(
    text: str, tight: bool, most: int
) -> None:
    prompt = prompt_for(Request("en", "ja", (text,)))
    assert Manner(tight=tight).most_tokens(prompt) == most


@given(TEXTS)
def test_the_size_of_a_body_is_that_of_compact_json(units: list[tuple[str, Hint]]) -> None:
    content = body("m", prompt_for(Request("en", "ja", tuple(text for text, _ in units))), Manner())
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    assert size(content) == len(compact)


def test_half_a_character_has_a_size() -> None:
    assert size(body("m", prompt_for(Request("en", "ja", ("a \ud83d",))), Manner()))
