"""Which files a project has: what lies under a pattern's folder, and what of it can be used."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from fnmatch import fnmatchcase
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from i18n_pipeline.durable import TEMPORARY
from i18n_pipeline.model import MAX_TERM_BYTES
from i18n_pipeline.patterns import Pattern, glob_matches, is_wild, name_problem
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace.places import is_link, linked_part, refused, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from i18n_pipeline.config import Config
    from i18n_pipeline.errors import BadFile, Problem

_NOT_OURS = frozenset({".git", ".i18n"})
FOR_ALL = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A term file: `path` in the project, with `slug` and `locale` as the path says them."""

    path: str
    slug: str
    locale: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The term files of a locale in order of path, and what of them cannot be used.

    `hidden` are folders among them that nobody has looked into: while there are any, no term of
    the locale is known to be gone.
    """

    files: tuple[FoundFile, ...]
    problems: tuple[Problem, ...]
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, link or unreadable folder met on a walk.

    `failure` says why it cannot be used, `hides_files` that nobody knows what it holds. `for_all`:
    its permissions let every user read it.
    """

    path: str
    size: int = 0
    for_all: bool = False
    failure: BadFile | None = None
    hides_files: bool = False


def walk(root: Path, folder: str, exclude: tuple[str, ...] = ()) -> Iterator[Entry]:
    """Yield all files below a folder of the project, in no order; links are not followed.

    `.git` and `.i18n` are passed over, and what `exclude` names: patterns of file and folder
    names, with or without ending.
    """
    if linked := linked_part(root, folder):
        yield Entry(folder, failure=_link(folder, linked), hides_files=True)
        return
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(root / here) as found:
                entries = [each for each in found if not passed_over(each.name, exclude)]
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Entry(here, failure=unreadable(here, error), hides_files=True)
            continue
        for each in entries:
            path = f"{here}/{each.name}" if here else each.name
            entry = _entry(path, each)
            if entry is None:
                waiting.append(path)
            else:
                yield entry


def strays(root: Path, folder: str) -> Iterator[str]:
    """Yield the paths of what a killed run left beside its targets, by name; no file is looked at.

    What cannot be looked into is passed over: it is told of by who needs it.
    """
    waiting = [] if linked_part(root, folder) else [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(root / here) as found:
                for each in found:
                    if each.is_dir(follow_symlinks=False):
                        waiting += [_below(here, each.name)] if _is_ours(each) else []
                    elif each.name[0] == "." and _temporary(each.name):
                        yield _below(here, each.name)
        except OSError:
            continue


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _is_ours(folder: os.DirEntry[str]) -> bool:
    """Whether files of ours may lie in a folder; a link to one, as Windows makes them, is none."""
    return folder.name not in _NOT_OURS and not is_link(folder.stat(follow_symlinks=False))


def discover(root: Path, config: Config, locale: str) -> Discovery:
    """Find the term files of a locale."""
    paths = config.settings(locale).paths
    mine = paths.terms.within(locale)
    others = _nearer(config, locale, mine)
    found: list[Entry] = []
    for entry in walk(root, mine.prefix(locale), paths.exclude):
        path = normalize("NFC", entry.path)
        elsewhere = _temporary(path) or any(other.match(path) for other in others)
        matches = mine.match(path) and not elsewhere
        if matches or entry.hides_files:
            found.append(entry)
    judged = sorted(_judge_all(root, found), key=itemgetter(0))
    files = [(path, mine.match(path)) for path, problem in judged if problem is None]
    return Discovery(
        tuple(FoundFile(path, values["slug"], locale) for path, values in files if values),
        tuple(problem for _, problem in judged if problem),
        tuple(sorted(shown(entry.path) for entry in found if entry.hides_files)),
    )


def find(root: Path, pattern: Pattern, locale: str) -> tuple[str, ...]:
    """Return the paths of a locale that match a pattern, sorted; links and folders as well."""
    mine = pattern.within(locale)
    if not mine.variables:
        return (mine.text,) if os.path.lexists(root / mine.text) else ()
    met = (normalize("NFC", entry.path) for entry in walk(root, mine.prefix(locale)))
    return tuple(sorted(path for path in met if mine.match(path) and not _temporary(path)))


def named(root: Path, globs: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that `memories/*.tmx` and the like stand for, sorted; links as well.

    Raises BadFile, its path set, for a folder that is a link, and for one that cannot be read.
    """
    found = {path for glob in globs for path in _expanded(root, "", glob.split("/"))}
    return tuple(sorted(path for path in found if not _temporary(path)))


def _expanded(root: Path, folder: str, names: list[str]) -> Iterator[str]:
    first, *rest = names
    for name in _named_in(root, folder, first):
        path = f"{folder}/{name}" if folder else name
        if not rest:
            yield path
        elif linked := linked_part(root, path):
            if not is_wild(first):  # what stars stand for is only what can be used
                raise _link(path, linked)
        else:
            yield from _expanded(root, path, rest)


def _named_in(root: Path, folder: str, glob: str) -> Iterable[str]:
    """The names in a folder that one name with `*` and `?` stands for."""
    if not is_wild(glob):
        return (glob,) if os.path.lexists(root / folder / glob) else ()
    try:
        names = [normalize("NFC", one.name) for one in (root / folder).iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise unreadable(folder, error) from error
    return [name for name in names if name not in _NOT_OURS and glob_matches(glob, name)]


def _temporary(path: str) -> bool:
    return path.endswith(TEMPORARY)


def passed_over(name: str, exclude: tuple[str, ...]) -> bool:
    """Whether nobody looks at files or folders of a name."""
    stem = name.rpartition(".")[0] or name
    return name in _NOT_OURS or any(
        fnmatchcase(name, each) or fnmatchcase(stem, each) for each in exclude
    )


def _entry(path: str, found: os.DirEntry[str]) -> Entry | None:
    """What lies at a path; None for a folder to walk through."""
    try:
        status = found.stat(follow_symlinks=False)
    except OSError as error:
        return Entry(path, failure=unreadable(path, error), hides_files=True)
    if is_link(status):
        return Entry(path, failure=_link(path, path), hides_files=Path(found.path).is_dir())
    if stat.S_ISDIR(status.st_mode):
        return None
    failure = None if stat.S_ISREG(status.st_mode) else refused(path, "not-a-file", "is no file")
    return Entry(path, status.st_size, status.st_mode & FOR_ALL == FOR_ALL, failure)


def _link(path: str, linked: str) -> BadFile:
    mend = "put the file itself in its place"
    return refused(path, "link", f"{linked} is a link, and links are not followed", mend)


def _nearer(config: Config, locale: str, mine: Pattern) -> list[Pattern]:
    """Patterns of other locales that say more about a path that `mine` matches as well."""
    others = (config.settings(other).paths.terms.within(other) for other in config.all_locales)
    folder = mine.prefix(locale)
    return [
        other
        for other in others
        if other.literal_length > mine.literal_length and other.prefix("").startswith(folder)
    ]


def _judge_all(root: Path, found: Iterable[Entry]) -> Iterator[tuple[str, Problem | None]]:
    by_folded: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        by_folded[normalize("NFC", entry.path).casefold()].append(entry)
    for entries in by_folded.values():
        for entry in entries:
            twin = next((other for other in entries if other is not entry), None)
            failure = next(_failures(root, entry, twin), None)
            path = normalize("NFC", shown(entry.path))
            yield path, failure.problem if failure else None


def _failures(root: Path, entry: Entry, twin: Entry | None) -> Iterator[BadFile]:
    """Why a term file cannot be used, the weightiest reason first."""
    if entry.failure:
        yield entry.failure
    path = shown(entry.path)
    if path != entry.path:
        yield refused(path, "name-not-utf-8", "the file's name is not UTF-8", "rename it")
    if twin is not None:
        message = f"differs from {shown(twin.path)} in case or accents only"
        yield refused(path, "same-name", message, "rename one: many systems have room for one")
    if entry.size > MAX_TERM_BYTES:  # not even read
        message = f"is larger than {MAX_TERM_BYTES // 1024**2} MiB"
        yield refused(path, "too-large", message, "divide it into several terms")
    folder, _, name = path.rpartition("/")
    if reason := _folder_problem(folder) or name_problem(name):
        yield refused(path, "unportable-name", reason, "rename it")
    if not entry.for_all and not os.access(root / entry.path, os.R_OK):
        yield refused(path, "cannot-read", "may not be read by this user")
    nfc = normalize("NFC", path)
    # HFS+ hands names out decomposed and finds them by either spelling
    if nfc != path and not os.path.lexists(root / nfc):
        message = "the file's name is not in Unicode's composed form (NFC)"
        yield refused(path, "name-not-nfc", message, "rename it")


@lru_cache(maxsize=1024)
def _folder_problem(folder: str) -> str | None:
    """Why a folder of term files cannot be used on every system; None if it can."""
    return next(filter(None, map(name_problem, folder.split("/") if folder else ())), None)


def shown(path: str) -> str:
    """Return a path as text that can be printed, with escapes for bytes that are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
