"""Guarding: a review file in which much less is reviewed than at git's HEAD is asked about first.

An old editor buffer, saved over a file that was pulled meanwhile, takes back what others reviewed.
Such a file is left as it is, with all its terms, until somebody says that it is meant: by
committing it, which makes it HEAD, or by `--accept-unreview`. Before that no command that is about
units touches its locale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.po import changed_rows, read_po, units_in
from i18n_pipeline.formats.rows import Row
from i18n_pipeline.model import Catalog, State, Unit, context_of
from i18n_pipeline.pipeline.elsewhere import catalogs_found
from i18n_pipeline.pipeline.heads import moved_since_head
from i18n_pipeline.pipeline.homes import VOCABULARY, catalog_path, terms_in
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.pooling import Pool
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.renaming import is_renamed
from i18n_pipeline.stages.unpublishing import held_by
from i18n_pipeline.values import dataclass, replace

_LEAST = 5
"""So few units are what a person means, whatever share of a file they are."""
_SHARE = 5
"""One in so many reviewed units is more than anybody marks for review by hand."""
_MANY = 50
"""So many are too many, whatever share of a file they are."""

_Text = tuple[str, str, str]
"""A text wherever it stands in its field: slug, field, source."""


def guarded(
    project: Project, files: LocaleFiles, options: Options, *, keeps: bool = False
) -> LocaleFiles:
    """The files of a locale, with those left alone that lost much of what HEAD has reviewed.

    `keeps`: what git had to hand out is remembered for the next run.
    """
    if options.accept_unreview or project.history.missing:
        return files
    gone = () if files.rest else _gone(project, files)
    now = {**_hashes(files), **dict.fromkeys(gone, "")}
    moved = moved_since_head(project, files.locale, now, keeps=keeps)
    if files.rest:
        _check_part(project, files, moved)
        return files
    found = tuple(_lost(project, files, moved))
    lost = {one.path: len(one.gone) for one in found if one.is_much}
    few = (_spelled(text) for one in found if not one.is_much for text in one.gone)
    files = replace(files, unreviewed=tuple(sorted(few)))
    if not lost:
        return files
    left = (files.catalogs[path] for path in lost.keys() & files.catalogs.keys())
    slugs = {unit.slug for catalog in left for unit in catalog.units} - {""}
    pattern = files.settings.paths.catalog
    vocabulary = catalog_path(pattern, files.locale, None)
    everything = VOCABULARY in vocabulary and vocabulary in lost  # every term has vocabulary
    homes = terms_in(pattern, files.locale, project.terms, frozenset(lost))
    left_alone = frozenset(slugs).union(homes, project.slugs if everything else ())
    return replace(
        files,
        guarded=lost,
        guarded_slugs=left_alone,
        blocked=files.blocked | set(lost),
        refused=files.refused | left_alone,
    )


def read_guarded(project: Project, locale: str) -> LocaleFiles:
    """A locale's files for a command that writes units; not usable where it is asked first."""
    files = guarded(project, read_locale(project, locale), Options())
    if not files.guarded:
        return files
    problems = (_problem(path, count) for path, count in sorted(files.guarded.items()))
    return replace(files, problems=(*files.problems, *problems), usable=False)


def committed(project: Project, files: LocaleFiles) -> LocaleFiles:
    """The files of a locale with what git's HEAD has of the catalogs that are left alone."""
    left = dict.fromkeys(files.guarded, "")
    catalogs = {
        **files.catalogs,
        **_read(moved_since_head(project, files.locale, left, keeps=False)),
    }
    pool = Pool.of(catalogs)
    return replace(
        files,
        catalog=Catalog(tuple(pool.units.values())),
        catalogs=catalogs,
        homes=pool.homes,
        blocked=files.blocked - set(files.guarded),
        refused=files.refused - files.guarded_slugs,
        guarded={},
        guarded_slugs=frozenset(),
    )


def _problem(path: str, count: int) -> Problem:
    message = (
        f"{count} units reviewed in HEAD are unreviewed here: nothing is done before that is clear"
    )
    mend = f"commit it, if that is meant; if not: git checkout HEAD -- {path}"
    return Problem(path, 0, 0, "reviews-gone", message, mend)


@dataclass(frozen=True)
class _Lost:
    """Of a catalog, which of the texts that HEAD has `reviewed` are not any more."""

    path: str
    gone: frozenset[_Text]
    reviewed: int

    @property
    def is_much(self) -> bool:
        """Whether nobody means that."""
        count = len(self.gone)
        return count >= _LEAST and (count * _SHARE > self.reviewed or count >= _MANY)


def _hashes(files: LocaleFiles) -> Mapping[str, str]:
    """The hashes of all catalogs: as they were read, or elsewhere, as they were found."""
    elsewhere = {path: files.rest.hashes[path] for path in catalogs_found(files)}
    return elsewhere | {path: files.seen.get(path, "") for path in files.catalogs}


def _gone(project: Project, files: LocaleFiles) -> Iterator[str]:
    """The paths of catalogs that HEAD has, and that are not there."""
    pattern = files.settings.paths.catalog
    there = files.blocked.union(files.catalogs)
    for path in project.history.files("HEAD", pattern.prefix(files.locale) or "."):
        if path not in there and pattern.within(files.locale).match(path) is not None:
            yield path


def _lost(project: Project, files: LocaleFiles, moved: Mapping[str, bytes]) -> Iterator[_Lost]:
    """The catalogs in which units are not reviewed any more that HEAD has reviewed."""
    before = _read(moved)
    current = frozenset(_current(project) if before else ())
    settled = _settled(files) if before else frozenset()
    for path, catalog in before.items():
        reviewed = frozenset(map(_text, _reviewed(catalog.units))) & current
        if gone := reviewed - settled:
            yield _Lost(path, gone, len(reviewed))


def _read(moved: Mapping[str, bytes]) -> Mapping[str, Catalog]:
    """What HEAD has of catalogs, in order; not of those that cannot be read there."""
    found: dict[str, Catalog] = {}
    for path, data in sorted(moved.items()):
        try:
            found[path] = read_po(data)
        except BadFile:
            continue  # nobody can say what was reviewed in it
    return found


def _check_part(project: Project, files: LocaleFiles, moved: Mapping[str, bytes]) -> None:
    """Raises NeedsAll where a review was lost since HEAD: how much it is shows in whole files."""
    shares = files.rest.shares
    current, settled = frozenset(_current(project)), _settled(files)
    for path, before in moved.items():
        known = files.rest.catalogs.get(path)
        after = known.data if known else project.workspace.read_optional(path) or b""
        changed = changed_rows(before, after)
        if changed is None:
            raise NeedsAll
        then, now = changed
        here = (unit for slug, row in then if slug not in shares for unit in units_in(row))
        if frozenset(map(_text, _reviewed(here))) & current - settled:
            raise NeedsAll
        at_home = frozenset(slug for slug, share in shares.items() if share.home == path)
        if _lost_elsewhere(then, now, at_home) or _moved(then, shares.keys() - at_home):
            raise NeedsAll


def _lost_elsewhere(then: Iterable[Row], now: Iterable[Row], slugs: Collection[str]) -> bool:
    """Whether a text of terms that the run does not look at was reviewed, and waits for it."""
    waiting = {
        _text(unit)
        for slug, row in now
        if slug in slugs
        for unit in units_in(row)
        if unit.state is not State.REVIEWED
    }
    return any(
        _text(unit) in waiting
        for slug, row in then
        if slug in slugs
        for unit in _reviewed(units_in(row))
    )


def _moved(then: Iterable[Row], slugs: Collection[str]) -> bool:
    """Whether a catalog had reviewed texts of terms whose units are in another one by now."""
    return any(True for slug, row in then if slug in slugs for _ in _reviewed(units_in(row)))


def _current(project: Project) -> Iterator[_Text]:
    """All texts that the sources have now: what changed is not unreviewed."""
    for term in project.terms:
        for segment in term.file.segments:
            unit = Unit(context_of(term.slug, segment), segment.source)
            yield _text(unit)


def _settled(files: LocaleFiles) -> frozenset[_Text]:
    """Texts that are reviewed on disk, or of which is known why they are not.

    An obsolete one whose source is back is taken back as it is, where no other has its place.
    """
    held = held_by(files.lock)
    settled, waiting, obsolete = set[_Text](), set[_Text](), set[_Text]()
    for unit in files.catalog.units:
        is_reviewed = unit.state is State.REVIEWED
        if unit.obsolete:
            obsolete |= {_text(unit)} if is_reviewed else set()
        elif is_reviewed or _is_known_why(unit, held):
            settled.add(_text(unit))
        else:
            waiting.add(_text(unit))
    return frozenset(settled | (obsolete - waiting))


def _is_known_why(unit: Unit, held: Collection[str]) -> bool:
    """Whether a unit waits for review again because of a rename, a page taken back, a merge."""
    return is_renamed(unit) or unit.slug in held or bool(parked(unit))


def _reviewed(units: Iterable[Unit]) -> Iterator[Unit]:
    for unit in units:
        if unit.state is State.REVIEWED and not unit.obsolete:
            yield unit


def _spelled(text: _Text) -> str:
    slug, field, _ = text
    return f"{slug}/{field}" if slug else field


def _text(unit: Unit) -> _Text:
    return unit.slug, unit.field, unit.source
