"""By hand: what the translation memory of a locale holds, and what of it a text would find.

Nothing of the project is written. The memory is the one that a run would use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.errors import Problem, UsageError
from i18n_pipeline.model import Key, State, Unit
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.memories import Imports, index_of
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.memories import Conflict, Held, HeldFile, Match, Searched, Stats
from i18n_pipeline.stages.recall.entries import Entry, entries_of
from i18n_pipeline.stages.recall.likeness import likeness
from i18n_pipeline.stages.recall.wording import wording_of
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace

_MATCHES = 10
_SAME = 100


@dataclass(frozen=True)
class Remembered:
    """The memory of one locale, as a run would find it; `work` is None where it cannot be read."""

    files: LocaleFiles
    work: Work | None
    imports: Imports

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be read."""
        return (*self.files.problems, *self.imports.problems)

    @cached_property
    def own(self) -> Sequence[Entry]:
        """What people reviewed in this project."""
        return self._entries(self.units)

    @cached_property
    def active(self) -> Sequence[Entry]:
        """The same without obsolete units."""
        return self._entries(unit for unit in self.units if not unit.obsolete)

    @property
    def reviewed(self) -> Sequence[Unit]:
        """The active units that are reviewed, also those that serve for no other text."""
        return [u for u in self.units if u.state is State.REVIEWED and not u.obsolete]

    @property
    def units(self) -> tuple[Unit, ...]:
        """All units, brought up to the sources of now."""
        return self.work.units if self.work is not None else ()

    def _entries(self, units: Iterable[Unit]) -> Sequence[Entry]:
        segments = self.work.segments if self.work is not None else {}
        return tuple(entries_of(units, segments))


def remembered(workspace: Workspace, locales: Sequence[str]) -> Iterator[Remembered]:
    """The memories of locales, all where none is named. Raises UsageError for one that is none."""
    asked = locales_asked(workspace, locales)
    project = read_project(workspace)
    for locale in asked:
        files = read_locale(project, locale)
        work = begin(project, files, Options()) if files.usable else None
        yield Remembered(files, work, Imports(workspace, locale))


def stats(workspace: Workspace, locales: Sequence[str]) -> Stats:
    """What the memories of locales hold. Raises UsageError for a locale that is no target."""
    found = tuple(remembered(workspace, locales))
    return Stats(tuple(map(_held, found)), _problems(found))


@dataclass(frozen=True, slots=True)
class Search:
    """A text to look for; `least` is how many percent alike, None for what is configured."""

    text: str
    locales: tuple[str, ...] = ()
    least: int | None = None


def search(workspace: Workspace, order: Search) -> Searched:
    """What a text would find. Raises UsageError for an empty one, and for a wrong locale."""
    if not order.text.strip():
        raise UsageError("there is no text to look for")
    found = tuple(remembered(workspace, order.locales))
    matches = {one.files.locale: _matches(workspace, order, one) for one in found}
    return Searched(order.text, matches, _problems(found))


def _problems(found: Iterable[Remembered]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problem for one in found for problem in one.problems))


def _held(one: Remembered) -> Held:
    texts = {entry.source for entry in (*one.own, *one.imports.entries)}
    return Held(
        locale=one.files.locale,
        reviewed=len(one.active),
        obsolete=len(one.own) - len(one.active),
        imported=len(one.imports.entries),
        texts=len(texts),
        characters=sum(map(len, texts)),
        in_place=len(one.reviewed) - len(one.active),
        conflicts=tuple(_conflicts(one.own)),
        files=tuple(
            HeldFile(path, len(read.pairs), read.left_out)
            for path, read in one.imports.read.items()
        ),
    )


def _conflicts(entries: Iterable[Entry]) -> Iterator[Conflict]:
    """Texts of one sort that people rendered differently, in order."""
    said: defaultdict[Key, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        said[entry.source, entry.sort][entry.target].append(entry.where)
    for (source, _), renderings in sorted(said.items()):
        if len(renderings) > 1:
            yield Conflict(source, _in_order(renderings))


def _in_order(renderings: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    """Renderings, the most frequent first."""
    ranked = sorted(renderings.items(), key=lambda one: (-len(one[1]), one[0]))
    return {target: tuple(sorted(set(units))) for target, units in ranked}


def _matches(workspace: Workspace, order: Search, one: Remembered) -> tuple[Match, ...]:
    entries = (*one.own, *one.imports.entries)
    least = one.files.settings.memory.fuzzy if order.least is None else order.least
    alike = dict(_alike(workspace, order.text, entries, (one.files.locale, least)))
    found = (
        Match(percent, entry.source, entry.target, entry.where, entry.own)
        for entry in entries
        if (percent := alike.get(entry.source, 0))
    )
    ranked = sorted(set(found), key=lambda m: (-m.percent, not m.own, m.source, m.where, m.target))
    return tuple(ranked[:_MATCHES])


def _alike(
    workspace: Workspace, text: str, entries: Iterable[Entry], asked: tuple[str, int]
) -> Iterator[tuple[str, int]]:
    """The texts that are like one, each with how many percent."""
    locale, least = asked
    by_wording: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        by_wording[wording_of(entry.source)].add(entry.source)
    yield text, _SAME
    index = index_of(workspace, locale, frozenset(by_wording)) if least else None
    source_locale = workspace.config.source
    for wording, letters in index.alike(wording_of(text), least, _MATCHES) if index else ():
        for source in by_wording[wording] - {text}:
            percent = likeness(text, source, letters, source_locale)
            if percent >= least:
                yield source, percent
