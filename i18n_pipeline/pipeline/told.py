"""What a report of a locale is about: the order, the work done, what was built, who was asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from i18n_pipeline.model import QualityIssue
from i18n_pipeline.pipeline.engines import Engine
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.policing import police
from i18n_pipeline.pipeline.standing_texts import refused
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import some
from i18n_pipeline.reports.report import (
    Drafts,
)
from i18n_pipeline.stages.policy import Violation
from i18n_pipeline.stages.pretranslate import wants_draft
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.adopting import AllAdopted


@dataclass(frozen=True)
class Told:
    """What a report of a locale is about."""

    order: Order
    work: Work
    output: Output
    engine: Engine
    adopted: AllAdopted | None = None

    @property
    def whole(self) -> bool:
        """Whether every name is told, and not only the first of many."""
        return self.order.options.every_name

    def some(self, things: Iterable[str]) -> str:
        """Names, as many as are told."""
        return some(things, whole=self.whole)

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What the policy does not allow, where that was asked: a check is asking."""
        return police(self.work, self.order.options.slugs) if self.order.does.compares else ()

    @cached_property
    def refused(self) -> tuple[QualityIssue, ...]:
        """What safety rules keep out of built files, of texts that do not stand there yet."""
        return refused(self.work)

    @cached_property
    def drafts(self) -> Drafts:
        """Terms that a machine drafted in this run: whole ones, and those that still wait."""
        if not self.engine.translates:
            return Drafts()
        asked = set(self.work.asked.slugs)
        asked |= {key[0].rpartition("/")[0] for key in self.work.asked.waiting}
        open_slugs = {
            unit.slug
            for unit in self.work.units
            if wants_draft(unit, self.work.segments.get(unit.key))
        }
        asked.discard("")
        elsewhere = self.work.files.rest.shares
        open_slugs |= {one for one in asked & elsewhere.keys() if elsewhere[one].waits}
        return Drafts(tuple(sorted(asked - open_slugs)), tuple(sorted(asked & open_slugs)))
