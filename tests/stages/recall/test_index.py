"""Which wordings are found for a new one: those that comparing all would find."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from i18n_pipeline.stages.recall import index as index_module
from i18n_pipeline.stages.recall.index import Index, postings_of
from i18n_pipeline.stages.recall.stored import SCHEMA, from_bytes, to_bytes
from i18n_pipeline.stages.recall.wording import tokens_of, wording_of

WORDS = [
    "model",
    "token",
    "weights",
    "layer",
    "learns",
    "reads",
    "trained",
    "rank",
    "small",
    "large",
    "text",
    "vector",
    "the",
    "a",
    "of",
    "and",
    "is",
    "vocabulary",
    "語彙",
    "モデルは",
    "学習",
    "トークンを",
    "读",
    "词元",
    "low-rank",
    "don't",
    "ü",
    "1,000",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize("bounds", [{}, {"_SHORT": 0, "_POSTINGS": 3, "_COMPARED": 4, "_ASKED": 3}])
@given(data=st.data())
def test_an_index_finds_the_same_whatever_it_was_made_of_before(
    bounds: dict[str, int], data: st.DataObject
) -> None:
    before = data.draw(st.frozensets(texts, min_size=1, max_size=40))
    now = data.draw(st.frozensets(texts | st.sampled_from(sorted(before)), max_size=40))
    wanted = data.draw(st.sampled_from(sorted(before | now))) + data.draw(texts)[:4]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in bounds.items():
            patch.setattr(index_module, name, value)
        anew, older = Index.of(now), Index.of(now, postings_of(before))
        assert older.drift == len(before ^ now)
        assert older.alike(wanted, 60) == anew.alike(wanted, 60)


def test_a_token_is_as_rare_as_the_wordings_of_now_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "_SHORT", 0)
    monkeypatch.setattr(index_module, "_POSTINGS", 3)
    now = frozenset({"common aaa bbb", "common ccc ddd", "word"})
    gone = {f"common {letter * 3} zzz" for letter in "xyz"}
    found = Index.of(now, postings_of(now | gone)).alike("common word eee", 50)
    assert [text for text, _ in found] == ["common aaa bbb", "common ccc ddd"]
    assert found == Index.of(now).alike("common word eee", 50)


@given(st.frozensets(texts, max_size=60), texts, st.sampled_from([60, 75, 90]))
def test_among_few_wordings_none_is_missed(
    wordings: frozenset[str], wanted: str, least: int
) -> None:
    ratio = fuzz.ratio
    every = process.extract(wanted, list(wordings), scorer=ratio, score_cutoff=least, limit=None)
    best = sorted((-score, text) for text, score, _ in every)[:5]
    shared = {text for text in wordings if tokens_of(text) & tokens_of(wanted)}
    found = Index.of(wordings).alike(wanted, least)
    if len(wanted) <= 24 or all(text in shared for _, text in best):
        assert found == [(text, -score) for score, text in best]


def test_edited_texts_are_found_among_many_that_share_their_words() -> None:
    random = Random(1)  # noqa: S311 - nothing is kept secret
    many = {" ".join(random.choices(WORDS[:19], k=random.randint(6, 25))) for _ in range(4000)}
    index, missed = Index.of(frozenset(many)), 0
    for text in random.sample(sorted(many), 200):
        words = text.split()
        words[random.randrange(len(words))] = "otherwise"
        edited = " ".join(words)
        best = process.extractOne(edited, many, scorer=fuzz.ratio, score_cutoff=75)
        found = index.alike(edited, 75)
        if best is not None:
            missed += not found or found[0][1] < best[1]
    assert missed <= 4


@given(st.frozensets(texts, max_size=40), texts)
def test_what_was_kept_finds_what_was_found(wordings: frozenset[str], wanted: str) -> None:
    postings = postings_of(wordings)
    data = to_bytes(postings)
    assert data is not None
    kept = from_bytes(data)
    assert kept == postings
    assert Index(kept).alike(wanted, 60) == Index(postings).alike(wanted, 60)
    assert to_bytes(postings_of(sorted(wordings))) == data


@given(st.data())
def test_what_is_damaged_is_no_index(data: st.DataObject) -> None:
    whole = to_bytes(postings_of(["a model reads", "tokens of text"]))
    assert whole is not None
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = data.draw(st.integers(1, 255))
    assert from_bytes(whole[:at] + bytes([whole[at] ^ changed]) + whole[at + 1 :]) is None
    assert from_bytes(whole[:at]) is None


@pytest.mark.parametrize("data", [b"", b"\n", b"i18n-index/1 little-4 x 0 0\n", b"\xff 1\n"])
def test_what_is_something_else_is_no_index(data: bytes) -> None:
    assert from_bytes(data) is None


def test_a_wording_that_holds_what_stands_between_two_is_not_kept() -> None:
    assert to_bytes(postings_of(["a\0b"])) is None


def test_other_tokens_are_another_schema() -> None:
    """When this fails, wordings are cut otherwise: count SCHEMA up, then mend the list."""
    text = "Don't say *low-rank* 1,000 times: 低ランクの行列 ไทย ü_x [it](https://a.org/b?c=d(e))"
    assert SCHEMA == "i18n-index/1"
    assert wording_of(text) == text.replace("(https://a.org/b?c=d(e))", "()")
    latin = ["don", "t", "say", "low", "rank", "1", "000", "times", "it", "x", "ü"]
    pairs = ["低ラ", "ラン", "ンク", "クの", "の行", "行列", "ไท", "ทย"]
    assert sorted(tokens_of(wording_of(text))) == sorted([*latin, *pairs])


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("plain", "plain"),
        ("[a](b) and ![c](d 'e')", "[a]() and ![c]( 'e')"),
        ("<https://a.org>", "<>"),
        ("two\nlines  here", "two lines here"),
        ("a](", "a]("),
        ("`](x)`", "`]()`"),
    ],
)
def test_a_wording_is_the_text_without_addresses(text: str, wording: str) -> None:
    assert wording_of(text) == wording


def test_of_too_many_short_texts_those_with_words_in_common_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = Index.of(frozenset({"model reads", "model learns", "rank"}))
    every = index.alike("model read", 60)
    monkeypatch.setattr(index_module, "_ALL", 1)
    assert index.alike("model read", 60) == every
    assert every[0][0] == "model reads"


def test_of_too_many_short_texts_more_are_compared_than_of_long_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "_ALL", 1)
    monkeypatch.setattr(index_module, "_COMPARED", 1)
    short = frozenset(f"model {name}" for name in ("aaaaaaa", "bbbbbbb", "ccccccc", "tuninga"))
    assert [text for text, _ in Index.of(short).alike("model tuningb", 75)] == ["model tuninga"]
    tail = " of a text that is too long for it"
    found = Index.of(frozenset(one + tail for one in short)).alike("model tuningb" + tail, 90, 1)
    assert [text for text, _ in found] != ["model tuninga" + tail]
