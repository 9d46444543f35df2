"""A project whose runs are killed, and what must be true of the next one."""

from __future__ import annotations

import json
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from i18n_pipeline.memory.receipts import about
from tests.stubs.engine import bill
from tests.stubs.fault_points import ANY_CALL, POINTS
from tests.stubs.killed import KILLED, Arm, Killer
from tests.stubs.services import WAIT, At, Hold, Meter, Service, Serving
from tests.stubs.site import Ran, Site

SYNC = ("sync", "--lang", "ja", "--publish", "drafts", "--format", "json")
TEXTS = 3
"""In one request, so that a small project has many on their way."""

_CONFIG = 'source = "en"\ntargets = ["ja"]\n[locale.ja]\nprovider = ["{provider}"]\n'
_TERM = """\
---
term: {name}
slug: {slug}
lang: en
category: {category}
definition: "What {name} is, in {number} words."
---

## What is {name}, number {number}?

The *model* {number} has {name}, as `data` and [the paper](https://example.org/{slug}) show.

- {number} is {name}
"""


@dataclass(frozen=True)
class Whole:
    """What comes of a run that nobody disturbs: files, what was billed, in how many requests."""

    site: Site
    contents: dict[str, bytes]
    meter: Meter
    requests: int


def undisturbed(service: Service, folder: Path) -> Whole:
    """A project, and what a run makes of it."""
    site = Site(folder / "template")
    site.write("i18n.toml", _CONFIG.format(provider=service.provider))
    site.write("glossaries/ja.csv", "source,target\nmodel,モデル\n")
    for number in range(8):
        name = f"Thing{number}"
        words = {"name": name, "slug": name.lower(), "number": number}
        category = "Basics" if number % 2 else "Methods"
        site.write(f"terms/en/{name.lower()}.md", _TERM.format(category=category, **words))
    done = Site(folder / "done")
    shutil.copytree(site.root, done.root)
    with service.serving() as serving:
        done.environment = serving.environment
        assert done.report(*SYNC).code == 0
    assert set(service.meter.values()) == {1}
    # The meter and the receipts speak of the same texts, or what is said of them says nothing.
    assert {about(text) for _, text in service.meter} == answered(done)
    return Whole(site, done.contents(), Counter(service.meter), serving.requests)


def answered(site: Site) -> set[str]:
    """The texts that have receipts, by hash."""
    lines = [
        json.loads(line)
        for path in site.root.glob(".i18n/receipts/ja/*.jsonl")
        for line in path.read_bytes().splitlines()
    ]
    return {line["about"] for line in lines if "key" in line}


def intents(site: Site) -> list[list[int]]:
    """The characters of each text of every request of which nobody knows what became of it."""
    paths = site.root.glob(".i18n/receipts/ja/intents/*.json")
    return [[size for _, size, _ in json.loads(path.read_bytes())] for path in paths]


def strays(site: Site) -> list[str]:
    """What was half written, wherever it may lie."""
    return [path.name for path in site.root.rglob("*") if "tmp" in path.name]


def characters(meter: Meter) -> int:
    """What all of it cost."""
    return sum(times * sum(bill([text])) for (_, text), times in meter.items())


@dataclass(frozen=True)
class Case:
    """A project that runs are killed in, with a service of its own.

    `jobs` are the most requests at once, 0 for the default, `more` other options of its runs.
    """

    killer: Killer
    whole: Whole
    service: Service
    site: Site
    jobs: int = 0
    more: tuple[str, ...] = ()

    @property
    def workers(self) -> int:
        """The most requests at once."""
        return self.jobs or self.service.workers

    @property
    def billed(self) -> Meter:
        """What was billed so far."""
        return Counter(self.service.meter)

    def kill(self, point: str, at: int = 1, together: int = 1, drop: int = 0) -> bool:
        """Kill a run when it comes to a point for the n-th time; False where it never does.

        Inside a request, so many have to be there `together`. The request to `drop` gets no answer.
        """
        hold = None if point in POINTS else Hold(At(point), at, together)
        with self._serving(hold, drop):
            if hold is None:
                ran = self._run(Arm(point, at))
            else:
                self.killer.start(self.site, self._command, texts=TEXTS)
                assert hold.reached.wait(WAIT)
                ran = self.killer.kill()
        assert ran.code in (0, KILLED), ran
        return ran.code == KILLED

    def stop(self, number: signal.Signals, at: int = 1, point: str = ANY_CALL) -> Ran:
        """Send a run a signal when it comes to a point for the n-th time."""
        with self._serving():
            return self._run(Arm(point, at, number))

    def report(self) -> Ran:
        """A run in this process."""
        with self._serving():
            return self.site.report(*self._command)

    def run(self) -> Ran:
        """A run that nobody disturbs, in a process of its own."""
        with self._serving():
            return self._run(Arm(at=0))

    def make_good(self, kills: int = 1, lost: int = 0, told: int = 0) -> None:
        """Run again, and once more: as if nothing had happened, and what may be billed is told.

        `lost` requests got no answer before that, and so many characters were `told` before.
        """
        had, unknown, before = answered(self.site), intents(self.site), self.billed
        assert len(unknown) <= kills * self.workers + lost
        assert all(len(one) <= TEXTS for one in unknown)
        with self._serving() as serving:
            ran = self.site.report(*self._command)
            assert ran.code == 0, ran
            billed, requests = ran.locale()["billed"], serving.requests
            idle = self.site.report(*self._command)
            assert (idle.code, idle.json["changed"], serving.requests) == (0, False, requests)
        asked, twice = self.billed - before, self.billed - self.whole.meter
        assert not {about(text) for _, text in asked} & had
        assert (billed["characters"], billed["requests"]) == (characters(asked), requests)
        assert characters(twice) <= told + billed["possibly_billed"]
        assert billed["possibly_billed"] <= sum(map(sum, unknown))
        assert idle.locale()["billed"]["possibly_billed"] == 0
        assert set(self.billed) == set(self.whole.meter)
        assert self.site.contents() == self.whole.contents
        assert (strays(self.site), intents(self.site)) == ([], [])

    @property
    def _command(self) -> tuple[str, ...]:
        jobs = ("--jobs", str(self.jobs)) if self.jobs else ()
        return (*SYNC, *jobs, *self.more)

    @contextmanager
    def _serving(self, hold: Hold | None = None, drop: int = 0) -> Iterator[Serving]:
        with self.service.serving(hold, drop) as serving:
            self.site.environment = serving.environment
            yield serving

    def _run(self, where: Arm) -> Ran:
        return self.killer.run(self.site, self._command, where, TEXTS)
