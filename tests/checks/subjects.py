"""Subjects for the tests of checks: a source and a target, everything else as usual."""

from __future__ import annotations

from i18n_pipeline.checks import Rule, Subject
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment, Unit

REWRITE = {"/glossary/{slug}": "/{locale}/glossary/{slug}"}
SLUGS = frozenset({"token", "tokenizer", "llm"})


def addresses(allow: tuple[str, ...] = (), locale: str = "ja") -> Addresses:
    return Addresses(REWRITE, "source", allow, locale, SLUGS)


def subject(  # noqa: PLR0913  # every default of a subject can be said otherwise
    source: str,
    target: str,
    *,
    kind: Kind = Kind.PARAGRAPH,
    markdown: bool = True,
    definitions: str = "",
    extensions: frozenset[str] = DEFAULT_EXTENSIONS,
    locale: str = "ja",
    allow: tuple[str, ...] = (),
    glossary: Glossary | None = None,
) -> Subject:
    segment = Segment("body", kind, source, markdown, definitions=definitions)
    unit = Unit("llm/body", source, target, path="terms/en/llm.md")
    return Subject(unit, segment, locale, extensions, addresses(allow, locale), glossary)


def found(rule: Rule, one: Subject) -> list[str]:
    return [finding.message for finding in rule.find(one)]


def mended(rule: Rule, one: Subject) -> str | None:
    """The target with the first edit that a rule proposes; None where it finds nothing to mend."""
    for finding in rule.find(one):
        if edit := finding.edit:
            return one.target[: edit.start] + edit.text + one.target[edit.end :]
    return None
