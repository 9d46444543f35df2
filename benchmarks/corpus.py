"""Sites of any size made from our own glossary, the same for the same seed: no term a copy."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.variation import Writer, stock_of
from i18n_pipeline.config import Fields
from i18n_pipeline.formats.front_matter import Change, SetItems, SetText
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS

ROOT = Path(__file__).parents[1]
TARGET = "en-XA"
"""The pseudo locale: drafts cost nothing, and every text becomes another."""

RULES = Rules(Fields(), DEFAULT_EXTENSIONS | {"deflist"})
ONE_CATALOG = "locales/{locale}/terms.po"
A_CATALOG_EACH = "locales/{locale}/{slug}.po"
_CONFIG = f"""\
source  = "en"
targets = ["{TARGET}"]

[paths]
catalog = "%s"

[markdown]
extensions = ["table", "footnote", "tasklist", "strikethrough", "deflist"]

[links.rewrite]
"/glossary/{{slug}}" = "/{{locale}}/glossary/{{slug}}"

[locale.{TARGET}.build]
publish = "drafts"
"""


@dataclass(frozen=True)
class Size:
    """What a site holds. `distinct` counts different texts among its segments."""

    terms: int
    bytes: int
    segments: int
    distinct: int

    @property
    def share(self) -> float:
        """The share of segments whose text is met for the first time, 0 to 1."""
        return self.distinct / self.segments if self.segments else 0.0


def own_terms() -> Mapping[str, bytes]:
    """The term files of our own glossary by slug."""
    files = sorted((ROOT / "terms" / "en").glob("*.md"))
    return {file.stem: file.read_bytes() for file in files}


def new_terms(own: Mapping[str, bytes], count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield `count` term files by slug. The same terms and seed give the same bytes."""
    bases = [read_term(data, RULES, slug, "en") for slug, data in sorted(own.items())]
    stock = stock_of(segment for base in bases for segment in base.segments)
    names = stock.names(count, Random(seed))
    for number, name in enumerate(names):
        base = bases[number % len(bases)]
        old = base.name.partition(" (")[0]
        writer = Writer(stock, Random(f"{seed}/{number}"), old, number, names)
        yield name.slug, _term(base, writer)


def _term(base: TermFile, writer: Writer) -> bytes:
    patches = [base.body.patch(slot, writer.text(slot.segment)) for slot in base.body.slots]
    return base.render(list(_front(base, writer)), patches)


def _front(base: TermFile, writer: Writer) -> Iterator[Change]:
    values = base.values
    yield SetText(("term",), writer.name.words)
    yield SetText(("slug",), writer.name.slug)
    yield SetText(("definition",), writer.varied(str(values["definition"]).strip()))
    for key in ("related", "keywords"):
        old = base.list_items(key)
        items = writer.slugs(len(old)) if key == "related" else tuple(map(writer.varied, old))
        if items:
            yield SetItems(key, items)


def make_site(folder: Path, count: int, seed: int = 0, catalog: str = ONE_CATALOG) -> None:
    """Make a project of `count` terms in a new folder: sources, configuration, kept names.

    `catalog` is the pattern of where units are kept for review.
    """
    terms = folder / "terms" / "en"
    terms.mkdir(parents=True)
    for slug, data in new_terms(own_terms(), count, seed):
        (terms / f"{slug}.md").write_bytes(data)
    configure(folder, catalog)
    (folder / "glossaries").mkdir()
    shutil.copy(ROOT / "glossaries" / "keep.csv", folder / "glossaries" / "keep.csv")


def configure(folder: Path, catalog: str) -> None:
    """Say how a site is translated, and where its units are kept."""
    (folder / "i18n.toml").write_text(_CONFIG % catalog, "utf-8")


def size_of(folder: Path) -> Size:
    """Count what a site holds."""
    files = sorted((folder / "terms" / "en").glob("*.md"))
    texts: list[str] = []
    total = 0
    for file in files:
        data = file.read_bytes()
        total += len(data)
        texts += [segment.source for segment in read_term(data, RULES, file.stem, "en").segments]
    return Size(len(files), total, len(texts), len(set(texts)))


def main() -> None:
    """Make a site from the command line: `python -m benchmarks.corpus 1000 FOLDER`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.folder.exists():
        parser.error(f"{chosen.folder} is there already: name a new folder")
    make_site(chosen.folder, chosen.count, chosen.seed)
    print(size_of(chosen.folder))


if __name__ == "__main__":
    main()
