"""`python -m benchmarks`: makes the sites, measures, and writes docs/performance.md."""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import install, memory, replay, service
from benchmarks.corpus import A_CATALOG_EACH, ROOT, configure, make_site, size_of
from benchmarks.floors import floors
from benchmarks.measure import Contender, measure
from benchmarks.ours import EACH, ours
from benchmarks.page import TEMPLATE, page
from benchmarks.peers import peers
from benchmarks.plot import plot
from benchmarks.results import Results, load_all, save, this_machine, tools_of

_PAGE = ROOT / "docs" / "performance.md"
_ROUNDS = 3
_LARGE = 5000


def main() -> None:
    """Measure the sizes asked for, then write the page from the figures of all sizes."""
    chosen = _arguments()
    # Installed packages come compiled; a checkout may not, and may be told never to be.
    compileall.compile_dir(chosen.code / "i18n_pipeline", quiet=1)
    for terms in _sizes(chosen.sizes):
        rounds = chosen.rounds or (1 if terms >= _LARGE else _ROUNDS)
        how = _How(chosen.code.resolve(), not chosen.no_peers, not chosen.one_po)
        save(_measured(terms, rounds, how))
    _PAGE.write_text(page(TEMPLATE.read_text("utf-8"), load_all(), apart()), "utf-8")
    _PAGE.with_suffix(".svg").write_text(plot(load_all()), "utf-8")
    print(f"wrote {_PAGE.relative_to(ROOT)}")


@dataclass(frozen=True)
class _How:
    """The checkout that is measured, and what is beside it: the peers, a site with a PO a term."""

    code: Path
    with_peers: bool
    with_each: bool


def apart() -> Mapping[str, Iterable[str]]:
    """The tables of what was measured by commands of their own, as last measured."""
    return {
        "service": service.table(service.load()),
        "recalled": memory.table(memory.load()),
        "replayed": replay.table(replay.load()),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument(
        "--sizes", default="1000", help='terms: "1000,10000"; "" for the page alone'
    )
    parser.add_argument("--rounds", type=int, default=0, help="default: 3, and 1 for large sites")
    parser.add_argument("--no-peers", action="store_true", help="our own runs and the floors alone")
    parser.add_argument("--one-po", action="store_true", help="no site with a PO for each term")
    parser.add_argument(
        "--code", type=Path, default=ROOT, help="a checkout to measure instead of this one"
    )
    return parser.parse_args()


def _sizes(text: str) -> Sequence[int]:
    return [int(size) for size in text.replace(" ", "").split(",") if size]


def _measured(terms: int, rounds: int, how: _How) -> Results:
    with TemporaryDirectory(prefix="i18n-bench-") as folder:
        site = Path(folder) / "site"
        _tell(f"making {terms:,} terms …")
        make_site(site, terms)
        size = size_of(site)
        contenders = _contenders(site, how)
        costs = measure(contenders, rounds, _tell)
        missing = install.missing() if how.with_peers else ()
        day = datetime.now(UTC).date().isoformat()
        return Results(size, this_machine(), rounds, tools_of(contenders, costs), missing, day)


def _contenders(site: Path, how: _How) -> list[Contender]:
    """Everybody, each on a copy of its own."""
    sources = site / "terms" / "en"
    untouched, each = site.with_name("floor"), site.with_name("each")
    shutil.copytree(site, untouched)
    own = [ours(how.code, site)]
    if how.with_each:
        shutil.copytree(site, each)
        configure(each, A_CATALOG_EACH)
        own.append(ours(how.code, each, EACH))
    others = list(peers(sources, site.with_name("peers"))) if how.with_peers else []
    return [*own, *others, floors(untouched, site, each if how.with_each else None)]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
