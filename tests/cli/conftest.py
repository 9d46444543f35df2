"""What the tests of the command line share: the small project, drafted and reviewed."""

from __future__ import annotations

import pytest

from tests.stubs.deepl import Stub
from tests.stubs.site import Site


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
