"""Adopting after a lock was lost: what a machine said stays a draft, whatever page holds it."""

from __future__ import annotations

import shutil

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.failing import MOVE, Calls
from tests.stubs.repository import Repository
from tests.stubs.site import Site

LOCK, PO = "locales/ja/terms.lock", "locales/ja/terms.po"
REJECTED = "locales/ja/terms.rejected"
SENTENCE = "A model reads tokens."
PUBLISH = ("sync", "--lang", "ja", "--publish", "drafts")
ADOPT = ("adopt", "--lang", "ja")
SAID = "machine drafts that nobody reviewed, and no person's texts: "


@pytest.fixture
def published(site: Site, deepl: Stub) -> Site:
    """Pages that hold drafts; one text was reviewed."""
    site.ask(deepl)
    assert site.run(*PUBLISH).code == 0
    site.translate(SENTENCE, site.unit("token/body", SENTENCE).msgstr)
    assert site.run(*PUBLISH).code == 0
    site.ask_nobody()
    (site.root / LOCK).unlink()
    return site


def reviewed(site: Site) -> set[str]:
    return {one.msgid for one in site.po() if one.msgstr and not one.fuzzy and not one.obsolete}


def test_what_the_review_file_knows_as_a_draft_stays_one(published: Site) -> None:
    before = {one.msgid: one.fuzzy for one in published.po()}
    ran = published.run(*ADOPT)
    assert ran.code == 0, ran.err
    assert {one.msgid: one.fuzzy for one in published.po()} == before
    assert "machine draft by DeepL" in published.unit("token/term", "Token").comment
    assert SAID in ran.out


def test_where_the_review_file_is_lost_too_a_receipt_knows(published: Site) -> None:
    (published.root / PO).unlink()
    assert SAID in published.run(*ADOPT).out
    assert reviewed(published) == set()
    assert "machine draft by DeepL" in published.unit("lora/body", "Only small").comment


def test_where_receipts_are_lost_too_git_knows_drafts_and_what_was_reviewed(
    published: Site,
) -> None:
    repository = Repository(published.root)
    repository.commit("A page")
    shutil.rmtree(published.root / ".i18n")
    (published.root / PO).unlink()
    assert SAID in published.run(*ADOPT).out
    assert SENTENCE in reviewed(published)
    assert "Only small layers are trained." not in reviewed(published)


def test_what_somebody_rejected_is_no_persons_text_for_standing_on_a_page(
    published: Site,
) -> None:
    assert published.run("reject", "--lang", "ja", "--unit", "lora/definition").code == 0
    assert published.read(REJECTED)
    (published.root / PO).unlink()
    shutil.rmtree(published.root / ".i18n")
    (published.root / LOCK).unlink(missing_ok=True)
    published.run(*ADOPT)
    entry = published.unit("lora/definition", "A cheap way")
    assert (entry.msgstr, entry.fuzzy) == ("", False)
    assert "rejected" in entry.comment


def test_a_text_that_a_person_changed_on_the_page_is_a_persons(published: Site) -> None:
    draft = published.unit("lora/body", "Only small").msgstr
    published.change("terms/ja/lora.md", draft, f"{draft} LoRA!")
    published.run(*ADOPT)
    entry = published.unit("lora/body", "Only small")
    assert entry.msgstr == f"{draft} LoRA!"
    assert "adopted from terms/ja/lora.md" in entry.comment


def test_the_review_file_never_says_for_a_moment_that_a_person_wrote_it(published: Site) -> None:
    (published.root / PO).unlink()
    with Calls(published.root, kinds=frozenset({MOVE})).counted() as calls:
        published.run(*ADOPT)
    assert [call.path.name for call in calls.made if call.path.name == "terms.po"] == ["terms.po"]


def test_a_damaged_receipt_is_told_since_what_it_held_is_taken_for_a_persons(
    published: Site,
) -> None:
    (published.root / PO).unlink()
    (published.root / ".i18n/receipts/ja/0.jsonl").write_bytes(b"half")
    ran = published.run(*ADOPT)
    assert (ran.code, ".i18n/receipts/ja/0.jsonl: receipt-damaged" in ran.err) == (65, True)
