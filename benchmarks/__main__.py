"""`python -m benchmarks`: makes the sites, measures, and writes docs/performance.md."""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
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
        save(_measured(terms, rounds, chosen.code.resolve(), with_peers=not chosen.no_peers))
    _PAGE.write_text(page(TEMPLATE.read_text("utf-8"), load_all(), apart()), "utf-8")
    _PAGE.with_suffix(".svg").write_text(plot(load_all()), "utf-8")
    print(f"wrote {_PAGE.relative_to(ROOT)}")


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
    parser.add_argument(
        "--code", type=Path, default=ROOT, help="a checkout to measure instead of this one"
    )
    return parser.parse_args()


def _sizes(text: str) -> Sequence[int]:
    return [int(size) for size in text.replace(" ", "").split(",") if size]


def _measured(terms: int, rounds: int, code: Path, *, with_peers: bool) -> Results:
    with TemporaryDirectory(prefix="i18n-bench-") as folder:
        site = Path(folder) / "site"
        _tell(f"making {terms:,} terms …")
        make_site(site, terms)
        size = size_of(site)
        contenders = _contenders(site, code, with_peers=with_peers)
        costs = measure(contenders, rounds, _tell)
        missing = install.missing() if with_peers else ()
        day = datetime.now(UTC).date().isoformat()
        return Results(size, this_machine(), rounds, tools_of(contenders, costs), missing, day)


def _contenders(site: Path, code: Path, *, with_peers: bool) -> list[Contender]:
    """Everybody, each on a copy of its own."""
    sources = site / "terms" / "en"
    untouched, each = site.with_name("floor"), site.with_name("each")
    for copy in (untouched, each):
        shutil.copytree(site, copy)
    configure(each, A_CATALOG_EACH)
    own = [ours(code, site), ours(code, each, EACH)]
    others = list(peers(sources, site.with_name("peers"))) if with_peers else []
    return [*own, *others, floors(untouched, site, each)]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
