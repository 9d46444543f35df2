"""What an attacker tried once: how a person's words were lost, bought again or disowned."""

from __future__ import annotations

import polib
import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import Site

BY_CATEGORY = '[paths]\ncatalog = "locales/{locale}/{category}.po"\n'
BY_SLUG = '[paths]\ncatalog = "locales/{locale}/{slug}.po"\n'
PO = "locales/ja/terms.po"
WORDS = "人の訳"
CODE = "---\nterm: {name}\nslug: {slug}\nlang: en\n---\n\nUse `code` now please.\n"


def configured(site: Site, extra: str) -> Site:
    site.write("i18n.toml", f'source = "en"\ntargets = ["ja"]\n{extra}')
    return site


def translated(site: Site, path: str, context: str, text: str) -> None:
    """A translator gives a unit a text and approves it."""
    catalog = site.po(path)
    for entry in catalog:
        if entry.msgctxt == context and not entry.obsolete:
            entry.msgstr, entry.flags = text, []
            break
    site.write(path, str(catalog))


def holders(site: Site, text: str) -> list[str]:
    return [path for path, data in site.contents().items() if text.encode() in data]


@pytest.fixture
def asked(site: Site) -> object:
    with Stub() as stub:
        site.ask(stub)
        yield stub


@pytest.mark.usefixtures("asked")
def test_a_term_with_units_in_a_broken_catalog_waits_until_that_is_mended(site: Site) -> None:
    configured(site, BY_CATEGORY).report("sync")
    path = "locales/ja/basics.po"
    translated(site, path, "token/body", WORDS)
    good = site.read(path)
    site.write(path, f"{good}\n<<<<<<< HEAD\n")
    site.change("terms/en/token.md", "category: Basics", "category: Methods")
    assert site.report("sync").code == 65
    site.write(path, good)
    assert site.report("sync").code == 0
    assert holders(site, WORDS) == ["locales/ja/methods.po"]


@pytest.mark.usefixtures("asked")
def test_of_two_copies_of_a_unit_the_persons_counts(site: Site) -> None:
    configured(site, BY_CATEGORY).report("sync")
    old = "locales/ja/basics.po"
    before = site.read(old)
    site.change("terms/en/token.md", "category: Basics", "category: Methods")
    site.report("sync")
    site.write(old, before)  # a merge brings the old file back, with another branch's review
    translated(site, old, "token/body", WORDS)
    assert site.report("sync").code == 0
    assert holders(site, WORDS) == ["locales/ja/methods.po"]


@pytest.mark.usefixtures("asked")
def test_two_persons_copies_wait_for_somebody_to_choose(site: Site) -> None:
    configured(site, BY_CATEGORY).report("sync")
    old = "locales/ja/basics.po"
    before = site.read(old)
    site.change("terms/en/token.md", "category: Basics", "category: Methods")
    site.report("sync")
    translated(site, "locales/ja/methods.po", "token/body", "別の訳")
    site.write(old, before)
    translated(site, old, "token/body", WORDS)
    ran = site.report("sync")
    assert ran.code == 65
    assert [error["code"] for error in ran.errors] == ["po-duplicate-unit"]
    assert holders(site, WORDS) == [old]
    assert holders(site, "別の訳") == ["locales/ja/methods.po"]


@pytest.mark.usefixtures("asked")
def test_without_its_catalog_a_built_term_is_not_made_anew(site: Site) -> None:
    configured(site, '[build]\npublish = "drafts"\n').report("sync")
    translated(site, PO, "lora/body", WORDS)
    site.report("sync")
    kept = site.read(PO)
    (site.root / PO).unlink()
    ran = site.report("sync")
    assert [error["code"] for error in ran.errors] == ["units-lost"]
    assert holders(site, WORDS) == ["terms/ja/lora.md"]
    site.write(PO, kept)
    assert site.report("sync").code == 0


def test_peoples_vocabulary_is_not_bought_again_while_its_catalog_is_broken(site: Site) -> None:
    configured(site, f'[build]\npublish = "drafts"\n{BY_SLUG}').report("sync")
    for file in (site.root / "locales/ja").glob("*.po"):
        catalog = polib.pofile(str(file), wrapwidth=0)
        for entry in catalog:
            entry.msgstr = f"人{entry.msgid}"
        file.write_text(str(catalog), "utf-8")
    site.report("sync")
    built = site.read("terms/ja/lora.md")
    path = "locales/ja/_vocabulary.po"
    site.write(path, f"{site.read(path)}\n<<<<<<< x\n")
    with Stub() as stub:
        site.ask(stub)
        assert site.report("sync").code == 65
        assert stub.account.billed == 0
    assert site.read("terms/ja/lora.md") == built


@pytest.mark.usefixtures("asked")
def test_a_moved_terms_new_file_is_ours_also_where_orphans_are_deleted(site: Site) -> None:
    configured(site, '[build]\norphan = "delete"\n').report("sync")
    site.review()
    site.report("sync")
    (site.root / "terms/en/sub").mkdir()
    (site.root / "terms/en/lora.md").rename(site.root / "terms/en/sub/lora.md")
    site.report("sync")
    translated(site, PO, "lora/body", WORDS)
    ran = site.report("sync")
    assert ran.locale()["terms"]["unadopted"] == 0
    assert "terms/ja/sub/lora.md" in holders(site, WORDS)


@pytest.mark.usefixtures("asked")
def test_a_reused_text_that_fails_here_is_not_counted_and_the_unit_is_drafted(site: Site) -> None:
    for slug in ("a1", "b1"):
        site.write(f"terms/en/{slug}.md", CODE.format(name=slug.upper(), slug=slug))
    configured(site, "").report("sync")
    site.review()
    for slug in ("a1", "b1"):
        translated(site, PO, f"{slug}/body", f"コードなし{slug}")
    site.report("sync")
    site.write("terms/en/c1.md", CODE.format(name="C1", slug="c1"))
    found = site.report("sync").locale()
    assert found["leveraged"]["exact"] == 0
    assert found["units"]["untranslated"] == 0


@pytest.mark.usefixtures("asked")
def test_of_two_copies_of_a_unit_both_comments_stay(site: Site) -> None:
    configured(site, BY_CATEGORY).report("sync")
    catalog = site.po("locales/ja/basics.po")
    unit = next(e for e in catalog if e.msgctxt == "token/body")
    unit.msgstr, unit.flags, unit.tcomment = WORDS, [], "one comment"
    site.write("locales/ja/basics.po", str(catalog))
    unit.tcomment = "another"
    copy = polib.POFile()
    copy.metadata = catalog.metadata
    copy.append(unit)
    site.write("locales/ja/old.po", str(copy))
    site.report("sync")
    assert holders(site, "one comment") == holders(site, "another") == ["locales/ja/basics.po"]


@pytest.mark.parametrize("path", ["locales/ja/terms.po", "locales/ja/terms.lock"])
def test_a_locale_whose_file_is_broken_keeps_no_other_from_its_turn(site: Site, path: str) -> None:
    site.run("sync", "--lang", "ja")
    site.write(path, "garbled")
    ran = site.report("sync")
    assert ran.code == 65
    assert [error["path"] for error in ran.errors] == [path]
    assert ran.written == ["locales/de/terms.po"]
    assert site.read(path) == "garbled"
