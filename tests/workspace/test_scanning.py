from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.durable import TEMPORARY
from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import digest
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.workspace import PRIVATE, Workspace, scanning
from i18n_pipeline.workspace.places import hash_file
from tests.stubs.failing import REMOVE, Calls, Refusing

from .conftest import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Make = Callable[..., Workspace]

FILES = {"terms/en/a.md": "a", "terms/en/b.md": "b"}
OLD_NS = 1_600_000_000_000_000_000


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the project's files read since."""
    paths: list[str] = []

    def read(root: Path, path: str) -> str:
        if not path.startswith(PRIVATE):
            paths.append(path)
        return hash_file(root, path)

    monkeypatch.setattr(scanning, "hash_file", read)
    return paths


def age(workspace: Workspace) -> None:
    """Let the file system's clock go on until a scan is younger than every file."""
    probe = workspace.root / ".i18n" / "probe"
    probe.parent.mkdir(exist_ok=True)
    youngest = max(path.lstat().st_ctime_ns for path in workspace.root.rglob("*"))
    while True:
        probe.touch()
        now = probe.lstat().st_mtime_ns
        probe.unlink()
        if now > youngest:
            return


def scan(workspace: Workspace, paths: Sequence[str] = tuple(FILES)) -> dict[str, str]:
    """What a new run finds."""
    return dict(Workspace(workspace.root, workspace.config).hashes(paths))


def test_hashes_are_of_the_files_bytes_and_missing_files_have_none(project: Make) -> None:
    workspace = project(FILES)
    assert scan(workspace, [*FILES, "terms/en/c.md"]) == {
        "terms/en/a.md": digest("a"),
        "terms/en/b.md": digest("b"),
    }


def test_without_our_folder_nothing_is_written(project: Make) -> None:
    workspace = project(FILES)
    scan(workspace)
    assert set(tree(workspace.root)) == set(FILES)


def test_what_has_not_changed_is_not_read_again(project: Make, reads: list[str]) -> None:
    workspace = project(FILES)
    age(workspace)
    first = scan(workspace)
    assert reads == list(FILES)
    assert scan(workspace) == first
    assert reads == list(FILES)
    (workspace.root / "terms/en/b.md").write_text("c")
    assert scan(workspace)["terms/en/b.md"] == digest("c")
    assert reads == [*FILES, "terms/en/b.md"]


def test_a_file_as_young_as_the_scan_is_read_again(project: Make, reads: list[str]) -> None:
    workspace = project(FILES)
    age(workspace)
    os.utime(workspace.root / "terms/en/a.md", ns=(1 << 62, 1 << 62))
    scan(workspace)
    scan(workspace)
    assert reads == [*FILES, "terms/en/a.md"]


def test_a_change_that_hides_its_time_and_size_is_seen(project: Make) -> None:
    workspace = project(FILES)
    target = workspace.root / "terms/en/a.md"
    os.utime(target, ns=(OLD_NS, OLD_NS))
    age(workspace)
    scan(workspace)
    other = workspace.root / "other"
    other.write_text("c")
    os.utime(other, ns=(OLD_NS, OLD_NS))
    other.replace(target)
    assert scan(workspace)["terms/en/a.md"] == digest("c")


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100000,
        '{"terms/en/a.md": 3}',
        '{"terms/en/a.md": [1, 2, 3, "x", 5]}',
        "�",
    ],
)
@pytest.mark.parametrize("seal", [bytes, partial(sealed, "i18n-scan/2")])
def test_a_damaged_cache_is_done_without(
    project: Make, damage: str, seal: Callable[[bytes], bytes]
) -> None:
    workspace = project(FILES)
    (workspace.root / ".i18n").mkdir()
    kept = workspace.root / ".i18n/scan.json"
    kept.write_bytes(seal(damage.encode("utf-8", "surrogateescape")))
    assert scan(workspace)["terms/en/a.md"] == digest("a")


def test_a_wrong_hash_in_it_is_not_believed(project: Make) -> None:
    workspace = project(FILES)
    age(workspace)
    scan(workspace)
    kept = workspace.root / ".i18n/scan.json"
    kept.write_bytes(kept.read_bytes().replace(digest("a").encode(), digest("b").encode()))
    assert scan(workspace)["terms/en/a.md"] == digest("a")


def test_what_was_not_asked_for_stays_remembered(project: Make) -> None:
    workspace = project(FILES)
    age(workspace)
    scan(workspace, ["terms/en/a.md"])
    scan(workspace, ["terms/en/b.md"])
    saved = opened("i18n-scan/2", (workspace.root / ".i18n/scan.json").read_bytes())
    assert set(json.loads(saved or b"")) == set(FILES)
    assert set(tree(workspace.root)) == {*FILES, ".i18n/scan.json"}


def test_a_cache_that_cannot_be_written_is_done_without(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project(FILES)
    age(workspace)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert scan(workspace)["terms/en/a.md"] == digest("a")
    assert set(tree(workspace.root)) == set(FILES)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_is_not_hashed(project: Make) -> None:
    workspace = project(FILES)
    (workspace.root / "terms/en/c.md").symlink_to("a.md")
    with pytest.raises(BadFile, match="link"):
        scan(workspace, ["terms/en/c.md"])


def test_a_cache_that_cannot_even_be_cleared_away_is_done_without(project: Make) -> None:
    workspace = project(FILES)
    with Calls(workspace.root, Refusing(REMOVE, TEMPORARY)).counted():
        assert scan(workspace)["terms/en/a.md"] == digest("a")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_a_cache_that_is_a_named_pipe_is_none_and_never_waited_for(project: Make) -> None:
    workspace = project({**FILES, ".i18n/.gitignore": "*\n"})
    os.mkfifo(workspace.root / ".i18n/scan.json")
    assert workspace.hashes(["terms/en/a.md"]) == {"terms/en/a.md": digest(b"a")}
