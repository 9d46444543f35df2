"""What the lock remembers of a source's front matter: the base of the next three-way merge.

Links are remembered as they are, of everything else a short hash: enough to tell whether a value
in a built file is still the one that was put there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from enum import Enum, auto
from types import MappingProxyType

from i18n_pipeline.config import Role
from i18n_pipeline.formats.front_matter import Path, Value, scalars
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import Kind, digest
from i18n_pipeline.stages.site import Site
from i18n_pipeline.values import dataclass


class Way(Enum):
    """How a key of the source comes into a locale's file."""

    OWN = auto()
    """Not at all: each file has its own value (its locale, a field that is kept)."""
    LINKS = auto()
    """A list of slugs, merged with the file's."""
    LIST = auto()
    """A localized list, written anew by the translator."""
    TEXTS = auto()
    """Translated values, copied ones between them."""
    COPY = auto()
    """As it is in the source."""


_TRANSLATED = digest("translated", 4)
"""Stands in the lock for a value of which nothing is copied from the source."""


def ways_of(source: TermFile, site: Site) -> Mapping[str, Way]:
    """The way of each key of a source's front matter, in its order."""
    kinds = {str(slot.path[0]): slot.segment.kind for slot in source.fields}
    return {key: _way(key, value, kinds, site) for key, value in source.values.items()}


def _way(key: str, value: Value, kinds: Mapping[str, Kind], site: Site) -> Way:
    role = site.fields.role(key)
    if role in (Role.KEEP, Role.EXTRA, Role.LOCALE):
        return Way.OWN
    if role is Role.LINKS and is_flat(value):
        return Way.LINKS
    if key in kinds:
        return Way.LIST if kinds[key] is Kind.LIST else Way.TEXTS
    return Way.COPY


@dataclass(frozen=True)
class Base:
    """What a lock entry holds of front matter: hashes of what was copied, and slugs, by key."""

    copied: Mapping[str, str]
    links: Mapping[str, tuple[str, ...]]


def base_of(source: TermFile, site: Site) -> Base:
    """What to remember of a source once its file is built."""
    copied: dict[str, str] = {}
    links: dict[str, tuple[str, ...]] = {}
    for key, way in ways_of(source, site).items():
        match way:
            case Way.LINKS:
                links[key] = source.list_items(key)
            case Way.LIST:
                copied[key] = _TRANSLATED
            case Way.TEXTS:
                copied[key] = _copied_parts_of(source, key)
            case Way.COPY:
                copied[key] = value_hash(source.values[key])
    return Base(MappingProxyType(copied), MappingProxyType(links))


def is_as_built(remembered: str, key: str, target: TermFile) -> bool:
    """Whether what is copied in the value of a file's key is what was remembered of it."""
    found = (value_hash(target.values[key]), _copied_parts_of(target, key))
    return remembered in (*found, _TRANSLATED)


def as_remembered(remembered: str, key: str, before: TermFile, now: TermFile) -> str:
    """What is remembered of a source's value, once the source says `now` what it said `before`."""
    for hashed in (_value_hash_of, _copied_parts_of):
        if key in before.values and key in now.values and remembered == hashed(before, key):
            return hashed(now, key)
    return remembered


def _value_hash_of(file: TermFile, key: str) -> str:
    return value_hash(file.values[key])


def _copied_parts_of(file: TermFile, key: str) -> str:
    return copied_parts(dict(scalars(file.values[key], (key,))), translated_in(file))


def translated_in(file: TermFile) -> frozenset[Path]:
    """Where translated values stand in a file's front matter."""
    return frozenset(slot.path for slot in file.fields)


def value_hash(value: Value) -> str:
    """Short hash of a front-matter value: 8 hex digits."""
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True), 4)


def copied_parts(values: Mapping[Path, str], translated: Collection[Path]) -> str:
    """Hash of scalars without the translated ones; a mark where nothing else is left."""
    rest: dict[str, Value] = {
        str(path): text for path, text in values.items() if path not in translated
    }
    return value_hash(rest) if rest else _TRANSLATED


def is_flat(value: Value) -> bool:
    """Whether a value is a single slug or a list of them: what can be merged as links."""
    return all(isinstance(item, str) for item in (value if isinstance(value, list) else [value]))
