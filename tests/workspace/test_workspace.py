from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from i18n_pipeline.workspace import Workspace

    Make = Callable[..., Workspace]

links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


def refusal(workspace: Workspace, path: str) -> tuple[str, str]:
    with pytest.raises(BadFile) as caught:
        workspace.read(path)
    return caught.value.problem.path, caught.value.problem.code


def test_a_file_is_read_as_its_bytes(project: Make) -> None:
    workspace = project({"terms/en/a.md": "\ufeffa\r\n"})
    assert workspace.read("terms/en/a.md") == b"\xef\xbb\xbfa\r\n"
    assert workspace.read_optional("terms/en/a.md") == workspace.read("terms/en/a.md")


def test_a_missing_file_is_none_or_a_failure_with_its_path(project: Make) -> None:
    workspace = project({"terms/en/a.md": ""})
    assert workspace.read_optional("terms/en/b.md") is None
    assert workspace.read_optional("terms/en/a.md/b.md") is None
    assert refusal(workspace, "terms/en/b.md") == ("terms/en/b.md", "not-found")


@pytest.mark.parametrize(
    "path", ["../project-evil/a", "/etc/passwd", "terms/../../x", "", "a\0b", ".git/config"]
)
def test_nothing_outside_the_project_is_read(project: Make, path: str) -> None:
    assert refusal(project(), path) == (path, "outside")


@links
def test_nothing_is_read_through_a_link(project: Make) -> None:
    workspace = project({"outside/a.md": "secret"})
    (workspace.root / "terms").symlink_to(workspace.root / "outside")
    (workspace.root / "outside/b.md").symlink_to(workspace.root / "outside/a.md")
    assert refusal(workspace, "terms/a.md") == ("terms/a.md", "link")
    assert refusal(workspace, "outside/b.md") == ("outside/b.md", "link")
    assert refusal(workspace, "terms/missing.md") == ("terms/missing.md", "link")


def test_a_folder_is_no_file(project: Make) -> None:
    workspace = project({"terms/en/a.md": ""})
    assert refusal(workspace, "terms/en") == ("terms/en", "not-a-file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_reading_a_named_pipe_does_not_wait(project: Make) -> None:
    workspace = project()
    os.mkfifo(workspace.root / "pipe")
    assert refusal(workspace, "pipe") == ("pipe", "not-a-file")


def test_a_file_that_may_not_be_read_is_a_failure_with_its_path(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project({"terms/en/a.md": ""})

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert refusal(workspace, "terms/en/a.md") == ("terms/en/a.md", "cannot-read")
