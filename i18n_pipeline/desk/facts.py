"""What is known of a project and does not change with every decision; found when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from i18n_pipeline.desk.cells import cell_words
from i18n_pipeline.desk.opened import Opened
from i18n_pipeline.desk.recalling import Approved, Others, Recall
from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import QualityIssue, Unit
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.stages.edits import Ground
from i18n_pipeline.stages.risk import Risk
from i18n_pipeline.stages.spending import links_to
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, field

_FRESH = 10
"""After so many decisions the memory is gone through anew."""


@dataclass(frozen=True, slots=True)
class Known:
    """The risk of a unit, and what that was found from."""

    unit: Unit
    issues: Sequence[QualityIssue]
    risk: Risk


@dataclass
class Facts:
    """The facts of a project as it was read, and the locale that it was first looked at with.

    `risks` are what was found of units so far, by their names.
    """

    project: Project
    opened: Opened
    risks: dict[str, Known] = field(default_factory=dict)
    _cells: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _recalled: tuple[int, Recall] | None = None
    _others: tuple[Mapping[str, str], Others] | None = None
    _approved: Approved | None = None

    @cached_property
    def links(self) -> Counter[str]:
        """How many other terms lead to each term."""
        source = self.project.config.settings(self.project.config.source)
        slug_of, extensions = self.opened.work.addresses.slug_of, source.markdown.extensions
        return links_to(self.project.terms, source.fields, slug_of, extensions)

    @cached_property
    def ground(self) -> Ground:
        """What edits of sources are looked at with: for numbers and denials no names are needed."""
        source = self.project.config.source
        return Ground(source, self.project.config.settings(source).markdown.extensions)

    @property
    def others(self) -> Others:
        """What other locales say, as it was when somebody last looked for that."""
        if self._others is None:
            self.look_elsewhere()
        return self._others[1] if self._others else Others(self.project, self.opened.work.locale)

    def look_elsewhere(self) -> None:
        """Look whether other locales say something else by now."""
        others = Others(self.project, self.opened.work.locale)
        seen = others.seen()
        if self._others is None or self._others[0] != seen:
            self._others = seen, others

    def approved(self, opened: Opened) -> Approved:
        """What people approved of the units, as of now."""
        if self._approved is None or self._approved.units is not opened.by_key:
            self._approved = Approved(opened.by_key, opened.work.segments)
        return self._approved

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The terms that can be worked on, by slug."""
        return {term.slug: term for term in self.opened.work.terms}

    def cell_of(self, unit: Unit) -> str:
        """Where in a table the text of a unit stands first; "" where it is in none."""
        if unit.slug not in self._cells:
            self._cells[unit.slug] = self._read_cells(unit.slug)
        return self._cells[unit.slug].get(unit.source, "")

    def _read_cells(self, slug: str) -> Mapping[str, str]:
        term = self.terms.get(slug)
        if term is None:
            return {}
        slots = term.file.body.slots
        try:
            found = cell_words(term.file.body)
        except BadFile:
            return {}
        return {slots[at].segment.source: found[at] for at in sorted(found, reverse=True)}

    def recall(self, opened: Opened, revision: int) -> Recall:
        """What is remembered, as of a few decisions ago at most."""
        if self._recalled is None or revision - self._recalled[0] >= _FRESH:
            self._recalled = revision, Recall(opened.work)
        return self._recalled[1]
