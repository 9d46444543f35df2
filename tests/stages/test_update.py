"""New, changed, vanished, returned: what becomes of each unit, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.model import (
    Catalog,
    Key,
    Origin,
    Review,
    Segment,
    State,
    Unit,
    approved_hash,
    context_of,
    draft_hash,
    place_of,
)
from i18n_pipeline.origins import adopted, machine
from i18n_pipeline.stages.remarks import with_remarks
from i18n_pipeline.stages.term import Term
from i18n_pipeline.stages.update import Updated, update
from tests.stages.documents import Block, Document, term_of

ONE = "The model reads a question and writes an answer."
TWO = "The model reads a long question and writes an answer."
OTHER = "Nobody knows why lions sleep."


def source(*paragraphs: str, slug: str = "term", **fields: object) -> Document:
    document = Document(slug, "Name", "Definition of it.", blocks=tuple(map(paragraph, paragraphs)))
    return replace(document, **fields)  # type: ignore[arg-type]  # names of the document's fields


def paragraph(text: str) -> Block:
    return Block("heading" if text.startswith("H: ") else "paragraph", (text,))


def run(units: tuple[Unit, ...], *sources: Document | Term, partial: bool = False) -> Updated:
    terms = [one if isinstance(one, Term) else term_of(one) for one in sources]
    return update(Catalog(units), terms, partial=partial)


def reviewed(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    return tuple(
        u if u.obsolete else replace(u, target=f"DE {u.source}", reviewed=True, previous=None)
        for u in units
    )


def start(*sources: Document) -> tuple[Unit, ...]:
    return reviewed(run((), *sources).units)


def changed(units: tuple[Unit, ...], text: str, **changes: object) -> tuple[Unit, ...]:
    return tuple(
        replace(u, **changes) if u.source == text else u  # type: ignore[arg-type]
        for u in units
    )


def find(result: Updated | tuple[Unit, ...], text: str) -> Unit:
    units = result.units if isinstance(result, Updated) else result
    (unit,) = [unit for unit in units if unit.source == text]
    return unit


def sources_of(result: Updated, *, obsolete: bool) -> list[str]:
    return [u.source for u in result.units if u.obsolete is obsolete and u.field == "body"]


def test_an_edited_text_hands_its_translation_on_for_review_and_stays_as_obsolete() -> None:
    result = run(start(source(ONE)), source(TWO))
    heir, old = find(result, TWO), find(result, ONE)
    assert (heir.target, heir.state, heir.previous) == (f"DE {ONE}", State.NEEDS_REVIEW, ONE)
    assert heir.by_person
    assert (old.obsolete, old.reviewed, old.notes, old.path) == (True, True, (), "")


def test_a_text_edited_twice_before_review_names_the_source_that_was_translated() -> None:
    once = run(start(source(ONE)), source(TWO))
    twice = run(once.units, source(TWO + " Really."))
    heir = find(twice, TWO + " Really.")
    assert (heir.target, heir.previous) == (f"DE {ONE}", ONE)
    assert sources_of(twice, obsolete=True) == [ONE]


def test_what_a_person_wrote_while_it_waited_is_kept_too() -> None:
    waits = run(start(source(ONE)), source(TWO)).units
    touched = changed(waits, TWO, target="DE two")
    result = run(touched, source(TWO + " Really."))
    assert find(result, TWO + " Really.").target == "DE two"
    assert {find(result, text).target for text in (ONE, TWO)} == {f"DE {ONE}", "DE two"}


def test_an_edit_that_is_undone_leaves_nothing_behind() -> None:
    before = start(source(ONE))
    back = run(run(before, source(TWO)).units, source(ONE))
    assert back.units == before


def test_a_text_that_waits_for_review_survives_the_absence_of_its_term() -> None:
    waits = run(start(source(ONE)), source(TWO)).units
    back = run(run(waits).units, source(TWO))
    assert (find(back, TWO).target, find(back, TWO).state) == (f"DE {ONE}", State.NEEDS_REVIEW)


def test_a_draft_that_vanishes_goes_and_hands_nothing_on() -> None:
    draft = Origin("machine draft by DeepL", draft_hash("DE"))
    units = changed(start(source(ONE)), ONE, target="DE", reviewed=False, origin=draft)
    result = run(units, source(TWO))
    assert find(result, TWO).state is State.UNTRANSLATED
    assert sources_of(result, obsolete=True) == []


def test_a_draft_that_a_person_touched_is_a_persons_text() -> None:
    draft = Origin("machine draft by DeepL", draft_hash("DE"))
    units = changed(start(source(ONE)), ONE, target="DE!", reviewed=False, origin=draft)
    result = run(units, source(TWO))
    assert find(result, TWO).target == "DE!"
    old = find(result, ONE)
    assert (old.target, old.reviewed, old.origin) == ("DE!", False, None)


@pytest.mark.parametrize("target", ["", "DE"])
def test_a_translators_comment_goes_with_the_text_whatever_its_state(target: str) -> None:
    origin = Origin("machine draft by DeepL", draft_hash(target))
    units = changed(
        start(source(ONE)), ONE, target=target, reviewed=False, origin=origin, comments=("Why?",)
    )
    result = run(units, source(TWO))
    assert find(result, TWO).comments == ("Why?",)
    assert find(result, TWO).target == ""


def test_a_commented_draft_whose_text_is_removed_stays_as_obsolete_for_its_comment() -> None:
    draft = Origin("machine draft by DeepL", draft_hash("DE"))
    units = changed(
        start(source(ONE, OTHER)),
        ONE,
        target="DE",
        reviewed=False,
        origin=draft,
        comments=("Why?",),
    )
    gone = find(run(units, source(OTHER)), ONE)
    assert (gone.obsolete, gone.comments, gone.reviewed) == (True, ("Why?",), False)


def test_a_comment_on_a_text_without_a_translation_stays_with_the_term_when_the_text_goes() -> None:
    comments = ("Is this needed?", "", "Who knows?")
    units = changed(start(source(ONE, OTHER)), ONE, target="", comments=comments)
    result = run(units, source(OTHER))
    assert [unit.source for unit in result.units if unit.source == ONE] == []
    assert find(result, OTHER).comments == (
        f"On term/body “{ONE}”: Is this needed?",
        f"On term/body “{ONE}”: Who knows?",
    )
    again = run(result.units, source(OTHER))
    assert again.units == result.units


def test_a_comment_goes_to_what_is_left_of_its_term_and_else_to_another() -> None:
    gone = Unit("lora/body", ONE, comments=("Why?",))
    line = f"On lora/body “{ONE}”: Why?"
    other, name = Unit("token/term", "Token"), Unit("lora/term", "LoRA")
    kept = Unit("lora/body", OTHER, "DE", obsolete=True)
    for units, at in (((other, name), 1), ((other, kept), 1), ((other,), 0)):
        after = with_remarks(units, [gone])
        assert [unit.comments for unit in after] == [
            (line,) if number == at else () for number in range(len(units))
        ]
    assert with_remarks((), [gone]) == ()
    moved = with_remarks((other,), [replace(name, comments=(line,))])
    assert moved[0].comments == (line,)


def test_a_text_that_stands_twice_is_one_unit_and_stays_while_one_place_changes() -> None:
    units = start(source(ONE, OTHER, ONE))
    assert len([u for u in units if u.source == ONE]) == 1
    result = run(units, source(ONE, OTHER, TWO))
    assert find(result, ONE).state is State.REVIEWED
    assert find(result, TWO).state is State.UNTRANSLATED
    assert sources_of(result, obsolete=True) == []


def test_two_texts_that_become_one_leave_the_other_as_obsolete() -> None:
    result = run(start(source(ONE, TWO)), source(TWO, TWO))
    assert find(result, TWO).target == f"DE {TWO}"
    assert find(result, ONE).obsolete


def test_each_edited_text_gets_the_translation_of_the_one_it_is_most_like() -> None:
    texts = [f"Sentence number {n} speaks of {w}." for n, w in enumerate(("cats", "dogs", "owls"))]
    result = run(start(source(*texts)), source(*[f"{text} Indeed." for text in texts[::-1]]))
    assert {u.source: u.previous for u in result.units if u.previous} == {
        f"{text} Indeed.": text for text in texts
    }


def test_an_unlike_text_in_a_body_begins_untranslated_and_the_old_one_is_kept() -> None:
    result = run(start(source(ONE)), source(OTHER))
    assert find(result, OTHER).state is State.UNTRANSLATED
    assert find(result, ONE).obsolete


def test_a_new_name_or_definition_begins_with_the_old_translation_however_unlike() -> None:
    result = run(start(source()), source(name="Qualia", definition="No such thing!"))
    assert find(result, "Qualia").previous == "Name"
    assert find(result, "No such thing!").previous == "Definition of it."


def test_a_renamed_value_of_vocabulary_waits_once_for_all_terms() -> None:
    units = start(source(), source(slug="other"))
    new = [source(category="Basic ideas"), source(slug="other", category="Basic ideas")]
    result = run(units, *new)
    value = find(result, "Basic ideas")
    assert (value.context, value.previous, value.target) == ("category", "Basics", "DE Basics")
    assert find(result, "Basics").obsolete
    assert find(result, "Basics").target == "DE Basics"


def test_a_run_over_some_terms_keeps_the_vocabulary_of_the_others() -> None:
    units = start(source(category="Rare"), source(slug="other"))
    result = update(
        Catalog(units), [term_of(source(slug="other"))], untouched=frozenset({"term"}), partial=True
    )
    assert sorted(result.units, key=lambda u: u.key) == sorted(units, key=lambda u: u.key)


def test_units_of_terms_left_alone_pass_as_they_are_in_their_order() -> None:
    units = changed(start(source(ONE, OTHER)), ONE, notes=("kept note",), path="kept path")
    result = update(Catalog(units), [], untouched=frozenset({"term"}), partial=True)
    assert result.units == units
    assert not result.segments


def test_a_localized_list_keeps_its_text_and_its_review_whatever_its_items_are() -> None:
    units = start(source())
    result = run(units, source(keywords=("entirely", "different", "words")))
    unit = find(result, "entirely\ndifferent\nwords")
    assert (unit.target, unit.state) == ("DE one\ntwo", State.REVIEWED)
    assert unit.previous is None
    assert not [u for u in result.units if u.obsolete]


def test_a_localized_list_that_was_away_comes_back_with_its_text() -> None:
    away = run(start(source()), source(keywords=()))
    assert find(away, "one\ntwo").obsolete
    back = run(away.units, source(keywords=("three",)))
    assert (find(back, "three").target, find(back, "three").reviewed) == ("DE one\ntwo", True)
    assert not [u for u in back.units if u.obsolete]


def test_texts_that_become_a_list_do_not_pass_for_it() -> None:
    as_texts = Rules(Fields(translate=("term", "definition", "keywords"), localize=()))
    data = source(keywords=("fast food", "slow food")).markdown()
    units = reviewed(run((), term_of(data, rules=as_texts)).units)
    result = run(units, term_of(data))
    assert find(result, "fast food\nslow food").state is State.UNTRANSLATED
    assert find(result, "fast food").obsolete


def place(term: Document, text: str, heading: str) -> tuple[Segment, Key]:
    segment = next(
        s for s in term_of(term).file.segments if (s.source, s.headings) == (text, (heading,))
    )
    return segment, (context_of(term.slug, segment) + place_of(segment), text)


def two_places(first: str = "H: First", second: str = "H: Second") -> Document:
    return source(first, ONE, second, ONE)


def with_places(document: Document) -> tuple[Unit, ...]:
    """The units after people translated the two places of one text differently."""
    units = tuple(u for u in start(document) if u.source != ONE)
    for heading in ("H: First", "H: Second"):
        _, (context, text) = place(document, ONE, heading)
        units += (Unit(context, text, f"DE in {heading}", reviewed=True),)
    return run(units, document).units


def active(result: Updated) -> dict[str, str]:
    return {u.context: u.target for u in result.units if u.source == ONE and not u.obsolete}


def test_places_translated_differently_are_units_of_their_own() -> None:
    units = with_places(two_places())
    assert run(units, two_places()).units == units
    catalog = Catalog(units)
    for heading in ("H: First", "H: Second"):
        segment, _ = place(two_places(), ONE, heading)
        unit = catalog.unit_for("term", segment)
        assert unit is not None
        assert unit.target == f"DE in {heading}"


def test_a_place_keeps_its_translation_when_its_heading_is_renamed() -> None:
    renamed = two_places(second="H: Third")
    result = run(with_places(two_places()), renamed)
    first, third = place(renamed, ONE, "H: First")[1], place(renamed, ONE, "H: Third")[1]
    assert active(result) == {first[0]: "DE in H: First", third[0]: "DE in H: Second"}
    assert all(u.reviewed for u in result.units if u.source == ONE)
    assert run(result.units, renamed).units == result.units


def test_where_it_is_not_clear_whose_a_place_is_now_a_person_decides() -> None:
    result = run(with_places(two_places()), source("H: Third", ONE))
    assert active(result).keys() == {"term/body"}
    unit = next(u for u in result.units if u.source == ONE and not u.obsolete)
    assert unit.state is State.NEEDS_REVIEW
    assert {u.target for u in result.units if u.source == ONE} == {
        "DE in H: First",
        "DE in H: Second",
    }


def test_a_place_that_was_away_comes_back_as_it_was() -> None:
    units = with_places(two_places())
    away = run(units, source("H: First", ONE))
    assert len(active(away)) == 1
    back = run(away.units, two_places())
    assert {u.key: u for u in back.units} == {u.key: u for u in units}


def test_notes_say_kind_place_and_address_and_the_address_stands_on_the_first_unit_only() -> None:
    urls = {"term": "https://example.org/term"}
    result = update(Catalog(), [term_of(source("H: First", ONE))], urls=urls)
    assert find(result, "Name").notes == ("name of the term", f"Page: {urls['term']}")
    assert find(result, "Basics").notes == ("vocabulary",)
    assert find(result, ONE).notes == ("paragraph: H: First",)
    noted = (
        source(ONE)
        .markdown()
        .replace(ONE.encode(), b"<!-- i18n: note Be kind. -->\n\n" + ONE.encode())
    )
    assert find(run((), term_of(noted)), ONE).notes == ("paragraph", "Note: Be kind.")


def test_units_stand_in_the_order_of_vocabulary_slug_place_and_obsolete_last() -> None:
    units = start(source(ONE, OTHER), source(slug="another"))
    result = run(units, source(OTHER, ONE + " So."), source(slug="another"))
    assert [(u.slug, u.obsolete) for u in result.units] == (
        [("", False)] + [("another", False)] * 3 + [("term", False)] * 5 + [("term", True)]
    )
    assert sources_of(result, obsolete=False) == [OTHER, ONE + " So."]


def test_two_thousand_edited_paragraphs_each_find_their_translation() -> None:
    texts = [" ".join(f"word{n * 7 % 997}x{k}" for k in range(12)) for n in range(2000)]
    texts = [f"{text} {n}" for n, text in enumerate(texts)]
    result = run(start(source(*texts)), source(*[f"{text} more" for text in texts]))
    heirs = [unit for unit in result.units if unit.previous]
    assert len(heirs) == 2000
    assert all(unit.source == f"{unit.previous} more" for unit in heirs)


def test_an_heir_has_what_people_said_and_an_origin_only_where_it_was_adopted() -> None:
    said = {"comments": ("why?",), "flags": ("no-wrap",)}
    before = changed(start(source(ONE, slug="b")), ONE, origin=adopted("terms/de/b.md"), **said)
    heir = find(run(before, source(TWO, slug="b")), TWO)
    assert (heir.origin, heir.comments, heir.flags) == (adopted("terms/de/b.md"), *said.values())
    assert (heir.reviewed, heir.previous) == (False, ONE)
    machines = changed(start(source(ONE, slug="b")), ONE, origin=machine("DeepL", "another text"))
    assert find(run(machines, source(TWO, slug="b")), TWO).origin is None


def test_what_is_put_away_says_nothing_of_its_last_review_or_of_an_earlier_source() -> None:
    review = Review("hana", approved_hash(ONE, f"DE {ONE}"))
    units = changed(
        start(source(ONE, OTHER)), ONE, review=review, previous=TWO, previous_context="a/body"
    )
    gone = find(run(units, source(OTHER)), ONE)
    assert gone.obsolete
    assert (gone.review, gone.previous, gone.previous_context, gone.path, gone.notes) == (
        *(None, None, None),
        "",
        (),
    )


def test_what_changed_behind_a_term_that_is_left_alone_is_handed_on_all_the_same() -> None:
    units = start(source(ONE, slug="a"), source(OTHER, slug="b"))
    term = term_of(source("Nobody really knows why lions sleep.", slug="b"))
    result = update(Catalog(units), [term], untouched=frozenset({"a"}))
    assert find(result, ONE) == find(units, ONE)
    assert find(result, OTHER).obsolete
    assert find(result, "Nobody really knows why lions sleep.").target == f"DE {OTHER}"


def test_a_text_without_an_heir_keeps_none_behind_it_from_having_one() -> None:
    result = run(start(source(OTHER, ONE)), source(TWO))
    assert find(result, TWO).target == f"DE {ONE}"
    assert sources_of(result, obsolete=True) == [OTHER, ONE]
    assert {key[1]: old.source for key, old in result.heirs.items()} == {TWO: ONE}
    assert {key[1] for key in result.segments} >= {TWO}


def test_vocabulary_of_other_terms_that_passes_keeps_nothing_else_from_being_handed_on() -> None:
    units = start(source(ONE))
    result = run(units, source(TWO, category="Basic ideas"), partial=True)
    assert find(result, "Basics") == find(units, "Basics")
    assert find(result, TWO).target == f"DE {ONE}"


def test_vocabulary_has_no_page_of_its_own_and_takes_none_from_the_term() -> None:
    found = update(Catalog(), [term_of(source(ONE))], urls={"term": "https://a.org/term"}).units
    vocabulary = next(unit for unit in found if unit.context == "category")
    assert vocabulary.path == ""
    assert not any("https://" in note for note in vocabulary.notes)
    others = [unit for unit in found if unit.context != "category"]
    assert {unit.path for unit in others} == {"terms/en/term.md"}
    assert sum("Page: https://a.org/term" in unit.notes for unit in others) == 1
    plain = run((), source(ONE)).units
    assert not any(note.startswith("Page:") for unit in plain for note in unit.notes)


def test_a_list_that_comes_back_is_active() -> None:
    away = run(start(source()), source(keywords=()))
    (back,) = [u for u in run(away.units, source(keywords=("x",))).units if u.field == "keywords"]
    assert (back.obsolete, back.source) == (False, "x")


def test_a_draft_whose_text_was_edited_keeps_no_persons_text_behind_it_from_its_heir() -> None:
    units = changed(
        start(source(OTHER, ONE)), OTHER, reviewed=False, origin=machine("DeepL", f"DE {OTHER}")
    )
    assert find(units, OTHER).is_draft
    result = run(units, source("Nobody really knows why lions sleep.", TWO))
    assert find(result, TWO).target == f"DE {ONE}"
    assert find(result, ONE).obsolete


def test_notes_name_all_headings_above_a_text() -> None:
    data = source(ONE).markdown().replace(ONE.encode(), b"# One\n\n## Two\n\n" + ONE.encode())
    assert find(run((), term_of(data)), ONE).notes == ("paragraph: One › Two",)
