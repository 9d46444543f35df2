"""Branches of a remote: fetched, merged, committed and pushed, and nothing of the clone moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.errors import CannotWrite, TryLater, UsageError
from i18n_pipeline.history.branching import Branches, open_branches
from i18n_pipeline.history.squashed import squashed
from tests.stubs.repository import Repository


@pytest.fixture
def clone(tmp_path: Path) -> tuple[Repository, Branches]:
    """A clone of a bare remote with one commit."""
    maker = Repository(tmp_path / "maker")
    maker.commit("First", {"a.md": "a\n", "site/b.md": "b\n"})
    remote = tmp_path / "remote.git"
    maker.git("clone", "--quiet", "--bare", str(maker.root), str(remote))
    maker.git("remote", "add", "origin", str(remote))
    work = Repository(tmp_path / "work")
    work.git("remote", "add", "origin", str(remote))
    work.git("pull", "--quiet", "origin", "main")
    return work, open_branches(work.root)


def other(clone: tuple[Repository, Branches]) -> Repository:
    """Somebody else's clone."""
    return Repository(clone[0].root.parent / "maker")


def test_a_push_goes_onto_what_is_there_and_never_over_it(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    branches.start(branches.fetch("main")["main"])
    theirs = other(clone).commit("Theirs", {"c.md": "c\n"})
    other(clone).git("push", "--quiet", "origin", "HEAD:topic")
    (work.root / "a.md").write_text("mine\n")
    assert branches.commit(["a.md"], "Mine")
    assert not branches.push("topic")
    assert branches.fetch("topic") == {"topic": theirs}
    assert branches.push("another")
    assert branches.fetch("another") == {"another": branches.head()}


def test_no_branch_and_no_configuration_of_the_clone_is_touched(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    before = work.git("branch"), work.git("config", "--list", "--local")
    with branches.coming_back():
        branches.start(branches.fetch("main")["main"])
        (work.root / "a.md").write_text("mine\n")
        branches.commit(["a.md"], "Mine")
        assert branches.push("topic")
    assert (work.git("branch"), work.git("config", "--list", "--local")) == before
    assert work.git("status", "--porcelain") == ""


def test_only_the_files_named_are_committed_and_deleted_ones_are_gone(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    (work.root / "site/b.md").unlink()
    (work.root / "a.md").write_text("not this\n")
    assert branches.commit(["site/b.md", "never/there.md"], "Gone")
    assert work.git("show", "--name-status", "--format=", "HEAD").split() == ["D", "site/b.md"]
    assert branches.unsaved() == ("a.md",)


def test_nothing_changed_is_no_commit(clone: tuple[Repository, Branches]) -> None:
    work, branches = clone
    head = branches.head()
    assert not branches.commit(["a.md"], "Nothing")
    assert not branches.commit([], "Nothing")
    assert work.git("rev-parse", "HEAD").strip() == head


def test_files_that_git_ignores_are_committed_when_they_are_named(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    (work.root / ".gitignore").write_text("*.po\n")
    (work.root / "a.po").write_text("x\n")
    assert branches.commit(["a.po"], "Ignored")


def test_a_merge_that_cannot_be_done_is_undone_and_names_the_files(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    other(clone).commit("Theirs", {"a.md": "theirs\n"})
    other(clone).git("push", "--quiet", "origin", "HEAD:topic")
    branches.fetch("topic")
    mine = work.commit("Mine", {"a.md": "mine\n"})
    assert branches.merge("topic", "") == ("a.md",)
    assert (branches.head(), branches.unsaved()) == (mine, ())


def test_a_merge_in_the_way_of_an_unknown_file_is_told(clone: tuple[Repository, Branches]) -> None:
    work, branches = clone
    other(clone).commit("Theirs", {"new.md": "theirs\n"})
    other(clone).git("push", "--quiet", "origin", "HEAD:topic")
    branches.fetch("topic")
    work.commit("Mine", {"mine.md": "mine\n"})
    (work.root / "new.md").write_text("of nobody\n")
    with pytest.raises(CannotWrite, match="topic cannot be merged"):
        branches.merge("topic", "")
    assert (work.root / "new.md").read_text() == "of nobody\n"


def test_what_two_commits_have_otherwise_is_told_within_the_project(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    before = branches.head()
    files = {"a.md": "other\n", "site/b.md": None, "site/ü c.md": "c\n"}
    after = work.commit("All kinds", files)
    found = Branches(branches.top, "site/").changed(before, after)
    assert [(one.path, one.is_new, one.is_gone) for one in found] == [
        ("b.md", False, True),
        ("ü c.md", True, False),
    ]


def test_a_remote_that_cannot_be_reached_is_a_matter_of_time(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    work.git("remote", "set-url", "origin", "https://robot:s3cret@127.0.0.1:1/x.git")
    with pytest.raises(TryLater) as caught:
        branches.fetch("main")
    assert "s3cret" not in caught.value.message


def test_a_branch_that_may_not_be_pushed_is_told_with_what_is_missing(
    clone: tuple[Repository, Branches],
) -> None:
    work, branches = clone
    hook = work.root.parent / "remote.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)
    work.commit("Mine", {"a.md": "mine\n"})
    with pytest.raises(CannotWrite, match="protected branch"):
        branches.push("topic")


def test_hooks_of_the_clone_are_not_run(clone: tuple[Repository, Branches]) -> None:
    work, branches = clone
    for name in ("pre-commit", "post-checkout", "pre-push"):
        hook = work.root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n")
        hook.chmod(0o755)
    (work.root / "a.md").write_text("mine\n")
    assert branches.commit(["a.md"], "Mine")
    assert branches.push("topic")
    assert not (work.root / "ran").exists()


def test_a_folder_that_is_no_clone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="in no git repository"):
        open_branches(tmp_path)
    Repository(tmp_path)
    with pytest.raises(UsageError, match="has no remote upstream"):
        open_branches(tmp_path, "upstream")


@pytest.fixture
def forked(tmp_path: Path) -> tuple[Repository, str, str]:
    """A branch with two commits, the ids of both, and a main that moved on elsewhere."""
    work = Repository(tmp_path / "forked")
    work.commit("First", {"a.md": "a\n", "b.md": "b\n"})
    work.git("checkout", "--quiet", "-b", "topic")
    one = work.commit("One", {"a.md": "topic\n"})
    two = work.commit("Two", {"c.md": "c\n"})
    work.git("checkout", "--quiet", "main")
    work.commit("Elsewhere", {"b.md": "main\n"})
    return work, one, two


def test_a_branch_that_was_squashed_is_known_whatever_came_after(
    forked: tuple[Repository, str, str],
) -> None:
    work, _, two = forked
    assert squashed(work.root, two, "main") == ""
    work.git("merge", "--quiet", "--squash", "topic")
    work.commit("Squashed")
    work.commit("Corrected since", {"a.md": "better\n"})
    assert squashed(work.root, two, "main") == two


def test_a_branch_that_was_rebased_onto_main_is_known(
    forked: tuple[Repository, str, str],
) -> None:
    work, one, two = forked
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    work.git(*who, "cherry-pick", one, two)
    assert squashed(work.root, two, "main") == two


def test_what_was_pushed_after_a_squash_was_not_squashed(
    forked: tuple[Repository, str, str],
) -> None:
    work, _, two = forked
    work.git("merge", "--quiet", "--squash", "topic")
    work.commit("Squashed")
    work.git("checkout", "--quiet", "topic")
    late = work.commit("Late", {"a.md": "late\n"})
    assert squashed(work.root, late, "main") == two


def test_a_branch_of_which_main_has_a_part_was_not_squashed_as_a_whole(
    forked: tuple[Repository, str, str],
) -> None:
    work, one, two = forked
    work.git("cherry-pick", one)
    assert squashed(work.root, two, "main") == one


def test_a_merge_that_was_broken_off_is_in_nobodys_way(clone: tuple[Repository, Branches]) -> None:
    work, branches = clone
    other(clone).commit("Theirs", {"a.md": "theirs\n"})
    other(clone).git("push", "--quiet", "origin", "HEAD:topic")
    branches.fetch("topic")
    mine = work.commit("Mine", {"a.md": "mine\n"})
    with branches.coming_back():
        assert not work.merge("origin/topic")
    assert (branches.head(), branches.unsaved()) == (mine, ())
    assert work.git("status", "--porcelain") == ""
    assert work.git("stash", "list") == ""
