"""`i18n glossary rename`: a term is called otherwise, and back again to the byte."""

from __future__ import annotations

import shutil

import pytest

from i18n_pipeline.durable import TEMPORARY
from tests.stubs.failing import OPEN, Calls, Refusing
from tests.stubs.site import Site

RENAME = ("glossary", "rename", "--lang", "ja")


@pytest.fixture
def renamed(site: Site) -> Site:
    """A project whose translators call a token トークン."""
    site.write(
        "glossaries/ja.csv",
        "source,target,forms,note\r\ntoken,トークン,トークン列|印,\r\nmodel,モデル,,x\r\n",
    )
    site.run("extract")
    site.translate("Token", "トークン")
    site.translate("A model reads tokens.", "モデルはトークンを読む。")
    site.translate("LoRA", "LoRA")
    site.run("sync", "--lang", "ja")
    return site


def test_a_term_is_called_otherwise_and_back_to_the_byte(renamed: Site) -> None:
    before = renamed.contents()
    ran = renamed.run(*RENAME, "token", "トークン", "詞元")
    assert ran.code == 0, ran.err
    assert "  glossaries/ja.csv:2: the entry\n" in ran.out
    assert "    - モデルはトークンを読む。\n    + モデルは詞元を読む。\n" in ran.out
    assert "  2 units need review now, the reason in a comment\n" in ran.out
    after = renamed.contents()
    assert {path for path in after if after[path] != before[path]} == {
        "glossaries/ja.csv",
        "locales/ja/terms.po",
    }
    assert "\r\ntoken,詞元,詞元列|印,\r\n" in renamed.read("glossaries/ja.csv")
    entry = renamed.unit("token/body", "A model")
    assert (entry.msgstr, entry.fuzzy) == ("モデルは詞元を読む。", True)
    reason = "i18n: renamed token: トークン → 詞元 (1 by itself, was reviewed, "
    assert entry.tcomment.startswith(reason)
    assert renamed.run(*RENAME, "token", "詞元", "トークン").code == 0
    assert renamed.contents() == before


def test_a_sync_in_between_changes_nothing_about_that(renamed: Site) -> None:
    before = renamed.contents()
    renamed.run(*RENAME, "token", "トークン", "詞元")
    assert renamed.run("sync", "--lang", "ja").code == 0
    renamed.run(*RENAME, "token", "詞元", "トークン")
    renamed.run("sync", "--lang", "ja")
    assert renamed.contents() == before


def test_a_preview_writes_nothing(renamed: Site) -> None:
    before = renamed.tree()
    ran = renamed.report(*RENAME, "token", "トークン", "詞元", "--preview")
    assert (ran.code, ran.json["changed"]) == (0, True)
    assert ran.json["written"] == ["glossaries/ja.csv", "locales/ja/terms.po"]
    units = ran.json["units"]
    assert isinstance(units, dict)
    assert [one["unit"] for one in units["changed"]] == ["token/term", "token/body"]
    assert renamed.tree() == before


def test_nothing_is_built_from_words_nobody_has_seen(renamed: Site) -> None:
    for source in ("Basics", "A piece of text."):
        renamed.translate(source, "基本" if source == "Basics" else "トークンは断片。")
    renamed.run("sync", "--lang", "ja")
    built = renamed.read("terms/ja/token.md")
    assert "モデルはトークンを読む。" in built
    renamed.run(*RENAME, "token", "トークン", "詞元")
    renamed.run("sync", "--lang", "ja")
    assert renamed.read("terms/ja/token.md") == built
    renamed.review()
    renamed.run("sync", "--lang", "ja")
    assert "モデルは詞元を読む。" in renamed.read("terms/ja/token.md")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("tokn", "トークン", "詞元"), "there is no term tokn in ja"),
        (("token", "断片", "詞元"), "token is not called 断片 in ja, but トークン"),
        (("token", "トークン", "トークン"), "must be two"),
        (("token", "トークン", " "), "the new rendering is empty"),
    ],
)
def test_what_cannot_be_renamed_is_told(
    renamed: Site, words: tuple[str, str, str], told: str
) -> None:
    before = renamed.tree()
    ran = renamed.run(*RENAME, *words)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert renamed.tree() == before


def test_a_glossary_that_would_contradict_itself_is_left_alone(renamed: Site) -> None:
    rows = "token,トークン,\ntoken,詞元,deprecated\n"
    renamed.write("glossaries/ja.csv", f"source,target,status\n{rows}")
    before = renamed.tree()
    ran = renamed.run(*RENAME, "token", "トークン", "詞元")
    assert ran.code == 65
    assert "glossaries/ja.csv:3:" in ran.err
    assert renamed.tree() == before


def test_gc_drops_what_was_said_where_people_have_reviewed_since(renamed: Site) -> None:
    renamed.run(*RENAME, "token", "トークン", "詞元")
    assert "i18n: renamed" in renamed.read("locales/ja/terms.po")
    renamed.run("gc", "--lang", "ja")
    assert "i18n: renamed" in renamed.read("locales/ja/terms.po")
    renamed.review()
    ran = renamed.run("gc", "--lang", "ja")
    assert "what a rename said of 2 units dropped: reviewed since\n" in ran.out
    assert "i18n: renamed" not in renamed.read("locales/ja/terms.po")


def test_a_rendering_that_another_term_has_is_told(renamed: Site) -> None:
    ran = renamed.run(*RENAME, "token", "トークン", "モデル", "--preview")
    assert "  モデル is the rendering of model already\n" in ran.out


def test_a_rename_that_could_not_write_the_glossary_is_finished_by_the_same_command(
    renamed: Site,
) -> None:
    twin = Site(renamed.root.with_name("twin"))
    shutil.copytree(renamed.root, twin.root)
    words = (*RENAME, "token", "トークン", "詞元")
    assert twin.run(*words).code == 0
    with Calls(renamed.root, Refusing(OPEN, f".ja.csv{TEMPORARY}")).counted():
        ran = renamed.run(*words)
    assert (ran.code, "glossaries/ja.csv cannot be written" in ran.err) == (73, True)
    assert renamed.run(*words).code == 0
    assert renamed.contents() == twin.contents()
    assert renamed.run(*words).code == 0
    assert renamed.contents() == twin.contents()
