"""What the tests of nights share: a hosted glossary, and the same after its first night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from i18n_pipeline.pipeline import narrowing
from tests.stubs.deepl import Stub
from tests.stubs.nightly import OWNERS, Hosted, hosting
from tests.stubs.site import CONFIG


@pytest.fixture(autouse=True)
def few_terms_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nights look at the terms alone that changed, as those of a big glossary do."""
    monkeypatch.setattr(narrowing, "FEWEST", 1)
    monkeypatch.setattr(narrowing, "MOST", 1)


@pytest.fixture
def hosted(tmp_path: Path, deepl: Stub) -> Iterator[Hosted]:
    """Three English terms on a remote, Japanese and German wanted, and who is asked for reviews."""
    site = '[site]\nurl = "https://example.org/{locale}/{slug}"\n'
    with hosting(tmp_path, deepl, CONFIG + site + OWNERS) as made:
        yield made


@pytest.fixture
def drafted(hosted: Hosted) -> Hosted:
    """The same after the first night for Japanese."""
    assert hosted.night("--lang", "ja").code == 0
    return hosted
