"""A paragraph that a person put elsewhere in a page is still a translation."""

from __future__ import annotations

import pytest

from tests.stubs.site import Site

ENGLISH, PAGE = "terms/en/lora.md", "terms/ja/lora.md"
SYNC = ("sync", "--lang", "ja")
FIRST = "⟦ja:Only small layers are trained⟧."
SECOND = "⟦ja:The model itself stays as it was⟧."


@pytest.fixture
def moved(reviewed: Site) -> Site:
    """A page whose second paragraph a person put before its first one."""
    first = "Only small layers are trained."
    reviewed.change(ENGLISH, first, f"{first}\n\nThe model itself stays as it was.")
    reviewed.run(*SYNC)
    reviewed.review()
    assert reviewed.run(*SYNC).code == 0
    reviewed.change(PAGE, f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{FIRST}")
    ran = reviewed.run(*SYNC)
    assert ran.code == 0
    assert "in another place than the source's" in ran.out
    assert "kept so: lora (1 in another place)" in ran.out
    return reviewed


def paragraphs(site: Site) -> list[str]:
    return site.read(PAGE).split("---\n", 2)[2].strip().split("\n\n")[:-1]


def settles(site: Site) -> None:
    before = site.tree()
    assert site.run(*SYNC).code == 0
    assert site.tree() == before


def test_it_stays_where_the_person_put_it(moved: Site) -> None:
    assert paragraphs(moved) == [SECOND, FIRST]
    settles(moved)


@pytest.mark.parametrize(
    "source", ["Only small layers are trained.", "The model itself stays as it was."]
)
def test_a_correction_in_the_po_file_reaches_it(moved: Site, source: str) -> None:
    moved.translate(source, "これはもう別の訳です。")
    assert moved.run(*SYNC).code == 0
    expected = [SECOND, FIRST]
    expected[1 if source.startswith("Only") else 0] = "これはもう別の訳です。"
    assert paragraphs(moved) == expected
    settles(moved)


def test_an_edit_in_the_page_reaches_the_po_file(moved: Site) -> None:
    for text in (FIRST, SECOND):
        moved.change(PAGE, text, text.replace("⟧.", "よ⟧."))
    assert moved.run(*SYNC).code == 0
    assert moved.unit("lora/body", "Only small").msgstr == FIRST.replace("⟧.", "よ⟧.")
    assert moved.unit("lora/body", "The model").msgstr == SECOND.replace("⟧.", "よ⟧.")
    settles(moved)


def test_moved_and_edited_at_once(reviewed: Site) -> None:
    reviewed.change(ENGLISH, "trained.", "trained.\n\nThe model itself stays as it was.")
    reviewed.run(*SYNC)
    reviewed.review()
    reviewed.run(*SYNC)
    edited = FIRST.replace("⟧.", "よ⟧.")
    reviewed.change(PAGE, f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{edited}")
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.unit("lora/body", "Only small").msgstr == edited
    assert paragraphs(reviewed) == [SECOND, edited]
    settles(reviewed)


@pytest.mark.parametrize("old", ["Only small layers", "The model itself"])
def test_an_edit_of_its_source_is_translated_in_its_place(moved: Site, old: str) -> None:
    moved.change(ENGLISH, old, f"{old}, as everybody knows by now,")
    moved.run(*SYNC)
    moved.translate(moved.unit("lora/body", old).msgid, "新しい原文の訳です。")
    assert moved.run(*SYNC).code == 0
    expected = (
        ["新しい原文の訳です。", FIRST]
        if old.startswith("The")
        else [SECOND, "新しい原文の訳です。"]
    )
    assert paragraphs(moved) == expected
    settles(moved)


def test_put_back_it_is_the_sources_again(moved: Site) -> None:
    moved.change(PAGE, f"{SECOND}\n\n{FIRST}", f"{FIRST}\n\n{SECOND}")
    assert moved.run(*SYNC).code == 0
    moved.translate("The model itself stays as it was.", "これはもう別の訳です。")
    assert "kept so" not in moved.run(*SYNC).out
    assert paragraphs(moved) == [FIRST, "これはもう別の訳です。"]
    settles(moved)


def test_its_source_taken_out_leaves_it_to_the_page(moved: Site) -> None:
    moved.change(ENGLISH, "\n\nThe model itself stays as it was.", "")
    assert moved.run(*SYNC).code == 0
    assert FIRST in paragraphs(moved)
    settles(moved)
