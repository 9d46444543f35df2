"""One decision carried out without reading or judging a whole locale anew.

Only the units of its own term are brought up to their source and judged, by the same steps as
ever, and only their entries change in the review file, whose other bytes are proven to be what we
would write. Where more than that hangs on a unit, the long way is gone (`Opened.with_units`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.desk.opened import Opened, by_unit
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.formats.po import units_in, write_po, written_alone
from i18n_pipeline.glossary import sightings
from i18n_pipeline.model import Catalog, Key, Unit, digest
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.judging import judge_all
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import home_of, write
from i18n_pipeline.stages.extras import with_names
from i18n_pipeline.stages.recall.differences import with_differences
from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class _Revision:
    """A unit before and after."""

    before: Unit
    after: Unit


def revised(opened: Opened, decided: Unit) -> Opened | None:
    """The locale with a unit as somebody left it, written; None where the long way must be gone.

    Needs the run lock. Raises CannotWrite, and TryLater where a file is not what was read.
    """
    if not _stands_alone(opened, decided):
        return None
    part = _part(opened, decided)
    revisions = _revisions(opened.work, part, decided.slug)
    if revisions is None:
        return None
    path = home_of(opened.work, decided)
    opened = _proven(opened, path)
    data = _patched(opened, path, revisions) if path in opened.proven else None
    if data is None:
        return None
    done = write(opened.work, [{path: data}])
    if done.failure is not None:
        raise done.failure
    return _with(opened, part, revisions, path, data)


def _stands_alone(opened: Opened, decided: Unit) -> bool:
    """Whether nothing but its own term hangs on a unit, but for terminology."""
    work = opened.work
    name = work.files.settings.fields.name
    moved = work.files.moved or work.files.relocked
    unsafe_names = any(key[0].endswith(f"/{name}") for key in work.unsafe)
    there = any(term.slug == decided.slug for term in work.terms)
    return bool(decided.slug) and there and not moved and not unsafe_names


def _part(opened: Opened, decided: Unit) -> Work:
    """The work of one term alone, with a unit of it as somebody left it."""
    work = opened.work
    units = tuple(
        decided if unit.key == decided.key and not unit.obsolete else unit
        for unit in work.units
        if unit.slug == decided.slug
    )
    files = replace(work.files, catalog=Catalog(units))
    known = {**work.verdicts.known, **work.verdicts.used}
    verdicts = replace(work.verdicts, known=known)
    begun = begin(work.project, files, Options(slugs=(decided.slug,)), verdicts)
    part = judge_all(begun, opened.glossary)
    named = with_names(part.units, part.segments, part.terms)
    return replace(part, units=with_differences(named, part.segments))


def _revisions(work: Work, part: Work, slug: str) -> list[_Revision] | None:
    """What changed of a term's units; None where others came or went, or took another place."""
    before = [unit for unit in work.units if unit.slug == slug]
    after = [unit for unit in part.units if unit.slug == slug]
    if [(one.key, one.obsolete) for one in before] != [(one.key, one.obsolete) for one in after]:
        return None
    pairs = zip(before, after, strict=True)
    return [_Revision(old, new) for old, new in pairs if old != new]


def _proven(opened: Opened, path: str) -> Opened:
    """The locale with what is found of a review file: that it holds what we would write."""
    known = opened.files.catalogs.get(path)
    if path in opened.proven or known is None or path in opened.files.blocked:
        return opened
    here = tuple(unit for unit in opened.work.units if home_of(opened.work, unit) == path)
    if here != known.units or digest(write_po(known)) != opened.files.seen.get(path):
        return opened
    return replace(opened, proven=opened.proven | {path})


def _patched(opened: Opened, path: str, revisions: Sequence[_Revision]) -> bytes | None:
    """The bytes of a review file with other entries; None where one does not stand there once."""
    data = opened.workspace.read(path)
    for one in revisions:
        old, new = written_alone(one.before), written_alone(one.after)
        alone = one.before.obsolete or units_in(new) != (one.after,)
        if alone or home_of(opened.work, one.before) != path:
            return None
        old, new = b"\n\n" + old + b"\n", b"\n\n" + new + b"\n"
        if data.count(old) != 1:
            return None
        data = data.replace(old, new)
    return data


def _with(
    opened: Opened, part: Work, revisions: Sequence[_Revision], path: str, data: bytes
) -> Opened:
    now = {one.before.key: one.after for one in revisions}
    work = opened.work
    own = {unit.key for unit in part.units if unit.slug} & set(part.segments)
    issues = [one for one in part.issues if (one.context, one.source) in own]
    work = replace(
        work,
        files=_on_disk(work.files, now, path, data),
        units=_put(work.units, now),
        unsafe=(work.unsafe - own) | (part.unsafe & own),
        damaged=(work.damaged - own) | (part.damaged & own),
        verdicts=replace(work.verdicts, used={**work.verdicts.used, **part.verdicts.used}),
    )
    return replace(
        opened,
        work=work,
        units={**opened.units, **{unit_id(key): unit for key, unit in now.items()}},
        issues={**opened.issues, **dict.fromkeys(own, ()), **by_unit(issues)},
        owing=opened.owing or any(_tells_terms(work, one) for one in revisions),
    )


def _on_disk(files: LocaleFiles, now: Mapping[Key, Unit], path: str, data: bytes) -> LocaleFiles:
    """The files with other entries in one review file, in which all of these units live."""
    here, every = files.catalogs[path], files.catalog
    return replace(
        files,
        catalog=replace(every, units=_put(every.units, now)),
        catalogs={**files.catalogs, path: replace(here, units=_put(here.units, now))},
        seen={**files.seen, path: digest(data)},
    )


def _put(units: Iterable[Unit], now: Mapping[Key, Unit]) -> tuple[Unit, ...]:
    return tuple(unit if unit.obsolete else now.get(unit.key, unit) for unit in units)


def _tells_terms(work: Work, one: _Revision) -> bool:
    """Whether the terminology may be another one: a name, or what a link to a term is called."""
    before, after = one.before, one.after
    if (before.target, before.reviewed) == (after.target, after.reviewed):
        return False
    if after.field == work.files.settings.fields.name:
        return True
    return _links(work, before) != _links(work, after)


def _links(work: Work, unit: Unit) -> list[tuple[str, str, str]]:
    seen: Iterator[tuple[str, str, str]] = (
        (link.slug, link.words, link.said) for link in sightings([unit], work.addresses.slug_of)
    )
    return list(seen)
