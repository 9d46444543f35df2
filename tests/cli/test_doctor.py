"""`i18n doctor`: what is damaged, and mending it without a review."""

from __future__ import annotations

import pytest

from tests.stubs.repository import Repository
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
    ran = damaged.run("doctor", "--fix-mojibake")
    assert (ran.code, ran.err) == (65, "nothing was written: --yes writes 3 files\n")
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


def disputed(site: Site, style: str) -> Repository:
    """A project in which two branches translated one text and built its page; merged by lines."""
    repository = Repository(site.root)
    repository.git("config", "merge.conflictStyle", style)
    repository.commit("Begin")
    repository.git("switch", "--quiet", "-c", "grace")
    site.translate("A piece of text.", "文章の一片。")
    assert site.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    repository.git("switch", "--quiet", "main")
    site.translate("A piece of text.", "テキストの断片。")
    assert site.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert not repository.merge("grace")
    return repository


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_what_git_left_torn_is_told_with_its_lines_and_made_whole(
    reviewed: Site, style: str
) -> None:
    repository = disputed(reviewed, style)
    repository.git("checkout", "--ours", "terms/ja/token.md")
    po, lock = "locales/ja/terms.po", "locales/ja/terms.lock"
    lines = reviewed.read(po).split("\n")
    first = lines.index("<<<<<<< HEAD") + 1
    last = lines.index(">>>>>>> grace") + 1
    told = reviewed.run("status", "--lang", "ja").err
    assert f"{po}:{first}:1: conflict-marker: a merge conflict was not resolved, " in told
    assert f"lines {first} to {last} (`token/definition`)" in told
    assert "i18n doctor --fix-conflicts joins both sides" in told

    before = reviewed.tree()
    ran = reviewed.run("doctor")
    assert (ran.code, reviewed.tree()) == (65, before)
    assert f"{po}:{first}: conflict up to line {last}\n" in ran.out
    assert "`token/definition`: two people's texts; one waits in a comment" in ran.out
    assert "  -<<<<<<< HEAD\n" in ran.out
    assert "  +# i18n: | 文章の一片。\n" in ran.out
    assert ran.out.endswith("2 files to make whole: i18n doctor --fix-conflicts\n")

    ran = reviewed.report("doctor", "--fix-conflicts")
    assert (ran.code, ran.json["written"]) == (0, [lock, po])
    unit = reviewed.unit("token/definition", "A piece")
    assert (unit.msgstr, unit.fuzzy) == ("テキストの断片。", True)
    assert "i18n: | 文章の一片。" in unit.tcomment
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, ran.errors) == (3, [])
    assert "edited by hand" not in str(ran.part("notes"))
    assert reviewed.run("doctor").out == "nothing is damaged\n"


def test_a_conflict_that_nothing_can_join_is_told_as_one(reviewed: Site) -> None:
    po = "locales/ja/terms.po"
    torn = '<<<<<<< HEAD\nmsgstr "a"\n=======\nmsgstr "b"\n>>>>>>> x\n'
    reviewed.write(po, reviewed.read(po).replace("\n\n", f"\n\n{torn}", 1))
    first = reviewed.read(po).split("\n").index("<<<<<<< HEAD") + 1
    before = reviewed.tree()
    ran = reviewed.run("doctor", "--fix-conflicts", "--yes")
    assert (ran.code, reviewed.tree()) == (65, before)
    assert f"{po}:{first}:1: conflict-marker: a merge conflict was not resolved" in ran.err
    assert "keep the lines that you want, and delete the marker lines" in ran.err


def test_pages_with_conflict_markers_are_told_and_lock_lines_are_short(reviewed: Site) -> None:
    disputed(reviewed, "merge")
    page = "terms/ja/token.md"
    reviewed.write(
        "terms/ja/lora.md", reviewed.read("terms/ja/lora.md") + "\n```\n<<<<<<< x\n```\n"
    )
    ran = reviewed.run("doctor")
    line = reviewed.read(page).split("\n").index("<<<<<<< HEAD") + 1
    assert f"{page}:{line}:1: conflict-marker: a merge conflict was not resolved" in ran.err
    assert f"take either side (git checkout --ours -- {page})" in ran.err
    assert "terms/ja/lora.md" not in ran.err
    assert max(map(len, ran.out.splitlines())) <= 110
    assert len(max(reviewed.read("locales/ja/terms.lock").splitlines(), key=len)) > 300


def test_a_conflict_in_a_lock_is_named_by_its_term(reviewed: Site) -> None:
    lock = "locales/ja/terms.lock"
    text = reviewed.read(lock)
    entry = text[text.index("\ntoken\n") + 1 : text.index("\n\n", text.index("\ntoken\n")) + 1]
    reviewed.write(lock, text.replace(entry, f"<<<<<<< HEAD\n{entry}=======\n>>>>>>> grace\n"))
    assert "(`token`)" in reviewed.run("status", "--lang", "ja").err


@pytest.mark.parametrize("command", ["doctor", "status"])
def test_a_clone_that_lacks_the_merge_driver_is_told_how_to_have_it(
    site: Site, command: str
) -> None:
    told = "i18n init --git installs what is missing"
    repository = Repository(site.root)
    assert told not in site.run(command).out
    assert site.run("init", "--git").code == 0
    assert told not in site.run(command).out
    repository.git("config", "--unset", "merge.i18n.driver")
    assert site.run(command).out.count(told) == 1
    site.environment["CI"] = "true"
    assert told not in site.run("status").out


def test_without_git_nothing_is_said_of_a_driver(site: Site) -> None:
    site.write(".gitattributes", "/locales/*/terms.po text eol=lf merge=i18n\n")
    assert "init --git" not in site.run("doctor").out


def test_what_cannot_be_made_whole_is_told_and_the_rest_is(reviewed: Site) -> None:
    disputed(reviewed, "merge").git("checkout", "--theirs", "terms/ja/token.md")
    reviewed.change("locales/ja/terms.po", "=======\n", "")
    text = reviewed.read("locales/ja/terms.po")
    ran = reviewed.run("doctor", "--fix-conflicts", "--yes")
    assert ran.code == 65
    assert ran.err.startswith("locales/ja/terms.po:")
    assert "its other markers are not there" in ran.err
    assert ran.out.endswith("wrote locales/ja/terms.lock\n")
    assert reviewed.read("locales/ja/terms.po") == text


def test_a_unit_that_stands_twice_is_one_again(reviewed: Site) -> None:
    po = "locales/ja/terms.po"
    unit = reviewed.unit("token/definition", "A piece")
    copy = f'\nmsgctxt "{unit.msgctxt}"\nmsgid "{unit.msgid}"\nmsgstr "もう一つ。"\n'
    reviewed.write(po, reviewed.read(po) + copy)
    assert reviewed.run("status").code == 65
    ran = reviewed.run("doctor", "--fix-conflicts", "--yes")
    assert ran.code == 0
    assert "  `token/definition` stood there twice\n" in ran.out
    assert "i18n: | もう一つ。" in reviewed.unit("token/definition", "A piece").tcomment


@pytest.mark.parametrize("whole", [(), ("locales/ja/terms.lock",)], ids=["both", "review file"])
def test_of_what_cannot_be_read_no_number_is_told(reviewed: Site, whole: tuple[str, ...]) -> None:
    repository = disputed(reviewed, "merge")
    repository.git("checkout", "--ours", "terms/ja/token.md", *whole)
    ran = reviewed.run("status", "--lang", "ja")
    assert ran.code == 65
    assert ran.out.startswith("ja: not known where its 3 terms stand: files cannot be read\n")
    assert "reviewed" not in ran.out
    ran = reviewed.report("status", "--lang", "ja")
    assert "known" in str(ran.part("notes"))
    assert ran.part("units") == {"untranslated": 0, "needs_review": 0, "reviewed": 0}
    told = reviewed.run("resolve", "--lang", "ja").out
    assert told == "people disagree about nothing in what can be read: see the errors\n"


def test_a_summary_tells_no_share_of_what_cannot_be_read(reviewed: Site) -> None:
    disputed(reviewed, "merge")
    reviewed.run("sync", "--lang", "ja", "--summary-md", "summary.md")
    assert "| Japanese (`ja`) | – | – | – | – | – | – | – |" in reviewed.read("summary.md")
