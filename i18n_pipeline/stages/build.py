"""Build: reviewed units become a locale's term files, spliced into the file that exists.

A file built for the first time is the source's bytes with the texts put in. A file that exists
is changed only where it no longer says what the units say: its own values, order, line breaks and
front-matter style stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, Patch, folded, read_body, written
from i18n_pipeline.formats.front_matter import (
    AddText,
    Change,
    CopyEntry,
    FrontMatter,
    Path,
    Remove,
    SetItems,
    SetText,
    Value,
    at,
    scalars,
)
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.links import Addresses, with_destinations
from i18n_pipeline.markdown import inline_tokens
from i18n_pipeline.model import Kind, LockEntry, Segment, digest
from i18n_pipeline.stages.splice import corrections, segment_hashes, splice
from i18n_pipeline.stages.term import Term


@dataclass(frozen=True)
class Site:
    """What building one locale depends on besides the texts."""

    locale: str
    rules: Rules
    addresses: Addresses
    available: frozenset[str]
    draft_mark: Mapping[str, str | bool | int | float]

    @property
    def fields(self) -> Fields:
        """The roles of front-matter fields."""
        return self.rules.fields


@dataclass(frozen=True)
class Built:
    """A term's file as it should be, its lock entry, and what was left as a person had it.

    `kept` are front-matter fields whose value a person put there; `unplaced` are positions of
    reviewed texts that a stale file has no safe place for.
    """

    data: bytes
    entry: LockEntry
    kept: tuple[str, ...] = ()
    unplaced: tuple[int, ...] = ()


def build(
    term: Term,
    texts: Sequence[str | None],
    site: Site,
    existing: tuple[TermFile, LockEntry] | None = None,
    *,
    drafts: bool = False,
) -> Built:
    """The file of a term whose required segments all have a text (in source form).

    Raises BadFile where the result would not read back as those texts.
    """
    fresh = _fresh(term, texts, site, drafts)
    if existing is None or _kind_of(existing[0].front) is not _kind_of(fresh.front):
        return Built(fresh.data, _entry(term, site, fresh.data))
    target, entry = existing
    merge = _FrontMerge(term, fresh, target, entry, site)
    changes = [*merge.changes(), *_draft_marks(term.file, target, site, drafts)]
    body = splice(target.body, fresh.body)
    data = target.render(changes, [(0, len(target.body.data), body)])
    _check(read_body(data[len(data) - len(body) :], site.rules.extensions), fresh.body, term)
    return Built(data, _entry(term, site, data), tuple(merge.kept))


def correct(
    term: Term, texts: Sequence[str | None], site: Site, existing: tuple[TermFile, LockEntry]
) -> Built:
    """A stale file with the reviewed texts (None where there is none) spliced into it."""
    target, entry = existing
    count = len(term.file.fields)
    local = [
        None if text is None else _localized(text, segment, site)
        for text, segment in zip(texts, term.file.segments, strict=True)
    ]
    changes = [
        SetText(slot.path, text)
        for slot, text in zip(term.file.fields, local, strict=False)
        if text is not None and _differs(target, slot.path, slot.segment.kind, text)
    ]
    slots = term.file.body.slots
    wanted = [
        None if text is None else folded(written(slot.segment.kind, text))
        for slot, text in zip(slots, local[count:], strict=True)
    ]
    segments = [slot.segment for slot in slots]
    patches, lost = corrections(target.body, entry.segments, segments, wanted)
    data = target.render(changes, patches)
    again = read_body(target.body.render(patches), site.rules.extensions)
    if len(again.slots) != len(target.body.slots):
        _fail(term, [slot.segment.source for slot in target.body.slots], again)
    unplaced = tuple(count + at for at in lost)
    return Built(data, replace(entry, built=digest(data), pending=""), unplaced=unplaced)


def _differs(target: TermFile, path: Path, kind: Kind, text: str) -> bool:
    there = at(target.values, path)
    return kind is not Kind.LIST and isinstance(there, str) and there.rstrip("\n") != text


def _fresh(term: Term, texts: Sequence[str | None], site: Site, drafts: bool) -> TermFile:
    """The term as if no file existed: the source's skeleton with the texts in it."""
    source = term.file
    local = [
        None if text is None else _localized(text, segment, site)
        for text, segment in zip(texts, source.segments, strict=True)
    ]
    fields, body = local[: len(source.fields)], local[len(source.fields) :]
    changes = list(_field_changes(source, fields, site))
    changes += _draft_marks(source, source, site, drafts)
    patches: list[Patch] = [
        source.body.patch(slot, text)
        for slot, text in zip(source.body.slots, body, strict=True)
        if text is not None
    ]
    patches += _definition_patches(source.body, site)
    data = source.render(changes, patches)
    fresh = read_term(data, replace(site.rules, fields=site.fields), term.slug, site.locale)
    expected = [
        folded(written(slot.segment.kind, text))
        for slot, text in zip(source.body.slots, body, strict=True)
        if text is not None
    ]
    if [slot.segment.source for slot in fresh.body.slots] != expected:
        _fail(term, expected, fresh.body)
    return fresh


def _field_changes(source: TermFile, texts: Sequence[str | None], site: Site) -> Iterator[Change]:
    for slot, text in zip(source.fields, texts, strict=True):
        if text is None:
            continue
        if slot.segment.kind is Kind.LIST:
            yield SetItems(str(slot.path[0]), tuple(text.split("\n")))
        else:
            yield SetText(slot.path, text)
    key = _key(source.values, site.fields.locale)
    if key in source.values:
        yield SetText((key,), site.locale)


def _key(values: Mapping[str, Value], name: str) -> str:
    """A field's spelling in a file: names match without regard to case."""
    if name in values:
        return name
    return next((key for key in values if key.lower() == name.lower()), name)


def _localized(text: str, segment: Segment, site: Site) -> str:
    if not segment.markdown or not site.addresses.rewrite or "/" not in text:
        return text
    tokens = inline_tokens(text, segment.definitions, site.rules.extensions)
    return with_destinations(
        text, tokens, lambda address: site.addresses.localized(address, site.available)
    )


def _definition_patches(body: Body, site: Site) -> Iterator[Patch]:
    """Link reference definitions are skeleton, but their destinations lead to terms too."""
    for start, end in body.addresses:
        written_as = body.data[start:end].decode()
        bare = written_as.removeprefix("<").removesuffix(">")
        local = site.addresses.localized(bare, site.available)
        if local != bare:
            yield start, end, written_as.replace(bare, local).encode()


def _draft_marks(source: TermFile, target: TermFile, site: Site, drafts: bool) -> Iterator[Change]:
    for key, value in site.draft_mark.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if drafts and key not in target.values:
            yield AddText(key, text, literal=not isinstance(value, str))
        elif not drafts and key not in source.values and target.values.get(key) == text:
            yield Remove(key)


def _kind_of(front: FrontMatter | None) -> type[object]:
    return type(front)


class _FrontMerge:
    """What to change in an existing file's front matter, field by field, three ways.

    The base is what the lock remembers of the last build, ours is the fresh front matter, theirs
    is the file's.
    """

    def __init__(
        self, term: Term, fresh: TermFile, target: TermFile, entry: LockEntry, site: Site
    ) -> None:
        self.source, self.fresh, self.target = term.file, fresh, target
        self.entry, self.fields = entry, site.fields
        self.kept: list[str] = []
        self._translated = {slot.path for slot in term.file.fields}
        self._lists = {str(s.path[0]) for s in term.file.fields if s.segment.kind is Kind.LIST}

    def changes(self) -> Iterator[Change]:
        """The changes, in the order of the fresh front matter."""
        if self.fresh.front is None:
            return
        after = ""
        draft_only = set(self.fresh.values) - set(self.source.values)
        for key in self.fresh.values:
            if key not in draft_only:
                yield from self._key(key, after)
                after = key if key in self.target.values else after
        for key in self.target.values:
            if key not in self.fresh.values:
                yield from self._vanished(key)

    def _key(self, key: str, after: str) -> Iterator[Change]:
        if _named(key, self.fields.keep):
            return
        if _named(key, self.fields.links):
            yield from self._links(key, after)
        elif key in self._lists:
            yield from self._list(key, after)
        elif key not in self.target.values:
            if key not in self.entry.copied:
                yield self._copy(key, after)
        elif any(path[0] == key for path in self._translated) or self._is_locale(key):
            yield from self._translated_key(key)
        else:
            yield from self._copied(key)

    def _copy(self, key: str, after: str = "") -> Change:
        assert self.fresh.front is not None  # noqa: S101  # changes() asked
        return CopyEntry(key, self.fresh.front, after)

    def _is_locale(self, key: str) -> bool:
        return bool(self.fields.locale) and key.lower() == self.fields.locale.lower()

    def _links(self, key: str, after: str) -> Iterator[Change]:
        ours, theirs = self.fresh.list_items(key), self.target.list_items(key)
        base = self.entry.links.get(key, ())
        if key not in self.target.values:
            if key not in self.entry.links:
                yield self._copy(key, after)
            return
        merged = merged_links(base, ours, theirs)
        if merged != theirs:
            yield SetItems(key, merged)

    def _list(self, key: str, after: str) -> Iterator[Change]:
        untranslated = self.fresh.values[key] == self.source.values[key]
        if key not in self.target.values:
            if key not in self.entry.copied:
                yield self._copy(key, after)
        elif not untranslated and self.fresh.list_items(key) != self.target.list_items(key):
            yield SetItems(key, self.fresh.list_items(key))

    def _translated_key(self, key: str) -> Iterator[Change]:
        """A key with translated values under it: value by value, its shape being the same."""
        ours, theirs = self.fresh.values[key], self.target.values[key]
        here = dict(scalars(ours, (key,)))
        there = dict(scalars(theirs, (key,)))
        if here.keys() != there.keys():
            yield self._copy(key)
            return
        copied = {path for path in here if path not in self._translated}
        if self._is_a_persons(here, there, copied, key):
            self.kept.append(key)
            copied = set()
        for path, text in here.items():
            same = text.rstrip("\n") == there[path].rstrip("\n")
            if not same and (path in self._translated or path in copied):
                yield SetText(path, text.rstrip("\n"))

    def _is_a_persons(
        self, here: Mapping[Path, str], there: Mapping[Path, str], copied: set[Path], key: str
    ) -> bool:
        """Whether copied parts of the target differ from the source's of now and of then."""
        if self._is_locale(key) or all(here[path] == there[path] for path in copied):
            return False
        return _blanked(there, self._translated) != self.entry.copied.get(key)

    def _copied(self, key: str) -> Iterator[Change]:
        ours, theirs = self.fresh.values[key], self.target.values[key]
        if ours == theirs:
            return
        if value_digest(theirs) == self.entry.copied.get(key):
            yield self._copy(key)
        else:
            self.kept.append(key)

    def _vanished(self, key: str) -> Iterator[Change]:
        """A key that the source no longer has goes, unless a person put something there."""
        if base := self.entry.links.get(key):
            extras = merged_links(base, (), self.target.list_items(key))
            yield SetItems(key, extras) if extras else Remove(key)
        elif self.entry.copied.get(key) in (value_digest(self.target.values[key]), _TRANSLATED):
            yield Remove(key)


_TRANSLATED = digest("translated", 4)
"""Stands in the lock for a value of which nothing is copied from the source."""


def _named(key: str, names: Sequence[str]) -> bool:
    return key in names or any(key.lower() == name.lower() for name in names)


def merged_links(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Three-way merge of lists of slugs: the source's additions and removals, their order."""
    removed = set(base) - set(ours)
    added = [slug for slug in ours if slug not in base and slug not in theirs]
    return (*(slug for slug in theirs if slug not in removed), *added)


def value_digest(value: Value) -> str:
    """Short hash of a front-matter value: 8 hex digits."""
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True), 4)


def _blanked(values: Mapping[Path, str], translated: set[Path]) -> str:
    """Hash of a value without its translated parts; a mark where nothing else is left."""
    rest = {str(path): text for path, text in values.items() if path not in translated}
    return value_digest(dict(sorted(rest.items()))) if rest else _TRANSLATED


def _entry(term: Term, site: Site, data: bytes) -> LockEntry:
    source, fields = term.file, site.fields
    translated = {slot.path for slot in source.fields}
    lists = {slot.path[0] for slot in source.fields if slot.segment.kind is Kind.LIST}
    copied: dict[str, str] = {}
    links: dict[str, tuple[str, ...]] = {}
    for key, value in source.values.items():
        if _named(key, fields.links):
            links[key] = source.list_items(key)
        elif key in lists:
            copied[key] = _TRANSLATED
        elif any(path[0] == key for path in translated):
            copied[key] = _blanked(dict(scalars(value, (key,))), translated)
        elif not _named(key, (*fields.keep, fields.locale)):
            copied[key] = value_digest(value)
    return LockEntry(
        slug=term.slug,
        source=term.hash,
        built=digest(data),
        copied=MappingProxyType(copied),
        links=MappingProxyType(links),
        segments=segment_hashes(slot.segment.source for slot in source.body.slots),
    )


def _check(body: Body, fresh: Body, term: Term) -> None:
    expected = [slot.segment.source for slot in fresh.slots]
    if [slot.segment.source for slot in body.slots] != expected:
        _fail(term, expected, body)


def _fail(term: Term, expected: Sequence[str], body: Body) -> None:
    found = [slot.segment.source for slot in body.slots]
    pairs = zip(expected, found, strict=False)
    wanted = next((want for want, got in pairs if want != got), (expected or [""])[-1])
    raise BadFile(
        "would-not-read-back",
        f"`{term.slug}` would not read back as its translation near “{wanted[:60]}”",
        mend="look for Markdown in the translation that changes the structure, such as a leading #",
    )
