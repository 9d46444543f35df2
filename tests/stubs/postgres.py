"""A real PostgreSQL on loopback, in a temporary folder, gone when the tests are over."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    import pwd

PASSWORD = "canary-9a41f7-7e0bc52d-11f3"  # noqa: S105 - of a server that lives for a test
OWNER = "i18n"
_DEBIAN = Path("/usr/lib/postgresql")
_numbers = count(1)


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest there is; None where there is none."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name))
    return next((path for path in reversed(places) if (path / "pg_ctl").exists()), None)


@dataclass
class Server:
    """A server that was set up; started, stopped and asked for databases."""

    home: Path
    port: int
    running: bool = False

    def start(self) -> None:
        """Start it where it does not run, and return when it takes connections."""
        if self.running:
            return
        options = f"-p {self.port} -c unix_socket_directories= -c listen_addresses=127.0.0.1"
        self._control("start", "-o", options, "-l", str(self.home / "log"))
        self.running = True

    def stop(self, mode: str = "fast") -> None:
        """Stop it; "immediate" is as if its machine lost its power."""
        if self.running:
            self._control("stop", "-m", mode)
            self.running = False

    def database(self) -> str:
        """The address of a database of its own."""
        name = f"d{os.getpid()}_{next(_numbers)}"
        self.tell("postgres", f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str, user: str = OWNER, password: str = PASSWORD) -> str:
        """The address of a database."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{name}"

    def tell(self, name: str, *statements: str) -> None:
        """Run statements as its owner."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    @cached_property
    def _programs(self) -> Path:
        found = programs()
        assert found is not None
        return found

    def _control(self, *words: str) -> None:
        program = str(self._programs / "pg_ctl")
        _run([program, "-w", "-t", "60", "-D", str(self.home / "data"), *words])

    def set_up(self) -> None:
        """Make its folder; what it stores need not survive the machine of a test."""
        secret = self.home / "password"
        secret.write_text(PASSWORD)
        _give(self.home, secret)
        words = ["-D", str(self.home / "data"), "-U", OWNER, "--pwfile", str(secret)]
        methods = ["--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"]
        _run([str(self._programs / "initdb"), *words, *methods])


@contextlib.contextmanager
def served() -> Iterator[Server]:
    """A server while the context lasts, and this process: however it ends, the server goes too."""
    home = Path(tempfile.mkdtemp(prefix="i18n-pg-"))
    server = Server(home, _free_port())
    server.set_up()
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.stubs.postgres", str(home)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        server.start()
        yield server
    finally:
        keeper.communicate(timeout=60)


def keep(home: Path) -> None:
    """Stop a server, and take its folder away, once nobody writes to our input any more."""
    sys.stdin.read()
    server = Server(home, 0, running=(home / "data" / "postmaster.pid").exists())
    server.stop("immediate")
    shutil.rmtree(home)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def _somebody() -> pwd.struct_passwd | None:
    """Who runs the server where we are root, whom it refuses to serve."""
    import pwd

    if os.geteuid() != 0:
        return None
    names = {one.pw_name: one for one in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _give(*paths: Path) -> None:
    somebody = _somebody()
    if somebody is not None:
        for path in paths:
            os.chown(path, somebody.pw_uid, somebody.pw_gid)


def _run(words: Sequence[str]) -> None:
    somebody = _somebody()
    user, group = (somebody.pw_uid, somebody.pw_gid) if somebody else (None, None)
    subprocess.run(
        words,
        user=user,
        group=group,
        extra_groups=[] if somebody else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=True,
    )


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
