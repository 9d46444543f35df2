"""What the tests of the review desk share: a small project with drafts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.desk.session import Session
from i18n_pipeline.workspace import open_workspace
from tests.cli.conftest import deepl, drafted, reviewed, site
from tests.desk.browser import started
from tests.stubs.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["deepl", "drafted", "reviewed", "site"]


@pytest.fixture
def session(drafted: Site) -> Session:
    """A review of the drafts in Japanese."""
    return Session(open_workspace(drafted.root), "ja", lock_timeout=0.0)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found
