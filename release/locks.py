"""What a lock (`requirements*.txt`) pins, and what asked for it: the same on every system."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = "i18n-pipeline"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")
_VIA = re.compile(r"^ +# +(?:via +)?([a-z0-9._-]+)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A package of the lock: its version, and the packages that need it."""

    name: str
    version: str
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What comes with an installation of ours: always, and with one of the extras beside that."""

    core: tuple[Pinned, ...]
    extras: tuple[Pinned, ...]

    @property
    def all(self) -> tuple[Pinned, ...]:
        """Both, by name."""
        return tuple(sorted((*self.core, *self.extras), key=lambda one: one.name))

    def needs_of(self, name: str) -> tuple[str, ...]:
        """The packages that one of them needs, by name."""
        return tuple(one.name for one in self.all if name in one.needed_by)


def pinned(lock: str) -> Mapping[str, Pinned]:
    """The packages of a lock by name, as uv writes it with its annotations.

    Where Pythons of different age get different versions, it is the newest one's.
    """
    found: dict[str, Pinned] = {}
    name = version = ""
    needed_by: list[str] = []
    for line in (*lock.splitlines(), "end==0"):
        if pin := _PIN.match(line):
            if name:
                found[name] = Pinned(name, version, tuple(sorted(needed_by)))
            name, version, needed_by = normal(pin[1]), pin[2], []
        elif (via := _VIA.match(line)) and via[1] != "via":
            needed_by.append(normal(via[1]))
    return found


def parts_of(project: Mapping[str, object], lock: str) -> Parts:
    """What an installation brings along, from `[project]` of pyproject.toml and the lock.

    Markers count as if they held: it is what may come along on some system.
    """
    locked = pinned(lock)
    extras = project["optional-dependencies"]
    asked = extras.values() if isinstance(extras, Mapping) else ()
    core = _closed(_names(project["dependencies"]), locked)
    more = _closed([name for one in asked for name in _names(one)], locked)
    return Parts(
        tuple(locked[name] for name in sorted(core)),
        tuple(locked[name] for name in sorted(more - core)),
    )


def our_parts(root: Path = ROOT) -> Parts:
    """The parts of this project."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return parts_of(project, (root / "requirements-dev.txt").read_text(encoding="utf-8"))


def normal(name: str) -> str:
    """A package's name as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _names(requirements: object) -> Sequence[str]:
    asked = [str(one) for one in requirements] if isinstance(requirements, list) else []
    names = [normal(found[0]) for one in asked if (found := _NAME.match(one))]
    return [name for name in names if name != OURS]


def _closed(names: Iterable[str], locked: Mapping[str, Pinned]) -> frozenset[str]:
    """The names with all that they need."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [one.name for one in locked.values() if name in one.needed_by]
    return frozenset(found)
