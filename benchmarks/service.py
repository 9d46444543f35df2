"""`python -m benchmarks.service`: how near asking comes to what a service allows, and our own cost.

A stand-in for DeepL runs in a process of its own. Three questions: with an answer after 100 ms and
five requests at once, how much longer than that allows; without any delay, what a segment costs
us; and whether memory follows the number of segments.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from benchmarks.corpus import ROOT

_SERVER = """
import sys, time
from tests.stubs.deepl import Account, Stub
with Stub(Account("stub-key"), delay=float(sys.argv[1]), admits=int(sys.argv[2])) as stub:
    print(stub.url, flush=True)
    sys.stdin.read()
    print(len(stub.seen()), sum(one.status == 429 for one in stub.seen()), stub.account.billed)
"""

_WORDS = (
    "a model learns from text that people wrote and is asked about it later by others who never "
    "saw the words it was made of while the numbers inside it stay where training left them"
).split()
_AT_ONCE = 5
_DELAY = 0.1
_A_TERM = 16


@dataclass(frozen=True)
class Figures:
    """What asking for so many segments took: seconds, seconds of one core, and MiB at the most."""

    segments: int
    requests: int
    busy: int
    seconds: float
    core: float
    peak: float


def main() -> None:
    """Measure and print a table, or with `--child` one line for the process that asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--child", nargs=2, metavar=("URL", "SEGMENTS"))
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_ask(asked.child[0], int(asked.child[1]))))
        return
    slow = _measured(10_000, delay=_DELAY, admits=_AT_ONCE)
    ideal = (slow.requests - slow.busy) * _DELAY / _AT_ONCE
    print(f"100 ms, five at once: {slow.seconds:.2f} s for {slow.requests - slow.busy} requests")
    print(f"  the service allows {ideal:.2f} s: {slow.seconds / ideal:.2f} times that")
    print(f"  refused as too many: {slow.busy}")
    for segments in (10_000, 40_000):
        fast = _measured(segments, delay=0.0, admits=0)
        print(
            f"no delay, {segments} segments: {fast.seconds:.2f} s, of one core "
            f"{1000 * fast.core / segments:.3f} ms a segment; {fast.peak:.0f} MiB at the most"
        )


def _measured(segments: int, *, delay: float, admits: int) -> Figures:
    with _server(delay, admits) as (url, process):
        command = [sys.executable, "-m", "benchmarks.service", "--child", url, str(segments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        figures = json.loads(done.stdout)
        out, _ = process.communicate("")
    requests, busy, _ = map(int, out.split())
    return Figures(segments, requests, busy, **figures)


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
    from i18n_pipeline.pipeline.asking import Desk, Turn
    from i18n_pipeline.pipeline.lots import Asked, Side
    from i18n_pipeline.pipeline.budget import Budget
    from i18n_pipeline.pipeline.sending import Sender
    from i18n_pipeline.memory.receipts import Receipts
    from i18n_pipeline.providers import load
    from i18n_pipeline.providers.base import Settings

    environment = {"DEEPL_AUTH_KEY": "stub-key", "DEEPL_SERVER_URL": url}
    os.environ["NO_PROXY"] = "127.0.0.1"
    provider = load("deepl", environment, Settings("bench"))
    with tempfile.TemporaryDirectory() as folder:
        receipts, budget = Receipts(Path(folder) / ".i18n"), Budget()
        desk = Desk(receipts, budget, Sender(receipts, budget, "now"))
        side = Side("en", "ja", Asked())
        lots = _lots(side, provider, segments)
        wall, core = time.perf_counter(), time.process_time()
        Turn(desk, {"ja": 1}).ask(lots)
        wall, core = time.perf_counter() - wall, time.process_time() - core
    drafted = sum(bool(unit.target) for unit in side.asked.units.values())
    if drafted != segments:
        sys.exit(f"{drafted} drafts of {segments}: {side.asked.failure}")
    return {"seconds": wall, "core": core, "peak": getrusage(RUSAGE_SELF).ru_maxrss / 1024}


def _lots(side: object, provider: object, segments: int) -> Iterator[object]:
    from i18n_pipeline.glossary import Glossary
    from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
    from i18n_pipeline.model import Kind, Segment, Unit
    from i18n_pipeline.pipeline.lots import Lot
    from i18n_pipeline.stages.ladder import Able, Climber
    from i18n_pipeline.stages.pretranslate import Terminology, asks_for

    able = (Able(provider.label, provider.forms, told=True, fits=lambda text: len(text) < 5000),)
    terms = Terminology(Glossary())
    for first in range(0, segments, 50):
        slug = f"term-{first}"
        climbers = []
        for number in range(first, min(segments, first + 50)):
            words = " ".join(_WORDS[(number * 7 + at) % len(_WORDS)] for at in range(20))
            segment = Segment("body", Kind.PARAGRAPH, f"{words} *{number}* `code`.", markdown=True)
            unit = Unit(f"{slug}/body", segment.source)
            asks = tuple(asks_for(unit, segment, terms, DEFAULT_EXTENSIONS))
            climbers.append((Climber(unit, segment, asks, able, lambda _: ()), (provider,)))
        yield Lot(side, tuple(climbers), f"a term called {slug}")


if __name__ == "__main__":
    main()
