"""What the tests of the review desk share: a small project with drafts, made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.desk.session import Session
from i18n_pipeline.workspace import open_workspace
from tests.desk.browser import started
from tests.desk.serving import served
from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, TERMS, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from i18n_pipeline.desk.serving import Serving


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three English terms with drafts by DeepL in Japanese, which nobody changes."""
    found = Site(tmp_path_factory.mktemp("made") / "site")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        found.write(path, text)
    with Stub() as deepl:
        found.ask(deepl)
        assert found.run("sync", "--lang", "ja").code == 0
    found.ask_nobody()
    return found


@pytest.fixture
def drafted(made: Site, tmp_path: Path) -> Site:
    """The project with drafts in Japanese."""
    return Site(Path(shutil.copytree(made.root, tmp_path / "site")))


@pytest.fixture
def reviewed(drafted: Site) -> Site:
    """The project with everything reviewed and built in Japanese."""
    drafted.review()
    assert drafted.run("sync", "--lang", "ja").code == 0
    return drafted


@pytest.fixture
def session(drafted: Site) -> Session:
    """A review of the drafts in Japanese."""
    return Session(open_workspace(drafted.root), "ja", lock_timeout=0.0)


def pytest_itemcollected(item: pytest.Item) -> None:
    """One browser at a time: two on two cores leave a page so little that it seems to hang."""
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


@pytest.fixture(scope="module")
def reading(made: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A desk that tests look at, and decide nothing on."""
    copied = shutil.copytree(made.root, tmp_path_factory.mktemp("reading") / "site")
    with served(Site(Path(copied))) as server:
        yield server
