"""The units of terms that a run does not look at, read where it needs the words of all."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.formats.po import skim_po
from i18n_pipeline.formats.rows import Rows
from i18n_pipeline.model import Unit, digest
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.workspace import Workspace


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
            continue
        data = workspace.read(path)
        if digest(data) != rest.hashes[path]:
            raise NeedsAll
        yield from skim_po(data)
