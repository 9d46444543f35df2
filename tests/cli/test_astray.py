"""What sources lead to that is no term: it is told, and reaches no page without a person's look."""

from __future__ import annotations

from pathlib import Path

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


def test_a_slip_in_an_address_waits_for_a_person_until_it_is_mended(tmp_path: Path) -> None:
    site = reviewed(tmp_path, CONFIG + REWRITE)
    more(site, "It is [trained](/glossary/lora).")
    site.run("sync", "--lang", "ja")
    site.translate("It is [trained](/glossary/lora).", "[訓練](/glossary/lora)される。")
    site.run("sync", "--lang", "ja")
    before = site.contents()
    site.change(SOURCE, "(/glossary/lora)", "(/glossary/loras)")
    ran = site.report("sync", "--lang", "ja")
    assert ran.part("edits") == {
        "kept": 0,
        "patched": 0,
        "anew": 0,
        "review": {"link destination": 1},
    }
    assert site.contents()["terms/ja/token.md"] == before["terms/ja/token.md"]
    site.change(SOURCE, "(/glossary/loras)", "(/glossary/lora)")
    site.run("sync", "--lang", "ja")
    assert site.contents() == before


def test_from_one_term_to_another_a_link_is_led_without_a_look(tmp_path: Path) -> None:
    site = reviewed(tmp_path, CONFIG + REWRITE)
    more(site, "It is [trained](/glossary/lora).")
    site.run("sync", "--lang", "ja")
    site.translate("It is [trained](/glossary/lora).", "[訓練](/glossary/lora)される。")
    site.run("sync", "--lang", "ja")
    site.change(SOURCE, "(/glossary/lora)", "(/glossary/fine-tuning)")
    site.run("sync", "--lang", "ja")
    assert "[訓練](/ja/glossary/fine-tuning)される。" in site.read("terms/ja/token.md")
