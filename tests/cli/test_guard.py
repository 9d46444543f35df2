"""An old editor buffer saved over a pulled review file: it is asked about first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

import pytest

from i18n_pipeline.history import History
from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, Site

SYNC = ("sync", "--lang", "ja")
PO = "locales/ja/terms.po"
PAGE = "terms/ja/token.md"
SENTENCE = "A model reads tokens."


@pytest.fixture
def overwritten(drafted: Site) -> Site:
    """A project whose reviews are committed, with the file of before saved over them."""
    repository = Repository(drafted.root)
    repository.commit("drafts")
    before = drafted.read(PO)
    drafted.review({SENTENCE: "モデルはトークンを読む。"})
    drafted.run(*SYNC)
    repository.commit("reviewed")
    drafted.write(PO, before)
    return drafted


def pages(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.contents().items() if path.startswith("terms/ja/")}


def test_the_file_and_all_pages_stay_as_they_are(overwritten: Site) -> None:
    before = overwritten.tree()
    ran = overwritten.run(*SYNC, "--publish", "drafts")
    assert ran.code == 3
    assert (
        f"  16 units reviewed in HEAD are unreviewed in {PO}, which is left alone with its terms: "
        "if that is meant, commit it or say --accept-unreview, if not: "
        f"git checkout HEAD -- {PO}\n"
    ) in ran.out
    assert overwritten.tree() == before
    assert overwritten.run(*SYNC).code == 3


@pytest.mark.parametrize("command", ["extract", "translate", "build", "gc"])
def test_no_command_writes_over_it(overwritten: Site, command: str) -> None:
    overwritten.change("terms/en/lora.md", "- fast", "- quick")
    before = overwritten.tree()
    assert overwritten.run(command, "--lang", "ja").code == 3
    assert overwritten.tree() == before


def test_where_git_refuses_to_look_every_run_says_that_nobody_guards(
    overwritten: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # a container with a mounted project
        for _ in range(3):
            out = overwritten.run(*SYNC).out
            assert "whether reviews got lost since HEAD is not looked at: git says: fatal: " in out
    assert "reviews got lost" not in overwritten.run(*SYNC).out


@pytest.mark.parametrize("options", [(), ("--frozen",), ("--dry-run",)])
def test_a_run_that_would_have_nothing_to_do_asks_what_head_has_now(
    drafted: Site, options: tuple[str, ...]
) -> None:
    """Reviews are pulled and lost again between two runs: all files are as they were."""
    repository = Repository(drafted.root)
    repository.commit("drafts")
    for _ in range(3):
        assert drafted.run(*SYNC).code == 0
        assert drafted.run(*SYNC, *options).code == 0
    before = drafted.read(PO)
    drafted.review({SENTENCE: "モデルはトークンを読む。"})
    repository.commit("reviewed elsewhere, and pulled")
    drafted.write(PO, before)
    ran = drafted.run(*SYNC, *options)
    assert ran.code == 3
    assert "units reviewed in HEAD are unreviewed" in ran.out


def test_a_commit_of_what_lies_there_leaves_nothing_to_do(drafted: Site) -> None:
    for _ in range(2):
        drafted.run(*SYNC)
    Repository(drafted.root).commit("all")
    told = drafted.run(*SYNC)
    drafted.write("README.md", "Another file.\n")
    Repository(drafted.root).commit("another")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("i18n_pipeline.pipeline.runs._full", None)
        assert drafted.run(*SYNC).out == told.out


def test_where_git_begins_to_refuse_a_run_with_nothing_to_do_says_so_too(
    drafted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(drafted.root).commit("all")
    for _ in range(3):
        drafted.run(*SYNC)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "is not looked at: git says: " in drafted.run(*SYNC).out


def test_status_tells_and_fails_nobody(overwritten: Site) -> None:
    ran = overwritten.run("status", "--lang", "ja")
    assert (ran.code, "16 units reviewed in HEAD are unreviewed" in ran.out) == (0, True)


def test_pages_that_are_left_alone_count_as_what_they_are(overwritten: Site) -> None:
    assert overwritten.report("status", "--lang", "ja").locale()["terms"]["built"] == 3
    overwritten.change("terms/en/lora.md", "- fast", "- quick")
    overwritten.write(PAGE, overwritten.read(PAGE) + "\nもう一つ。\n")
    overwritten.change("terms/ja/fine-tuning.md", "⟦ja:It costs less than training⟧", "別の文")
    terms = overwritten.report("status", "--lang", "ja").locale()["terms"]
    assert (terms["built"], terms["stale"]) == (1, 2)


@pytest.mark.parametrize(
    "command",
    [
        ("reject", "--all", "--lang", "ja"),
        ("import", "job.csv"),
        ("resolve", "--use", "po", "--lang", "ja"),
        ("unpublish", "token", "--lang", "ja"),
        ("mv", "token", "piece"),
        ("glossary", "rename", "Token", "⟦ja:Token⟧", "X", "--lang", "ja"),
    ],
    ids=lambda command: command[0],
)
def test_no_command_about_units_touches_it(overwritten: Site, command: tuple[str, ...]) -> None:
    overwritten.write("job.csv", "locale,term,field,source,target\nja,token,term,Token,トークン\n")
    before = overwritten.tree()
    ran = overwritten.run(*command)
    assert ran.code == 65
    assert f"{PO}: reviews-gone: 16 units reviewed in HEAD are unreviewed here" in ran.err
    assert overwritten.tree() == before


def test_what_git_has_is_a_way_out(overwritten: Site) -> None:
    Repository(overwritten.root).git("checkout", "HEAD", "--", PO)
    ran = overwritten.report(*SYNC)
    assert (ran.code, ran.locale()["units"]["reviewed"], ran.written) == (0, 16, [])


def test_committing_it_is_a_way_out(overwritten: Site) -> None:
    Repository(overwritten.root).commit("all of it has to be looked at again")
    ran = overwritten.report(*SYNC)
    assert (ran.code, ran.locale()["units"]["needs_review"]) == (0, 16)


def test_saying_so_is_a_way_out(overwritten: Site) -> None:
    ran = overwritten.report(*SYNC, "--accept-unreview")
    assert (ran.code, ran.locale()["units"]["needs_review"]) == (0, 16)


def test_a_file_that_lacks_what_was_reviewed_meanwhile_is_an_old_one_too(
    overwritten: Site,
) -> None:
    catalog = overwritten.po()
    for entry in [one for one in catalog if one.msgctxt != "token/body"]:
        catalog.remove(entry)
    overwritten.write(PO, str(catalog))
    before = overwritten.tree()
    assert overwritten.run(*SYNC).code == 3
    assert overwritten.tree() == before


def test_a_few_units_sent_back_to_review_are_meant(overwritten: Site) -> None:
    Repository(overwritten.root).git("checkout", "HEAD", "--", PO)
    for source in ("Token", SENTENCE, "LoRA", "cheap"):
        overwritten.translate(source, "もう一度。", fuzzy=True)
    ran = overwritten.report(*SYNC)
    assert (ran.code, ran.locale()["units"]["needs_review"]) == (0, 4)
    told = (
        "  4 units reviewed in HEAD are not reviewed here (lora/body, lora/term, token/body, "
        "token/term): git diff shows them\n"
    )
    for command in ("sync", "status", "status"):
        ran = overwritten.run(command, "--lang", "ja")
        assert (ran.code, told in ran.out) == (0, True)
    Repository(overwritten.root).commit("these are meant")
    for command in ("sync", "status"):
        assert "reviewed in HEAD" not in overwritten.run(command, "--lang", "ja").out


def test_units_of_one_place_are_counted_each(overwritten: Site) -> None:
    Repository(overwritten.root).git("checkout", "HEAD", "--", PO)
    catalog, sent_back = overwritten.po(), 0
    for entry in (one for one in catalog if one.msgctxt == "lora/body"):
        entry.flags.append("fuzzy")
        sent_back += 1
    overwritten.write(PO, str(catalog))
    told = f"  {sent_back} units reviewed in HEAD are not reviewed here (lora/body): git diff"
    assert sent_back > 1
    assert told in overwritten.run(*SYNC).out


def test_texts_whose_sources_changed_are_not_counted(overwritten: Site) -> None:
    repository = Repository(overwritten.root)
    repository.git("checkout", "HEAD", "--", PO)
    for path in ("lora", "token", "fine-tuning"):
        text = (
            overwritten.read(f"terms/en/{path}.md").replace(".\n", " now.\n").replace("- ", "- so ")
        )
        overwritten.write(f"terms/en/{path}.md", text)
    ran = overwritten.report(*SYNC)
    assert ran.code == 0
    assert ran.locale()["units"]["needs_review"] >= 5
    assert overwritten.run(*SYNC).code == 0


def test_an_edit_that_is_undone_takes_no_review_back(drafted: Site) -> None:
    drafted.review()
    drafted.run(*SYNC)
    Repository(drafted.root).commit("reviewed")
    before = {path: drafted.read(path) for path in ("terms/en/lora.md", "terms/en/fine-tuning.md")}
    for path, text in before.items():
        drafted.write(path, text.partition("\n\n")[0] + "\n")
    drafted.run(*SYNC)
    assert sum(unit.obsolete for unit in drafted.po()) >= 5
    for path, text in before.items():
        drafted.write(path, text)
    ran = drafted.run(*SYNC)
    assert ran.code == 0
    assert "reviewed in HEAD" not in ran.out
    assert ran.out.startswith("ja: 16 reviewed, 0 to review")


def test_a_rename_and_a_page_taken_back_are_meant(overwritten: Site) -> None:
    repository = Repository(overwritten.root)
    repository.git("checkout", "HEAD", "--", PO)
    overwritten.run("unpublish", "fine-tuning", "--lang", "ja")
    overwritten.run("unpublish", "lora", "--lang", "ja")
    ran = overwritten.report(*SYNC)
    assert ran.code == 0
    assert ran.locale()["units"]["needs_review"] >= 5


def in_catalogs_of_their_own(site: Site) -> str:
    """Commit what is reviewed, a catalog for each term; the path of one of them."""
    repository = Repository(site.root)
    repository.git("checkout", "HEAD", "--", PO)
    site.write("i18n.toml", CONFIG + '[paths]\ncatalog = "locales/{locale}/{slug}.po"\n')
    assert site.run(*SYNC).code == 0
    repository.commit("a catalog for each term")
    return "locales/ja/fine-tuning.po"


def test_a_catalog_of_its_own_is_left_alone_and_the_others_are_not(overwritten: Site) -> None:
    own = in_catalogs_of_their_own(overwritten)
    overwritten.write(own, overwritten.read(own).replace("msgctxt", "#, fuzzy\nmsgctxt"))
    before = overwritten.read(own)
    overwritten.change("terms/en/lora.md", "- fast", "- quick")
    ran = overwritten.run(*SYNC)
    assert (ran.code, f"unreviewed in {own}" in ran.out) == (3, True), ran.out
    assert overwritten.read(own) == before
    assert "quick" in overwritten.read("locales/ja/lora.po")


def test_a_catalog_that_is_gone_lost_what_was_reviewed_in_it(overwritten: Site) -> None:
    own = in_catalogs_of_their_own(overwritten)
    count = sum(not unit.fuzzy for unit in overwritten.po(own))
    (overwritten.root / own).unlink()
    for _ in range(2):
        ran = overwritten.run(*SYNC)
        told = f"{count} units reviewed in HEAD are unreviewed in {own}, which is left alone"
        assert (ran.code, told in ran.out) == (3, True), ran.out
        assert not (overwritten.root / own).exists()
    ran = overwritten.report(*SYNC, "--accept-unreview")
    assert [one["code"] for one in ran.errors] == ["units-lost"]
    Repository(overwritten.root).git("checkout", "HEAD", "--", own)
    assert overwritten.run(*SYNC).code == 0


def test_where_all_catalogs_are_gone_too(overwritten: Site) -> None:
    (overwritten.root / PO).unlink()
    ran = overwritten.run(*SYNC)
    assert (ran.code, f"git checkout HEAD -- {PO}" in ran.out) == (3, True), ran.out
    assert not (overwritten.root / PO).exists()


HEADS = ".i18n/idle/heads-ja.txt"


@pytest.mark.parametrize("spoil", ["", "i18n-heads/1 00\na", None])
def test_what_git_was_asked_before_is_not_asked_again_and_may_be_lost(
    overwritten: Site, monkeypatch: pytest.MonkeyPatch, spoil: str | None
) -> None:
    asked: list[set[str]] = []
    blobs = History.blobs

    def counted(history: History, ids: Iterable[str]) -> Mapping[str, bytes]:
        wanted = set(ids)
        asked.extend([wanted] if wanted else [])
        return blobs(history, wanted)

    monkeypatch.setattr(History, "blobs", counted)
    Repository(overwritten.root).commit("meant")
    (overwritten.root / HEADS).unlink()
    overwritten.run(*SYNC)
    assert len(asked) == 1
    asked.clear()
    if spoil is not None:
        overwritten.write(HEADS, spoil)
    overwritten.change("terms/en/lora.md", "- fast", "- quick")
    assert overwritten.run(*SYNC).code == 0
    assert len(asked) == (0 if spoil is None else 1)
    asked.clear()
    overwritten.change("terms/en/lora.md", "- quick", "- slow")
    overwritten.run(*SYNC)
    assert len(asked) == 1  # the last run wrote the file: what was reviewed in it is asked


def test_who_only_looks_remembers_nothing_of_git(overwritten: Site) -> None:
    (overwritten.root / HEADS).unlink(missing_ok=True)
    for command in (("status",), ("sync", "--frozen"), ("plan",), ("check",)):
        overwritten.run(*command, "--lang", "ja")
    assert not (overwritten.root / HEADS).exists()


def test_without_git_nobody_asks(drafted: Site) -> None:
    before = drafted.read(PO)
    drafted.review()
    drafted.run(*SYNC)
    drafted.write(PO, before)
    assert drafted.run(*SYNC).code == 0


def test_what_a_merge_put_beside_another_text_is_no_old_buffer(overwritten: Site) -> None:
    Repository(overwritten.root).git("checkout", "HEAD", "--", PO)
    catalog = overwritten.po(PO)
    for entry in catalog:
        if not entry.obsolete:
            entry.flags = ["fuzzy"]
            entry.tcomment = "i18n: conflict: grace says\ni18n: | 別の文"
    overwritten.write(PO, str(catalog))
    ran = overwritten.run(*SYNC)
    assert ran.code == 3
    assert "unreviewed in" not in ran.out
    assert "people disagree about 16 texts" in ran.out


def test_a_page_that_was_stale_before_does_not_count_as_built(overwritten: Site) -> None:
    repository = Repository(overwritten.root)
    repository.git("checkout", "HEAD", "--", PO)
    old = overwritten.read(PO)
    overwritten.review({SENTENCE: "モデルは字句を読む。"})
    overwritten.translate("Token", "トークン", fuzzy=True)
    overwritten.run("extract", "--lang", "ja")
    repository.commit("a new text, of which no page was built")
    terms = overwritten.report("status", "--lang", "ja").locale()["terms"]
    assert (terms["built"], terms["stale"]) == (2, 1)
    overwritten.write(PO, old.replace("msgctxt", "#, fuzzy\nmsgctxt"))
    ran = overwritten.report("status", "--lang", "ja")
    assert ran.locale()["units"]["reviewed"] == 0
    assert ran.locale()["terms"] == terms | {"complete": 0}
