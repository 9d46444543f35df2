"""Built pages that somebody deleted."""

from __future__ import annotations

import pytest

from tests.stubs.repository import Repository
from tests.stubs.site import Site

PAGE = "terms/ja/lora.md"
SYNC = ("sync", "--lang", "ja")
FIRST = "⟦ja:Only small layers are trained⟧."


@pytest.fixture
def own(reviewed: Site) -> Site:
    """A page with a paragraph of its own."""
    reviewed.change(PAGE, FIRST, f"{FIRST}\n\n日本語だけの段落。")
    assert reviewed.run(*SYNC).code == 0
    return reviewed


def settles(site: Site) -> None:
    before = site.tree()
    assert "are gone" not in site.run(*SYNC).out
    assert site.tree() == before


def test_a_deleted_page_comes_back_as_git_has_it(own: Site) -> None:
    Repository(own.root).commit("All")
    page = own.read(PAGE)
    own.root.joinpath(PAGE).unlink()
    gone = "pages that were built are gone, and come back as git has them: lora"
    assert gone in own.run("status", "--lang", "ja").out
    assert gone in own.run(*SYNC).out
    assert own.read(PAGE) == page
    settles(own)


def test_with_what_was_reviewed_since(own: Site) -> None:
    repository = Repository(own.root)
    repository.commit("All")
    page = own.read(PAGE)
    own.root.joinpath(PAGE).unlink()
    repository.commit("Deleted")
    own.translate("Only small layers are trained.", "小さな層だけを学習する。")
    own.run(*SYNC)
    assert own.read(PAGE) == page.replace(FIRST, "小さな層だけを学習する。")
    settles(own)


def test_a_stale_one_is_stale_again(own: Site) -> None:
    own.change("terms/en/lora.md", "- fast", "- fast\n- three times faster than that")
    own.run(*SYNC)
    Repository(own.root).commit("All")
    page, others = own.read(PAGE), own.contents()
    own.root.joinpath(PAGE).unlink()
    assert "1 stale" in own.run(*SYNC).out
    assert own.read(PAGE) == page
    assert own.contents() == others
    settles(own)


def test_one_that_git_does_not_have_is_built_anew_and_told_of(own: Site) -> None:
    own.root.joinpath(PAGE).unlink()
    assert "and git does not have them: lora; what only they had is lost" in own.run(*SYNC).out
    assert FIRST in own.read(PAGE)
    settles(own)
