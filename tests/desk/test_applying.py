"""Decisions out of a file: what the desk would have written, unit by unit, and nobody lost."""

from __future__ import annotations

from dataclasses import replace

from i18n_pipeline.desk.applying import Apply, apply
from i18n_pipeline.desk.outcomes import Done
from i18n_pipeline.desk.session import Session
from i18n_pipeline.formats.decisions import Decision, Decisions, Verb
from i18n_pipeline.reports.reviewed import Fate, ReviewReport, reviewed_as_json, reviewed_as_text
from i18n_pipeline.workspace import open_workspace
from tests.desk.deciding import decision, unit_of
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."


def applied(site: Site, *decisions: Decision, dry_run: bool = False) -> ReviewReport:
    order = Apply(Decisions("ja", decisions), dry_run=dry_run)
    return apply(open_workspace(site.root), order)


def some(session: Session) -> tuple[Decision, ...]:
    """One decision of each sort, and an approved name, which the terminology learns."""
    token, lora, cheap = (unit_of(session, one) for one in (SENTENCE, "LoRA", "cheap"))
    name = unit_of(session, "Token")
    return (
        decision(token, "モデルはトークンを読みます。", reviewer="Aiko"),
        decision(lora, "ローラ", Verb.SAVE),
        decision(cheap, verb=Verb.SEND_BACK, comment="of what?", reviewer="Aiko"),
        decision(name, "トークン", reviewer="Aiko"),
    )


def test_a_file_gives_the_same_bytes_as_the_desk(drafted: Site, session: Session) -> None:
    before = drafted.read(PO)
    decisions = some(session)
    assert all(isinstance(session.decide(one), Done) for one in decisions)
    at_the_desk = drafted.contents()
    drafted.write(PO, before)
    report = applied(drafted, *decisions)
    assert [one.fate for one in report.applied] == [
        Fate.APPROVED,
        Fate.SAVED,
        Fate.SENT_BACK,
        Fate.APPROVED,
    ]
    assert (report.exit_code, report.written) == (0, (PO,))
    assert drafted.contents() == at_the_desk


def test_applied_once_more_it_changes_nothing(drafted: Site, session: Session) -> None:
    decisions = some(session)
    applied(drafted, *decisions)
    before = drafted.tree()
    report = applied(drafted, *decisions)
    assert {one.fate for one in report.applied} == {Fate.SAME}
    assert (report.exit_code, report.written) == (0, ())
    assert drafted.tree() == before


def test_a_dry_run_says_what_would_be_and_writes_nothing(drafted: Site, session: Session) -> None:
    before = drafted.tree()
    report = applied(drafted, *some(session), dry_run=True)
    assert report.written == (PO,)
    assert drafted.tree() == before
    assert reviewed_as_text(report).endswith(f"  would write {PO}\n")


def test_of_two_peoples_texts_both_are_kept(drafted: Site, session: Session) -> None:
    asked = decision(unit_of(session, SENTENCE), "送り返された文。", reviewer="Aiko")
    drafted.translate(SENTENCE, "別の文。")
    report = applied(drafted, asked)
    entry = drafted.unit("token/body", SENTENCE)
    assert entry.msgstr == "別の文。"
    assert "i18n: conflict: the review by Aiko says\ni18n: | 送り返された文。" in entry.tcomment
    assert report.exit_code == 3
    assert reviewed_as_text(report) == (
        "ja: 1 in conflict\n"
        f"  in conflict: token/body: {SENTENCE}\n"
        "    the unit was changed after it was sent out; the review says: 送り返された文。\n"
        "    the review file says: 別の文。\n"
        f"  wrote {PO}\n"
    )
    assert "送り返された文。".encode("unicode_escape").decode() in reviewed_as_json(report)


def test_what_is_gone_or_no_decision_is_told_and_the_rest_goes_on(
    drafted: Site, session: Session
) -> None:
    good = decision(unit_of(session, SENTENCE), "モデルはトークンを読みます。")
    gone = replace(good, source="It was never there.")
    empty = replace(decision(unit_of(session, "LoRA")), text=" ")
    report = applied(drafted, gone, empty, good)
    assert [one.fate for one in report.applied] == [Fate.GONE, Fate.REFUSED, Fate.APPROVED]
    assert report.exit_code == 3
    assert drafted.unit("token/body", SENTENCE).msgstr == "モデルはトークンを読みます。"


def test_what_is_sent_back_late_waits_with_its_reason_beside_the_unit(
    drafted: Site, session: Session
) -> None:
    unit = unit_of(session, SENTENCE)
    asked = decision(unit, "私の文。", Verb.SEND_BACK, comment="why?", reviewer="Aiko")
    drafted.translate(SENTENCE, "別の文。")
    report = applied(drafted, asked)
    assert [one.fate for one in report.applied] == [Fate.CONFLICT]
    entry = drafted.unit("token/body", SENTENCE)
    assert (entry.msgstr, entry.fuzzy) == ("別の文。", False)
    assert "i18n: conflict: the review by Aiko says\ni18n: | 私の文。" in entry.tcomment
    assert "i18n: sent back by Aiko: why?" in entry.tcomment
    before = drafted.tree()
    assert applied(drafted, asked).exit_code == 3
    assert drafted.tree() == before


def test_of_two_decisions_about_a_unit_the_second_waits_beside_the_first(
    drafted: Site, session: Session
) -> None:
    unit = unit_of(session, SENTENCE)
    first = decision(unit, "一つ目。", reviewer="Aiko")
    second = decision(unit, "二つ目。", reviewer="Ben")
    report = applied(drafted, first, second, first)
    assert [one.fate for one in report.applied] == [Fate.APPROVED, Fate.CONFLICT, Fate.SAME]
    assert report.exit_code == 3
    assert "another decision about the same unit came first" in reviewed_as_text(report)
    entry = drafted.unit("token/body", SENTENCE)
    assert entry.msgstr == "一つ目。"
    assert "i18n: conflict: the review by Ben says\ni18n: | 二つ目。" in entry.tcomment
    before = drafted.tree()
    again = applied(drafted, first, second)
    assert [one.fate for one in again.applied] == [Fate.SAME, Fate.CONFLICT]
    assert drafted.tree() == before


def test_a_text_that_was_turned_down_does_not_come_back_with_its_file(
    drafted: Site, session: Session
) -> None:
    asked = decision(unit_of(session, SENTENCE), "私の文。", reviewer="Aiko")
    drafted.translate(SENTENCE, "別の文。")
    settled = drafted.read(PO)
    assert applied(drafted, asked).exit_code == 3
    drafted.write(PO, settled)
    report = applied(drafted, asked)
    assert ([one.fate for one in report.applied], report.exit_code) == ([Fate.SAME], 0)
    assert drafted.read(PO) == settled


def test_what_was_approved_and_then_edited_stays_edited(drafted: Site, session: Session) -> None:
    asked = decision(unit_of(session, SENTENCE), "私の文。", reviewer="Aiko")
    assert applied(drafted, asked).exit_code == 0
    drafted.translate(SENTENCE, "後の文。")
    before = drafted.read(PO)
    assert applied(drafted, asked).exit_code == 0
    assert drafted.read(PO) == before
