"""The units of a locale while a package is received, and which of them one that came back is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.formats.packages import Returned, unit_id
from i18n_pipeline.model import Key, Unit


class Places:
    """The units of a locale while a package is received: by key, and as a package calls them."""

    def __init__(
        self, units: Sequence[Unit], slugs: frozenset[str], returned: Iterable[Returned]
    ) -> None:
        self.active = {unit.key: unit for unit in units if not unit.obsolete}
        self.obsolete = {unit.key: unit for unit in units if unit.obsolete}
        self._by_id = {unit_id(key): key for key in (*self.obsolete, *self.active)}
        self._slugs = slugs | {unit.slug for unit in units} | {""}
        returned = tuple(returned)
        self._is_ours = any(one.id in self._by_id for one in returned)
        self._renamed = dict(_renamed(self.active, returned))

    @property
    def units(self) -> tuple[Unit, ...]:
        """All of them: active ones in their order, then obsolete ones by key."""
        obsolete = sorted(self.obsolete.values(), key=lambda unit: unit.key)
        return (*self.active.values(), *obsolete)

    def key_of(self, one: Returned) -> Key | str:
        """The unit that came back, or why there is none.

        Its id says which it was, as long as its source is what it was; whatever else is in the
        file is only needed where that source is gone. A term that is gone as a whole is believed
        to have been one of ours if another unit of the file is.
        """
        said = (one.context, one.source)
        key = self._by_id.get(one.id or unit_id(said))
        if key is not None:
            return key
        slug, _, field = one.context.rpartition("/")
        heir = (f"{self._renamed.get(slug, slug)}/{field}", one.source)
        if heir in self.active:
            return heir
        if not one.id:
            return "no unit has this place and this source"
        if unit_id(said) != one.id:
            return "its source is gone, and the file does not say what it was"
        was_ours = slug in self._slugs or (self._is_ours and one.exported is not None)
        return said if was_ours else f"there is no term {slug}"


def _renamed(active: Mapping[Key, Unit], returned: Iterable[Returned]) -> Iterator[tuple[str, str]]:
    """Slugs that are gone since a package went out, and those that have most of their texts now."""
    there = {key[0].rpartition("/")[0] for key in active}
    texts: dict[Key, set[str]] = defaultdict(set)
    for context, source in active:
        slug, _, field = context.rpartition("/")
        texts[field, source].add(slug)
    gone: dict[str, list[set[str]]] = defaultdict(list)
    for one in returned:
        slug, _, field = one.context.rpartition("/")
        if slug and slug not in there and one.exported is not None:
            gone[slug].append(texts.get((field, one.source), set()))
    for slug, found in gone.items():
        best = [*Counter(s for one in found for s in one).most_common(2), ("", 0), ("", 0)]
        if 2 * best[0][1] > len(found) and best[0][1] > best[1][1]:
            yield slug, best[0][0]
