"""An existing file's front matter brought up to date, key by key, three ways.

The base is what the lock remembers of the last build, ours is the fresh front matter, theirs is
the file's. What a person put there stays and is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from i18n_pipeline.config import Role
from i18n_pipeline.formats.front_matter import (
    AddText,
    Change,
    CopyEntry,
    Path,
    Remove,
    SetItems,
    SetText,
    Value,
    scalars,
)
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Kind, LockEntry, digest
from i18n_pipeline.stages.site import Site

_TRANSLATED = digest("translated", 4)
"""Stands in the lock for a value of which nothing is copied from the source."""


@dataclass(frozen=True)
class Sides:
    """What is merged: the source and its fresh file, the file that exists and its lock entry."""

    source: TermFile
    fresh: TermFile
    target: TermFile
    entry: LockEntry


class FrontMerge:
    """What to change in the existing file; `kept` names the keys left as a person has them.

    Its locale stays as it is spelled there: reading has refused any other.

    `lists` are the keys of localized lists that have a text, `drafts` says that the file holds
    unreviewed texts.
    """

    def __init__(self, sides: Sides, site: Site, *, lists: frozenset[str], drafts: bool) -> None:
        self.source, self.fresh, self.site = sides.source, sides.fresh, site
        self.target, self.entry = sides.target, sides.entry
        self.kept: list[str] = []
        self._listed, self._drafts = lists, drafts
        self._translated = {slot.path for slot in sides.source.fields}
        self._lists = _list_keys(sides.source)
        self._spelled = {key.casefold(): key for key in self.target.values}

    def changes(self) -> Iterator[Change]:
        """The changes, in the order of the fresh front matter."""
        after = ""
        for key in self.fresh.values:
            if key not in self.site.draft_mark or key in self.source.values:
                yield from self._key(key, after)
                after = self._spelled.get(key.casefold(), after)
        ours = {key.casefold() for key in self.fresh.values}
        for key in self.target.values:
            if key.casefold() not in ours:
                yield from self._vanished(key)
        yield from draft_marks(self.source, self.target, self.site, drafts=self._drafts)

    def lost_with_the_front(self) -> list[str]:
        """Keys whose values only the existing file has: lost if its front matter were replaced."""
        list(self.changes())
        keys = [key for key in self.target.values if self._role(key) is Role.KEEP]
        ours = {key.casefold() for key in self.fresh.values}
        keys += [key for key in self.target.values if key.casefold() not in ours]
        marks = self.site.draft_mark
        base = {key for key in self.entry.copied if self._is_as_built(key)}
        return sorted({*self.kept, *keys} - base - set(marks))

    def _role(self, key: str) -> Role:
        return self.site.fields.role(key)

    def _key(self, key: str, after: str) -> Iterator[Change]:
        role, there = self._role(key), self._spelled.get(key.casefold())
        translated = any(path[0] == key for path in self._translated)
        if role in (Role.KEEP, Role.LOCALE) or (self._drafts and key in self.site.draft_mark):
            return
        if there is None:
            removed = key in self.entry.copied or key in self.entry.links
            if not removed or (translated and key not in self._lists):
                yield from self._copy(key, after)
        elif role is Role.LINKS and _is_flat(self.fresh.values[key], self.target.values[there]):
            yield from self._links(key, there)
        elif key in self._lists:
            yield from self._list(key, there)
        elif translated:
            yield from self._texts(key, there)
        else:
            yield from self._copied(key, there)

    def _copy(self, key: str, after: str = "") -> Iterator[Change]:
        """The fresh entry, unless the file spells the key in its own way."""
        if self.fresh.front is None or self._spelled.get(key.casefold(), key) != key:
            self.kept.append(key)
        else:
            yield CopyEntry(key, self.fresh.front, after)

    def _links(self, key: str, there: str) -> Iterator[Change]:
        ours, theirs = self.fresh.list_items(key), self.target.list_items(there)
        merged = merged_links(self.entry.links.get(key, ()), ours, theirs)
        if merged != theirs:
            yield SetItems(there, merged)

    def _list(self, key: str, there: str) -> Iterator[Change]:
        if key in self._listed and self.fresh.list_items(key) != self.target.list_items(there):
            yield set_items(there, self.target.values[there], self.fresh.list_items(key))

    def _texts(self, key: str, there: str) -> Iterator[Change]:
        """A key with translated values under it: value by value where its shape is the same."""
        ours = dict(scalars(self.fresh.values[key], (key,)))
        theirs = dict(scalars(self.target.values[there], (key,)))
        persons = self._is_a_persons(key, ours, theirs)
        if persons:
            self.kept.append(key)
        if ours.keys() != theirs.keys():
            yield from () if persons else self._copy(key)
            return
        for path, text in ours.items():
            wanted = path in self._translated or not persons
            if wanted and text.rstrip("\n") != theirs[path].rstrip("\n"):
                yield SetText((there, *path[1:]), text.rstrip("\n"))

    def _is_a_persons(self, key: str, ours: Mapping[Path, str], theirs: Mapping[Path, str]) -> bool:
        """Whether the copied parts of a value are neither the source's of now nor of then."""
        now, there = blanked(ours, self._translated), blanked(theirs, self._translated)
        return there not in (now, self.entry.copied.get(key))

    def _copied(self, key: str, there: str) -> Iterator[Change]:
        ours, theirs = self.fresh.values[key], self.target.values[there]
        if ours == theirs:
            return
        marked = key in self.site.draft_mark and theirs == _spelling(self.site.draft_mark[key])
        if marked or value_digest(theirs) == self.entry.copied.get(key):
            yield from self._copy(key)
        else:
            self.kept.append(key)

    def _vanished(self, key: str) -> Iterator[Change]:
        """A key that the source no longer has goes, unless a person put something there."""
        if self._role(key) is Role.KEEP:
            return
        if key in self.entry.links:
            theirs = self.target.list_items(key)
            extras = merged_links(self.entry.links[key], (), theirs)
            if extras != theirs or not theirs:
                yield SetItems(key, extras) if extras else Remove(key)
        elif key in self.entry.copied:
            if self._is_as_built(key):
                yield Remove(key)
            else:
                self.kept.append(key)

    def _is_as_built(self, key: str) -> bool:
        """Whether the copied parts of the file's value are those of the last build."""
        if key not in self.target.values or key not in self.entry.copied:
            return False
        value = self.target.values[key]
        translated = {slot.path for slot in self.target.fields}
        found = (value_digest(value), blanked(dict(scalars(value, (key,))), translated))
        return self.entry.copied[key] in (*found, _TRANSLATED)


def draft_marks(
    source: TermFile, target: TermFile, site: Site, *, drafts: bool
) -> Iterator[Change]:
    """What marks a file that holds drafts, put in or taken out."""
    for key, value in site.draft_mark.items():
        text = _spelling(value)
        there = target.values.get(key)
        if drafts and there != text:
            if there is not None:
                yield Remove(key)
            yield AddText(key, text, literal=not isinstance(value, str))
        elif not drafts and key not in source.values and there == text:
            yield Remove(key)


def _spelling(value: str | bool | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def set_items(key: str, like: Value, items: Sequence[str]) -> Change:
    """The change that gives a list its items; a single value stays one where one is enough."""
    if isinstance(like, str) and len(items) == 1:
        return SetText((key,), items[0])
    return SetItems(key, tuple(items))


def _is_flat(*values: Value) -> bool:
    """Whether values are single slugs or lists of them: what can be merged as a list of links."""
    return all(
        isinstance(item, str)
        for value in values
        for item in (value if isinstance(value, list) else [value])
    )


def merged_links(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Three-way merge of lists of slugs: the source's additions and removals, their order."""
    removed = set(base) - set(ours)
    added = [slug for slug in dict.fromkeys(ours) if slug not in base and slug not in theirs]
    return (*(slug for slug in theirs if slug not in removed), *added)


def value_digest(value: Value) -> str:
    """Short hash of a front-matter value: 8 hex digits."""
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True), 4)


def blanked(values: Mapping[Path, str], translated: set[Path]) -> str:
    """Hash of a value without its translated parts; a mark where nothing else is left."""
    rest = {str(path): text for path, text in values.items() if path not in translated}
    return value_digest(dict(sorted(rest.items()))) if rest else _TRANSLATED


def _list_keys(source: TermFile) -> set[str]:
    return {str(s.path[0]) for s in source.fields if s.segment.kind is Kind.LIST}


def copied_and_links(
    source: TermFile, site: Site
) -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """What the lock remembers of a source's front matter: the base of the next merge."""
    translated = {slot.path for slot in source.fields}
    lists = _list_keys(source)
    copied: dict[str, str] = {}
    links: dict[str, tuple[str, ...]] = {}
    for key, value in source.values.items():
        role = site.fields.role(key)
        if role is Role.LINKS and _is_flat(value):
            links[key] = source.list_items(key)
        elif key in lists:
            copied[key] = _TRANSLATED
        elif any(path[0] == key for path in translated):
            copied[key] = blanked(dict(scalars(value, (key,))), translated)
        elif role not in (Role.KEEP, Role.LOCALE):
            copied[key] = value_digest(value)
    return MappingProxyType(copied), MappingProxyType(links)
