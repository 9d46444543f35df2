"""What the tests of faults share: a process that forks, and every scenario prepared once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pipeline.conftest import house, killer
from tests.stubs.deepl import Stub
from tests.stubs.failing import Call, Calls, Failing
from tests.stubs.preparing import SYNC
from tests.stubs.scenarios import SCENARIOS, Scenario
from tests.stubs.site import Site

__all__ = ["house", "killer"]


@dataclass(frozen=True)
class Prepared:
    """A scenario's project before it, what it is after it, and after a sync, and its calls."""

    scenario: Scenario
    site: Site
    after: dict[str, bytes]
    synced: dict[str, bytes]
    calls: tuple[Call, ...]
    stub: Stub

    @property
    def drafts(self) -> bool:
        """Whether anything is asked for."""
        return self.scenario.name in ("first sync", "first build")

    def count(self, fault: Failing) -> int:
        """How many calls there are that the fault can hit."""
        return sum(call.kind in fault.kinds for call in self.calls)

    def copy(self, folder: Path) -> Site:
        """The project again."""
        site = Site(folder, self.site.environment)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.site.root, folder)
        self.stub.account.billed_for.clear()
        return site


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Prepared]]:
    made: dict[str, Prepared] = {}
    with Stub() as stub:

        def prepare(name: str) -> Prepared:
            if name not in made:
                made[name] = _prepared(SCENARIOS[name], stub, tmp_path_factory.mktemp("prepared"))
            return made[name]

        yield prepare


def _prepared(scenario: Scenario, stub: Stub, folder: Path) -> Prepared:
    site = Site(folder / "before")
    site.ask(stub)
    scenario.make(site)
    shutil.copytree(site.root, folder / "after")
    whole = Site(folder / "after", site.environment)
    with Calls(whole.root).counted() as calls:
        assert scenario.act(whole).code == 0
    after = whole.contents()
    whole.run(*SYNC)
    return Prepared(scenario, site, after, whole.contents(), tuple(calls.made), stub)
