"""`i18n mv`: a term gets another slug in every locale, and back again to the byte."""

from __future__ import annotations

import errno
import shutil
from itertools import count

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.failing import LIST, REMOVE, Call, Calls, Refusing
from tests.stubs.failing import SYNC as SYNCED
from tests.stubs.site import CONFIG, TERMS, Site

SYNC = ("sync", "--lang", "ja")
PO = "locales/ja/terms.po"
REWRITE = """\
[fields]
markdown = ["definition"]
[links.rewrite]
"/glossary/{slug}" = "/{locale}/glossary/{slug}"
"""
LINKS = """\
---
term: "Links"
slug: links
lang: en
category: Basics
definition: "See [a token](/glossary/token#top) first."
related: [lora,   "token"]   # both
---

> A quote with [a token](../token/) and
> [one more](/glossary/token?x=1#y), in
> `../token/` code.

| cell | other |
|---|---|
| [token](token.md "Token") | a \\| b |

- an item with <https://example.org/token> and
  [it](./token#part), **[bold](/glossary/token/)**
- [not it](/other/token), [nor that](tokens), [nor](../tokenizer/)

See [the definition][tok] and ![an image](token.png).

[tok]: </glossary/token> "The title"

```
[code](/glossary/token)
```
"""


@pytest.fixture
def linked(site: Site, deepl: Stub) -> Site:
    """A project with links of every kind, reviewed and built."""
    site.write("i18n.toml", CONFIG + REWRITE)
    site.write("terms/en/links.md", LINKS)
    site.ask(deepl)
    assert site.run(*SYNC).code == 0
    site.review()
    assert site.run(*SYNC).code == 0
    assert site.run("sync", "--lang", "de").code == 0
    return site


def test_a_term_gets_another_slug_and_nothing_else_changes(linked: Site) -> None:
    ran = linked.run("mv", "token", "piece")
    assert (ran.code, ran.err) == (0, "")
    assert not (linked.root / "terms/en/token.md").exists()
    assert not (linked.root / "terms/ja/token.md").exists()
    assert linked.read("terms/en/piece.md") == TERMS["terms/en/token.md"].replace(
        "slug: token", "slug: piece"
    )
    fine = linked.read("terms/en/fine-tuning.md")
    assert fine == TERMS["terms/en/fine-tuning.md"].replace("[lora, token]", "[lora, piece]")
    moved = linked.read("terms/en/links.md")
    expected = LINKS
    for old, new in (
        ("(/glossary/token#top)", "(/glossary/piece#top)"),
        ('"token"]   #', '"piece"]   #'),
        ("[a token](../token/)", "[a token](../piece/)"),
        ("(/glossary/token?x=1#y)", "(/glossary/piece?x=1#y)"),
        ("(token.md", "(piece.md"),
        ("(./token#part)", "(./piece#part)"),
        ("**[bold](/glossary/token/)**", "**[bold](/glossary/piece/)**"),
        ("</glossary/token>", "</glossary/piece>"),
    ):
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    assert moved == expected
    page = linked.read("terms/ja/links.md")
    assert "(/ja/glossary/piece?x=1#y)" in page
    assert "</ja/glossary/piece>" in page
    assert "/ja/glossary/token" not in page


def test_translations_stay_reviewed_and_a_sync_has_nothing_to_do(linked: Site) -> None:
    before = linked.report("status", "--lang", "ja").locale()
    assert linked.run("mv", "token", "piece").code == 0
    tree = linked.tree()
    ran = linked.report("sync")
    assert ran.code == 0
    assert ran.locale()["billed"]["characters"] == 0
    assert (ran.locale()["units"], ran.locale()["terms"]) == (before["units"], before["terms"])
    assert linked.tree() == tree
    entry = linked.unit("piece/body", "A model reads")
    assert (entry.fuzzy, entry.occurrences) == (False, [("terms/en/piece.md", "")])
    assert 'msgctxt "token/' not in linked.read(PO)


def test_the_way_back_gives_every_byte_back(linked: Site) -> None:
    before = linked.contents()
    linked.run("mv", "token", "piece")
    assert linked.run("mv", "piece", "token").code == 0
    assert linked.contents() == before


def test_a_sync_in_between_changes_nothing_about_that(linked: Site) -> None:
    before = linked.contents()
    linked.run("mv", "token", "piece")
    linked.run("sync")
    linked.run("mv", "piece", "token")
    linked.run("sync")
    assert linked.contents() == before


def test_what_a_check_said_of_a_link_moves_with_it(linked: Site) -> None:
    linked.translate("See [a token](/glossary/token#top) first.", "まず見る。")
    linked.run(*SYNC)
    before = linked.read(PO)
    assert "#. Check links: the link to `/glossary/token#top` is missing\n" in before
    linked.run("mv", "token", "piece")
    linked.run(*SYNC)
    assert "#. Check links: the link to `/glossary/piece#top` is missing\n" in linked.read(PO)
    linked.run("mv", "piece", "token")
    assert linked.read(PO) == before


def test_a_dry_run_says_it_all_and_writes_nothing(linked: Site) -> None:
    before = linked.tree()
    ran = linked.report("mv", "token", "piece", "--dry-run")
    assert ran.code == 0
    assert linked.tree() == before
    written = ran.json["written"]
    assert ran.json["moved"] == [
        {"from": "terms/en/token.md", "to": "terms/en/piece.md"},
        {"from": "terms/ja/token.md", "to": "terms/ja/piece.md"},
    ]
    assert linked.report("mv", "token", "piece").json["written"] == written


def test_what_is_left_to_a_person_is_told_with_its_line(linked: Site) -> None:
    linked.write("i18n.toml", CONFIG + REWRITE + '[budget]\npriority = ["token"]\n')
    ran = linked.report("mv", "token", "piece")
    found = ran.json["mentions"]
    assert isinstance(found, list)
    lines = {f"{one['path']}:{one['text']}" for one in found}
    assert 'i18n.toml:priority = ["token"]' in lines
    assert "terms/en/links.md:[code](/glossary/token)" in lines
    assert "terms/en/links.md:> `../token/` code." in lines
    assert not any("A model reads tokens" in line for line in lines)


def test_a_page_edited_by_hand_stays_one(linked: Site) -> None:
    linked.write("terms/ja/token.md", linked.read("terms/ja/token.md") + "\n追加。\n")
    edited = linked.read("terms/ja/token.md")
    linked.run("mv", "token", "piece")
    moved = linked.read("terms/ja/piece.md")
    assert moved == edited.replace("slug: token", "slug: piece")
    ran = linked.run(*SYNC)
    assert ran.code == 0
    assert linked.read("terms/ja/piece.md") == moved


def test_pages_of_people_move_as_well_and_stay_theirs(linked: Site) -> None:
    own = (
        "---\nslug: token\nlang: de\nrelated: [token]\n---\n\nEigen, [hier](/de/glossary/token).\n"
    )
    linked.write("terms/de/token.md", own)
    linked.run("mv", "token", "piece")
    assert linked.read("terms/de/piece.md") == own.replace("token", "piece")
    assert linked.report("sync", "--lang", "de").locale()["terms"]["unadopted"] == 1


def test_drafts_are_drafts_still(site: Site, deepl: Stub) -> None:
    site.write("i18n.toml", CONFIG + REWRITE)
    site.write("terms/en/links.md", LINKS)
    site.ask(deepl)
    site.run(*SYNC)
    site.run("mv", "token", "piece")
    ran = site.report("reject", "--lang", "ja", "--slug", "links")
    drafts = ran.part("drafts")
    assert isinstance(drafts, list)
    assert drafts.count("links/body") == 9


def test_a_catalog_of_its_own_moves_with_its_term(site: Site) -> None:
    site.write("i18n.toml", CONFIG + '[paths]\ncatalog = "locales/{locale}/{slug}.po"\n')
    site.run("extract")
    before = site.contents()
    assert site.run("mv", "token", "piece").code == 0
    assert not (site.root / "locales/ja/token.po").exists()
    assert site.po("locales/ja/piece.po")
    tree = site.tree()
    assert site.run("extract").code == 0
    assert site.tree() == tree
    site.run("mv", "piece", "token")
    assert site.contents() == before


@pytest.mark.parametrize("alias", ["--alias", "--alias=/{locale}/glossary/{slug}/"])
def test_the_old_address_can_be_kept_for_redirects(linked: Site, alias: str) -> None:
    ran = linked.run("mv", "token", "piece", alias)
    assert ran.code == 0, ran.err
    was = "token" if alias == "--alias" else "/en/glossary/token/"
    assert f'related: []\naliases: ["{was}"]\n---\n' in linked.read("terms/en/piece.md")
    page = linked.read("terms/ja/piece.md")
    assert f'aliases: ["{was.replace("/en/", "/ja/")}"]\n---\n' in page
    linked.run(*SYNC)
    before = linked.tree()
    assert linked.run(*SYNC).code == 0
    assert linked.read("terms/ja/piece.md") == page
    assert linked.tree() == before


def test_aliases_that_are_there_get_one_more(site: Site) -> None:
    site.write("i18n.toml", CONFIG + '[fields]\naliases = "redirect_from"\n')
    site.change("terms/en/token.md", "related: []", "related: []\nredirect_from: [a, b]")
    site.run("mv", "token", "piece", "--alias")
    assert "redirect_from: [a, b, token]\n" in site.read("terms/en/piece.md")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tokn", "piece"), "there is no term tokn"),
        (("token", "lora"), "there is a term lora already"),
        (("token", "Piece!"), "'Piece!' is no slug"),
        (("token", "a/piece"), "a/piece is in another folder than token"),
        (("token", "token"), "nothing would change"),
        (("token", "taken"), "terms/ja/taken.md is there already"),
    ],
)
def test_what_makes_no_sense_is_refused(linked: Site, words: tuple[str, str], said: str) -> None:
    linked.write("terms/ja/taken.md", "---\nslug: taken\nlang: ja\n---\n\nx\n")
    before = linked.tree()
    ran = linked.run("mv", *words)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert linked.tree() == before


def test_with_a_file_that_cannot_be_read_nothing_is_done(linked: Site) -> None:
    linked.write(PO, linked.read(PO) + "what is this\n")
    before = linked.tree()
    ran = linked.run("mv", "token", "piece")
    assert (ran.code, "nothing was done" in ran.out) == (65, True)
    assert linked.tree() == before


def test_texts_of_an_earlier_term_of_that_name_are_not_mixed_in(linked: Site) -> None:
    linked.write("terms/en/piece.md", TERMS["terms/en/token.md"].replace("token", "piece"))
    linked.change("terms/en/piece.md", "A model reads pieces.", "A model reads tokens.")
    linked.run(*SYNC)
    linked.review({"A model reads tokens.": "べつの訳。"})
    linked.run(*SYNC)
    (linked.root / "terms/en/piece.md").unlink()
    linked.run(*SYNC)
    (linked.root / "terms/ja/piece.md").unlink()
    before = linked.tree()
    ran = linked.run("mv", "token", "piece")
    assert ran.code == 65
    assert f"{PO}: units-in-the-way: texts of an earlier piece are kept here" in ran.err
    assert linked.tree() == before


def test_a_move_that_was_killed_is_finished_by_the_same_command(linked: Site) -> None:
    before = linked.contents()
    linked.run("mv", "token", "piece")
    after = linked.contents()
    for path in set(before) - set(after):
        linked.write(path, before[path])
    assert linked.run("mv", "token", "piece").code == 0
    assert linked.contents() == after


def test_a_page_taken_back_stays_so_and_can_be_given_back(linked: Site) -> None:
    linked.run("unpublish", "token", "--lang", "ja")
    linked.run("mv", "token", "piece")
    assert linked.run(*SYNC).code == 0
    assert not (linked.root / "terms/ja/piece.md").exists()
    ran = linked.report("unpublish", "piece", "--lang", "ja", "--undo")
    assert ran.part("reviewed_again") == ["piece/body", "piece/definition", "piece/term"]


def test_toml_and_crlf_are_kept(site: Site) -> None:
    own = site.read("terms/en/token.md").replace("\n", "\r\n")
    site.write("terms/en/token.md", own)
    toml = (
        '+++\nterm = "T"\nslug = "toml"\nlang = "en"\nrelated = ["token", "lora"]\n+++\n\nText.\n'
    )
    site.write("terms/en/toml.md", toml)
    site.run("mv", "token", "piece", "--alias")
    moved = own.replace("slug: token", "slug: piece")
    assert site.read("terms/en/piece.md") == moved.replace(
        "related: []\r\n", 'related: []\r\naliases: ["token"]\r\n'
    )
    assert site.read("terms/en/toml.md") == toml.replace('"token"', '"piece"')
    site.run("mv", "toml", "yaml", "--alias")
    assert site.read("terms/en/yaml.md").startswith('+++\naliases = ["toml"]\nterm = "T"\n')


@pytest.mark.parametrize("folder", ["terms/en", "terms/ja"])
@pytest.mark.parametrize("look", [2, 3])  # the first is for what a killed run left
def test_a_folder_that_cannot_be_listed_for_a_moment_moves_nothing(
    linked: Site, folder: str, look: int
) -> None:
    looks = count(1)

    def failing(call: Call) -> None:
        if call.path == linked.root / folder and next(looks) == look:
            raise OSError(errno.EIO, "Input/output error", str(call.path))

    before = linked.contents()
    with Calls(linked.root, failing, frozenset({LIST})).counted():
        ran = linked.run("mv", "token", "piece")
    assert (ran.code, f"{folder}: cannot-read" in ran.err) == (65, True), ran
    assert linked.contents() == before


def test_a_move_that_could_not_remove_a_page_is_finished_by_the_same_command(linked: Site) -> None:
    twin = Site(linked.root.with_name("twin"))
    shutil.copytree(linked.root, twin.root)
    assert twin.run("mv", "token", "piece").code == 0
    with Calls(linked.root, Refusing(REMOVE, "terms/ja/.token.md.i18n-tmp")).counted():
        ran = linked.run("mv", "token", "piece")
    assert (ran.code, "terms/ja/token.md cannot be written" in ran.err) == (73, True)
    assert linked.run("mv", "token", "piece").code == 0
    assert linked.contents() == twin.contents()


def test_a_move_whose_last_step_is_not_confirmed_says_so_and_that_nothing_is_left_to_do(
    linked: Site,
) -> None:
    twin = Site(linked.root.with_name("twin"))
    shutil.copytree(linked.root, twin.root)
    assert twin.run("mv", "token", "piece").code == 0
    source, before = linked.root / "terms/en/token.md", linked.read("terms/en/token.md")

    def failing(call: Call) -> None:
        if call.path == source.parent and not source.exists():
            raise OSError(errno.EIO, "Input/output error", str(call.path))

    with Calls(linked.root, failing, frozenset({SYNCED})).counted():
        ran = linked.run("mv", "token", "piece")
    assert ran.code == 73
    assert "terms/en: what was changed there cannot be synced: Input/output error" in ran.err
    assert "it is in its place" in ran.err
    assert linked.contents() == twin.contents()
    again = linked.run("mv", "token", "piece")
    assert (again.code, "there is no term token, and there is piece" in again.err) == (2, True)
    assert "nothing is left to do" in again.err
    linked.write("terms/en/token.md", before)  # a power cut has undone it
    assert linked.run("mv", "token", "piece").code == 0
    assert linked.contents() == twin.contents()


def test_a_term_that_cannot_be_read_is_told_as_that(linked: Site) -> None:
    linked.write("terms/en/token.md", "---\nterm: [\n---\n")
    ran = linked.run("mv", "token", "piece")
    assert (ran.code, "terms/en/token.md:" in ran.err) == (65, True)
