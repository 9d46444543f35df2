"""What is read from git: versions under the name of today, bytes as they were, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from i18n_pipeline.history import History, find_history
from i18n_pipeline.history.steps import steps
from tests.stubs.repository import Repository

LONG = "".join(f"Line {number} of a text that is long enough.\n" for number in range(20))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def test_versions_come_newest_first_with_who_and_when(repository: Repository) -> None:
    repository.commit("Begin", {"terms/en/a.md": "one\n", "other.md": "x\n"})
    second = repository.commit("Mend\nit", {"terms/en/a.md": "two\n"}, author="Grace")
    history = find_history(repository.root)
    versions = history.versions(["terms/en"])
    assert list(versions) == ["terms/en/a.md"]
    newest, oldest = versions["terms/en/a.md"]
    assert (newest.commit.id, newest.commit.author) == (second, "Grace")
    assert newest.commit.authored == "2026-01-01T02:00:00+00:00"
    blobs = history.blobs([newest.blob, oldest.blob])
    assert [blobs[newest.blob], blobs[oldest.blob]] == [b"two\n", b"one\n"]


def test_a_renamed_file_has_its_history_under_the_name_of_today(repository: Repository) -> None:
    repository.commit("1", {"terms/en/a.md": LONG})
    repository.commit("2", {"terms/en/a.md": None, "terms/en/b.md": LONG + "More.\n"})
    repository.commit("3", {"terms/en/b.md": None, "terms/en/c.md": LONG + "More.\nEnd.\n"})
    repository.commit("4", {"terms/en/a.md": "Another of that name.\n"})
    versions = find_history(repository.root).versions(["terms/en"])
    renamed = [one.path for one in versions["terms/en/c.md"]]
    assert renamed == ["terms/en/c.md", "terms/en/b.md", "terms/en/a.md"]
    assert [one.commit.summary for one in versions["terms/en/a.md"]] == ["4"]


def test_a_file_that_was_deleted_has_a_version_without_bytes(repository: Repository) -> None:
    repository.commit("1", {"a.md": LONG})
    repository.commit("2", {"a.md": None})
    gone, there = find_history(repository.root).versions(["a.md"])["a.md"]
    assert (gone.blob, bool(there.blob)) == ("", True)


def test_what_a_merge_brought_is_there_too(repository: Repository) -> None:
    repository.commit("1", {"a.md": LONG})
    repository.git("switch", "--quiet", "-c", "side")
    repository.commit("2", {"a.md": LONG + "Side.\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit("3", {"b.md": "B\n"})
    assert repository.merge("side")
    summaries = [one.commit.summary for one in find_history(repository.root).versions()["a.md"]]
    assert "2" in summaries
    assert "1" in summaries


def test_only_what_came_after_a_commit_is_told_where_asked(repository: Repository) -> None:
    first = repository.commit("1", {"a.md": "1\n", "b.md": "1\n"})
    repository.commit("2", {"a.md": "2\n"})
    versions = find_history(repository.root).versions(since=first)
    assert [one.commit.summary for one in versions["a.md"]] == ["2"]
    assert "b.md" not in versions


def test_a_project_below_the_top_has_paths_of_its_own(repository: Repository) -> None:
    repository.commit("1", {"site/terms/en/ä b.md": "text\n", "terms/en/a.md": "other\n"})
    history = find_history(repository.root / "site")
    assert list(history.versions()) == ["terms/en/ä b.md"]
    assert history.at("HEAD", ["terms/en/ä b.md", "terms/en/a.md"]) == {
        "terms/en/ä b.md": b"text\n"
    }
    assert list(history.files("HEAD", "terms")) == ["terms/en/ä b.md"]


def test_bytes_come_as_they_are(repository: Repository) -> None:
    files = {"a": b"\x00\xff\r\n\n", "b": b"", "c": b"no end", "d e": b"blob 3\nabc\n"}
    repository.commit("1", dict(files))
    history = find_history(repository.root)
    assert history.at("HEAD", [*files, "missing", "with\nbreak"]) == files
    assert sorted(history.blobs(history.files("HEAD").values()).values()) == sorted(files.values())


def test_many_files_are_found_as_few_are(repository: Repository) -> None:
    names = [f"{folder}{name}" for folder in ("", "a/", "a/b/") for name in ("[x]*", "ä b", "-n")]
    files = {f"po/{name}.po": name.encode() for name in names}
    files |= {f"po/{at}.po": b"%d" % at for at in range(30)}
    repository.commit("1", {**files, "other": b"o"})
    history = find_history(repository.root)
    assert history.at("HEAD", files) == files
    assert history.at("HEAD", [*files, "po/none.po", "po"]) == files
    assert history.at("HEAD", [*files, "other"]) == {**files, "other": b"o"}
    for path, data in files.items():
        assert history.at("HEAD", [path]) == {path: data}
    below = find_history(repository.root / "po")
    assert below.at("HEAD", [path.removeprefix("po/") for path in files]) == {
        path.removeprefix("po/"): data for path, data in files.items()
    }


def test_a_revision_is_resolved_and_an_option_is_none(repository: Repository) -> None:
    first = repository.commit("1", {"a": "1"})
    repository.commit("2", {"a": "2"})
    history = find_history(repository.root)
    assert history.resolve("HEAD~1") == first
    assert history.at("HEAD~1", ["a"]) == {"a": b"1"}
    assert [history.resolve(bad) for bad in ("nope", "--help", "HEAD:a", "")] == ["", "", "", ""]
    assert history.at("nope", ["a"]) == {}
    assert history.files("nope") == {}


def test_symbolic_links_are_no_files(repository: Repository) -> None:
    repository.root.mkdir(exist_ok=True)
    (repository.root / "link.md").symlink_to("/etc/passwd")
    repository.commit("1", {"a.md": "1"})
    history = find_history(repository.root)
    assert list(history.files("HEAD")) == ["a.md"]
    assert list(history.versions()) == ["a.md"]


def test_outside_of_git_nothing_is_known_and_it_is_said_why(tmp_path: Path) -> None:
    history = find_history(tmp_path)
    assert history.missing == "this is no git repository"
    assert (history.versions(), history.blobs(["a"]), history.resolve("HEAD")) == ({}, {}, "")


def test_without_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert find_history(tmp_path).missing == "git is not installed"


def test_a_repository_without_a_commit_has_no_versions(repository: Repository) -> None:
    history = find_history(repository.root)
    assert (history.missing, history.versions(), history.files("HEAD")) == ("", {}, {})


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.commit("1", {"a.md": "1"})
    repository.commit("2", {"a.md": "2"})
    repository.git(
        "clone", "--quiet", "--depth=1", f"file://{repository.root}", f"{tmp_path}/shallow"
    )
    history = find_history(tmp_path / "shallow")
    assert history.shallow
    assert [one.commit.summary for one in history.versions()["a.md"]] == ["2"]
    assert not find_history(repository.root).shallow


def test_what_a_repository_configures_does_not_run(repository: Repository, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {marker}\n", encoding="utf-8")
    script.chmod(0o755)
    repository.commit("1", {"a.md": "1\n", ".gitattributes": "*.md diff=x filter=x\n"})
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv"):
        repository.git("config", name, os.fspath(script))
    repository.git("config", "diff.x.command", os.fspath(script))
    repository.commit("2", {"a.md": "2\n"})
    marker.unlink(missing_ok=True)
    history = find_history(repository.root)
    assert isinstance(history, History)
    assert len(history.versions()["a.md"]) == 2
    assert history.at("HEAD", ["a.md"])
    assert not marker.exists()


@pytest.mark.parametrize("encoding", ["", "utf-16"])
def test_whatever_a_commit_is_called_and_by_whom(tmp_path: Path, encoding: str) -> None:
    repository = Repository(tmp_path)
    if encoding:
        repository.git("config", "i18n.logOutputEncoding", encoding)
    marks = "\x1e\x1f" + "0" * 40 + "\x1f, \x01:"
    repository.commit(f"One {marks} \u2028 two", {"a.txt": "1"}, author=f"A\x1fd{marks}a")
    repository.commit("Again", {"a.txt": "2"})
    history = find_history(tmp_path)
    again, one = history.versions(["a.txt"])["a.txt"]
    assert (again.commit.summary, one.commit.author[:1]) == ("Again", "A")
    assert one.commit.summary.startswith("One ")
    assert [step.commit.id for step in steps(history, ["a.txt"], ["."])] == [
        again.commit.id,
        one.commit.id,
    ]
