"""What sources lead to that is no term: it is told, and a text that an edit led there waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_source_edits import reviewed
from tests.stubs.site import CONFIG, Site

REWRITE = '[links.rewrite]\n"/glossary/{slug}" = "/{locale}/glossary/{slug}"\n'
SOURCE = "terms/en/token.md"


def test_a_slip_among_related_terms_is_told_with_its_line(site: Site) -> None:
    site.change("terms/en/fine-tuning.md", "related: [lora, token]", "related: [lora, tokn]")
    ran = site.run("check", "--lang", "ja")
    place = "terms/en/fine-tuning.md:7: note: `tokn` is related, and there is no such term"
    assert f"{place} (did you mean token?)\n" in ran.out
    assert "tokn" not in site.run("status", "--lang", "ja").out


def more(site: Site, text: str) -> int:
    """Write more into a term; the line on which it begins."""
    before = site.read(SOURCE)
    site.write(SOURCE, f"{before}\n{text}\n")
    return len(before.splitlines()) + 2


def notes(site: Site) -> list[str]:
    """What a check tells of the addresses in that term."""
    out = site.run("check", "--lang", "ja").out
    return [line for line in out.splitlines() if line.startswith(f"{SOURCE}:")]


def test_a_link_that_leads_to_no_term_is_told_with_its_line(site: Site) -> None:
    site.write("i18n.toml", CONFIG + REWRITE)
    links = "[a](/glossary/tokn) [b](/glossary/lora#top) [c](/about/) ![](/glossary/x.png) [d][e]"
    line = more(site, f"{links}\n\n[e]: </glossary/other> 'A title'")
    assert notes(site) == [
        f"{SOURCE}:{line}: note: `/glossary/tokn` is the address of no term (did you mean token?)",
        f"{SOURCE}:{line + 2}: note: `/glossary/other` is the address of no term",
    ]


def test_what_may_be_linked_to_anyway_is_not_astray(site: Site) -> None:
    site.write("i18n.toml", f'{CONFIG}[links]\nallow = ["/glossary/other*"]\n{REWRITE}')
    more(site, "[a](/glossary/others)")
    assert notes(site) == []


def test_where_any_page_has_such_an_address_only_what_nearly_is_a_terms_is_astray(
    site: Site,
) -> None:
    site.write("i18n.toml", f'{CONFIG}[links.rewrite]\n"/{{slug}}/" = "/{{locale}}/{{slug}}/"\n')
    line = more(site, "[a](/tokens/) [b](/community/)")
    assert notes(site) == [
        f"{SOURCE}:{line}: note: `/tokens/` is the address of no term (did you mean token?)"
    ]


@pytest.mark.parametrize(
    ("rewrite", "links"),
    [
        (
            "/glossary/{slug}",
            "[a](/glossary/feed.xml) [b](/glossary/images/x) [c](/glossary/index) <https://a.example/glossary/x>",
        ),
        (
            "{slug}.md",
            "[a](../README.md) [b](CONTRIBUTING.md) [c](https://a.example/b/main/about.md)",
        ),
    ],
)
def test_what_need_not_be_a_terms_is_none(site: Site, rewrite: str, links: str) -> None:
    site.write("i18n.toml", f'{CONFIG}[links.rewrite]\n"{rewrite}" = "/{{locale}}/{rewrite}"\n')
    more(site, links)
    assert notes(site) == []


TRAINED = "It is [trained](/glossary/lora)."


@pytest.fixture
def linked(tmp_path: Path) -> Site:
    """A project in which a reviewed text leads to a term."""
    site = reviewed(tmp_path, CONFIG + REWRITE)
    more(site, TRAINED)
    site.run("sync", "--lang", "ja")
    site.translate(TRAINED, "[訓練](/glossary/lora)される。")
    site.run("sync", "--lang", "ja")
    return site


def edits(site: Site, old: str, new: str) -> object:
    """What comes of an author's edit of an address."""
    site.change(SOURCE, f"(/{old})", f"(/{new})")
    return site.report("sync", "--lang", "ja").part("edits")


HELD = {"kept": 0, "patched": 0, "anew": 0, "review": {"link destination": 1}}
LED = {"kept": 0, "patched": 1, "anew": 0, "review": {}}


def test_a_slip_in_an_address_waits_for_a_person_until_it_is_mended(linked: Site) -> None:
    before = linked.contents()
    assert edits(linked, "glossary/lora", "glossary/loras") == HELD
    assert linked.contents()["terms/ja/token.md"] == before["terms/ja/token.md"]
    edits(linked, "glossary/loras", "glossary/lora")
    assert linked.contents() == before


def test_a_slip_that_was_meant_for_another_term_leads_there_once_it_is_mended(linked: Site) -> None:
    edits(linked, "glossary/lora", "glossary/fine-tunin")
    edits(linked, "glossary/fine-tunin", "glossary/fine-tuning")
    assert "[訓練](/ja/glossary/fine-tuning)される。" in linked.read("terms/ja/token.md")
    assert linked.report("check", "--lang", "ja").code == 0


def test_what_led_to_no_term_yet_is_led_to_it_when_it_comes(linked: Site) -> None:
    assert edits(linked, "glossary/lora", "glossary/qlora") == HELD
    lora = linked.read("terms/en/lora.md")
    linked.write("terms/en/qlora.md", lora.replace("slug: lora", "slug: qlora"))
    assert linked.report("sync", "--lang", "ja").part("edits") == LED
    assert linked.unit("token/body", "It is").msgstr == "[訓練](/glossary/qlora)される。"
    assert "[訓練](/ja/glossary/qlora)される。" in linked.read("terms/ja/token.md")


def test_what_a_person_marked_waits_although_its_address_was_a_slip(linked: Site) -> None:
    edits(linked, "glossary/lora", "glossary/fine-tunin")
    source = "It is [trained](/glossary/fine-tunin)."
    linked.translate(source, "[訓練済み](/glossary/fine-tunin)。", fuzzy=True)
    edits(linked, "glossary/fine-tunin", "glossary/fine-tuning")
    unit = linked.unit("token/body", "It is")
    assert (unit.msgstr, unit.fuzzy) == ("[訓練済み](/glossary/fine-tunin)。", True)


@pytest.mark.parametrize("new", ["glossary/fine-tuning", "glossary/perplexity", "about/"])
def test_what_is_no_slip_is_led_without_a_look(linked: Site, new: str) -> None:
    assert edits(linked, "glossary/lora", new) == LED
    assert "/lora)" not in linked.read("terms/ja/token.md")
