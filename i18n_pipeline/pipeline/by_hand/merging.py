"""By hand, or rather by git: one file that two branches changed becomes one again.

Review files merge by unit, locks by term, a locale's term files by segment. Whatever that cannot be
said of (a file that cannot be read, a file that is none of ours) merges by lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from i18n_pipeline.durable import make_private, write_durably
from i18n_pipeline.errors import BadConfig, BadFile, CannotWrite, UsageError
from i18n_pipeline.formats.lock import read_lock, write_lock
from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.history import find_history
from i18n_pipeline.history.lines import merge_lines
from i18n_pipeline.model import Catalog, Lock, Unit, digest
from i18n_pipeline.pipeline.merged_pages import note_of
from i18n_pipeline.stages.merging import Pages, left_out, merge_catalogs, merge_locks, merge_pages
from i18n_pipeline.stages.merging.pages import Read
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import PRIVATE, Workspace, open_workspace

_SHOWN = 5
"""How many units a line names."""


@dataclass(frozen=True, slots=True)
class Torn:
    """A file as both branches began with it and as they have it, b"" where there was none.

    `path` is its path from `top`, the work tree's folder; `where` what their branch is called, and
    `revision` its commit, "" where that is not known.
    """

    top: Path
    path: str
    base: bytes
    ours: bytes
    theirs: bytes
    where: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """The file of both; `conflicts`: with markers in it. `said` is for who merges."""

    data: bytes
    conflicts: bool = False
    said: tuple[str, ...] = ()


def merge_file(torn: Torn) -> Whole:
    """Merge a file by what it is. Raises FileNotFoundError where lines need git and it is missing.

    Two people's texts for one unit are no conflict to git: both are in the file, which says so
    itself, and every run does until somebody has chosen.
    """
    try:
        return _by_kind(torn)
    except BadFile as failure:
        return _by_lines(torn, f"{torn.path} is merged by lines: {failure.problem.message}")


def _by_kind(torn: Torn) -> Whole:
    place = _place(torn)
    if place is not None and place.kind == "terms":
        return _page(torn, place)
    kind = place.kind if place is not None else _kind_by_look(torn)
    if kind == "catalog":
        return _catalog(torn)
    if kind == "lock":
        locks = (read_lock(torn.ours), read_lock(torn.theirs))
        return Whole(write_lock(merge_locks(_lock_before(torn.base), *locks)))
    return _by_lines(torn)


def _by_lines(torn: Torn, *said: str) -> Whole:
    lines = merge_lines(torn.base, torn.ours, torn.theirs)
    return Whole(lines.data, lines.conflicts, said)


def _catalog(torn: Torn) -> Whole:
    ours, theirs = read_po(torn.ours), read_po(torn.theirs)
    merged = merge_catalogs(_catalog_before(torn.base), ours, theirs, torn.where)
    said = (_told(torn, merged.parked),) if merged.parked else ()
    return Whole(write_po(merged.catalog), said=said)


def _told(torn: Torn, units: Sequence[Unit]) -> str:
    names = list(dict.fromkeys(unit.context for unit in units))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (
        f"{torn.path}: two people's texts for {', '.join(names[:_SHOWN])}{more}: ours stays and "
        f"needs review, that of {torn.where} waits in a comment beside it"
    )


def _catalog_before(data: bytes) -> Catalog:
    """What both began with; where it cannot be read, nothing: then all that is there stays."""
    try:
        return read_po(data)
    except BadFile:
        return Catalog()


def _lock_before(data: bytes) -> Lock:
    try:
        return read_lock(data)
    except BadFile:
        return Lock()


@dataclass(frozen=True, slots=True)
class _Place:
    """What a file is in its project: of which kind and locale, and the slug that it is named by."""

    workspace: Workspace
    kind: str
    locale: str
    slug: str

    def read(self) -> Read:
        """What reads the term file that stands here."""
        settings = self.workspace.config.settings(self.locale)
        rules = Rules(settings.fields, settings.markdown.extensions)
        return partial(read_term, rules=rules, slug=self.slug, locale=self.locale)


def _place(torn: Torn) -> _Place | None:
    """The place of a file in the project that it is in, None where none can be found."""
    folder = torn.top / PurePosixPath(torn.path).parent
    while not folder.is_dir() and folder != torn.top:
        folder = folder.parent
    try:
        workspace = open_workspace(folder)
        path = (torn.top.resolve() / torn.path).relative_to(workspace.root).as_posix()
    except (BadConfig, UsageError, ValueError):
        return None
    return next(_places(workspace, path), None)


def _places(workspace: Workspace, path: str) -> Iterator[_Place]:
    for locale in workspace.config.targets:
        paths = workspace.config.settings(locale).paths
        for kind in ("catalog", "lock", "terms"):
            found = getattr(paths, kind).within(locale).match(path)
            if found is not None:
                yield _Place(workspace, kind, locale, found.get("slug", ""))


def _kind_by_look(torn: Torn) -> str:
    if torn.path.endswith(".po"):
        return "catalog"
    return "lock" if torn.ours.startswith(b"i18n-lock ") else ""


def _page(torn: Torn, place: _Place) -> Whole:
    read = place.read()
    pages = Pages(read(torn.base), read(torn.ours), read(torn.theirs))
    lines = merge_lines(torn.base, torn.ours, torn.theirs)
    whole = Whole(lines.data, lines.conflicts)
    if lines.conflicts or left_out(pages, read(lines.data)):
        fields = place.workspace.config.settings(place.locale).fields
        data = merge_pages(pages, fields, read)
        if data is None:
            return Whole(lines.data, conflicts=True)
        left = left_out(pages, read(data))
        if left and not _is_as_built(torn, place):
            said = f"{torn.path}: both sides changed one text, and the page was edited by hand"
            return _by_lines(torn, said)
        whole = Whole(data)
    _remember(torn, place, whole.data)
    return whole


def _is_as_built(torn: Torn, place: _Place) -> bool:
    """Whether their page is as their lock knows it: then all its texts are in the review file."""
    workspace = place.workspace
    revision = torn.revision or "MERGE_HEAD"
    path = workspace.config.settings(place.locale).paths.lock.fill(locale=place.locale)
    found = find_history(workspace.root).at(revision, [path])
    entries = _lock_before(found.get(path, b"")).entries.values()
    return any(entry.wrote(digest(torn.theirs)) for entry in entries)


def _remember(torn: Torn, place: _Place, data: bytes) -> None:
    """Note what a page was merged from: if the lock knows both, the page is ours to build anew."""
    private = place.workspace.root / PRIVATE
    try:
        make_private(private)
        write_durably(private / note_of(digest(data)), _note(torn))
    except CannotWrite:
        return  # the page is then taken for edited by hand, and left alone


def _note(torn: Torn) -> bytes:
    return f"{digest(torn.ours)}\n{digest(torn.theirs)}\n".encode()
