"""What translators said beside a unit that goes without a translation, kept beside another unit.

PO has no place for it: gettext drops an obsolete unit without a text. So its lines stand, with what
they were about, at a unit of the same term; where nothing is left of that, at the first there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from i18n_pipeline.model import Key, Unit
from i18n_pipeline.values import replace

_ABOUT = "On "
_LONGEST = 60


def with_remarks(units: Sequence[Unit], gone: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units with the comments of those that are gone, each line once.

    `units` are active ones in their order, then obsolete ones, as they stay; where there are none,
    nothing can be kept.
    """
    kept = {(unit.key, unit.obsolete): unit for unit in units}
    for one in gone:
        place = _place(units, one)
        if place is not None:
            unit = kept[place]
            known = set(unit.comments)
            new = tuple(line for line in _lines(one) if line not in known)
            kept[place] = replace(unit, comments=(*unit.comments, *new))
    return tuple(kept.values())


def _place(units: Sequence[Unit], gone: Unit) -> tuple[Key, bool] | None:
    """Which unit takes the comments: of the same field, of the same term, or any."""
    nearest = max(
        units,
        key=lambda unit: (
            unit.slug == gone.slug,
            not unit.obsolete,
            unit.field == gone.field,
        ),
        default=None,
    )
    return None if nearest is None else (nearest.key, nearest.obsolete)


def _lines(gone: Unit) -> Iterator[str]:
    about = " ".join(gone.source.split())
    if len(about) > _LONGEST:
        about = about[: _LONGEST - 1].rstrip() + "…"
    for line in filter(str.strip, gone.comments):
        yield line if line.startswith(_ABOUT) else f"{_ABOUT}{gone.context} “{about}”: {line}"
