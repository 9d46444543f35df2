"""The units of a locale while a package is received, and which of them one that came back is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        self._is_ours = any(one.id in self._by_id for one in returned)

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
        if not one.id:
            return "no unit has this place and this source"
        if unit_id(said) != one.id:
            return "its source is gone, and the file does not say what it was"
        slug = one.context.rpartition("/")[0]
        was_ours = slug in self._slugs or (self._is_ours and one.exported is not None)
        return said if was_ours else f"there is no term {slug}"
