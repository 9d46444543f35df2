"""Three ways: no text that a person gave to a unit on either side is missing after the merge."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.model import Catalog, Key, Unit
from i18n_pipeline.origins import machine
from i18n_pipeline.stages.conflicts import Parked, park, parked, settled
from i18n_pipeline.stages.merging import joined, merge_catalogs
from i18n_pipeline.stages.merging.three_way import merged_fields
from i18n_pipeline.stages.merging.units import follow

HEADER = new_header("ja")
BASE = Unit("lora/body", "Only a few.", "少し。", reviewed=True, notes=("paragraph",), path="a.md")


def draft(unit: Unit, text: str) -> Unit:
    return replace(unit, target=text, reviewed=False, origin=machine("DeepL", text))


def merged(base: Unit | None, ours: Unit | None, theirs: Unit | None) -> Unit | None:
    b, o, t = (Catalog(() if one is None else (one,), HEADER) for one in (base, ours, theirs))
    units = merge_catalogs(b, o, t, "grace").catalog.units
    assert len(units) < 2
    return units[0] if units else None


def test_what_changed_on_one_side_is_taken_from_there() -> None:
    other = replace(BASE, target="ほんの少し。")
    assert merged(BASE, other, BASE) == other
    assert merged(BASE, BASE, other) == other
    assert merged(BASE, other, other) == other


def test_of_two_peoples_texts_ours_stays_and_theirs_waits_beside_it() -> None:
    ours, theirs = replace(BASE, target="A"), replace(BASE, target="B")
    unit = merged(BASE, ours, theirs)
    assert unit == park(replace(ours, reviewed=False), "B", "grace")


def test_a_person_goes_before_a_machine_and_an_approval_counts_as_one() -> None:
    before = draft(BASE, "機械訳。")
    approved, again = replace(before, reviewed=True), draft(BASE, "別の機械訳。")
    assert merged(before, approved, again) == approved
    assert merged(before, again, approved) == approved
    assert merged(None, again, BASE) == BASE


def test_an_approved_draft_beside_another_text_is_no_draft_again() -> None:
    before = draft(BASE, "機械訳。")
    unit = merged(before, replace(before, reviewed=True), replace(BASE, target="人の訳。"))
    assert unit is not None
    assert (unit.target, unit.by_person, unit.reviewed) == ("機械訳。", True, False)
    assert parked(unit) == (Parked("grace", "人の訳。"),)
    assert read_po(write_po(Catalog((unit,), HEADER))).units[0].by_person


def test_approved_on_one_side_and_only_typed_on_the_other_is_approved() -> None:
    before = replace(BASE, target="", reviewed=False)
    typed, approved = replace(BASE, reviewed=False), BASE
    assert merged(before, typed, approved) == approved


def test_an_edit_outlives_that_the_source_went_away() -> None:
    gone = replace(BASE, obsolete=True, notes=(), path="")
    edited = replace(BASE, target="ほんの少し。")
    assert merged(BASE, gone, edited) == replace(gone, target="ほんの少し。")
    assert merged(BASE, edited, gone) == replace(gone, target="ほんの少し。")
    assert merged(gone, BASE, gone) == BASE


def test_what_a_side_deleted_goes_unless_a_person_worked_on_it_meanwhile() -> None:
    assert merged(BASE, None, BASE) is None
    assert merged(BASE, BASE, None) is None
    edited, asked = replace(BASE, target="少々。"), replace(BASE, comments=("Why?",))
    assert merged(BASE, None, edited) == edited
    assert merged(BASE, asked, None) == asked
    assert merged(draft(BASE, "D"), None, draft(BASE, "E")) is None


def test_comments_of_both_are_there_and_what_one_took_out_is_not() -> None:
    before = replace(BASE, comments=("one", "two"))
    ours, theirs = replace(BASE, comments=("one", "mine")), replace(BASE, comments=("two", "x"))
    unit = merged(before, ours, theirs)
    assert unit == replace(BASE, comments=("mine", "x"))


def test_what_one_side_settled_does_not_come_back() -> None:
    before = park(replace(BASE, reviewed=False), "B", "grace")
    chosen = replace(BASE, target="B")
    assert merged(before, chosen, before) == chosen
    assert merged(before, before, chosen) == chosen


def test_the_text_of_an_edited_source_follows_the_correction_of_its_earlier_one() -> None:
    heir = replace(BASE, source="Only a few more.", reviewed=False, previous=BASE.source)
    gone = replace(BASE, obsolete=True, notes=(), path="")
    corrected = replace(BASE, target="ほんの少し。", comments=("Better.",))
    base = Catalog((BASE,), HEADER)
    author, translator = Catalog((heir, gone), HEADER), Catalog((corrected,), HEADER)
    for ours, theirs in ((author, translator), (translator, author)):
        new, old = merge_catalogs(base, ours, theirs).catalog.units
        assert new == replace(heir, target="ほんの少し。", comments=("Better.",))
        assert (old.target, old.obsolete) == ("ほんの少し。", True)


def test_new_units_stand_where_they_stood_and_the_order_is_ours() -> None:
    def unit(slug: str, source: str) -> Unit:
        return Unit(f"{slug}/body", source, "x", reviewed=True)

    first, last, z = unit("b", "first"), unit("b", "last"), unit("z", "z")
    base = Catalog((first, last, z), HEADER)
    ours = Catalog((first, unit("b", "ours"), last, z), HEADER)
    theirs = Catalog((unit("a", "a"), first, last, unit("b", "end"), z, Unit("kind", "K", "k")))
    found = merge_catalogs(base, ours, theirs).catalog.units
    assert [one.source for one in found] == ["K", "a", "first", "ours", "last", "end", "z"]


def test_headers_meet_field_by_field() -> None:
    base = Catalog(header=(("Language", "ja"), ("X-Old", "1")), header_comments=("Japanese.",))
    ours = replace(base, header=(("Language", "ja"), ("X-Old", "1"), ("Language-Team", "A")))
    theirs = replace(base, header=(("Language", "ja"), ("X-New", "2")), header_comments=("日本語",))
    found = merge_catalogs(base, ours, theirs).catalog
    assert dict(found.header) == {"Language": "ja", "Language-Team": "A", "X-New": "2"}
    assert found.header_comments == ("日本語",)


TEXTS = st.sampled_from(["", "A", "B", "C", "D\nE"])


@st.composite
def units(draw: st.DrawFn, key: Key) -> Unit:
    """A unit in any state: empty, a draft, a person's, approved, obsolete, with words beside it."""
    unit = Unit(*key, comments=draw(st.sampled_from([(), ("note",), ("note", "more")])))
    text = draw(TEXTS)
    if draw(st.booleans()):
        unit = draft(unit, text) if text else unit
    else:
        unit = replace(unit, target=text, reviewed=bool(text) and draw(st.booleans()))
    if draw(st.booleans()) and unit.target:
        unit = park(unit, draw(TEXTS), draw(st.sampled_from(["x", "y"])))
    if unit.target and draw(st.integers(0, 4)) == 0:
        unit = replace(unit, obsolete=True, origin=None)
    if unit.is_draft and draw(st.booleans()):
        unit = replace(unit, reviewed=True)
    return unit


KEYS: tuple[Key, ...] = (("a/term", "A"), ("b/body", "B"), ("kind", "K"))


@st.composite
def catalogs(draw: st.DrawFn, before: Catalog | None = None) -> Catalog:
    """A catalog of up to three units; those of `before` mostly as they are there."""
    known = {unit.key: unit for unit in before.units} if before else {}
    found = []
    for key in draw(st.permutations(KEYS)):
        how = draw(st.integers(0, 3))
        if key in known and how == 0:
            found.append(known[key])
        elif how:
            found.append(draw(units(key)))
    found.sort(key=lambda unit: unit.obsolete)
    return Catalog(tuple(found), HEADER, ("Japanese.",))


@st.composite
def branches(draw: st.DrawFn) -> tuple[Catalog, Catalog, Catalog]:
    base = draw(catalogs())
    return base, draw(catalogs(base)), draw(catalogs(base))


def words(catalog: Catalog) -> set[tuple[Key, str]]:
    """What people say in a catalog: texts, and texts that wait beside them."""
    by_people = {(unit.key, unit.target) for unit in catalog.units if unit.by_person}
    return by_people | {(unit.key, one.text) for unit in catalog.units for one in parked(unit)}


def everything(catalog: Catalog) -> set[tuple[Key, str]]:
    return words(catalog) | {(unit.key, unit.target) for unit in catalog.units}


@given(branches())
def test_every_text_that_a_person_brought_on_either_side_is_there(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, theirs = sides
    found = merge_catalogs(base, ours, theirs, "theirs").catalog
    assert (words(ours) | words(theirs)) - everything(base) <= words(found)
    assert read_po(write_po(found)) == found


@given(branches())
def test_without_a_base_every_text_of_people_and_every_comment_is_there(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    _, ours, theirs = sides
    found = merge_catalogs(Catalog(), ours, theirs, "theirs").catalog
    assert words(ours) | words(theirs) <= words(found)
    comments = {
        (unit.key, line)
        for side in (ours, theirs)
        for unit in side.units
        for line in settled(unit).comments
    }
    assert comments <= {(unit.key, line) for unit in found.units for line in unit.comments}


@given(branches())
def test_a_side_that_changed_nothing_changes_nothing(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, _ = sides
    in_order = merge_catalogs(ours, ours, ours).catalog
    assert merge_catalogs(base, ours, base).catalog == in_order
    assert set(merge_catalogs(base, base, ours).catalog.units) == set(in_order.units)


@given(branches())
def test_no_text_becomes_reviewed_that_was_reviewed_on_neither_side(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, theirs = sides
    approved = {(u.key, u.target) for side in (ours, theirs) for u in side.units if u.reviewed}
    found = merge_catalogs(base, ours, theirs).catalog
    assert {(u.key, u.target) for u in found.units if u.reviewed} <= approved


@given(branches())
def test_a_unit_that_stands_several_times_is_one_and_says_all_that_people_wrote(
    sides: tuple[Catalog, Catalog, Catalog],
) -> None:
    doubled = Catalog(tuple(unit for side in sides for unit in side.units), HEADER)
    found = joined(doubled, "the same file").catalog
    assert len({unit.key for unit in found.units}) == len(found.units)
    assert words(doubled) <= words(found)


def test_a_field_that_one_side_changed_outlives_its_removal_on_the_other() -> None:
    before = {"Language": "ja", "X-Note": "a"}
    assert merged_fields(before, {"Language": "ja"}, {**before, "X-Note": "b"}) == {
        "Language": "ja", "X-Note": "b",
    }  # fmt: skip
    assert merged_fields(before, {"Language": "ja"}, before) == {"Language": "ja"}


def test_a_text_that_waits_for_a_new_source_follows_a_persons_correction_of_the_old_one() -> None:
    waiting = replace(BASE, source="Only some.", reviewed=False, previous=BASE.source)
    corrected = replace(BASE, target="わずか。")
    assert follow(waiting, BASE, corrected).target == "わずか。"
    for unit, now in (
        (waiting, BASE),
        (waiting, draft(BASE, "機械訳。")),
        (replace(waiting, reviewed=True), corrected),
        (replace(waiting, target="人の訳。"), corrected),
    ):
        assert follow(unit, BASE, now) == unit
