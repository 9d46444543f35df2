from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline import durable
from i18n_pipeline.durable import remove_durably, write_durably
from i18n_pipeline.workspace import saving
from tests.stubs.failing import Calls
from tests.stubs.power import could_be_lost

from .test_saving import OLD, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from i18n_pipeline.workspace import Workspace

    Make = Callable[..., Workspace]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs no folders")


def test_a_power_cut_leaves_every_file_of_a_save_old_or_new_and_no_step_before_the_last(
    project: Make,
) -> None:
    workspace = project(OLD)
    with Calls(workspace.root).counted() as calls:
        workspace.save(STEPS)
    assert could_be_lost(calls.made) == []


def test_a_power_cut_takes_nothing_that_was_kept_for_the_next_run(tmp_path: Path) -> None:
    with Calls(tmp_path).counted() as calls:
        write_durably(tmp_path / "receipts/ja/one", b"old")
        write_durably(tmp_path / "receipts/ja/one", b"new")
        remove_durably(tmp_path / "receipts/ja/one")
    assert could_be_lost(calls.made) == []


@pytest.mark.parametrize(
    ("room", "name", "told"),
    [
        (saving, "sync", "terms.po before its bytes"),
        (saving, "sync_folder", "before the names of the step before"),
        (durable, "sync_folder", "ja in the end"),
    ],
)
def test_what_is_not_synced_is_seen(
    project: Make, monkeypatch: pytest.MonkeyPatch, room: object, name: str, told: str
) -> None:
    """Or the tests above could not fail."""
    workspace = project(OLD)
    monkeypatch.setattr(room, name, lambda *_: None)
    with Calls(workspace.root).counted() as calls:
        workspace.save(STEPS)
        write_durably(workspace.root / ".i18n/receipts/ja/one", b"new")
    assert any(told in one for one in could_be_lost(calls.made))
