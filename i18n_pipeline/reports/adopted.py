"""What adopting came to, in words: the counts, and both sides of what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from i18n_pipeline.reports.report import Adoption
from i18n_pipeline.reports.tongue import Tongue

if TYPE_CHECKING:
    from i18n_pipeline.stages.adopting import LeftOver

_SHOWN = 100
"""How many characters of a text are shown."""


def adoption_lines(adoption: Adoption, tongue: Tongue, most: int | None) -> Iterator[str]:
    """The lines of a locale; `most` bounds how many texts are shown."""
    texts, number = tongue.counted(adoption.segments, "text"), tongue.number
    yield (
        f"adopted {tongue.counted(adoption.files, 'file')} with {texts}: "
        f"{number(adoption.reviewed)} reviewed, {number(adoption.needs_review)} to review, "
        f"{number(adoption.left)} left over "
        "(places in pages; units, above, count a text once)"
    )
    if adoption.older:
        yield f"{tongue.counted(adoption.older, 'file')} made from an older source"
    yield from _left(adoption.remaining, tongue, most)


def _left(remaining: Sequence[LeftOver], tongue: Tongue, most: int | None) -> Iterator[str]:
    """Texts of the locale's files that belong nowhere, each file's with what its source has more.

    Where not all is told, files that only lack texts are left out.
    """
    left = {one.slug for one in remaining if not one.of_source}
    told = [one for one in remaining if most is None or one.slug in left]
    told.sort(key=lambda one: one.slug)
    for one in told[:most]:
        side = "source without a translation" if one.of_source else "left over"
        why = f" ({one.why})" if one.why else ""
        text = one.text.replace("\n", " ")
        short = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
        place = f"{one.path}:{one.line}" if one.line else one.path
        yield f"  {place}: {side}{why}: {one.kind}: {short}"
    if most is not None and len(remaining) > most:
        more = tongue.number(len(remaining) - most)
        yield f"  … and {more} more texts (--verbose shows all)"
