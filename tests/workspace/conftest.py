"""A small project on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.config import read_config
from i18n_pipeline.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LEAST = 'source = "en"\ntargets = ["ja", "de"]\n'


def write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Workspace]:
    def make(files: Mapping[str, str] | None = None, more: str = "") -> Workspace:
        root = tmp_path / "project"
        root.mkdir(exist_ok=True)
        write(root, files or {})
        return Workspace(root, read_config(LEAST + more))

    return make
