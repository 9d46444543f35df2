"""What a run does with single texts and why, told before it writes: afterwards the old is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.model import Catalog, Key, State, Unit
from i18n_pipeline.pipeline.engines import Engine
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.changes import Details, PageChange, TextChange, Treated
from i18n_pipeline.reports.counting import begins
from i18n_pipeline.stages.carrying import Edited, Outcome
from i18n_pipeline.stages.live import PageTexts
from i18n_pipeline.stages.pretranslate import other_notes
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.stages.taking.intake import in_conflict
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass


def details(work: Work, output: Output, engine: Engine) -> Details:
    """What the run does with each page and each unit, in the order of the review file."""
    told = _Told(work, output, engine)
    treated = [(unit, told.why(unit)) for unit in told.units]
    return Details(
        pages=tuple(told.pages()),
        treated=tuple(
            Treated(unit.context, begins(unit.source), why, unit.is_draft, told.is_new(unit))
            for unit, why in treated
            if why
        ),
        settled=sum(not why for _, why in treated),
    )


@dataclass(frozen=True)
class _Told:
    work: Work
    output: Output
    engine: Engine

    @property
    def units(self) -> Iterator[Unit]:
        """The units that the run is about."""
        slugs = {term.slug for term in self.work.terms}
        for unit in self.work.units:
            is_about = unit.slug in slugs or not unit.slug
            if is_about and unit.key in self.work.segments and not unit.obsolete:
                yield unit

    def why(self, unit: Unit) -> str:
        """Why a unit is as it is now; "" for a reviewed one that stayed as it was."""
        parts = (self._of_edit(unit), self._of_text(unit), self._of_safety(unit))
        return "; ".join(filter(None, parts))

    def is_new(self, unit: Unit) -> bool:
        """Whether a unit says something else than before the run, or is reviewed otherwise."""
        old = self._before.get(unit.key)
        if old is None:
            return bool(unit.target) or unit.key in self._edited
        return (old.target, old.reviewed) != (unit.target, unit.reviewed)

    @cached_property
    def _before(self) -> Mapping[Key, Unit]:
        return self.work.files.catalog.by_key

    @cached_property
    def _edited(self) -> Mapping[Key, Edited]:
        return {one.key: one for one in self.work.edited}

    @cached_property
    def _disputed(self) -> frozenset[Key]:
        return frozenset(unit.key for unit in in_conflict(self.work.units))

    def _of_edit(self, unit: Unit) -> str:
        edit = self._edited.get(unit.key)
        if edit is None:
            return ""
        became = {
            Outcome.KEPT: "the review stays",
            Outcome.PATCHED: "the same edit was made in the translation, and the review stays",
            Outcome.REVIEW: "a person has to look at the translation again",
            Outcome.ANEW: "the old draft no longer fits",
        }[edit.outcome]
        return f"its source was edited ({edit.kind}): {became}"

    def _of_text(self, unit: Unit) -> str:
        if unit.key in self._disputed:
            return "people disagree about it"
        if unit.state is State.UNTRANSLATED:
            return self._why_empty(unit)
        old, origin = self._before.get(unit.key), unit.origin.words if unit.origin else ""
        if old is None or old.target != unit.target:
            reviewed = ", and as reviewed as that" if unit.reviewed else ", to be reviewed"
            return f"{origin}{reviewed}" if origin and unit.key not in self._edited else ""
        if unit.state is State.REVIEWED or unit.key in self._edited:
            return ""
        whose = origin if unit.is_draft else "a person's text"
        return f"{whose}, waits for review"

    def _of_safety(self, unit: Unit) -> str:
        if unit.key not in self.work.unsafe:
            return ""
        found = (one for one in self.work.issues if (one.context, one.source) == unit.key)
        check = next((one.check for one in found if one.safety), "a check")
        return f"{check} keeps it out of the page"

    def _why_empty(self, unit: Unit) -> str:
        """Why a unit has no translation yet."""
        settings, others = self.work.files.settings, other_notes(unit)
        refused = [note for note in unit.notes if note not in others]
        if unit.key in self.work.damaged:
            return "not sent, its source has to be mended first"
        if refused:
            return refused[-1]
        if unit.key in self.work.asked.waiting:
            short = ", ".join(map(str, self.work.asked.short))
            return f"waits for a machine: {short or 'the run ended before'}"
        if settings.mt == "off":
            return "left to people: `mt` is off"
        if settings.only and unit.slug and not matches(unit.slug, settings.only):
            return "left to people: not in `only`"
        return "no translation yet" if self.engine.translates else "no translation, nobody to ask"

    def pages(self) -> Iterator[PageChange]:
        """The pages that the run writes, with the texts that are new on them."""
        catalog = self.work.catalog
        for term in self.work.terms:
            path = self._path(term)
            if (page := self.output.files.get(path)) is not None:
                yield PageChange(
                    slug=term.slug,
                    name=term.file.name or term.slug,
                    path=path,
                    url=self._url(term.slug),
                    is_new=not self.work.files.path_of(term.slug),
                    texts=tuple(self._texts(term, page, catalog)),
                )

    def _texts(self, term: Term, page: bytes, catalog: Catalog) -> Iterator[TextChange]:
        """The texts that the page says from now on, and did not say before."""
        there, now, seen = self._page(term), self._said(term, page), set[Key]()
        for segment in term.segments:
            unit = catalog.unit_for(term.slug, segment)
            if unit is None or not unit.target or unit.key in seen:
                continue
            seen.add(unit.key)
            is_said = now is None or now.says(unit, segment)
            if is_said and (there is None or not there.says(unit, segment)):
                yield TextChange(unit.field, unit.source, unit.target)

    def _page(self, term: Term) -> PageTexts | None:
        """What the term's page says before the run; None where there is none to be read."""
        path = self.work.files.path_of(term.slug)
        try:
            data = self.work.project.workspace.read_optional(path) if path else None
        except BadFile:
            return None
        return None if data is None else self._said(term, data)

    def _said(self, term: Term, data: bytes) -> PageTexts | None:
        """What a page of a term says; None for one that cannot be read."""
        rules = Rules(self.work.files.settings.fields, self.work.extensions)
        name = self.work.project.file_slugs[term.slug]
        try:
            file = read_term(data, rules, name, self.work.locale)
        except BadFile:
            return None
        return PageTexts.of(file, self.work.extensions)

    def _path(self, term: Term) -> str:
        name = self.work.project.file_slugs[term.slug]
        made = self.work.files.settings.paths.terms.fill(locale=self.work.locale, slug=name)
        return self.work.files.path_of(term.slug) or made

    def _url(self, slug: str) -> str:
        url = self.work.files.settings.site.url
        return url.replace("{locale}", self.work.locale).replace("{slug}", slug)
