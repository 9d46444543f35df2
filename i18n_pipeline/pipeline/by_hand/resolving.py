"""By hand: which of two texts of people stands, where they disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property

from i18n_pipeline.errors import UsageError
from i18n_pipeline.formats.po import unit_lines
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.origins import edited
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, catalogs, write
from i18n_pipeline.reports.report import OpenConflict, OtherText, problem_of
from i18n_pipeline.reports.resolved import LocaleConflicts, ResolveReport, Settled
from i18n_pipeline.stages.conflicts import Parked, parked, settled
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace

PO, FILE = "po", "file"
"""What `--use` may say besides the name of a place: the review file, or the page."""


@dataclass(frozen=True, slots=True)
class Resolve:
    """Which conflicts are meant, and which text is to stand; with no `use` they are shown.

    `units` are contexts (`lora/body`) or places as listed (`locales/ja/terms.po:12`); none of
    them, and no `slugs`, means all.
    """

    use: str = ""
    units: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    dry_run: bool = False
    lock_timeout: float = 0.0

    @property
    def writes(self) -> bool:
        """Whether files of the project may be written."""
        return bool(self.use) and not self.dry_run


def resolve(workspace: Workspace, order: Resolve) -> ResolveReport:
    """Settle conflicts, or list them. Raises I18nError for what stops it all."""
    locales = locales_asked(workspace, order.locales)
    with workspace.run_lock(order.lock_timeout) if order.writes else nullcontext():
        project = read_project(workspace)
        read = read_guarded if order.use else read_locale
        files = [read(project, locale) for locale in locales]
        each = [_Locale(project, one, order) for one in files if one.usable or not order.use]
        _check_named(order, each)
        report = ResolveReport(
            tuple(one.report() for one in each),
            errors=tuple(dict.fromkeys(p for one in files for p in one.problems)),
            codes=tuple(65 for one in files if one.problems),
            dry=order.dry_run,
        )
        for one in each if order.use else ():
            report = one.written(report)
        return report


def _check_named(order: Resolve, each: Sequence[_Locale]) -> None:
    """Raises UsageError for a unit that nobody disagrees about."""
    known = [name for one in each for unit in one.open for name in one.names(unit)]
    for unit in order.units:
        if unit not in known:
            hint = close_to(unit, known) or "i18n resolve lists them"
            raise UsageError(f"nobody disagrees about {unit}", hint)


class _Locale:
    """The conflicts of one locale."""

    def __init__(self, project: Project, files: LocaleFiles, order: Resolve) -> None:
        self.files, self._project, self._order = files, project, order
        self._lines = {path: self._lines_of(path) for path in files.catalogs}
        self.open = [unit for unit in files.catalog.units if unit.comments and parked(unit)]
        meant = [unit for unit in self.open if self._is_meant(unit)]
        chosen = ((unit, self._chosen(unit)) for unit in meant if order.use)
        self._after = {_id(unit): after for unit, after in chosen if after is not None}

    def names(self, unit: Unit) -> tuple[str, ...]:
        """What a unit may be called on the command line."""
        path, line = self._place(unit)
        return unit.context, unit.context.partition("#")[0], f"{path}:{line}"

    def report(self) -> LocaleConflicts:
        """What is open, and what is settled."""
        still = [unit for unit in self.open if _id(unit) not in self._after]
        done = [unit for unit in self.open if _id(unit) in self._after]
        return LocaleConflicts(
            self.files.locale,
            tuple(map(self._open, still)),
            tuple(map(self._settled, done)),
        )

    def written(self, report: ResolveReport) -> ResolveReport:
        """The report once the locale's review files were written."""
        steps = self._steps()
        if not self._order.writes:
            paths = self._project.workspace.would_save(steps)
            return replace(report, written=(*report.written, *paths))
        done = write(self._work, steps)
        report = replace(report, written=(*report.written, *done.paths))
        if done.failure is None:
            return report
        errors = (*report.errors, problem_of(done.failure))
        return replace(report, errors=errors, codes=(*report.codes, done.failure.exit_code))

    def _steps(self) -> list[Step]:
        units = tuple(
            self._after[_id(unit)][0] if _id(unit) in self._after else unit
            for unit in self.files.catalog.units
        )
        return list(catalogs(replace(self._work, units=units)))

    @cached_property
    def _work(self) -> Work:
        return begin(self._project, self.files, Options())

    def _is_meant(self, unit: Unit) -> bool:
        units, slugs = self._order.units, self._order.slugs
        named = not units or any(name in units for name in self.names(unit))
        return named and (not slugs or unit.slug in slugs)

    def _chosen(self, unit: Unit) -> tuple[Unit, str] | None:
        """The unit with the text that is to stand, and whose that is; None where none is meant.

        Raises UsageError where the unit was named, and it is not clear which text that is.
        """
        if self._order.use == PO:
            return _stands(settled(unit)), f"the {PO} file"
        found = [one for one in parked(unit) if self._fits(one)]
        if len(found) == 1:
            return _with(unit, found[0], self._is_page(found[0])), found[0].where
        if not self._order.units:
            return None
        names = " or ".join(f"--use {one.where}" for one in parked(unit))
        what = "several texts wait" if found else f"no text of {self._order.use} waits"
        raise UsageError(f"{what} beside {unit.context}", f"--use {PO}, or {names}")

    def _fits(self, one: Parked) -> bool:
        use = self._order.use
        return one.where == use or (use == FILE and self._is_page(one))

    def _is_page(self, one: Parked) -> bool:
        return self.files.settings.paths.terms.match(one.where) is not None

    def _open(self, unit: Unit) -> OpenConflict:
        path, line = self._place(unit)
        says = tuple(OtherText(one.where, one.text) for one in parked(unit))
        return OpenConflict(path, line, unit.context, unit.source, unit.target, says)

    def _settled(self, unit: Unit) -> Settled:
        path, line = self._place(unit)
        after, used = self._after[_id(unit)]
        return Settled(path, line, unit.context, used, after.target)

    def _place(self, unit: Unit) -> tuple[str, int]:
        path = self.files.homes.get(unit.key, "")
        return path, self._lines.get(path, {}).get(unit.key, 0)

    def _lines_of(self, path: str) -> Mapping[Key, int]:
        data = self._project.workspace.read_optional(path)
        return unit_lines(data) if data else {}


def _id(unit: Unit) -> tuple[Key, bool]:
    return unit.key, unit.obsolete


def _with(unit: Unit, one: Parked, is_page: bool) -> Unit:
    """The unit with a text that waited beside it: reviewed, but where its source has changed."""
    origin = edited(one.where) if is_page and not unit.obsolete else None
    return _stands(replace(settled(unit), target=one.text, origin=origin))


def _stands(unit: Unit) -> Unit:
    """A person's unit that somebody chose: reviewed, but where its source has changed."""
    changed = unit.previous is not None and not unit.reviewed
    if changed or not unit.by_person:
        return unit
    return replace(unit, reviewed=True, previous=None, previous_context=None)
