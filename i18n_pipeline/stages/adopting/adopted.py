"""What adopting one file comes to: units, what the lock is to know, and what was left over."""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.model import Key, Kind, Unit
from i18n_pipeline.stages.adopting.vocabulary import Use
from i18n_pipeline.stages.remembered import Block
from i18n_pipeline.values import dataclass, field


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A text without a counterpart: of the locale's file, or (`of_source`) of the source's.

    `line` is that of `path`, `why` says what is known about the reason.
    """

    slug: str
    path: str
    line: int
    kind: Kind
    text: str
    of_source: bool = False
    why: str = ""


@dataclass(frozen=True)
class Adopted:
    """A locale's file read into units.

    `units` are named by the texts of the source as it was when they were translated. `texts` says
    how many texts of the file each of them stands for; `left` are the others, with those of the
    source that nothing translates. `uses` are values of vocabularies, which all files decide
    together, `blocks` what the lock is to know of the file's body, and `omitted` what of the
    source's it does not have.
    """

    units: tuple[Unit, ...] = ()
    texts: Mapping[Key, int] = field(default_factory=dict)
    left: tuple[LeftOver, ...] = ()
    uses: tuple[Use, ...] = ()
    blocks: tuple[Block, ...] = ()
    omitted: tuple[str, ...] = ()
