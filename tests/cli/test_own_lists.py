"""Lists of a vocabulary that a person changed in one page."""

from __future__ import annotations

import pytest

from tests.stubs.site import CONFIG, Site

ENGLISH, PAGE, OTHER = "terms/en/lora.md", "terms/ja/lora.md", "terms/ja/token.md"
SYNC = ("sync", "--lang", "ja")
TAGS = "tags: [⟦ja:one⟧, ⟦ja:two⟧, ⟦ja:three⟧]"


@pytest.fixture
def tagged(site: Site) -> Site:
    """Two terms with the same three tags, translated and built."""
    site.write("i18n.toml", CONFIG + '[fields]\nvocabulary = ["category", "tags"]\n')
    for path in (ENGLISH, "terms/en/token.md"):
        text = site.read(path)
        site.write(path, text.replace("related:", "tags: [one, two, three]\nrelated:"))
    site.run(*SYNC)
    catalog = site.po()
    for unit in catalog:
        unit.msgstr, unit.flags = f"⟦ja:{unit.msgid}⟧", []
        if unit.msgid in ("LoRA", "Token"):
            unit.msgstr = unit.msgid
    site.write("locales/ja/terms.po", str(catalog))
    assert site.run(*SYNC).code == 0
    assert TAGS in site.read(PAGE)
    return site


@pytest.mark.parametrize(
    "tags",
    [
        "tags: [⟦ja:one⟧, 新しい]",
        "tags: [⟦ja:two⟧, ⟦ja:one⟧]",
        "tags: [新しい]",
        "tags: []",
        "tags: [⟦ja:one⟧, ⟦ja:two⟧, ⟦ja:three⟧, 四つ目]",
        "tags: [⟦ja:three⟧, ⟦ja:one⟧, ⟦ja:two⟧]",
    ],
)
def test_longer_shorter_or_in_another_order_it_is_the_pages_own(tagged: Site, tags: str) -> None:
    tagged.change(PAGE, TAGS, tags)
    page, other, po = tagged.read(PAGE), tagged.read(OTHER), tagged.read("locales/ja/terms.po")
    ran = tagged.run(*SYNC)
    assert ran.code == 0
    assert "`tags` is the page's own list from now on" in ran.out
    assert (tagged.read(PAGE), tagged.read(OTHER)) == (page, other)
    assert tagged.read("locales/ja/terms.po") == po
    before = tagged.tree()
    assert tagged.run(*SYNC).code == 0
    assert tagged.tree() == before
    tagged.translate("Only small layers are trained.", "小さな層だけを学習する。")
    assert tagged.run(*SYNC).code == 0
    assert tags in tagged.read(PAGE)


def test_a_blank_item_makes_no_list_the_pages_own(tagged: Site) -> None:
    tagged.change("terms/en/lora.md", "tags: [one, two, three]", 'tags: [one, two, ""]')
    assert tagged.run(*SYNC).code == 0
    tagged.change(PAGE, "⟦ja:Only small layers are trained.⟧", "小さな層だけを学習する。")
    ran = tagged.run(*SYNC)
    assert "took in 1 text from 1 edited file" in ran.out
    assert "own list" not in ran.out
    tagged.change("terms/en/lora.md", 'tags: [one, two, ""]', "tags: [three, two]")
    assert tagged.run(*SYNC).code == 0
    assert "tags: [⟦ja:three⟧, ⟦ja:two⟧]" in tagged.read(PAGE)


def test_a_source_with_another_list_reaches_a_page_that_nobody_changed(tagged: Site) -> None:
    tagged.change(ENGLISH, "tags: [one, two, three]", "tags: [two, one]")
    ran = tagged.run(*SYNC)
    assert ran.code == 0
    assert "tags: [⟦ja:two⟧, ⟦ja:one⟧]" in tagged.read(PAGE)
