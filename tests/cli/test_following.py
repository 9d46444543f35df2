"""A term moved by hand, or deleted and restored, keeps its translations and costs nothing."""

from __future__ import annotations

import pytest

from tests.stubs.site import CONFIG, Ran, Site

SYNC = ("sync", "--lang", "ja")
PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."


def move(site: Site, locale: str, *, new: str = "piece") -> None:
    """Move a file and change its slug, as an author does."""
    old = site.root / f"terms/{locale}/token.md"
    text = old.read_text(encoding="utf-8").replace("slug: token", f"slug: {new}")
    site.write(f"terms/{locale}/{new}.md", text)
    old.unlink()


def billed(ran: Ran) -> int:
    return ran.locale()["billed"]["characters"]


def test_a_source_that_was_moved_keeps_its_translations(reviewed: Site) -> None:
    move(reviewed, "en")
    ran = reviewed.report(*SYNC)
    assert (ran.code, billed(ran)) == (0, 0)
    assert ran.locale()["units"] == {"untranslated": 0, "needs_review": 0, "reviewed": 16}
    assert "known by their texts, translations kept: token → piece" in str(ran.part("notes"))
    assert not reviewed.unit("piece/body", SENTENCE).fuzzy
    assert 'msgctxt "token/' not in reviewed.read(PO)
    assert "⟦ja:A model reads" in reviewed.read("terms/ja/piece.md")
    assert (reviewed.root / "terms/ja/token.md").exists()
    before = reviewed.tree()
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.tree() == before


def test_the_page_of_the_old_slug_goes_where_that_is_configured(reviewed: Site) -> None:
    reviewed.write("i18n.toml", CONFIG + '[build]\norphan = "delete"\n')
    move(reviewed, "en")
    assert reviewed.run(*SYNC).code == 0
    assert not (reviewed.root / "terms/ja/token.md").exists()
    assert "\ntoken\n" not in reviewed.read("locales/ja/terms.lock")


def test_a_page_that_was_moved_as_well_is_ours_still(reviewed: Site) -> None:
    move(reviewed, "en")
    move(reviewed, "ja")
    page = reviewed.read("terms/ja/piece.md")
    ran = reviewed.report(*SYNC)
    assert (ran.code, ran.locale()["terms"]["unadopted"]) == (0, 0)
    assert reviewed.read("terms/ja/piece.md") == page
    assert "\ntoken\n" not in reviewed.read("locales/ja/terms.lock")
    before = reviewed.tree()
    reviewed.run(*SYNC)
    assert reviewed.tree() == before


def test_one_that_somebody_edited_is_a_persons_still(reviewed: Site) -> None:
    move(reviewed, "en")
    move(reviewed, "ja")
    reviewed.write("terms/ja/piece.md", reviewed.read("terms/ja/piece.md") + "\n追加。\n")
    page = reviewed.read("terms/ja/piece.md")
    reviewed.run("extract", "--lang", "ja")  # which writes no lock
    for _ in range(2):
        ran = reviewed.run(*SYNC)
        assert ran.code == 0
    assert reviewed.read("terms/ja/piece.md") == page


def test_what_was_edited_with_the_move_waits_for_review(reviewed: Site) -> None:
    move(reviewed, "en")
    reviewed.change("terms/en/piece.md", SENTENCE, "A model reads many tokens.")
    reviewed.run(*SYNC)
    entry = reviewed.unit("piece/body", "A model reads many")
    assert (entry.fuzzy, entry.previous_msgid) == (True, SENTENCE)
    assert not reviewed.unit("piece/term", "Token").fuzzy


def test_another_term_is_not_taken_for_it(reviewed: Site) -> None:
    move(reviewed, "en")
    for old, new in ((SENTENCE, "Something else."), ("A piece of text.", "Another thing.")):
        reviewed.change("terms/en/piece.md", old, new)
    reviewed.ask_nobody()
    reviewed.run(*SYNC)
    assert reviewed.unit("piece/body", "Something else.").msgstr == ""
    assert '#~ msgctxt "token/body"' in reviewed.read(PO)


def test_headings_that_all_pages_have_make_no_two_terms_alike(reviewed: Site) -> None:
    headings = "\n\n".join(f"## {one}\n\nText of {{0}}." for one in ("What", "Why", "How", "When"))
    head = "---\nterm: {0}\nslug: {0}\nlang: en\n---\n\n"
    for slug in ("alpha", "beta"):
        reviewed.write(f"terms/en/{slug}.md", (head + headings).format(slug) + "\n")
    reviewed.run(*SYNC)
    reviewed.review()
    reviewed.run(*SYNC)
    (reviewed.root / "terms/en/alpha.md").unlink()
    reviewed.write("terms/en/gamma.md", (head + headings).format("gamma") + "\n")
    ran = reviewed.report(*SYNC)
    assert "known by their texts" not in str(ran.part("notes"))
    entry = reviewed.unit("gamma/body", "Text of gamma")
    assert entry.previous_msgid is None


def test_a_copy_beside_it_takes_nothing_away(reviewed: Site) -> None:
    text = reviewed.read("terms/en/token.md").replace("slug: token", "slug: piece")
    reviewed.write("terms/en/piece.md", text)
    reviewed.run(*SYNC)
    assert not reviewed.unit("token/body", SENTENCE).fuzzy
    assert reviewed.unit("piece/body", SENTENCE).msgstr


def test_a_catalog_of_its_own_is_moved_with_it(reviewed: Site) -> None:
    reviewed.write("i18n.toml", CONFIG + '[paths]\ncatalog = "locales/{locale}/{slug}.po"\n')
    reviewed.write("locales/ja/all.po", reviewed.read(PO))
    (reviewed.root / PO).unlink()
    reviewed.run(*SYNC)
    move(reviewed, "en")
    assert reviewed.run(*SYNC).code == 0
    assert not (reviewed.root / "locales/ja/token.po").exists()
    assert not reviewed.unit("piece/body", SENTENCE, "locales/ja/piece.po").fuzzy


@pytest.mark.parametrize("slugs", [("lora",), ("piece",)])
def test_only_the_terms_asked_for_are_followed(reviewed: Site, slugs: tuple[str, ...]) -> None:
    move(reviewed, "en")
    reviewed.run(*SYNC, "--slug", ",".join(slugs))
    assert ('msgctxt "piece/' in reviewed.read(PO)) is ("piece" in slugs)
    reviewed.run(*SYNC)
    assert 'msgctxt "token/' not in reviewed.read(PO)


def test_deleted_and_restored_costs_nothing(reviewed: Site) -> None:
    text, before = reviewed.read("terms/en/token.md"), reviewed.contents()
    (reviewed.root / "terms/en/token.md").unlink()
    reviewed.run(*SYNC)
    assert '#~ msgctxt "token/body"' in reviewed.read(PO)
    reviewed.write("terms/en/token.md", text)
    ran = reviewed.report(*SYNC)
    assert (ran.code, billed(ran), ran.locale()["units"]["reviewed"]) == (0, 0, 16)
    after = reviewed.contents()
    assert {path for path in before if after[path] != before[path]} <= {PO}


def test_deleted_and_restored_under_another_name_costs_nothing(reviewed: Site) -> None:
    text = reviewed.read("terms/en/token.md").replace("slug: token", "slug: piece")
    (reviewed.root / "terms/en/token.md").unlink()
    reviewed.run(*SYNC)
    reviewed.write("terms/en/piece.md", text)
    ran = reviewed.report(*SYNC)
    assert billed(ran) == 0
    assert not reviewed.unit("piece/body", SENTENCE).fuzzy


def test_a_source_that_was_renamed_and_says_its_old_slug_takes_nothing_away(
    reviewed: Site,
) -> None:
    reviewed.write("i18n.toml", CONFIG + '[build]\norphan = "delete"\n')
    assert reviewed.run(*SYNC).code == 0
    (reviewed.root / "terms/en/token.md").rename(reviewed.root / "terms/en/piece.md")
    before = reviewed.contents()
    ran = reviewed.run("sync", "--lang", "ja")
    assert (ran.code, ran.err.partition(": the front")[0]) == (
        65,
        "terms/en/piece.md:3:7: slug-disagrees",
    )
    assert reviewed.contents() == before
    (reviewed.root / "terms/en/piece.md").rename(reviewed.root / "terms/en/token.md")
    assert reviewed.report("sync", "--lang", "ja").written == []


def test_a_copy_that_says_the_slug_of_another_is_told_and_that_one_is_worked_on(
    reviewed: Site,
) -> None:
    reviewed.write("terms/en/piece.md", reviewed.read("terms/en/token.md"))
    reviewed.change("terms/en/token.md", "A model reads tokens.", "A model reads *tokens*.")
    ran = reviewed.report("sync", "--lang", "ja")
    assert ran.code == 65
    assert ran.written == ["locales/ja/terms.po"]
