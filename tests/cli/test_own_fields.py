"""Fields that only a locale has: a Japanese glossary that sorts by a reading."""

from __future__ import annotations

import json

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, TERMS, Site

OWN = CONFIG + '[locale.ja.fields]\nextra = ["reading"]\n'
PO = "locales/ja/terms.po"
LOCK = "locales/ja/terms.lock"
PAGE = "terms/ja/token.md"


@pytest.fixture
def asking(reviewed: Site) -> Site:
    """The project with everything built in Japanese, and then asked for readings."""
    reviewed.ask_nobody()
    reviewed.write("i18n.toml", OWN)
    assert reviewed.run("sync", "--lang", "ja").code == 0
    return reviewed


def read(site: Site, target: str, *, fuzzy: bool = False, slug: str = "token") -> None:
    """Write the reading of one term as an editor does."""
    catalog = site.po()
    entry = next(e for e in catalog if e.msgctxt == f"{slug}/reading" and not e.obsolete)
    entry.msgstr, entry.flags = target, ["fuzzy"] if fuzzy else []
    site.write(PO, str(catalog))


def sync(site: Site) -> list[str]:
    """The paths that a run writes; the next one writes nothing, and nothing is out of date."""
    ran = site.report("sync", "--lang", "ja")
    assert ran.code == 0, ran.out
    assert site.report("sync", "--lang", "ja").written == []
    assert site.run("sync", "--lang", "ja", "--frozen").code == 0
    return ran.written


def test_each_term_is_asked_for_its_reading_by_its_name(asking: Site) -> None:
    unit = asking.unit("token/reading", "Token")
    assert (unit.msgstr, unit.flags) == ("", [])
    name = asking.unit("token/term", "Token").msgstr
    assert unit.comment.splitlines() == ["of this locale alone: reading", f"Reviewed name: {name}"]
    assert len([entry for entry in asking.po() if entry.msgctxt.endswith("/reading")]) == 3


def test_other_locales_and_their_pages_are_as_they_were(site: Site) -> None:
    site.run("sync")
    german = site.contents()["locales/de/terms.po"]
    site.write("i18n.toml", OWN)
    assert site.report("sync").written == [PO]
    assert site.contents()["locales/de/terms.po"] == german


def test_pages_are_built_without_readings_and_no_page_changes_for_the_question(
    reviewed: Site,
) -> None:
    reviewed.ask_nobody()
    pages = {p: data for p, data in reviewed.contents().items() if p.startswith("terms/")}
    lock = reviewed.contents()[LOCK]
    reviewed.write("i18n.toml", OWN)
    assert sync(reviewed) == [PO]
    assert {p: d for p, d in reviewed.contents().items() if p.startswith("terms/")} == pages
    assert reviewed.contents()[LOCK] == lock


def test_no_machine_is_asked_for_a_reading(site: Site, deepl: Stub) -> None:
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    billed = deepl.account.billed
    site.write("i18n.toml", OWN)
    ran = site.report("sync", "--lang", "ja")
    assert (ran.code, deepl.account.billed) == (0, billed)
    assert '"waiting": []' in ran.out
    assert site.report("sync", "--lang", "ja", "--refresh").code == 0
    assert not any(entry.msgstr for entry in site.po() if entry.msgctxt.endswith("/reading"))
    plan = site.report("plan", "--lang", "ja")
    assert "reading" not in plan.out


def test_a_reading_whose_term_was_renamed_is_not_drafted_anew(asking: Site, deepl: Stub) -> None:
    read(asking, "とーくん")
    asking.write(
        "i18n.toml", OWN.replace("[locale.ja.", '[locale.ja]\nmt = "redraft"\n[locale.ja.')
    )
    asking.change("terms/en/token.md", "term: Token", "term: Tokens")
    asking.ask(deepl)
    assert asking.run("sync", "--lang", "ja").code == 0
    unit = asking.unit("token/reading", "Tokens")
    assert (unit.msgstr, unit.fuzzy, unit.previous_msgid) == ("とーくん", True, "Token")


def test_nobody_is_told_that_a_machine_could_write_readings(asking: Site) -> None:
    assert "to translate" not in asking.run("sync", "--lang", "ja").out


def test_a_reviewed_reading_goes_behind_the_name_and_a_changed_one_in_its_place(
    asking: Site,
) -> None:
    before = asking.read(PAGE)
    read(asking, "とーくん")
    assert sync(asking) == [LOCK, PAGE]
    name, rest = before.split("\n", 2)[1:]
    assert asking.read(PAGE) == f"---\n{name}\nreading: とーくん\n{rest}"
    read(asking, "トークン")
    assert sync(asking) == [LOCK, PAGE]
    assert asking.read(PAGE) == f"---\n{name}\nreading: トークン\n{rest}"


@pytest.mark.parametrize(("text", "fuzzy"), [("", False), ("違う", True)])
def test_a_reading_that_is_taken_back_leaves_the_page_as_it_is(
    asking: Site, text: str, fuzzy: bool
) -> None:
    read(asking, "とーくん")
    sync(asking)
    page = asking.read(PAGE)
    read(asking, text, fuzzy=fuzzy)
    sync(asking)
    assert asking.read(PAGE) == page


def test_a_reading_that_a_person_wrote_into_the_page_is_the_units_and_stays(asking: Site) -> None:
    asking.change(PAGE, "slug: token", "reading: 'とおくん'  # 手書き\nslug: token")
    edited = asking.read(PAGE)
    assert sync(asking) == [LOCK, PO]
    assert asking.unit("token/reading", "Token").msgstr == "とおくん"
    assert asking.read(PAGE) == edited
    asking.translate("A piece of text.", "文章の断片。")
    sync(asking)
    assert "reading: 'とおくん'  # 手書き\nslug" in asking.read(PAGE)
    assert asking.read(PAGE) != edited
    read(asking, "とーくん")
    sync(asking)
    assert "reading: 'とーくん'  # 手書き\nslug" in asking.read(PAGE)


def test_a_reading_that_waits_for_review_is_not_published_with_drafts(
    asking: Site,
) -> None:
    asking.write("i18n.toml", OWN.replace("[locale", '[build]\npublish = "drafts"\n[locale'))
    read(asking, "とーくん", fuzzy=True)
    page = asking.read(PAGE)
    sync(asking)
    assert asking.read(PAGE) == page


def test_a_field_that_the_source_gave_up_stays_in_the_page_once_it_is_the_locales_own(
    reviewed: Site,
) -> None:
    reviewed.ask_nobody()
    reviewed.change("terms/en/token.md", "slug: token", "reading: token\nslug: token")
    sync(reviewed)
    page = reviewed.read(PAGE)
    assert "reading: token\n" in page
    reviewed.change("terms/en/token.md", "reading: token\n", "")
    reviewed.write("i18n.toml", OWN)
    sync(reviewed)
    assert reviewed.read(PAGE) == page


def test_terms_of_one_name_may_be_read_in_two_ways(asking: Site) -> None:
    asking.write(
        "terms/en/token-2.md", TERMS["terms/en/token.md"].replace("slug: token", "slug: token-2")
    )
    asking.run("sync", "--lang", "ja")
    read(asking, "とーくん")
    asking.run("sync", "--lang", "ja")
    assert asking.unit("token-2/reading", "Token").msgstr == ""
    read(asking, "しるし", slug="token-2")
    assert "reading" not in fields_told_of(asking.report("check", "--lang", "ja").out)


def test_readings_bear_no_witness_of_terminology(asking: Site) -> None:
    name = asking.unit("token/term", "Token").msgstr
    asking.write("glossaries/ja.csv", f"source,target\nToken,{name}\n")
    commands = [("glossary", verb, "--lang", "ja") for verb in ("check", "suggest")]
    before = [asking.report(*command).out for command in commands]
    for slug in ("token", "lora", "fine-tuning"):
        read(asking, "とーくん", slug=slug)
    assert [asking.report(*command).out for command in commands] == before


def test_a_page_that_nobody_adopted_is_left_alone(asking: Site) -> None:
    asking.write(LOCK, asking.read(LOCK).split("token", 1)[0])
    read(asking, "とーくん")
    page = asking.read(PAGE)
    asking.run("sync", "--lang", "ja")
    assert asking.read(PAGE) == page


def test_readings_of_a_field_no_longer_wanted_are_kept_and_come_back(asking: Site) -> None:
    read(asking, "とーくん")
    sync(asking)
    page = asking.read(PAGE)
    asking.write("i18n.toml", CONFIG)
    sync(asking)
    kept = [entry for entry in asking.po() if entry.msgctxt.endswith("/reading")]
    assert [(entry.msgstr, bool(entry.obsolete)) for entry in kept] == [("とーくん", True)]
    assert asking.read(PAGE) == page
    asking.write("i18n.toml", OWN)
    sync(asking)
    assert asking.unit("token/reading", "Token").msgstr == "とーくん"
    assert asking.read(PAGE) == page


def test_only_what_is_wrong_with_a_text_by_itself_is_said_of_a_reading(asking: Site) -> None:
    for text in ("Token 4", "Token", "Das ist länger, als jeder Name sein kann, und deutsch."):
        read(asking, text)
        ran = asking.report("check", "--lang", "ja")
        assert "reading" not in fields_told_of(ran.out)
    for text in ("と<b>く", "と\u202eく", "と{{ x }}"):
        read(asking, text)
        ran = asking.report("check", "--lang", "ja")
        assert (ran.code, "reading" in fields_told_of(ran.out)) == (65, True)
        page = asking.read(PAGE)
        assert asking.run("sync", "--lang", "ja").code == 65
        assert asking.read(PAGE) == page


def fields_told_of(out: str) -> list[str]:
    """The fields that the issues of a check are about."""
    return [one["field"] for one in json.loads(out)["locales"][0]["issues"]]


def test_a_field_that_the_source_has_too_is_an_error_at_its_place(asking: Site) -> None:
    asking.change("terms/en/token.md", "slug: token", "Reading: token\nslug: token")
    tree = asking.tree()
    ran = asking.run("sync", "--lang", "ja")
    assert ran.code == 78
    assert "terms/en/token.md:3:10: extra-in-source: `Reading` is a field of the source" in ran.err
    assert asking.tree() == tree
    assert asking.run("sync", "--lang", "de").code == 0


def test_readings_are_no_reason_to_wait_for_a_fresh_project(site: Site, deepl: Stub) -> None:
    site.write("i18n.toml", OWN)
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    site.review({"Token": "トークン"})
    read(site, "とーくん")
    ran = site.report("sync", "--lang", "ja")
    assert ran.locale()["terms"]["built"] == len(TERMS)
    assert "\nterm: トークン\nreading: とーくん\n" in site.read(PAGE)
    assert "reading" not in site.read("terms/ja/lora.md")


def test_a_rename_asks_a_person_to_look_at_the_reading_and_back_restores_it(asking: Site) -> None:
    name = asking.unit("token/term", "Token").msgstr
    read(asking, "とーくん")
    sync(asking)
    before = asking.read(PO)
    command = ("glossary", "rename", "--lang", "ja", "Token")
    assert asking.run(*command, name, "字句").code == 0
    unit = asking.unit("token/reading", "Token")
    assert (unit.msgstr, unit.fuzzy) == ("とーくん", True)
    assert asking.run(*command, "字句", name).code == 0
    assert asking.read(PO) == before
