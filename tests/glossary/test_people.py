"""What people call their terms must not be taken for a fault: links of real translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.glossary import (
    Entry,
    Glossary,
    Learned,
    Rendered,
    Sighting,
    merged,
    sightings,
)
from i18n_pipeline.model import Unit
from tests.checks.test_people import subjects

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpora" / "cncf-glossary"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(),
    reason="the Cloud Native Glossary is not beside the project",
)


def names(locale: str) -> dict[str, str]:
    """The names of terms by slug."""
    found = {}
    for path in sorted((CORPUS / locale).glob("*.md")):
        if title := re.search(r"^title: *(.*?) *$", path.read_text("utf-8"), re.MULTILINE):
            found[path.stem] = title[1].strip("\"'")
    return found


def files(locale: str) -> Iterator[Unit]:
    """Each file as one reviewed text."""
    for path in sorted((CORPUS / locale).glob("*.md")):
        body = path.read_text("utf-8").split("---", 2)[2]
        yield Unit(f"{path.stem}/body", "", body, reviewed=True)


def seen(locale: str) -> list[Sighting]:
    """The links between terms."""
    targets = names(locale)

    def slug_of(destination: str) -> str | None:
        slug = destination.partition("#")[0].strip("/").rpartition("/")[2]
        return slug if slug in targets else None

    return list(sightings(files(locale), slug_of))


def glossary(locale: str) -> Glossary:
    """The terminology that the names of the terms and the links between them make."""
    sources, targets = names("en"), names(locale)
    known = sources.keys() & targets.keys()
    entries = merged((), (Entry(sources[slug], targets[slug], slug=slug) for slug in sorted(known)))
    return Glossary(entries.entries, learned=Learned.of(seen(locale)))


def alarms_of_links(locale: str) -> tuple[float, float]:
    """For which share of the links to terms the words are no rendering: literally, and ours."""
    terms, targets, links = glossary(locale), names(locale), seen(locale)
    literal = ours = 0
    for link in links:
        entries = [entry for entry in terms.entries if entry.slug == link.slug]
        spellings = terms.spellings(entries, beside=link.unit.slug)
        literal += targets[link.slug].casefold() not in link.words.casefold()
        ours += not any(map(Rendered(link.words, locale).uses, spellings))
    return literal / len(links), ours / len(links)


def alarms_of_texts(locale: str) -> tuple[float, float]:
    """For which share of the terms in texts no rendering is there: literally, and ours."""
    terms, targets = glossary(locale), names(locale)
    found = literal = ours = 0
    for subject in subjects(locale):
        rendered = Rendered(subject.target_prose.replace(HIDDEN, ""), locale)
        for place in terms.found(subject.source, subject.source_tokens):
            spellings = terms.spellings(place.entries, beside=subject.unit.slug)
            found += 1
            name = targets[place.entries[0].slug]
            literal += name.casefold() not in subject.target.casefold()
            ours += not any(map(rendered.uses, spellings))
    return literal / found, ours / found


@pytest.mark.parametrize(
    ("locale", "least", "most"), [("es", 0.43, 0.12), ("ja", 0.37, 0.11), ("de", 0.71, 0.43)]
)
def test_what_people_call_a_term_elsewhere_is_accepted(
    locale: str, least: float, most: float
) -> None:
    literal, ours = alarms_of_links(locale)
    assert literal >= least
    assert ours <= most


@pytest.mark.parametrize(
    ("locale", "least", "most"), [("es", 0.25, 0.03), ("ja", 0.19, 0.03), ("de", 0.38, 0.20)]
)
def test_texts_of_people_use_their_terms(locale: str, least: float, most: float) -> None:
    literal, ours = alarms_of_texts(locale)
    assert literal >= least
    assert ours <= most
