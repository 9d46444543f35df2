"""By hand: work packages that come back, received into the review files of their locales.

Nothing is written where nothing was taken. Otherwise the units are brought up to their sources, as
every command does that writes units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.checks.markup.html_missing import HTML_MISSING
from i18n_pipeline.checks.markup.links import LINKS
from i18n_pipeline.checks.markup.placeholders import PLACEHOLDERS
from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.packages import ReadPackage, read_package, unit_id
from i18n_pipeline.formats.packages.package import Codes
from i18n_pipeline.formats.po import unit_lines
from i18n_pipeline.locales import canonical, closest, gettext_code
from i18n_pipeline.model import Key, Segment, Unit, context_of, place_of
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin, lost_units
from i18n_pipeline.pipeline.guarding import read_guarded
from i18n_pipeline.pipeline.judging import faults_of, judge_all
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.verdicts import keep_verdicts
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, Written, steps_of, write
from i18n_pipeline.placeholders import protect, tokens_of
from i18n_pipeline.reports.packages import ImportedLocale, ImportReport, Waiting
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.stages.extras import with_names
from i18n_pipeline.stages.recall.differences import with_differences
from i18n_pipeline.stages.receiving import WAITING, Desk, Received, Trust, receive
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace

_DAMAGE = frozenset({PLACEHOLDERS.code, LINKS.code, HTML_MISSING.code})


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: what it is called, and its bytes."""

    name: str
    data: bytes

    @property
    def title(self) -> str:
        """Its name without its folder: what stands in the project, on whatever machine."""
        return self.name.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Import:
    """What is to be imported; `locale` where the files do not say it. Times are in seconds."""

    files: tuple[File, ...]
    locale: str = ""
    trust: Trust = Trust.PACKAGE
    dry_run: bool = False
    lock_timeout: float = 0.0


def import_packages(workspace: Workspace, order: Import) -> ImportReport:
    """Take the translations of packages into the units. Raises I18nError for what stops it all."""
    (asked,) = locales_asked(workspace, [order.locale]) if order.locale else ("",)
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        project = read_project(workspace)
        opened = _Opened(project, asked)
        for file in order.files:
            opened.take(file)
        imported = [
            _Importing(project, read_guarded(project, locale), order).take(packages)
            for locale, packages in opened.packages.items()
        ]
        found = (problem for _, own in imported for problem in own)
        problems = tuple(dict.fromkeys((*project.problems, *opened.problems, *found)))
        failed = [one.failure for one, _ in imported if one.failure is not None]
        return ImportReport(
            tuple(one for one, _ in imported),
            errors=(*problems, *dict.fromkeys(map(problem_of, failed))),
            codes=(*(65 for _ in problems), *(failure.exit_code for failure in failed)),
            dry=order.dry_run,
        )


class _Opened:
    """Files read, by the locale that each is for; what cannot be read is a problem of its own."""

    def __init__(self, project: Project, asked: str) -> None:
        self._project = project
        self._asked = asked
        self._segments: Mapping[str, Segment] | None = None
        self.packages: dict[str, list[tuple[File, ReadPackage]]] = {}
        self.problems: list[Problem] = []

    def take(self, file: File) -> None:
        """Read one file."""
        try:
            package = read_package(file.title, file.data, self._codes)
            locale = self._locale(package)
        except BadFile as failure:
            self.problems.append(failure.at(file.name))
            return
        self.packages.setdefault(locale, []).append((file, package))

    def _locale(self, package: ReadPackage) -> str:
        """The target locale of a package, as the project spells it. Raises BadFile."""
        source = self._project.config.source
        if package.source and not _serving(package.source, (source,)):
            message = (
                f"it is translated from {package.source}, and the project's source is {source}"
            )
            mend = f"export it from {source}, or import it where its source is {package.source}"
            raise BadFile("package-language", message, mend=mend, line=1, column=1)
        targets = (self._asked,) if self._asked else self._project.config.targets
        said = package.locale or self._asked
        found = _serving(said, targets)
        if len(found) == 1:
            return found[0]
        if said and self._asked:
            message = f"it holds {said}, and {self._asked} was asked for"
            raise BadFile("package-language", message, line=1, column=1)
        message = f"it holds {said}, which is no target" if said else "it names no language"
        if found:
            message = f"it holds {said}, which is {' or '.join(found)}"
        mend = f"say which with --lang; the targets are {', '.join(targets)}"
        raise BadFile("package-language", message, mend=mend, line=1, column=1)

    def _codes(self, unit: str) -> Codes:
        """The placeholders of a unit by number, as an export numbers them."""
        if self._segments is None:
            self._segments = _by_id(self._project)
        segment = self._segments.get(unit)
        if segment is None:
            return {}
        extensions = self._project.config.settings(self._project.config.source).markdown.extensions
        try:
            tokens = tokens_of(segment, segment.source, extensions)
        except BadFile:
            return {}
        held = protect(segment.source, tokens).placeholders
        return {str(number): (one.open, one.close or "") for number, one in enumerate(held, 1)}


def _serving(said: str, targets: Sequence[str]) -> list[str]:
    """The targets that a file's language is: spelled like one, as gettext has it, or nearest.

    CAT tools want a region, and write `es-ES` for `es`.
    """
    spelled = canonical(said)
    same = (
        target
        for target in targets
        if spelled in (canonical(target), canonical(gettext_code(target).replace("@", "-")))
    )
    return [*same] or [target for target in targets if said and closest(said, (target,))]


def _by_id(project: Project) -> Mapping[str, Segment]:
    found: dict[str, Segment] = {}
    for term in project.terms:
        for segment in term.segments:
            context = context_of(term.slug, segment)
            for place in (context, context + place_of(segment)):
                found[unit_id((place, segment.source))] = segment
    return found


@dataclass(frozen=True)
class _Importing:
    """What came back for one locale, on its way into the units."""

    project: Project
    files: LocaleFiles
    order: Import

    def take(
        self, packages: Iterable[tuple[File, ReadPackage]]
    ) -> tuple[ImportedLocale, tuple[Problem, ...]]:
        """Take all packages, one after the other, and write what became of the units."""
        locale = self.files.locale
        if not self.files.usable:
            return ImportedLocale(locale), self.files.problems
        begun = begin(self.project, self.files, Options())
        work, received = begun, list[tuple[File, Received]]()
        for file, package in packages:
            reception = receive(package.units, work.units, work.segments, self._desk(work, file))
            received += ((file, one) for one in reception.received)
            work = replace(work, units=reception.units)
        problems = (*self.files.problems, *lost_units(begun))
        if work.units == begun.units:
            return self._report(work, received, Written()), problems
        work = _as_written(work)
        steps = steps_of(work, None, units=True)
        coming = {path: data for step in steps for path, data in step.items()}
        return self._report(work, received, self._written(work, steps), coming), problems

    def _desk(self, work: Work, file: File) -> Desk:
        def judge(unit: Unit) -> str:
            faults = (one for one in faults_of(work, unit) if one.safety or one.check in _DAMAGE)
            return next((f"{one.check}: {one.message}" for one in faults), "")

        worked_on = {term.slug for term in work.terms}
        held = frozenset(self.project.known - worked_on)
        return Desk(file.title, self.project.known, judge, self.order.trust, held)

    def _written(self, work: Work, steps: Sequence[Step]) -> Written:
        if self.order.dry_run:
            return Written(self.project.workspace.would_save(steps))
        written = write(work, steps)
        keep_verdicts(self.project.workspace, work.locale, work.verdicts)
        return written

    def _report(
        self,
        work: Work,
        received: Sequence[tuple[File, Received]],
        written: Written,
        coming: Step | None = None,
    ) -> ImportedLocale:
        waiting = tuple((file, one) for file, one in received if one.fate in WAITING)
        places = _Places(work, coming or {}) if waiting else None
        return ImportedLocale(
            self.files.locale,
            fates=tuple(one.fate for _, one in received),
            waiting=tuple(
                Waiting(
                    str(one.fate),
                    file.name,
                    one.returned.line,
                    one.context,
                    one.reason,
                    *(places.of(one) if places else ("", 0)),
                )
                for file, one in waiting
            ),
            written=written.paths,
            failure=written.failure,
        )


def _as_written(work: Work) -> Work:
    """The units with all that is said beside them in the review files."""
    work = judge_all(work)
    units = with_names(work.units, work.segments, work.terms)
    return replace(work, units=with_differences(units, work.segments))


class _Places:
    """Where the units of a locale stand in its review files, with what was or will be written."""

    def __init__(self, work: Work, coming: Step) -> None:
        self._work, self._coming = work, coming
        self._lines: dict[str, Mapping[Key, int]] = {}
        self._keys = {unit_id(unit.key): unit for unit in work.units if not unit.obsolete}

    def of(self, one: Received) -> tuple[str, int]:
        """Path and line of a unit; nothing where there is none."""
        back = one.returned
        unit = self._keys.get(back.id or unit_id((back.context, back.source)))
        if unit is None:
            return "", 0
        path = self._work.homes.get(unit.slug) or self._work.homes[""]
        if path not in self._lines:
            self._lines[path] = self._read(path)
        return path, self._lines[path].get(unit.key, 0)

    def _read(self, path: str) -> Mapping[Key, int]:
        try:
            data = self._coming.get(path) or self._work.project.workspace.read_optional(path)
            return unit_lines(bytes(data)) if data else {}
        except BadFile:
            return {}
