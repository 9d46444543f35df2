"""What holds for every built file: it says its texts, and keeps what did not change."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.front_matter import at
from i18n_pipeline.model import Kind, LockEntry
from i18n_pipeline.stages.build import Built, build, correct, entry_of
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.term import Term
from tests.stages.documents import Block, Document, documents, sentences, site, target_of, term_of

SITE = site()
NASTY = (
    "# no heading",
    "- no item",
    "2024. gadā",
    "> no quote",
    "a | b",
    "ends with a backslash\\",
    "two\nlines",
    "hard  \nbreak",
    "---",
    "```",
    "<!-- comment -->",
    "[x]: /y",
    "日本語\nの文",
    "key: value # no comment",
    "'quoted' \"twice\"",
    " blanks ",
    "no",
    "\\| already",
    "&amp; *a*",
)


def german(text: str) -> str:
    return f"De {text}"


def translated(document: Document) -> Document:
    """The document as a person writes it in German."""
    blocks = tuple(
        block
        if block.name == "code"
        else Block(block.name, tuple(german(text) for text in block.texts))
        for block in document.blocks
    )
    return replace(
        document,
        name=german(document.name),
        definition=german(document.definition),
        category=german(document.category),
        keywords=tuple(map(german, document.keywords)),
        blocks=blocks,
    )


def germans(term: Term) -> list[str | None]:
    return [
        "\n".join(german(line) for line in segment.source.split("\n"))
        if segment.kind is Kind.LIST
        else german(segment.source)
        for segment in term.file.segments
    ]


def texts_in(data: bytes) -> list[str]:
    return [slot.segment.source for slot in target_of(data).body.slots]


def rebuilt(term: Term, texts: list[str | None], data: bytes, entry: LockEntry) -> Built:
    return build(Localized.of(term, texts, SITE), (target_of(data), entry))


@st.composite
def edited(draw: st.DrawFn, source: Document) -> Document:
    """A document with one block inserted, removed or changed."""
    blocks = list(source.blocks)
    where = draw(st.integers(0, len(blocks) - 1))
    text = draw(sentences)
    match draw(st.sampled_from(["insert", "remove", "change", "same"])):
        case "insert":
            name = draw(st.sampled_from(["paragraph", "heading", "quote", "list", "code"]))
            blocks.insert(where, Block(name, (text,)))
        case "remove":
            del blocks[where]
        case "change":
            texts = list(blocks[where].texts)
            texts[draw(st.integers(0, len(texts) - 1))] = text
            blocks[where] = Block(blocks[where].name, tuple(texts))
    return source.with_blocks(blocks)


@given(documents())
def test_a_first_build_reads_back_as_its_texts(source: Document) -> None:
    term = term_of(source)
    result = build(Localized.of(term, germans(term), SITE))
    assert [segment.source for segment in target_of(result.data).segments] == germans(term)
    assert build(Localized.of(term, germans(term), SITE)) == result


@given(documents(), st.integers(25, 70), st.sampled_from("*+-"), st.data())
def test_a_rebuild_says_the_new_texts_and_keeps_the_bytes_of_all_other_blocks(
    source: Document, width: int, bullet: str, data: st.DataObject
) -> None:
    before = term_of(source)
    by_hand = translated(source).markdown(width=width, bullet=bullet)
    existing = by_hand.replace(b"lang: en", b"lang: de")
    entry = entry_of(before, SITE, existing)
    new = data.draw(edited(source))
    names = [block.name for block in new.blocks]
    assume(("list", "list") not in pairwise(names))  # two lists in a row are one
    term = term_of(new)
    result = rebuilt(term, germans(term), existing, entry)

    assert [segment.source for segment in target_of(result.data).segments] == germans(term)
    kept = [
        theirs.markdown(width, bullet)
        for ours, theirs in zip(source.blocks, translated(source).blocks, strict=True)
        if ours in new.blocks
    ]
    assert [block for block in kept if block not in result.data.decode()] == []
    front = existing.partition(b"\n---\n")[0]
    assert result.data.startswith(front)
    again = rebuilt(term, germans(term), result.data, result.entry)
    assert again == result
    if new == source:
        assert result.data == existing


@given(documents(), st.lists(st.sampled_from(NASTY), min_size=1, max_size=3), st.data())
def test_a_text_that_would_break_its_file_is_refused_and_any_other_reads_back(
    source: Document, nasty: list[str], data: st.DataObject
) -> None:
    term = term_of(source)
    texts = germans(term)
    for text in nasty:
        texts[data.draw(st.integers(0, len(texts) - 1))] = text
    try:
        result = build(Localized.of(term, texts, SITE))
    except BadFile:
        return
    values = target_of(result.data).values
    for slot, wanted in zip(term.file.fields, texts, strict=False):
        if slot.segment.kind is not Kind.LIST:
            assert at(values, slot.path) == wanted
    assert len(texts_in(result.data)) == len(term.file.body.slots)
    again = rebuilt(term, texts, result.data, result.entry)
    assert again.data == result.data


@given(documents(), st.data())
def test_corrections_of_a_stale_file_land_in_the_place_of_their_own_source(
    source: Document, data: st.DataObject
) -> None:
    before = term_of(source)
    first = build(Localized.of(before, germans(before), SITE))
    term = term_of(data.draw(edited(source)))
    assume(term.file.segments != before.file.segments)
    wanted = [
        data.draw(st.sampled_from([None, german(s.source), f"Neu {s.source}"]))
        for s in term.file.segments
    ]
    wanted = [
        None if s.kind is Kind.LIST else text
        for s, text in zip(term.file.segments, wanted, strict=True)
    ]
    result = correct(Localized.of(term, wanted, SITE), (target_of(first.data), first.entry))

    said = texts_in(result.data)
    then = [slot.segment.source for slot in before.file.body.slots]
    fields = len(term.file.fields)
    now = [s.source for s in term.file.segments[fields:]]
    for here, text in enumerate(wanted[fields:]):
        if text is not None and now.count(now[here]) == 1 and now[here] in then:
            assert fields + here not in result.unplaced
            assert said[then.index(now[here])] == text
    for there, text in zip(then, said, strict=True):
        if there in now:
            assert text in (german(there), f"Neu {there}")
    for there, text, its in zip(then, said, result.entry.segments, strict=True):
        if its != short(there):  # the text of what the author wrote in its place
            assert text == wanted[fields + list(map(short, now)).index(its)]
    assert (
        correct(Localized.of(term, wanted, SITE), (target_of(result.data), result.entry)) == result
    )
