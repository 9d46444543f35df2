from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stubs.account import Account
from tests.stubs.deepl import (
    Stub,
    emptied,
    short,
    swapped,
    tags_first,
    with_tag_translated,
    with_tag_twice,
    without_tag,
)
from tests.stubs.engine import Work, bill, original, tags, translate, well_formed


def post(stub: Stub, body: object, key: str = "stub-key") -> tuple[int, object]:
    return ask(stub, "/v2/translate", json.dumps(body).encode(), key)


def get(stub: Stub, path: str) -> object:
    return ask(stub, path)[1]


def ask(
    stub: Stub, path: str, body: bytes | None = None, key: str = "stub-key"
) -> tuple[int, object]:
    asked = urllib.request.Request(  # noqa: S310 - our own server
        stub.url + path, body, {"Authorization": f"DeepL-Auth-Key {key}"}
    )
    try:
        with urllib.request.urlopen(asked) as reply:  # noqa: S310 - our own server
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_words_are_wrapped_between_tags_and_edges_stay() -> None:
    work = Work("JA", {"model": "モデル"}, frozenset({"x"}))
    text = ' (A <g id="1">model</g>, <x id="2">kept</x> &amp; more.)\n'
    assert translate(text, work) == (
        ' (⟦ja:A⟧ <g id="1">⟦ja:モデル⟧</g>, <x id="2">kept</x> &amp; ⟦ja:more⟧.)\n'
    )


PIECES = st.sampled_from(['<x id="1"/>', '<g id="2">a</g>', "&amp;", "word", "Words.", " ", "\n"])


@given(st.lists(PIECES).map("".join))
def test_a_translation_can_be_undone_and_keeps_its_tags(text: str) -> None:
    translated = translate(text, Work("DE"))
    assert original(translated) == text
    assert tags(translated) == tags(text)
    assert well_formed(translated)


def test_the_bill_counts_code_points_without_tags() -> None:
    assert bill(['<g id="1">a</g> &amp; 漢😀']) == [6]


def test_terms_are_replaced_as_whole_words_longest_first() -> None:
    work = Work("DE", {"token": "Token", "token limit": "Tokengrenze"})
    assert (
        original(translate("Token limit, tokens, a token", work)) == "Tokengrenze, tokens, a Token"
    )


def test_the_limits_of_the_real_one_hold() -> None:
    good = {"text": ["a"], "target_lang": "JA", "tag_handling": "xml"}
    with Stub(Account(limit=3)) as stub:
        assert post(stub, good)[0] == 200
        assert post(stub, good, "wrong")[0] == 403
        assert post(stub, {**good, "text": ["a"] * 51})[0] == 400
        assert post(stub, {**good, "text": ["a" * 132_000]})[0] == 413
        assert post(stub, {"target_lang": "JA"})[0] == 400
        assert post(stub, {**good, "glossary_id": "none", "source_lang": "EN"})[0] == 404
        status, body = post(stub, {**good, "text": ["fine", "a < b"]})
        assert (status, body) == (
            400,
            {"Message": "Tag handling parsing failed, please check input."},
        )
        assert post(stub, {**good, "text": ["abc"]})[0] == 456
        assert stub.account.billed == 1


GOOD = {"text": ["A model."], "target_lang": "KO", "source_lang": "EN"}


@pytest.mark.parametrize(
    ("wish", "target", "status"),
    [
        ({"formality": "more"}, "DE", 200),
        ({"formality": "less"}, "PT-BR", 200),
        ({"formality": "more"}, "KO", 400),
        ({"formality": "prefer_more"}, "KO", 200),
        ({"custom_instructions": ["Be brief."]}, "KO", 200),
        ({"custom_instructions": ["Be brief."]}, "PL", 400),
        ({"custom_instructions": ["x"] * 11}, "KO", 400),
        ({"custom_instructions": ["x" * 301]}, "KO", 400),
        ({"style_id": "rules"}, "DE", 200),
        ({"style_id": "rules"}, "KO", 400),
        ({"style_id": "none"}, "DE", 400),
        ({"translation_memory_id": "none"}, "DE", 404),
    ],
)
def test_a_wish_that_a_language_has_not_fails_the_whole_request_and_bills_nothing(
    wish: dict[str, object], target: str, status: int
) -> None:
    with Stub(Account(style_rules={"rules": "de"})) as stub:
        assert post(stub, {**GOOD, "target_lang": target, **wish})[0] == status
        assert bool(stub.account.billed) is (status == 200)


def test_a_memory_is_used_where_a_text_is_similar_enough_and_at_fifty_percent_at_least() -> None:
    def said(threshold: int, text: str) -> object:
        body = {"text": [text], "target_lang": "JA", "translation_memory_id": memory.identity}
        answer = post(stub, {**body, "translation_memory_threshold": threshold})[1]
        assert isinstance(answer, dict)
        return answer["translations"][0]["text"]

    with Stub() as stub:
        memory = stub.account.memories.put("ours", "en", {("A model & more.", "ja"): "甲 & 乙"})
        assert said(100, "A model &amp; more.") == "甲 &amp; 乙"
        assert said(75, "A modal &amp; more.") == "甲 &amp; 乙"
        assert said(100, "A modal &amp; more.") == "⟦ja:A modal &amp; more⟧."
        assert said(0, "Unlike it all.") == "⟦ja:Unlike it all⟧."


def test_the_kind_of_model_is_told() -> None:
    with Stub() as stub:
        used = [
            post(stub, {**GOOD, "model_type": model})[1]["translations"][0]["model_type_used"]  # type: ignore[index]
            for model in ("latency_optimized", "quality_optimized", "prefer_quality_optimized")
        ]
    assert used == ["latency_optimized", "quality_optimized", "quality_optimized"]


def test_usage_of_the_key_is_shown_to_pro_alone() -> None:
    with Stub(Account(limit=100, key_limit=50, billed=3, billed_elsewhere=4)) as stub:
        shown = get(stub, "/v2/usage")
        assert isinstance(shown, dict)
        assert (shown["character_count"], shown["character_limit"]) == (7, 100)
        assert (shown["api_key_character_count"], shown["api_key_character_limit"]) == (3, 50)
        stub.account.key = "stub-key:fx"
        assert ask(stub, "/v2/usage", key="stub-key:fx")[1] == {
            "character_count": 7,
            "character_limit": 100,
        }


def test_a_key_without_a_scope_is_told_which() -> None:
    with Stub(Account(lacking={"usage:read", "glossaries:write"})) as stub:
        assert ask(stub, "/v2/usage") == (403, {"detail": "Missing required scope(s): usage:read"})
        assert ask(stub, "/v3/glossaries")[0] == 200
        assert ask(stub, "/v3/glossaries", b"{}")[0] == 403


@pytest.mark.parametrize(
    ("resource", "has", "lacks"),
    [("translate_text", "hi", "xx"), ("glossary", "ja", "th"), ("style_rules", "th", "hi")],
)
def test_languages_are_listed_by_resource(resource: str, has: str, lacks: str) -> None:
    with Stub() as stub:
        found = get(stub, f"/v3/languages?resource={resource}")
        assert isinstance(found, list)
        assert {has: True, lacks: False} == {
            code: code in {one["lang"] for one in found} for code in (has, lacks)
        }
        features = {one["lang"]: set(one["features"]) for one in found}
    if resource == "translate_text":
        assert "formality" in features["de"]
        assert "formality" not in features["ko"]


@pytest.mark.parametrize(
    ("change", "spoiled"),
    [
        (short, []),
        (emptied, [""]),
        (swapped, ['b <x id="2"/> or <x id="1"/>']),
        (without_tag, ['b  or <x id="2"/>']),
        (with_tag_twice, ['b <x id="1"/><x id="1"/> or <x id="2"/>']),
        (with_tag_translated, ['b <x id="Nummer 1"/> or <x id="Nummer 2"/>']),
        (tags_first, ['<x id="1"/><x id="2"/>b  or ']),
    ],
)
def test_texts_of_an_answer_can_be_spoiled(
    change: Callable[[list[str]], list[str]], spoiled: list[str]
) -> None:
    assert change(['b <x id="1"/> or <x id="2"/>']) == spoiled
    assert swapped(["no tags"]) == ["no tags"]


def test_it_can_be_run_for_a_demonstration() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stubs.deepl", "--key", "demo"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.kill()
    assert re.fullmatch(r"export DEEPL_SERVER_URL=http://127.0.0.1:\d+ DEEPL_AUTH_KEY=demo\n", line)
