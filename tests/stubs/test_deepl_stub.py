from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request

from hypothesis import given
from hypothesis import strategies as st

from tests.stubs.account import Account
from tests.stubs.deepl import Stub
from tests.stubs.engine import Work, bill, original, tags, translate, well_formed


def post(stub: Stub, body: object, key: str = "stub-key") -> tuple[int, object]:
    asked = urllib.request.Request(  # noqa: S310 - our own server
        f"{stub.url}/v2/translate",
        json.dumps(body).encode(),
        {"Authorization": f"DeepL-Auth-Key {key}"},
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
