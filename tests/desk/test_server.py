"""The desk on the web: for its own page on this machine, and for nobody else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TypeAlias

import pytest

from i18n_pipeline.desk.answers import Desk
from i18n_pipeline.desk.queue import Filter
from i18n_pipeline.desk.serving import Serving, serving
from i18n_pipeline.desk.session import Session
from i18n_pipeline.errors import CannotWrite
from i18n_pipeline.workspace import open_workspace
from tests.desk.deciding import at, listed
from tests.desk.serving import Client, served
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."
Headers: TypeAlias = dict[str, str | None]


@pytest.fixture
def server(drafted: Site) -> Iterator[Serving]:
    with served(drafted) as found:
        yield found


def row_of(client: Client, source: str) -> object:
    units = listed(client.ask("/api/start").json, "units")
    return next(row for row in units if at(row, "source") == source)


def decision(row: object, **changed: object) -> dict[str, object]:
    return {
        "verb": "approve",
        "unit": at(row, "context"),
        "source": at(row, "source"),
        "shown": at(row, "version"),
        "text": at(row, "target"),
        "reviewer": "Aiko",
        **changed,
    }


def test_a_review_over_http_from_beginning_to_end(drafted: Site, server: Serving) -> None:
    client = Client(server)
    row = row_of(client, SENTENCE)
    name = at(row, "id")
    assert at(client.ask(f"/api/unit/{name}").json, "source") == SENTENCE
    assert at(client.ask("/api/page/token").json, "name") == "Token"
    judged = client.ask("/api/judge", {"id": name, "text": "<b>"}).json
    assert "html" in [at(one, "check") for one in listed(judged, "issues")]
    done = client.ask("/api/decide", decision(row, text="モデルはトークンを読みます。"))
    assert done.status == 200
    assert at(done.json, "unit", "reviewer") == "Aiko"
    assert drafted.unit("token/body", SENTENCE).msgstr == "モデルはトークンを読みます。"
    changes = client.ask("/api/changes?since=0").json
    assert [at(one, "id") for one in listed(changes, "units")] == [name]
    undone = client.ask("/api/undo", {"id": name, "undo": at(done.json, "undo")})
    assert at(undone.json, "unit", "version") == at(row, "version")


def test_a_decision_about_what_was_changed_meanwhile_brings_back_what_is_there(
    drafted: Site, server: Serving
) -> None:
    client = Client(server)
    row = row_of(client, SENTENCE)
    drafted.translate(SENTENCE, "別の文。")
    before = drafted.read(PO)
    refused = client.ask("/api/decide", decision(row, text="私の文。"))
    assert (refused.status, at(refused.json, "unit", "target")) == (409, "別の文。")
    assert drafted.read(PO) == before


def test_while_a_run_is_at_work_the_page_is_told_to_wait(drafted: Site, server: Serving) -> None:
    client = Client(server)
    row = row_of(client, SENTENCE)
    with open_workspace(drafted.root).run_lock():
        assert client.ask("/api/decide", decision(row)).status == 423
    assert client.ask("/api/decide", decision(row)).status == 200


def test_a_review_file_that_cannot_be_read_is_told_and_not_overwritten(
    drafted: Site, server: Serving
) -> None:
    client = Client(server)
    row = row_of(client, SENTENCE)
    broken = drafted.read(PO) + '\nmsgid "half'
    drafted.write(PO, broken)
    problems = listed(client.ask("/api/changes?since=0").json, "problems")
    assert str(problems[0]).startswith(f"{PO}:")
    assert client.ask("/api/decide", decision(row)).status == 409
    assert drafted.read(PO) == broken


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Desk-Token": None}, 403),
        ({"X-Desk-Token": "guessed"}, 403),
        ({"X-Desk-Token": "ü"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": None}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": None}, 415),
    ],
)
def test_whoever_is_not_the_page_changes_nothing(
    drafted: Site, server: Serving, headers: Headers, status: int
) -> None:
    row = row_of(Client(server), SENTENCE)
    before = drafted.tree()
    refused = Client(server, headers).ask("/api/decide", decision(row))
    assert refused.status == status
    assert SENTENCE.encode() not in refused.body
    assert drafted.tree() == before


def test_a_request_without_a_host_is_none(server: Serving) -> None:
    assert Client(server, {"Host": None}).ask("/api/start").status == 400


@pytest.mark.parametrize(
    "path", ["/api/start", "/api/changes", "/api/unit/u-0", "/api/page/token", "/api/history/u-0"]
)
@pytest.mark.parametrize(
    "headers",
    [{"X-Desk-Token": None}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_whoever_is_not_the_page_reads_nothing(
    server: Serving, path: str, headers: Headers
) -> None:
    refused = Client(server, headers).ask(path)
    assert refused.status == 403
    assert b"token" not in refused.body.replace(b'"error":"token"', b"")


def test_the_page_itself_holds_nothing_of_the_project(server: Serving) -> None:
    client = Client(server, {"X-Desk-Token": None})
    page = client.ask("/")
    assert page.status == 200
    for word in (SENTENCE, "Aiko", server.token):
        assert word.encode() not in page.body


def test_every_answer_forbids_what_a_page_does_not_need(server: Serving) -> None:
    for path in ("/", "/desk.js", "/api/start", "/nothing", "/api/unit/u-0"):
        headers = Client(server).ask(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


@pytest.mark.parametrize("path", ["/../desk.html", "/desk.html", "/static/desk.js", "/docs"])
def test_there_is_nothing_else_to_be_had(server: Serving, path: str) -> None:
    assert Client(server).ask(path).status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_there_is_nothing_else_to_be_done(server: Serving, method: str) -> None:
    assert Client(server).ask("/api/start", method=method).status == 403


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/decide", b"{", 400),
        ("/api/decide", b"[]", 400),
        ("/api/decide", b"\xff", 400),
        ("/api/decide", b"[" * 99_999, 400),
        ("/api/decide", {"verb": "approve"}, 409),
        ("/api/judge", {"id": 1}, 400),
        ("/api/judge", {"id": "u-0", "text": ""}, 404),
        ("/api/undo", {"id": "u-0", "undo": "1"}, 400),
        ("/api/undo", {"id": "u-0", "undo": 7}, 422),
        ("/api/judge", b" " * (1024 * 1024 + 1), 413),
    ],
)
def test_nonsense_is_answered_and_does_no_harm(
    drafted: Site, server: Serving, path: str, body: object, status: int
) -> None:
    before = drafted.tree()
    assert Client(server).ask(path, body).status == status
    assert drafted.tree() == before
    assert Client(server).ask("/api/start").status == 200


def test_a_text_that_no_file_can_hold_is_refused(drafted: Site, server: Serving) -> None:
    client = Client(server)
    row = row_of(client, SENTENCE)
    before = drafted.tree()
    for text, status in (("a\x00b", 422), ("\ud800", 409), (" ", 422)):
        assert client.ask("/api/decide", decision(row, text=text)).status == status
        assert client.ask("/api/judge", {"id": at(row, "id"), "text": text}).status == 200
    assert drafted.tree() == before


def test_only_this_machine_can_open_it(server: Serving) -> None:
    assert server.listening.getsockname()[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.port}/#{server.token}"
    assert len(server.token) == 32


def test_every_review_has_a_token_of_its_own(drafted: Site, server: Serving) -> None:
    with served(drafted) as other:
        assert other.token != server.token
        assert Client(other, {"X-Desk-Token": server.token}).ask("/api/start").status == 403


def test_a_port_that_is_taken_is_told(drafted: Site) -> None:
    desk = Desk(Session(open_workspace(drafted.root), "ja"), Filter())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotWrite, match=f"port {port}"), serving(desk, port):
            pass


def test_the_way_in_from_a_file_leads_to_the_page_and_to_nothing_behind_it(
    server: Serving,
) -> None:
    headers: Headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    client = Client(server, headers)
    assert client.ask("/").status == 200
    assert client.ask("/api/start").status == 403
    framed = Client(server, {**headers, "Sec-Fetch-Dest": "iframe"})
    assert framed.ask("/").status == 403


def test_no_number_and_no_text_is_too_long_to_be_answered(server: Serving) -> None:
    client = Client(server)
    assert client.ask(f"/api/changes?since={'9' * 5000}").status == 200
    name = at(row_of(client, SENTENCE), "id")
    assert client.ask("/api/judge", {"id": name, "text": "*a **b " * 10_000}).status == 400


def test_a_name_that_cannot_be_read_approves_nothing(drafted: Site, server: Serving) -> None:
    client, before = Client(server), drafted.read(PO)
    asked = decision(row_of(client, SENTENCE), reviewer="Aiko \u202eakanaT")
    refused = client.ask("/api/decide", asked)
    assert refused.status == 422
    assert "U+202E" in str(at(refused.json, "message"))
    assert drafted.read(PO) == before
