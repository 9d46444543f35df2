"""Rows that fell apart: a source that is not its id's, a translation that is another unit's.

A spreadsheet that sorts one column and not the others does that, and so does a tool that merges
two versions of a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.packages import Returned, target_hash
from i18n_pipeline.model import Key

_BLANK = expression(r"\s+")


def misfit(key: Key, one: Returned) -> str:
    """Why a unit is not the one that its id says; "" where it is. Blanks mean nothing in that."""
    if one.id and _letters(one.source) != _letters(key[1]):
        return "its source is not the one that went out with this id"
    return ""


def _letters(text: str) -> str:
    return _BLANK.sub("", normalize("NFC", text))


class Moved:
    """Knows which translations of a package went out with another of its units."""

    def __init__(self, returned: Iterable[Returned]) -> None:
        self._gone: dict[str, set[str]] = defaultdict(set)
        for one in returned:
            if one.exported is not None and one.exported.target and not one.is_untouched:
                self._gone[one.exported.target].add(one.source)

    def reason(self, one: Returned) -> str:
        """Why a translation is taken for another unit's, which has lost it; "" where it is not."""
        if one.is_untouched or not self._gone:
            return ""
        sources = self._gone.get(target_hash(one.target), set()) - {one.source}
        return "its translation went out with another unit, which has another one now" * bool(
            sources
        )
