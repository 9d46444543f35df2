"""An existing file's front matter brought up to date, key by key, three ways.

The base is what the lock remembers of the last build (front_base.py), ours is the fresh front
matter, theirs is the file's. What a person put there stays and is named.

| way of the key | new in the source | a person took it out | in both | the source took it out |
|---|---|---|---|---|
| own | left alone | left alone | left alone | left alone |
| links | put in | stays out | additions and removals of the source | what a person added stays |
| list | put in | stays out | the text, if there is one | goes |
| texts | put in | in, if ever there | each text with a place, else as below | goes, if as built |
| copy | put in | stays out | the source's, if theirs is as built | goes, if as built |

A field that only the locale has is none of these: its text is put in, or the file's own value stays
(extras.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from i18n_pipeline.config import Role
from i18n_pipeline.formats.front_matter import (
    Change,
    CopyEntry,
    Path,
    Remove,
    SetItems,
    SetText,
    Value,
    at,
    scalars,
)
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import LockEntry
from i18n_pipeline.stages.extras import extra_changes
from i18n_pipeline.stages.fields import own_vocabulary, spelled
from i18n_pipeline.stages.front_base import (
    Way,
    copied_parts,
    is_as_built,
    is_flat,
    translated_in,
    value_hash,
    ways_of,
)
from i18n_pipeline.stages.front_changes import draft_marks, is_marked, is_own_mark, set_items
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.site import Site
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True)
class Sides:
    """What is merged: the source and its fresh file, the file that exists and its lock entry."""

    source: TermFile
    fresh: TermFile
    target: TermFile
    entry: LockEntry


@dataclass(frozen=True, slots=True)
class Kept:
    """A key whose value in the file is a person's, and stays; `unplaced` texts found no place."""

    key: str
    unplaced: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Field:
    """A key that both sides have: `there` is it as the file spells it."""

    key: str
    there: str
    sides: Sides

    @property
    def ours(self) -> Value:
        return self.sides.fresh.values[self.key]

    @property
    def theirs(self) -> Value:
        return self.sides.target.values[self.there]

    @property
    def base(self) -> str | None:
        return self.sides.entry.copied.get(self.key)

    @property
    def is_as_written(self) -> bool:
        """Whether each text of a value is the one that we wrote or took in there."""
        known = {word.casefold(): said for word, (_, said) in self.sides.entry.fields.items()}
        there = dict(self._there)
        return bool(there) and all(
            known.get(spelled(path).casefold()) == short(text.rstrip("\n"))
            for path, text in there.items()
        )

    @property
    def has_own_shape(self) -> bool:
        """Whether a person made a value's lists longer or shorter, as far as the lock knows."""
        start = f"{spelled((self.key,))}.".casefold()
        known = [word for word in self.sides.entry.fields if word.casefold().startswith(start)]
        there = [spelled(path) for path, _ in self._there]
        return bool(known) and _indexes(known) != _indexes(there)

    @property
    def _there(self) -> Iterator[tuple[Path, str]]:
        """The texts of the file's value; blank ones are nobody's, and nothing knows them."""
        return (one for one in scalars(self.theirs, (self.key,)) if one[1].strip())


def _indexes(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Which items of lists there are, by paths as `spelled` writes them."""
    return frozenset(tuple(filter(str.isdigit, word.split(".")[1:])) for word in words)


@dataclass(frozen=True)
class FrontMerge:
    """What to change in the existing file, and the keys that stay as a person has them.

    Its locale stays as it is spelled there: reading has refused any other. `lists` are the keys
    of localized lists that have a text, `drafts` says that the file holds unreviewed texts,
    `extras` are the texts of fields that only the locale has.
    """

    sides: Sides
    site: Site
    lists: frozenset[str]
    drafts: bool
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order of the fresh front matter."""
        return tuple(one for one in self._outcome if not isinstance(one, Kept))

    @property
    def kept(self) -> tuple[str, ...]:
        """The keys left as a person has them."""
        return tuple(one.key for one in self._outcome if isinstance(one, Kept))

    @property
    def unplaced(self) -> frozenset[Path]:
        """Where the source has texts for which there is no certain place in the file."""
        kept = (one for one in self._outcome if isinstance(one, Kept))
        return frozenset(path for one in kept for path in one.unplaced)

    @property
    def lost_with_the_front(self) -> list[str]:
        """Keys whose values only the existing file has: lost if its front matter were replaced."""
        target, entry = self.sides.target, self.sides.entry
        own = {key for key in target.values if self.site.fields.role(key) is Role.KEEP}
        built = {
            key
            for key in entry.copied.keys() & target.values.keys()
            if is_as_built(entry.copied[key], key, target)
        }
        mine = {*self.kept, *own, *self._only_in_the_file()}
        return sorted(mine - built - set(self.site.draft_mark))

    @cached_property
    def _outcome(self) -> tuple[Change | Kept, ...]:
        source, target = self.sides.source, self.sides.target
        marks = draft_marks(source, target, self.site, drafts=self.drafts)
        extras = extra_changes(self.extras, source, target)
        return (*self._in_the_source(), *self._vanished(), *extras, *marks, *self._unmarked())

    def _unmarked(self) -> Iterator[Kept]:
        """Where drafts cannot be marked: a person has put something of their own there."""
        source, target = self.sides.source, self.sides.target
        for key in self.site.draft_mark if self.drafts else ():
            if is_own_mark(source, target, key) and not is_marked(target, key, self.site):
                yield Kept(key)

    @cached_property
    def _own(self) -> frozenset[str]:
        return own_vocabulary(self.sides.source, self.sides.target, self.sides.entry)

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        return {key.casefold(): key for key in self.sides.target.values}

    @cached_property
    def _ways(self) -> Mapping[str, Way]:
        """The ways of the source's keys; the mark of drafts is not its own while it is there."""
        ways = dict(ways_of(self.sides.source, self.site))
        if self.drafts:
            ways.update((key, Way.OWN) for key in self.site.draft_mark if key in ways)
        return ways

    def _in_the_source(self) -> Iterator[Change | Kept]:
        after = ""
        for key in filter(self._ways.__contains__, self.sides.fresh.values):
            there = self._spelled.get(key.casefold())
            if there is None:
                yield from self._missing(key, after)
            else:
                yield from self._in_both(_Field(key, there, self.sides))
                after = there

    def _missing(self, key: str, after: str) -> Iterator[Change]:
        """A key that the file lacks comes in, unless it was there and a person took it out."""
        entry, way, origin = self.sides.entry, self._ways[key], self.sides.fresh.front
        known = key in entry.copied or key in entry.links
        taken_out = known and (way is not Way.TEXTS or self._never_had(key))
        if origin is not None and way is not Way.OWN and not taken_out:
            yield CopyEntry(key, origin, after)

    def _never_had(self, key: str) -> bool:
        """Whether a file that people made lacks a translated key since it was adopted."""
        words = (word.partition(".")[0].casefold() for word in self.sides.entry.fields)
        return bool(self.sides.entry.fields) and key.casefold() not in words

    def _in_both(self, field: _Field) -> Iterator[Change | Kept]:
        match self._ways[field.key]:
            case Way.LINKS if is_flat(field.theirs):
                yield from _links(field)
            case Way.LIST if field.key in self.lists:
                yield from _list(field)
            case Way.TEXTS if field.key not in self._own:
                yield from _texts(field)
            case Way.LINKS | Way.COPY:
                marked = is_marked(self.sides.target, field.key, self.site)
                yield from _copied(field, theirs_is_ours=marked)

    def _vanished(self) -> Iterator[Change | Kept]:
        """A key that the source no longer has goes, unless a person put something there."""
        target, entry = self.sides.target, self.sides.entry
        for key in self._only_in_the_file():
            if self.site.fields.role(key) in (Role.KEEP, Role.EXTRA):
                continue
            if key in entry.links:
                theirs = target.list_items(key)
                extras = merged_links(entry.links[key], (), theirs)
                if extras != theirs or not theirs:
                    yield SetItems(key, extras) if extras else Remove(key)
            elif key in entry.copied:
                as_built = is_as_built(entry.copied[key], key, target)
                yield Remove(key) if as_built else Kept(key)

    def _only_in_the_file(self) -> list[str]:
        ours = {key.casefold() for key in self.sides.fresh.values}
        return [key for key in self.sides.target.values if key.casefold() not in ours]


def _links(field: _Field) -> Iterator[Change]:
    sides = field.sides
    theirs = sides.target.list_items(field.there)
    base, ours = sides.entry.links.get(field.key, ()), sides.fresh.list_items(field.key)
    merged = merged_links(base, ours, theirs)
    if merged != theirs:
        yield SetItems(field.there, merged)


def _list(field: _Field) -> Iterator[Change]:
    ours = field.sides.fresh.list_items(field.key)
    if ours != field.sides.target.list_items(field.there):
        yield set_items(field.there, field.theirs, ours)


def _texts(field: _Field) -> Iterator[Change | Kept]:
    """Value by value where the shape is the same; the copied ones only if nobody changed them."""
    translated = translated_in(field.sides.source)
    ours = dict(scalars(field.ours, (field.key,)))
    theirs = dict(scalars(field.theirs, (field.key,)))
    now, there = (copied_parts(values, translated) for values in (ours, theirs))
    as_built = there in (now, field.base) or field.is_as_written
    if as_built and ours.keys() != theirs.keys():
        own = field.has_own_shape
        yield from (Kept(field.key, tuple(ours)),) if own else _replaced(field)
        return
    wanted = [path for path in ours if as_built or path in translated]
    if not as_built:
        lost = tuple(path for path in wanted if not _has_place(field, path, theirs))
        yield Kept(field.key, lost)
        wanted = [path for path in wanted if path not in lost]
    for path in wanted:
        text = ours[path].rstrip("\n")
        if text != theirs[path].rstrip("\n"):
            yield SetText((field.there, *path[1:]), text)


def _has_place(field: _Field, path: Path, theirs: Mapping[Path, str]) -> bool:
    """Whether a person's value has the place of a text: lists on the way to it are as long."""
    lengths = []
    for value in (field.ours, field.theirs):
        parts = [at({field.key: value}, path[:depth]) for depth in range(1, len(path))]
        lengths.append([len(part) for part in parts if isinstance(part, list)])
    return path in theirs and lengths[0] == lengths[1]


def _copied(field: _Field, *, theirs_is_ours: bool) -> Iterator[Change | Kept]:
    if field.ours == field.theirs:
        return
    if theirs_is_ours or value_hash(field.theirs) == field.base:
        yield from _replaced(field)
    else:
        yield Kept(field.key)


def _replaced(field: _Field) -> Iterator[Change | Kept]:
    """The fresh entry, unless the file spells the key in its own way."""
    origin = field.sides.fresh.front
    if origin is None or field.there != field.key:
        yield Kept(field.key)
    else:
        yield CopyEntry(field.key, origin)


def merged_links(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Three-way merge of lists of slugs: the source's additions and removals, their order."""
    removed = set(base) - set(ours)
    added = [slug for slug in dict.fromkeys(ours) if slug not in base and slug not in theirs]
    return (*(slug for slug in theirs if slug not in removed), *added)
