"""`python -m benchmarks.memory`: 1,000 new texts against a translation memory of 100,000.

The memory is a TMX of texts like our own. Of the new texts 700 are edited ones of the memory and
300 were never seen. Asked is how long the reuse takes with all of its loading, once without and
once with what an earlier run kept; and how many of the best matches it finds, compared with
comparing every text with every other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

from benchmarks.corpus import ROOT, RULES, new_terms, own_terms

if TYPE_CHECKING:
    from i18n_pipeline.model import Unit
    from i18n_pipeline.stages.leverage import Leveraged
    from i18n_pipeline.workspace import Workspace

FIGURES = Path(__file__).with_name("memory.json")

_LEAST = 75
_EDITED, _UNSEEN = 700, 300
_TERMS_FOR_EACH = 0.085
"""Terms that have a text of their own, with some to spare."""
_ROUNDS = 3
_IN_ONE = 250_000
"""Units of a TMX: a larger file than 256 MiB is not read."""
_CONFIG = 'source = "en"\ntargets = ["ja"]\n\n[memory]\ntmx = ["memories/*.tmx"]\n'


@dataclass(frozen=True)
class Recalled:
    """What the reuse took: seconds of one core, of them loading; MiB at most; texts filled.

    `found` is the share of best matches that were found, 0 where nobody looked.
    """

    remembered: int
    kept: bool
    seconds: float
    loading: float
    peak: float
    filled: int
    found: float = 0.0


def main() -> None:
    """Measure, and keep the figures for the page; with `--child`, reuse in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--child", metavar="FOLDER")
    parser.add_argument("--sizes", default="10000,100000")
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(asdict(_reuse(Path(asked.child)))))
        return
    figures = [one for size in asked.sizes.split(",") for one in _measured(int(size))]
    FIGURES.write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", "utf-8")
    print("\n".join(table(figures)))


def load() -> list[Recalled]:
    """The figures last measured."""
    return [Recalled(**one) for one in json.loads(FIGURES.read_text("utf-8"))]


def table(figures: Sequence[Recalled]) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| remembered | | CPU seconds | of it loading | peak MiB | filled | best matches found |"
    yield "| --: | :-- | --: | --: | --: | --: | --: |"
    for one in figures:
        how = "as kept by a run before" if one.kept else "read and indexed anew"
        found = f"{100 * one.found:.1f} %" if one.found else ""
        yield (
            f"| {one.remembered:,} | {how} | {one.seconds:.2f} | {one.loading:.2f} "
            f"| {one.peak:.0f} | {one.filled} | {found} |"
        )


def _measured(size: int) -> Iterator[Recalled]:
    """A first reuse, which reads the TMX and makes the index, and the median of later ones."""
    texts = _texts(size + _UNSEEN)
    remembered, new = texts[:size], _new(texts, size)
    with tempfile.TemporaryDirectory(prefix="i18n-memory-") as name:
        folder = Path(name)
        _write(folder, remembered, new)
        yield replace(_in_a_process(folder), remembered=size, kept=False)
        rounds = [_in_a_process(folder) for _ in range(_ROUNDS)]
        typical = sorted(rounds, key=lambda one: one.seconds)[_ROUNDS // 2]
        yield replace(typical, remembered=size, found=_found(remembered, new))


def _in_a_process(folder: Path) -> Recalled:
    command = [sys.executable, "-m", "benchmarks.memory", "--child", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return Recalled(**json.loads(done.stdout))


def _texts(count: int) -> list[str]:
    """Different texts of terms like our own, in no order."""
    from i18n_pipeline.formats.term_file import read_term

    texts: dict[str, None] = {}
    for slug, data in new_terms(own_terms(), int(count * _TERMS_FOR_EACH) + 50):
        texts |= dict.fromkeys(one.source for one in read_term(data, RULES, slug, "en").segments)
    chosen = list(texts)
    Random(1).shuffle(chosen)
    return chosen[:count]


def _new(texts: Sequence[str], size: int) -> list[str]:
    """Texts of the memory with one to three words exchanged, added or dropped; then unseen ones."""
    random = Random(2)
    words = " ".join(texts[:2000]).split()
    edited = [_edited(text, words, random) for text in random.sample(texts[:size], _EDITED)]
    return [*edited, *texts[size:]]


def _edited(text: str, words: Sequence[str], random: Random) -> str:
    parts = text.split(" ")
    for _ in range(random.choice((1, 1, 2, 3))):
        at, how = random.randrange(len(parts)), random.random()
        if how < 0.4:
            parts[at] = random.choice(words)
        elif how < 0.7 or len(parts) < 3:
            parts.insert(at, random.choice(words))
        else:
            del parts[at]
    return " ".join(parts)


def _write(folder: Path, remembered: Sequence[str], new: Sequence[str]) -> None:
    from i18n_pipeline.formats.tmx import TmxUnit, Variant, write_tmx

    (folder / "memories").mkdir()
    (folder / ".i18n").mkdir()
    for start in range(0, len(remembered), _IN_ONE):
        texts = remembered[start : start + _IN_ONE]
        units = (TmxUnit((Variant("en", text), Variant("ja", text))) for text in texts)
        (folder / f"memories/{start}.tmx").write_bytes(write_tmx(units, "en"))
    (folder / "i18n.toml").write_text(_CONFIG, "utf-8")
    (folder / "new.json").write_text(json.dumps(list(new)), "utf-8")


def _reuse(folder: Path) -> Recalled:
    """Reuse what is remembered for the new texts, and say what that took."""
    from rapidfuzz import fuzz, process  # noqa: F401 - its loading is a library's, not ours

    from i18n_pipeline.model import Unit
    from i18n_pipeline.workspace import open_workspace

    new = json.loads((folder / "new.json").read_text("utf-8"))
    units = tuple(Unit(f"new-{at}/body", text) for at, text in enumerate(new))
    workspace = open_workspace(folder)
    started, loaded = time.process_time(), [0.0]
    result = _leveraged(workspace, units, loaded)
    return Recalled(
        remembered=0,
        kept=True,
        seconds=time.process_time() - started,
        loading=loaded[0],
        peak=getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        filled=result.exact + result.fuzzy,
    )


def _leveraged(workspace: Workspace, units: tuple[Unit, ...], loaded: list[float]) -> Leveraged:
    """The stage as a run calls it; `loaded` gets the seconds spent on reading and indexing."""
    from i18n_pipeline.model import Kind, Segment
    from i18n_pipeline.pipeline.memories import Imports, index_of
    from i18n_pipeline.stages.leverage import Filler, Reuse, fill
    from i18n_pipeline.stages.recall.entries import Memory
    from i18n_pipeline.stages.recall.index import Index

    def filler() -> Filler:
        before = time.process_time()
        imports = Imports(workspace, "ja")
        found = imports.entries
        loaded[0] += time.process_time() - before
        if imports.problems:
            sys.exit(imports.problems[0].message)
        return Filler(manner, Memory(found, units, index))

    def index(wordings: frozenset[str]) -> Index:
        before = time.process_time()
        found = index_of(workspace, "ja", wordings)
        loaded[0] += time.process_time() - before
        return found

    segments = {
        unit.key: Segment("body", Kind.PARAGRAPH, unit.source, markdown=True) for unit in units
    }
    manner = Reuse(least=lambda _unit: _LEAST, extensions=RULES.extensions)
    return fill(units, segments, filler)


def _found(remembered: Sequence[str], new: Sequence[str]) -> float:
    """The share of best matches found, among texts that have one at all."""
    from rapidfuzz import fuzz, process

    from i18n_pipeline.stages.recall.index import Index
    from i18n_pipeline.stages.recall.wording import wording_of

    wordings = frozenset(map(wording_of, remembered))
    index, every = Index.of(wordings), list(wordings)
    hits = total = 0
    for text in map(wording_of, new):
        best = process.extractOne(text, every, scorer=fuzz.ratio, score_cutoff=_LEAST)
        if best is not None:
            total += 1
            found = index.alike(text, _LEAST, 1)
            hits += bool(found) and found[0][1] >= best[1]
    return hits / total


if __name__ == "__main__":
    main()
