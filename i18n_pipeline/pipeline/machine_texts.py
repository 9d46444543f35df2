"""Which texts of people's pages are a machine's after all: a lost lock leaves drafts in pages.

The review file knows its drafts, git knows those of a review file that is lost too, receipts know
what machines answered, and what people took back is no one's any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Catalog, Key, Origin, Unit, draft_hash
from i18n_pipeline.origins import machine
from i18n_pipeline.pipeline.answers import answers
from i18n_pipeline.pipeline.homes import catalog_path
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.rejecting import Rejected, assumed, bare
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import PRIVATE

_VERSIONS = 3
"""How many versions of a lost review file are read."""


@dataclass(frozen=True)
class MachineTexts:
    """What the review files of a locale know of texts that were read out of pages (`read`)."""

    project: Project
    files: LocaleFiles
    read: Sequence[Unit]

    def owned(self) -> list[Unit]:
        """The units read, of which those that say what a machine said are drafts."""
        return [self._owned(unit) for unit in self.read]

    @cached_property
    def unknown(self) -> frozenset[Key]:
        """The units read of whose texts review files know nothing, neither draft nor review."""
        return frozenset(unit.key for unit in self.read if self._known_as(unit) is None)

    def _owned(self, unit: Unit) -> Unit:
        rejected = Rejected(self.files.rejected, self._extensions)
        if rejected.holds(unit, assumed(unit)):
            by = rejected.rejecting(unit, assumed(unit)).by
            return _as_draft(unit, machine(by or "a machine", unit.target))
        known = self._known_as(unit)
        return _as_draft(unit, known.origin) if known is not None and known.is_draft else unit

    def _known_as(self, unit: Unit) -> Unit | None:
        """The unit that says the same in a review file, in the newest of them."""
        known = self._known.get(_place(unit), ())
        said = self._words(unit) if known else ""
        return next((one for one in known if self._words(one) == said), None)

    @property
    def _extensions(self) -> frozenset[str]:
        return self.files.settings.markdown.extensions

    def _words(self, unit: Unit) -> str:
        return bare(unit.target, assumed(unit), self._extensions)

    @cached_property
    def _known(self) -> Mapping[Key, Sequence[Unit]]:
        """The units that review files have or had, the newest first."""
        known: defaultdict[Key, list[Unit]] = defaultdict(list)
        for catalog in self._catalogs():
            for unit in catalog.units:
                if unit.target:
                    known[_place(unit)].append(unit)
        return known

    def _catalogs(self) -> Iterator[Catalog]:
        yield self.files.catalog
        there = {_place(unit) for unit in self.files.catalog.units}
        if all(_place(unit) in there for unit in self.read) or self.project.history.missing:
            return
        history = self.project.history
        versions = history.versions(sorted(self._paths())).values()
        blobs = [one.blob for found in versions for one in found[:_VERSIONS] if one.blob]
        data = history.blobs(blobs)
        for blob in dict.fromkeys(blobs):
            try:
                yield read_po(data[blob])
            except (BadFile, KeyError):  # a version that nobody can read any more
                continue

    def _paths(self) -> Iterator[str]:
        pattern, locale = self.files.settings.paths.catalog, self.files.locale
        yield catalog_path(pattern, locale, None)
        for term in self.project.terms:
            yield catalog_path(pattern, locale, term)


def answered(work: Work, keys: Collection[Key]) -> tuple[Work, tuple[Problem, ...]]:
    """The work with those of some units as drafts that say what receipts hold for them.

    And what of the receipts is damaged: what it held is taken for a person's text.
    """
    asked = tuple(unit for unit in work.units if unit.key in keys and unit.target)
    receipts = Receipts(work.project.workspace.root / PRIVATE)
    origins: dict[Key, Origin] = {}
    texts = {unit.key: unit for unit in asked}
    for given in answers(replace(work, units=asked), receipts):
        unit = texts[given.draft.key]
        both = (bare(one.target, given.segment, work.extensions) for one in (unit, given.draft))
        if len(set(both)) == 1 and given.draft.origin is not None:
            origins[unit.key] = given.draft.origin
    units = (
        _as_draft(unit, origins[unit.key]) if unit.key in origins and not unit.obsolete else unit
        for unit in work.units
    )
    after = replace(work, units=tuple(units)) if origins else work
    return after, receipts.problems


def _as_draft(unit: Unit, origin: Origin | None) -> Unit:
    """A unit whose text is a machine's, which nobody has touched."""
    words = origin.words if origin is not None else ""
    return replace(unit, reviewed=False, origin=Origin(words, draft_hash(unit.target)))


def _place(unit: Unit) -> Key:
    """A unit's key wherever it stands in its field."""
    return unit.context.partition("#")[0], unit.source
