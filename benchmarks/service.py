"""`python -m benchmarks.service`: how near asking comes to what a service allows, and our own cost.

A stand-in for DeepL runs in a process of its own. Four questions: with an answer after 100 ms and
five requests at once, how much longer than that allows; how much longer where several runs ask at
the same time, as those of several machines do, and none knows of the others; without any delay,
what a segment costs us; and whether memory follows the number of segments.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

from benchmarks.corpus import ROOT

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.lots import Lot, Side
    from i18n_pipeline.providers.base import Provider
    from i18n_pipeline.stages.ladder import Able, Climber

_SERVER = """
import sys, time
from tests.stubs.deepl import Account, Stub
with Stub(Account("stub-key"), delay=float(sys.argv[1]), admits=int(sys.argv[2])) as stub:
    print(stub.url, flush=True)
    sys.stdin.read()
    print(len(stub.seen()), sum(one.status == 429 for one in stub.seen()), stub.account.billed)
"""

_TEXT = (
    "a model learns from text that people wrote and is asked about it later by others who never "
    "saw the words it was made of while the numbers inside it stay where training left them"
)
_WORDS = tuple(_TEXT.split())
_AT_ONCE = 5
_DELAY = 0.1
_ROUNDS = 3
_RUNS = (1, 4, 10)
"""Runs at the same time: one, nearly as many as the service serves at once, and twice as many."""
_A_LOT = 50

FIGURES = Path(__file__).with_name("service.json")


@dataclass(frozen=True)
class Asked:
    """What asking for so many segments took: seconds, seconds of one core, and MiB at the most.

    Where several `runs` share the work, seconds of cores are those of all, and MiB of the largest.
    """

    segments: int
    delay: float
    admits: int
    requests: int
    busy: int
    seconds: float
    core: float
    peak: float
    runs: int = 1

    @property
    def ideal(self) -> float:
        """Seconds that the service allows for the same requests."""
        return self.requests * self.delay / self.admits if self.admits else 0.0


def main() -> None:
    """Measure, and keep the figures for the page; with `--child`, ask in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--child", nargs=2, metavar=("URL", "SEGMENTS"))
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_ask(asked.child[0], int(asked.child[1]))))
        return
    found = [
        *(_typical(10_000, _DELAY, _AT_ONCE, runs) for runs in _RUNS),
        *(_typical(segments, 0.0, 0) for segments in (10_000, 40_000)),
    ]
    FIGURES.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", "utf-8")
    print("\n".join(table(found)))


def load() -> list[Asked]:
    """The figures last measured."""
    return [Asked(**one) for one in json.loads(FIGURES.read_text("utf-8"))]


def table(figures: Sequence[Asked]) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| | requests | seconds | the service allows | times that | own CPU | peak MiB |"
    yield "| :-- | --: | --: | --: | --: | --: | --: |"
    for one in figures:
        runs = f" in {one.runs} runs" if one.runs > 1 else ""
        limits = (
            f"{one.delay * 1000:.0f} ms, {one.admits} at once, {one.busy} refused"
            if one.admits
            else "answers at once"
        )
        allowed = f"{one.ideal:.2f} | {one.seconds / one.ideal:.2f}" if one.ideal else "|"
        own = f"{1000 * one.core / one.segments:.2f} ms a segment"
        yield (
            f"| {one.segments:,} segments{runs}; {limits} | {one.requests} | {one.seconds:.2f} "
            f"| {allowed} | {own} | {one.peak:.0f} |"
        )


def _typical(segments: int, delay: float, admits: int, runs: int = 1) -> Asked:
    """The median round by time."""
    rounds = [_measured(segments, delay, admits, runs) for _ in range(_ROUNDS)]
    return sorted(rounds, key=lambda one: one.seconds)[_ROUNDS // 2]


def _measured(segments: int, delay: float, admits: int, runs: int) -> Asked:
    with _server(delay, admits) as (url, process), ThreadPoolExecutor(runs) as pool:
        told = list(pool.map(_child, [url] * runs, [segments // runs] * runs))
        out, _ = process.communicate("")
    came, busy, _ = map(int, out.split())
    return Asked(
        segments,
        delay,
        admits,
        came - busy,
        busy,
        max(one["end"] for one in told) - min(one["start"] for one in told),
        sum(one["core"] for one in told),
        max(one["peak"] for one in told),
        runs,
    )


def _child(url: str, segments: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.service", "--child", url, str(segments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@contextmanager
def _server(delay: float, admits: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-c", _SERVER, str(delay), str(admits)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for above
        yield process.stdout.readline().strip(), process


def _ask(url: str, segments: int) -> dict[str, float]:
    """Ask for so many segments, and say what that took without what went before."""
    from i18n_pipeline.memory.receipts import Receipts
    from i18n_pipeline.pipeline.asking import Desk, Turn
    from i18n_pipeline.pipeline.budget import Budget
    from i18n_pipeline.pipeline.lots import Asked as Result
    from i18n_pipeline.pipeline.lots import Side
    from i18n_pipeline.pipeline.sending import Sender
    from i18n_pipeline.providers import load as load_provider
    from i18n_pipeline.providers.base import Settings

    os.environ["NO_PROXY"] = "127.0.0.1"
    environment = {"DEEPL_AUTH_KEY": "stub-key", "DEEPL_SERVER_URL": url}
    provider = load_provider("deepl", environment, Settings("bench"))
    side = Side("en", "ja", Result())
    with tempfile.TemporaryDirectory() as folder, closing(provider):
        receipts, budget = Receipts(Path(folder) / ".i18n"), Budget()
        desk = Desk(receipts, budget, Sender(receipts, budget, "now"))
        sources = [_source(number) for number in range(segments)]
        provider.usage()  # loads DeepL's client, once a run, which has nothing to do with segments
        # One clock for all processes of a machine.
        start, core = time.clock_gettime(time.CLOCK_MONOTONIC), time.process_time()
        Turn(desk, {"ja": segments // _A_LOT}).ask(_lots(side, provider, sources))
        end, core = time.clock_gettime(time.CLOCK_MONOTONIC), time.process_time() - core
    drafted = sum(bool(unit.target) for unit in side.asked.units.values())
    if drafted != segments:
        sys.exit(f"{drafted} drafts of {segments}: {side.asked.failure}")
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    return {"start": start, "end": end, "core": core, "peak": peak}


def _source(number: int) -> str:
    words = " ".join(_WORDS[(number * 7 + at) % len(_WORDS)] for at in range(20))
    return f"{words} *{number}* `code`."


def _lots(side: Side, provider: Provider, sources: Sequence[str]) -> Iterator[Lot]:
    """Terms with as many paragraphs as fill a request, made while they are asked for."""
    from i18n_pipeline.pipeline.lots import Lot
    from i18n_pipeline.stages.ladder import Able

    able = Able(provider.label, provider.forms, told=True, fits=lambda text: len(text) < 5000)
    for first in range(0, len(sources), _A_LOT):
        texts = sources[first : first + _A_LOT]
        climbers = tuple((_climber(first, text, able), (provider,)) for text in texts)
        yield Lot(side, climbers, f"a term called {first}")


def _climber(slug: int, source: str, able: Able) -> Climber:
    from i18n_pipeline.glossary import Glossary
    from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
    from i18n_pipeline.model import Kind, Segment, Unit
    from i18n_pipeline.stages.ladder import Climber
    from i18n_pipeline.stages.pretranslate import Terminology, asks_for

    segment = Segment("body", Kind.PARAGRAPH, source, markdown=True)
    unit = Unit(f"term-{slug}/body", source)
    asks = tuple(asks_for(unit, segment, Terminology(Glossary()), DEFAULT_EXTENSIONS))
    return Climber(unit, segment, asks, (able,), lambda _draft: ())


if __name__ == "__main__":
    main()
