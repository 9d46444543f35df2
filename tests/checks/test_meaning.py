"""The rules about meaning on what people wrote: a false alarm costs more than a missed fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from i18n_pipeline.checks import RULES, Subject, check
from i18n_pipeline.checks.meaning.length import LENGTH
from i18n_pipeline.config import read_config
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Kind, Segment, State, context_of
from tests.checks import test_people as people

PROJECT = Path(__file__).parents[2]
LOCALES = ["ja", "es", "de"]
MOST = {
    "entities": 0.0,
    "leaks": 0.0,
    "numbers": 0.003,
    "negation": 0.005,
    "untranslated": 0.0,
    "length": 0.01,
    "end-punctuation": 0.002,
}
"""The largest share of units that a rule may alarm on: what is left are texts behind their source
(11 of the 12 there are), and a paraphrase."""

MEANING = [rule for rule in RULES if rule.code in MOST]
PROSE = (Kind.PARAGRAPH, Kind.ITEM, Kind.TEXT, Kind.QUOTE)

needs_glossary = pytest.mark.skipif(
    not (PROJECT / "locales").is_dir(), reason="the project's own glossary is not here"
)
needs_people = pytest.mark.skipif(
    not people.CORPUS.is_dir(), reason="the Cloud Native Glossary is not beside the project"
)


def reviewed(locale: str) -> Iterator[Subject]:
    """The reviewed units of the project's own glossary."""
    settings = read_config((PROJECT / "i18n.toml").read_text("utf-8")).settings(locale)
    rules = Rules(settings.fields, settings.markdown.extensions)
    segments: dict[tuple[str, str], Segment] = {}
    for path in sorted((PROJECT / "terms" / "en").glob("*.md")):
        for segment in read_term(path.read_bytes(), rules, path.stem, "en").segments:
            segments[context_of(path.stem, segment), segment.source] = segment
    addresses = Addresses({}, "source", (), locale, frozenset())
    for unit in read_po((PROJECT / "locales" / locale / "terms.po").read_bytes()).units:
        if unit.key in segments and unit.state is State.REVIEWED and not unit.obsolete:
            yield Subject(unit, segments[unit.key], locale, rules.extensions, addresses)


@needs_glossary
@pytest.mark.parametrize("locale", LOCALES)
def test_the_projects_own_translations_are_clean(locale: str) -> None:
    judged = 0
    for subject in reviewed(locale):
        judged += 1
        assert [(i.check, i.message, i.target) for i in check(subject, MEANING)] == []
    assert judged > 200


@needs_people
def test_people_are_hardly_ever_told_that_they_are_wrong() -> None:
    alarms: Counter[str] = Counter()
    units = [subject for locale in LOCALES for subject in people.subjects(locale)]
    for subject in units:
        alarms.update({issue.check for issue in check(subject, MEANING)})
    shares = {rule.code: alarms[rule.code] / len(units) for rule in MEANING}
    assert {code: share for code, share in shares.items() if share > MOST[code]} == {}


@needs_glossary
@pytest.mark.parametrize("locale", LOCALES)
def test_most_translations_cut_in_half_are_noticed(locale: str) -> None:
    long = [one for one in reviewed(locale) if len(one.source) > 160 and one.segment.kind in PROSE]
    cut = [replace(one.unit, target=one.target[: len(one.target) // 2]) for one in long]
    noticed = sum(
        bool(list(LENGTH.find(replace(one, unit=unit))))
        for one, unit in zip(long, cut, strict=True)
    )
    assert noticed > 0.6 * len(long)
