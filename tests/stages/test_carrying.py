"""What an edit of a source leaves of a review, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.model import Catalog, Origin, State, Unit, draft_hash
from i18n_pipeline.pipeline.lexicon import english
from i18n_pipeline.stages.carrying import Carried, Carrying, Edited, Outcome, carry
from i18n_pipeline.stages.edits import EditKind, Ground
from i18n_pipeline.stages.kept import KEPT, is_kept
from i18n_pipeline.stages.update import update
from tests.stages.documents import Block, Document, term_of

GROUND = Ground(words=english)
HOW = Carrying(GROUND)
LINKED = "Read [the paper](/v1) before you train `small` models."
RELINKED = "Read [the paper](/v2) before you train `small` models."
GERMAN = "Trainiere `small`-Modelle erst nach [dem Artikel](/v1)."
SLIP = "The weights of the model are traned slowly."
MENDED = "The weights of the model are trained slowly."


def source(*texts: str, **fields: object) -> Document:
    blocks = tuple(Block("paragraph", (text,)) for text in texts)
    document = Document("term", "Name", "Definition of it.", blocks=blocks)
    return replace(document, **fields)  # type: ignore[arg-type]  # names of the document's fields


def run(units: tuple[Unit, ...], document: Document, how: Carrying = HOW) -> Carried:
    updated = update(Catalog(units), [term_of(document)])
    return carry(updated, Catalog(units), how)


def translated(
    text: str, target: str, *, reviewed: bool = True, **more: object
) -> tuple[Unit, ...]:
    units = run((), source(text)).units
    return tuple(
        replace(u, target=target, reviewed=reviewed, **more)  # type: ignore[arg-type]
        if u.source == text
        else replace(u, target=f"DE {u.source}", reviewed=True)
        for u in units
    )


def drafted(text: str, target: str) -> tuple[Unit, ...]:
    origin = Origin("machine draft by DeepL", draft_hash(target))
    return translated(text, target, reviewed=False, origin=origin)


def active(found: Carried | tuple[Unit, ...], text: str) -> Unit:
    units = found.units if isinstance(found, Carried) else found
    (unit,) = [unit for unit in units if unit.source == text and not unit.obsolete]
    return unit


def edited(found: Carried) -> list[tuple[EditKind, Outcome]]:
    return [(one.kind, one.outcome) for one in found.edited]


def test_a_changed_address_is_changed_in_the_translation_and_stays_reviewed() -> None:
    found = run(translated(LINKED, GERMAN), source(RELINKED))
    unit = active(found, RELINKED)
    assert unit.target == GERMAN.replace("/v1", "/v2")
    assert (unit.reviewed, unit.previous, unit.origin) == (
        True,
        None,
        Origin("patched: link destination"),
    )
    assert edited(found) == [(EditKind.DESTINATION, Outcome.PATCHED)]
    (old,) = [unit for unit in found.units if unit.obsolete]
    assert (old.source, old.target, old.reviewed) == (LINKED, GERMAN, True)


def test_a_second_run_changes_nothing_after_any_of_it() -> None:
    for before, after in ((LINKED, RELINKED), (SLIP, MENDED)):
        first = run(translated(before, GERMAN if "/" in before else "DE"), source(after))
        second = run(first.units, source(after))
        assert second.units == first.units
        assert second.edited == ()


def test_an_undone_edit_of_an_address_gives_the_first_text_back() -> None:
    there = run(translated(LINKED, GERMAN), source(RELINKED))
    back = run(there.units, source(LINKED))
    unit = active(back, LINKED)
    assert (unit.target, unit.reviewed) == (GERMAN, True)


def test_a_mended_slip_of_the_pen_keeps_the_review_with_a_note() -> None:
    found = run(translated(SLIP, "DE"), source(MENDED))
    unit = active(found, MENDED)
    assert (unit.target, unit.reviewed, unit.previous) == ("DE", True, SLIP)
    assert is_kept(unit)
    assert unit.notes[-1] == f"{KEPT}typo (“traned” → “trained”)"
    assert edited(found) == [(EditKind.TYPO, Outcome.KEPT)]


def test_an_undone_slip_leaves_nothing_behind() -> None:
    before = translated(SLIP, "DE")
    there = run(before, source(MENDED))
    back = run(there.units, source(SLIP))
    assert {u.key: u for u in back.units} == {u.key: u for u in before}


def test_what_means_something_is_reviewed_as_ever() -> None:
    now = MENDED.replace("are trained", "are not trained")
    found = run(translated(MENDED, "DE"), source(now))
    unit = active(found, now)
    assert (unit.target, unit.state, unit.previous) == ("DE", State.NEEDS_REVIEW, MENDED)
    assert edited(found) == [(EditKind.NEGATION, Outcome.REVIEW)]


def test_a_link_that_the_translation_does_not_have_is_for_a_person() -> None:
    found = run(translated(LINKED, "Ohne Verweis."), source(RELINKED))
    assert active(found, RELINKED).state is State.NEEDS_REVIEW


def test_which_of_two_equal_addresses_changed_is_for_a_person() -> None:
    before, after = "See [one](/a) and [two](/a).", "See [one](/a) and [two](/b)."
    found = run(translated(before, "[zwei](/a) und [eins](/a)"), source(after))
    assert active(found, after).state is State.NEEDS_REVIEW


def test_addresses_that_changed_places_change_them_in_the_translation_too() -> None:
    before, after = "See [one](/a) and [two](/b).", "See [one](/b) and [two](/a)."
    found = run(translated(before, "[zwei](/b), [eins](/a)"), source(after))
    assert active(found, after).target == "[zwei](/a), [eins](/b)"


def test_other_code_is_other_code_in_the_translation() -> None:
    now = LINKED.replace("`small`", "`large`")
    unit = active(run(translated(LINKED, GERMAN), source(now)), now)
    assert (unit.target, unit.reviewed) == (GERMAN.replace("`small`", "`large`"), True)
    assert unit.origin == Origin("patched: code or other placeholder")


def test_what_a_check_objects_to_is_for_a_person() -> None:
    how = replace(HOW, stands=lambda unit: "/v2" not in unit.target)
    found = run(translated(LINKED, GERMAN), source(RELINKED), how)
    assert active(found, RELINKED).state is State.NEEDS_REVIEW


def test_kinds_that_a_project_wants_reviewed_are() -> None:
    how = replace(HOW, review=frozenset({EditKind.TYPO}))
    found = run(translated(SLIP, "DE"), source(MENDED), how)
    assert active(found, MENDED).state is State.NEEDS_REVIEW


def test_many_small_edits_are_compared_with_the_text_that_was_translated() -> None:
    calm, loud = MENDED.replace("slowly.", "slowly!"), MENDED.replace("slowly.", "slowly …")
    first = run(translated(SLIP, "DE"), source(MENDED))
    second = run(first.units, source(calm))
    assert (active(second, calm).reviewed, active(second, calm).previous) == (True, SLIP)
    how = replace(HOW, review=frozenset({EditKind.TYPO}))
    third = active(run(second.units, source(loud), how), loud)
    assert (third.state, third.previous) == (State.NEEDS_REVIEW, SLIP)


def test_several_edits_before_a_review_count_from_the_reviewed_text() -> None:
    rewritten = "The weights of the model are never trained."
    first = run(translated(SLIP, "DE"), source(rewritten))
    assert active(first, rewritten).state is State.NEEDS_REVIEW
    second = run(first.units, source(MENDED))
    unit = active(second, MENDED)
    assert (unit.target, unit.reviewed, unit.previous) == ("DE", True, SLIP)


def test_a_kept_text_that_a_person_sent_back_to_review_stays_there() -> None:
    kept = run(translated(SLIP, "DE"), source(MENDED))
    doubted = tuple(replace(u, reviewed=False) if u.source == MENDED else u for u in kept.units)
    again = run(doubted, source(MENDED.replace("slowly.", "slowly!")))
    assert active(again, MENDED.replace("slowly.", "slowly!")).state is State.NEEDS_REVIEW


def test_an_unreviewed_text_of_a_person_is_not_reviewed_by_an_edit() -> None:
    found = run(translated(SLIP, "DE", reviewed=False), source(MENDED))
    unit = active(found, MENDED)
    assert (unit.target, unit.state) == ("DE", State.NEEDS_REVIEW)


def test_a_previous_source_that_an_editor_left_behind_is_no_kept_one() -> None:
    units = translated(MENDED, "DE", previous="An older text of the model.")
    found = run(units, source(MENDED))
    unit = active(found, MENDED)
    assert not is_kept(unit)
    assert unit.previous == "An older text of the model."


def test_a_kept_text_that_a_person_writes_anew_is_no_kept_one_any_more() -> None:
    kept = run(translated(SLIP, "DE"), source(MENDED))
    anew = tuple(replace(u, target="DE 2") if u.source == MENDED else u for u in kept.units)
    unit = active(run(anew, source(MENDED)), MENDED)
    assert (unit.target, unit.reviewed, unit.previous) == ("DE 2", True, None)
    assert not is_kept(unit)


def test_a_draft_follows_an_address_and_stays_a_draft() -> None:
    found = run(drafted(LINKED, GERMAN), source(RELINKED))
    unit = active(found, RELINKED)
    assert unit.target == GERMAN.replace("/v1", "/v2")
    assert (unit.is_draft, unit.reviewed, unit.previous) == (True, False, None)
    assert edited(found) == [(EditKind.DESTINATION, Outcome.PATCHED)]


def test_a_draft_is_not_paid_again_for_a_slip_of_the_pen() -> None:
    found = run(drafted(SLIP, "DE"), source(MENDED))
    unit = active(found, MENDED)
    assert (unit.target, unit.is_draft, unit.previous) == ("DE", True, SLIP)


def test_a_draft_of_another_text_is_drafted_anew() -> None:
    now = MENDED.replace("slowly", "quickly")
    found = run(drafted(MENDED, "DE"), source(now))
    assert active(found, now).state is State.UNTRANSLATED
    assert found.edited == (Edited(("term/body", now), EditKind.REWRITE, Outcome.ANEW),)


def test_a_changed_name_or_category_is_always_for_a_person() -> None:
    units = translated(MENDED, "DE")
    found = run(units, source(MENDED, name="name", category="basics"))
    assert active(found, "name").state is State.NEEDS_REVIEW
    assert active(found, "basics").state is State.NEEDS_REVIEW


def test_plain_text_of_the_front_matter_is_judged_like_the_body() -> None:
    found = run(translated(MENDED, "DE"), source(MENDED, definition="Definition of it!"))
    unit = active(found, "Definition of it!")
    assert (unit.target, unit.reviewed) == ("DE Definition of it.", True)


def test_bold_words_that_are_bold_no_more_are_so_in_the_translation() -> None:
    before, after = "It is **very** cheap.", "It is very cheap."
    unit = active(run(translated(before, "Es ist **sehr** billig."), source(after)), after)
    assert (unit.target, unit.reviewed) == ("Es ist sehr billig.", True)


def test_a_name_that_becomes_code_or_a_link_becomes_it_in_the_translation() -> None:
    before, after = "Install it with kubectl today.", "Install it with `kubectl` [today](/x)."
    found = run(translated(before, "Installiere es heute mit kubectl."), source(after))
    assert active(found, after).state is State.NEEDS_REVIEW  # nobody knows what `today` is there
    after = "Install it with `kubectl` today."
    unit = active(
        run(translated(before, "Installiere es heute mit kubectl."), source(after)), after
    )
    assert (unit.target, unit.reviewed) == ("Installiere es heute mit `kubectl`.", True)


def test_a_word_that_means_something_else_in_the_translation_gets_no_link() -> None:
    before, after = "It is fast, as they say.", "It is [fast](/fast), as they say."
    found = run(translated(before, "Das Modell ist fast schnell."), source(after))
    assert active(found, after).state is State.NEEDS_REVIEW


def test_a_name_that_the_terminology_keeps_gets_its_link() -> None:
    before, after = "A token is read.", "A [token](/token) is read."
    units = translated(before, "Se lee un token.")
    assert active(run(units, source(after)), after).state is State.NEEDS_REVIEW
    how = replace(HOW, locale="es", kept=lambda: frozenset({"token"}))
    unit = active(run(units, source(after), how), after)
    assert (unit.target, unit.reviewed) == ("Se lee un [token](/token).", True)


def test_every_edit_of_a_run_is_told() -> None:
    document = source(SLIP, LINKED)
    units = tuple(
        replace(u, target={SLIP: "DE", LINKED: GERMAN}.get(u.source, "x"), reviewed=True)
        for u in run((), document).units
    )
    assert edited(run(units, source(MENDED, RELINKED))) == [
        (EditKind.TYPO, Outcome.KEPT),
        (EditKind.DESTINATION, Outcome.PATCHED),
    ]


def test_an_edit_of_what_nobody_translated_is_no_edit_to_tell() -> None:
    found = run(run((), source(SLIP)).units, source(MENDED))
    assert (found.edited, active(found, MENDED).state) == ((), State.UNTRANSLATED)


def test_an_edit_behind_a_source_that_an_editor_left_is_compared_with_the_last_one() -> None:
    calm = MENDED.replace("slowly.", "slowly!")
    found = run(translated(MENDED, "DE", previous="Nothing of this kind."), source(calm))
    unit = active(found, calm)
    assert (unit.reviewed, unit.previous) == (True, MENDED)


def test_a_harmless_edit_is_for_a_person_where_one_before_it_was_not() -> None:
    calm = MENDED.replace("slowly.", "slowly!")
    how = replace(HOW, review=frozenset({EditKind.TYPO}))
    kept = run(translated(SLIP, "DE"), source(MENDED))
    unit = active(run(kept.units, source(calm), how), calm)
    assert (unit.state, unit.previous) == (State.NEEDS_REVIEW, SLIP)
    assert active(run(kept.units, source(calm)), calm).reviewed


def test_a_draft_is_kept_and_drafted_anew_by_the_same_measure() -> None:
    calm = MENDED.replace("slowly.", "slowly!")
    how = replace(HOW, review=frozenset({EditKind.TYPO}))
    kept = run(drafted(SLIP, "DE"), source(MENDED))
    unit = active(run(kept.units, source(calm)), calm)
    assert (unit.target, unit.is_draft, unit.previous) == ("DE", True, SLIP)
    anew = run(kept.units, source(calm), how)
    assert active(anew, calm).state is State.UNTRANSLATED
    assert edited(anew) == [(EditKind.PUNCTUATION, Outcome.ANEW)]


def test_a_draft_without_the_link_that_changed_is_drafted_anew() -> None:
    found = run(drafted(LINKED, "Ohne Verweis."), source(RELINKED))
    assert active(found, RELINKED).state is State.UNTRANSLATED
    assert edited(found) == [(EditKind.DESTINATION, Outcome.ANEW)]


def test_so_is_one_that_a_check_objects_to() -> None:
    how = replace(HOW, stands=lambda unit: "/v2" not in unit.target)
    found = run(drafted(LINKED, GERMAN), source(RELINKED), how)
    assert active(found, RELINKED).state is State.UNTRANSLATED


def test_a_kept_text_whose_link_was_changed_since_is_still_a_kept_one() -> None:
    slip = "Read [the paper](/v1) before `small` models are traned."
    mended = slip.replace("traned", "trained")
    relinked = mended.replace("/v1", "/v2")
    kept = run(translated(slip, GERMAN), source(mended))
    patched = run(kept.units, source(relinked))
    unit = active(patched, relinked)
    assert (unit.target, unit.previous) == (GERMAN.replace("/v1", "/v2"), slip)
    assert is_kept(unit)
    assert run(patched.units, source(relinked)).units == patched.units


def test_all_that_was_patched_is_said() -> None:
    now = RELINKED.replace("`small`", "`large`")
    unit = active(run(translated(LINKED, GERMAN), source(now)), now)
    assert unit.target == GERMAN.replace("/v1", "/v2").replace("small", "large")
    assert unit.origin == Origin("patched: link destination, code or other placeholder")


KUBECTL = replace(HOW, locale="de", kept=lambda: frozenset({"kubectl"}))


@pytest.mark.parametrize(
    ("before", "after", "target", "expected"),
    [
        ("Use `rank` here.", "Use rank here.", "Nutze `rank` hier.", "Nutze rank hier."),
        ("Use K8s here.", "Use `K8s` here.", "Nutze K8s hier.", "Nutze `K8s` hier."),
        (
            "Use [**k8s**](/a) here.",
            "Use **k8s** here.",
            "Nutze [**k8s**](/a) hier.",
            "Nutze **k8s** hier.",
        ),
        (
            "Use *kubectl* here.",
            "Use **kubectl** here.",
            "Nutze *kubectl* hier.",
            "Nutze **kubectl** hier.",
        ),
    ],
)
def test_markup_that_came_or_went_comes_and_goes_in_the_translation(
    before: str, after: str, target: str, expected: str
) -> None:
    unit = active(run(translated(before, target), source(after), KUBECTL), after)
    assert (unit.target, unit.reviewed) == (expected, True)


@pytest.mark.parametrize(
    ("before", "after", "target"),
    [
        ("Use kubectl.", "Use `kubectl`.", "Nutze kubectl, ja kubectl."),
        ("Use kubectl.", "Use `kubectl`.", "Nutze kubectls Befehle."),
        ("Use kubectl.", "Use <b>kubectl</b>.", "Nutze kubectl."),
        (
            "Use [the kubectl](/x) here.",
            "Use [the `kubectl`](/x) here.",
            "Nutze [den kubectl](/x) hier.",
        ),
        ("Use [it](/x), kubectl.", "Use [it](/x), [kubectl](/k).", "Nutze [kubectl](/x)."),
    ],
    ids=["twice there", "a part of a word", "HTML", "code in a link", "a link in a link"],
)
def test_markup_whose_place_is_not_certain_is_for_a_person(
    before: str, after: str, target: str
) -> None:
    unit = active(run(translated(before, target), source(after), KUBECTL), after)
    assert (unit.target, unit.state) == (target, State.NEEDS_REVIEW)


def test_a_value_of_other_terms_keeps_what_it_says_of_its_review_while_they_are_not_looked_at() -> (
    None
):
    note = f"{KEPT}punctuation and case (“Methods.” → “Methods”)"
    value = Unit(
        "category", "Methods", "Methoden", reviewed=True, previous="Methods.", notes=(note,)
    )
    catalog = Catalog((value,))
    updated = update(catalog, [term_of(source("One."))], partial=True)
    found = carry(updated, catalog, HOW)
    assert active(found, "Methods") == value
    assert is_kept(value)
