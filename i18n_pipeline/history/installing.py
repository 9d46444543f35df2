"""The merge driver in a clone's own configuration: the one thing that is written for git."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from i18n_pipeline.errors import CannotWrite, UsageError
from i18n_pipeline.history.running import git

NAME = "i18n"
"""What the driver is called in .gitattributes: `merge=i18n`."""

CONFLICTS = 3
"""The driver's exit code where markers are left: not 1, which every failing Python ends with."""

_KEY = f"merge.{NAME}.driver"
_WORDS = "translations by unit, locks by term (i18n merge-driver)"


def driver_command(python: str = sys.executable) -> str:
    """The command that git runs for a file changed on both sides (gitattributes(5), "driver").

    Whatever ends it without a merge (this Python is gone, an older package, a bug), git then merges
    by lines as it would without us: left at that it would take ours, and theirs would be lost.
    """
    merge = f"{shlex.quote(Path(python).as_posix())} -m i18n_pipeline merge-driver %O %A %B %P"
    lines = "git merge-file -L ours -L base -L theirs %A %O %B"
    return f"{merge}; code=$?; case $code in 0|{CONFLICTS}) exit $code;; *) {lines};; esac"


def knows_driver(root: Path) -> bool:
    """Whether git would run a merge driver of our name here, wherever that is configured.

    True as well where there is no git, which merges nothing.
    """
    try:
        if git(root, "config", "--get", _KEY).returncode == 0:
            return True
        return git(root, "rev-parse", "--is-inside-work-tree").returncode != 0
    except FileNotFoundError:
        return True


def install_driver(root: Path) -> bool:
    """Put the driver into the clone's configuration; whether that changed anything.

    All work trees of the clone share it. Raises UsageError outside of git, CannotWrite where git
    cannot write.
    """
    wanted = {f"merge.{NAME}.name": _WORDS, _KEY: driver_command()}
    try:
        found = {key: git(root, "config", "--local", "--get", key) for key in wanted}
    except FileNotFoundError:
        raise UsageError("git is not installed") from None
    if any(one.returncode > 1 for one in found.values()):
        raise UsageError("this is no git repository", "git init makes one")
    missing = {k: v for k, v in wanted.items() if found[k].stdout.decode().strip("\n") != v}
    for key, value in missing.items():
        ended = git(root, "config", "--local", key, value)
        if ended.returncode:
            said = ended.stderr.decode("utf-8", "replace").strip()
            raise CannotWrite(f"git's configuration cannot be written: {said}")
    return bool(missing)
