"""Step 8: the order of writes that makes a kill at any moment harmless.

PO and lock with the intent first, then the term files, then the lock as it is from now on. Every
prefix of that order is a valid project, and the next run goes on from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from i18n_pipeline.errors import BadFile, CannotWrite, I18nError, Stop, TryLater
from i18n_pipeline.formats.lock import write_lock
from i18n_pipeline.formats.po import new_header, write_po
from i18n_pipeline.locales import english_name
from i18n_pipeline.model import Catalog, Lock, LockEntry, Unit
from i18n_pipeline.pieces import Data, hash_of
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.values import dataclass, field, replace

Step = dict[str, Data | None]
"""Files that are written together; None deletes one."""


@dataclass(frozen=True)
class Written:
    """The paths written (in a dry run: that would be), and what ended the writing early.

    `data` are the bytes of what was written, None for what was deleted.
    """

    paths: tuple[str, ...] = ()
    failure: I18nError | None = None
    data: Step = field(default_factory=dict)


def write(work: Work, steps: Sequence[Step]) -> Written:
    """Write the steps in order; a failure ends it between two, and what is written is told."""
    unwritten = {path: work.files.seen.get(path, "") for step in steps for path in step}
    written: set[str] = set()
    failure: I18nError | None = None
    try:
        for step in steps:
            expected = {path: unwritten.pop(path) for path in step if path in unwritten}
            written.update(work.project.workspace.save([step], expected))
    except (CannotWrite, TryLater) as stopped:
        failure = stopped
        written.update(stopped.written)
    except Stop as stop:
        failure = stop.as_failure()
        written.update(in_place(work, steps))
    last = {path: data for step in steps for path, data in step.items()}
    data = {path: last[path] for path in sorted(written)} if failure is None else {}
    return Written(tuple(sorted(written)), failure, data)


def in_place(work: Work, steps: Sequence[Step]) -> Iterator[str]:
    """The paths whose files are as the steps have them, and were not: told to stop, the disk knows.

    Between a file's being put in its place and somebody's hearing of it anything may happen.
    """
    for step in steps:
        for path, data in step.items():
            before = work.files.seen.get(path, "")
            new = "" if data is None else hash_of(data)
            with suppress(BadFile):
                if new != before and work.project.workspace.hash(path) == new:
                    yield path


def steps_of(work: Work, output: Output | None, *, units: bool) -> list[Step]:
    """What to write, in order: catalogs and intents, files, lock.

    Catalogs with all `units`, or with those alone that took texts from edited files. They are on
    disk before the lock says that these files are ours.
    """
    before, first = catalogs(work if units else replace(work, units=work.files.catalog.units))
    if not units and not work.intake.changes_units:
        before, first = {}, {}
    lock_path = work.files.settings.paths.lock.fill(locale=work.locale)
    if output is None:
        taken: Step = {lock_path: _lock_bytes(work, work.files.lock)} if work.intake.entries else {}
        return [before, first, taken]
    final = work.files.lock.replace(output.entries.values(), output.removed)
    steps = [before, first]
    if output.files:
        steps += [{lock_path: _lock_bytes(work, _intended(work, output))}, dict(output.files)]
    if output.entries or output.removed or work.intake.entries:
        steps.append({lock_path: _lock_bytes(work, final)})
    return steps


def _intended(work: Work, output: Output) -> Lock:
    """The lock while files are being written: it knows them by the old hash and by the new."""
    entries: list[LockEntry] = []
    for entry in output.entries.values():
        known = work.files.lock.get(entry.slug)
        if known is None:
            entries.append(replace(entry, built="", pending=entry.built))
        elif known.built != entry.built:
            current = work.files.hash_of(entry.slug)
            entries.append(replace(known, built=current or known.built, pending=entry.built))
        else:  # the page stays as it is, and what is known of it is true already
            entries.append(entry)
    return work.files.lock.replace(entries)


def catalogs(work: Work) -> tuple[Step, Step]:
    """The locale's PO files, each with the units that belong to it now.

    A unit that moves to another file is written there, in the first step, before it leaves the
    old one in the second: killed in between, it stands in both, and never in none.
    """
    by_path = by_home(work)
    arriving = _arriving(work, by_path)
    before: Step = {}
    step: Step = {}
    for path in sorted({*by_path, *work.files.catalogs} - work.files.blocked):
        known = work.files.catalogs.get(path)
        units = tuple(by_path.get(path, ()))
        if (known is None and not units) or (known is not None and known.units == units):
            continue
        if not units and len(work.files.settings.paths.catalog.variables) > 1:
            if work.files.rest:
                raise NeedsAll  # it may hold units of others
            step[path] = None
            continue
        if path in arriving:
            stay = known.units if known is not None else ()
            before[path] = catalog_bytes(work, path, (*stay, *arriving[path]))
        step[path] = catalog_bytes(work, path, units)
    return before, step


def by_home(work: Work) -> Mapping[str, list[Unit]]:
    """The units by the catalog that they belong to now."""
    by_path: dict[str, list[Unit]] = defaultdict(list)
    for unit in work.units:
        by_path[home_of(work, unit)].append(unit)
    return by_path


def _arriving(work: Work, by_path: Mapping[str, Iterable[Unit]]) -> Mapping[str, Sequence[Unit]]:
    """Units that stood in another file until now, as they stood there, by their new file."""
    stood = {unit.key for known in work.files.catalogs.values() for unit in known.units}
    old = {unit.key: unit for unit in work.files.catalog.units if unit.key in stood}
    arriving: dict[str, list[Unit]] = defaultdict(list)
    for path, units in by_path.items():
        here = {unit.key for unit in work.files.catalogs.get(path, Catalog()).units}
        for unit in units:
            if unit.key in old and unit.key not in here:
                arriving[path].append(old[unit.key])
    return arriving


def home_of(work: Work, unit: Unit) -> str:
    """Where a unit lives whose term may be gone: where it was found."""
    homes = work.homes
    return homes.get(unit.slug) or work.files.homes.get(unit.key) or homes[""]


def catalog_bytes(work: Work, path: str, units: tuple[Unit, ...]) -> Data:
    """A catalog with these units, and with those of terms that the run has not looked at."""
    return work.files.rest.whole(path, part_bytes(work, path, units))


def part_bytes(work: Work, path: str, units: tuple[Unit, ...]) -> bytes:
    """A catalog with these units alone."""
    return write_po(_with_header(work, work.files.catalogs.get(path), units))


def _lock_bytes(work: Work, lock: Lock) -> Data:
    return work.files.rest.whole_lock(write_lock(lock))


def _with_header(work: Work, known: Catalog | None, units: tuple[Unit, ...]) -> Catalog:
    if known is not None and known.header:
        return replace(known, units=units)
    comment = f"{english_name(work.locale)} translations of the glossary."
    return Catalog(units, new_header(work.locale), (comment,))
