"""How many cores this process may use: those of the machine, less what it is kept from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from math import ceil
from pathlib import Path

_CGROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def cores(groups: Path = _CGROUPS, own: Path = _OWN) -> int:
    """The cores that this process may use, at least 1.

    The least of its CPU affinity and of the quotas of its control groups, rounded up: a container
    with `--cpus=1.5` on 64 cores has two. `groups` and `own` are where Linux tells of them (kernel
    documentation, admin-guide/cgroup-v2, `cpu.max`).
    """
    return max(1, min([_by_affinity(), *map(ceil, _quotas(groups, own))]))


def _by_affinity() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quotas(groups: Path, own: Path) -> Iterator[float]:
    """The quota of each control group that this process is in, in cores."""
    for folder in _groups(groups, own):
        words = _words(folder / "cpu.max") or [
            *_words(folder / "cpu.cfs_quota_us"),
            *_words(folder / "cpu.cfs_period_us"),
        ]
        if len(words) == 2 and all(word.isdigit() for word in words) and int(words[1]):
            yield int(words[0]) / int(words[1])


def _groups(groups: Path, own: Path) -> Iterator[Path]:
    """The folders of the groups, from the process's own up; of version 1 the one of processors."""
    for line in _lines(own):
        number, _, rest = line.partition(":")
        names, _, path = rest.partition(":")
        if number == "0" or "cpu" in names.split(","):
            top = groups if number == "0" else groups / "cpu"
            folder = top / path.strip("/")
            yield folder
            yield from (one for one in folder.parents if one.is_relative_to(top))


def _words(path: Path) -> list[str]:
    return " ".join(_lines(path)).split()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
