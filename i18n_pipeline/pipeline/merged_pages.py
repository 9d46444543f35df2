"""Pages that the merge driver made of two that we had built: still ours, though no lock says so.

Each has a note in `.i18n/merged/`, called by the hash of the page, with the hashes of the two.
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import Lock
from i18n_pipeline.stages.merging import known_as_merged
from i18n_pipeline.workspace import Workspace


def note_of(page: str) -> str:
    """Where the note about a page with this hash is, in `.i18n/`."""
    return f"merged/{page}"


def with_merged(workspace: Workspace, lock: Lock, hashes: Mapping[str, str]) -> Lock:
    """The lock of a merge that knows the pages merged with it; `hashes` are theirs, by slug."""
    known = (
        known_as_merged(entry, page, _made_of(workspace, page))
        for slug, page in hashes.items()
        if (entry := lock.get(slug)) is not None and entry.pending and not entry.wrote(page)
    )
    return lock.replace(known)


def _made_of(workspace: Workspace, page: str) -> tuple[str, ...]:
    try:
        data = workspace.read_optional(f".i18n/{note_of(page)}")
    except BadFile:
        return ()
    return tuple((data or b"").decode("ascii", "replace").split())
