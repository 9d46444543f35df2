"""The desk's server: on loopback, at a port of its own, until it is told to stop."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from i18n_pipeline.desk.answers import Desk
from i18n_pipeline.errors import CannotWrite
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from uvicorn import Server

LOOPBACK = "127.0.0.1"
_TOKEN_BYTES = 24
_PORTS = range(20_000, 30_000)


@dataclass(frozen=True)
class Serving:
    """A server that is ready to run, and the address that lets a browser in."""

    server: Server
    listening: socket.socket
    token: str

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return int(self.listening.getsockname()[1])

    @property
    def address(self) -> str:
        """Where the page is. The token stands behind `#`: a browser sends that to nobody."""
        return f"http://{LOOPBACK}:{self.port}/#{self.token}"

    def run(self) -> None:
        """Answer until somebody stops it (Ctrl-C in the main thread, or `should_exit`)."""
        self.server.run(sockets=[self.listening])


def _bind(listening: socket.socket, port: int, desk: Desk) -> None:
    try:
        listening.bind((LOOPBACK, port or _own_port(desk)))
    except OSError:
        if port:
            raise
        listening.bind((LOOPBACK, 0))


def _own_port(desk: Desk) -> int:
    """A port for each project and locale, below those that systems give away."""
    name = f"{desk.session.workspace.root}\n{desk.session.locale}"
    return _PORTS.start + int(digest(name, 4), 16) % len(_PORTS)


@contextmanager
def serving(desk: Desk, port: int = 0) -> Iterator[Serving]:
    """A server for a desk. Raises CannotWrite for a port that is taken.

    Port 0 is the desk's own if that is free, else any: under the same address a browser finds again
    what was begun there.
    """
    from uvicorn import Config, Server

    from i18n_pipeline.desk.server import application

    token = token_urlsafe(_TOKEN_BYTES)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        if os.name != "nt":  # there it would let two programs listen
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            _bind(listening, port, desk)
            listening.listen()  # a browser that is quicker than the server waits for it
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"port {port} of {LOOPBACK} cannot be used: {reason}"
            raise CannotWrite(message, "leave --port out to take any that is free") from None
        config = Config(
            application(desk, token),
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            access_log=False,
            log_level="warning",
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=2,
        )
        try:
            yield Serving(Server(config), listening, token)
        finally:
            desk.session.close()
