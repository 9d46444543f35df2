"""Adopting believes what shows whose translation it is: not places, not copies, not other pages."""

from __future__ import annotations

import pytest

from tests.stubs.repository import Repository
from tests.stubs.site import Site

CONFIG = """\
source = "en"
targets = ["de"]
"""

HEAD = """\
---
term: {name}
slug: {slug}
lang: {lang}
category: {category}
definition: {definition}
keywords: [{keywords}]
---
"""

EN = (
    HEAD.format(
        name="Token",
        slug="token",
        lang="en",
        category="Basics",
        definition="A piece of text.",
        keywords="one, two",
    )
    + """
## Overview

A token has 4 letters, see [the count](https://example.org/count).

It is short.

## Usage

Models read it, as `read()` does.

- Quick
- Cheap
"""
)

DE = (
    HEAD.format(
        name="Wortteil",
        slug="token",
        lang="de",
        category="Grundlagen",
        definition="Ein Stück Text.",
        keywords="eins, zwei",
    )
    + """
## Überblick

Ein Wortteil hat 4 Zeichen, siehe [die Zahlen](https://example.org/count).

Er bleibt kurz.

## Gebrauch

So liest es ein Modell, wie `read()`.

- Schnell
- Billig
"""
)

UNRELATED = (
    HEAD.format(
        name="Birne",
        slug="token",
        lang="de",
        category="Obst",
        definition="Eine Frucht.",
        keywords="süß, reif",
    )
    + """
## Herkunft

Die Birne wächst auf Bäumen, und man isst sie roh oder gekocht, gern mit Käse.

Sie ist reif.

## Sorten

Viele kennen die Williams Christ.

- Gelb
- Grün
"""
)
PO = "locales/de/terms.po"


@pytest.fixture
def site(site: Site) -> Site:
    for path in ("terms/en/lora.md", "terms/en/token.md", "terms/en/fine-tuning.md"):
        (site.root / path).unlink()
    for path, text in {
        "i18n.toml": CONFIG,
        "terms/en/token.md": EN,
        "terms/de/token.md": DE,
    }.items():
        site.write(path, text)
    return site


def reviewed(site: Site) -> set[str]:
    """The sources of what counts as done."""
    done = (one for one in site.po(PO) if one.msgstr and not one.fuzzy and not one.obsolete)
    return {one.msgid for one in done}


def adopted(site: Site) -> set[str]:
    ran = site.run("adopt")
    assert ran.code == 0, ran.err
    return reviewed(site)


def test_a_page_is_believed_but_for_what_nothing_tells_apart(site: Site) -> None:
    done = adopted(site)
    assert {"Overview", "It is short.", "Usage", "Token", "A piece of text."} <= done
    assert done.isdisjoint({"Quick", "Cheap"})
    assert "look at it: another text fits as well" in site.unit("token/body", "Quick", PO).comment


def test_nothing_of_a_page_on_another_topic_counts_as_reviewed(site: Site) -> None:
    site.write("terms/de/token.md", UNRELATED)
    assert adopted(site) == set()
    comment = site.unit("token/term", "Token", PO).comment
    assert "look at it: too little shows that this page translates its source" in comment


def test_exchanged_sections_are_no_reviewed_texts(site: Site) -> None:
    plain = "\n## Costs\n\nIt is dear.\n\n## Future\n\nIt will stay.\n"
    exchanged = "\n## Zukunft\n\nEr wird bleiben.\n\n## Kosten\n\nEr ist teuer.\n"
    site.write("terms/en/token.md", EN + plain)
    site.write("terms/de/token.md", DE + exchanged)
    assert adopted(site).isdisjoint({"Costs", "It is dear.", "Future", "It will stay."})


def test_a_later_edit_takes_no_paragraph_away_that_a_wrong_pair_names(site: Site) -> None:
    """The page has only the second of two paragraphs: the first is not what it says."""
    site.write("terms/en/token.md", EN.replace("It is short.", "It is short.\n\nIt is quick."))
    assert adopted(site).isdisjoint({"It is short.", "It is quick."})
    site.write("terms/en/token.md", EN.replace("It is short.", "It is quick."))
    site.run("sync")
    assert "Er bleibt kurz." in site.read("terms/de/token.md")


def test_english_of_few_words_on_a_half_translated_page_is_not_reviewed(site: Site) -> None:
    half = (
        DE.replace("Überblick", "Overview")
        .replace("Billig", "Cheap")
        .replace("eins, zwei", "one, two")
    )
    site.write("terms/de/token.md", half)
    assert adopted(site).isdisjoint({"Overview", "Cheap", "one\ntwo"})
    comment = site.unit("token/body", "Overview", PO).comment
    assert "look at it: it still says what its source says" in comment
    ran = site.report("status")
    assert ran.locale()["terms"]["complete"] == 0


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("glossaries/keep.csv", "name\nOverview\n"),
        ("glossaries/de.csv", "source,target\nOverview,Overview\n"),
    ],
)
def test_what_the_terminology_keeps_is_reviewed_as_it_is(site: Site, path: str, text: str) -> None:
    site.write(path, text)
    site.write("terms/de/token.md", DE.replace("Überblick", "Overview"))
    assert "Overview" in adopted(site)


def test_a_long_name_that_the_terminology_keeps_is_no_text_left_in_english(site: Site) -> None:
    name = "The Law of Large Numbers"
    site.write("glossaries/keep.csv", f"name\n{name}\n")
    site.write("terms/en/token.md", EN.replace("Overview", name))
    site.write("terms/de/token.md", DE.replace("Überblick", name))
    assert name in adopted(site)


def test_a_name_that_translated_texts_use_as_it_is_is_reviewed(site: Site) -> None:
    page = DE.replace("term: Wortteil", "term: Token").replace("Ein Wortteil", "Ein Token")
    site.write("terms/de/token.md", page)
    assert "Token" in adopted(site)


def test_a_copied_category_is_none_that_was_translated(site: Site) -> None:
    site.write("terms/de/token.md", DE.replace("Grundlagen", "Basics"))
    assert "Basics" not in adopted(site)


def test_a_heading_adopted_for_its_place_is_a_draft_on_other_pages(site: Site) -> None:
    other = EN.replace("slug: token", "slug: other").replace("term: Token", "term: Other")
    site.write("terms/en/other.md", other)
    assert "Usage" in adopted(site)
    assert "by its place" in site.unit("token/body", "Usage", PO).comment
    spread = site.unit("other/body", "Usage", PO)
    assert (spread.msgstr, spread.fuzzy) == ("Gebrauch", True)


def test_no_copy_spreads_as_reviewed(site: Site) -> None:
    site.write("glossaries/keep.csv", "name\nOverview\n")
    site.write("terms/de/token.md", DE.replace("Überblick", "Overview"))
    other = EN.replace("slug: token", "slug: other").replace("term: Token", "term: Other")
    site.write("terms/en/other.md", other)
    assert "Overview" in adopted(site)
    assert site.unit("other/body", "Overview", PO).fuzzy


def test_what_people_linked_on_their_page_is_found_by_check_and_fails_no_sync(site: Site) -> None:
    site.change("terms/de/token.md", "Ein Wortteil", "Ein [Wortteil](https://example.de/)")
    site.run("adopt")
    for command in (("sync",), ("status",), ("plan",), ("build",), ("sync", "--frozen")):
        assert site.run(*command).code == 0, command
    assert site.run("check").code == 65
    assert "(https://example.de/)" in site.read("terms/de/token.md")


def test_a_new_unsafe_text_is_refused_all_the_same(site: Site) -> None:
    site.run("adopt")
    site.write(
        PO, site.read(PO).replace("Er bleibt kurz.", "Er [bleibt](https://x.example/) kurz.")
    )
    assert site.run("sync").code == 65
    assert "x.example" not in site.read("terms/de/token.md")


def test_the_counts_of_adopt_are_those_of_the_runs_after_it(site: Site) -> None:
    repository = Repository(site.root)
    repository.commit("A term, and its translation")
    repository.commit("Five", {"terms/en/token.md": EN.replace("4 letters", "5 letters")})
    site.change("terms/de/token.md", "Er bleibt", "Er [bleibt](https://example.de/)")
    first = site.report("adopt").locale()
    for command in ("status", "sync", "status"):
        after = site.report(command).locale()
        assert (after["units"], after["terms"]) == (first["units"], first["terms"]), command
