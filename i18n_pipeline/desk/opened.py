"""A locale on the desk: read, brought up to its sources, judged; and its units written back.

A decision changes the units that were read, as an edit in the review file does, and everything
after that is what any command does that writes units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.errors import BadFile, I18nError, Problem
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.model import Catalog, Key, QualityIssue, Unit
from i18n_pipeline.pieces import hash_of
from i18n_pipeline.pipeline.beginning import begin, lost_units
from i18n_pipeline.pipeline.judging import judge_all
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.pooling import Pool
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.shelved import Found
from i18n_pipeline.pipeline.terminology import glossary_of, with_learned
from i18n_pipeline.pipeline.verdicts import keep_verdicts
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Step, steps_of, write
from i18n_pipeline.stages.extras import with_names
from i18n_pipeline.stages.recall.differences import with_differences
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Listed:
    """What may hold sources or units, whatever is in it: paths; of `sources`, what is in them too.

    A file that makes no term today, since it is broken, a draft or a second of its name, may make
    one when it is edited.
    """

    sources: Mapping[str, str]
    paths: tuple[str, ...]

    @classmethod
    def of(cls, workspace: Workspace, locale: str) -> Listed:
        """What is there now."""
        config = workspace.config
        sources, own = config.settings(config.source).paths, config.settings(locale).paths
        found = workspace.find(sources.terms, config.source)
        paths = (*workspace.find(own.terms, locale), *workspace.find(own.catalog, locale))
        return cls(_hashes(workspace, found), paths)


@dataclass(frozen=True)
class Opened:
    """A locale as the desk shows it.

    `listed` is what was there to be read, `units` those that can be reviewed by their
    names, in the order of the review file, `issues` what checks found by unit, `glossary` the
    terminology that texts are checked against. `proven` are review files whose bytes are known to
    be those that we would write for their units. `owing` says that a decision changed terminology,
    and other texts were not judged by it yet.
    """

    work: Work
    listed: Listed
    units: Mapping[str, Unit]
    issues: Mapping[Key, Sequence[QualityIssue]]
    glossary: Glossary
    proven: frozenset[str] = frozenset()
    owing: bool = False

    @classmethod
    def of(cls, work: Work, listed: Listed) -> Opened:
        """A locale that was brought up to its sources and judged."""
        active = (unit for unit in work.units if not unit.obsolete and unit.key in work.segments)
        units = {unit_id(unit.key): unit for unit in active}
        glossary = with_learned(work, glossary_of(work, drafts=False))
        return cls(work, listed, units, by_unit(work.issues), glossary)

    @property
    def files(self) -> LocaleFiles:
        """What lies on disk, as it was read."""
        return self.work.files

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the project cannot be read."""
        found = (*self.work.project.problems, *self.files.problems, *lost_units(self.work))
        return tuple(dict.fromkeys(found))

    @cached_property
    def catalog(self) -> Catalog:
        """The units that can be reviewed."""
        return Catalog(tuple(self.units.values()))

    @cached_property
    def by_key(self) -> Mapping[Key, Unit]:
        """The units that can be reviewed, by what they are of."""
        return self.catalog.by_key

    @cached_property
    def made_from(self) -> Mapping[str, str]:
        """The hashes of all files that this was read out of."""
        sources = {term.path: term.hash for term in self.work.project.terms}
        return {**sources, **self.files.seen}

    @property
    def workspace(self) -> Workspace:
        """The project on disk, as it is configured."""
        return self.work.project.workspace

    def is_current(self) -> bool:
        """Whether the files are what they were when this was read, and no other ones."""
        try:
            listed = Listed.of(self.workspace, self.work.locale)
            now = {**self.workspace.hashes(list(self.files.seen)), **listed.sources}
        except BadFile:
            return False
        same = all(now.get(path, "") == known for path, known in self.made_from.items())
        return same and listed == self.listed

    def has_sources_of(self, workspace: Workspace, listed: Listed) -> bool:
        """Whether the sources of a project that is configured so are those that were read."""
        project = self.work.project
        if workspace is not self.workspace or project.problems or listed != self.listed:
            return False
        known = {term.path: term.hash for term in project.terms}
        return all(listed.sources.get(path) == one for path, one in known.items())

    def with_units(self, decided: Iterable[Unit]) -> Opened:
        """The locale with units as somebody left them."""
        files = _with(self.files, {unit.key: unit for unit in decided})
        return Opened.of(_worked(self.work.project, files, self.work.verdicts.used), self.listed)

    def anew(self) -> Opened:
        """The locale with all texts judged by the terminology of now."""
        return self.with_units(())

    @property
    def steps(self) -> list[Step]:
        """What has to be written for the review files to say what the units say."""
        return steps_of(self.work, None, units=True)


def open_locale(workspace: Workspace, locale: str, known: Opened | None = None) -> Opened:
    """Read a locale. Raises I18nError where it cannot be worked on at all.

    Sources are those of a `known` state of it while they are the same files.
    """
    listed = Listed.of(workspace, locale)
    same = known is not None and known.has_sources_of(workspace, listed)
    project = known.work.project if known is not None and same else read_project(workspace)
    files = read_locale(project, locale)
    if not files.usable:
        raise _unusable(files)
    return Opened.of(_worked(project, files), listed)


def written(opened: Opened) -> tuple[Opened, tuple[str, ...]]:
    """Write the units; the locale as it then lies on disk, and the paths. Needs the run lock.

    Raises CannotWrite, and TryLater where a file is not what was read.
    """
    steps = opened.steps
    done = write(opened.work, steps)
    if done.failure is not None:
        raise done.failure
    keep_verdicts(opened.workspace, opened.work.locale, opened.work.verdicts)
    files = _on_disk(opened.files, steps)
    return replace(opened, work=replace(opened.work, files=files)), done.paths


def by_unit(issues: Iterable[QualityIssue]) -> Mapping[Key, Sequence[QualityIssue]]:
    """What checks found, by unit."""
    found: defaultdict[Key, list[QualityIssue]] = defaultdict(list)
    for issue in issues:
        found[issue.context, issue.source].append(issue)
    return dict(found)


def _worked(
    project: Project, files: LocaleFiles, judged: Mapping[str, tuple[Found, ...]] | None = None
) -> Work:
    """A locale brought up to its sources; texts that are `judged` already are not judged again."""
    begun = begin(project, files, Options())
    known = {**begun.verdicts.known, **(judged or {})}
    work = judge_all(replace(begun, verdicts=replace(begun.verdicts, known=known)))
    units = with_names(work.units, work.segments, work.terms)
    return replace(work, units=with_differences(units, work.segments))


def _hashes(workspace: Workspace, paths: Sequence[str]) -> Mapping[str, str]:
    """The hashes of files; of one that cannot be read, nothing."""
    try:
        return dict.fromkeys(paths, "") | dict(workspace.hashes(paths))
    except BadFile as failure:
        rest = [path for path in paths if path != failure.problem.path]
        known = _hashes(workspace, rest) if len(rest) < len(paths) else {}
        return {path: known.get(path, "") for path in paths}


def _with(files: LocaleFiles, decided: Mapping[Key, Unit]) -> LocaleFiles:
    """The files as if their units said what was decided; new ones are there as well."""
    units = [unit if unit.obsolete else decided.get(unit.key, unit) for unit in files.catalog.units]
    known = files.catalog.by_key
    units += (unit for key, unit in decided.items() if key not in known)
    back = {unit.key for unit in units if not unit.obsolete}
    kept = tuple(unit for unit in units if not (unit.obsolete and unit.key in back))
    return replace(files, catalog=Catalog(kept))


def _on_disk(files: LocaleFiles, steps: Sequence[Step]) -> LocaleFiles:
    """The files as they are once steps were written."""
    catalogs, seen = dict(files.catalogs), dict(files.seen)
    last = {path: data for step in steps for path, data in step.items()}
    for path, data in last.items():
        seen[path] = "" if data is None else hash_of(data)
        if data is None:
            catalogs.pop(path, None)
        elif path != files.settings.paths.lock.fill(locale=files.locale):
            catalogs[path] = read_po(bytes(data))
    pool = Pool.of(catalogs)
    units = Catalog(tuple(pool.units.values()))
    return replace(files, catalog=units, catalogs=catalogs, homes=pool.homes, seen=seen)


def _unusable(files: LocaleFiles) -> I18nError:
    problem = next(iter(files.problems), Problem("", 0, 0, "unusable", "it cannot be read"))
    failure = BadFile(problem.code, problem.message, mend=problem.mend)
    failure.problem = problem
    return failure
