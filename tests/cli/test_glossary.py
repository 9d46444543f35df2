"""`i18n glossary list`, `check` and `suggest` on a project."""

from __future__ import annotations

import pytest

from tests.stubs.site import Site


@pytest.fixture
def reviewed(site: Site) -> Site:
    """A project with required terminology, and people's translations of it."""
    site.write("glossaries/ja.csv", "source,target,forms,note\nmodel,モデル,模型,a model of text\n")
    site.write("glossaries/keep.csv", "source\nLoRA\n")
    site.run("extract")
    site.translate("Token", "トークン")
    site.translate("A model reads tokens.", "モデルは詞元を読む。")
    return site


def test_list_shows_what_is_in_force_and_on_whose_authority(reviewed: Site) -> None:
    ran = reviewed.run("glossary", "list", "--lang", "ja", "-v")
    assert ran.code == 0
    assert ran.out == (
        "ja: 2 entries, 1 name to keep\n"
        "  model → モデル\n"
        "      also: 模型\n"
        "      note: a model of text\n"
        "  Token → トークン (reviewed name)\n"
        "      Basics: A piece of text.\n"
        "  LoRA (kept)\n"
    )


def test_a_name_that_nobody_has_reviewed_is_proposed(reviewed: Site) -> None:
    reviewed.translate("Fine-Tuning", "微調整", fuzzy=True)
    ran = reviewed.run("glossary", "list", "--lang", "ja")
    assert "  Fine-Tuning → 微調整 (proposed name)\n" in ran.out


def test_check_tells_what_is_wrong_and_fails_on_contradictions(reviewed: Site) -> None:
    ran = reviewed.run("glossary", "check", "--lang", "ja")
    assert ran.code == 0
    assert ran.out == (
        "ja: 1 finding\n  warning: unused: `Token`: `トークン` is never used for it: token/body\n"
    )
    reviewed.write("glossaries/ja.csv", "source,target\ntoken,詞元\n")
    ran = reviewed.report("glossary", "check", "--lang", "ja")
    assert ran.code == ran.json["exit"] == 65
    assert ran.part("findings") == [
        {
            "fault": "contradiction",
            "severity": "error",
            "source": "Token",
            "message": "is `詞元` in the glossary, and its page is called `トークン`",
        }
    ]


def test_suggest_tells_what_could_be_added_and_where_it_stands(reviewed: Site) -> None:
    reviewed.translate("Further training of a model.", "モデルの追加訓練。")
    assert reviewed.run("glossary", "suggest", "--lang", "ja").out == "ja: no proposals\n"
    source = "[Tokens](/glossary/token) are read."
    for slug in ("lora", "fine-tuning"):
        path = f"terms/en/{slug}.md"
        reviewed.write(path, reviewed.read(path) + f"\n{source} {slug}\n")
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/ja/glossary/{slug}"\n'
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + rewrite)
    reviewed.run("extract")
    for slug in ("lora", "fine-tuning"):
        reviewed.translate(f"{source} {slug}", f"[詞元](/glossary/token)を読む。{slug}")
    ran = reviewed.report("glossary", "suggest", "--lang", "ja")
    assert ran.part("proposals") == [
        {
            "source": "Token",
            "target": "トークン",
            "words": "詞元",
            "why": "links",
            "places": ["fine-tuning/body", "lora/body"],
        }
    ]


def test_a_bad_glossary_is_told_and_the_other_locales_are_looked_at(reviewed: Site) -> None:
    reviewed.write("glossaries/ja.csv", "source,target\ntoken\n")
    ran = reviewed.run("glossary", "list")
    assert ran.code == 65
    assert "glossaries/ja.csv:2:" in ran.err
    assert "de: 0 entries" in ran.out
