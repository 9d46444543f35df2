"""Where a project begins: the folder with `i18n.toml`, or with `[tool.i18n]` in pyproject.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from i18n_pipeline.config import Config, is_configured, read_config
from i18n_pipeline.errors import BadConfig, BadFile, Problem, UsageError
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace.places import read_file

if TYPE_CHECKING:
    from pathlib import Path

OWN_FILE = "i18n.toml"
SHARED_FILE = "pyproject.toml"
TABLE = ("tool", "i18n")


@dataclass(frozen=True, slots=True)
class Found:
    """A project's folder and what is configured for it, in which file of the folder."""

    root: Path
    config: Config
    file: str = OWN_FILE


def find_project(start: Path) -> Found:
    """Find the project that a folder is in, searching upward.

    Raises UsageError where there is none, and BadConfig for a configuration that cannot be used
    or that stands in both files of one folder.
    """
    try:
        folder = start.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before 3.13
        raise UsageError(f"{start} is no folder") from error
    if not folder.is_dir():
        raise UsageError(f"{start} is no folder")
    for root in (folder, *folder.parents):
        found = _configured(root)
        if found is not None:
            return found
    raise UsageError(f"no {OWN_FILE} in {folder} or above it", "i18n init proposes one")


def _configured(root: Path) -> Found | None:
    own, shared = _text(root, OWN_FILE), _text(root, SHARED_FILE)
    in_shared = shared is not None and "i18n" in shared and is_configured(shared, TABLE)
    if own is not None and in_shared:
        message = f"this folder is configured in {SHARED_FILE} as well, in [{'.'.join(TABLE)}]"
        raise BadConfig((Problem(OWN_FILE, 0, 0, "two-configurations", message, "keep one"),))
    if own is not None:
        return Found(root, read_config(own, OWN_FILE))
    if shared is None or not in_shared:
        return None
    return Found(root, read_config(shared, SHARED_FILE, TABLE), SHARED_FILE)


def _text(root: Path, name: str) -> str | None:
    """The text of a file; None where there is none. Raises BadConfig.

    A `pyproject.toml` that is a link is another project's, and no business of ours.
    """
    try:
        data = read_file(root, name)
    except BadFile as failure:
        if name == SHARED_FILE and failure.problem.code == "link":
            return None
        raise BadConfig((failure.problem,)) from failure
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(name, line, 0, "not-utf-8", "is not UTF-8", "save it as UTF-8")
        raise BadConfig((problem,)) from error
