"""By hand: translation memories as TMX, into a file for other programs and from theirs.

An import becomes a file of the project that the configuration names; an export writes nothing of
the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.config import read_config
from i18n_pipeline.config.editing import with_memory
from i18n_pipeline.errors import BadConfig, BadFile, UsageError
from i18n_pipeline.formats.tmx import (
    Place,
    Read,
    TmxUnit,
    Variant,
    can_be_written,
    read_tmx,
    write_tmx,
)
from i18n_pipeline.model import Key, State, Unit, digest
from i18n_pipeline.patterns import glob_matches, path_problem
from i18n_pipeline.pipeline.by_hand.recalling import Remembered, remembered
from i18n_pipeline.reports.exchanged import ExportedMemory, ImportedMemory
from i18n_pipeline.reports.memories import HeldFile
from i18n_pipeline.stages.recall.entries import NEVER, surroundings
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace

FOLDER = "memories"
"""Where imported memories are put."""


@dataclass(frozen=True, slots=True)
class ImportMemory:
    """A memory's bytes, what the file is called, and what it is to be called in the project."""

    file: str
    data: bytes
    name: str
    dry_run: bool = False
    lock_timeout: float = 0.0


def import_memory(workspace: Workspace, order: ImportMemory) -> ImportedMemory:
    """Make a memory one of the project's. Raises I18nError for what stops it all.

    Where the project has the same bytes already, nothing is done.
    """
    path = _path(order.name)
    try:
        found = read_tmx(order.data, workspace.config.source, workspace.config.targets)
        _check_languages(workspace, found)
    except BadFile as failure:
        return ImportedMemory(path, errors=(failure.at(order.file),))
    held = {locale: HeldFile(path, len(r.pairs), r.left_out) for locale, r in found.items()}
    report = ImportedMemory(path, held, dry=order.dry_run)
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        known = _known(workspace, order.data)
        if known:
            return replace(report, path=known, known=True)
        try:
            return _Importing(workspace, order, path).take(report)
        except BadFile as failure:
            problem = failure.problem
            return replace(report, errors=(problem if problem.path else failure.at(path),))


def _path(name: str) -> str:
    """Where a memory of this name is put. Raises UsageError for what is no name of a file."""
    path = f"{FOLDER}/{name}" if name.lower().endswith(".tmx") else f"{FOLDER}/{name}.tmx"
    if "/" in name or (reason := path_problem(path)):
        why = reason if "/" not in name else "it is a path, and not a name"
        raise UsageError(f"{name!r} cannot be a file of the project: {why}", "use --name")
    return path


def _check_languages(workspace: Workspace, found: Mapping[str, Read]) -> None:
    """Raises BadFile for a memory that is of no use to any locale."""
    config = workspace.config
    if any(read.pairs or read.left_out for read in found.values()):
        return
    tags = next(iter(found.values())).tags
    wanted = " or ".join(config.targets)
    raise BadFile(
        "no-such-languages",
        f"the file has {', '.join(tags) or 'no texts'}, not {config.source} with {wanted}",
        mend="export it with both languages",
        line=1,
        column=1,
    )


def _known(workspace: Workspace, data: bytes) -> str:
    """The path of a memory of the project with these bytes; "" where there is none."""
    wanted = digest(data)
    hashes = workspace.hashes(workspace.named(_globs(workspace)))
    return next((path for path, hashed in hashes.items() if hashed == wanted), "")


def _globs(workspace: Workspace) -> Sequence[str]:
    config = workspace.config
    each = (config.settings(locale).memory.tmx for locale in config.targets)
    return tuple(dict.fromkeys(glob for globs in each for glob in globs))


@dataclass(frozen=True)
class _Importing:
    """One import, to a path of the project."""

    workspace: Workspace
    order: ImportMemory
    path: str

    def take(self, report: ImportedMemory) -> ImportedMemory:
        """Write the memory, then the configuration that names it. Raises BadFile, CannotWrite."""
        there = self.workspace.read_optional(self.path)
        if there is not None and there != self.order.data:
            message = "there is another memory of this name"
            raise BadFile("memory-exists", message, mend="give this one another: --name NAME")
        name, table = self.workspace.configured_in
        before = self.workspace.read(name)
        after = self._configured(before.decode(), table).encode()
        text, config = after.decode(), self.workspace.config
        try:
            config = read_config(text, name, table)
        except BadConfig as failure:
            return replace(report, errors=failure.problems)
        workspace = replace(self.workspace, config=config)
        steps = [{self.path: self.order.data}]
        others = tuple(sorted(self._left_out_by(workspace)))
        if self.order.dry_run:
            changed = (name,) if after != before else ()
            return replace(report, others=others, written=(*changed, *workspace.would_save(steps)))
        seen = {self.path: "" if there is None else digest(there)}
        written = workspace.save(steps, seen)
        # last: killed before it, the memory is there and not used, and the next import goes on
        return replace(
            report, others=others, written=(*workspace.configure(after, before), *written)
        )

    def _configured(self, text: str, table: tuple[str, ...]) -> str:
        if any(glob_matches(glob, self.path) for glob in self.workspace.config.base.memory.tmx):
            return text
        try:
            return with_memory(text, table, self.path)
        except BadFile as failure:
            failure.problem = failure.at(self.workspace.configuration)
            raise

    def _left_out_by(self, workspace: Workspace) -> Iterator[str]:
        """Locales that name their own memories, and not this one."""
        for locale in workspace.config.targets:
            globs = workspace.config.settings(locale).memory.tmx
            if not any(glob_matches(glob, self.path) for glob in globs):
                yield locale


def export_memory(workspace: Workspace, locales: Sequence[str]) -> ExportedMemory:
    """What people reviewed in locales, all where none is named, with where each text stands.

    Raises UsageError for a locale that is no target.
    """
    found = tuple(remembered(workspace, locales))
    errors = tuple(dict.fromkeys(problem for one in found for problem in one.problems))
    if errors:
        return ExportedMemory(errors=errors)
    texts = {one.files.locale: dict(_texts(one)) for one in found}
    places = {key: place for one in found for key, place in _places(one).items()}
    keys = sorted({key for own in texts.values() for key in own})
    source = workspace.config.source
    units = [_unit(key, places[key], source, texts) for key in keys]
    return ExportedMemory(
        data=write_tmx(units, source),
        counts=tuple((locale, len(own)) for locale, own in texts.items()),
        left_out=sum(_cannot_be_written(unit) for one in found for unit in one.units),
    )


def _texts(one: Remembered) -> Iterator[tuple[Key, str]]:
    for unit in one.units:
        if unit.state is State.REVIEWED and _serves(one, unit) and not _cannot_be_written(unit):
            yield unit.key, unit.target


def _serves(one: Remembered, unit: Unit) -> bool:
    """Whether a unit is part of the memory."""
    segment = one.work.segments.get(unit.key) if one.work is not None else None
    return bool(unit.slug) and (segment is None or segment.kind not in NEVER)


def _cannot_be_written(unit: Unit) -> bool:
    texts = (unit.context, unit.source, unit.target)
    return unit.reviewed and not all(map(can_be_written, texts))


def _places(one: Remembered) -> Mapping[Key, Place]:
    around = surroundings(one.units)
    segments = one.work.segments if one.work is not None else {}
    return {
        unit.key: Place(
            unit.context,
            segments[unit.key].kind.value if unit.key in segments else "",
            around.get(unit.key, ""),
        )
        for unit in one.units
    }


def _unit(key: Key, place: Place, source: str, texts: Mapping[str, Mapping[Key, str]]) -> TmxUnit:
    targets: Iterable[Variant] = (
        Variant(locale, own[key]) for locale, own in texts.items() if key in own
    )
    return TmxUnit((Variant(source, key[1]), *targets), place)
