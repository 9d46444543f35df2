"""What each commit made of files, told against its own parents, under whatever name."""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.history import find_history
from i18n_pipeline.history.blobs import reading_blobs
from i18n_pipeline.history.steps import steps
from tests.stubs.repository import Repository

LONG = "".join(f"Line {number} of a text that is long enough.\n" for number in range(20))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def told(repository: Repository, *paths: str) -> list[tuple[str, list[tuple[list[str], str]]]]:
    """Summaries of commits, and the last lines of each file before (in every parent) and after."""
    history = find_history(repository.root)
    with reading_blobs(repository.root) as read:

        def last(blob: str) -> str:
            return read(blob).decode().rpartition("enough.\n")[2]

        return [
            (
                step.commit.summary,
                [([last(b) for b in before], last(a)) for before, a in step.files],
            )
            for step in steps(history, paths, ["po"])
        ]


def test_each_commit_is_told_with_the_file_before_it_and_since(repository: Repository) -> None:
    repository.commit("1", {"po/a.po": LONG})
    repository.commit("other", {"b.txt": "x"})
    repository.commit("2", {"po/a.po": LONG + "two\n", "po/b.po": "b"})
    repository.commit("3", {"po/a.po": None})
    assert told(repository, "po/a.po") == [
        ("3", [(["two\n"], "")]),
        ("2", [([""], "two\n")]),
        ("1", [([""], "")]),
    ]


def test_a_branch_is_told_against_its_own_parent_and_a_merge_only_of_what_it_made(
    repository: Repository,
) -> None:
    repository.commit("1", {"po/a.po": "one\n" + LONG + "end\n"})
    repository.git("switch", "--quiet", "-c", "side")
    repository.commit("side", {"po/a.po": "one\n" + LONG + "SIDE\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit("main", {"po/a.po": "ONE\n" + LONG + "end\n"})
    assert repository.merge("side")
    merge, *others = told(repository, "po/a.po")
    assert merge[1] == [(["end\n", "SIDE\n"], "SIDE\n")]
    assert dict(others) == {
        "side": [(["end\n"], "SIDE\n")],
        "main": [(["end\n"], "end\n")],
        "1": [([""], "end\n")],
    }


def test_a_merge_that_takes_one_side_is_not_told(repository: Repository) -> None:
    repository.commit("1", {"po/a.po": LONG})
    repository.git("switch", "--quiet", "-c", "side")
    repository.commit("side", {"po/a.po": LONG + "side\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit("other", {"b.txt": "x"})
    assert repository.merge("side")
    assert [summary for summary, _ in told(repository, "po/a.po")] == ["side", "1"]


def test_an_earlier_name_in_the_folder_is_followed(repository: Repository) -> None:
    repository.commit("1", {"po/ja.po": LONG})
    repository.commit("2", {"po/ja.po": None, "po/ja/terms.po": LONG + "two\n"})
    assert told(repository, "po/ja/terms.po") == [("2", [([""], "two\n")]), ("1", [([""], "")])]


def test_blobs_are_read_one_by_one_and_a_missing_one_is_empty(repository: Repository) -> None:
    repository.commit("1", {"a": b"\x00\n\n", "b": b"", "c": b"x" * 200_000})
    files = find_history(repository.root).files("HEAD")
    with reading_blobs(repository.root) as read:
        assert [read(files[name]) for name in "abc"] == [b"\x00\n\n", b"", b"x" * 200_000]
        assert (read("0" * 40), read(""), read(files["a"])) == (b"", b"", b"\x00\n\n")


def test_outside_of_git_there_are_no_steps(tmp_path: Path) -> None:
    assert list(steps(find_history(tmp_path), ["a"], ["."])) == []
