"""What the tests that kill share: a process that forks, a package, projects to kill runs in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stubs.killed import Killer
from tests.stubs.killing import TEXTS, Case, Whole, undisturbed
from tests.stubs.services import SERVICES, install_house, limits_of
from tests.stubs.site import Site


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the house's provider, installed."""
    return install_house(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="session")
def killer(house: Path) -> Iterator[Killer]:
    with Killer(house) as process:
        yield process


@pytest.fixture(scope="module")
def small(house: Path) -> Iterator[None]:
    """Small requests to every service, the house's among them, also in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(house))
        for owner, name, value in limits_of(TEXTS):
            patch.setattr(owner, name, value)
        yield


@pytest.fixture(scope="module")
def wholes(small: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Whole]:
    """What an undisturbed run makes of a project, for each service."""
    found: dict[str, Whole] = {}

    def whole(name: str) -> Whole:
        if name not in found:
            found[name] = undisturbed(SERVICES[name](), tmp_path_factory.mktemp(name))
        return found[name]

    return whole


@pytest.fixture
def cases(killer: Killer, wholes: Callable[[str], Whole], tmp_path: Path) -> Callable[..., Case]:
    """A project of its own, and a service that has billed nothing."""
    numbers = iter(range(1_000_000))

    def made(name: str, jobs: int = 0) -> Case:
        whole, site = wholes(name), Site(tmp_path / str(next(numbers)))
        shutil.copytree(whole.site.root, site.root)
        return Case(killer, whole, SERVICES[name](), site, jobs)

    return made
