"""What a run knows of the terms that it does not look at: all that others need of them.

A run that works on a few terms has read those alone. How the others stand, what they are called
and what was found in them is known from the run before, as long as their files are the same.
Whoever needs more of them says so with `NeedsAll`, and the run starts over on everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from i18n_pipeline.checks.exempting import Hidden
from i18n_pipeline.formats.lock import cut_lock, ordered_lock, slugs_in
from i18n_pipeline.formats.po import cut_po, ordered_po
from i18n_pipeline.formats.rows import Rows
from i18n_pipeline.glossary import Entry
from i18n_pipeline.links import LONGEST
from i18n_pipeline.model import Key, QualityIssue, State
from i18n_pipeline.pieces import Data
from i18n_pipeline.values import astuple, dataclass, field, replace

HEAD, TAIL = "\n^", "\n~"
"""Stand for the rows above those of terms, and for obsolete ones, in `Rest.rows`: no slug is so."""

T = TypeVar("T")
V = TypeVar("V")


_LASTING = ("slug", "path", "called", "page", "home", "name", "vocabulary", "names", "leads")
"""What is mostly the same in each run, and need not be held twice."""


class NeedsAll(Exception):
    """A run on a few terms cannot say something without looking at all of them."""


class NeedsMore(NeedsAll):
    """A run on a few terms has to look at some more of them."""

    def __init__(self, slugs: Collection[str]) -> None:
        super().__init__()
        self.slugs = frozenset(slugs)


@dataclass(frozen=True, slots=True)
class Share:
    """What one term comes to in one locale.

    `path` is its source file, `called` the slug that its file's name says, `page` its file in the
    locale ("" for none), `home` its catalog. `name` is its source's,
    `vocabulary` the keys of the units that it shares with others. `names` is what the locale calls
    it, `links` are the slugs and words of its links that name other terms. `leads` are the slugs
    that its source leads to, `near` what stands in it where slugs of terms may that are not there
    yet (Addresses.slugs_in), `states` its units by state, `drafts` those that nobody touched.
    `kept`, `missing` and `live` are of its page (building.Output), `deviations` how that differs
    from the source.
    `remembered` is what it adds to the memory, `waiting` what of it found nothing: hashes, with a
    blank between them (recalling.py).
    `row` is how it was kept, b"" for one that was not (rest_kept.py).
    """

    slug: str
    path: str
    called: str
    page: str
    home: str
    name: str
    vocabulary: tuple[Key, ...] = ()
    names: tuple[Entry, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    leads: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    states: tuple[int, ...] = ()
    drafts: int = 0
    complete: bool = False
    built: bool = False
    stale: bool = False
    unplaced: bool = False
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    deviations: tuple[str, ...] = ()
    issues: tuple[QualityIssue, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    remembered: str = ""
    waiting: str = ""
    row: bytes = field(default=b"", compare=False, repr=False)

    def like(self, before: Share | None) -> Share:
        """The share, made of what the one `before` it was made of, where that says the same."""
        if before is None:
            return self
        lasting = {name: getattr(before, name) for name in _LASTING}
        same = {name: old for name, old in lasting.items() if old == getattr(self, name)}
        if [*map(astuple, before.names)] != [*map(astuple, self.names)]:
            same.pop("names", None)  # entries are compared by what they say, not by who says it
        return replace(self, **same)

    def may_lead_to(self, slug: str) -> bool:
        """Whether a term that comes or goes may be linked from this one."""
        known = slug[:LONGEST]
        return slug in self.leads or any(not one or one.startswith(known) for one in self.near)

    @property
    def waits(self) -> bool:
        """Whether a text of it waits for its first translation."""
        return self.has(State.UNTRANSLATED)

    def has(self, wanted: State) -> bool:
        """Whether a unit of it is in a state."""
        pairs = zip(self.states, State, strict=True)
        return any(count and state is wanted for count, state in pairs)


@dataclass(frozen=True)
class CatalogPart:
    """A catalog of which a run reads what it has of some terms.

    `slugs` are those of which it has rows, "" for vocabulary, where that is known: then no more of
    it is looked at than these rows.
    """

    data: bytes
    slugs: frozenset[str] = frozenset()

    @cached_property
    def rows(self) -> Rows:
        """All its rows. Raises NeedsAll where it cannot be cut."""
        return _sure(cut_po(self.data))

    def without(self, elsewhere: Collection[str]) -> bytes:
        """The catalog without the rows of some terms. Raises as `rows` does."""
        if not self.slugs:
            return self.rows.without(elsewhere).data()
        return ordered_po(self.data).only(self._here(elsewhere))

    def only(self, slugs: Iterable[str]) -> bytes:
        """The catalog with the rows of some terms alone, and what is obsolete."""
        _ = self.slugs or self.rows  # only what can be cut is laid out so
        return ordered_po(self.data).only(slugs)

    def around(self, part: bytes, elsewhere: Collection[str]) -> Data:
        """What `without` left out, and all else as it is in a `part`. Raises as `rows` does."""
        new = _sure(cut_po(part))
        if not self.slugs:
            others = tuple(row for row in self.rows.named if row[0] in elsewhere)
            return new.among(Rows(self.rows.head, others)).data()
        return ordered_po(self.data).replaced(self._here(elsewhere), new)

    def _here(self, elsewhere: Collection[str]) -> frozenset[str]:
        """Its slugs but for those elsewhere, which are many: a difference goes through all."""
        return frozenset(slug for slug in self.slugs if slug not in elsewhere)


@dataclass(frozen=True)
class LockPart:
    """A lock of which a run reads what it has of some terms; `slugs` are all that it has."""

    data: bytes
    slugs: frozenset[str]


@dataclass(frozen=True)
class Rest:
    """What one locale has elsewhere: the shares of the terms that the run does not look at.

    `before` are the shares of those that it does look at, as the run before left them, and `hashes`
    those of all files as they were found. `terminology` is the hash of what the locale's texts were
    judged by, `drafting` of the terminology under which they were drafted. `rows` are hashes of
    what each term has in catalogs that did not change, HEAD and TAIL of what stands around them,
    `marks` the same of all catalogs as the run before left them, `vocabulary` is what was found in
    vocabulary, `gone` are as in `Kept`. `catalogs` and `lock` are the files of which the run has
    read a part.
    """

    shares: Mapping[str, Share] = field(default_factory=lambda: MappingProxyType({}))
    before: Mapping[str, Share] = field(default_factory=lambda: MappingProxyType({}))
    hashes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    terminology: str = ""
    drafting: str = ""
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    vocabulary: tuple[QualityIssue, ...] = ()
    gone: frozenset[str] = frozenset()
    catalogs: Mapping[str, CatalogPart] = field(default_factory=lambda: MappingProxyType({}))
    lock: LockPart | None = None

    def __bool__(self) -> bool:
        return bool(self.shares)

    def __iter__(self) -> Iterator[Share]:
        return iter(self.shares.values())

    def with_catalog(self, path: str, data: bytes) -> tuple[Rest, bytes]:
        """The rest that knows a catalog, and what that has of vocabulary and of the run's terms.

        Raises NeedsAll, as all that follow, where it cannot be cut.
        """
        slugs = frozenset(self.rows.get(path, ())) - {HEAD, TAIL}
        known = CatalogPart(data, slugs)
        part = known.without(self.shares.keys())
        return replace(self, catalogs={**self.catalogs, path: known}), part

    def with_lock(self, data: bytes) -> tuple[Rest, bytes]:
        """The rest that knows the lock, and what that has of the run's terms and unknown ones."""
        known = LockPart(data, frozenset(_sure(slugs_in(data))))
        return replace(self, lock=known), ordered_lock(data).only(known.slugs - self.shares.keys())

    def whole(self, path: str, data: bytes) -> Data:
        """A catalog's bytes with what it has of the terms elsewhere; `data` has all the others."""
        known = self.catalogs.get(path)
        return data if known is None else known.around(data, self.shares.keys())

    def whole_lock(self, data: bytes) -> Data:
        """The lock's bytes with its terms elsewhere; `data` has all the others."""
        if self.lock is None:
            return data
        others = self.lock.slugs - self.shares.keys()
        return ordered_lock(self.lock.data).replaced(others, _sure(cut_lock(data)))

    @cached_property
    def states(self) -> Mapping[State, int]:
        """How many units there are elsewhere in each state."""
        each = [share.states for share in self]
        return {state: sum(one[at] for one in each) for at, state in enumerate(State)}

    @property
    def drafts(self) -> int:
        """How many units elsewhere nobody touched since a machine, or the memory, wrote them."""
        return sum(share.drafts for share in self)

    def names(self) -> Iterator[Entry]:
        """What the locale calls the terms elsewhere."""
        return (entry for share in self for entry in share.names)

    def links(self) -> Iterator[tuple[str, str, str]]:
        """The links elsewhere that name terms: to which term, in which words, in whose file."""
        return ((slug, words, share.slug) for share in self for slug, words in share.links)

    def leading_to(self, slugs: Collection[str]) -> frozenset[str]:
        """The slugs elsewhere of what may link to some terms."""
        return frozenset(share.slug for share in self if any(map(share.may_lead_to, slugs)))

    def issues(self) -> Iterator[QualityIssue]:
        """What was found elsewhere."""
        return (issue for share in self for issue in share.issues)

    def all_of(self, slugs: Callable[[Share], bool]) -> list[str]:
        """The slugs elsewhere of which something is true."""
        return [share.slug for share in self if slugs(share)]


def _sure(found: T | None) -> T:
    """What a file that could be cut has."""
    if found is None:
        raise NeedsAll
    return found


class OnlyOfAll(Mapping[str, V]):
    """What only a run on everything knows: whoever looks into it needs all."""

    def __getitem__(self, name: str) -> V:
        raise NeedsAll

    def __iter__(self) -> Iterator[str]:
        raise NeedsAll

    def __len__(self) -> int:
        raise NeedsAll


def leading_to(shares: Iterable[Share], slugs: Collection[str]) -> set[str]:
    """The slugs of those that may be linked to one of many terms (`may_lead_to`)."""
    wanted, known = frozenset(slugs), frozenset(slug[:LONGEST] for slug in slugs)
    return {
        share.slug
        for share in shares
        if not wanted.isdisjoint(share.leads) or any(_begins(near, known) for near in share.near)
    }


def _begins(near: str, known: Collection[str]) -> bool:
    return not near or any(near[:end] in known for end in range(1, min(len(near), LONGEST) + 1))


def in_order(here: Iterable[T], elsewhere: Iterable[T], slug: Callable[[T], str]) -> list[T]:
    """What is said of terms here and elsewhere, in the order of their slugs."""
    return sorted((*here, *elsewhere), key=slug)
