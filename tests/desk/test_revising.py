"""A decision by the short way leaves what the long way would leave, and goes it where it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from i18n_pipeline.desk.opened import Opened, open_locale
from i18n_pipeline.desk.revising import revised
from i18n_pipeline.desk.session import Session
from i18n_pipeline.formats.decisions import Verb
from i18n_pipeline.formats.packages import unit_id
from i18n_pipeline.model import Key, QualityIssue, Unit
from i18n_pipeline.stages.deciding import decided
from i18n_pipeline.workspace import open_workspace
from tests.desk.deciding import decision, unit_of
from tests.stubs.site import Site

PO = "locales/ja/terms.po"
TEXTS = {
    "token": "トークン",
    "link": "[モデル](/glossary/lora)です。",
    "damaged": "<b>閉じない。",
    "empty": "",
}


def found(opened: Opened) -> dict[Key, Sequence[QualityIssue]]:
    return {key: tuple(issues) for key, issues in opened.issues.items() if issues}


def locale(site: Site) -> Opened:
    return open_locale(open_workspace(site.root), "ja")


def outcomes(unit: Unit) -> list[Unit]:
    """What several decisions make of a unit."""
    texts = [unit.target, *TEXTS.values()]
    approved = [decided(unit, decision(unit, text)) for text in texts if text]
    kept = [replace(one, reviewed=False, review=None) for one in approved]
    remark = {"comment": "why?", "reviewer": "Aiko"}
    return [*approved, *kept, decided(unit, decision(unit, "", Verb.SEND_BACK, **remark))]


def test_the_short_way_leaves_what_the_long_way_leaves(drafted: Site) -> None:
    before = drafted.read(PO)
    short = 0
    for name in locale(drafted).units:
        opened = locale(drafted)
        for after in outcomes(opened.units[name]):
            long = opened.with_units([after])
            quick = revised(opened, after)
            if quick is None:
                assert not after.slug, after
                continue
            short += 1
            quick = quick.anew() if quick.owing else quick
            assert quick.work.units == long.work.units
            assert found(quick) == found(long)
            assert (quick.units, quick.work.unsafe) == (long.units, long.work.unsafe)
            steps = {path: data for step in quick.steps for path, data in step.items()}
            now = steps.get(PO) or drafted.read(PO).encode()
            last = {path: data for step in long.steps for path, data in step.items()}
            assert now == last.get(PO, before.encode())
            drafted.write(PO, before)
            opened = locale(drafted)
    assert short > 50


def test_other_bytes_of_a_file_that_an_editor_wrapped_are_never_guessed_at(drafted: Site) -> None:
    wrapped = drafted.read(PO).replace('msgid "A model reads', 'msgid ""\n"A model reads')
    drafted.write(PO, wrapped)
    opened = locale(drafted)
    unit = next(one for one in opened.units.values() if one.source.startswith("A model reads"))
    assert revised(opened, replace(unit, target="文。")) is None
    assert drafted.read(PO) == wrapped


def test_texts_are_judged_by_a_new_name_once_it_is_quiet(drafted: Site, session: Session) -> None:
    sentence = unit_of(session, "A model reads tokens.")
    session.decide(decision(sentence, "模型は字を読みます。"))
    name = unit_of(session, "Token")
    session.decide(decision(name, "トークン"))
    key = unit_id(sentence.key)
    assert not session.settle(quiet=60), "somebody is at work"
    assert session.settle()
    with session.looking() as opened:
        checks = {issue.check for issue in opened.issues.get(opened.units[key].key, ())}
    assert "terminology" in checks
    written = drafted.read(PO)
    assert drafted.run("sync", "--lang", "ja").code == 0
    assert drafted.read(PO) == written


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.SAVE])
def test_what_is_owing_when_the_desk_closes_is_done(
    drafted: Site, session: Session, verb: Verb
) -> None:
    session.decide(decision(unit_of(session, "Token"), "字句", verb))
    session.close()
    written = drafted.read(PO)
    assert drafted.run("sync", "--lang", "ja").code == 0
    assert drafted.read(PO) == written
