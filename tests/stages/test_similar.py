"""Reuse of similar texts and of imports: which are proposed, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Key, Kind, Origin, Segment, State, Unit, draft_hash
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.stages.leverage import Filler, Leveraged, Reuse, fill, leverage
from i18n_pipeline.stages.recall.entries import ANY, PROSE, Entry, Memory, entries_of, surroundings
from i18n_pipeline.stages.recall.index import Index, postings_of

OLD = "Only a few weights are trained, of low rank."
NEW = "Only a few weights are trained, of any rank."
TARGET = "Nur wenige Gewichte werden trainiert."
FILE = "memories/agency.tmx"


def unit(slug: str, source: str, target: str = "", field: str = "body") -> Unit:
    return Unit(f"{slug}/{field}", source, target, reviewed=bool(target))


def segments_of(units: Iterable[Unit], kind: Kind = Kind.PARAGRAPH) -> dict[Key, Segment]:
    return {
        one.key: Segment(one.field, kind, one.source, markdown=one.field == "body")
        for one in units
        if not one.obsolete
    }


def reuse(least: int = 75, *, imported: bool = False) -> Reuse:
    return Reuse(imported=imported, least=lambda _: least, extensions=DEFAULT_EXTENSIONS)


def filled(
    *others: Unit,
    source: str = NEW,
    kind: Kind = Kind.PARAGRAPH,
    manner: Reuse | None = None,
    imports: Iterable[Entry] = (),
) -> Unit:
    """An untranslated unit after the reuse of others of its kind."""
    units = (unit("wanted", source), *others)
    result = leverage(units, segments_of(units, kind), manner or reuse(), lambda: tuple(imports))
    assert result.units[1:] == others
    assert result.exact + result.fuzzy == (result.units[0] != units[0])
    return result.units[0]


def entry(
    source: str = OLD, target: str = TARGET, sort: str = PROSE, *, exact: bool = True
) -> Entry:
    return Entry(source, target, sort, FILE, own=False, exact=exact)


def test_a_similar_text_is_a_draft_with_its_score_its_source_and_where_it_stands() -> None:
    result = filled(unit("lora", OLD, TARGET))
    assert (result.target, result.previous, result.is_draft) == (TARGET, OLD, True)
    assert result.origin == Origin("fuzzy match 93 % of lora/body", draft_hash(TARGET))


def test_a_text_that_is_less_alike_than_asked_is_not_proposed() -> None:
    assert filled(unit("lora", OLD, TARGET), manner=reuse(94)).target == ""
    assert filled(unit("lora", OLD, TARGET), manner=reuse(93)).target == TARGET
    assert filled(unit("lora", OLD, TARGET), manner=reuse(0)).target == ""


def test_the_same_text_goes_before_a_similar_one() -> None:
    result = filled(unit("lora", OLD, TARGET), unit("peft", NEW, "Genau so."))
    assert (result.target, result.state) == ("Genau so.", State.REVIEWED)


def test_the_most_alike_goes_first_then_our_own_then_the_most_frequent() -> None:
    nearer = unit("near", NEW + ".", "Näher.")
    assert filled(unit("lora", OLD, TARGET), nearer).target == "Näher."
    assert filled(unit("lora", OLD, TARGET), imports=[entry(target="Fremd.")]).target == TARGET
    other = [unit("a", OLD, "A"), unit("b", OLD, "B"), unit("c", OLD, "B")]
    assert filled(*other).target == "B"


def test_what_cannot_stand_leaves_room_for_the_next() -> None:
    manner = replace(reuse(), stands=lambda one: one.target != TARGET)
    assert filled(unit("lora", OLD, TARGET), manner=manner).target == ""
    second = unit("peft", OLD.replace("Only", "Just"), "Bloß wenige Gewichte.")
    assert filled(unit("lora", OLD, TARGET), second, manner=manner).target == second.target


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.DEFINITION_TITLE, Kind.VOCABULARY, Kind.LIST])
def test_names_and_lists_are_never_made_of_similar_ones(kind: Kind) -> None:
    assert filled(unit("lora", OLD, TARGET), kind=kind).target == ""


def test_a_heading_is_made_of_headings_alone() -> None:
    other = unit("lora", OLD, TARGET)
    units = (unit("wanted", NEW), other)
    segments = segments_of(units, Kind.HEADING)
    assert leverage(units, segments, reuse()).units[0].target == TARGET
    segments |= segments_of([other])
    assert leverage(units, segments, reuse()).units == units


@pytest.mark.parametrize(
    ("new", "old"), [("Low rank", "Low ranks"), ("Token", "Tokens"), ("A", "B")]
)
def test_of_two_words_nothing_is_similar(new: str, old: str) -> None:
    assert filled(unit("lora", old, TARGET), source=new, manner=reuse(50)).target == ""


def test_scripts_without_spaces_have_similar_texts_too() -> None:
    old, new = "少数の重みだけを訓練する。", "少数の行列だけを訓練する。"
    assert filled(unit("lora", old, TARGET), source=new).target == TARGET


def test_what_a_text_denies_is_not_translated_by_its_opposite() -> None:
    assert filled(unit("lora", "It is not trained again at all.", "Nein."),
                  source="It is trained again at all.").target == ""  # fmt: skip


def test_placeholders_are_those_of_the_new_text_or_the_match_is_left_out() -> None:
    old = unit("lora", "The library `peft` trains a few weights.", "Die Bibliothek `peft`.")
    new = "The library `unsloth` trains a few weights."
    assert filled(old, source=new).target == "Die Bibliothek `unsloth`."
    two = "The library `peft` trains `a` few weights."
    assert filled(old, source=two).target == ""


def test_obsolete_units_go_on_serving_and_drafts_do_not() -> None:
    gone = replace(unit("gone", OLD, TARGET), obsolete=True)
    assert filled(gone).target == TARGET
    assert filled(replace(gone, reviewed=False)).target == ""
    assert filled(replace(unit("lora", OLD, TARGET), reviewed=False)).target == ""


def test_an_import_is_a_draft_even_where_it_says_the_same() -> None:
    result = filled(imports=[entry(NEW)])
    assert (result.target, result.is_draft) == (TARGET, True)
    assert result.origin == Origin(f"exact match of {FILE}", draft_hash(TARGET))


def test_an_import_is_reviewed_where_that_is_configured_and_it_is_certain() -> None:
    trust = reuse(imported=True)
    assert filled(imports=[entry(NEW)], manner=trust).state is State.REVIEWED
    assert filled(imports=[entry(NEW, sort=ANY)], manner=trust).state is State.REVIEWED
    near = entry(NEW, exact=False)
    assert filled(imports=[near], manner=trust).is_draft
    two = [entry(NEW), entry(NEW, "Etwas anderes.")]
    assert filled(imports=two, manner=trust).is_draft
    heading = [entry(NEW, sort=ANY)]
    assert filled(imports=heading, kind=Kind.HEADING, manner=trust).is_draft


def test_what_this_project_says_goes_before_an_import() -> None:
    own = unit("peft", NEW, "Unser Wort.")
    result = filled(own, imports=[entry(NEW)] * 3, manner=reuse(imported=True))
    assert (result.target, result.state) == ("Unser Wort.", State.REVIEWED)


def test_a_neighbouring_variety_of_the_language_is_worth_less() -> None:
    assert kind_of(filled(imports=[entry(exact=False)]).origin) is OriginKind.FUZZY
    assert "88 %" in str(filled(imports=[entry(exact=False)]).origin)
    assert filled(imports=[entry(exact=False)], manner=reuse(90)).target == ""


def test_a_text_of_unknown_kind_serves_any() -> None:
    for kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.TEXT, Kind.NAME):
        assert filled(imports=[entry(NEW, sort=ANY)], kind=kind).target == TARGET
        assert filled(imports=[entry(NEW, sort="CELL")], kind=kind).target == ""


def neighbours(*, first: str, last: str) -> list[Unit]:
    """Two terms that render one text differently, and a third that lacks it."""
    rows = {"a": ("Before", "X", "After"), "b": ("Earlier", "Y", "Later")}
    units = []
    for slug, (before, target, after) in rows.items():
        units += [unit(slug, before, "t"), unit(slug, OLD, target), unit(slug, after, "t")]
    return [*units, unit("c", first), unit("c", OLD), unit("c", last)]


def test_of_several_renderings_the_one_between_the_same_texts_is_proposed() -> None:
    for first, last, wanted in (("Before", "After", "X"), ("Earlier", "Later", "Y")):
        units = tuple(neighbours(first=first, last=last))
        result = leverage(units, segments_of(units), reuse(0)).units[-2]
        assert (result.target, result.is_draft) == (wanted, True)


def test_an_import_knows_its_surroundings_too() -> None:
    units = tuple(neighbours(first="One", last="Two")[-3:])
    around = surroundings(units)[units[1].key]
    there = Entry(OLD, "There", PROSE, FILE, own=False, around=around)
    elsewhere = [Entry(OLD, "Else", PROSE, FILE, own=False)] * 2
    result = leverage(units, segments_of(units), reuse(0), lambda: [*elsewhere, there])
    assert result.units[1].target == "There"


def test_one_text_in_several_terms_is_filled_once_everywhere() -> None:
    units = (unit("a", NEW), unit("b", NEW), unit("c", NEW), unit("lora", NEW, TARGET))
    result = leverage(units, segments_of(units), reuse())
    assert [one.target for one in result.units] == [TARGET] * 4
    assert all(one.reviewed for one in result.units)
    assert result.exact == 3


# whatever is remembered, in whatever order

sources = st.sampled_from([OLD, NEW, NEW + " Now.", "It is `x` now.", "It is `y` now.", "Never."])
slugs = st.sampled_from("abcdef")


@st.composite
def catalogs(draw: st.DrawFn) -> tuple[Unit, ...]:
    keys = draw(st.lists(st.tuples(slugs, sources), unique=True, max_size=12))
    return tuple(draw(units_of(*key)) for key in sorted(keys))


def units_of(slug: str, source: str) -> st.SearchStrategy[Unit]:
    targets = st.sampled_from(["", "", "Eins", "Zwei `x`", "Drei"])
    return st.builds(
        lambda target, reviewed, obsolete, origin: Unit(
            f"{slug}/body",
            source,
            target,
            reviewed=bool(target) and reviewed,
            obsolete=obsolete and bool(target),
            origin=Origin("machine draft by X", draft_hash(target)) if origin and target else None,
        ),
        targets,
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )


imported = st.lists(
    st.builds(
        Entry, sources, st.sampled_from(["Import", "Zwei `x`"]), st.sampled_from([PROSE, ANY]),
        st.just(FILE), own=st.just(False), exact=st.booleans(),
    ),
    max_size=5,
)  # fmt: skip


@given(catalogs(), imported, st.sampled_from([0, 60, 75, 95]), st.booleans())
def test_no_text_is_changed_and_what_is_filled_is_told_of(
    units: tuple[Unit, ...], imports: list[Entry], least: int, trusts: bool
) -> None:
    result = leverage(units, segments_of(units), reuse(least, imported=trusts), lambda: imports)
    changed = 0
    for before, after in zip(units, result.units, strict=True):
        if before.target or before.obsolete:
            assert after == before
        elif after != before:
            changed += 1
            assert after.is_draft or after.reviewed
            if kind_of(after.origin) is OriginKind.FUZZY:
                assert after.is_draft
                assert after.previous not in (None, after.source)
    assert changed == result.exact + result.fuzzy


@given(catalogs(), imported, st.randoms(use_true_random=False), st.frozensets(sources))
def test_the_same_is_filled_whatever_the_order_and_the_age_of_the_index(
    units: tuple[Unit, ...], imports: list[Entry], random: Random, earlier: frozenset[str]
) -> None:
    once = leverage(units, segments_of(units), reuse(60), lambda: imports)

    def aged(now: frozenset[str]) -> Index:
        return Index.of(now, postings_of(earlier))

    slugs = sorted({one.slug for one in units})
    random.shuffle(slugs)
    moved = tuple(one for slug in slugs for one in units if one.slug == slug)
    shuffled = random.sample(imports, len(imports))
    segments = segments_of(moved)
    entries = (*entries_of(moved, segments), *shuffled)
    again = fill(moved, segments, lambda: Filler(reuse(60), Memory(entries, moved, aged)))
    assert {one.key: one for one in again.units} == {one.key: one for one in once.units}


@given(catalogs(), imported, st.booleans())
def test_a_second_time_nothing_is_filled(
    units: tuple[Unit, ...], imports: list[Entry], trusts: bool
) -> None:
    segments, manner = segments_of(units), reuse(60, imported=trusts)
    once = leverage(units, segments, manner, lambda: imports)
    assert leverage(once.units, segments, manner, lambda: imports) == Leveraged(once.units, 0)
