"""What of a built page is a translation: all of it, but for what a person made its own."""

from __future__ import annotations

from i18n_pipeline.model import LockEntry
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.remembered import Block, Layout, Whose, with_blocks
from i18n_pipeline.stages.unpublishing import BuiltPage
from tests.stages.documents import target_of

PAGE = target_of(b"---\nterm: A\nslug: term\nlang: de\n---\n\nEins.\n\nEigenes.\n")
ENTRY = LockEntry("term", "source", "built")


def test_of_a_page_that_an_earlier_version_built_every_text_is_a_translation() -> None:
    assert BuiltPage(PAGE, ENTRY).translated == PAGE.segments


def test_a_block_of_the_pages_own_is_none() -> None:
    one, own = Layout.of_source(PAGE.body, (*segment_hashes(["One."]), "")).blocks
    blocks = (one, Block(own.look, Whose.OWN, ("",), own.written))
    translated = BuiltPage(PAGE, with_blocks(ENTRY, blocks, ())).translated
    assert [segment.source for segment in translated] == ["A", "Eins."]
