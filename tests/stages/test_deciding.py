"""What a reviewer decides becomes a unit: approved, kept, sent back; and what is no decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.formats.decisions import Decision, Verb
from i18n_pipeline.formats.po import new_header, read_po, write_po
from i18n_pipeline.model import Catalog, Origin, Unit, draft_hash
from i18n_pipeline.origins import machine
from i18n_pipeline.stages.conflicts import park
from i18n_pipeline.stages.deciding import (
    decided,
    fault_of,
    is_sent_back,
    says_the_same,
    set_aside,
    version_of,
)

DRAFT = Unit(
    "lora/body", "It is thin.", "薄い。", origin=machine("DeepL", "薄い。"), previous="It is flat."
)


def decision(unit: Unit, verb: Verb, text: str, **more: str) -> Decision:
    return Decision(unit.context, unit.source, version_of(unit), verb, text, **more)


def reread(unit: Unit) -> Unit:
    """A unit as it comes back out of a review file."""
    data = write_po(Catalog((unit,), new_header("ja")))
    return read_po(data).units[0]


def test_an_approved_draft_keeps_its_origin_and_gets_its_reviewer() -> None:
    after = decided(DRAFT, decision(DRAFT, Verb.APPROVE, "薄い。", reviewer="Aiko"))
    assert (after.reviewed, after.previous, after.reviewer) == (True, None, "Aiko")
    assert after.origin == DRAFT.origin
    assert reread(after).reviewer == "Aiko"


def test_a_text_that_was_corrected_with_its_approval_is_the_one_a_name_stands_for() -> None:
    after = decided(DRAFT, decision(DRAFT, Verb.APPROVE, "細い。", reviewer="Aiko"))
    assert (after.target, after.reviewer, reread(after).reviewer) == ("細い。", "Aiko", "Aiko")
    assert replace(after, target=DRAFT.target).reviewer == ""


def test_a_name_stands_for_the_text_that_was_approved_and_for_no_other() -> None:
    after = decided(DRAFT, decision(DRAFT, Verb.APPROVE, "薄い。", reviewer="Aiko"))
    for other in (
        replace(after, target="細い。"),
        replace(after, source="It is thick."),
        replace(after, reviewed=False),
        replace(after, obsolete=True),
    ):
        assert other.reviewer == ""
        assert reread(other).review is None


def test_a_text_that_is_kept_is_a_persons_and_waits() -> None:
    after = decided(DRAFT, decision(DRAFT, Verb.SAVE, "細い。"))
    assert (after.target, after.reviewed, after.by_person) == ("細い。", False, True)
    assert after.previous == "It is flat."


def test_what_is_sent_back_waits_with_the_word_of_who_sent_it() -> None:
    approved = decided(DRAFT, decision(DRAFT, Verb.APPROVE, "薄い。", reviewer="Aiko"))
    asked = decision(
        approved, Verb.SEND_BACK, "薄い。", comment="thin of what?\n  and why", reviewer="Ken"
    )
    after = reread(decided(approved, asked))
    assert is_sent_back(after)
    assert after.comments == (
        "i18n: sent back by Ken: thin of what?",
        "i18n: sent back by Ken: and why",
    )
    assert after.by_person, "what a person had approved is no machine's to replace"


def test_an_untouched_draft_that_is_sent_back_is_a_machines_still() -> None:
    after = decided(DRAFT, decision(DRAFT, Verb.SEND_BACK, "薄い。", comment="no"))
    assert after.is_draft
    assert after.origin == Origin("machine draft by DeepL", draft_hash("薄い。"))


def test_who_approves_has_chosen_between_the_texts_that_waited() -> None:
    torn = park(DRAFT, "厚みがない。", "another branch")
    assert decided(torn, decision(torn, Verb.SAVE, "薄い。")).comments == torn.comments
    assert decided(torn, decision(torn, Verb.APPROVE, "薄い。")).comments == ()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (decision(DRAFT, Verb.APPROVE, " \n"), "an empty text cannot be approved"),
        (decision(DRAFT, Verb.SAVE, "a\x07b"), "it holds a character that no file can hold"),
        (decision(DRAFT, Verb.SAVE, "\ud800"), "it holds a character that no file can hold"),
        (
            decision(DRAFT, Verb.SEND_BACK, "薄い。"),
            "whoever it is sent back to needs a word on why",
        ),
        (decision(DRAFT, Verb.SAVE, ""), ""),
    ],
)
def test_what_cannot_be_carried_out_is_told(asked: Decision, reason: str) -> None:
    assert fault_of(asked) == reason


def test_a_version_changes_with_all_that_a_reviewer_goes_by_and_with_nothing_else() -> None:
    seen = {
        version_of(one)
        for one in (
            DRAFT,
            replace(DRAFT, target="細い。"),
            replace(DRAFT, reviewed=True),
            replace(DRAFT, previous=None),
            replace(DRAFT, comments=("why?",)),
        )
    }
    assert len(seen) == 5
    assert version_of(replace(DRAFT, notes=("Check length: …",), path="x.md")) in seen


@given(
    st.sampled_from(Verb),
    st.text("あb` \n", max_size=8),
    st.text("no \\\n", max_size=8),
    st.text("Ken \\()", max_size=9),
)
def test_every_decision_without_fault_survives_the_file_and_says_the_same_when_taken_again(
    verb: Verb, text: str, comment: str, name: str
) -> None:
    asked = decision(DRAFT, verb, text, comment=comment, reviewer=name)
    if fault_of(asked):
        return
    after = decided(DRAFT, asked)
    again = reread(after)
    assert (again.target, again.reviewed, again.comments) == (
        after.target,
        after.reviewed,
        after.comments,
    )
    assert again.reviewer == after.reviewer
    assert says_the_same(again, asked)


def test_what_comes_late_waits_beside_the_unit_with_whoever_said_it() -> None:
    reviewed = replace(DRAFT, target="細い。", reviewed=True, origin=None)
    late = decision(DRAFT, Verb.SEND_BACK, "薄い。", comment="of what?", reviewer="Aiko")
    waits = set_aside(reviewed, late)
    assert (waits.target, waits.reviewed) == ("細い。", True)
    assert any("the review by Aiko" in one for one in waits.comments)
    assert any("of what?" in one for one in waits.comments)
    assert set_aside(waits, late).comments == waits.comments


def test_a_reviewer_whose_name_nobody_could_see_is_no_reviewer() -> None:
    assert fault_of(decision(DRAFT, Verb.APPROVE, "薄い。", reviewer="Ai\u200bko"))
    assert not fault_of(decision(DRAFT, Verb.APPROVE, "薄い。", reviewer="Aiko"))


def test_a_decision_about_another_state_waits_beside_the_text() -> None:
    aside = set_aside(DRAFT, decision(DRAFT, Verb.APPROVE, "細い。", reviewer="Aiko"))
    assert aside == park(DRAFT, "細い。", "the review by Aiko")
