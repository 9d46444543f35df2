"""What Python itself says of every file, folder, socket and process that is asked for.

`sys.addaudithook` hears of calls that no patch of ours would see, those of libraries among them;
it cannot hear of what only looks at a file's record (`os.stat`). The hook stays for the process,
and listens only while somebody asks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_PATHS = {
    "open": (0,),
    "os.listdir": (0,),
    "os.scandir": (0,),
    "os.mkdir": (0,),
    "os.rmdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.link": (0, 1),
    "os.symlink": (0, 1),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.utime": (0,),
    "os.setxattr": (0,),
    "shutil.rmtree": (0,),
    "shutil.copyfile": (0, 1),
    "shutil.move": (0, 1),
    "sqlite3.connect": (0,),
}
"""Events that are about paths, and which of their arguments these are."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_READS = frozenset({"os.listdir", "os.scandir", "shutil.copyfile"})


@dataclass
class Heard:
    """What was asked for while somebody listened."""

    read: list[Path] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    processes: list[list[str]] = field(default_factory=list)

    def outside(self, root: Path) -> list[Path]:
        """The files and folders that lie elsewhere, links resolved, and are not Python's own."""
        known = (root.resolve(), *_own())
        asked = {Path(os.path.realpath(path)) for path in (*self.read, *self.written)}
        return sorted(path for path in asked if not any(map(path.is_relative_to, known)))

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take down an event."""
        if event.startswith("socket.") and event != "socket.__new__":
            self.sockets.append(f"{event} {arguments[1:]}")
        elif event == "subprocess.Popen":
            self.processes.append([str(arguments[0]), *map(str, _listed(arguments[1]))])
        for position in _PATHS.get(event, ()):
            path = arguments[position] if position < len(arguments) else None
            if isinstance(path, str | bytes | os.PathLike):
                (self.read if _only_reads(event, arguments) else self.written).append(
                    Path.cwd() / os.fsdecode(path)
                )


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _only_reads(event: str, arguments: tuple[object, ...]) -> bool:
    if event != "open":
        return event in _READS
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return not set(mode) & set("wxa+")
    return isinstance(flags, int) and not flags & _WRITES


@lru_cache(maxsize=1)
def _own() -> tuple[Path, ...]:
    """Where Python, its libraries and our code lie, and what the system gives to everybody."""
    here = Path(__file__).resolve().parents[2]
    system = ("/dev", "/proc", "/sys", "/usr", "/etc", "/lib")
    found = [sys.prefix, sys.base_prefix, *sys.path, *system]
    return (here / "i18n_pipeline", *(Path(one).resolve() for one in found if one))


_listening: list[Heard] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    for heard in _listening:
        heard.hear(event, arguments)


@lru_cache(maxsize=1)
def _install() -> None:
    sys.addaudithook(_hook)


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear of everything meanwhile."""
    _install()
    heard = Heard()
    _listening.append(heard)
    try:
        yield heard
    finally:
        _listening.remove(heard)
