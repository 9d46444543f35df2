"""A first look at all sources: of each term no more is held than what others need of it.

That is its name, its vocabulary, where it leads, and which texts it shares with others.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence

from i18n_pipeline.formats.term_file import Rules, TermFile
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Key, Kind, context_of
from i18n_pipeline.pipeline.foreseen import short_hash
from i18n_pipeline.pipeline.project import Project, SourceReader, vocabulary_of
from i18n_pipeline.pipeline.workers import Workers
from i18n_pipeline.stages.pretranslate import lines_of
from i18n_pipeline.stages.spending import links_from
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import FoundFile, Workspace

_HELD = (Kind.NAME, Kind.VOCABULARY)


@dataclass(frozen=True)
class FirstLook:
    """The sources of a project: `project` has of each term's file what it is called.

    `leads` are related slugs, and destinations of links, by slug; `vocabulary` are the keys of each
    term's, `texts` says how many texts each has. `repeated` and `echoed` are as in
    `Foreseen`.
    """

    project: Project
    leads: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    vocabulary: Mapping[str, tuple[Key, ...]]
    texts: Mapping[str, int]
    repeated: frozenset[int]
    echoed: frozenset[int]

    def leads_of(self, slug: str, addresses: Addresses) -> set[str]:
        """The slugs that a term leads to."""
        related, linked = self.leads[slug]
        return {*related, *filter(None, map(addresses.slug_of, linked))} - {slug}


def first_look(
    workspace: Workspace, files: Sequence[FoundFile], workers: Workers, at_once: int
) -> FirstLook | None:
    """Read source files, so many at once; None where one of them cannot be used as it is."""
    settings = workspace.config.settings(workspace.config.source)
    rules = Rules(settings.fields, settings.markdown.extensions)
    told = _Told(rules, frozenset(_variables(workspace)))
    reader = SourceReader(workspace, rules, told.of)
    for at in range(0, len(files), at_once):
        reader.take(files[at : at + at_once], workers)
        if reader.problems:
            return None
    project = Project(
        workspace,
        tuple(sorted(reader.terms.values(), key=lambda term: term.slug)),
        reader.names,
        frozenset(),
        frozenset(reader.skipped),
        (),
        reader.odd,
    )
    repeated, echoed = told.hashes.repeated(), told.hashes.among(told.names)
    return FirstLook(project, told.leads, told.vocabulary, told.texts, repeated, echoed)


def _variables(workspace: Workspace) -> Iterator[str]:
    """The keys of front matters that say in which catalog a term's units live."""
    config = workspace.config
    for locale in config.targets:
        yield from config.settings(locale).paths.catalog.variables


class _Told:
    """What is kept of terms that were read; `keys` are those of values that are needed."""

    def __init__(self, rules: Rules, keys: Collection[str]) -> None:
        self._rules, self._keys = rules, keys
        self._pairs: dict[Key, Key] = {}
        self.hashes = Hashes()
        self.names: set[int] = set()
        self.leads: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.vocabulary: dict[str, tuple[Key, ...]] = {}
        self.texts: dict[str, int] = {}

    def of(self, term: Term) -> Term:
        """The term with no more of it than what it is called."""
        fields, extensions = self._rules.fields, self._rules.extensions
        linked: list[str] = []
        related = links_from(term, fields, linked.append, extensions)
        self.leads[term.slug] = tuple(related), tuple(dict.fromkeys(linked))
        self.vocabulary[term.slug] = tuple(map(self._known, vocabulary_of(term)))
        texts = [one for one in term.segments if one.kind not in _HELD]
        own = {(context_of(term.slug, one), one.source): one for one in texts}
        self.texts[term.slug] = len(own)
        for one in own.values():
            for text in lines_of(one.source, one.kind):
                self.hashes.add(short_hash(text))
        self.names.add(short_hash(term.file.name))
        return replace(term, file=_light(term.file, self._keys))

    def _known(self, pair: Key) -> Key:
        """One key of vocabulary for all terms that have it."""
        if pair not in self._pairs:
            self._pairs[pair] = pair
            self.names.add(short_hash(pair[1]))
        return self._pairs[pair]


def _light(file: TermFile, keys: Collection[str]) -> TermFile:
    """A file with nothing of it but its name, and some values of its front matter."""
    fields = tuple(slot for slot in file.fields if slot.segment.kind is Kind.NAME)[:1]
    values = {key: file.values[key] for key in keys if key in file.values}
    return replace(file, data=b"", segments=(), fields=fields, values=values, addresses=())


class Hashes:
    """Numbers of eight bytes, kept in hardly more than that; a set takes ten times as much."""

    def __init__(self) -> None:
        self._found = [array("Q") for _ in range(256)]

    def add(self, number: int) -> None:
        """Take note of one."""
        self._found[number & 0xFF].append(number)

    def repeated(self) -> frozenset[int]:
        """Those that were added more than once."""
        return frozenset(one for found in self._found for one in _twice(found))

    def among(self, numbers: Collection[int]) -> frozenset[int]:
        """Those of some numbers that were added."""
        return frozenset(one for found in self._found for one in found if one in numbers)


def _twice(numbers: Sequence[int]) -> Iterator[int]:
    seen: set[int] = set()
    for one in numbers:
        if one in seen:
            yield one
        seen.add(one)
