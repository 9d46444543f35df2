"""TMX → pairs of two languages, as far as they can be used; the others are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from i18n_pipeline.formats.tmx.parsing import LARGEST, decoded, parse
from i18n_pipeline.formats.tmx.units import NOWHERE, Place, TmxUnit, Variant
from i18n_pipeline.locales import closest, is_variety
from i18n_pipeline.values import dataclass, field

__all__ = ["LARGEST", "Pair", "Read", "read_tmx"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation. `exact`: the target is in the very variety that was asked for.

    `de-DE` is for `de`, `pt-BR` is not for `pt`. A source in any variety will do.
    """

    source: str
    target: str
    exact: bool = True
    place: Place = NOWHERE


@dataclass(frozen=True)
class Read:
    """What a file has for two locales: pairs in file order, each once, and what was left out.

    `left_out` counts units by the reason; `tags` are the languages of the file, as it spells them.
    """

    pairs: tuple[Pair, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


def read_tmx(data: bytes, source: str, targets: Sequence[str]) -> Mapping[str, Read]:
    """The pairs of a file by target locale.

    Languages are matched as BCP 47 has them: `pt` serves `pt-BR` and the other way, two regions or
    two scripts never each other. Raises BadFile with line and column.
    """
    sorter = _Sorter(source, targets)
    parse(decoded(data), sorter.take)
    tags = tuple(sorter.tags)
    return {
        target: Read(tuple(dict.fromkeys(pairs)), dict(sorter.left_out[target]), tags)
        for target, pairs in sorter.pairs.items()
    }


class _Sorter:
    """Takes units one by one, and keeps what each locale can use."""

    def __init__(self, source: str, targets: Sequence[str]) -> None:
        self._source = source
        self.pairs: dict[str, list[Pair]] = {target: [] for target in targets}
        self.left_out: dict[str, Counter[str]] = {target: Counter() for target in targets}
        self.tags: dict[str, None] = {}

    def take(self, unit: TmxUnit, _start: int, _end: int) -> None:
        tags = tuple(dict.fromkeys(variant.tag for variant in unit.variants))
        self.tags.update(dict.fromkeys(tags))
        sources = _of(unit, _closest(self._source, tags))
        for target, pairs in self.pairs.items():
            tag = _closest(target, tags)
            for one in sources if tag is not None else ():
                for other in _of(unit, tag):
                    if fault := one.fault or other.fault:
                        self.left_out[target][fault] += 1
                    else:
                        exact = is_variety(other.tag, target)
                        pairs.append(Pair(one.text, other.text, exact, unit.place))


def _of(unit: TmxUnit, tag: str | None) -> Sequence[Variant]:
    return [variant for variant in unit.variants if variant.tag == tag]


@lru_cache(maxsize=1024)
def _closest(wanted: str, tags: tuple[str, ...]) -> str | None:
    """The tag that serves a locale; None for what is no tag, or no locale of ours."""
    return closest(wanted, tags)
