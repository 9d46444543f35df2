"""By hand: review files and locks that git left with conflict markers, or with something twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.markers import BY_HAND, unresolved
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.history import Sides, find_history
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.reports.doctored import Conflict
from i18n_pipeline.stages.merging import Known, Mended, mend_catalog, mend_lock
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace

_MARKED = expression(rb"^<{7,} ", re.MULTILINE)
_PAGE = "take either side (git checkout --ours -- {path}): i18n sync builds what the PO file says"
_MENDABLE = ("conflict-marker", "po-duplicate-unit", "lock-duplicate-slug")


@dataclass(frozen=True, slots=True)
class Untangled:
    """A file made whole: its bytes before and after, and what is told of it."""

    path: str
    before: bytes
    after: bytes
    told: Conflict

    @property
    def seen(self) -> str:
        """The hash that the file has to have still when it is written."""
        return digest(self.before)


def untangle(
    workspace: Workspace, files: Sequence[LocaleFiles]
) -> tuple[list[Untangled], list[Problem]]:
    """What is torn in the locales' files, made whole; and what cannot be, with its lines."""
    torn = [(one, path) for one in files for path in _torn(one)]
    if not torn:
        return [], []
    sides = find_history(workspace.root).unmerged(path for _, path in torn)
    found: list[Untangled] = []
    problems: list[Problem] = []
    for one, path in torn:
        data = workspace.read(path)
        try:
            mended = _mended(one, path, data, sides.get(path))
        except BadFile as failure:
            problems += _untold(path, data, failure)
            continue
        if mended is not None:
            found.append(Untangled(path, data, mended.data, _told(path, data, mended)))
    return found, problems


def _untold(path: str, data: bytes, failure: BadFile) -> Iterator[Problem]:
    """Why a file cannot be made whole: the conflict, where what is wrong with a side is another."""
    conflict = unresolved(data.decode("utf-8", "replace"), mend=BY_HAND)
    if conflict is not None and failure.problem.code != conflict.problem.code:
        yield conflict.at(path)
    yield failure.at(path)


def torn_pages(project: Project, files: LocaleFiles) -> Iterator[Problem]:
    """Pages with conflict markers in them; what stands in a code block is the author's."""
    rules = Rules(files.settings.fields, files.settings.markdown.extensions)
    for slug, (path, _) in sorted(files.term_files.items()):
        data = project.workspace.read(path)
        if not _MARKED.search(data):
            continue
        try:
            read_term(data, rules, project.file_slugs.get(slug, slug), files.locale)
        except BadFile as failure:
            torn = unresolved(data.decode("utf-8", "replace"), mend=_PAGE.format(path=path))
            yield (torn or failure).at(path)


def _torn(files: LocaleFiles) -> Iterator[str]:
    """Paths of the locale's files that could not be read for what can be made whole."""
    lock = files.settings.paths.lock.fill(locale=files.locale)
    for problem in files.problems:
        if problem.code in _MENDABLE and (problem.path == lock or problem.path in files.blocked):
            yield problem.path


def _mended(files: LocaleFiles, path: str, data: bytes, sides: Sides | None) -> Mended | None:
    if path in files.blocked:
        known = Known(sides.base, sides.ours, sides.theirs) if sides else None
        return mend_catalog(data, known)
    return mend_lock(data, {slug: hashed for slug, (_, hashed) in files.term_files.items()})


def _told(path: str, data: bytes, mended: Mended) -> Conflict:
    old, new = (one.decode("utf-8", "replace").splitlines() for one in (data, mended.data))
    diff = list(unified_diff(old, new, n=0, lineterm=""))[2:]
    hunks = tuple((one.start, one.end) for one in mended.hunks)
    return Conflict(path, hunks, mended.said, tuple(diff))
