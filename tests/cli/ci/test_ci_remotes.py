"""Nights on remotes that refuse, and on clones that are not as a person would leave them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from i18n_pipeline.errors import CannotWrite
from i18n_pipeline.pipeline.options import SYNC, Does, Options, Surroundings
from i18n_pipeline.pipeline.runs import run
from i18n_pipeline.reports.report import Report
from i18n_pipeline.workspace import Workspace
from tests.stubs.nightly import Hosted, became
from tests.stubs.repository import Repository
from tests.stubs.server import Fault
from tests.stubs.services import WAIT
from tests.stubs.site import TOKENS, Site

PO, PAGE = "locales/ja/terms.po", "terms/ja/token.md"
ONLY_GERMAN = "while read -r _ _ ref; do case $ref in *i18n/ja) {}; esac; done"


@pytest.mark.parametrize("name", ["pre-receive", "update"])
def test_a_remote_that_refuses_a_branch_costs_the_others_nothing(hosted: Hosted, name: str) -> None:
    refuse = 'echo "GL-HOOK-ERR: no translations on Fridays" >&2; exit 1'
    script = ONLY_GERMAN.format(refuse)
    if name == "update":
        script = f"case $1 in *i18n/ja) {refuse};; esac"
    hosted.hook(name, script)
    ran = hosted.night()
    assert ran.code == 73
    assert became(ran) == {"ja": "failed", "de": "opened"}
    assert "i18n/ja cannot be pushed: remote: GL-HOOK-ERR: no translations on Fridays" in ran.err
    assert "hook declined" in ran.err


def test_a_branch_where_the_prefix_is_one_is_refused_for_what_it_is(hosted: Hosted) -> None:
    hosted.git("branch", "i18n", "main")
    ran = hosted.night("--lang", "ja")
    assert ran.code == 73
    assert "'refs/heads/i18n' exists" in ran.err
    assert hosted.night("--lang", "ja", "--branch-prefix", "texts/").code == 0


@pytest.mark.parametrize("prefix", ["two words/", "a..b/", "x~", "/"])
def test_a_prefix_that_no_branch_can_have_is_told_before_anything_is_done(
    hosted: Hosted, prefix: str
) -> None:
    ran = hosted.night("--branch-prefix", prefix)
    assert ran.code == 2
    assert "no branch can be called" in ran.err
    assert hosted.deepl.seen() == []


def test_a_remote_that_is_not_there_is_no_matter_of_time(hosted: Hosted) -> None:
    job = hosted.job()
    Repository(job.root).git("remote", "set-url", "origin", str(hosted.folder / "gone.git"))
    ran = job.run("ci", "sync", "--neutral")
    assert ran.code == 77
    assert "origin cannot be read" in ran.err


def test_a_remote_that_cannot_be_reached_is_left_to_the_next_night(hosted: Hosted) -> None:
    job = hosted.job()
    Repository(job.root).git("remote", "set-url", "origin", "http://me:secret@127.0.0.1:9/a.git")
    ran = job.run("ci", "sync")
    assert ran.code == 75
    assert "origin cannot be read" in ran.err
    assert "secret" not in ran.out + ran.err


def test_a_remote_that_says_nothing_is_given_up(hosted: Hosted) -> None:
    hosted.forge.fail(Fault(hang=WAIT, early=True), on="GET /a.git/info/refs")
    job = hosted.job()
    Repository(job.root).git("remote", "set-url", "origin", f"{hosted.forge.url}/a.git")
    job.environment["GIT_HTTP_LOW_SPEED_TIME"] = "1"
    ran = job.run("ci", "sync")
    assert ran.code == 75
    assert "origin cannot be read" in ran.err


def test_a_main_branch_that_was_renamed_is_followed(drafted: Hosted) -> None:
    drafted.git("branch", "-m", "main", "trunk")
    drafted.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    drafted.forge.open["i18n/ja"].base = "trunk"  # as the service does with those that are open
    assert became(drafted.night("--lang", "ja")) == {"ja": "unchanged"}
    ran = drafted.night("--lang", "ja", "--base", "main")
    assert (ran.code, ran.out) == (2, "")
    assert "origin has no branch main" in ran.err


def test_a_main_branch_that_was_rewritten_takes_nothing_from_the_branch(drafted: Hosted) -> None:
    hana = drafted.person("Hana", "i18n/ja")
    hana.site.translate("A model reads tokens.", "モデルはトークンを読みます。")
    mine = hana.push("My own words")
    ada = drafted.person("Ada")
    ada.repository.git("commit", "--quiet", "--amend", "--message", "The glossary, anew")
    ada.repository.git("push", "--quiet", "--force", "origin", "HEAD:main")
    ran = drafted.night("--lang", "ja")
    assert mine in drafted.git("rev-list", "i18n/ja").split(), ran
    assert "モデルはトークンを読みます。" in drafted.show("i18n/ja", PO)


@pytest.mark.parametrize(("delete", "then"), [(True, "rebase"), (False, "squash")])
def test_a_branch_that_was_rebased_while_main_went_on_begins_anew(
    drafted: Hosted, delete: bool, then: str
) -> None:
    drafted.approve()
    ada = drafted.person("Ada")
    ada.site.write("README.md", "A glossary.\n")
    ada.push("A README")
    drafted.forge.merge("i18n/ja", how="rebase", delete=delete)
    assert became(drafted.night("--lang", "ja")) == {"ja": "opened"}
    drafted.forge.merge("i18n/ja", how=then, delete=delete)
    assert became(drafted.night("--lang", "ja")) == {"ja": "nothing new"}


def test_a_branch_that_somebody_deleted_comes_back_with_what_it_had(drafted: Hosted) -> None:
    before = drafted.show("i18n/ja", PO)
    asked = len(drafted.deepl.seen())
    drafted.git("branch", "-D", "i18n/ja")
    pull = drafted.forge.open["i18n/ja"]
    assert became(drafted.night("--lang", "ja")) == {"ja": "updated"}
    assert drafted.show("i18n/ja", PO) == before
    assert len(drafted.deepl.seen()) == asked
    assert drafted.forge.open == {"i18n/ja": pull}


def test_one_that_was_closed_and_emptied_is_not_opened_again(drafted: Hosted) -> None:
    pull = drafted.forge.open["i18n/ja"]
    pull.body = "No."
    drafted.forge.close("i18n/ja")
    assert became(drafted.night("--lang", "ja")) == {"ja": "declined"}
    assert drafted.forge.open == {}


@pytest.mark.parametrize("depth", [0, 1])
def test_a_clone_on_no_branch_is_left_on_its_commit(drafted: Hosted, depth: int) -> None:
    drafted.approve()
    job = drafted.job(depth=depth)
    clone = Repository(job.root)
    clone.git("checkout", "--quiet", "--detach")
    before = clone.git("rev-parse", "HEAD")
    ran = job.run("ci", "sync", "--lang", "ja")
    assert (ran.code, became(ran)) == (0, {"ja": "updated"})
    assert (clone.git("branch", "--show-current"), clone.git("rev-parse", "HEAD")) == ("", before)


def test_a_clone_of_nobody_commits_as_nobody(hosted: Hosted) -> None:
    job = hosted.job()
    assert job.run("ci", "sync", "--lang", "ja").code == 0
    who = hosted.git("log", "-1", "--format=%an <%ae>", "i18n/ja").strip()
    assert who == "i18n-pipeline <i18n-pipeline@users.noreply.invalid>"


def test_a_clone_that_knows_a_mail_but_no_name_commits(hosted: Hosted) -> None:
    job = hosted.job()
    Repository(job.root).git("config", "user.email", "robot@example.org")
    assert job.run("ci", "sync", "--lang", "ja").code == 0
    who = hosted.git("log", "-1", "--format=%an <%ae>", "i18n/ja").strip()
    assert who == "i18n-pipeline <robot@example.org>"


@pytest.mark.parametrize("path", ["terms/en/rank.md", PO, "glossaries/ja.csv"])
def test_a_file_of_the_project_in_no_commit_is_not_delivered_unseen(
    hosted: Hosted, path: str
) -> None:
    job = hosted.job()
    job.write(path, TOKENS.replace("token", "rank"))
    ran = job.run("ci", "sync")
    assert ran.code == 2
    assert f"{path} is in no commit" in ran.err
    assert (hosted.deepl.seen(), hosted.git("branch").split()) == ([], ["*", "main"])


def test_what_other_steps_of_a_job_left_is_in_nobodys_way(hosted: Hosted) -> None:
    job = hosted.job()
    job.write("public/index.html", "<p>Built.\n")
    job.write("terms/en/_notes.txt", "Mine.\n")
    assert job.run("ci", "sync", "--lang", "ja").code == 0
    assert job.read("public/index.html") == "<p>Built.\n"
    assert hosted.git("diff", "--name-only", "main", "i18n/ja").split() == [PO]


def test_a_submodule_stays_as_it_is(hosted: Hosted, tmp_path: Path) -> None:
    theme = Repository(tmp_path / "theme")
    theme.commit("Theme", {"style.css": "a\n"})
    ada = hosted.person("Ada")
    local = ("-c", "protocol.file.allow=always")
    ada.repository.git(*local, "submodule", "--quiet", "add", str(theme.root), "theme")
    ada.push("A theme")
    job = hosted.job()
    clone = Repository(job.root)
    clone.git(*local, "submodule", "--quiet", "update", "--init")
    Repository(job.root / "theme").commit("Local", {"style.css": "b\n"})
    assert job.run("ci", "sync", "--lang", "ja").code == 0
    assert job.read("theme/style.css") == "b\n"
    assert hosted.git("diff", "--name-only", "main", "i18n/ja").split() == [PO]


def test_what_a_full_disk_left_of_a_locale_is_put_aside(
    drafted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changed files and new ones: the next locale begins on a clean tree, and nothing is lost."""

    def full(does: Does, workspace: Workspace, options: Options, around: Surroundings) -> Report:
        if does is SYNC and options.locales == ("ja",):
            (workspace.root / PO).write_text("half\n")
            (workspace.root / PAGE).parent.mkdir(parents=True)
            (workspace.root / PAGE).write_text("new\n")
            raise CannotWrite("no space left on device")
        return run(does, workspace, options, around)

    monkeypatch.setattr("i18n_pipeline.pipeline.delivering.one_branch.run", full)
    job = drafted.job()
    job.write("notes.txt", "Mine.\n")
    ran = job.run("ci", "sync")
    assert (ran.code, became(ran)) == (73, {"ja": "failed", "de": "opened"})
    clone = Repository(job.root)
    assert clone.git("branch", "--show-current") == "main\n"
    assert clone.git("status", "--porcelain") == "?? notes.txt\n"
    assert clone.git("show", f"stash@{{0}}:{PO}") == "half\n"
    assert clone.git("show", f"stash@{{0}}^3:{PAGE}") == "new\n"
    assert clone.git("stash", "list").count("i18n ci sync: not delivered") == 1


@pytest.mark.skipif(os.name != "posix", reason="a script stands in for git")
def test_no_token_is_in_what_git_is_called_with(hosted: Hosted) -> None:
    """What a process is called with can be read by everybody on the machine."""
    seen = hosted.folder / "seen"
    tools = hosted.folder / "tools"
    tools.mkdir()
    real = Site(hosted.folder).surroundings()["PATH"]
    (tools / "git").write_text(f'#!/bin/sh\necho "$@" >>{seen}\nPATH={real} exec git "$@"\n')
    (tools / "git").chmod(0o755)
    job = hosted.job()
    job.environment["PATH"] = f"{tools}{os.pathsep}{real}"
    assert job.run("ci", "sync", "--lang", "ja").code == 0
    words = seen.read_text()
    assert "push" in words
    for name in ("GITHUB_TOKEN", "DEEPL_AUTH_KEY"):
        assert job.environment[name] not in words
        config = Repository(job.root).git("config", "--list")
        assert job.environment[name] not in config
