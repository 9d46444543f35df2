"""The source side of a project, as read: every term once.

A file that cannot be read becomes a Problem; its term's units and built files are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from i18n_pipeline.config import Config
from i18n_pipeline.errors import BadConfig, BadFile, Problem, UsageError
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.history import History, find_history
from i18n_pipeline.model import Key, Kind, context_of, digest
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore, Rest, in_order
from i18n_pipeline.pipeline.workers import ALONE, Piece, Workers
from i18n_pipeline.stages.extras import in_source
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, field, replace
from i18n_pipeline.workspace import FoundFile, Workspace

Held: TypeAlias = Callable[[Term], Term]
"""What is kept of a term that was read."""


def whole(term: Term) -> Term:
    """All of it."""
    return term


@dataclass(frozen=True)
class Project:
    """The source side of a project, as read.

    `broken` are slugs whose source cannot be read, `skipped` those the configuration leaves out,
    `odd` is what is odd in files all the same, by path.
    `partial`: folders could not be looked into, so a term that is not here may be there all the
    same. `rests` are there, by locale, where the run has not read all terms: what it knows of the
    others.
    """

    workspace: Workspace
    terms: tuple[Term, ...]
    file_slugs: Mapping[str, str]
    broken: frozenset[str]
    skipped: frozenset[str]
    problems: tuple[Problem, ...]
    odd: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    partial: bool = False
    rests: Mapping[str, Rest] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def config(self) -> Config:
        """The project's configuration."""
        return self.workspace.config

    @cached_property
    def history(self) -> History:
        """What git knows of the project."""
        return find_history(self.workspace.root)

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The slugs that can be worked on."""
        here = (term.slug for term in self.terms)
        return frozenset(here).union(*(rest.shares for rest in self.rests.values()))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the source calls its terms, by slug, in the order of the slugs."""
        rest = next(iter(self.rests.values()), Rest())
        here = ((term.slug, term.file.name) for term in self.terms)
        elsewhere = ((share.slug, share.name) for share in rest)
        return dict(in_order(here, elsewhere, lambda one: one[0]))

    @cached_property
    def known(self) -> frozenset[str]:
        """The slugs of all source files, also of those that nothing is done for now."""
        return self.slugs | self.broken | self.skipped


def called(workspace: Workspace) -> str:
    """What the project is called where it keeps something outside: as configured, or its folder."""
    return workspace.config.providers.deepl.project or workspace.root.name


def check_slugs(project: Project, slugs: Iterable[str]) -> None:
    """Raises UsageError for a slug that no source file has."""
    unknown = [slug for slug in slugs if slug not in project.known]
    if unknown:
        raise UsageError(
            f"there is no term {unknown[0]}", close_to(unknown[0], sorted(project.known))
        )


def read_project(workspace: Workspace, workers: Workers = ALONE) -> Project:
    """Read all source term files, each once."""
    settings = workspace.config.settings(workspace.config.source)
    found = workspace.discover(workspace.config.source)
    reader = SourceReader(workspace, Rules(settings.fields, settings.markdown.extensions))
    for at in range(0, len(found.files), _AT_ONCE):
        reader.take(found.files[at : at + _AT_ONCE], workers)
    for problem in found.problems:
        reader.broken |= slugs_of(settings.paths.terms, problem.path)
    return Project(
        workspace,
        tuple(sorted(reader.terms.values(), key=lambda term: term.slug)),
        reader.names,
        frozenset(reader.broken | (reader.claimed - reader.terms.keys())),
        frozenset(reader.skipped),
        (*found.problems, *reader.problems),
        reader.odd,
        bool(found.hidden),
    )


@dataclass(frozen=True)
class Aside:
    """What is known of sources beside what their terms are: as in `Project`.

    `gone` are the slugs of terms of which review files still have something, `new` are files that
    were not there before.
    """

    skipped: frozenset[str]
    odd: Mapping[str, tuple[str, ...]]
    gone: frozenset[str]
    new: tuple[FoundFile, ...] = ()


def read_part(
    workspace: Workspace,
    rests: Mapping[str, Rest],
    aside: Aside,
    workers: Workers = ALONE,
    held: Held = whole,
) -> Project:
    """Read the sources of the terms alone that are no part of a locale's rest, and new ones.

    `held` says what is kept of a term. Raises NeedsAll where a source cannot be read, or means more
    than itself, and NeedsMore with the terms that may lead to a new one.
    """
    settings = workspace.config.settings(workspace.config.source)
    reader = SourceReader(workspace, Rules(settings.fields, settings.markdown.extensions), held)
    source, rest = workspace.config.source, next(iter(rests.values()))
    shares = (*rest.before.values(), *rest)
    known = [FoundFile(one.path, one.called, source) for one in rest.before.values()]
    reader.take([*known, *aside.new], workers)
    coming = reader.terms.keys() - rest.before.keys()
    read = reader.terms.keys() >= rest.before.keys() and len(coming) == len(aside.new)
    if reader.problems or reader.skipped or not read:
        raise NeedsAll
    if coming & (aside.skipped | aside.gone | {one.slug for one in shares}):
        raise NeedsAll
    for slug, term in reader.terms.items():
        if not _is_known(vocabulary_of(term), slug, rest):
            raise NeedsAll
    if others := frozenset().union(*(one.leading_to(coming) for one in rests.values())):
        raise NeedsMore(others)
    terms = tuple(sorted(reader.terms.values(), key=lambda term: term.slug))
    names = {share.slug: share.called for share in shares} | reader.names
    read_now = {one.path for one in rest.before.values()}
    odd = {path: found for path, found in aside.odd.items() if path not in read_now} | reader.odd
    return Project(workspace, terms, names, frozenset(), aside.skipped, (), odd, rests=rests)


def _is_known(vocabulary: tuple[Key, ...], slug: str, rest: Rest) -> bool:
    """Whether a term's vocabulary is what it was; of a new one, what terms before it have."""
    if slug in rest.before:
        return vocabulary == rest.before[slug].vocabulary
    shares = (*rest.before.values(), *rest)
    before = {key for share in shares if share.slug < slug for key in share.vocabulary}
    return before.issuperset(vocabulary)


def vocabulary_of(term: Term) -> tuple[Key, ...]:
    """The keys of the units that a term shares with others."""
    segments = (slot.segment for slot in term.file.fields)
    shared = (one for one in segments if one.kind is Kind.VOCABULARY)
    return tuple((context_of(term.slug, one), one.source) for one in shared)


@dataclass(frozen=True, slots=True)
class _Source:
    """A source file as its bytes, with what its path says."""

    data: bytes
    slug: str
    locale: str


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a source file cannot be read, and the slug that it has all the same."""

    problem: Problem
    slug: str = ""


def _parsed(rules: Rules, source: _Source) -> TermFile | _Refused:
    """A source file, read."""
    try:
        return read_term(source.data, rules, source.slug, source.locale)
    except BadFile as failure:
        return _Refused(failure.problem, failure.slug)


PARSING = Piece(_parsed, seconds=0.0007)
"""One source file: measured over a site of 1,000 terms."""

_AT_ONCE = 10_000
"""How many files' bytes are held in memory twice."""


class SourceReader:
    """Sorts the source's files into terms, what is left alone, and what cannot be used.

    `held` says what is kept of a term.
    """

    def __init__(self, workspace: Workspace, rules: Rules, held: Held = whole) -> None:
        self._workspace, self._rules, self._held = workspace, rules, held
        self.terms: dict[str, Term] = {}
        self.names: dict[str, str] = {}
        self.broken: set[str] = set()
        self.claimed: set[str] = set()
        self.skipped: set[str] = set()
        self.problems: list[Problem] = []
        self.odd: dict[str, tuple[str, ...]] = {}
        self._first: dict[str, str] = {}

    def take(self, files: Sequence[FoundFile], workers: Workers = ALONE) -> None:
        """Some files, in order."""
        read = [self._read(file) for file in files]
        parsed = iter(
            workers.each(PARSING, self._rules, [one for one in read if isinstance(one, _Source)])
        )
        for file, source in zip(files, read, strict=True):
            found = source if isinstance(source, _Refused) else next(parsed)
            if isinstance(found, _Refused):
                self._refuse(file, found)
            else:
                self._take(file, found)

    def _read(self, file: FoundFile) -> _Source | _Refused:
        try:
            return _Source(self._workspace.read(file.path), file.slug, file.locale)
        except BadFile as failure:
            return _Refused(failure.problem, failure.slug)

    def _refuse(self, file: FoundFile, refused: _Refused) -> None:
        self.problems.append(replace(refused.problem, path=file.path))
        self.broken |= slug_forms(file.slug)
        self.claimed |= {refused.slug} - {""}

    def _take(self, file: FoundFile, found: TermFile) -> None:
        if found.notices:
            self.odd[file.path] = found.notices
        first = self._first.setdefault(found.slug, file.path)
        if first != file.path:
            self.problems.append(_twice(found.slug, first, file.path))
            self.broken.add(found.slug)
            self.terms.pop(found.slug, None)
        elif found.skipped:
            self.skipped.add(found.slug)
        else:
            term = Term(found.slug, file.path, digest(found.data), found)
            self.terms[found.slug] = self._held(term)
            self.names[found.slug] = file.slug


def notices_of(odd: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is to be known of how files are written, once for all of which it is true."""
    by_notice: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(odd):
        for notice in odd[path]:
            by_notice[notice].append(path)
    return (_told(notice, paths) for notice, paths in by_notice.items())


def _told(notice: str, paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    mend = "spelled alike there and in i18n.toml, this is not told any more"
    return f"{paths[0]}{more}: {notice} ({mend})"


def check_extras(project: Project, locales: Iterable[str]) -> None:
    """A field that only a locale has is in no source. Raises BadConfig with each that is."""
    problems: dict[Problem, None] = {}
    for locale in locales:
        fields = project.config.settings(locale).fields
        for term in project.terms if fields.extra else ():
            for name, key in in_source(term, fields).items():
                problems[_of_both(term, name, key)] = None
    if problems:
        raise BadConfig(tuple(problems))


def _of_both(term: Term, name: str, key: str) -> Problem:
    line, column = term.file.front.place_of((key,)) if term.file.front else (0, 0)
    message = f"`{key}` is a field of the source, and `extra` in the configuration says it is not"
    mend = f'take "{name}" out of `extra`, or the field out of the source'
    return Problem(term.path, line, column, "extra-in-source", message, mend)


def slug_forms(name: str) -> set[str]:
    """The slugs that a file of this name may have: its path, and the last part of it."""
    return {name, name.rpartition("/")[2]}


def _twice(slug: str, first: str, second: str) -> Problem:
    return Problem(
        second,
        0,
        0,
        "duplicate-slug",
        f"`{slug}` is the slug of {first} too",
        "give each term a slug of its own",
    )


def slugs_of(pattern: Pattern, path: str) -> set[str]:
    """The slugs that the file at a path may have; none where the pattern does not fit."""
    found = pattern.match(path)
    slug = found["slug"] if found else ""
    return slug_forms(slug) if slug else set()
