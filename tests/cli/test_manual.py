"""Pages in people's hands: named in i18n.toml or marked themselves, and let go again."""

from __future__ import annotations

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, Site

SYNC = ("sync", "--lang", "ja")
PAGE = "terms/ja/token.md"
OWN = """\
---
manual: true
term: トークン
slug: token
lang: ja
---

自分で書いた。
"""


def units_of(site: Site, slug: str) -> list[str]:
    return [str(one) for one in site.po() if (one.msgctxt or "").startswith(f"{slug}/")]


def test_for_a_page_with_the_mark_nothing_is_drafted_sent_or_built(site: Site, deepl: Stub) -> None:
    site.write(PAGE, OWN)
    site.ask(deepl)
    ran = site.report(*SYNC)
    assert ran.code == 0
    assert (ran.locale()["terms"]["manual"], ran.locale()["terms"]["unadopted"]) == (1, 0)
    assert units_of(site, "token") == []
    assert site.read(PAGE) == OWN
    assert "  left to people (manual): token\n" in site.run("status", "--lang", "ja").out
    site.review()
    assert site.run(*SYNC, "--publish", "drafts").code == 0
    assert site.read(PAGE) == OWN
    assert (site.root / "terms/ja/lora.md").exists()


@pytest.mark.parametrize("value", ["true", "True", "yes", '"true"'])
def test_the_mark_is_read_as_yaml_has_it(site: Site, value: str) -> None:
    site.write(PAGE, OWN.replace("manual: true", f"manual: {value}"))
    assert site.report("status", "--lang", "ja").locale()["terms"]["manual"] == 1


@pytest.mark.parametrize("value", ["false", "no", "by the author", "[a]"])
def test_another_value_is_no_mark(site: Site, value: str) -> None:
    site.write(PAGE, OWN.replace("manual: true", f"manual: {value}"))
    assert site.report("status", "--lang", "ja").locale()["terms"]["manual"] == 0


def test_the_words_of_a_text_are_no_mark_and_a_page_that_is_damaged_keeps_its_own(
    site: Site,
) -> None:
    site.write(PAGE, OWN.replace("manual: true\n", "") + "\nmanual: true\n")
    assert site.report("status", "--lang", "ja").locale()["terms"]["manual"] == 0
    site.write(PAGE, OWN.replace("slug: token", "slug: token\nslug: token"))
    assert site.report("status", "--lang", "ja").locale()["terms"]["manual"] == 1


def test_a_field_that_the_source_has_as_well_is_no_mark(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", "slug: token", "manual: true\nslug: token")
    ran = reviewed.report(*SYNC)
    assert "manual: true" in reviewed.read(PAGE)
    assert ran.locale()["terms"]["manual"] == 0
    assert ran.locale()["terms"]["built"] == 3


def test_another_name_can_be_said_or_none(site: Site) -> None:
    site.write(PAGE, OWN.replace("manual: true", "hands-off: true"))
    site.write("i18n.toml", CONFIG + '[fields]\nmanual = "hands-off"\n')
    assert site.report("status", "--lang", "ja").locale()["terms"]["manual"] == 1
    site.write("i18n.toml", CONFIG + '[fields]\nmanual = ""\n')
    assert site.report("status", "--lang", "ja").locale()["terms"]["manual"] == 0


def test_units_of_a_term_taken_out_stay_as_they_are(reviewed: Site) -> None:
    before, page = units_of(reviewed, "token"), reviewed.read(PAGE)
    reviewed.write("i18n.toml", CONFIG + '[locale.ja]\nmanual = ["tok*"]\n')
    reviewed.change("terms/en/token.md", "A model reads tokens.", "A model counts tokens.")
    ran = reviewed.report(*SYNC)
    assert ran.code == 0
    assert ran.locale()["terms"] == {
        "total": 3, "complete": 2, "built": 2, "stale": 0, "unadopted": 0, "manual": 1,
    }  # fmt: skip
    assert (units_of(reviewed, "token"), reviewed.read(PAGE)) == (before, page)
    assert reviewed.report("plan", "--lang", "ja").locale()["estimate"]["requests"] == 0
    reviewed.write("i18n.toml", CONFIG)
    ran = reviewed.report(*SYNC)
    assert ran.locale()["terms"]["manual"] == 0
    assert ran.locale()["units"]["needs_review"] == 1


def test_a_page_marked_later_is_a_persons_when_the_mark_is_gone_again(reviewed: Site) -> None:
    built = reviewed.read(PAGE)
    reviewed.write(PAGE, built.replace("slug: token", "slug: token\nmanual: true") + "\n追加。\n")
    marked = reviewed.read(PAGE)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read(PAGE) == marked
    reviewed.change(PAGE, "manual: true\n", "")
    edited = reviewed.read(PAGE)
    ran = reviewed.run(*SYNC)
    assert ran.code == 0
    assert reviewed.read(PAGE) == edited
    reviewed.write(PAGE, built)
    assert reviewed.run(*SYNC).code == 0


def test_a_page_without_a_source_is_not_deleted(reviewed: Site) -> None:
    settings = '[build]\norphan = "delete"\n[locale.ja]\nmanual = ["token"]\n'
    reviewed.write("i18n.toml", CONFIG + settings)
    for slug in ("token", "lora"):
        (reviewed.root / f"terms/en/{slug}.md").unlink()
    reviewed.run(*SYNC)
    assert (reviewed.root / PAGE).exists()
    assert not (reviewed.root / "terms/ja/lora.md").exists()


def test_the_lock_remembers_a_page_that_is_left_to_people(reviewed: Site) -> None:
    before = reviewed.read("locales/ja/terms.lock")
    settings = '[build]\norphan = "delete"\n[locale.ja]\nmanual = ["token"]\n'
    reviewed.write("i18n.toml", CONFIG + settings)
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read("locales/ja/terms.lock") == before


def test_the_checks_look_at_its_units_all_the_same(reviewed: Site) -> None:
    reviewed.translate("A model reads tokens.", "モデルは[読む](https://evil.example/)。")
    reviewed.write("i18n.toml", CONFIG + '[locale.ja]\nmanual = ["token"]\n')
    before = reviewed.read("locales/ja/terms.po")
    ran = reviewed.report("check", "--lang", "ja")
    assert ran.code == 65
    issues = ran.part("issues")
    assert isinstance(issues, list)
    assert ("destinations", "token") in [(one["check"], one["slug"]) for one in issues]
    assert reviewed.run("check", "--lang", "ja", "--fix").code == 65
    assert reviewed.run(*SYNC).code == 0
    assert reviewed.read("locales/ja/terms.po") == before


def test_a_pattern_that_names_nothing_is_told(site: Site) -> None:
    site.write("i18n.toml", CONFIG + '[locale.ja]\nmanual = ["tokn"]\n')
    out = site.run("status", "--lang", "ja").out
    assert "  `manual` names tokn, and no term is called so\n" in out
