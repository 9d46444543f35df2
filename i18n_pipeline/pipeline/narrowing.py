"""Which terms a run has to look at: those whose files are not as the last run left them.

After a run that left a locale in order, what each of its terms came to is kept in `.i18n/rest/`,
with the hashes of all files. As long as only sources, review files and pages of some terms change,
the next run reads these alone. Terms that were written are looked at once more: a run is to find
that all is as it should be. What is kept may be lost at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.formats.po import cut_po
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.idle import Looked
from i18n_pipeline.pipeline.rest import Rest
from i18n_pipeline.pipeline.rest_kept import Kept, read_kept, write_kept
from i18n_pipeline.workspace import PRIVATE, Workspace

MOST = 10
"""One in so many terms may be looked at alone; with more, a run on everything is as quick."""
_HEAD, _TAIL = "^", "~"
"""Stand for the rows above those of terms, and for obsolete ones, in `Kept.rows`."""


def rest_of(workspace: Workspace, kept: Kept, now: Looked) -> Rest | None:
    """What is known of a locale's other terms, where a run may leave them alone.

    `Rest.before` are those that it has to look at. None where nobody can say which these are, or
    where they are too many. Raises BadFile.
    """
    slugs = _to_look_at(workspace, kept, now)
    if slugs is None or not slugs or len(slugs) * MOST > len(kept.shares):
        return None
    known = {share.slug: share for share in kept.shares}
    before = {slug: known[slug] for slug in sorted(slugs)}
    elsewhere = {slug: share for slug, share in known.items() if slug not in slugs}
    return Rest(elsewhere, before, now.hashes, kept.terminology)


def _to_look_at(workspace: Workspace, kept: Kept, now: Looked) -> frozenset[str] | None:
    """The slugs whose files changed, and of which the last run was not sure."""
    then = kept.looked
    if (then.about, then.receipts) != (now.about, now.receipts):
        return None
    whose = {path: share.slug for share in kept.shares for path in (share.path, share.page)}
    homes = {share.home for share in kept.shares}
    slugs = set(kept.unsure)
    for path in _changed(then.hashes, now.hashes):
        if path in homes:
            slugs |= _changed_in(workspace, path, kept, now)
        else:
            slugs.add(whose.get(path, ""))
    return None if slugs - {share.slug for share in kept.shares} else frozenset(slugs)


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    return (path for path in then.keys() | now.keys() if then.get(path) != now.get(path))


def _changed_in(workspace: Workspace, path: str, kept: Kept, now: Looked) -> set[str]:
    """Whose rows in a catalog are not what they were; "" where that concerns all."""
    data = workspace.read_optional(path) or b""
    rows = rows_of(data)
    if digest(data) != now.hashes.get(path) or not rows:
        return {""}
    found = set(_changed(kept.rows.get(path, {}), rows))
    return {"" if slug in (_HEAD, _TAIL) else slug for slug in found}


def rows_of(data: bytes) -> Mapping[str, str]:
    """Hashes of what each term has in a catalog; none where it cannot be cut."""
    cut = cut_po(data)
    if cut is None:
        return {}
    rows: defaultdict[str, list[bytes]] = defaultdict(list)
    for slug, row in cut.named:
        rows[slug].append(row)
    parts = {**rows, _HEAD: [cut.head], _TAIL: list(cut.tail)}
    return {slug: digest(b"\n\n".join(part), 8) for slug, part in parts.items()}


def keep(workspace: Workspace, command: str, locale: str, kept: Kept) -> None:
    """Keep how a run left a locale; nothing fails for want of it."""
    try:
        workspace.save([{_path(command, locale): write_kept(kept)}])
    except CannotWrite:
        return


def forget(workspace: Workspace, command: str, locale: str) -> None:
    """Forget how an earlier run left a locale: it may not be so any more."""
    try:
        workspace.save([{_path(command, locale): None}])
    except CannotWrite:
        return


def recall(workspace: Workspace, command: str, locale: str) -> Kept | None:
    """How the last run left a locale, if that is known."""
    try:
        data = workspace.read_optional(_path(command, locale))
    except BadFile:
        return None
    return read_kept(data or b"")


def _path(command: str, locale: str) -> str:
    return f"{PRIVATE}/rest/{command}-{locale}.json"
