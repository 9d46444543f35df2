"""Which terms a run has to look at: those whose files are not as the last run left them.

After a run that left a locale in order, what each of its terms came to is kept in `.i18n/rest/`,
with the hashes of all files. As long as only sources, review files and pages of some terms change,
the next run reads these alone. Terms that were written are looked at once more: a run is to find
that all is as it should be. What is kept may be lost at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from sys import intern

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.formats.po import each_row, head_of
from i18n_pipeline.model import digest
from i18n_pipeline.pieces import hash_of
from i18n_pipeline.pipeline.looking import Looked, receipts_of
from i18n_pipeline.pipeline.project import Aside, Project, read_part
from i18n_pipeline.pipeline.rest import HEAD, TAIL, Rest
from i18n_pipeline.pipeline.rest_kept import Kept, read_kept, write_kept
from i18n_pipeline.pipeline.sharing import Left
from i18n_pipeline.workspace import PRIVATE, FoundFile, Workspace

MOST = 10
"""One in so many terms may be looked at alone; with more, a run on everything is as quick."""
FEWEST = 100
"""Terms of a project for which it is worth while; in a smaller one, too, it is as quick."""


def part_of(
    workspace: Workspace,
    kept: Mapping[str, Kept],
    now: Mapping[str, Looked],
    more: frozenset[str] = frozenset(),
) -> Project | None:
    """The terms that a run for some locales has to look at, with what is known of all others.

    `more` are terms that it looks at although their files did not change. None where nobody can say
    which these are, or where they are too many. Raises BadFile, and NeedsAll.
    """
    slugs, new = set(more), _Sources(workspace)
    for locale, one in kept.items():
        found = _to_look_at(workspace, one, now[locale], new)
        if found is None:
            return None
        slugs |= found
    first = next(iter(kept.values()))
    slugs = slugs or {share.slug for share in first.shares[:1]}
    if len(first.shares) < max(FEWEST, (len(slugs) + len(new.found)) * MOST):
        return None
    if not known_alike(kept):
        return None
    if any(share.home not in one.rows for one in kept.values() for share in one.of(slugs)):
        return None
    gone = frozenset().union(*(one.gone for one in kept.values()))
    rests = {locale: rest_of(one, now[locale], slugs) for locale, one in kept.items()}
    return read_part(workspace, rests, Aside(first.skipped, first.odd, gone, tuple(new.found)))


class _Sources:
    """Source files that were not there before, each once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.found: dict[FoundFile, None] = {}

    def holds(self, path: str) -> bool:
        """Whether a file is a source, and may be read as one; then it is found."""
        file = self._there.get(path)
        self.found |= {} if file is None else {file: None}
        return file is not None

    @cached_property
    def _there(self) -> Mapping[str, FoundFile]:
        found = self._workspace.discover(self._workspace.config.source)
        return {} if found.problems or found.hidden else {file.path: file for file in found.files}


def known_alike(kept: Mapping[str, Kept]) -> bool:
    """Whether all locales know the same of the sources."""
    told = [_sources(one) for one in kept.values()]
    return all(one == told[0] for one in told)


def _sources(kept: Kept) -> tuple[object, ...]:
    """What a locale knows of the sources."""
    told = ((one.slug, one.path, one.called, one.name, one.vocabulary) for one in kept.shares)
    return kept.skipped, kept.odd, *told


def rest_of(kept: Kept, now: Looked, slugs: Collection[str]) -> Rest:
    """What a run that looks at some terms knows of all the others."""
    before = {share.slug: share for share in kept.of(slugs)}
    elsewhere = {share.slug: share for share in kept.shares if share.slug not in slugs}
    same = {
        path: rows
        for path, rows in kept.rows.items()
        if now.hashes.get(path) == kept.looked.hashes.get(path)
    }
    return Rest(
        elsewhere,
        before,
        hashes=now.hashes,
        terminology=kept.terminology,
        drafting=kept.drafting,
        rows=same,
        marks=kept.rows,
        vocabulary=kept.vocabulary,
        gone=kept.gone,
    )


def _to_look_at(
    workspace: Workspace, kept: Kept, now: Looked, new: _Sources
) -> frozenset[str] | None:
    """The slugs whose files changed, and of which the last run was not sure; `new` finds others.

    None where a file changed, came or went that is none of a term's.
    """
    then = kept.looked
    if (then.about, then.receipts) != (now.about, now.receipts):
        return None
    whose = {path: share.slug for share in kept.shares for path in (share.path, share.page)}
    homes = {share.home for share in kept.shares}
    slugs = set(kept.unsure)
    for path in _changed(then.hashes, now.hashes):
        if path in homes:
            slugs |= _changed_in(workspace, path, kept, now)
        elif path in whose or path in then.hashes or not new.holds(path):
            slugs.add(whose.get(path, ""))
    return None if slugs - {share.slug for share in kept.shares} else frozenset(slugs)


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    return (path for path in then.keys() | now.keys() if then.get(path) != now.get(path))


def _changed_in(workspace: Workspace, path: str, kept: Kept, now: Looked) -> set[str]:
    """Whose rows in a catalog are not what they were; "" where that concerns all."""
    data = workspace.read_optional(path) or b""
    rows = _rows_of(data)
    if digest(data) != now.hashes.get(path) or not rows or path not in kept.rows:
        return {""}
    at_home = {share.slug for share in kept.shares if share.home == path}
    found = set(_changed(kept.rows[path], rows))
    return {slug if slug in at_home else "" for slug in found}


def _rows_of(data: bytes) -> Mapping[str, str]:
    """Hashes of what each term has in a catalog; none where it cannot be cut."""
    try:
        hashes = {
            TAIL if slug is None else slug: digest(b"\n\n".join(row for _, row in rows), 8)
            for slug, rows in groupby(each_row(data), key=lambda one: one[0])
        }
    except ValueError:
        return {}
    head, tail = digest(head_of(data), 8), hashes.get(TAIL) or digest(b"", 8)
    return hashes | {TAIL: intern(tail), HEAD: intern(head)}  # the same in nearly all catalogs


def keep(workspace: Workspace, looked: Looked, left: Left) -> None:
    """Keep how a sync left a locale; nothing fails for want of it."""
    try:
        kept = kept_after(workspace, looked, left)
    except BadFile:
        return
    if kept is not None:
        save_kept(workspace, left.locale, kept)


def save_kept(workspace: Workspace, locale: str, kept: Kept) -> None:
    """Save what is kept of a locale; nothing fails for want of it."""
    with suppress(CannotWrite):
        workspace.save([{_path(locale): write_kept(kept)}])


def kept_after(workspace: Workspace, looked: Looked, left: Left) -> Kept | None:
    """What is kept of how a sync left a locale.

    None where that is not worth while, or a file changed between being looked at and read. Raises
    BadFile.
    """
    if len(left.shares) < FEWEST:
        return None
    read = {path: hashed for path, hashed in left.read.items() if path in looked.hashes or hashed}
    if any(looked.hashes.get(path) != hashed for path, hashed in read.items()):
        return None
    wrote = {path: hash_of(data) for path, data in left.wrote.items() if data is not None}
    hashes = {**looked.hashes, **wrote}
    for path in left.wrote.keys() - wrote.keys():
        hashes.pop(path, None)
    known = Looked(looked.about, receipts_of(workspace, left.locale), hashes)
    rows = _rows(workspace, known, left)
    return Kept(
        looked=known,
        shares=left.shares,
        terminology=left.terminology,
        drafting=left.drafting,
        unsure=left.unsure,
        rows=rows,
        skipped=left.skipped,
        odd=left.odd,
        vocabulary=left.vocabulary,
        gone=left.gone,
    )


def _rows(workspace: Workspace, known: Looked, left: Left) -> Mapping[str, Mapping[str, str]]:
    """What each term has in each catalog that is laid out as we write it.

    Of those that nobody touched, it is what was known.
    """
    found: dict[str, Mapping[str, str]] = {}
    for path in dict.fromkeys(share.home for share in left.shares):
        if path in left.rows:
            known_rows, part = left.rows[path], left.parts.get(path)
            found[path] = known_rows if part is None else {**known_rows, **_rows_of(part)}
            continue
        data = left.wrote.get(path)
        if data is None and path in left.ours:
            data = workspace.read_optional(path)
        if data is not None and hash_of(data) == known.hashes.get(path):
            found[path] = _rows_of(bytes(data))
    return found


def recall(workspace: Workspace, locale: str) -> Kept | None:
    """How the last sync left a locale, if that is known."""
    try:
        return read_kept(workspace.read_optional(_path(locale)) or b"")
    except BadFile:
        return None


def _path(locale: str) -> str:
    return f"{PRIVATE}/rest/sync-{locale}.json"
