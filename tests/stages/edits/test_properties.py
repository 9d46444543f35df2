"""What holds for any edit of any text."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.pipeline.lexicon import english
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.stages.edits import (
    Borrowed,
    EditKind,
    Ground,
    Side,
    classify,
    differing,
    patched,
)
from i18n_pipeline.stages.edits.pieces import text_of
from tests.stages.edits.table import Row, rows

SEGMENT = Segment("body", Kind.PARAGRAPH, "", markdown=True)
LOCALES = ("en", "de", "es", "ja", "fr", "ru", "tr", "sw")
WORDS = (
    *("model", "learns", "from", "data", "Tokens", "are", "pieces", "of", "text", "trained", "a"),
    *("the", "langauge", "weights", "`code`", "[link](/a)", "**bold words**", "16", "3.5", "two"),
    *(
        "GPT-4",
        "and",
        "or",
        "can",
        "学習",
        "モデル",
        "します",
        "größer",
        "año",
        "5 %",
        "&amp;",
        "x < y",
    ),
)
SMALL: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", ", ", 1),
    lambda text: text.replace("/a", "/b"),
    lambda text: text.replace("`code`", "`other`"),
    lambda text: text.replace("langauge", "language"),
    lambda text: text.replace("**", "__"),
    lambda text: text + ".",
    lambda text: text.replace("tokens", "Tokens"),
)
DENIALS = {
    "en": ("not", "never", "no", "cannot", "without", "don't", "isn’t", "nobody", "hardly"),
    "de": ("nicht", "kein", "ohne", "nie"),
    "es": ("no", "nunca", "sin"),
    "ja": ("ない", "ません", "不", "無"),
    "fr": ("pas", "jamais", "sans"),
    "ru": ("не", "без"),
    "tr": ("değil", "yok"),
    "sw": ("si", "hapana"),
}
NUMBERS = ("3", "2,048", "0.5", "2025", "1000", "-7", "99%", "٣", "１２")
MARKS = (*",;:!.?-–—()[]'\"…", "--", " -", " –")
UNITS = (
    "Mb",
    "MB",
    "mb",
    "kB",
    "kb",
    "ms",
    "Ms",
    "mW",
    "MW",
    "m",
    "M",
    "KB",
    "Kb",
    "mΩ",
    "MΩ",
    "%",
)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
edits = st.lists(st.sampled_from(SMALL), max_size=4)
locales = st.sampled_from(LOCALES)


def ground(locale: str) -> Ground:
    return Ground(locale, words=english if locale == "en" else frozenset)


BORROWED = Borrowed(ground("en"), "de")


def edited(text: str, some: list[Callable[[str], str]]) -> str:
    for edit in some:
        text = edit(text)
    return text


def put_in(text: str, word: str, at: int) -> str:
    words = text.split(" ")
    return " ".join([*words[:at], word, *words[at:]])


@given(texts, edits, locales, st.data())
def test_no_denial_put_in_or_taken_out_is_harmless_whatever_else_is_edited(
    text: str, some: list[Callable[[str], str]], locale: str, data: st.DataObject
) -> None:
    denial = data.draw(st.sampled_from(DENIALS[locale]))
    at = data.draw(st.integers(0, len(text.split(" "))))
    denied = edited(put_in(text, denial, at), some)
    assert not classify(text, denied, SEGMENT, ground(locale)).is_harmless
    assert not classify(denied, text, SEGMENT, ground(locale)).is_harmless


@given(texts, edits, locales, st.data())
def test_no_changed_number_is_harmless_whatever_else_is_edited(
    text: str, some: list[Callable[[str], str]], locale: str, data: st.DataObject
) -> None:
    one, other = data.draw(st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=2, unique=True))
    at = data.draw(st.integers(0, len(text.split(" "))))
    before, after = put_in(text, one, at), edited(put_in(text, other, at), some)
    assert not classify(before, after, SEGMENT, ground(locale)).is_harmless
    assert not classify(text, edited(before, some), SEGMENT, ground(locale)).is_harmless


@given(texts, locales, st.sampled_from(MARKS), st.data())
def test_no_mark_put_between_two_words_is_harmless(
    text: str, locale: str, mark: str, data: st.DataObject
) -> None:
    words = text.split(" ")
    at = data.draw(st.integers(1, len(words)))
    before, after = " ".join(words[:at]), " ".join(words[at:])
    for marked in (f"{before}{mark} {after} end", f"{before} {mark}{after} end"):
        plain = " ".join([*words, "end"])
        assert not classify(plain, marked, SEGMENT, ground(locale)).is_harmless
        assert not classify(marked, plain, SEGMENT, ground(locale)).is_harmless


@given(texts, locales, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_no_other_unit_is_harmless(text: str, locale: str, one: str, other: str) -> None:
    before, after = (f"{text} 5 {unit} {text}" for unit in (one, other))
    change = classify(before, after, SEGMENT, ground(locale))
    assert one == other or not change.is_harmless


@given(st.sampled_from(rows()), edits, st.sampled_from(("not", "never", "7", "without")))
def test_no_labelled_edit_becomes_harmless_by_others_beside_it(
    row: Row, some: list[Callable[[str], str]], word: str
) -> None:
    change = classify(row.old, edited(f"{word} {row.new}", some), SEGMENT, ground(row.locale))
    assert not change.is_harmless


@given(st.text(max_size=80), st.text(max_size=80), locales)
def test_any_edit_of_any_text_is_of_some_kind(old: str, new: str, locale: str) -> None:
    change = classify(old, new, SEGMENT, ground(locale))
    assert (change.headline in change.kinds) is (old != new) or EditKind.REWRITE in change.kinds


@given(texts | st.text(max_size=60), texts | st.text(max_size=60))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    left, right = (text_of(text, tokens_of(SEGMENT, text, frozenset())) for text in (old, new))
    runs = differing(left, right)
    assert "".join(run.text for run in runs if run.side is not Side.NEW) == old
    sides = [run.text for run in runs if run.side is not Side.OLD]
    assert "".join("".join(sides).split()) == "".join(new.split())


@given(texts, texts, st.lists(st.sampled_from(SMALL), min_size=1, max_size=3))
@settings(max_examples=100)
def test_a_patch_leaves_the_words_of_a_translation_alone(
    source: str, target: str, some: list[Callable[[str], str]]
) -> None:
    new = edited(source, some)
    change = classify(source, new, SEGMENT, ground("en"))
    found = patched(change.swaps, (source, new, target), SEGMENT, BORROWED)
    if found is not None:
        assert _prose(found) == _prose(target)


@given(texts, st.lists(st.sampled_from(SMALL[2:4]), min_size=1))
def test_a_text_that_translates_itself_is_patched_to_its_edit(
    source: str, some: list[Callable[[str], str]]
) -> None:
    new = edited(source, some)
    change = classify(source, new, SEGMENT, ground("en"))
    assert change.is_protected
    found = patched(change.swaps, (source, new, source), SEGMENT, BORROWED)
    assert found == new


def _prose(text: str) -> str:
    pieces = text_of(text, tokens_of(SEGMENT, text, frozenset())).pieces
    return "".join(one.text for one in pieces if one.tag is None)


def test_texts_of_any_length_are_told_in_time_that_grows_with_them() -> None:
    some = "`x` [l](/a) **b** a b a c "
    for text in ("a b " * 500_000, "word " * 9_000, some * 1_800, "学習" * 24_000, "a" * 40_000):
        for other in (text + "more", "not " + text, text.replace("b", "c"), text[: len(text) // 2]):
            change = classify(text, other, SEGMENT, ground("en"))
            assert change.kinds or text == other
