"""`i18n review` on the command line: what is asked for, the file, decisions that come back."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from i18n_pipeline.history import user_name
from tests.desk.deciding import at, names
from tests.desk.reviving import revived, rows_of
from tests.stubs.repository import Repository
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."
REVIEW = ("review", "--lang", "ja")


class _Reader(HTMLParser):
    """What of a page could run, or load something, and the data in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attrs]
        self._kind = dict(attrs).get("type") or "code" if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self._kind:
            self.scripts.append(f"{self._kind}:{data}")
            self._kind = ""


def data_of(page: Path) -> object:
    """The data in a page that needs no server."""
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    (found,) = [one for one in reader.scripts if one.startswith("application/json:")]
    read = json.loads(found.removeprefix("application/json:"))
    assert isinstance(read, dict)
    return revived(read)


def units_of(page: Path) -> list[dict[str, object]]:
    """The units in such a page."""
    return rows_of(at(data_of(page), "start", "units"))


def test_a_page_is_served_to_this_machine_until_ctrl_c(drafted: Site) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "i18n_pipeline", *REVIEW, "--no-browser"],
        cwd=drafted.root,
        env=drafted.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        at = urlsplit(address)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/#[\w-]{32}", address)
        connection = HTTPConnection("127.0.0.1", at.port or 0, timeout=30)
        connection.request("GET", "/api/start", headers={"X-Desk-Token": at.fragment})
        start = json.loads(connection.getresponse().read())
        connection.close()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert process.returncode == 0
    assert start["locale"] == "ja"
    assert re.match(r"ja: \d+ texts to review, about \d+ min\n", told)
    assert at.fragment not in told, "no log tells the key"


def test_the_file_holds_what_was_asked_for(drafted: Site, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    ran = drafted.run(*REVIEW, "--slug", "token", "-o", str(page))
    assert ran.code == 0, ran.err
    assert re.fullmatch(
        rf"ja: 3 texts to review, about 1 min; wrote {re.escape(str(page))}\n", ran.err
    )
    found = data_of(page)
    assert names(found, "pages") == {"token"}
    assert len(rows_of(at(found, "details"))) == len(units_of(page)) == 3


def test_the_file_is_the_same_each_time_and_asks_nobody_for_anything(
    drafted: Site, tmp_path: Path
) -> None:
    page = tmp_path / "review.html"
    drafted.run(*REVIEW, "-o", str(page))
    first = page.read_bytes()
    drafted.run(*REVIEW, "-o", str(page))
    assert page.read_bytes() == first
    reader = _Reader()
    reader.feed(first.decode())
    assert not [one for one in reader.attributes if one[0] in ("src", "srcset", "style")]
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    policy = next(said for name, said in reader.attributes if said.startswith("default-src"))
    assert "unsafe" not in policy
    assert "connect-src 'none'; img-src 'none'" in policy


def test_no_text_ends_the_element_that_it_stands_in(site: Site, tmp_path: Path) -> None:
    hostile = "A </script><script>alert(1)</script> <!-- and <script> & more"
    site.change("terms/en/token.md", SENTENCE, hostile)
    assert site.run("extract", "--lang", "ja").code == 0
    page = tmp_path / "review.html"
    assert site.run(*REVIEW, "-o", str(page)).code == 0
    assert page.read_text(encoding="utf-8").count("</script>") == 2
    assert hostile in {one["source"] for one in units_of(page)}


def test_decisions_that_come_back_are_merged(drafted: Site, tmp_path: Path) -> None:
    page, back = tmp_path / "review.html", tmp_path / "decisions.json"
    drafted.run(*REVIEW, "--slug", "token", "-o", str(page))
    rows = [
        {
            "verb": "approve",
            "unit": one["context"],
            "source": one["source"],
            "shown": one["version"],
            "text": one["target"],
        }
        for one in units_of(page)
    ]
    document = {"schema": "i18n-decisions/1", "locale": "ja", "decisions": rows}
    back.write_text(json.dumps(document), encoding="utf-8")
    ran = drafted.report("review", "--apply", str(back), "--dry-run")
    assert ran.json["changed"] is True
    before = drafted.tree()
    assert drafted.tree() == before
    ran = drafted.report("review", "--apply", str(back))
    assert ran.code == 0
    assert ran.json["locale"] == "ja"
    assert ran.json["written"] == [PO]
    decisions = ran.json["decisions"]
    assert isinstance(decisions, dict)
    assert decisions["approved"] == 3
    assert not drafted.unit("token/body", SENTENCE).fuzzy
    assert drafted.report("review", "--apply", str(back)).json["changed"] is False


def test_a_file_that_holds_no_decisions_is_refused(drafted: Site, tmp_path: Path) -> None:
    back = tmp_path / "decisions.json"
    back.write_text('{"schema": "i18n-decisions/1", "locale": "ja",\n "decisions": [}', "utf-8")
    before = drafted.tree()
    ran = drafted.run("review", "--apply", str(back))
    assert ran.code == 65
    assert ran.err.startswith(f"{back}:2:16: decisions-damaged: it is not JSON")
    assert drafted.tree() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["review"], "the targets are ja, de, and a review is of one"),
        (["review", "--lang", "fr"], "it is not among the targets: ja, de"),
        ([*REVIEW, "--state", "fuzzy"], "fuzzy is not one of untranslated, needs-review, reviewed"),
        ([*REVIEW, "--origin", "deepl"], "deepl is not one of machine, memory, human"),
        ([*REVIEW, "--check", "lenght"], "there is no check lenght"),
        ([*REVIEW, "--slug", "tokn"], "there is no term tokn"),
        ([*REVIEW, "--minutes", "0"], "0"),
        ([*REVIEW, "--format", "json"], "--format json goes with --apply alone"),
        ([*REVIEW, "--dry-run"], "--dry-run goes with --apply alone"),
        ([*REVIEW, "-o", PO], "is a file of the project"),
        ([*REVIEW, "--reviewer", "Aiko\u202e"], "the name holds U+202E, which cannot be seen"),
        (["review", "--apply", "none.json"], "none.json cannot be read: No such file"),
        (["review", "--apply", "none.json", "--slug", "token"], "--slug does not go with --apply"),
        (["review", "--apply", "none.json", "--minutes", "3"], "--minutes does not go with"),
        (["review", "--apply", "none.json", "-o", "x.html"], "-o does not go with --apply"),
    ],
)
def test_what_makes_no_sense_is_told(
    drafted: Site, arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(drafted.root)
    ran = drafted.run(*arguments)
    assert ran.code == 2
    assert told in ran.err


def test_without_its_libraries_it_says_how_to_get_them(
    drafted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = sys.modules["i18n_pipeline.cli.review"]  # the package shows the command itself
    monkeypatch.setattr(command, "_LIBRARIES", ("jinja2", "no_such_library"))
    ran = drafted.run(*REVIEW)
    assert ran.code == 2
    assert "a review needs no_such_library, which is not installed" in ran.err
    assert "pipx install --force '.[review]'" in ran.err


def test_whoever_git_knows_is_the_reviewer(drafted: Site, tmp_path: Path) -> None:
    assert user_name(tmp_path / "nowhere") == ""
    repository = Repository(drafted.root)
    subprocess.run(["git", "config", "user.name", "Aiko Tanaka"], cwd=drafted.root, check=True)
    assert user_name(repository.root) == "Aiko Tanaka"


def test_a_project_that_cannot_be_read_is_not_reviewed(drafted: Site) -> None:
    drafted.write("locales/ja/terms.lock", "no lock\n")
    ran = drafted.run(*REVIEW, "--no-browser")
    assert ran.code == 65
    assert "locales/ja/terms.lock" in ran.err


def test_a_page_is_replaced_by_the_next_and_nothing_else_is(drafted: Site, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    assert drafted.run(*REVIEW, "-o", str(page)).code == 0
    assert drafted.run(*REVIEW, "--slug", "token", "-o", str(page)).code == 0
    assert names(data_of(page), "pages") == {"token"}
    page.write_text("<!doctype html>\n<p>mine</p>\n", encoding="utf-8")
    ran = drafted.run(*REVIEW, "-o", str(page))
    assert ran.code == 2
    assert "is no earlier output" in ran.err
    assert drafted.run(*REVIEW, "-o", str(page), "--force").code == 0


def test_decisions_are_found_from_the_folder_that_the_command_is_told(
    drafted: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = {"schema": "i18n-decisions/1", "locale": "ja", "decisions": []}
    drafted.write("back.json", json.dumps(document))
    monkeypatch.chdir(tmp_path)
    assert drafted.run("review", "--apply", "back.json").code == 0
