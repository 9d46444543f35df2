"""Somebody saves in their editor just before the first, second, third … call of a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.faults.conftest import Prepared
from tests.stubs.editing import SAVES
from tests.stubs.failing import CHANGING, Call, Calls
from tests.stubs.figures import some
from tests.stubs.preparing import SYNC
from tests.stubs.scenarios import PO

UNIT, SOURCE = "lora/body", "Only small layers are trained."
WORDS = "人が書いた、失ってはならない文。"


def edited(data: bytes) -> bytes:
    """The review file as the editor has it: read before the run, with one text of a person."""
    catalog = polib.pofile(data.decode(), wrapwidth=0)
    (entry,) = (one for one in catalog if one.msgid == SOURCE and not one.obsolete)
    entry.msgstr, entry.flags = WORDS, []
    return str(catalog).encode()


@pytest.mark.parametrize("way", SAVES)
@pytest.mark.parametrize("name", ["first build", "second build", "gc", "desk", "review", "rename"])
def test_what_somebody_saves_while_a_command_is_at_work_is_there_after_it(
    prepared: Callable[[str], Prepared],
    tmp_path: Path,
    name: str,
    way: str,
    record_property: Callable[[str, object], None],
) -> None:
    case = prepared(name)
    saved = edited((case.site.root / PO).read_bytes())
    numbers = some(sum(call.kind in CHANGING for call in case.calls), 5)
    done: list[int] = []
    for at in numbers:
        site = case.copy(tmp_path / "site")

        def before(call: Call) -> None:
            if call.number == at:  # noqa: B023 - called before the next one
                SAVES[way](site.root / PO, saved)  # noqa: B023
                done.append(at)  # noqa: B023

        with Calls(site.root, before, CHANGING).counted():
            ran = case.scenario.act(site)
        assert ran.code in (0, 75), ran
        if at not in done:  # a file as young as the look at it is not remembered: fewer calls
            continue
        entry = site.unit(UNIT, SOURCE)
        assert (entry.msgstr, entry.fuzzy) == (WORDS, False), at
        assert site.run(*SYNC).code == 0
        assert site.unit(UNIT, SOURCE).msgstr == WORDS
    assert len(done) >= len(numbers) - 1 - len(numbers) // 8
    record_property("saves", len(done))
