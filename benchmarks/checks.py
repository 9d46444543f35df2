"""`python -m benchmarks.checks [CORPUS]`: faults that the checks find, and false alarms.

CORPUS is a folder with a folder of Markdown files a locale: `content/` of github.com/cncf/glossary.
Without it, the project's own glossary alone is measured. docs/check-quality.md has the table.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.people import People
from i18n_pipeline.checks import Subject, check
from i18n_pipeline.checks.faults import FAULTS, Measured, Sound, measure
from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.glossary import Rendered
from i18n_pipeline.model import Key, Kind
from i18n_pipeline.pipeline.by_hand.self_testing import CODES, read_sounds
from i18n_pipeline.workspace import open_workspace

LOCALES = ("ja", "es", "de")
_Side = Mapping[str, Sequence[Sound]]


def main() -> None:
    """Print the table, and how many units a second the rules judge."""
    chosen = _arguments()
    sides = {"own": _own(), "CNCF": peoples(chosen.corpus)}
    if not any(sides["CNCF"].values()):
        print("no corpus: the project's own glossary alone (see --help)\n")
        sides.pop("CNCF")
    # first, while every cache is as empty as in a run
    for name, texts in sides.items():
        print(f"{name}: {_speed([one.subject for few in texts.values() for one in few])}")
    print()
    for line in _table(sides):
        print(line)
    print()
    for name, texts in sides.items():
        print(f"terms without a rendering, {name}: {'; '.join(_terms(texts))}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.checks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", nargs="?", type=Path, help="a folder with en/, ja/, es/, de/")
    return parser.parse_args()


def _own() -> _Side:
    found = read_sounds(open_workspace(str(ROOT)))
    return {locale: tuple(found[locale]) for locale in LOCALES}


def peoples(corpus: Path | None) -> _Side:
    """The texts of a corpus by locale; nothing without one."""
    if corpus is None:
        return {}
    people = People(corpus)
    found = {locale: list(people.subjects(locale)) for locale in LOCALES}
    texts = {tag: {one.unit.key: one.target for one in few} for tag, few in found.items()}
    return {tag: [Sound(one, _elsewhere(one, texts)) for one in few] for tag, few in found.items()}


def _elsewhere(one: Subject, texts: Mapping[str, Mapping[Key, str]]) -> Mapping[str, str]:
    others = ((tag, known) for tag, known in texts.items() if tag != one.locale)
    return {tag: known[one.unit.key] for tag, known in others if one.unit.key in known}


def _speed(subjects: Sequence[Subject]) -> str:
    started = time.process_time()
    for one in subjects:
        check(one)
    seconds = time.process_time() - started
    return f"{len(subjects):,} units, {len(subjects) / seconds:,.0f} a second"


def _table(sides: Mapping[str, _Side]) -> Iterator[str]:
    measured = {
        name: {locale: measure(few, FAULTS) for locale, few in texts.items()}
        for name, texts in sides.items()
    }
    heads = [f"{name} {locale}" for name, by in measured.items() for locale in by]
    columns = [one for by in measured.values() for one in by.values()]
    yield f"| check | {' | '.join(heads)} |"
    yield "|---|" + "---|" * len(heads)
    units = (f"{one.units} / {sum(f.put for f in one.faults):,}" for one in columns)
    yield f"| *units / faults put in* | {' | '.join(units)} |"
    for code in CODES:
        yield f"| `{code}` | {' | '.join(_cell(one, code) for one in columns)} |"


def _cell(measured: Measured, code: str) -> str:
    """Recall, and how many units the rule alarms on."""
    recall = measured.recall(code)
    alarms = measured.alarms.get(code, 0)
    return ("–" if recall is None else f"{int(recall * 100)} %") + (f", {alarms}" if alarms else "")


def _terms(texts: _Side) -> Iterator[str]:
    """For which share of the terms in texts no rendering is there: literally, and ours."""
    for locale, few in texts.items():
        found, literal, ours = _counted([one.subject for one in few])
        yield f"{locale} {found} terms, literally {literal / found:.1%}, ours {ours / found:.1%}"


def _counted(subjects: Sequence[Subject]) -> tuple[int, int, int]:
    found = literal = ours = 0
    for one in subjects:
        terms = one.glossary
        if terms is None or one.segment.kind is Kind.LIST:
            continue
        rendered = Rendered(one.target_prose.replace(HIDDEN, ""), one.locale)
        for place in terms.found(one.source, one.source_tokens):
            if place.entries:
                found += 1
                spellings = list(terms.spellings(place.entries, beside=one.unit.slug))
                literal += place.entries[0].target.casefold() not in one.target.casefold()
                ours += not rendered.uses_any(spellings)
    return found, literal, ours


if __name__ == "__main__":
    main()
