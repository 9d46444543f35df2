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


@pytest.fixture
def proposing(reviewed: Site) -> Site:
    """A project whose translators also call a token 詞元, and a piece 断片."""
    rewrite = '[links.rewrite]\n"/glossary/{slug}" = "/ja/glossary/{slug}"\n'
    reviewed.write("i18n.toml", reviewed.read("i18n.toml") + rewrite)
    for slug in ("lora", "fine-tuning"):
        path = f"terms/en/{slug}.md"
        text = f"[Tokens](/glossary/token) are [pieces](/glossary/token). {slug}"
        reviewed.write(path, reviewed.read(path) + f"\n{text}\n")
        reviewed.run("extract")
        words = f"[詞元](/glossary/token)は[断片](/glossary/token)。{slug}"
        reviewed.translate(text, words)
    return reviewed


def test_what_a_person_accepts_goes_into_the_glossary(proposing: Site) -> None:
    before = "source,target,note\r\nmodel,モデル,x\r\nToken,トークン,\r\n"
    proposing.write("glossaries/ja.csv", before)
    suggest = ("glossary", "suggest", "--lang", "ja")
    assert proposing.run(*suggest).out.splitlines()[0] == "ja: 2 proposals"
    ran = proposing.run(*suggest, "--accept", "Token=詞元", "--dry-run")
    assert (ran.code, proposing.read("glossaries/ja.csv")) == (0, before)
    ran = proposing.run(*suggest, "--accept", "Token=詞元", "--accept", "pieces=断片")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "wrote glossaries/ja.csv")
    assert proposing.read("glossaries/ja.csv") == (
        "source,target,note,forms\r\nmodel,モデル,x\r\nToken,トークン,,詞元\r\npieces,断片,,\r\n"
    )
    assert proposing.run(*suggest).out == "ja: no proposals\n"


def test_a_form_of_a_term_that_nobody_listed_lists_it(proposing: Site) -> None:
    proposing.write("glossaries/ja.csv", b"")
    proposing.run("glossary", "suggest", "--lang", "ja", "--accept", "Token=詞元")
    assert proposing.read("glossaries/ja.csv") == "source,target,forms\nToken,トークン,詞元\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--lang", "ja", "--accept", "Token=印"), "Token=印 is not proposed for ja"),
        (("--accept", "all"), "--accept is for one locale"),
    ],
)
def test_what_is_not_proposed_is_not_accepted(
    proposing: Site, arguments: tuple[str, ...], told: str
) -> None:
    before = proposing.tree()
    ran = proposing.run("glossary", "suggest", *arguments)
    assert (ran.code, told in ran.err) == (2, True)
    assert proposing.tree() == before


def test_pages_that_nobody_adopted_are_told_not_to_count(site: Site) -> None:
    site.write("terms/ja/lora.md", "---\nterm: ローラ\nslug: lora\nlang: ja\n---\n")
    for command in ("list", "check", "suggest"):
        ran = site.run("glossary", command, "--lang", "ja")
        said = "ja: 1 page of people's, not adopted: neither names nor links of theirs count\n"
        assert said in ran.out
