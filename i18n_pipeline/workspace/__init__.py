"""The files of a project: finding, reading, writing them, and keeping two runs apart.

Nobody else writes them. Paths are text, relative to the project's folder, with `/` between names.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from i18n_pipeline.config import fingerprint
from i18n_pipeline.durable import make_folders, make_private
from i18n_pipeline.errors import BadFile, CannotWrite, TryLater
from i18n_pipeline.model import digest
from i18n_pipeline.patterns import glob_folder, glob_matches, path_problem
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import glancing, walking
from i18n_pipeline.workspace.finding import OWN_FILE, SHARED_FILE, TABLE, find_project
from i18n_pipeline.workspace.glancing import Glance, Places
from i18n_pipeline.workspace.locking import run_lock
from i18n_pipeline.workspace.outlets import folder_taken, kind_taken
from i18n_pipeline.workspace.places import hash_file, linked_part, read_file, refuse_links, refused
from i18n_pipeline.workspace.saving import Change, Step, apply, changes_of, remove_strays
from i18n_pipeline.workspace.scanning import ScanCache, clock
from i18n_pipeline.workspace.walking import Discovery, FoundFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from os import PathLike

    from i18n_pipeline.config import Config
    from i18n_pipeline.patterns import Pattern

__all__ = [
    "PRIVATE",
    "Discovery",
    "FoundFile",
    "Glance",
    "Places",
    "Step",
    "Workspace",
    "find_project",
    "open_workspace",
]

PRIVATE = ".i18n"
"""The folder of what only saves money and time; it is never in git."""


def open_workspace(folder: str | PathLike[str] = ".") -> Workspace:
    """Open the project that a folder is in. Raises UsageError and BadConfig.

    And BadFile where `.i18n` or a folder or file in it is a link: somebody put it there.
    """
    found = find_project(Path(folder))
    refuse_links(found.root, PRIVATE)
    return Workspace(found.root, found.config, found.file)


@dataclass(frozen=True)
class Workspace:
    """A project on disk. `root` is its folder, links in its own path resolved.

    `configuration` is the file of that folder that configures it. Unless it `believes` what earlier
    runs kept in `.i18n/` to save time, nothing of that seems to be there.
    """

    root: Path
    config: Config
    configuration: str = OWN_FILE
    believes: bool = True

    @property
    def configured_in(self) -> tuple[str, tuple[str, ...]]:
        """The file that configures the project, and the table in it."""
        return self.configuration, TABLE if self.configuration == SHARED_FILE else ()

    @cached_property
    def configured(self) -> str:
        """Hash of everything configured; asked for once for each locale, and more."""
        return fingerprint(self.config)

    def discover(self, locale: str) -> Discovery:
        """Find the term files of a locale, and what of them cannot be used."""
        return walking.discover(self.root, self.config, locale)

    def find(self, pattern: Pattern, locale: str) -> tuple[str, ...]:
        """Return the existing paths of a locale that match a pattern, sorted."""
        return walking.find(self.root, pattern, locale)

    def named(self, globs: Sequence[str]) -> tuple[str, ...]:
        """Return the existing paths that `memories/*.tmx` and the like stand for, sorted."""
        return walking.named(self.root, globs)

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises BadFile, its path set; also where there is none."""
        data = self.read_optional(path)
        if data is None:
            raise refused(path, "not-found", "there is no such file")
        return data

    def read_optional(self, path: str) -> bytes | None:
        """Return a file's bytes, None where there is none. Raises BadFile, its path set."""
        if reason := _outside(path):
            raise refused(path, "outside", reason)
        if not self.believes and path.startswith(f"{PRIVATE}/"):
            return None
        return read_file(self.root, path)

    def hash(self, path: str) -> str:
        """Return `digest()` of a file, "" where there is none. Raises BadFile, its path set."""
        return hash_file(self.root, path)

    def place_for(self, path: str) -> Path | None:
        """Where a file is that a library keeps in `.i18n/`; None where it can keep none there."""
        place = self.root / path
        is_there = self.believes and (self.root / PRIVATE).is_dir()
        if not is_there or linked_part(self.root, path):
            return None
        try:
            make_folders(place.parent, self.root)
        except OSError:
            return None
        return place

    def hashes(self, paths: Sequence[str], glance: Glance | None = None) -> Mapping[str, str]:
        """Return `digest()` of every file that exists, reading only what may have changed.

        Files that a `glance` just saw are not looked up again. Raises BadFile, its path set, for a
        link and for what cannot be read.
        """
        return self._scan.hashes(paths, glance.seen if glance else {})

    def let_go(self) -> None:
        """Hold no more what is known of files from before; who asks has it read again."""
        self._scan.let_go()

    def glance(self, places: Places) -> Glance | None:
        """What the system says of the files in some places; None where it does not say."""
        return glancing.glance(self.root, places)

    def now(self) -> int:
        """The file system's own time in nanoseconds; 0 where nothing can be written."""
        return clock(self.root / PRIVATE)

    def has_place_for(self, path: str) -> bool:
        """Whether a path is one of the project's: of those that `save` may write."""
        if path.startswith(f"{PRIVATE}/"):
            return True
        return any(glob_matches(glob, path) for glob in self._memories) or any(
            path.startswith(pattern.text.partition("{")[0]) and pattern.match(path) is not None
            for pattern in self._patterns
        )

    def refusal(self, place: Path, allowed: str = "") -> str:
        """Why no output for others may be put there, whatever the user says; "" where it may.

        `allowed` is a file name's ending (`.md`) that the output has though other files have it.
        """
        inside = place.is_relative_to(self.root)
        path = place.relative_to(self.root).as_posix() if inside else ""
        if path and (path == self.configuration or self.has_place_for(path)):
            return "it is a file of the project"
        if folder := folder_taken(self.config, path):
            return f"{folder}/ holds files of the project, and nothing else"
        kind = "" if allowed and place.suffix == allowed else kind_taken(place)
        return f"a file of this name is {kind}, and no output" if kind else ""

    @contextmanager
    def run_lock(self, timeout: float = 0, *, clears: bool = True) -> Iterator[None]:
        """Keep other runs out, waiting up to `timeout` seconds for one to end.

        Makes `.i18n/`, and clears away what a killed run left half-written, unless told not to.
        Raises RunLocked naming the holder, and CannotWrite.
        """
        if linked := linked_part(self.root, PRIVATE):
            raise CannotWrite(f"{linked} is a link, and links are not followed")
        folder = self.root / PRIVATE
        make_private(folder)
        with run_lock(folder, timeout):
            if clears:
                self.remove_strays()
            yield

    def save(
        self, steps: Sequence[Step], expected: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Write steps in order, each wholly on disk before the next; return the paths written.

        A file that already has its new bytes is not touched. `expected` are hashes of files as
        this run read them ("" for none): where one has changed since, nothing of its step is
        written. Raises CannotWrite, before anything is written for a path that is not the
        project's, and TryLater for a file that changed; earlier steps stay, and the failure says
        what was `written`.
        """
        self._check(steps)
        unwritten = dict(expected or {})
        written: set[str] = set()
        try:
            for step in steps:
                changes = self._changes(step)
                for change in changes:
                    change.check(unwritten.pop(change.path, None))
                apply(self.root, changes)
                written |= {change.path for change in changes}
        except (CannotWrite, TryLater) as failure:
            failure.written = tuple(sorted({*written, *failure.written}))
            raise
        return tuple(sorted(written))

    def configure(self, data: bytes, before: bytes) -> tuple[str, ...]:
        """Write the file that configures the project, whole; return its path if that changed it.

        `before` is what it was read as. Raises CannotWrite, and TryLater where it is not that now.
        """
        changes = self._changes({self.configuration: data})
        for change in changes:
            change.check(digest(before))
        apply(self.root, changes)
        return tuple(change.path for change in changes)

    def would_save(self, steps: Sequence[Step]) -> tuple[str, ...]:
        """Return the paths whose bytes `save` would change in the end. Raises CannotWrite."""
        self._check(steps)
        last = {path: data for step in steps for path, data in step.items()}
        return tuple(change.path for change in self._changes(last))

    def remove_strays(self) -> None:
        """Delete what a killed run left half-written beside its files; needs the run lock.

        Raises CannotWrite.
        """
        folders = {pattern.prefix("") for pattern in self._patterns}
        folders |= {folder for folder in map(glob_folder, self._memories) if folder}
        remove_strays(self.root, (PRIVATE, *sorted(folders)))

    def _changes(self, step: Step) -> tuple[Change, ...]:
        try:
            return changes_of(self.root, step)
        except BadFile as failure:
            found = failure.problem
            message = f"{found.path} cannot be written: {found.message}"
            raise CannotWrite(message, found.mend) from failure

    def _check(self, steps: Sequence[Step]) -> None:
        for path in sorted({path for step in steps for path in step}):
            reason = _outside(path)
            if not reason and not self.has_place_for(path):
                reason = "it is no path that i18n.toml names"
            if reason:
                raise CannotWrite(f"{path!r} is not written: {reason}")

    @cached_property
    def _patterns(self) -> frozenset[Pattern]:
        """Where the files of each locale may be."""
        places = (
            (locale, self.config.settings(locale).paths) for locale in self.config.all_locales
        )
        return frozenset(
            pattern.within(locale)
            for locale, paths in places
            for pattern in (
                paths.terms,
                paths.catalog,
                paths.lock,
                paths.glossary,
                paths.keep,
                paths.rejected,
            )
        )

    @cached_property
    def _memories(self) -> frozenset[str]:
        """Where the translation memories of each locale may be."""
        each = (self.config.settings(locale).memory.tmx for locale in self.config.all_locales)
        return frozenset(glob for globs in each for glob in globs)

    @cached_property
    def _scan(self) -> ScanCache:
        return ScanCache(self.root, self.root / PRIVATE / "scan.json")


def _outside(path: str) -> str | None:
    return path_problem(path.removeprefix(f"{PRIVATE}/"))
