from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.memory.machines import Machines, OneDatabase, OneFolder


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OneDatabase]:
    """Machines that share a database which nobody has used before."""
    made = OneDatabase(tmp_path, request.getfixturevalue("postgres").database())
    yield made
    made.end_all()


@pytest.fixture(
    params=["files", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))]
)
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> Machines:
    """What receipts are kept in: a folder, and a database."""
    if request.param == "files":
        return OneFolder(tmp_path)
    made: OneDatabase = request.getfixturevalue("database")
    return made
