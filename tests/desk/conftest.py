"""What the tests of the review desk share: a small project with drafts."""

from __future__ import annotations

import pytest

from i18n_pipeline.desk.session import Session
from i18n_pipeline.workspace import open_workspace
from tests.cli.conftest import deepl, drafted, reviewed, site
from tests.stubs.site import Site

__all__ = ["deepl", "drafted", "reviewed", "site"]


@pytest.fixture
def session(drafted: Site) -> Session:
    """A review of the drafts in Japanese."""
    return Session(open_workspace(drafted.root), "ja", lock_timeout=0.0)
