"""Which unit a text of an edited file is a text of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from i18n_pipeline.config import Role
from i18n_pipeline.model import Catalog, Segment, Unit, context_of, place_of
from i18n_pipeline.stages.saying import said, short
from i18n_pipeline.stages.taking.page import FileText, ReadBack, in_source_form
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace

Forms = Callable[[str, FileText], Iterable[str]]
"""Short hashes of what a unit's text could say where a text of a file stands."""


@dataclass(frozen=True)
class Edited:
    """An edited file that was read back, with its source as it is now.

    `unsure`: what we left there is not known for certain, so a unit that says something else than
    the file is never taken for untouched.
    """

    term: Term
    back: ReadBack
    unsure: bool = False

    @property
    def path(self) -> str:
        """The file's path."""
        return self.back.page.path


@dataclass(frozen=True, slots=True)
class Claim:
    """A text of a file and the unit it is a text of; `segment` is the source's, if it is there."""

    file: Edited
    text: FileText
    unit: Unit
    segment: Segment | None = None

    def saying(self, text: str) -> Claim:
        """The same claim, had the file another text there."""
        return replace(self, text=replace(self.text, text=text))


class Owners:
    """The units of a locale, found by the short hashes of their sources."""

    def __init__(self, catalog: Catalog, forms: Mapping[str, Forms]) -> None:
        self._catalog, self._forms = catalog, forms
        self._index: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
        for unit in catalog.units:
            self._index[unit.slug, unit.field, short(unit.source)].append(unit)

    def claim(self, file: Edited, text: FileText) -> Claim | None:
        """Whose text it is; None where its source is known to nobody any more."""
        segment = _segment(file.term, text)
        slug = file.term.slug
        if segment is not None:
            key = context_of(slug, segment), segment.source
            away = self._catalog.obsolete_by_key.get(key, Unit(*key))
            unit = self._catalog.unit_for(slug, segment) or away
            return Claim(file, text, unit, segment)
        fields = file.back.page.fields
        shared = fields.role(text.segment.field) is Role.VOCABULARY
        found = self._index["" if shared else slug, text.segment.field, text.source]
        alike = [unit for unit in found if text.base in self.says(unit, file, text)]
        return next((Claim(file, text, unit) for unit in (*alike, *found)), None)

    def says(self, unit: Unit, file: Edited, text: FileText) -> frozenset[str]:
        """Short hashes of what a unit could say in the place of a file's text; none if nothing."""
        if not unit.target:
            return frozenset()
        return frozenset(self._forms[file.term.slug](unit.target, text))


def _segment(term: Term, text: FileText) -> Segment | None:
    """The source's segment that a text translates, where it still has it and it is clear which."""
    field = text.segment.field
    every = (one for one in term.segments if one.field == field)
    found = [one for one in every if short(one.source) == text.source]
    if len(found) == text.count:
        return found[text.nth]
    return found[0] if len(set(map(place_of, found))) == 1 else None


def means(claim: Claim) -> str:
    """What a claim's text says in the source's form, to be compared."""
    segment, page = claim.text.segment, claim.file.back.page
    text = in_source_form(claim.text.text, segment, page)
    return said(text, segment, page.file.body.extensions)
