from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.model import MAX_TERM_BYTES
from i18n_pipeline.workspace import Places, Workspace

from .conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Workspace]

FILES = {
    "terms/en/a.md": "a",
    "terms/en/basics/b.md": "b",
    "terms/en/drafts/c.md": "c",
    "locales/ja/terms.po": "po",
    "glossaries/ja.csv": "csv",
}
PLACES = Places(
    frozenset({("terms/en", ("drafts",)), ("terms/ja", ())}),
    frozenset({"locales/ja/terms.po", "locales/ja/terms.lock", "glossaries/ja.csv"}),
)


def stamp(workspace: Workspace) -> str:
    found = workspace.glance(PLACES)
    assert found is not None
    return found.stamp


def same_size(root: Path) -> None:
    (root / "terms/en/a.md").write_text("x", encoding="utf-8")


def same_times(root: Path) -> None:
    path = root / "terms/en/basics/b.md"
    status = path.stat()
    path.write_text("x", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replaced(root: Path) -> None:
    (root / "new").write_text("po", encoding="utf-8")
    (root / "new").replace(root / "locales/ja/terms.po")


def linked(root: Path) -> None:
    (root / "locales").rename(root / "elsewhere")
    (root / "locales").symlink_to("elsewhere")


TOUCHES = {
    "other bytes of the same size": same_size,
    "other bytes, its time set back": same_times,
    "another file of the same bytes": replaced,
    "a file where there was none": lambda root: write(root, {"locales/ja/terms.lock": "[]"}),
    "one more file": lambda root: write(root, {"terms/en/basics/d.md": "d"}),
    "the first file of a folder": lambda root: write(root, {"terms/ja/a.md": "a"}),
    "a file gone": lambda root: (root / "terms/en/a.md").unlink(),
    "a single file gone": lambda root: (root / "glossaries/ja.csv").unlink(),
    "another name": lambda root: (root / "terms/en/a.md").rename(root / "terms/en/z.md"),
    "a folder of another name": lambda root: (root / "terms/en/basics").rename(
        root / "terms/en/more"
    ),
    "nobody may read it": lambda root: (root / "terms/en/a.md").chmod(0),
    "a folder on the way is a link": linked,
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_whoever_touches_a_file_gives_its_places_another_stamp(
    project: Make, touch: Callable[[Path], None]
) -> None:
    workspace = project(FILES)
    before = stamp(workspace)
    touch(workspace.root)
    assert stamp(workspace) != before


OTHER_FILES = [each for each in TOUCHES if not each.startswith(("other bytes", "another file"))]


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_other_bytes_in_the_same_files_are_the_same_listing(
    project: Make, touch: Callable[[Path], None]
) -> None:
    workspace = project(FILES)
    before = workspace.glance(PLACES)
    touch(workspace.root)
    after = workspace.glance(PLACES)
    assert before is not None
    assert after is not None
    others = touch in [TOUCHES[name] for name in OTHER_FILES]
    assert (after.listing != before.listing) == others


def test_a_file_grown_too_large_for_a_term_is_another_listing(project: Make) -> None:
    workspace = project(FILES)
    before = workspace.glance(PLACES)
    (workspace.root / "terms/en/a.md").write_bytes(b"a" * (MAX_TERM_BYTES + 1))
    after = workspace.glance(PLACES)
    assert before is not None
    assert after is not None
    assert after.listing != before.listing


def test_what_is_looked_at_only_has_the_stamp_it_had(project: Make) -> None:
    workspace = project(FILES)
    before = stamp(workspace)
    (workspace.root / "terms/en/a.md").read_bytes()
    write(workspace.root, {"terms/en/passing": "p", "terms/de/a.md": "a", "README.md": "r"})
    (workspace.root / "terms/en/passing").unlink()
    write(workspace.root, {"terms/en/drafts/c.md": "another"})
    assert stamp(workspace) == before


def test_no_link_is_followed(project: Make) -> None:
    workspace = project(FILES)
    (workspace.root / "terms/en").rename(workspace.root / "outside")
    (workspace.root / "terms/en").symlink_to(workspace.root / "outside")
    before = stamp(workspace)
    write(workspace.root, {"outside/new.md": "new"})
    assert stamp(workspace) == before


def test_a_link_that_begins_to_lead_to_a_folder_is_another_listing(project: Make) -> None:
    workspace = project(FILES)
    (workspace.root / "terms/en/extra").symlink_to(workspace.root / "outside")
    before = workspace.glance(PLACES)
    (workspace.root / "outside").mkdir()
    after = workspace.glance(PLACES)
    assert before is not None
    assert after is not None
    assert after.listing != before.listing
    assert after.stamp != before.stamp


def test_the_youngest_change_is_told(project: Make) -> None:
    workspace = project(FILES)
    for path in FILES:
        os.utime(workspace.root / path, ns=(1, 1))
    found = workspace.glance(PLACES)
    changed = [(workspace.root / path).lstat().st_ctime_ns for path in FILES if "draft" not in path]
    assert found is not None
    assert found.youngest == max(changed)


def test_a_folder_that_nobody_may_list_gives_no_stamp(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: object) -> None:
        raise PermissionError

    workspace = project(FILES)
    monkeypatch.setattr(os, "scandir", refuse)
    assert workspace.glance(PLACES) is None


def test_a_system_that_does_not_tell_of_changes_gives_no_stamp(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project(FILES)
    monkeypatch.setattr(os, "name", "nt")
    assert workspace.glance(PLACES) is None


def test_names_that_are_no_text_have_a_stamp_too(project: Make) -> None:
    workspace = project(FILES)
    before = stamp(workspace)
    os.close(os.open(os.fsencode(workspace.root) + b"/terms/en/\xff.md", os.O_CREAT))
    assert stamp(workspace) != before
