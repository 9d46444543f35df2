"""Pages that people translated, read into units: beside the source they were made from."""

from __future__ import annotations

from collections.abc import Iterable

from i18n_pipeline.glossary.matching import Matcher
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.adopting import (
    Adopted,
    Edition,
    Likeness,
    Past,
    Reading,
    Revision,
    lay,
    read_units,
)
from i18n_pipeline.stages.adopting.clues import Names
from i18n_pipeline.stages.conflicts import Parked, parked
from i18n_pipeline.stages.extras import with_extras
from i18n_pipeline.stages.term import Term
from tests.stages.documents import site, target_of, term_of
from tests.stages.test_extras import FIELDS, RULES

PATH = "terms/de/term.md"
READING = Reading(site(RULES), Names(Matcher((), (), "en"), {}, "de"), Likeness())
NEW = "Call `fit()` to begin the training, and `stop()` to end it."
NEU = "Mit `fit()` beginnt das Training, und mit `stop()` endet es."


def source(*paragraphs: str) -> Term:
    body = "\n\n".join(paragraphs)
    data = f"---\nterm: Token\nslug: term\nlang: en\n---\n\n{body}\n".encode()
    return with_extras(term_of(data, rules=RULES), FIELDS)


def page(*paragraphs: str, front: str = "") -> bytes:
    body = "\n\n".join(paragraphs)
    return f"---\nterm: Token\nslug: term\nlang: de\n{front}---\n\n{body}\n".encode()


def adopted(term: Term, data: bytes, past: Past | None = None) -> Adopted:
    target = target_of(data, rules=RULES)
    return read_units(lay(term, target, past or Past(), READING), PATH, READING)


def said(units: Iterable[Unit]) -> dict[tuple[str, str], str]:
    return {unit.key: unit.target for unit in units if unit.field == "body"}


def test_what_a_page_has_of_its_locale_alone_becomes_a_unit_too() -> None:
    found = adopted(source(NEW), page(NEU, front="Reading: |\n  Tohken\nsort-key: '  '\n"))
    extras = [(unit.context, unit.source, unit.target) for unit in found.units]
    assert ("term/reading", "Token", "Tohken") in extras
    assert "term/sort-key" not in [context for context, _, _ in extras]


def test_one_text_that_a_page_says_in_two_ways_under_one_heading_waits_for_a_choice() -> None:
    other = "Zu Beginn `fit()`, zum Ende des Trainings `stop()` aufrufen."
    found = adopted(source(NEW, NEW), page(NEU, other))
    (unit,) = (unit for unit in found.units if unit.field == "body")
    assert (unit.source, unit.target, unit.reviewed) == (NEW, NEU, False)
    assert parked(unit) == (Parked(PATH, other),)


def past(*revisions: Term, when: float, data: bytes) -> Past:
    commits = (Revision(term, float(at), f"commit {at}") for at, term in enumerate(revisions))
    return Past(tuple(commits), (Edition(target_of(data, rules=RULES), when),))


OLD = "In 2017 [a paper](https://example.org/a) of 8 people changed the whole field."
ALT = "2017 hat [ein Artikel](https://example.org/a) von 8 Leuten das ganze Gebiet verändert."


def test_a_page_is_laid_beside_the_source_of_its_time_and_another_where_that_fits_clearly() -> None:
    data = page(ALT, NEU)
    first, second, last = source(OLD, NEW), source(NEW), source("Nothing of it is left.")
    target = target_of(data, rules=RULES)
    for when in (0.5, 1.5, 2.5):
        laid = lay(last, target, past(first, second, last, when=when, data=data), READING)
        assert laid.commit == "commit 0", when
    units = adopted(first, data, past(second, first, when=0.5, data=data)).units
    assert said(units) == {("term/body", OLD): ALT, ("term/body", NEW): NEU}


def test_a_page_that_fits_no_source_is_laid_beside_that_of_its_time() -> None:
    data = page("Ganz etwas anderes.")
    terms = (source(OLD, NEW), source(NEW, OLD))
    laid = lay(terms[1], target_of(data, rules=RULES), past(*terms, when=1.5, data=data), READING)
    assert laid.commit == "commit 1"
