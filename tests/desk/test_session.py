"""A review while it goes on: decisions are edits of the review file, and nobody is overwritten."""

from __future__ import annotations

from threading import Thread

import pytest

from i18n_pipeline.desk.outcomes import Done, Moved, Refused
from i18n_pipeline.desk.session import Session
from i18n_pipeline.durable import TEMPORARY
from i18n_pipeline.errors import BadFile, I18nError, RunLocked
from i18n_pipeline.formats.decisions import Verb
from i18n_pipeline.workspace import open_workspace
from tests.desk.deciding import decision, unit_of
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
SENTENCE = "A model reads tokens."
TEXT = "モデルはトークンを読みます。"


def test_a_decision_is_in_the_review_file_when_it_is_answered(
    drafted: Site, session: Session
) -> None:
    unit = unit_of(session, SENTENCE)
    done = session.decide(decision(unit, TEXT, reviewer="Aiko Tanaka"))
    assert isinstance(done, Done)
    entry = drafted.unit("token/body", SENTENCE)
    assert (entry.msgstr, entry.fuzzy) == (TEXT, False)
    assert "Reviewed by: Aiko Tanaka" in entry.comment
    assert done.unit.reviewer == "Aiko Tanaka"


def test_it_is_what_an_editor_would_have_made_of_the_file(drafted: Site, session: Session) -> None:
    before = drafted.read(PO)
    session.decide(decision(unit_of(session, SENTENCE), TEXT))
    at_the_desk = drafted.read(PO)
    drafted.write(PO, before)
    drafted.translate(SENTENCE, TEXT)
    assert drafted.run("sync", "--lang", "ja").code == 0
    assert drafted.read(PO) == at_the_desk


def test_a_run_after_it_finds_nothing_to_write_in_the_review_file(
    drafted: Site, session: Session
) -> None:
    session.decide(decision(unit_of(session, SENTENCE), TEXT, reviewer="Aiko"))
    before = drafted.read(PO)
    assert drafted.run("sync", "--lang", "ja").code == 0
    assert drafted.read(PO) == before


def test_undoing_gives_every_byte_back(drafted: Site, session: Session) -> None:
    before = drafted.contents()
    numbers = []
    for source, verb in ((SENTENCE, Verb.APPROVE), ("LoRA", Verb.SAVE), ("cheap", Verb.SEND_BACK)):
        unit = unit_of(session, source)
        done = session.decide(decision(unit, f"{unit.target}!", verb, comment="why?"))
        assert isinstance(done, Done)
        numbers.append(done.undo)
    assert drafted.contents() != before
    for number in reversed(numbers):
        assert isinstance(session.undo(number), Done)
    assert drafted.contents() == before


def test_what_was_changed_since_is_not_undone(drafted: Site, session: Session) -> None:
    done = session.decide(decision(unit_of(session, SENTENCE), TEXT))
    assert isinstance(done, Done)
    drafted.translate(SENTENCE, "別の文。")
    before = drafted.read(PO)
    moved = session.undo(done.undo)
    assert isinstance(moved, Moved)
    assert moved.unit is not None
    assert moved.unit.target == "別の文。"
    assert drafted.read(PO) == before
    assert session.undo(done.undo + 7) == Refused("this cannot be undone any more")


def test_an_edit_in_another_editor_is_noticed_and_not_overwritten(
    drafted: Site, session: Session
) -> None:
    unit = unit_of(session, SENTENCE)
    drafted.translate(SENTENCE, "別の文。")
    before = drafted.read(PO)
    moved = session.decide(decision(unit, TEXT))
    assert isinstance(moved, Moved)
    assert moved.unit is not None
    assert moved.unit.target == "別の文。"
    assert drafted.read(PO) == before


def test_while_the_review_file_is_broken_the_desk_shows_what_it_read_and_writes_nothing(
    drafted: Site, session: Session
) -> None:
    unit = unit_of(session, SENTENCE)
    sound = drafted.read(PO)
    broken = sound + '\nmsgid "half'
    drafted.write(PO, broken)
    with pytest.raises(BadFile):
        session.decide(decision(unit, TEXT))
    assert unit_of(session, SENTENCE) == unit
    assert session.changed_since(0) == (0, ())
    assert session.trouble is not None
    assert drafted.read(PO) == broken
    drafted.write(PO, sound)
    assert isinstance(session.decide(decision(unit, TEXT)), Done)
    assert session.trouble is None


def test_what_a_killed_run_left_beside_the_file_is_cleared_away(
    drafted: Site, session: Session
) -> None:
    stray = drafted.root / "locales/ja" / f".terms.po{TEMPORARY}"
    stray.write_bytes(b"half")
    assert isinstance(session.decide(decision(unit_of(session, SENTENCE), TEXT)), Done)
    assert not stray.exists()


def test_an_edit_of_another_unit_meanwhile_keeps_both(drafted: Site, session: Session) -> None:
    unit = unit_of(session, SENTENCE)
    drafted.translate("Only small layers are trained.", "小さな層だけを訓練する。")
    assert isinstance(session.decide(decision(unit, TEXT)), Done)
    assert drafted.unit("lora/body", "Only").msgstr == "小さな層だけを訓練する。"
    assert drafted.unit("token/body", SENTENCE).msgstr == TEXT


def test_a_unit_whose_source_went_away_is_told(drafted: Site, session: Session) -> None:
    unit = unit_of(session, SENTENCE)
    drafted.change("terms/en/token.md", SENTENCE, "Something else entirely stands here now.")
    before = drafted.read(PO)
    assert session.decide(decision(unit, TEXT)) == Moved(None)
    assert drafted.read(PO) == before


def test_an_edited_source_that_no_run_has_seen_can_be_reviewed(
    reviewed: Site,
) -> None:
    reviewed.change("terms/en/token.md", SENTENCE, "A model reads three tokens.")
    session = Session(open_workspace(reviewed.root), "ja")
    unit = unit_of(session, "A model reads three")
    assert unit.previous == SENTENCE
    assert isinstance(session.decide(decision(unit, TEXT)), Done)
    entry = reviewed.unit("token/body", "A model reads three tokens.")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (TEXT, False, None)
    before = reviewed.read(PO)
    assert reviewed.run("sync", "--lang", "ja").code == 0
    assert reviewed.read(PO) == before


def test_while_a_run_is_at_work_nothing_is_decided(drafted: Site, session: Session) -> None:
    unit = unit_of(session, SENTENCE)
    before = drafted.read(PO)
    # a run is another process; the lock does not keep out one's own thread
    refused: list[Exception] = []

    def decide() -> None:
        try:
            session.decide(decision(unit, TEXT))
        except RunLocked as failure:
            refused.append(failure)

    with open_workspace(drafted.root).run_lock():
        thread = Thread(target=decide)
        thread.start()
        thread.join()
    assert len(refused) == 1
    assert drafted.read(PO) == before
    assert isinstance(session.decide(decision(unit, TEXT)), Done)


def test_what_changed_is_told_once(drafted: Site, session: Session) -> None:
    first, names = session.changed_since(0)
    assert (first, names) == (0, ())
    drafted.translate(SENTENCE, "別の文。")
    second, names = session.changed_since(first)
    assert len(names) == 1
    assert session.changed_since(second) == (second, ())
    session.decide(decision(unit_of(session, "LoRA"), "ローラ"))
    assert session.changed_since(second)[0] == second + 1


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.SEND_BACK])
def test_what_cannot_be_carried_out_writes_nothing(
    drafted: Site, session: Session, verb: Verb
) -> None:
    before = drafted.tree()
    refused = session.decide(decision(unit_of(session, SENTENCE), " ", verb))
    assert isinstance(refused, Refused)
    assert drafted.tree() == before


def test_the_name_stands_in_the_history_of_the_text(drafted: Site, session: Session) -> None:
    session.decide(decision(unit_of(session, SENTENCE), reviewer="Aiko Tanaka"))
    ran = drafted.run("status", "--why", "token/body", "--lang", "ja")
    assert "reviewed by Aiko Tanaka: " in ran.out
    assert "reviewed draft, machine draft by DeepL" in ran.out
    rows = drafted.report("provenance", "--lang", "ja", "--slug", "token").json["units"]
    assert isinstance(rows, list)
    by = {row["source"]: row["reviewed_by"] for row in rows}
    assert by[SENTENCE] == "Aiko Tanaka"


def test_a_review_survives_a_move_of_its_term(drafted: Site, session: Session) -> None:
    session.decide(decision(unit_of(session, SENTENCE), TEXT, reviewer="Aiko"))
    assert drafted.run("mv", "token", "tokens").code == 0
    assert "Reviewed by: Aiko" in drafted.unit("tokens/body", SENTENCE).comment


def sources(session: Session) -> set[str]:
    with session.looking() as opened:
        return {unit.source for unit in opened.units.values()}


def test_a_new_source_file_is_on_the_desk_by_itself(drafted: Site, session: Session) -> None:
    assert session.changed_since(0)[0] == 0
    drafted.write("terms/en/new.md", "---\nterm: Newt\nslug: new\nlang: en\n---\n\nA new one.\n")
    revision, names = session.changed_since(0)
    assert revision == 1
    assert names
    assert "A new one." in sources(session)


def test_a_review_file_that_is_gone_takes_its_texts_along(drafted: Site, session: Session) -> None:
    unit = unit_of(session, SENTENCE)
    assert unit.target
    asked = decision(unit, TEXT)
    (drafted.root / PO).unlink()
    assert isinstance(session.decide(asked), Moved)
    assert unit_of(session, SENTENCE).target == ""


def test_what_the_configuration_says_now_holds_on_the_desk(drafted: Site, session: Session) -> None:
    before, asked = drafted.read("i18n.toml"), decision(unit_of(session, SENTENCE), TEXT)
    drafted.write("i18n.toml", f'{before}\n[site]\nurl = "https://example.org/{{slug}}"\n')
    with session.looking() as opened:
        assert opened.files.settings.site.url == "https://example.org/{slug}"
    texts = drafted.read(PO)
    for broken in ('source = "en"\ntargets = ["de"]\n', "source =\n"):
        drafted.write("i18n.toml", broken)
        with pytest.raises(I18nError):
            session.decide(asked)
        assert session.trouble is not None
        assert SENTENCE in sources(session), "what was there is still shown"
        assert drafted.read(PO) == texts
    drafted.write("i18n.toml", before)
    assert isinstance(session.decide(asked), Done)


def test_a_source_that_made_no_term_is_on_the_desk_as_soon_as_it_makes_one(
    drafted: Site, session: Session
) -> None:
    source = drafted.read("terms/en/token.md")
    for broken in (
        source.replace("---\n", "---\ndraft: true\n", 1),
        source.replace("---\n", "---\nname: [\n", 1),
    ):
        drafted.write("terms/en/token.md", broken)
        with session.looking() as opened:
            assert not [one for one in opened.units.values() if one.source == SENTENCE]
        drafted.write("terms/en/token.md", source)
        assert unit_of(session, SENTENCE).source == SENTENCE


def test_what_somebody_else_approved_with_the_same_words_is_not_undone(
    drafted: Site, session: Session
) -> None:
    done = session.decide(decision(unit_of(session, SENTENCE), TEXT, reviewer="Aiko"))
    assert isinstance(done, Done)
    assert isinstance(session.decide(decision(done.unit, TEXT, reviewer="Ben")), Done)
    before = drafted.read(PO)
    assert isinstance(session.undo(done.undo), Moved)
    assert drafted.read(PO) == before
    assert "Reviewed by: Ben" in drafted.unit("token/body", SENTENCE).comment
