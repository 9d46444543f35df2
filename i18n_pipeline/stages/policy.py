"""Policy: which units are more than a rule of `[policy]` allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from i18n_pipeline.config import PolicyRule
from i18n_pipeline.formats.front_matter import Value, scalars
from i18n_pipeline.model import Key, Segment, State, Unit
from i18n_pipeline.stages.provenance import Provenance, provenance_of
from i18n_pipeline.stages.spending import matches
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass

COUNTED: Mapping[str, str] = {
    "max_unreviewed": "not reviewed",
    "max_machine": "a machine's, reviewed by nobody",
    "max_machine_published": "a machine's, reviewed by nobody, on a page",
    "max_machine_approved": "a machine's, approved as it came",
}
"""What each limit counts, in words."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A limit that is passed: the rule's number from 1 and what it is about, and the units."""

    number: int
    about: str
    limit: str
    most: int
    units: tuple[Unit, ...]
    reason: str = ""

    def __str__(self) -> str:
        about = f", {self.about}" if self.about else ""
        why = f": {self.reason}" if self.reason else ""
        found = f"{COUNTED[self.limit]} ({len(self.units)} of {self.most} allowed)"
        return f"rule {self.number}{about}: {found}{why}"


@dataclass(frozen=True, slots=True)
class Judged:
    """The units of a locale that a policy is about: those a page can wait for.

    `is_published` tells whether a unit's text stands on a page.
    """

    units: tuple[Unit, ...]
    segments: Mapping[Key, Segment]
    terms: tuple[Term, ...]
    is_published: Callable[[Unit], bool]


def violations(rules: Iterable[PolicyRule], judged: Judged) -> Iterator[Violation]:
    """The limits that are passed, in the order of the rules."""
    terms = {term.slug: term for term in judged.terms}
    units = [unit for unit in judged.units if _counts(unit, judged.segments)]
    for number, rule in enumerate(rules, 1):
        about = [unit for unit in units if _is_about(rule, unit, terms.get(unit.slug))]
        for limit, most in rule.limits.items():
            found = tuple(unit for unit in about if _is(unit, limit, judged.is_published))
            if len(found) > most:
                yield Violation(number, _about(rule), limit, most, found, rule.reason)


def _counts(unit: Unit, segments: Mapping[Key, Segment]) -> bool:
    segment = segments.get(unit.key)
    waits = segment is not None and segment.required
    return not unit.obsolete and (waits or bool(unit.target))


def _is(unit: Unit, limit: str, is_published: Callable[[Unit], bool]) -> bool:
    if limit == "max_unreviewed":
        return unit.state is not State.REVIEWED
    wanted = Provenance.APPROVED if limit == "max_machine_approved" else Provenance.MACHINE
    if provenance_of(unit) is not wanted:
        return False
    return limit != "max_machine_published" or is_published(unit)


def _is_about(rule: PolicyRule, unit: Unit, term: Term | None) -> bool:
    if rule.field and unit.field.casefold() != rule.field.casefold():
        return False
    if rule.slug and not matches(unit.slug, (rule.slug,)):
        return False
    if not rule.where:
        return True
    return term is not None and all(
        str(value).casefold() in _said(term.file.values, key) for key, value in rule.where.items()
    )


def _said(values: Mapping[str, Value], name: str) -> frozenset[str]:
    """What a term's front matter says under a name, `seo.title` for a nested one, in any case."""
    wanted = name.casefold().split(".")
    return frozenset(
        text.casefold()
        for path, text in scalars(dict(values))
        if [step.casefold() for step in path if isinstance(step, str)] == wanted
    )


def _about(rule: PolicyRule) -> str:
    parts = [f"{key} = {value}" for key, value in rule.where.items()]
    parts += [f"slug = {rule.slug}"] if rule.slug else []
    parts += [f"field = {rule.field}"] if rule.field else []
    return ", ".join(parts)
