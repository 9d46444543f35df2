"""Choosing: which units of a locale get a draft in one turn, why, and in which order.

What nobody translated wants one; a draft that nobody touched may want another: where it was made
under other terms, where its source was edited, or on request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property

from i18n_pipeline.glossary import Authority, Rendered, Status
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Key, Kind, State, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.pretranslate import Ask, Terminology, asks_for, wants_draft
from i18n_pipeline.stages.spending import by_slug, in_order, links_from, matches
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.values import dataclass

_NAMES = (Kind.NAME, Kind.VOCABULARY)


@dataclass(frozen=True)
class Basis:
    """What all choices of a run rest on: the order, the receipts, how often a term is linked."""

    order: Order
    receipts: Receipts
    links: Callable[[], Mapping[str, int]]


def leads_of(work: Work) -> Mapping[str, frozenset[str]]:
    """The slugs of other terms that each term leads to, by a link or as related."""
    if work.files.foreseen is not None:
        before = work.files.rest.before
        return {term.slug: frozenset(before[term.slug].leads) for term in work.terms}
    fields, slug_of = work.files.settings.fields, work.addresses.slug_of
    return {term.slug: links_from(term, fields, slug_of, work.extensions) for term in work.terms}


def links_of(work: Work, leads: Callable[[], Mapping[str, frozenset[str]]]) -> Mapping[str, int]:
    """How many terms lead to each term."""
    if work.files.foreseen is not None:
        return work.files.foreseen.links
    found = Counter(slug for slugs in leads().values() for slug in slugs)
    for share in work.files.rest:
        found.update(share.leads)
    return found


@dataclass(frozen=True)
class Choice:
    """The units of one turn of one locale: `names` and vocabulary, or the texts that use them."""

    basis: Basis
    work: Work
    terminology: Terminology
    names: bool

    @cached_property
    def by_term(self) -> Mapping[str, list[Unit]]:
        """The units that get a draft, by slug, in the order of spending; vocabulary first."""
        units = self._wanted
        if not units:
            return {}
        ordered = [term.slug for term in self._in_order if term.slug in self._chosen]
        vocabulary = [unit for unit in units.get("", ()) if self._is_used(unit)]
        found = {"": vocabulary} | {slug: units.get(slug, []) for slug in ordered}
        return {slug: chosen for slug, chosen in found.items() if chosen}

    def may_ask(self, key: Key) -> bool:
        """Whether a unit may be asked for: a plan names those that may."""
        plan = self.basis.order.options.plan
        return plan is None or plan.holds(self.work.locale, key)

    @property
    def left(self) -> int:
        """How many units of the locale have no text yet."""
        here = sum(1 for unit in self.work.units if self._is_open(unit))
        return here + self.work.files.rest.states[State.UNTRANSLATED]

    def why(self, key: Key) -> str:
        """Why a unit is asked for: it is `new`, its source `changed`, or its `terminology`."""
        if key in self.redone:
            return self.redone[key]
        slug = key[0].rpartition("/")[0]
        was_there = key in self.work.files.catalog.by_key
        return "changed" if slug in self._known_before and not was_there else "new"

    @cached_property
    def redone(self) -> Mapping[Key, str]:
        """Why units that have a text get a new draft."""
        found = ((unit.key, self._why_anew(unit)) for unit in self.work.units)
        return {key: why for key, why in found if why}

    def asks(self, unit: Unit) -> tuple[Ask, ...]:
        """What to ask for a unit; with its earlier text, where there is one."""
        previous = (unit.previous or "", unit.target) if unit.previous is not None else ("", "")
        segment, extensions = self.work.segments[unit.key], self.work.extensions
        return tuple(asks_for(unit, segment, self.terminology, extensions, previous))

    @cached_property
    def _wanted(self) -> Mapping[str, list[Unit]]:
        return by_slug(unit for unit in self.work.units if self._is_wanted(unit))

    @cached_property
    def restless(self) -> frozenset[str]:
        """The terms of which a text that is there may be drafted anew in another run."""
        return frozenset(key[0].rpartition("/")[0] for key in {*self.redone, *self._lacking})

    def _is_wanted(self, unit: Unit) -> bool:
        return self._has_turn(unit) and (self._is_open(unit) or unit.key in self.redone)

    def _has_turn(self, unit: Unit) -> bool:
        segment = self.work.segments.get(unit.key)
        if segment is None or unit.obsolete or unit.key in self.work.damaged:
            return False
        if not segment.is_translation:
            return False
        return (segment.kind in _NAMES) is self.names

    def _is_open(self, unit: Unit) -> bool:
        return wants_draft(unit, self.work.segments.get(unit.key))

    def _why_anew(self, unit: Unit) -> str:
        if not unit.target or not self._has_turn(unit):
            return ""
        if _is_machines(unit):
            if self.basis.order.options.refresh:
                return "refresh"
            return "terminology" if self._terms_moved(unit) else ""
        edited = unit.state is State.NEEDS_REVIEW and kind_of(unit.origin) is not OriginKind.FUZZY
        redrafts = self.work.files.settings.mt == "redraft" and edited
        if redrafts and unit.previous is not None and self._is_kept(unit):
            return "changed"
        return ""

    def _is_kept(self, unit: Unit) -> bool:
        """Whether the words of a person that a new draft would replace stay as obsolete."""
        old = self.work.catalog.obsolete_by_key.get((unit.context, unit.previous or ""))
        return old is not None and old.target == unit.target

    def _terms_moved(self, unit: Unit) -> bool:
        """Whether a draft lacks a term that is required now, and may have been made under others.

        Only receipts know: without them nothing is bought anew. An answer under the terms of now
        that is there already costs nothing, and may turn out to be this very draft.
        """
        return any(
            self.basis.receipts.knows(self.work.locale, ask.protected.text)
            for ask in self._lacking.get(unit.key, ())
        )

    @cached_property
    def _lacking(self) -> Mapping[Key, list[Ask]]:
        """What machines' drafts were asked with that lack a term which is required now."""
        found: dict[Key, list[Ask]] = {}
        for unit in self.work.units:
            if _is_machines(unit) and self._has_turn(unit):
                rendered = Rendered(unit.target, self.work.locale)
                found[unit.key] = [one for one in self.asks(unit) if _lacks_term(one, rendered)]
        return {key: asks for key, asks in found.items() if asks}

    @cached_property
    def _in_order(self) -> list[Term]:
        live = self.work.taken.of(Standing.OURS, Standing.EDITED)
        priority = self.work.project.config.budget.priority
        # To know the order takes reading all links: where it is one term, nobody asks.
        several = len(self._wanted.keys() - {""}) > 1 or self.basis.order.options.max_terms
        return in_order(self.work.terms, priority, live, self.basis.links() if several else {})

    @cached_property
    def _chosen(self) -> frozenset[str]:
        """The slugs a machine may draft in this run."""
        only, options = self.work.files.settings.only, self.basis.order.options
        allowed = [t.slug for t in self._in_order if not only or matches(t.slug, only)]
        if options.max_terms is None:
            return frozenset(allowed)
        wanting = {unit.slug for unit in self.work.units if self._is_open(unit)}
        return frozenset([slug for slug in allowed if slug in wanting][: options.max_terms])

    @cached_property
    def _known_before(self) -> frozenset[str]:
        return frozenset(unit.slug for unit in self.work.files.catalog.units)

    def _is_used(self, unit: Unit) -> bool:
        """Whether vocabulary belongs to a term that a machine may draft."""
        return any(
            (slot.segment.field, slot.segment.source) == (unit.field, unit.source)
            for term in self.work.terms
            if term.slug in self._chosen
            for slot in term.file.fields
        )


def _is_machines(unit: Unit) -> bool:
    words = unit.origin.words if unit.is_draft and unit.origin else ""
    return words.startswith("machine draft")


def _lacks_term(ask: Ask, rendered: Rendered) -> bool:
    """Whether a draft lacks what people require; what a machine calls a term may be other again."""
    return any(
        not any(map(rendered.uses, entry.spellings))
        for entry in ask.entries
        if entry.status is Status.PREFERRED and entry.authority is not Authority.PROPOSED
    )
