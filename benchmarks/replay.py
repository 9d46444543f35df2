"""`python -m benchmarks.replay [REPO]`: what a year of edits costs, us and other ways.

Every evening a glossary gets its sources of that day, and a sync with a stand-in for DeepL that
bills. Once a week people correct texts. Without a repository the year is made up
(`benchmarks/year.py`); with one it is what its commits say (`benchmarks/past.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.corpus import RULES, new_terms, own_terms
from benchmarks.past import history_of
from benchmarks.variation import stock_of
from benchmarks.ways import NumberedSections, Segments, Text, Way, WholeFiles
from benchmarks.year import Day, year
from i18n_pipeline import api
from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.formats.term_file import read_term
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.model import Key, Segment, State, Unit, context_of
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.stages.pretranslate import Terminology, asks_for
from i18n_pipeline.workspace import open_workspace

if TYPE_CHECKING:
    from tests.stubs.deepl import Stub

FIGURES = Path(__file__).with_name("replay.json")
_TERMS, _NEW, _DAYS = 49, 30, 250
_EACH_WEEK = 5
_CORRECTED = 6
"""Texts that people correct on the fifth day of each week."""
_APPROVED = 0.5
"""The share of the other drafts that they take off the mark from on that day."""
_GOES_ON = (0, 3, 65)
"""Exit codes of a day on which a text or a file was left out, as on the day of a slip."""
_CONFIG = """\
source  = "en"
targets = ["ja"]

[markdown]
extensions = ["table", "footnote", "tasklist", "strikethrough", "deflist"]

[links.rewrite]
"/glossary/{slug}" = "/{locale}/glossary/{slug}"
"""

_ANEW = """
[locale.ja]
mt = "redraft"
"""


_ABOUT = (
    "Characters that DeepL would have billed for the first target language of i18n.toml (of what",
    "`init` proposes, where there is none): on the first day, and on all later ones, each as its",
    "last commit left the sources. People are made up: each fifth day they correct six drafts and",
    "approve half of the others. That brings drafts that lack a name which they approved again.",
)


@dataclass(frozen=True)
class Billed:
    """Characters billed for the first translation, and for what came later, on how many days."""

    name: str
    first: int
    later: int
    days: int


@dataclass(frozen=True)
class Replayed:
    """What a history cost; `corrected` texts of people, of which so many are `there` at its end."""

    what: str
    days: int
    terms: int
    corrected: int
    there: int
    ways: tuple[Billed, ...]


def main() -> None:
    """Replay a history, and say what it cost; the whole made-up year is kept for the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("repo", nargs="?", type=Path, help="a git repository with a glossary")
    parser.add_argument("--days", type=int, default=_DAYS, help="at most so many, from the first")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="i18n-replay-") as folder:
        root = Path(folder) / "site"
        root.mkdir()
        if asked.repo is None:
            anew = root.with_name("anew")
            anew.mkdir()
            (root / "i18n.toml").write_text(_CONFIG, "utf-8")
            (anew / "i18n.toml").write_text(_CONFIG + _ANEW, "utf-8")
            ours = {"we": root, "we, where edited texts are drafted anew": anew}
            found = replay("a year made up", ours, made_up(asked.days))
            if asked.days == _DAYS:
                FIGURES.write_text(json.dumps(asdict(found), indent=1) + "\n", "utf-8")
        else:
            days = islice(history_of(asked.repo, root), asked.days + 1)
            found = replay(asked.repo.resolve().name, {"we": root}, days)
    print("\n".join((*_ABOUT, "", *table(found))))


def load() -> Replayed:
    """The figures last measured."""
    kept = json.loads(FIGURES.read_text("utf-8"))
    return Replayed(**{**kept, "ways": tuple(Billed(**one) for one in kept["ways"])})


def table(found: Replayed) -> Iterator[str]:
    """The figures as Markdown."""
    yield "| characters billed | first | afterwards | days with a bill | afterwards, times ours |"
    yield "| :-- | --: | --: | --: | --: |"
    ours = found.ways[0].later
    for way in found.ways:
        times = f"{way.later / ours:.1f}" if ours else ""
        yield f"| {way.name} | {way.first:,} | {way.later:,} | {way.days} | {times} |"
    yield ""
    yield (
        f"{found.days} day{'s' * (found.days != 1)}, {found.terms} terms at the end;"
        f" of {found.corrected} texts that people corrected, {found.there} are there."
    )


def made_up(days: int) -> Iterator[Day]:
    """A glossary like our own, and what its authors do in so many days."""
    own = own_terms()
    made = [(f"terms/en/{slug}.md", text) for slug, text in new_terms(own, _TERMS + _NEW)]
    files = [read_term(data, RULES, slug, "en") for slug, data in sorted(own.items())]
    stock = stock_of(segment for file in files for segment in file.segments)
    yield from year(dict(made[:_TERMS]), made[_TERMS:], stock, days)


def replay(what: str, ours: Mapping[str, Path], days: Iterable[Day]) -> Replayed:
    """Bring projects up to date each day; what we paid in each, by name, and other ways."""
    from tests.stubs.deepl import Account, Stub

    ways = (WholeFiles("a changed file is sent whole"),
            NumberedSections("sections by their number"),
            Segments("texts, without a memory"))  # fmt: skip
    with ExitStack() as stubs:
        own = [
            _Ours(root, stubs.enter_context(Stub(Account("stub-key")))) for root in ours.values()
        ]
        rows = [
            (*(one.see(day.files, number) for one in own), *_seen(ways, own[0].root))
            for number, day in enumerate(days)
        ]
    names = (*ours, *(way.name for way in ways))
    billed = tuple(
        Billed(name, first, sum(later), sum(map(bool, later)))
        for name, (first, *later) in zip(names, zip(*rows, strict=True), strict=True)
    )
    terms = len(read_project(open_workspace(own[0].root)).terms)
    people = sum(len(one.people) for one in own), sum(one.there() for one in own)
    return Replayed(what, len(rows) - 1, terms, *people, billed)


def _seen(ways: Sequence[Way], root: Path) -> Iterator[int]:
    texts = list(_texts(root))
    return (way.see(texts) for way in ways)


def _texts(root: Path) -> Iterator[Text]:
    for term in read_project(open_workspace(root)).terms:
        for segment in term.segments:
            size = _characters(term.slug, segment)
            yield Text(term.path, segment.field, segment.headings, segment.source, size)


def _characters(slug: str, segment: Segment) -> int:
    """What we would send of a text."""
    unit = Unit(context_of(slug, segment), segment.source)
    asks = asks_for(unit, segment, Terminology(Glossary()), RULES.extensions)
    return sum(ask.protected.characters for ask in asks)


@dataclass
class _Ours:
    """Our own pipeline on the project in `root`, and people who correct its texts."""

    root: Path
    stub: Stub
    people: list[str] = field(default_factory=list)

    def see(self, files: Mapping[str, bytes], number: int) -> int:
        """A day's sources and its sync; what that cost. Each fifth day people correct texts."""
        self._put(files)
        before = self.stub.account.billed
        environment = {"DEEPL_AUTH_KEY": "stub-key", "DEEPL_SERVER_URL": self.stub.url}
        first = open_workspace(self.root).config.targets[:1]
        report = api.sync(self.root, locales=first, provider=["deepl"], environment=environment)
        if report.exit_code not in _GOES_ON:
            sys.exit(f"day {number} ended with {report.exit_code}: {report.errors}")
        if number % _EACH_WEEK == _EACH_WEEK - 1:
            self._correct(Random(f"people/{number}"), number)
        return self.stub.account.billed - before

    def _put(self, files: Mapping[str, bytes]) -> None:
        known = {term.path for term in read_project(open_workspace(self.root)).terms}
        for path in known - files.keys():
            (self.root / path).unlink()
        for path, data in files.items():
            place = self.root / path
            if not place.exists() or place.read_bytes() != data:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)

    def _catalogs(self) -> list[Path]:
        return sorted((self.root / "locales").rglob("*.po"))

    def _correct(self, random: Random, number: int) -> None:
        """A person says some drafts otherwise, and approves a part of the others."""
        for catalog in self._catalogs():
            known = read_po(catalog.read_bytes())
            drafts = [unit for unit in known.units if unit.is_draft and not unit.obsolete]
            chosen = random.sample(drafts, min(_CORRECTED, len(drafts)))
            said = {unit.key: f"{unit.target}（{number}/{at}）" for at, unit in enumerate(chosen)}
            self.people += said.values()
            approved = {unit.key: unit.target for unit in drafts if random.random() < _APPROVED}
            units = tuple(_reviewed(unit, approved | said) for unit in known.units)
            catalog.write_bytes(write_po(replace(known, units=units)))

    def there(self) -> int:
        """How many texts that people wrote are in the review files, word by word."""
        units = [unit for one in self._catalogs() for unit in read_po(one.read_bytes()).units]
        targets = {unit.target for unit in units if unit.state is not State.UNTRANSLATED}
        return sum(text in targets for text in self.people)


def _reviewed(unit: Unit, said: Mapping[Key, str]) -> Unit:
    """A unit with what a person said of it; all else as it was."""
    if unit.obsolete or unit.key not in said:
        return unit
    return replace(unit, target=said[unit.key], reviewed=True)


if __name__ == "__main__":
    main()
