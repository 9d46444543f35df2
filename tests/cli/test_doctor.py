"""`i18n doctor`: what is damaged, and mending it without a review."""

from __future__ import annotations

import pytest

from tests.stubs.site import Site


@pytest.fixture
def damaged(site: Site) -> Site:
    """A project with mojibake in a source, and a translation of it that has some too."""
    site.change("terms/en/token.md", "A model reads tokens.", "A model reads tokens â€” always.")
    site.run("extract")
    site.translate("A model reads tokens â€” always.", "モデルはトークンを読むâ€”いつも。")
    site.translate("Token", "トークン")
    return site


def test_it_tells_what_is_damaged_and_writes_nothing(damaged: Site) -> None:
    before = damaged.tree()
    ran = damaged.run("doctor")
    assert ran.code == 65
    lines = ran.out.splitlines()
    assert lines[:3] == [
        "terms/en/token.md:10: mojibake",
        "  -A model reads tokens â€” always.",
        "  +A model reads tokens — always.",
    ]
    assert lines[3].startswith("locales/ja/terms.po:")
    assert lines[4:] == [
        "  -モデルはトークンを読むâ€”いつも。",
        "  +モデルはトークンを読む—いつも。",
        "2 texts to repair: i18n doctor --fix-mojibake --yes",
    ]
    assert damaged.run("doctor", "--fix-mojibake").code == 65  # nobody is there to say yes
    assert damaged.tree() == before


def test_a_repair_costs_no_review(damaged: Site) -> None:
    ran = damaged.report("doctor", "--fix-mojibake", "--yes")
    assert (ran.code, ran.json["written"]) == (
        0,
        ["locales/de/terms.po", "locales/ja/terms.po", "terms/en/token.md"],
    )
    assert "A model reads tokens — always.\n" in damaged.read("terms/en/token.md")
    entry = damaged.unit("token/body", "A model reads")
    assert (entry.msgid, entry.msgstr, entry.fuzzy) == (
        "A model reads tokens — always.",
        "モデルはトークンを読む—いつも。",
        False,
    )
    assert damaged.run("extract").code == 0
    assert damaged.unit("token/body", "A model reads") == entry
    assert "source-mojibake" not in damaged.read("locales/de/terms.po")
    assert damaged.run("doctor").out == "nothing is damaged\n"


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_mended(damaged: Site) -> None:
    damaged.write("terms/en/lora.md", "---\nterm: LoRA\n")
    ran = damaged.run("doctor", "--fix-mojibake", "--yes")
    assert ran.code == 65
    assert "terms/en/lora.md:1:" in ran.err
    assert "wrote terms/en/token.md\n" in ran.out


def test_where_nothing_is_damaged_nothing_is_written(site: Site) -> None:
    before = site.tree()
    assert site.run("doctor", "--fix-mojibake", "--yes").out == "nothing is damaged\n"
    assert site.tree() == before
