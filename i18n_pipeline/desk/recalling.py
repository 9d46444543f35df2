"""What translators may know already: memory matches of a text, and what other locales say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.locales import display_name
from i18n_pipeline.model import Key, Segment, State, Unit
from i18n_pipeline.pipeline.memories import Imports, index_of
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.recall.entries import NEVER, Entry, entries_of
from i18n_pipeline.stages.recall.index import Index
from i18n_pipeline.stages.recall.likeness import likeness
from i18n_pipeline.stages.recall.wording import wording_of
from i18n_pipeline.values import dataclass

_MOST = 4
_LEAST = 70
"""Percent below which a match shows a reviewer nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """A remembered text that is like one, `percent` alike; where it stands, and its translation."""

    percent: int
    source: str
    target: str
    where: str


@dataclass(frozen=True)
class Approved:
    """What people approved of the units that can be reviewed, as it is now."""

    units: Mapping[Key, Unit]
    segments: Mapping[Key, Segment]

    def holds(self, entry: Entry) -> bool:
        """Whether what was remembered of a unit is what people say of it by now."""
        unit = self.units.get((entry.where, entry.source))
        return unit is None or (unit.reviewed and unit.target == entry.target)

    @cached_property
    def by_source(self) -> Mapping[str, Sequence[Unit]]:
        """The approved units whose texts may stand elsewhere, by their sources."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for key, unit in self.units.items():
            if unit.reviewed and self.segments[key].kind not in NEVER:
                found[unit.source].append(unit)
        return dict(found)


@dataclass(frozen=True)
class Recall:
    """What is remembered in the locale of a piece of work, as it is."""

    work: Work

    def matches(self, unit: Unit, now: Approved) -> tuple[Match, ...]:
        """The best matches of a unit's source but for its own text, the most alike first.

        Of what was decided since this was gone through, `now` counts.
        """
        own = (unit.key, (unit.context, unit.previous))
        found = [
            Match(percent, entry.source, entry.target, entry.where)
            for source, percent in self._alike(unit.source)
            for entry in self._by_source[source]
            if (entry.where, entry.source) not in own and now.holds(entry)
        ]
        found += (
            Match(100, other.source, other.target, other.context)
            for other in now.by_source.get(unit.source, ())
            if other.key != unit.key
        )
        ranked = sorted(set(found), key=lambda one: (-one.percent, one.where, one.target))
        return tuple({(one.source, one.target): one for one in reversed(ranked)}.values())[::-1][
            :_MOST
        ]

    def _alike(self, text: str) -> Sequence[tuple[str, int]]:
        exact = [(text, 100)] if text in self._by_source else []
        locale = self.work.project.config.source
        near = (
            (source, likeness(text, source, letters, locale))
            for wording, letters in self._index.alike(wording_of(text), _LEAST, _MOST * 2)
            for source in self._by_wording[wording]
            if source != text
        )
        return [*exact, *(one for one in near if one[1] >= _LEAST)]

    @cached_property
    def _by_source(self) -> Mapping[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        imports = Imports(self.work.project.workspace, self.work.locale).entries
        for entry in (*entries_of(self.work.units, self.work.segments), *imports):
            found[entry.source].append(entry)
        return dict(found)

    @cached_property
    def _by_wording(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for source in self._by_source:
            found[wording_of(source)].append(source)
        return dict(found)

    @cached_property
    def _index(self) -> Index:
        return index_of(self.work.project.workspace, self.work.locale, frozenset(self._by_wording))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What people approved for a text in another locale, and what that is called."""

    locale: str
    name: str
    target: str


@dataclass(frozen=True)
class Others:
    """The reviewed texts of all locales but one; a review file that cannot be read has none."""

    project: Project
    locale: str

    def of(self, unit: Unit) -> tuple[Elsewhere, ...]:
        """What the other locales say, in the order of the configuration."""
        context = unit.context.partition("#")[0]
        own = ((locale, texts.get((context, unit.source))) for locale, texts in self._known.items())
        return tuple(
            Elsewhere(locale, display_name(locale, "en"), target)
            for locale, target in own
            if target
        )

    def seen(self) -> Mapping[str, str]:
        """The hashes of their review files as they lie there now; of none where one cannot be."""
        workspace, config = self.project.workspace, self.project.config
        paths = [
            path
            for locale in config.targets
            if locale != self.locale
            for path in workspace.find(config.settings(locale).paths.catalog, locale)
        ]
        try:
            return workspace.hashes(paths)
        except BadFile:
            return {}

    @cached_property
    def _known(self) -> Mapping[str, Mapping[Key, str]]:
        targets = self.project.config.targets
        return {one: self._read(one) for one in targets if one != self.locale}

    def _read(self, locale: str) -> Mapping[Key, str]:
        workspace = self.project.workspace
        pattern = self.project.config.settings(locale).paths.catalog
        found: dict[Key, str] = {}
        for path in workspace.find(pattern, locale):
            try:
                units = read_po(workspace.read(path)).units
            except BadFile:
                continue
            for unit in units:
                if unit.state is State.REVIEWED and not unit.obsolete:
                    found.setdefault((unit.context.partition("#")[0], unit.source), unit.target)
        return found
