"""Fields that only a locale has, as segments, as changes to a file, as words in a review file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.front_matter import AddText, Remove, SetText
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.model import Catalog, Kind, Segment
from i18n_pipeline.stages.build import build
from i18n_pipeline.stages.extras import extra_changes, in_source, with_extras, with_names
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.term import Term
from i18n_pipeline.stages.update import update
from tests.stages.documents import site, target_of, term_of

FIELDS = replace(Fields(), extra=("reading", "sort-key"))
RULES = Rules(FIELDS)
YAML = b"---\nterm: Token\nslug: term\nlang: en\n---\n\nIt is a *piece*.\n"
TOML = b'+++\nterm = "Token"\nslug = "term"\nlang = "en"\n[seo]\nindex = true\n+++\n\nIt is one.\n'
# What the checks let into a file: no control, separator or direction characters.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))).filter(
    str.strip
)


def asked(data: bytes, fields: Fields = FIELDS) -> Term:
    return with_extras(term_of(data, rules=Rules(fields)), fields)


def built(term: Term, extras: tuple[str | None, ...], before: bytes | None = None) -> bytes:
    where = site(RULES)
    count = len(term.file.fields)
    texts = [segment.source for segment in term.file.segments]
    local = Localized.of(term, [*texts[:count], *extras, *texts[count:]], where)
    if before is None:
        return build(local).data
    known = Localized.of(term, [*texts[:count], None, None, *texts[count:]], where)
    entry = replace(build(known).entry, built="")
    return build(local, (target_of(before, rules=RULES), entry)).data


def test_a_term_is_asked_for_its_locales_fields_between_its_own_and_its_text() -> None:
    kinds = [(segment.field, segment.kind, segment.source) for segment in asked(YAML).segments]
    assert kinds == [
        ("term", Kind.NAME, "Token"),
        ("reading", Kind.EXTRA, "Token"),
        ("sort-key", Kind.EXTRA, "Token"),
        ("body", Kind.PARAGRAPH, "It is a *piece*."),
    ]
    assert not any(segment.required for segment in asked(YAML).extras)


@pytest.mark.parametrize("data", [b"It has no front matter.\n", b"---\nslug: term\n---\n\nText.\n"])
def test_a_term_without_a_name_is_asked_for_none(data: bytes) -> None:
    assert asked(data, replace(FIELDS, locale="", slug="")).extras == ()


def test_a_field_that_the_source_has_in_any_case_is_not_asked_for() -> None:
    term = asked(YAML.replace(b"lang", b"Reading: x\nlang"))
    assert [segment.field for segment in term.extras] == ["sort-key"]
    assert in_source(term, FIELDS) == {"reading": "Reading"}


def test_without_such_fields_a_term_and_what_it_is_built_from_are_as_before() -> None:
    term = term_of(YAML)
    assert with_extras(term, Fields()) == term
    texts = [segment.source for segment in term.file.segments]
    one = Localized.of(term, texts, site())
    other = Localized.of(asked(YAML, Fields()), texts, site())
    assert one.fingerprint == other.fingerprint


def test_a_page_is_made_anew_when_only_a_reading_changes() -> None:
    term = asked(YAML)
    texts = [segment.source for segment in term.file.segments]
    prints = {
        Localized.of(term, [texts[0], reading, None, *texts[1:]], site(RULES)).fingerprint
        for reading in ("とーくん", "トークン", None)
    }
    assert len(prints) == 3


@given(data=st.sampled_from([YAML, TOML]), reading=TEXTS, key=TEXTS)
def test_any_text_is_read_back_and_written_once(data: bytes, reading: str, key: str) -> None:
    term = asked(data)
    once = built(term, (reading, key))
    values = target_of(once, rules=RULES).values
    assert [values["reading"], values["sort-key"]] == [reading, key]
    assert list(values)[:3] == ["term", "reading", "sort-key"]
    assert built(term, (reading, key), once) == once
    assert built(term, (None, " "), once) == once


@given(data=st.sampled_from([YAML, TOML]), first=TEXTS, second=TEXTS)
def test_a_text_put_in_later_or_replaced_is_as_if_it_had_been_there(
    data: bytes, first: str, second: str
) -> None:
    term = asked(data)
    bare = built(term, (None, None))
    assert bare == term.file.data.replace(b"lang: en", b"lang: de").replace(b'"en"', b'"de"')
    later = built(term, (first, None), bare)
    assert target_of(later, rules=RULES).values["reading"] == first
    changed = built(term, (second, None), later)
    assert target_of(changed, rules=RULES).values["reading"] == second
    assert changed.startswith(bare[: bare.index(b"slug")])
    assert changed.endswith(bare[bare.index(b"slug") :])


def test_a_value_of_another_shape_gives_way_to_a_reviewed_text() -> None:
    target = target_of(YAML.replace(b"lang: en", b"Reading: [a, b]\nlang: de"), rules=RULES)
    changes = list(extra_changes({"reading": "x", "sort-key": "y"}, asked(YAML).file, target))
    assert changes == [
        Remove("Reading"),
        AddText("reading", "x", after="term"),
        AddText("sort-key", "y", after="reading"),
    ]


def test_a_text_that_is_there_is_left_alone_and_another_is_put_in_its_place() -> None:
    target = target_of(YAML.replace(b"lang: en", b"READING: |\n  a\nlang: de"), rules=RULES)
    source = asked(YAML).file
    assert list(extra_changes({"reading": "a"}, source, target)) == []
    assert list(extra_changes({"reading": "b"}, source, target)) == [SetText(("READING",), "b")]


@pytest.mark.parametrize(("reviewed", "note"), [(True, ("Reviewed name: Kennung",)), (False, ())])
def test_the_name_that_a_person_approved_stands_beside_the_question(
    reviewed: bool, note: tuple[str, ...]
) -> None:
    term = asked(YAML)
    updated = update(Catalog(), [term])
    units = tuple(
        replace(unit, target="Kennung", reviewed=reviewed) if unit.field == "term" else unit
        for unit in updated.units
    )
    told = {unit.field: unit.notes for unit in with_names(units, updated.segments, [term])}
    assert told["reading"] == ("of this locale alone: reading", *note)
    assert told["term"] == (str(Kind.NAME),)


def test_a_question_says_nothing_that_a_translation_could_be_held_to() -> None:
    assert not Segment("reading", Kind.EXTRA, "Token").is_translation
    assert all(Segment("x", kind, "x").is_translation for kind in Kind if kind is not Kind.EXTRA)
