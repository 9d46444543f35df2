"""Which texts the receipts hold for the units of a locale, and how each came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.memory.receipts import Receipt, Receipts, about
from i18n_pipeline.model import Segment, Unit
from i18n_pipeline.pipeline.terminology import glossary_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.placeholders import Form
from i18n_pipeline.stages.ladder import Able, Climber, Next, Put, Reply, advance, put
from i18n_pipeline.stages.pretranslate import Ask, Terminology, asks_for
from i18n_pipeline.values import dataclass, replace

Came = tuple[str, str, str]
"""How an answer came: the engine as reports call it, its model, and when."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text that receipts hold for a unit, as its draft, and how it came."""

    draft: Unit
    segment: Segment
    engine: str
    model: str
    when: str


def answers(work: Work, receipts: Receipts) -> Iterator[Given]:
    """All texts that could come back for the units of a locale: of any engine, model and run.

    They are put together as a run would put them, whatever terms were in force when they came.
    """
    kept: dict[str, list[Receipt]] = defaultdict(list)
    for one in receipts.all(work.locale):
        kept[one.about].append(one)
    return _Answers(work, kept).all() if kept else iter(())


class _Answers:
    def __init__(self, work: Work, kept: Mapping[str, Sequence[Receipt]]) -> None:
        self._work, self._kept = work, kept
        required = glossary_of(work, drafts=False)
        self._terms = (Terminology(required), Terminology(glossary_of(work), required))

    def all(self) -> Iterator[Given]:
        for unit in self._work.units:
            segment = self._work.segments.get(unit.key)
            if segment is not None and segment.is_translation and not unit.obsolete:
                yield from self._of(replace(unit, target=""), segment)

    def _of(self, unit: Unit, segment: Segment) -> Iterator[Given]:
        seen: set[tuple[str, Came]] = set()
        for terms in self._terms:
            asks = tuple(asks_for(unit, segment, terms, self._work.extensions))
            for able in _FORMS:
                for came in self._came(asks, able):
                    draft = self._drafted(Climber(unit, segment, asks, (able,), _anything), came)
                    if draft.target and (draft.target, came) not in seen:
                        seen.add((draft.target, came))
                        yield Given(draft, segment, *came)

    def _came(self, asks: Sequence[Ask], able: Able) -> tuple[Came, ...]:
        """How answers to a unit's texts in one form came."""
        puts = (put(ask, able, able.forms[0]) for ask in asks)
        texts = (text for one in puts for text in one.asked)
        found = (receipt for text in texts for receipt in self._kept.get(about(text), ()))
        return tuple(dict.fromkeys(map(_came, found)))

    def _drafted(self, climber: Climber, came: Came) -> Unit:
        """The unit with the newest answers that came in one way; without a text if some lack."""

        def replies(_put: Put, text: str) -> list[Reply]:
            kept = reversed(self._kept.get(about(text), ()))
            return [Reply(one.text, one.provider, one.fault) for one in kept if _came(one) == came]

        step = advance(climber, replies)
        return climber.unit if isinstance(step, Next) else step


def _came(receipt: Receipt) -> Came:
    return receipt.provider, receipt.model, receipt.when


def _anything(_draft: Unit) -> tuple[()]:
    return ()


_FORMS = tuple(
    Able("", (form,), told, lambda _text: True) for told in (True, False) for form in Form
)
"""Engines that take a text in one form each, told the glossary or not."""
