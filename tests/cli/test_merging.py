"""Branches of translators, authors and machines, merged by git with the driver of `init --git`."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.history.installing import driver_command
from i18n_pipeline.model import draft_hash
from tests.stubs.repository import Repository
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
OTHER = "別の機械訳。"


@pytest.fixture
def repository(reviewed: Site, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The project, reviewed and built in Japanese, in a repository with the driver."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    made = Repository(reviewed.root)
    assert reviewed.run("init", "--git").code == 0
    made.commit("Begin")
    return made


def branch(repository: Repository, name: str) -> None:
    repository.git("switch", "--quiet", "-c", name, "main")


def back(repository: Repository, name: str = "main") -> None:
    repository.git("switch", "--quiet", name)


def po(site: Site, context: str, source: str) -> tuple[str, bool]:
    unit = site.unit(context, source)
    return unit.msgstr, unit.fuzzy


def test_two_translators_of_one_term_merge_into_pages_and_units(
    reviewed: Site, repository: Repository
) -> None:
    branch(repository, "grace")
    reviewed.translate("Only small layers are trained.", "小さな層だけを学習する。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("A cheap way of fine-tuning.", "安価な手法。")
    reviewed.translate("cheap", "安い")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    page = reviewed.read("terms/ja/lora.md")
    for text in ("小さな層だけを学習する。", "安価な手法。", "安い"):
        assert text in page
        assert text in reviewed.read(PO)
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, ran.part("notes")) == (0, [])
    assert reviewed.report("sync", "--lang", "ja").written == []


@pytest.fixture
def disputed(reviewed: Site, repository: Repository) -> Site:
    """Grace and Ada translated one text differently, and both built their page; merged."""
    branch(repository, "grace")
    reviewed.translate("A cheap way of fine-tuning.", "お手頃な方法。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("A cheap way of fine-tuning.", "安価な手法。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    return reviewed


def test_two_texts_of_people_are_both_there_and_every_run_says_so_until_one_is_chosen(
    disputed: Site,
) -> None:
    unit = disputed.unit("lora/definition", "A cheap way")
    assert (unit.msgstr, unit.fuzzy) == ("安価な手法。", True)
    assert unit.tcomment == "i18n: conflict: grace says\ni18n: | お手頃な方法。"
    page = disputed.read("terms/ja/lora.md")
    for command in ("sync", "check"):
        ran = disputed.report(command, "--lang", "ja")
        assert ran.code == 3
        assert "people disagree about 1 text: lora/definition" in str(ran.part("notes"))
    assert disputed.read("terms/ja/lora.md") == page
    assert "お手頃な方法。" in disputed.read(PO)


def test_the_text_that_stands_is_reviewed_again_once_it_is_chosen(disputed: Site) -> None:
    assert disputed.run("resolve", "--use", "po").code == 0
    unit = disputed.unit("lora/definition", "A cheap way")
    assert (unit.msgstr, unit.fuzzy, unit.tcomment) == ("安価な手法。", False, "")
    ran = disputed.report("sync", "--lang", "ja")
    assert (ran.code, ran.part("notes")) == (0, [])


def choose(site: Site, text: str) -> None:
    catalog = site.po()
    unit = next(one for one in catalog if one.msgid.startswith("A cheap way"))
    unit.msgstr, unit.flags, unit.tcomment = text, [], ""
    site.write(PO, str(catalog))


@pytest.mark.parametrize("text", ["安価な手法。", "お手頃な方法。", "もっと良い。"])
def test_whatever_is_chosen_before_the_next_run_goes_into_the_page(
    disputed: Site, text: str
) -> None:
    choose(disputed, text)
    ran = disputed.report("sync", "--lang", "ja")
    assert (ran.code, ran.part("notes")) == (0, [])
    assert text in disputed.read("terms/ja/lora.md")
    assert disputed.report("sync", "--lang", "ja").written == []


def test_what_is_chosen_after_a_run_goes_into_the_page_too(disputed: Site) -> None:
    assert disputed.run("sync", "--lang", "ja").code == 3
    choose(disputed, "お手頃な方法。")
    assert disputed.run("sync", "--lang", "ja").code == 0
    assert "お手頃な方法。" in disputed.read("terms/ja/lora.md")


def test_an_approval_and_an_edit_of_different_units_meet_in_one_file(
    drafted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neighbours in one term, whose lines git alone could not tell apart."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    repository = Repository(drafted.root)
    drafted.run("init", "--git")
    repository.commit("Begin")
    branch(repository, "grace")
    drafted.translate("cheap", "安い")
    repository.commit("Grace", author="Grace")
    back(repository)
    drafted.translate("fast", "速い")
    repository.commit("Ada")
    assert repository.merge("grace")
    assert po(drafted, "lora/body", "cheap") == ("安い", False)
    assert po(drafted, "lora/body", "fast") == ("速い", False)


def test_a_persons_text_goes_before_a_machines_whichever_side_has_it(
    drafted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line the approval of one text would meet another one, which nobody has approved."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    repository = Repository(drafted.root)
    drafted.run("init", "--git")
    repository.commit("Begin")
    approved = drafted.unit("lora/body", "Only small").msgstr
    branch(repository, "machine")
    known = drafted.unit("lora/body", "Only small").comment
    hashed = known.rpartition("(draft ")[2].partition(")")[0]
    text = drafted.read(PO).replace(approved, OTHER)
    drafted.write(PO, text.replace(hashed, draft_hash(OTHER)))
    repository.commit("A new draft")
    back(repository)
    drafted.translate("Only small layers are trained.", approved)
    repository.commit("Ada approves")
    assert repository.merge("machine")
    assert po(drafted, "lora/body", "Only small") == (approved, False)


def test_a_correction_goes_with_its_text_when_the_other_branch_edited_the_source(
    reviewed: Site, repository: Repository
) -> None:
    branch(repository, "author")
    reviewed.change("terms/en/token.md", "A model reads tokens.", "A model reads many tokens.")
    reviewed.ask_nobody()
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("The source says more")
    back(repository)
    reviewed.translate("A model reads tokens.", "モデルはトークンを読みます。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada corrects")
    assert repository.merge("author")
    unit = reviewed.unit("token/body", "A model reads many")
    assert (unit.msgstr, unit.fuzzy) == ("モデルはトークンを読みます。", True)
    assert unit.previous_msgid == "A model reads tokens."
    assert reviewed.run("sync", "--lang", "ja").code == 0
    assert "モデルはトークンを読みます。" in reviewed.read("terms/ja/token.md")


def test_a_page_that_a_person_edited_is_taken_in_after_the_merge(
    reviewed: Site, repository: Repository
) -> None:
    branch(repository, "grace")
    page = reviewed.read("terms/ja/lora.md")
    reviewed.write("terms/ja/lora.md", page.replace("- ", "* ") + "\n手で足した段落。\n")
    repository.commit("By hand", author="Grace")
    back(repository)
    reviewed.translate("A cheap way of fine-tuning.", "安価な手法。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    merged = reviewed.read("terms/ja/lora.md")
    assert "手で足した段落。" in merged
    assert "安価な手法。" in merged
    assert reviewed.run("sync", "--lang", "ja").code == 0
    assert reviewed.read("terms/ja/lora.md") == merged


def test_a_text_in_a_page_edited_by_hand_is_never_left_out(
    reviewed: Site, repository: Repository
) -> None:
    before = reviewed.unit("lora/definition", "A cheap way").msgstr
    branch(repository, "grace")
    reviewed.change("terms/ja/lora.md", before, "手で直した。")
    repository.commit("By hand", author="Grace")
    back(repository)
    reviewed.translate("A cheap way of fine-tuning.", "安価な手法。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert not repository.merge("grace")
    merged = reviewed.read("terms/ja/lora.md")
    assert "手で直した。" in merged
    assert "安価な手法。" in merged
    assert "<<<<<<< ours" in merged


def test_both_sides_of_a_front_matter_meet(reviewed: Site, repository: Repository) -> None:
    branch(repository, "grace")
    reviewed.translate("LoRA", "ローラ")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("A cheap way of fine-tuning.", "安価な手法。")
    reviewed.translate("Methods", "手法")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    page = reviewed.read("terms/ja/lora.md")
    assert page.startswith(
        "---\nterm: ローラ\nslug: lora\nlang: ja\ncategory: 手法\n"
        'definition: "安価な手法。"\nrelated: [fine-tuning]\n---\n'
    )
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, ran.part("notes")) == (0, [])


def test_a_rebase_merges_the_same_way(reviewed: Site, repository: Repository) -> None:
    branch(repository, "grace")
    reviewed.translate("cheap", "安い")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("fast", "速い")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    repository.git("rebase", "main", "grace")
    assert po(reviewed, "lora/body", "cheap") == ("安い", False)
    assert po(reviewed, "lora/body", "fast") == ("速い", False)
    assert reviewed.report("sync", "--lang", "ja").code == 0


def test_another_work_tree_merges_the_same_way(
    reviewed: Site, repository: Repository, tmp_path: Path
) -> None:
    branch(repository, "grace")
    reviewed.translate("cheap", "安い")
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("fast", "速い")
    repository.commit("Ada")
    repository.git("worktree", "add", "--quiet", "-b", "both", str(tmp_path / "other"), "main")
    other = Repository(tmp_path / "other")
    assert other.merge("grace")
    site = Site(other.root)
    assert po(site, "lora/body", "cheap") == ("安い", False)
    assert po(site, "lora/body", "fast") == ("速い", False)


def test_a_file_that_cannot_be_read_is_merged_by_lines_and_it_is_said(
    reviewed: Site, repository: Repository
) -> None:
    branch(repository, "grace")
    reviewed.change(PO, 'msgid "cheap"\n', 'msgid "cheap\n')
    repository.commit("Broken", author="Grace")
    back(repository)
    reviewed.translate("fast", "速い")
    repository.commit("Ada")
    assert repository.merge("grace")
    text = reviewed.read(PO)
    assert 'msgid "cheap\n' in text
    assert "速い" in text


def test_a_driver_whose_python_is_gone_leaves_the_merge_to_git(
    reviewed: Site, repository: Repository
) -> None:
    repository.git("config", "merge.i18n.driver", driver_command("/nowhere/python"))
    branch(repository, "grace")
    reviewed.translate("cheap", "安い")
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("A piece of text.", "文章の一片。")
    repository.commit("Ada")
    assert repository.merge("grace")
    assert "安い" in reviewed.read(PO)
    assert "文章の一片。" in reviewed.read(PO)


def test_two_translators_of_different_terms_merge_without_any_driver(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("Begin")
    branch(repository, "grace")
    reviewed.translate("A cheap way of fine-tuning.", "お手頃な方法。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("A piece of text.", "文章の一片。")
    reviewed.translate("Further training of a model.", "モデルの追加学習。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, ran.written, ran.part("notes")) == (0, [], [])
    assert "お手頃な方法。" in reviewed.read("terms/ja/lora.md")


def test_drafts_of_different_terms_that_two_approved_merge_without_any_driver(
    drafted: Site,
) -> None:
    """What is approved stays where it stands, or the two would meet where it goes."""
    repository = Repository(drafted.root)
    repository.commit("Begin")
    branch(repository, "grace")
    drafted.translate("A cheap way of fine-tuning.", "お手頃な方法。")
    drafted.run("sync", "--lang", "ja")
    repository.commit("Grace", author="Grace")
    back(repository)
    drafted.translate("A piece of text.", "文章の一片。")
    drafted.run("sync", "--lang", "ja")
    repository.commit("Ada")
    assert repository.merge("grace")
    ran = drafted.report("sync", "--lang", "ja")
    assert (ran.code, ran.written) == (0, [])
    assert {"お手頃な方法。", "文章の一片。"} == {e.msgstr for e in drafted.po() if not e.fuzzy}


def test_what_the_author_changed_meets_a_correction_in_the_same_page(
    reviewed: Site, repository: Repository
) -> None:
    branch(repository, "author")
    reviewed.change("terms/en/fine-tuning.md", "date: 2026-02-10", "date: 2026-03-11")
    reviewed.change("terms/en/fine-tuning.md", "[lora, token]", "[lora, token, rank]")
    reviewed.change("terms/en/fine-tuning.md", "It costs less than training.", "It is cheap.")
    reviewed.run("sync", "--lang", "ja")
    reviewed.translate("It is cheap.", "安上がりです。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("The author")
    back(repository)
    reviewed.translate("Further training of a model.", "モデルの追加学習。")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("author")
    page = reviewed.read("terms/ja/fine-tuning.md")
    for text in ("2026-03-11", "[lora, token, rank]", "安上がりです。", "モデルの追加学習。"):
        assert text in page
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, reviewed.read("terms/ja/fine-tuning.md")) == (0, page)
    assert "edited by hand" not in str(ran.part("notes"))
    assert "kept the file" not in str(ran.part("notes"))
    assert reviewed.report("sync", "--lang", "ja").written == []


def test_a_project_below_the_top_of_its_repository_merges_the_same_way(
    reviewed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    repository = Repository(reviewed.root.parent)
    assert reviewed.run("init", "--git").code == 0
    repository.commit("Begin")
    branch(repository, "grace")
    reviewed.translate("cheap", "安い")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Grace", author="Grace")
    back(repository)
    reviewed.translate("fast", "速い")
    assert reviewed.run("sync", "--lang", "ja").code == 0
    repository.commit("Ada")
    assert repository.merge("grace")
    assert "- 安い\n- 速い\n" in reviewed.read("terms/ja/lora.md")
    ran = reviewed.report("sync", "--lang", "ja")
    assert (ran.code, ran.part("notes")) == (0, [])


def driven(site: Site, path: str, *sides: str) -> tuple[int, str, str]:
    """What the driver makes of base, ours and theirs: its exit code, what it says, the file."""
    for name, text in zip(("%O", "%A", "%B"), sides, strict=True):
        site.write(name, text)
    ran = site.run("merge-driver", "%O", "%A", "%B", path)
    assert ran.out == ""
    return ran.code, ran.err, site.read("%A")


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def catalog(*texts: str) -> str:
    units = (f'\nmsgctxt "t{n}/body"\nmsgid "x"\nmsgstr "{t}"\n' for n, t in enumerate(texts))
    return HEAD + "".join(units)


def test_the_driver_names_the_units_with_two_texts_and_how_many_more_there_are(
    tmp_path: Path,
) -> None:
    sides = [catalog(*(f"{side}{n}" for n in range(7))) for side in "bot"]
    code, said, merged = driven(Site(tmp_path), "de.po", *sides)
    assert code == 0
    assert said == (
        "de.po: two people's texts for t0/body, t1/body, t2/body, t3/body, t4/body and 2 more: "
        "ours stays and needs review, that of the other branch waits in a comment beside it\n"
    )
    assert merged.count("# i18n: conflict: the other branch says") == 7


def test_review_files_and_locks_need_no_configuration(tmp_path: Path) -> None:
    site = Site(tmp_path)
    base = catalog("a", "b")
    assert driven(site, "no/where.po", base, catalog("A", "b"), catalog("a", "B"))[2].endswith(
        'msgstr "A"\n\nmsgctxt "t1/body"\nmsgid "x"\nmsgstr "B"\n'
    )
    lock = "i18n-lock 1 segmenter 1\n\na\n source={} built={}\n\ni18n-lock end\n"
    base, ours, theirs = (lock.format("1" * 8, built * 8) for built in "123")
    code, said, merged = driven(site, "x.lock", base, ours, theirs)
    assert (code, said) == (0, "")
    assert f"built={'2' * 8} pending={'3' * 8}" in merged


def test_any_other_file_is_merged_by_lines(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert driven(site, "a.txt", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n") == (0, "", "A\nb\nC\n")
    code, _, merged = driven(site, "a.txt", "a\n", "b\n", "c\n")
    assert (code, merged) == (
        3,
        "<<<<<<< ours\nb\n||||||| base\na\n=======\nc\n>>>>>>> theirs\n",
    )
    assert driven(site, "a.bin", "a\0", "b\0", "c\0")[0] == 3
