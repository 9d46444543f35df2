"""By hand: a locale's units as they are now, beside what git knows of its review files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from i18n_pipeline.errors import Problem
from i18n_pipeline.formats.po import units_in
from i18n_pipeline.history import History, find_history
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.by_hand.tracing import Tracer, parts
from i18n_pipeline.pipeline.locale_files import read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.term import Standing
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True)
class TracedLocale:
    """A locale and its history."""

    work: Work
    history: History

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of terms that somebody works on, those no longer in the source last."""
        foreign = self.work.taken.of(Standing.FOREIGN)
        return tuple(unit for unit in self.work.units if unit.slug not in foreign)

    @cached_property
    def tracer(self) -> Tracer:
        """The history of its review files."""
        paths = tuple(self.work.files.catalogs)
        folders = (path.rpartition("/")[0] or "." for path in paths)
        return Tracer(self.history, paths, tuple(dict.fromkeys(folders)))

    @cached_property
    def committed(self) -> Mapping[Key, Unit]:
        """The units as the last commit has them."""
        found: dict[Key, Unit] = {}
        for data in self.history.at("HEAD", self.work.files.catalogs).values():
            found |= {unit.key: unit for part in parts(data) for unit in units_in(part)}
        return found


@dataclass(frozen=True)
class Traced:
    """The locales asked for that can be read, what cannot be, and what git cannot tell."""

    locales: tuple[TracedLocale, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def trace(workspace: Workspace, asked: Sequence[str]) -> Traced:
    """Read locales and find their history. Raises UsageError for one that is no target."""
    locales = locales_asked(workspace, asked)
    project = read_project(workspace)
    history = find_history(workspace.root)
    files = [read_locale(project, locale) for locale in locales]
    problems = (*project.problems, *(problem for one in files for problem in one.problems))
    found = (begin(project, one, Options()) for one in files if one.usable)
    return Traced(
        tuple(TracedLocale(work, history) for work in found),
        tuple(dict.fromkeys(problems)),
        tuple(_unknown(history)),
    )


def _unknown(history: History) -> list[str]:
    if history.missing:
        return [f"who reviewed what, and when, is not known: {history.missing}"]
    if history.shallow:
        return ["this clone's history is cut off: what came before is not known"]
    return []
