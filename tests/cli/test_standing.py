"""`i18n status --slug`: why a page is not live, who can change that, and how."""

from __future__ import annotations

from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, Site

SENTENCE = "A model reads tokens."


def told(site: Site, slug: str = "token", *arguments: str) -> str:
    """The lines about a term, without those about the locale."""
    out = site.run("status", "--lang", "ja", "--slug", slug, *arguments).out
    lines = [line for line in out.splitlines()[1:] if "source edits:" not in line]
    end = next((n for n, line in enumerate(lines) if line[2:3] != " " and n), len(lines))
    return "\n".join(line[2:] for line in lines[:end])


def test_a_page_that_is_live_is_named(reviewed: Site) -> None:
    assert told(reviewed) == "token is live in ja: terms/ja/token.md"


def test_a_page_with_an_address_is_named_by_it(reviewed: Site) -> None:
    reviewed.write("i18n.toml", CONFIG + '[site]\nurl = "https://acme.example/{locale}/{slug}"\n')
    assert told(reviewed) == "token is live in ja: https://acme.example/ja/token"


def test_what_is_not_translated_is_for_a_translator_or_a_machine(site: Site) -> None:
    site.run("extract")
    assert told(site) == (
        "token is not live in ja:\n"
        "  4 texts have no translation: locales/ja/terms.po:90\n"
        "    → a translator or a machine, i18n sync --lang ja --slug token"
    )


def test_a_draft_is_for_a_reviewer(drafted: Site) -> None:
    said = told(drafted)
    assert "  4 texts wait for review (4 drafted): locales/ja/terms.po:" in said
    assert said.endswith("    → a reviewer, i18n review --lang ja --slug token")


def test_an_edit_of_the_source_says_so_beside_the_older_page(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", SENTENCE, "A model reads tokens, one by one.")
    reviewed.ask_nobody()
    said = told(reviewed)
    assert said.startswith("token is not live in ja (what readers have: terms/ja/token.md):\n")
    assert "1 text waits for review (1 whose source was edited)" in said


def test_asking_for_one_term_changes_no_number(site: Site, deepl: Stub) -> None:
    """A page that will link to another, once that is built, is stale whoever is asked for."""
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
    site.write("i18n.toml", CONFIG + rewrite)
    site.change("terms/en/token.md", "reads tokens", "reads [LoRA](/glossary/lora)")
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    site.review()
    site.run("build", "--lang", "ja", "--slug", "token")
    numbers = site.report("status", "--lang", "ja").locale()["terms"]
    assert numbers["stale"] == 1
    for slug in ("token", "lora"):
        asked = site.report("status", "--lang", "ja", "--slug", slug)
        assert asked.locale()["terms"] == numbers


def test_what_is_reviewed_and_not_built_yet_needs_only_a_command(drafted: Site) -> None:
    drafted.review()
    assert told(drafted) == (
        "token is not live in ja:\n"
        "  everything is reviewed, and the page is not built\n"
        "    → whoever keeps the project, i18n build --lang ja --slug token"
    )
    assert drafted.run("build", "--lang", "ja", "--slug", "token").code == 0
    assert told(drafted) == "token is live in ja: terms/ja/token.md"


def test_a_text_that_safety_keeps_out_names_the_check(reviewed: Site) -> None:
    reviewed.translate(SENTENCE, "[ここ](https://evil.example)")
    said = told(reviewed)
    assert "  destinations keeps a text out of the page, `https://evil.example` is neither" in said
    assert "→ a translator, i18n review --lang ja --slug token" in said


def test_a_persons_page_has_to_be_adopted(site: Site) -> None:
    site.write("terms/ja/token.md", "---\nterm: トークン\nslug: token\nlang: ja\n---\n\n読む。\n")
    assert told(site).splitlines()[1:] == [
        "  a person's page that nobody has adopted: terms/ja/token.md",
        "    → whoever keeps the project, i18n adopt --lang ja --slug token",
    ]


def test_a_page_taken_back_waits_for_all_of_its_reviews(site: Site, deepl: Stub) -> None:
    site.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    site.run("unpublish", "token", "--lang", "ja")
    assert "  the page was taken back, until all of it is reviewed\n" in told(site)


def test_a_page_that_is_left_to_people_says_so(site: Site) -> None:
    site.write("i18n.toml", CONFIG + '[locale.ja]\nmanual = ["token"]\n')
    assert "  it is left to people (manual)\n    → a translator" in told(site)


def test_a_source_that_is_left_out_or_broken_is_its_authors(site: Site) -> None:
    site.change("terms/en/token.md", "related: []", "draft: true")
    assert "  the source is left out (`skip` in i18n.toml)\n    → the source's author" in told(site)
    site.write("terms/en/token.md", "---\nterm: [\n---\n")
    said = told(site)
    assert "  the source cannot be read, " in said
    assert ": terms/en/token.md:3\n    → the source's author" in said


def test_drafts_that_are_published_are_no_reviewed_page(site: Site, deepl: Stub) -> None:
    site.write("i18n.toml", CONFIG + '[build]\npublish = "drafts"\n')
    site.ask(deepl)
    site.run("sync", "--lang", "ja")
    assert told(site).startswith("token is not live in ja (what readers have: terms/ja/token.md):")


def test_the_json_has_the_same(drafted: Site) -> None:
    ran = drafted.report("status", "--lang", "ja", "--slug", "token")
    standings = ran.part("standings")
    assert isinstance(standings, list)
    (standing,) = standings
    assert standing["state"] == "needs review"
    assert standing["live"] is False
    assert [one["who"] for one in standing["blockers"]] == ["a reviewer"]
    assert "standings" not in drafted.report("status", "--lang", "ja").locale()
