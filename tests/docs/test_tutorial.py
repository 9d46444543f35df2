"""The tutorial, done by somebody who types what it says and looks whether that is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Block, Follower, blocks
from tests.stubs.account import Account
from tests.stubs.deepl import Stub
from tests.stubs.site import Site

KEY = "your-key"


def test_the_tutorial_happens_as_it_is_written(tmp_path: Path) -> None:
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    with Stub(Account(KEY)) as stub:
        reader = Follower(Site(tmp_path / "my-site", {"DEEPL_SERVER_URL": stub.url}))
        reader.site.root.mkdir()
        for block in blocks(page):
            reader.follow(block)


@pytest.mark.parametrize(
    "block",
    [
        Block(("console",), "$ i18n --version\ni18n, version of yesterday\n", 1),
        Block(("console",), "$ echo $?\n1\n", 1),
        Block(("po", "in", "a.po"), "never written\n", 1),
        Block(("console",), "$ rm -r .\n", 1),
    ],
)
def test_a_page_that_tells_something_else_is_found_out(block: Block, tmp_path: Path) -> None:
    reader = Follower(Site(tmp_path))
    reader.follow(Block(("po", "a.po"), "written\n", 1))
    with pytest.raises(AssertionError):
        reader.follow(block)
