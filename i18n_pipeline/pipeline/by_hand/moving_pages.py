"""By hand: the term files of one locale before and after a term has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from i18n_pipeline.config import Settings
from i18n_pipeline.errors import BadFile, Problem, UsageError
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.writing import Step
from i18n_pipeline.reports.moved import Mention
from i18n_pipeline.stages.aliases import with_alias
from i18n_pipeline.stages.moving import Move, Moving
from i18n_pipeline.stages.moving_units import MovedFile
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True)
class Pages:
    """The files of a locale that a move changes, by their names, with paths before and after."""

    moving: Moving
    files: Mapping[str, MovedFile]
    paths: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...] = ()
    mentions: tuple[Mention, ...] = ()
    expected: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> Step:
        """The files as they are to be written."""
        return {self.paths[name][1]: one.after.data for name, one in self.files.items()}

    def deleted(self) -> Step:
        """The files that stood elsewhere."""
        return {old: None for old, new in self.paths.values() if old != new}


def moving_in(project: Project, move: Move, locale: str) -> Moving:
    """A move as a locale sees it: the source links in the form of every locale."""
    config = project.config
    settings = config.settings(locale)
    locales = config.targets if locale == config.source else (locale,)
    addresses = tuple(_addresses(project, config.settings(one), one) for one in locales)
    return Moving(move, addresses, Rules(settings.fields, settings.markdown.extensions))


def _addresses(project: Project, settings: Settings, locale: str) -> Addresses:
    links = settings.links
    return Addresses(links.rewrite, links.missing, links.allow, locale, project.known)


def pages_of(project: Project, move: Move, locale: str, alias: str) -> Pages:
    """All that a move changes among the term files of a locale.

    Raises UsageError where something else stands at the new place.
    """
    moving = moving_in(project, move, locale)
    pattern = project.config.settings(locale).paths.terms
    reader = _Reader(project, moving, alias)
    there = project.workspace.discover(locale)
    for found in there.files:
        new = pattern.fill(locale=locale, slug=move.name(found.slug))
        reader.take(found.slug, (found.path, new), locale)
    return Pages(
        moving,
        reader.files,
        reader.paths,
        (*there.problems, *reader.problems),
        tuple(reader.mentions),
        reader.expected,
    )


class _Reader:
    def __init__(self, project: Project, moving: Moving, alias: str) -> None:
        self._project, self._moving, self._alias = project, moving, alias
        self.files: dict[str, MovedFile] = {}
        self.paths: dict[str, tuple[str, str]] = {}
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self.expected: dict[str, str] = {}

    def take(self, name: str, paths: tuple[str, str], locale: str) -> None:
        """One file; one that says nothing of the term is not even read into parts."""
        data = self._project.workspace.read(paths[0])
        if self._moving.move.old.encode() not in data and paths[0] == paths[1]:
            return
        try:
            before = read_term(data, self._moving.rules, name, locale)
            after = self._moving.file(before, name)
            if self._alias and paths[0] != paths[1]:
                new = self._moving.move.name(name)
                after = with_alias(after, self._moving.rules, new, self._alias)
        except BadFile as failure:
            self.problems.append(failure.at(paths[0]))
            return
        self.mentions += mentions(after.data, paths[1], self._moving.move.old)
        if after.data == data and paths[0] == paths[1]:
            return
        self.files[name], self.paths[name] = MovedFile(before, after), paths
        self.expected[paths[0]] = digest(data)
        if paths[0] != paths[1]:
            self._look(paths[1], after.data)

    def _look(self, path: str, wanted: bytes) -> None:
        """What stands at the new place: nothing, or what an interrupted move has put there."""
        there = self._project.workspace.read_optional(path)
        if there not in (None, wanted):
            raise UsageError(f"{path} is there already, and is something else", "move it away")
        self.expected[path] = "" if there is None else digest(there)


def mentions(data: bytes, path: str, slug: str) -> Iterator[Mention]:
    """The lines in which a slug still stands like a name or an address, for a person to look at."""
    found = re.compile(rf"(?<=[/\"'=`]){re.escape(slug)}(?=[/\"'`#?)\s]|\.\w|\Z)")
    text = data.decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if found.search(line):
            yield Mention(path, number, line.strip())
