"""Blocks that a person put into a page, changed or took out: what later builds make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from i18n_pipeline.formats.body import read_body
from i18n_pipeline.model import LockEntry
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.remembered import Block, Layout, Whose, remembered, settled, with_blocks
from i18n_pipeline.stages.splice import Spliced, splice

OURS, CHANGED, OWN = Whose.SOURCES, Whose.CHANGED, Whose.OWN


def page(text: str, *whose: Whose, sources: Sequence[str]) -> Layout:
    """A page with its blocks; `sources` are the texts that its texts translate, "" for its own."""
    body = read_body(text.encode())
    hashes = ["" if not one else segment_hashes([one])[0] for one in sources]
    found = Layout.of_source(body, hashes)
    pairs = zip(found.blocks, whose, strict=True)
    return replace(found, blocks=tuple(replace(block, whose=one) for block, one in pairs))


def fresh(text: str, *sources: str) -> Layout:
    return Layout.of_source(read_body(text.encode()), segment_hashes(sources))


def spliced(old: Layout, new: Layout, omitted: Sequence[str] = ()) -> Spliced:
    return splice(old, new, omitted)


def whose(result: Spliced) -> list[Whose]:
    return [block.whose for block in result.blocks]


def test_an_own_block_stays_behind_the_block_it_followed() -> None:
    old = page("One.\n\nOwn.\n\nTwo.\n", OURS, OWN, OURS, sources=["1", "", "2"])
    new = fresh("New.\n\nOne.\n\nTwo anew.\n", "0", "1", "2b")
    result = spliced(old, new)
    assert result.data == b"New.\n\nOne.\n\nOwn.\n\nTwo anew.\n"
    assert whose(result) == [OURS, OURS, OWN, OURS]


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("Two.\n", ["2"], b"Own.\n\nTwo.\n"),
        ("Two.\n\nOne.\n", ["2", "1"], b"Two.\n\nOne.\n\nOwn.\n"),
        ("Other.\n\n- a b\n", ["9", "8"], b"Own.\n\nOther.\n\n- a b\n"),
    ],
)
def test_an_own_block_survives_whatever_becomes_of_its_neighbours(
    text: str, sources: list[str], expected: bytes
) -> None:
    old = page("One.\n\nOwn.\n\nTwo.\n", OURS, OWN, OURS, sources=["1", "", "2"])
    result = spliced(old, fresh(text, *sources))
    assert b"Own." in result.data
    assert whose(result).count(OWN) == 1
    if text != "Other.\n\n- a b\n":
        assert result.data == expected


def test_own_blocks_survive_a_source_without_any() -> None:
    old = page("One.\n\nOwn.\n", OURS, OWN, sources=["1", ""])
    assert spliced(old, fresh("\n")).data == b"Own.\n"


def test_changed_code_stays_also_where_the_source_changes_its_own() -> None:
    old = page("One.\n\n```\n# ja\n```\n", OURS, CHANGED, sources=["1"])
    result = spliced(old, fresh("One anew.\n\n```\n# new\n```\n", "1b"))
    assert result.data == b"One anew.\n\n```\n# ja\n```\n"
    assert whose(result) == [OURS, CHANGED]


def test_changed_code_whose_source_has_none_any_more_is_the_pages_own() -> None:
    old = page("One.\n\n```\n# ja\n```\n", OURS, CHANGED, sources=["1"])
    result = spliced(old, fresh("One.\n", "1"))
    assert result.data == b"One.\n\n```\n# ja\n```\n"
    assert whose(result) == [OURS, OWN]


LIST = "- a b\n- own item\n- c d\n"


def test_a_changed_list_gets_texts_whose_place_is_certain() -> None:
    old = page(LIST, CHANGED, sources=["a", "", "c"])
    result = spliced(old, fresh("- a b\n- new text\n", "a", "c2"))
    assert result.data == b"- a b\n- own item\n- new text\n"
    assert (result.unplaced, whose(result)) == ((), [CHANGED])
    assert result.blocks[0].sources == (*segment_hashes(["a"]), "", *segment_hashes(["c2"]))


def test_a_new_item_without_a_place_in_a_changed_list_is_told() -> None:
    old = page(LIST, CHANGED, sources=["a", "", "c"])
    result = spliced(old, fresh("- a b\n- c d\n- e f\n- g h\n", "a", "c", "e", "g"))
    assert result.data == LIST.encode()
    assert result.unplaced == (2, 3)


def test_a_new_item_that_a_person_has_put_in_by_hand_has_its_place() -> None:
    old = page("- a b\n- c d\n- e f\n", CHANGED, sources=["a", "c", ""])
    result = spliced(old, fresh("- a b\n- c d\n- e f\n", "a", "c", "e"))
    assert (result.unplaced, whose(result)) == ((), [OURS])


def test_an_item_that_was_left_out_is_no_text_without_a_place() -> None:
    left_out = segment_hashes(["c"])
    old = page("- a b\n", CHANGED, sources=["a"])
    result = spliced(old, fresh("- a b\n- c d\n", "a", "c"), left_out)
    assert (result.data, result.unplaced, result.omitted) == (b"- a b\n", (), left_out)


def test_a_block_left_out_stays_out_until_its_source_changes() -> None:
    out = [fresh("Two.\n", "2").blocks[0].key]
    old = page("One.\n\nThree.\n", OURS, OURS, sources=["1", "3"])
    three = fresh("One.\n\nTwo.\n\nThree anew.\n", "1", "2", "3b")
    result = spliced(old, three, out)
    assert (result.data, list(result.omitted)) == (b"One.\n\nThree anew.\n", out)
    changed = fresh("One.\n\nTwo anew.\n\nThree.\n", "1", "2b", "3")
    result = spliced(old, changed, out)
    assert (result.data, result.omitted) == (b"One.\n\nTwo anew.\n\nThree.\n", ())


def test_a_block_left_out_and_put_back_is_the_sources_again() -> None:
    out = [fresh("Two.\n", "2").blocks[0].key]
    old = page("One.\n\nTwo.\n", OURS, OWN, sources=["1", ""])
    result = spliced(old, fresh("One.\n\nTwo.\n", "1", "2"), out)
    assert (whose(result), result.omitted) == ([OURS, OURS], ())


def test_blocks_survive_the_lock() -> None:
    blocks = (
        Block("aabbccdd", OURS, ("111111",), ("222222",)),
        Block("aabbccdd", OWN, ("",), ("333333",)),
        Block("eebbccdd", CHANGED),
    )
    entry = with_blocks(LockEntry("lora", "s", "b"), blocks, ["999999"])
    assert remembered(entry) == blocks
    assert remembered(replace(entry, written=())) == ()


def test_a_page_that_the_lock_knows_with_other_blocks_is_believed_as_far_as_both_agree() -> None:
    layout = page("One.\n\nOwn.\n\nTwo.\n", OURS, OWN, OURS, sources=["1", "", "2"])
    entry = with_blocks(LockEntry("lora", "s", "b"), layout.blocks)
    found = Layout.of_file(read_body(b"One.\n\n---\n\nTwo.\n"), entry)
    assert [block.whose for block in found.blocks] == [OURS, OWN, OURS]
    assert found.sources == (*segment_hashes(["1"]), *segment_hashes(["2"]))


def both(
    *known: Block, text: str = "One.\n\nTwo.\n", sources: Sequence[str] = ("1", "2")
) -> list[Block]:
    """The blocks that are left of those of two branches, for a page of these texts."""
    return [*settled(known, fresh(text, *sources))]


def test_of_what_two_branches_had_a_page_tells_which_it_has() -> None:
    one, two = fresh("One.\n\nTwo.\n", "1", "2").blocks
    other = replace(one, written=("000000",))
    perhaps = [replace(block, perhaps=True) for block in (one, other, two)]
    own = Block(one.look, OWN, ("",), ("111111",), perhaps=True)
    assert both(one, two) == [one, two]
    assert both(*perhaps) == [one, two]
    assert both(perhaps[1], perhaps[0], own, two) == [one, two]
    assert both(perhaps[2], perhaps[0]) == [one, two], "in the order of the page"


def test_of_two_branches_a_block_that_the_page_lacks_was_left_out_of_no_other() -> None:
    one, two = fresh("One.\n\nTwo.\n", "1", "2").blocks
    gone = Block(one.look, OURS, segment_hashes(["3"]), ("222222",), perhaps=True)
    before = replace(gone, sources=segment_hashes(["0"]), perhaps=False)
    perhaps = [replace(block, perhaps=True) for block in (one, two)]
    assert both(before, perhaps[0], gone, perhaps[1]) == [before, one, gone, two]


def test_a_block_put_elsewhere_whose_source_is_gone_is_the_pages_own() -> None:
    old = page("One.\n\nMoved.\n\nTwo.\n", OURS, CHANGED, OURS, sources=["1", "m", "2"])
    result = spliced(old, fresh("One.\n\n- two\n", "1", "2b"), [old.blocks[1].key])
    assert b"Moved." in result.data
    assert whose(result) == [OURS, OWN, OURS]
