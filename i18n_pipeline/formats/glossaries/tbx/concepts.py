"""Concepts with their terms in several languages, and the entries of two languages in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from i18n_pipeline.expressions import expression
from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.locales import closest
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass, field, replace

_XML_NAME = expression(r"[A-Za-z_][\w.-]*\Z", re.ASCII)

_Group = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of one language as a termbase has it; without a status where it says none."""

    text: str
    status: Status | None = None
    pos: str = ""
    case_sensitive: bool = False
    forms: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class About:
    """What is known of a concept besides its terms: definitions are by locale."""

    id: str = ""
    subject: str = ""
    definitions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Concept:
    """A concept with its terms by language, in file order."""

    about: About
    terms: Mapping[str, tuple[Term, ...]]


def entries_of(concept: Concept, source: str, target: str) -> Iterator[Entry]:
    """Each source term in use with each target term; nothing where a language is missing."""
    sources = concept.terms.get(closest(source, concept.terms) or "", ())
    targets = tuple(_ranked(concept.terms.get(closest(target, concept.terms) or "", ())))
    for one in sources:
        if one.status is Status.DEPRECATED:
            continue
        for other in targets:
            yield Entry(
                source=one.text,
                target=other.text,
                status=other.status or Status.PREFERRED,
                pos=other.pos or one.pos,
                case_sensitive=one.case_sensitive or other.case_sensitive,
                forms=other.forms,
                note=other.note,
            )


def concepts_of(
    entries: Mapping[str, Sequence[Entry]], source: str, about: Mapping[str, About]
) -> tuple[Concept, ...]:
    """Concepts of the entries of several target locales, in order of their sources.

    A source is one concept for each part of speech, and for each rule of case. `about` is by
    source in small letters; of several concepts with it the first takes its id, the others get
    one of their own.
    """
    groups: dict[_Group, dict[str, list[Entry]]] = {}
    for locale, listed in entries.items():
        for entry in listed:
            key = (entry.source, entry.pos, entry.case_sensitive)
            groups.setdefault(key, {}).setdefault(locale, []).append(entry)
    taken: set[str] = set()
    concepts = []
    for key in sorted(groups, key=lambda key: (key[0].casefold(), key)):
        known = _named(key, about.get(key[0].casefold(), About()), taken)
        concepts.append(Concept(known, _terms(key, groups[key], source)))
    return tuple(concepts)


def _named(key: _Group, about: About, taken: set[str]) -> About:
    """What is known of a concept, with an id that XML takes and no other concept has."""
    fits = _XML_NAME.match(about.id) and about.id not in taken
    named = about if fits else replace(about, id=f"c-{digest(repr(key), 8)}")
    taken.add(named.id)
    return named


def _terms(
    key: _Group, group: Mapping[str, Sequence[Entry]], source: str
) -> dict[str, tuple[Term, ...]]:
    text, pos, case_sensitive = key
    terms: dict[str, tuple[Term, ...]] = {}
    terms[source] = (Term(text, pos=pos, case_sensitive=case_sensitive),)
    for locale, entries in group.items():
        terms[locale] = tuple(
            Term(one.target, one.status, pos, forms=one.forms, note=one.note) for one in entries
        )
    return terms


def _ranked(terms: Iterable[Term]) -> Iterator[Term]:
    """Terms with a status each: one is preferred, the first that is or that says nothing."""
    terms = tuple(terms)
    taken = any(term.status is Status.PREFERRED for term in terms)
    preferred = next((t for t in terms if t.status is (Status.PREFERRED if taken else None)), None)
    for term in terms:
        if term is preferred:
            yield replace(term, status=Status.PREFERRED)
        elif term.status in (None, Status.PREFERRED):
            yield replace(term, status=Status.ADMITTED)
        else:
            yield term
