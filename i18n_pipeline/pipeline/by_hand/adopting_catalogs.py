"""By hand: translations in catalogs of other programs become units, told by what they say.

Also those of terms whose pages are people's and not adopted yet: their catalogs may come first.
Only review files are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin, lost_units
from i18n_pipeline.pipeline.by_hand.receiving import File
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.judging import faults_of, judge_all
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Written, steps_of, write
from i18n_pipeline.reports.catalogs import AdoptedCatalog, CatalogsReport, LeftText, OtherText
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.stages.extras import with_names
from i18n_pipeline.stages.foreign import (
    Foreign,
    Match,
    Matches,
    Place,
    TakenIn,
    foreign_units,
    matched,
    taken,
)
from i18n_pipeline.stages.recall.differences import with_differences
from i18n_pipeline.stages.term import Standing
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AdoptCatalogs:
    """Which catalogs are to be read into which locale. Times are in seconds."""

    files: tuple[File, ...]
    locale: str
    dry_run: bool = False
    lock_timeout: float = 0.0


def adopt_catalogs(workspace: Workspace, order: AdoptCatalogs) -> CatalogsReport:
    """Take translations in, of all files together. Raises I18nError for what stops it all."""
    (locale,) = locales_asked(workspace, [order.locale])
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        project = read_project(workspace)
        files = read_guarded(project, locale)
        problems = (*project.problems, *files.problems)
        if not files.usable:
            return CatalogsReport(locale, errors=problems, codes=(65,), dry=order.dry_run)
        return _Adopting(project, files, order).adopted(problems)


@dataclass(frozen=True)
class _Adopting:
    """Catalogs on their way into the units of one locale."""

    project: Project
    files: LocaleFiles
    order: AdoptCatalogs

    def adopted(self, problems: tuple[Problem, ...]) -> CatalogsReport:
        """Take all that can be read, and write what became of the units."""
        foreign: list[Foreign] = []
        read: list[File] = []
        for file in self.order.files:
            try:
                foreign += foreign_units(file.data, file.title, self.files.locale)
                read.append(file)
            except BadFile as failure:
                problems = (*problems, failure.at(file.name))
        matches = self._matched(foreign)
        begun = self._begun(frozenset(Unit(*key).slug for key in matches.found))
        result = taken(begun.units, matches.found, lambda unit: not faults_of(begun, unit))
        work = replace(begun, units=result.units)
        written = Written() if work.units == begun.units else self._written(work)
        problems = tuple(dict.fromkeys((*problems, *lost_units(begun))))
        failed = () if written.failure is None else (written.failure,)
        return CatalogsReport(
            self.files.locale,
            tuple(_catalog(file, result, matches) for file in read),
            written=written.paths,
            errors=(*problems, *map(problem_of, failed)),
            codes=(*(65 for _ in problems), *(failure.exit_code for failure in failed)),
            dry=self.order.dry_run,
        )

    def _begun(self, released: frozenset[str]) -> Work:
        """The units up to their sources; those of pages not adopted only where `released`."""
        foreign = begin(self.project, self.files, Options()).taken.of(Standing.FOREIGN)
        pages = self.files.term_files.items()
        held = {slug: page for slug, page in pages if slug not in foreign & released}
        return begin(self.project, replace(self.files, term_files=held), Options())

    def _matched(self, foreign: Sequence[Foreign]) -> Matches:
        """Which unit each translation is of, wherever its term stands now."""
        work = self._begun(self.project.slugs)
        paths = {unit.key: unit.path for unit in work.units if not unit.obsolete}
        places = {key: Place(one, paths.get(key, "")) for key, one in work.segments.items()}
        return matched(foreign, places, work.extensions, work.addresses.canonical)

    def _written(self, work: Work) -> Written:
        work = judge_all(work)
        units = with_names(work.units, work.segments, work.terms)
        work = replace(work, units=with_differences(units, work.segments))
        steps = steps_of(work, None, units=True)
        if self.order.dry_run:
            return Written(self.project.workspace.would_save(steps))
        return write(work, steps)


def _catalog(file: File, result: TakenIn, matches: Matches) -> AdoptedCatalog:
    """What became of one file's translations."""

    def own(pairs: Sequence[tuple[Unit, Match]]) -> list[Unit]:
        return [unit for unit, match in pairs if match.foreign.file == file.title]

    def others(pairs: Sequence[tuple[Unit, Match]]) -> tuple[OtherText, ...]:
        mine = ((unit, match.foreign) for unit, match in pairs if match.foreign.file == file.title)
        return tuple(OtherText(unit.context, foreign.line) for unit, foreign in mine)

    new = own(result.taken)
    reviewed = sum(unit.reviewed for unit in new)
    return AdoptedCatalog(
        file.name,
        reviewed=reviewed,
        needs_review=len(new) - reviewed,
        known=len(own(result.known)),
        kept=others(result.kept),
        parked=others(result.parked),
        left=tuple(
            LeftText(one.foreign.line, one.foreign.source, one.foreign.target, one.reason)
            for one in matches.left
            if one.foreign.file == file.title
        ),
    )
