"""By hand: entries leave the translation memory, out of the files that they stand in.

Memories of the project lose units, review files obsolete ones. A text that is reviewed and in use
stays, and is told of: it is changed where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext

from i18n_pipeline.config.editing import names_memory, without_memory
from i18n_pipeline.errors import BadFile, Problem, UsageError
from i18n_pipeline.formats.po import write_po
from i18n_pipeline.formats.tmx import TmxUnit, Variant, without
from i18n_pipeline.locales import closest
from i18n_pipeline.model import State, Unit, digest
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.memories import forget_kept
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.reports.exchanged import Purged, PurgeReport
from i18n_pipeline.values import dataclass, field, replace
from i18n_pipeline.workspace import Step, Workspace


@dataclass(frozen=True, slots=True)
class Purge:
    """What is to leave: texts with these sources and targets (all, where none is named).

    `file` is a memory of the project to look in, alone; `obsolete`: only obsolete units. A `file`
    without any text leaves whole.
    """

    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    file: str = ""
    obsolete: bool = False
    locales: tuple[str, ...] = ()
    dry_run: bool = False
    lock_timeout: float = 0.0

    @property
    def names_texts(self) -> bool:
        """Whether texts are named."""
        return bool(self.sources or self.targets)

    def means(self, source: str, targets: Iterable[str]) -> bool:
        """Whether a text with these translations is meant; blanks do not count."""
        wanted = set(map(_plain, self.targets))
        right = not self.sources or _plain(source) in map(_plain, self.sources)
        return right and (not wanted or not wanted.isdisjoint(map(_plain, targets)))


@dataclass
class _Found:
    """What a purge comes to so far: files with their new bytes, and with the old ones' hashes."""

    step: dict[str, bytes | None] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    gone: list[Purged] = field(default_factory=list)
    kept: list[Purged] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def purge(workspace: Workspace, order: Purge) -> PurgeReport:
    """Take entries out of the memory, or say which would go. Raises I18nError for what stops it.

    Where a file cannot be read, nothing is written.
    """
    _check(order)
    locales = locales_asked(workspace, order.locales)
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        report = _done(workspace, order, locales)
        for locale in locales if report.written and not order.dry_run else ():
            forget_kept(workspace, locale)
        return report


def _done(workspace: Workspace, order: Purge, locales: Sequence[str]) -> PurgeReport:
    if order.file and not order.names_texts:
        return _without_file(workspace, order)
    found = _Found()
    if not order.obsolete:
        _out_of_memories(workspace, order, locales, found)
    if not order.file:
        _out_of_units(workspace, order, locales, found)
    report = PurgeReport(tuple(found.gone), tuple(found.kept), dry=order.dry_run)
    if found.problems:
        return PurgeReport(errors=tuple(dict.fromkeys(found.problems)), dry=order.dry_run)
    steps = [found.step] if found.step else []
    if order.dry_run:
        return replace(report, written=workspace.would_save(steps))
    return replace(report, written=workspace.save(steps, found.seen))


def _check(order: Purge) -> None:
    if not (order.names_texts or order.file or order.obsolete):
        raise UsageError("nothing is named to be purged", "--source TEXT, --file NAME, --obsolete")
    if order.file and order.obsolete:
        raise UsageError("obsolete units stand in no memory file", "name --file or --obsolete")


def _memories(workspace: Workspace, order: Purge) -> tuple[str, ...]:
    """The paths of the memories to look in. Raises UsageError for one that is none."""
    config = workspace.config
    globs = [glob for locale in config.targets for glob in config.settings(locale).memory.tmx]
    paths = workspace.named(tuple(dict.fromkeys(globs)))
    if not order.file:
        return paths
    wanted = tuple(one for one in paths if order.file in (one, one.rpartition("/")[2]))
    if len(wanted) != 1:
        why = "is no memory of this project" if not wanted else f"may be {' or '.join(wanted)}"
        raise UsageError(f"{order.file} {why}", close_to(order.file, paths))
    return wanted


def _without_file(workspace: Workspace, order: Purge) -> PurgeReport:
    """A memory leaves whole: the configuration names it no more, then its file goes."""
    (path,) = _memories(workspace, order)
    name, table = workspace.configured_in
    before = workspace.read(name)
    text = before.decode()
    locales = ((*table, "locale", locale) for locale in workspace.config.targets)
    try:
        for place in (table, *locales):
            if names_memory(text, place, path):
                text = without_memory(text, place, path)
        data = workspace.read(path)
    except BadFile as failure:
        problem = failure.problem
        return PurgeReport(errors=(problem if problem.path else failure.at(name),))
    note = f"{path} leaves the project"
    report = PurgeReport(notes=(note,), dry=order.dry_run)
    steps: list[Step] = [{path: None}]
    if order.dry_run:
        changes = [name] if text.encode() != before else []
        return replace(report, written=(*changes, *workspace.would_save(steps)))
    # the configuration first: killed in between, the file is there and nobody misses it
    changed = workspace.configure(text.encode(), before)
    return replace(report, written=(*changed, *workspace.save(steps, {path: digest(data)})))


def _out_of_memories(
    workspace: Workspace, order: Purge, locales: Sequence[str], found: _Found
) -> None:
    for path in _memories(workspace, order):
        cut = _Cut(workspace.config.source, order, locales, path)
        try:
            data = workspace.read(path)
            after, _ = without(data, cut.goes)
        except BadFile as failure:
            found.problems.append(failure.at(path))
            continue
        found.gone += cut.gone
        found.kept += cut.kept
        if after != data:
            found.step[path], found.seen[path] = after, digest(data)


@dataclass
class _Cut:
    """Judges the units of one memory, and keeps which are meant."""

    source: str
    order: Purge
    locales: Sequence[str]
    path: str
    gone: list[Purged] = field(default_factory=list)
    kept: list[Purged] = field(default_factory=list)

    def goes(self, unit: TmxUnit) -> bool:
        """Whether a unit goes; one with other languages than those asked for stays."""
        tag = closest(self.source, [one.tag for one in unit.variants])
        texts = [one.text for one in unit.variants if one.tag == tag]
        others = [one for one in unit.variants if one.tag != tag]
        said = [one.text for one in others]
        source = next((text for text in texts if self.order.means(text, said)), None)
        if source is None or not self._is_asked(others, any):
            return False
        all_asked = not self.order.locales or self._is_asked(others, all)
        one = Purged(self.path, source, tuple(said))
        (self.gone if all_asked else self.kept).append(one)
        return all_asked

    def _is_asked(self, variants: Iterable[Variant], few: Callable[[Iterable[bool]], bool]) -> bool:
        """Whether `all` or `any` of some variants serve a locale that was asked for."""
        return few(any(closest(locale, [one.tag]) for locale in self.locales) for one in variants)


def _out_of_units(
    workspace: Workspace, order: Purge, locales: Sequence[str], found: _Found
) -> None:
    project = read_project(workspace)
    for locale in locales:
        files = read_locale(project, locale)
        if files.blocked or not files.usable:
            found.problems += files.problems
            continue
        for path, after in _catalogs(files, order, found):
            found.step[path], found.seen[path] = after, files.seen.get(path, "")


def _catalogs(files: LocaleFiles, order: Purge, found: _Found) -> Iterator[tuple[str, bytes]]:
    """The catalogs that lose obsolete units."""
    for path, catalog in files.catalogs.items():
        meant = [unit for unit in catalog.units if _is_meant(unit, order)]
        gone = [unit for unit in meant if unit.obsolete]
        found.gone += (_purged(path, unit) for unit in gone)
        if order.names_texts and not order.obsolete:
            found.kept += (_purged(path, unit) for unit in meant if not unit.obsolete)
        if gone:
            keys = {unit.key for unit in gone}
            stay = (one for one in catalog.units if not one.obsolete or one.key not in keys)
            yield path, write_po(replace(catalog, units=tuple(stay)))


def _is_meant(unit: Unit, order: Purge) -> bool:
    return unit.state is State.REVIEWED and order.means(unit.source, (unit.target,))


def _purged(path: str, unit: Unit) -> Purged:
    return Purged(path, unit.source, (unit.target,), unit.context)


def _plain(text: str) -> str:
    return " ".join(text.split())
