"""By hand: the receipt of the answer that a unit's draft was, as far as it is on this machine.

Nothing in a unit names its receipt. It is found by putting the source as engines are put it, and by
the draft's hash: a receipt is the one if what becomes of its answer has that hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from i18n_pipeline.memory.receipts import Receipt, Receipts
from i18n_pipeline.model import Key, QualityIssue, Segment, Severity, Unit, draft_hash
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.placeholders import Form
from i18n_pipeline.stages.ladder import Able, Climber, Put, Reply, advance
from i18n_pipeline.stages.pretranslate import Terminology, asks_for
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import PRIVATE

_LATEST = 5
"""How many answers to one text are looked at."""


@dataclass(frozen=True)
class ReceiptsOf:
    """Finds the receipts of a locale's units."""

    work: Work

    def find(self, unit: Unit) -> Receipt | None:
        """The receipt of the draft that a unit's text is, or was before a person edited it."""
        origin, segment = unit.origin, self._segment(unit)
        drafted = origin is not None and origin.draft and kind_of(origin) is OriginKind.MACHINE
        if origin is None or segment is None or not drafted:
            return None
        for skipped in range(_LATEST):
            found = _Trial(self._receipts, self.work.locale, skipped)
            climber = self._climber(unit, segment, origin.draft)
            done = advance(climber, found.replies, gone=("",))
            if isinstance(done, Unit) and done.target:
                return found.last
            if found.last is None:
                return None
        return None

    def _segment(self, unit: Unit) -> Segment | None:
        key: Key = (unit.context.partition("#")[0], unit.source)
        return self.work.segments.get(unit.key) or self.work.segments.get(key)

    def _climber(self, unit: Unit, segment: Segment, wanted: str) -> Climber:
        asks = asks_for(unit, segment, self._terms, self.work.extensions)
        empty = replace(unit, target="", reviewed=False, origin=None)
        return Climber(empty, segment, tuple(asks), _CHAIN, lambda draft: _fault(draft, wanted))

    @cached_property
    def _receipts(self) -> Receipts:
        return Receipts(self.work.project.workspace.root / PRIVATE)

    @cached_property
    def _terms(self) -> Terminology:
        return Terminology(glossary_of(self.work), glossary_of(self.work, drafts=False))


_CHAIN = tuple(
    Able("", (form,), told, lambda _text: True) for told in (True, False) for form in Form
)
"""All ways in which a text is put to engines."""


@dataclass
class _Trial:
    """Gives the answers on this machine, some of the newest left out; `last` is the last given."""

    receipts: Receipts
    locale: str
    skipped: int
    last: Receipt | None = None

    def replies(self, _put: Put, text: str) -> Sequence[Reply]:
        """The answers to a text, as an engine's replies."""
        found = self.receipts.answers(self.locale, text)[self.skipped :]
        self.last = found[0] if found else self.last
        return [Reply(one.text, one.provider, one.fault) for one in found]


def _fault(draft: Unit, wanted: str) -> Iterator[QualityIssue]:
    """What keeps a draft from being the one with a hash."""
    if draft_hash(draft.target) != wanted:
        yield QualityIssue("other", Severity.ERROR, False, "another draft")
