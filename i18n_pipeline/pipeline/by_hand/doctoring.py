"""By hand: what is damaged in a project's files and can be mended without knowing the words.

That is what git left of a merge (untangling.py), and mojibake. Sources are repaired where they
stand, and the units of all locales follow them, so that a repair costs no review.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import Problem
from i18n_pipeline.formats.po import unit_lines, write_po
from i18n_pipeline.model import Catalog, Unit
from i18n_pipeline.pipeline.by_hand.untangling import torn_pages, untangle
from i18n_pipeline.pipeline.driver import driver_missing
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.reports.doctored import FIXES, Doctored, Repair
from i18n_pipeline.stages.repairing import repaired, repaired_catalog
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Doctor:
    """What is to be mended; with `dry_run`, or where nothing is, nothing is written."""

    fix_mojibake: bool = False
    fix_conflicts: bool = False
    dry_run: bool = False
    lock_timeout: float = 0.0

    @property
    def writes(self) -> bool:
        """Whether files of the project may be written."""
        return (self.fix_mojibake or self.fix_conflicts) and not self.dry_run


def doctor(workspace: Workspace, order: Doctor) -> Doctored:
    """What is damaged, mended where that was asked. Raises I18nError for what stops it all."""
    with workspace.run_lock(order.lock_timeout) if order.writes else nullcontext():
        project = read_project(workspace)
        files = [read_locale(project, locale) for locale in workspace.config.targets]
        problems = (*project.problems, *(p for one in files for p in one.problems))
        return _doctored(order, project, files, tuple(dict.fromkeys(problems)))


def _doctored(
    order: Doctor, project: Project, files: Sequence[LocaleFiles], problems: tuple[Problem, ...]
) -> Doctored:
    untangled, hopeless = untangle(project.workspace, files)
    hopeless += [problem for one in files for problem in torn_pages(project, one)]
    repairs, step, expected = _of_mojibake(project, files)
    if not order.fix_mojibake:
        step = {}
    if order.fix_conflicts:
        step |= {one.path: one.after for one in untangled}
        expected |= {one.path: one.seen for one in untangled}
    torn = {one.path for one in untangled} | {one.path for one in hopeless}
    report = Doctored(
        repairs,
        tuple(one.told for one in untangled),
        errors=(*(one for one in problems if one.path not in torn), *hopeless),
        notes=driver_missing(project.workspace),
        fixes=tuple(name for name in FIXES if getattr(order, f"fix_{name}")),
    )
    if not order.writes or not step:
        return replace(report, would_write=tuple(sorted(step)))
    return replace(report, written=project.workspace.save([step], expected))


def _of_mojibake(
    project: Project, files: Sequence[LocaleFiles]
) -> tuple[tuple[Repair, ...], dict[str, bytes | None], dict[str, str]]:
    """The damaged lines, the files without them, and the hashes of those as they were read."""
    repairs = [*_of_sources(project)]
    step: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for term in project.terms:
        data = _mended(term)
        if data != term.file.data:
            step[term.path], expected[term.path] = data, term.hash
    for one in files:
        for path, catalog in one.catalogs.items():
            better = repaired_catalog(catalog)
            if better != catalog:
                step[path], expected[path] = write_po(better), one.seen.get(path, "")
                repairs += _of_targets(project, path, catalog)
    return tuple(repairs), step, expected


def _mended(term: Term) -> bytes:
    return repaired(term.file.data.decode()).encode()


def _of_sources(project: Project) -> Iterator[Repair]:
    """The damaged lines of sources."""
    for term in project.terms:
        for number, line in enumerate(term.file.data.decode().splitlines(), 1):
            if repaired(line) != line:
                yield Repair(term.path, number, line.strip(), repaired(line).strip())


def _of_targets(project: Project, path: str, catalog: Catalog) -> Iterator[Repair]:
    """The damaged translations of a catalog."""
    lines = _lines(project, path)
    for unit in catalog.units:
        if repaired(unit.target) != unit.target:
            yield Repair(path, lines.get(unit.key, 0), *_both(unit))


def _lines(project: Project, path: str) -> Mapping[tuple[str, str], int]:
    data = project.workspace.read_optional(path)
    return unit_lines(data) if data else {}


def _both(unit: Unit) -> tuple[str, str]:
    return unit.target, repaired(unit.target)
