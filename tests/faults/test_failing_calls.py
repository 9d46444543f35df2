"""The first, second, third … call that touches a file fails, until a command passes undisturbed.

A disk that is bad at one place, a right that is missing, a disk that is full from then on or
became read-only: whatever ends a command ends it with one message, and the next one finishes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from i18n_pipeline.formats.po import read_po
from i18n_pipeline.memory.receipts import about
from tests.faults.conftest import Prepared
from tests.stubs.failing import CHANGING, FAULTS, Calls
from tests.stubs.figures import some
from tests.stubs.killing import answered, strays
from tests.stubs.preparing import SYNC, assert_whole
from tests.stubs.scenarios import SCENARIOS
from tests.stubs.site import Ran, Site

CHANGES = [name for name, made in FAULTS.items() if made(1).kinds <= CHANGING]
READS = [name for name in FAULTS if name not in CHANGES]
ENDS = {73: "cannot be", 65: "cannot be read", 78: "cannot be read", 77: "cannot be read"}
OURS = re.compile(r"i18n\.toml|pyproject\.toml|\.i18n|(?:locales|terms|glossaries)\b")


def assert_told(ran: Ran, after: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    """All is done, or one message says what could not be, with its file, and the code fits."""
    assert "Traceback" not in ran.err, ran.err
    if ran.code == 0:
        assert after == wanted
        return
    assert ENDS[ran.code] in ran.err, ran
    assert OURS.search(ran.err), ran
    assert ran.err.count("cannot be") <= 2, ran.err


def texts(contents: dict[str, bytes]) -> set[str]:
    """What people reviewed: the texts of all review files that no machine is known for."""
    units = (
        unit
        for path, data in contents.items()
        if path.endswith(".po")
        for unit in read_po(data).units
    )
    return {unit.target for unit in units if unit.target and not unit.is_draft}


def untimed(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Files without what locks hold only to save time: building a page again shows it."""
    return {
        path: re.sub(rb" texts=\w+", b"", data) if path.endswith(".lock") else data
        for path, data in contents.items()
    }


def disturbed(case: Prepared, folder: Path, fault: str) -> Iterator[tuple[Site, Ran]]:
    """A project each time after a command in which another call failed, and what that said."""
    for at in some(case.count(FAULTS[fault](1)), 3):
        failing, site = FAULTS[fault](at), case.copy(folder)
        with Calls(site.root, failing, failing.kinds).counted():
            ran = case.scenario.act(site)
        yield site, ran


@pytest.mark.parametrize("fault", CHANGES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_whichever_change_of_a_file_fails_all_is_old_or_new_and_the_next_run_finishes(
    prepared: Callable[[str], Prepared],
    tmp_path: Path,
    name: str,
    fault: str,
    record_property: Callable[[str, object], None],
) -> None:
    case, count = prepared(name), 0
    for site, ran in disturbed(case, tmp_path / "site", fault):
        between = site.contents()
        assert_told(ran, between, case.after)
        _assert_old_or_new(case, between)
        _finish(case, site, ran)
        count += 1
    record_property("faults", count)


def _assert_old_or_new(case: Prepared, between: dict[str, bytes]) -> None:
    """Every file is as before or as after; where drafts come in, some of them may be in already."""
    old, new = case.site.contents(), case.after
    assert texts(old) & texts(new) <= texts(between)
    drafted = {path for path in between if path.endswith(".po")} if case.drafts else set()
    for path in drafted:
        known = {unit.key: unit.target for unit in read_po(new[path]).units}
        found = {unit.key: unit.target for unit in read_po(between[path]).units}
        assert all(target in ("", known[key]) for key, target in found.items())
    assert_whole({**between, **{path: new[path] for path in drafted}}, old, new)


def _finish(case: Prepared, site: Site, ran: Ran) -> None:
    """The same command, then a sync: all is as if nothing had happened, and nothing paid twice."""
    billed, had = case.stub.account.billed_for.copy(), answered(site)
    again = case.scenario.act(site)
    assert "Traceback" not in again.err
    assert again.code == 0 or ran.code == 0 or site.contents() == case.after or _is_done(again)
    assert site.run(*SYNC).code == 0
    assert site.contents() == case.synced
    assert strays(site) == []
    asked = case.stub.account.billed_for - billed
    assert not {about(text) for _, text in asked} & had
    # An answer that could not be kept is paid for once more, where that was said.
    assert max(case.stub.account.billed_for.values(), default=0) <= (2 if ran.code else 1)


def _is_done(ran: Ran) -> bool:
    """Whether a command says that it was done before."""
    return ran.code == 3 and "already" in ran.out


@pytest.mark.parametrize("fault", READS)
@pytest.mark.parametrize("name", ["second build", "edited pages", "adopt", "mv", "desk"])
def test_whatever_cannot_be_read_for_a_moment_is_told_and_no_text_of_a_person_is_lost(
    prepared: Callable[[str], Prepared],
    tmp_path: Path,
    name: str,
    fault: str,
    record_property: Callable[[str, object], None],
) -> None:
    case, count = prepared(name), 0
    for site, ran in disturbed(case, tmp_path / "site", fault):
        assert_told(ran, site.contents(), case.after)
        case.scenario.act(site)
        assert site.run(*SYNC).code == 0
        assert untimed(site.contents()) == untimed(case.synced)
        assert not strays(site)
        count += 1
    record_property("faults", count)
