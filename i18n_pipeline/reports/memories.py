"""What a translation memory holds, and what of it a text would find, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import asdict, dataclass, field

Json = dict[str, object]


@dataclass(frozen=True)
class HeldFile:
    """What a file has for a locale: pairs, and how many were left out by the reason."""

    path: str
    pairs: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Conflict:
    """A text that people reviewed in several renderings, each with the units that have it."""

    source: str
    renderings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Held:
    """What is remembered for one locale: entries by where they come from, different texts.

    `characters` are those of the different texts. `in_place` counts reviewed units that serve in
    their own places alone: values of vocabularies, lists, a locale's own fields.
    """

    locale: str
    reviewed: int = 0
    obsolete: int = 0
    imported: int = 0
    texts: int = 0
    characters: int = 0
    in_place: int = 0
    conflicts: tuple[Conflict, ...] = ()
    files: tuple[HeldFile, ...] = ()


@dataclass(frozen=True)
class Stats:
    """The report of `memory stats`."""

    locales: tuple[Held, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where a file cannot be read."""
        return 65 if self.errors else 0


@dataclass(frozen=True)
class Match:
    """A remembered text that is `percent` alike, with its translation and where it stands."""

    percent: int
    source: str
    target: str
    where: str
    own: bool


@dataclass(frozen=True)
class Searched:
    """The report of `memory search`: by locale what a text would find, the best first."""

    text: str
    matches: Mapping[str, tuple[Match, ...]] = field(default_factory=dict)
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where a file cannot be read."""
        return 65 if self.errors else 0


def stats_as_json(report: Stats) -> str:
    """The report as one JSON document with a final newline."""
    return document_of({
        **first_fields("memory stats", report.exit_code, report.errors, changed=False),
        "locales": [_held(one) for one in report.locales],
    })  # fmt: skip


def stats_as_text(report: Stats, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines; all conflicts where it is `verbose`."""
    lines = (line for one in report.locales for line in _held_lines(one, view, verbose=verbose))
    return "".join(f"{safe(line)}\n" for line in lines)


def search_as_json(report: Searched) -> str:
    """The report as one JSON document with a final newline."""
    return document_of({
        **first_fields("memory search", report.exit_code, report.errors, changed=False),
        "text": report.text,
        "locales": [
            {"locale": locale, "matches": [asdict(match) for match in matches]}
            for locale, matches in report.matches.items()
        ],
    })  # fmt: skip


def search_as_text(report: Searched, view: View = PLAIN) -> str:
    """The report in lines: how alike, where, the remembered text and its translation."""
    return "".join(f"{safe(line)}\n" for line in _found(report, view))


def _held(one: Held) -> Json:
    return {
        "locale": one.locale,
        "entries": {
            "reviewed": one.reviewed,
            "obsolete": one.obsolete,
            "imported": one.imported,
        },
        "texts": one.texts,
        "characters": one.characters,
        "in_place": one.in_place,
        "conflicts": [
            {
                "source": conflict.source,
                "renderings": [
                    {"target": target, "units": [*units]}
                    for target, units in conflict.renderings.items()
                ],
            }
            for conflict in one.conflicts
        ],
        "files": [
            {"path": file.path, "pairs": file.pairs, "left_out": dict(file.left_out)}
            for file in one.files
        ],
    }


def _held_lines(one: Held, view: View, *, verbose: bool) -> Iterator[str]:
    number, counted = view.tongue.number, view.tongue.counted
    imported = f", {number(one.imported)} imported" if one.files else ""
    yield (
        f"{view.called(one.locale)}: {number(one.reviewed)} reviewed, "
        f"{number(one.obsolete)} obsolete{imported}; "
        f"{counted(one.texts, 'text')}, {counted(one.characters, 'character')}"
    )
    if one.in_place:
        yield (
            f"  {counted(one.in_place, 'more unit')} reviewed, for no other text: vocabulary, "
            "lists, fields of this locale"
        )
    yield from (f"  {line}" for file in one.files for line in _file_lines(file, view))
    if one.conflicts:
        more = "" if verbose else " (--verbose shows them)"
        yield f"  {counted(len(one.conflicts), 'text')} reviewed in several wordings{more}"
    for conflict in one.conflicts if verbose else ():
        yield f"    {_line(conflict.source)}"
        for target, units in conflict.renderings.items():
            yield f"      {_line(target)} [{', '.join(units)}]"


def _file_lines(file: HeldFile, view: View) -> Iterator[str]:
    """A file with its number of pairs, and what was left out of it."""
    yield f"{file.path}: {view.tongue.counted(file.pairs, 'pair')}"
    for reason, count in sorted(file.left_out.items()):
        yield f"  {view.tongue.number(count)} left out: a text {reason}"


def _found(report: Searched, view: View) -> Iterator[str]:
    for locale, matches in report.matches.items():
        if not matches:
            yield f"{view.called(locale)}: nothing like it"
        for match in matches:
            percent = view.tongue.percent(match.percent)
            yield f"{view.called(locale)}: {percent} {match.where}"
            yield f"  {_line(match.source)}"
            yield f"  {_line(match.target)}"


def _line(text: str) -> str:
    return text.replace("\n", "⏎")
