"""The units of terms that a run does not look at, read where it needs the words of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from i18n_pipeline.formats.po import skim_po
from i18n_pipeline.formats.rows import Rows
from i18n_pipeline.model import Unit, digest
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.workspace import Workspace

Place = tuple[str, str]
"""The path of a catalog, and the slug of what stands there; "" for all of it."""


def catalogs_found(files: LocaleFiles) -> list[str]:
    """The paths of all catalogs that a run on a few terms has found, read or not."""
    catalogs = files.settings.paths.catalog.within(files.locale)
    return sorted(path for path in files.rest.hashes if catalogs.match(path) is not None)


def units_elsewhere(workspace: Workspace, files: LocaleFiles) -> Iterator[Unit]:
    """What a locale's catalogs have but for what the run has read of them, as `skim_po` reads it.

    Also the obsolete units of terms that are gone. Raises NeedsAll where a catalog is not as the
    run found it.
    """
    rest = files.rest
    for path in catalogs_found(files):
        known = rest.catalogs.get(path)
        if known is not None:
            others = tuple(row for row in known.rows.named if row[0] in rest.shares)
            yield from skim_po(Rows(known.rows.head, others).data())
        else:
            yield from _unread(workspace, files, path)


def marks_elsewhere(files: LocaleFiles) -> Mapping[Place, str]:
    """The places of all that `units_elsewhere` gives, each with a hash of what stands there.

    Raises NeedsAll where that is not known.
    """
    rest = files.rest
    found: dict[Place, str] = {}
    for path in catalogs_found(files):
        if path not in rest.catalogs:
            found[path, ""] = rest.hashes[path]
        elif path in rest.marks:
            rows = rest.marks[path]
            found |= {(path, slug): rows[slug] for slug in rows.keys() & rest.shares.keys()}
        elif any(slug in rest.shares for slug, _ in rest.catalogs[path].rows.named):
            raise NeedsAll
    return found


def units_at(
    workspace: Workspace, files: LocaleFiles, places: Iterable[Place]
) -> Iterator[tuple[Place, tuple[Unit, ...]]]:
    """What stands in each of some places of `marks_elsewhere`. Raises as `units_elsewhere` does."""
    for path, group in groupby(sorted(places), key=lambda place: place[0]):
        known = files.rest.catalogs.get(path)
        if known is None:
            yield (path, ""), tuple(_unread(workspace, files, path))
            continue
        left = {slug for _, slug in group}
        units = (one for one in skim_po(known.only(left)) if not one.obsolete)
        for slug, each in groupby(units, key=lambda unit: unit.slug):
            if slug in left:
                left.discard(slug)
                yield (path, slug), tuple(each)
        yield from (((path, slug), ()) for slug in left)


def _unread(workspace: Workspace, files: LocaleFiles, path: str) -> Iterator[Unit]:
    data = workspace.read(path)
    if digest(data) != files.rest.hashes[path]:
        raise NeedsAll
    return skim_po(data)
