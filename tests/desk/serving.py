"""A desk served on loopback while a test looks at it, and somebody who asks it over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread

from i18n_pipeline.desk.answers import Desk
from i18n_pipeline.desk.queue import Filter
from i18n_pipeline.desk.serving import Serving, serving
from i18n_pipeline.desk.session import Session
from i18n_pipeline.workspace import open_workspace
from tests.stubs.site import Site


@contextmanager
def served(
    site: Site, locale: str = "ja", reviewer: str = "Aiko Tanaka", chosen: Filter | None = None
) -> Iterator[Serving]:
    """A review of a locale, served."""
    session = Session(open_workspace(site.root), locale, lock_timeout=0.1)
    with serving(Desk(session, chosen or Filter(), reviewer)) as server:
        thread = Thread(target=server.run)
        thread.start()
        try:
            yield server
        finally:
            server.server.should_exit = True
            thread.join()


@dataclass(frozen=True)
class Answered:
    """An answer over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> object:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Somebody who asks a desk; `headers` replace those of our own page, None leaves one out."""

    server: Serving
    headers: Mapping[str, str | None] = field(default_factory=dict)

    def ask(self, path: str, body: object = None, method: str = "") -> Answered:
        """Ask for something; with a body, post it."""
        own = f"127.0.0.1:{self.server.port}"
        wanted: dict[str, str | None] = {"Host": own, "X-Desk-Token": self.server.token}
        if body is not None:
            wanted |= {"Origin": f"http://{own}", "Content-Type": "application/json"}
        sent = {**wanted, **self.headers}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.putrequest(
                method or ("GET" if data is None else "POST"), path, skip_host=True
            )
            for name, said in sent.items():
                if said is not None:
                    connection.putheader(name, said)
            if data is not None:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            answer = connection.getresponse()
            headers = {name.lower(): said for name, said in answer.getheaders()}
            try:
                return Answered(answer.status, headers, answer.read())
            except ConnectionResetError:  # refused, and closed before all that was sent was read
                return Answered(answer.status, headers, b"")
        finally:
            connection.close()
