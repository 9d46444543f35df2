"""Checks: what is wrong with a translation; the table of rules, and the functions that run it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.checks.markup.emphasis import EMPHASIS
from i18n_pipeline.checks.markup.empty import EMPTY
from i18n_pipeline.checks.markup.entities import ENTITIES
from i18n_pipeline.checks.markup.html_missing import HTML_MISSING
from i18n_pipeline.checks.markup.line_breaks import LINE_BREAKS
from i18n_pipeline.checks.markup.links import LINKS
from i18n_pipeline.checks.markup.placeholders import PLACEHOLDERS
from i18n_pipeline.checks.meaning.echo import ECHO
from i18n_pipeline.checks.meaning.leaks import LEAKS
from i18n_pipeline.checks.meaning.length import LENGTH
from i18n_pipeline.checks.meaning.negation import NEGATION
from i18n_pipeline.checks.meaning.numbers import NUMBERS
from i18n_pipeline.checks.meaning.untranslated import UNTRANSLATED
from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.checks.safety.control_characters import CONTROL_CHARACTERS
from i18n_pipeline.checks.safety.destinations import DESTINATIONS
from i18n_pipeline.checks.safety.html_tags import HTML
from i18n_pipeline.checks.safety.structure import STRUCTURE
from i18n_pipeline.checks.safety.template import TEMPLATE
from i18n_pipeline.checks.terms.kept_names import KEPT_NAMES
from i18n_pipeline.checks.terms.terminology import TERMINOLOGY
from i18n_pipeline.checks.whole.leaves_locale import LEAVES_LOCALE
from i18n_pipeline.checks.whole.missing_page import MISSING_PAGE
from i18n_pipeline.checks.whole.renderings import RENDERINGS
from i18n_pipeline.checks.whole.rule import WholeRule
from i18n_pipeline.checks.whole.same_source import SAME_SOURCE
from i18n_pipeline.checks.writing.end_punctuation import END_PUNCTUATION
from i18n_pipeline.checks.writing.language import LANGUAGE
from i18n_pipeline.checks.writing.mojibake import MOJIBAKE, SOURCE_MOJIBAKE, complaints
from i18n_pipeline.checks.writing.punctuation import PUNCTUATION
from i18n_pipeline.checks.writing.register import REGISTER
from i18n_pipeline.checks.writing.script import SCRIPT
from i18n_pipeline.checks.writing.spacing import SPACING
from i18n_pipeline.checks.writing.spelling import SPELLING
from i18n_pipeline.errors import BadFile
from i18n_pipeline.model import QualityIssue, Segment, Severity, Unit

__all__ = [
    "ALL",
    "ERRORS",
    "RULES",
    "WARNINGS",
    "WHOLE_RULES",
    "Finding",
    "Rule",
    "Subject",
    "check",
    "source_issues",
]

RULES: tuple[Rule, ...] = (
    DESTINATIONS,
    HTML,
    TEMPLATE,
    CONTROL_CHARACTERS,
    STRUCTURE,
    PLACEHOLDERS,
    LINKS,
    HTML_MISSING,
    EMPHASIS,
    MOJIBAKE,
    TERMINOLOGY,
    KEPT_NAMES,
    LINE_BREAKS,
    ENTITIES,
    LEAKS,
    ECHO,
    NUMBERS,
    NEGATION,
    UNTRANSLATED,
    LENGTH,
    END_PUNCTUATION,
    SCRIPT,
    LANGUAGE,
    PUNCTUATION,
    SPACING,
    REGISTER,
    SPELLING,
)
"""What is asked of every translation, safety first. `empty` comes before them all."""

WHOLE_RULES: tuple[WholeRule, ...] = (SAME_SOURCE, RENDERINGS, LEAVES_LOCALE, MISSING_PAGE)
"""What is asked of a locale as a whole, by `check` alone."""

ERRORS = tuple(rule for rule in RULES if rule.severity is Severity.ERROR)
"""What decides whether a draft may stand. They look at the two texts alone, at no terminology."""

WARNINGS = tuple(rule for rule in RULES if rule.severity is not Severity.ERROR)
"""What is only told: warnings, and notes."""

OF_A_TEXT_ALONE = (
    DESTINATIONS,
    HTML,
    TEMPLATE,
    CONTROL_CHARACTERS,
    STRUCTURE,
    MOJIBAKE,
    ENTITIES,
)
"""What is asked of a text that translates nothing: a field that only the locale has."""

ALL: tuple[Rule | WholeRule, ...] = (EMPTY, *RULES, SOURCE_MOJIBAKE, *WHOLE_RULES)
"""Every rule that an issue can come from."""


def check(subject: Subject, rules: Sequence[Rule] = RULES) -> tuple[QualityIssue, ...]:
    """What the rules find in one unit; an untranslated one has no issues."""
    if not subject.target:
        return ()
    if not subject.target.strip():
        rules = (EMPTY,)
    elif not subject.segment.is_translation:
        rules = [rule for rule in rules if rule in OF_A_TEXT_ALONE]
    try:
        return tuple(_issues(subject, rules))
    except BadFile as failure:
        finding = Finding(f"cannot be read again: {failure.message}")
        return (_issue(STRUCTURE, finding, subject.unit),)


def source_issues(unit: Unit, segment: Segment) -> tuple[QualityIssue, ...]:
    """What is wrong with a source text itself: it should be mended before it is translated."""
    if not segment.is_translation:
        return ()
    found = map(Finding, complaints(segment.source))
    return tuple(_issue(SOURCE_MOJIBAKE, finding, unit) for finding in found)


def _issues(subject: Subject, rules: Sequence[Rule]) -> Iterator[QualityIssue]:
    for rule in rules:
        for finding in rule.find(subject):
            yield _issue(rule, finding, subject.unit)


def _issue(rule: Rule, finding: Finding, unit: Unit) -> QualityIssue:
    return QualityIssue(
        check=rule.code,
        severity=rule.severity,
        safety=rule.safety,
        message=finding.message,
        context=unit.context,
        source=unit.source,
        path=unit.path,
        target=unit.target,
        at=finding.at,
        edit=finding.edit,
    )
