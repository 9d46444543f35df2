"""Running git: its user's pagers, hooks, prompts and networks stay out of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", "core.quotePath=false",
    "-c", "log.showSignature=false",
    "-c", "diff.external=",
    "-c", "i18n.logOutputEncoding=utf-8",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_FOREIGN = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF"})


def git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. Raises FileNotFoundError where there is no git."""
    return subprocess.run(  # noqa: S603  # a fixed program, arguments that cannot be options
        arguments(*words),
        cwd=root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=surroundings(),
    )


def arguments(*words: str) -> list[str]:
    """The command line of git, which is where the user has it."""
    return ["git", *_QUIET, *words]


def surroundings() -> dict[str, str]:
    """The environment that git runs in."""
    own = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return own | _ENVIRONMENT
