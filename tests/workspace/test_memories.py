"""Files that the configuration names by a pattern of names, and the configuration itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.errors import BadFile, CannotWrite, TryLater

if TYPE_CHECKING:
    from collections.abc import Callable

    from i18n_pipeline.workspace import Workspace

    Make = Callable[..., Workspace]

FILES = {
    "memories/b.tmx": "b",
    "memories/a.tmx": "a",
    "memories/a.txt": "",
    "memories/deep/c.tmx": "c",
    "other/d.tmx": "d",
}
NAMED = '[memory]\ntmx = ["memories/*.tmx", "other/d.tmx", "gone.tmx"]\n'


def test_the_files_that_are_there_are_found_in_order(project: Make) -> None:
    workspace = project(FILES, NAMED)
    found = workspace.named(workspace.config.base.memory.tmx)
    assert found == ("memories/a.tmx", "memories/b.tmx", "other/d.tmx")
    assert workspace.named(["*/*/*.tmx"]) == ("memories/deep/c.tmx",)
    assert workspace.named(["nowhere/*.tmx", "memories/a.tmx/*"]) == ()


def test_they_are_the_projects_and_no_others_are(project: Make) -> None:
    workspace = project(FILES, NAMED)
    assert workspace.save([{"memories/new.tmx": b"new", "memories/a.tmx": None}]) == (
        "memories/a.tmx",
        "memories/new.tmx",
    )
    for path in ("memories/a.txt", "memories/deep/c.tmx", "i18n.toml"):
        with pytest.raises(CannotWrite):
            workspace.save([{path: b""}])


def test_what_a_killed_run_left_beside_them_is_taken_away(project: Make) -> None:
    workspace = project({**FILES, "memories/.a.tmx.1-2.i18n-tmp": "half"}, NAMED)
    assert len(workspace.named(["memories/*"])) == 4
    workspace.remove_strays()
    assert not (workspace.root / "memories/.a.tmx.1-2.i18n-tmp").exists()
    assert (workspace.root / "memories/a.tmx").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_folder_that_is_a_link_is_not_looked_into(project: Make) -> None:
    workspace = project(FILES, NAMED)
    (workspace.root / "linked").symlink_to(workspace.root / "memories", target_is_directory=True)
    assert workspace.named(["*/a.tmx"]) == ("memories/a.tmx",)
    with pytest.raises(BadFile) as caught:
        workspace.named(["linked/*.tmx"])
    assert (caught.value.problem.code, caught.value.problem.path) == ("link", "linked")


def test_the_configuration_is_written_only_where_nobody_changed_it_meanwhile(project: Make) -> None:
    workspace = project({"i18n.toml": "old"})
    assert workspace.configure(b"new", b"old") == ("i18n.toml",)
    assert workspace.configure(b"new", b"new") == ()
    with pytest.raises(TryLater):
        workspace.configure(b"newer", b"old")
    assert (workspace.root / "i18n.toml").read_bytes() == b"new"
