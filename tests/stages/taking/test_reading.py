"""What an edited page says: its texts, whose its blocks are, and what of it is its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.remembered import Block, Layout, Whose
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.taking.page import Base, Page, ReadBack, Remark
from i18n_pipeline.stages.taking.reading import read_back

FIELDS = Fields(translate=("term", "faq.question"), vocabulary=("category", "tags"))
RULES = Rules(FIELDS)
ADDRESSES = Addresses({}, "source", (), "ja", frozenset())


def page(body: str, front: str = "") -> Page:
    data = f"---\nterm: A\nslug: lora\nlang: ja\n{front}---\n\n{body}".encode()
    return Page(read_term(data, RULES, "lora", "ja"), "terms/ja/lora.md", ADDRESSES, FIELDS)


def left(body: str, *sources: str) -> tuple[Block, ...]:
    """The blocks of a body as we left it; "" for texts of the page's own."""
    hashes = [one and segment_hashes([one])[0] for one in sources]
    return Layout.of_source(page(body).file.body, hashes).blocks


def said(back: ReadBack) -> list[tuple[str, str, bool]]:
    """Each text of the body with the source that it translates, and whether it was edited."""
    return [(one.source, one.text, one.changed) for one in back.texts if one.slot >= 0]


def test_a_block_of_the_pages_own_stays_one_and_is_told_once() -> None:
    one, own = left("One.\n\nOwn.\n", "1", "")
    known = Base((one, replace(own, whose=Whose.OWN)))
    back = read_back(page("One anew.\n\nOwn.\n"), known)
    assert said(back) == [(one.sources[0], "One anew.", True)]
    assert [block.whose for block in back.blocks] == [Whose.SOURCES, Whose.OWN]
    assert back.remarks == ()
    new = read_back(page("One.\n\nOwn.\n"), Base((one,)))
    assert new.remarks == (Remark(9, "a block that the source does not have"),)


def test_an_item_of_the_pages_own_translates_nothing() -> None:
    (block,) = left("- a\n- own\n- c\n", "1", "", "3")
    changed = replace(block, whose=Whose.CHANGED)
    back = read_back(page("- a\n- own, edited\n- c\n"), Base((changed,)))
    assert said(back) == [(block.sources[0], "a", False), (block.sources[2], "c", False)]
    assert back.remarks == ()


def test_a_block_that_stands_elsewhere_is_left_out_of_its_place_once() -> None:
    texts = ("Eins steht hier am Anfang.", "Zwei kommt danach.", "Drei steht am Ende.")
    blocks = left("\n\n".join(texts), "1", "2", "3")
    known = {block.sources[0]: [text] for block, text in zip(blocks, texts, strict=True)}
    first = read_back(page("\n\n".join((texts[2], *texts[:2]))), Base(blocks, texts=known))
    assert [block.whose for block in first.blocks] == [
        Whose.CHANGED, Whose.SOURCES, Whose.SOURCES,
    ]  # fmt: skip
    assert first.omitted == (blocks[2].key,)
    assert [one.words for one in first.remarks] == ["a block in another place than the source's"]
    base = Base(first.blocks, omitted=first.omitted, texts=known)
    again = read_back(page("\n\n".join((texts[0], texts[2], texts[1]))), base)
    assert [block.whose for block in again.blocks] == [
        Whose.SOURCES, Whose.CHANGED, Whose.SOURCES,
    ]  # fmt: skip
    assert (again.omitted, again.remarks) == (first.omitted, ())


def fields(**said: str) -> Mapping[str, tuple[str, str]]:
    """What the front matter said, by path."""
    return {
        word.replace("__", "."): (f"source of {word}", short(text)) for word, text in said.items()
    }


FAQ = "faq:\n  - question: {}\n  - question: {}\n"
KNOWN = Base((), fields(faq__0__question="B", faq__1__question="C"))


def front(base: Base, lines: str) -> tuple[list[tuple[str, bool]], Sequence[str]]:
    """The texts of a front matter, and what is told of it."""
    back = read_back(page("", lines), base)
    return [(one.text, one.changed) for one in back.texts], [one.words for one in back.remarks]


def test_a_value_in_a_list_comes_back_while_the_list_is_as_long_as_it_was() -> None:
    assert front(KNOWN, FAQ.format("B", "D")) == ([("B", False), ("D", True)], [])
    gone = ["`faq` is not as it was, and not taken in"]
    assert front(KNOWN, FAQ.format("B", "D") + "  - question: E\n") == ([], gone)
    assert front(KNOWN, "faq: B\n") == ([], gone)


def test_a_list_of_a_vocabulary_that_was_only_edited_is_the_vocabularys() -> None:
    tags = Base((), fields(tags__0="A", tags__1="B"))
    assert front(tags, "tags: [A, C]\n") == ([("A", False), ("C", True)], [])
    own = ["`tags` is the page's own list from now on"]
    assert front(tags, "tags: [B, A]\n") == ([], own)
    assert front(tags, "tags: [A, B, C]\n") == ([], own)
    assert front(tags, "tags: A\n")[1] == ["`tags` is not as it was, and not taken in"]


def test_blank_items_of_a_list_are_nobodys_values() -> None:
    tags = Base((), fields(tags__0="A"))
    for blank in ('""', "", "~", '" "'):
        assert front(tags, f"tags: [A, {blank}]\n") == ([("A", False)], [])
        assert front(tags, f"tags: [B, {blank}]\n") == ([("B", True)], [])
    assert front(tags, 'tags: [A, "", C]\n') == ([], ["`tags` is the page's own list from now on"])
    behind = Base((), fields(tags__1="A"))
    assert front(behind, 'tags: ["", A, ""]\n') == ([("A", False)], [])
