"""What tests share: how Hypothesis looks for counterexamples, a small project, servers to ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from _pytest.nodeid import coerce_node_id
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stubs.deepl import Stub
    from tests.stubs.postgres import Server
    from tests.stubs.site import Site

EXAMPLES = int(os.environ.get("I18N_EXAMPLES", "40"))
"""Examples of each property: few for every day, many for `make fuzz`."""

# A busy machine must not fail a test. Where CI is set, the examples are the same each time.
settings.register_profile("project", deadline=None, max_examples=EXAMPLES)
settings.load_profile("project")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of a group go to one worker: pytest-xdist sees that by the end of their names.

    pytest-xdist 3.8.0 writes it into `_nodeid`, which pytest 9.2.0 has no longer (its `nodes.py`).
    """
    for item in items if config.getoption("loadgroup", default=False) else ():
        group = item.get_closest_marker("xdist_group")
        if group is not None and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = coerce_node_id(f"{item.nodeid}@{group.args[0]}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of PostgreSQL, running; a test that stops it starts it again."""
    if sys.platform == "win32":
        pytest.skip("the server is started as on Unix")
    from tests.stubs.postgres import programs, served

    if programs() is None:
        pytest.skip("no PostgreSQL on this machine (scripts/setup postgres installs it)")
    with served() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Three English terms to be had in Japanese and German."""
    from tests.stubs.site import CONFIG, TERMS, Site

    made = Site(tmp_path / "site")
    for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
        made.write(path, text)
    return made


@pytest.fixture
def deepl() -> Iterator[Stub]:
    """A DeepL to ask, running."""
    from tests.stubs.deepl import Stub

    with Stub() as stub:
        yield stub
