"""The address comes to the browser by a file of one's own, and by nothing that others can read."""

from __future__ import annotations

import stat
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from i18n_pipeline.desk.handing import opened_in_browser
from tests.desk.browser import person
from tests.desk.serving import served
from tests.stubs.site import Site

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Browser

ADDRESS = "http://127.0.0.1:8000/#a-key"


def test_the_key_is_in_a_file_that_only_its_owner_reads_and_that_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    with opened_in_browser(tmp_path / ".i18n", ADDRESS):
        (way,) = (tmp_path / ".i18n").glob("*.html")
        assert stat.S_IMODE(way.stat().st_mode) == 0o600
        assert f'content="0; url={ADDRESS}"' in way.read_text(encoding="utf-8")
        assert opened == [way.as_uri()]
        assert "a-key" not in opened[0]
    assert not way.exists()


def test_where_no_file_can_be_written_no_browser_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    (tmp_path / ".i18n").write_text("a file", encoding="utf-8")
    with opened_in_browser(tmp_path / ".i18n", ADDRESS):
        assert opened == []


def test_a_browser_gets_from_the_file_to_the_desk(
    drafted: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    with (
        served(drafted) as server,
        opened_in_browser(drafted.root / ".i18n", server.address),
        person(browser) as aiko,
    ):
        aiko.opens(opened[0])
        assert aiko.said == []
        assert aiko.page.url == f"http://127.0.0.1:{server.port}/"
