"""What the tests of the command line share: a small project, and a DeepL to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import CONFIG, TERMS, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Three English terms to be had in Japanese and German."""
    made = Site(tmp_path / "site")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        made.write(path, text)
    return made


@pytest.fixture
def deepl() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture
def drafted(site: Site, deepl: Stub) -> Site:
    """The project with drafts by DeepL in Japanese."""
    site.ask(deepl)
    assert site.run("sync", "--lang", "ja").code == 0
    return site


@pytest.fixture
def reviewed(drafted: Site) -> Site:
    """The project with everything reviewed and built in Japanese."""
    drafted.review()
    assert drafted.run("sync", "--lang", "ja").code == 0
    return drafted
