from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.durable import TEMPORARY
from i18n_pipeline.errors import BadFile, CannotWrite, RunLocked
from i18n_pipeline.workspace import open_workspace
from tests.stubs.failing import OPEN, Calls, Refusing

from .conftest import tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from i18n_pipeline.workspace import Workspace

    Make = Callable[..., Workspace]

ROOT = Path(__file__).parents[2]

HOLDER = """
    import sys
    from pathlib import Path
    from i18n_pipeline.config import Config
    from i18n_pipeline.workspace import Workspace

    with Workspace(Path(sys.argv[1]), Config("en", ("ja",))).run_lock():
        print("held", flush=True)
        sys.stdin.read()
"""

RACER = """
    import sys
    from pathlib import Path
    from i18n_pipeline.config import Config
    from i18n_pipeline.workspace import Workspace

    workspace = Workspace(Path(sys.argv[1]), Config("en", ("ja",)))
    for _ in range(10):
        with workspace.run_lock(60):
            count = int(workspace.read(".i18n/count"))
            workspace.save([{".i18n/count": str(count + 1).encode()}])
"""


def start(code: str, workspace: Workspace) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(workspace.root)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_lock_makes_a_folder_that_git_does_not_see(project: Make) -> None:
    workspace = project()
    with workspace.run_lock():
        assert workspace.read(".i18n/.gitignore") == b"*\n"
        assert b"process" in workspace.read(".i18n/run.holder")
    assert set(tree(workspace.root)) <= {".i18n/.gitignore", ".i18n/run.lock"}


def test_the_lock_can_be_taken_again_and_after_a_failure(project: Make) -> None:
    workspace = project()
    with pytest.raises(ZeroDivisionError), workspace.run_lock():
        raise ZeroDivisionError
    for _ in range(2):
        with workspace.run_lock():
            assert workspace.read_optional(".i18n/run.holder")


def test_a_second_run_is_told_who_holds_the_lock_and_a_dead_holders_is_free(project: Make) -> None:
    workspace = project()
    with start(HOLDER, workspace) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(RunLocked) as caught, workspace.run_lock(0.1):
            pass
        assert f"process {holder.pid} on " in caught.value.message
        assert "--lock-timeout" in caught.value.hint
        holder.kill()
        holder.wait()
        with workspace.run_lock(0):
            assert str(os.getpid()).encode() in workspace.read(".i18n/run.holder")


def test_processes_that_race_take_turns(project: Make) -> None:
    workspace = project({".i18n/count": "0"})
    racers = [start(RACER, workspace) for _ in range(4)]
    for racer in racers:
        racer.communicate()
    assert [racer.returncode for racer in racers] == [0] * 4
    assert workspace.read(".i18n/count") == b"40"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_our_folder_is_never_a_link_to_somewhere_else(project: Make, tmp_path: Path) -> None:
    workspace = project()
    (tmp_path / "elsewhere").mkdir()
    (workspace.root / ".i18n").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match="link"), workspace.run_lock():
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_the_place_of_our_folder_is_told(project: Make) -> None:
    workspace = project({".i18n": "x"})
    with pytest.raises(CannotWrite, match="cannot be written"), workspace.run_lock():
        pass


def test_who_holds_the_lock_clears_away_what_a_dead_run_left_unless_told_not_to(
    project: Make,
) -> None:
    stray = f"locales/ja/.terms.po{TEMPORARY}"
    workspace = project({stray: "half"})
    with workspace.run_lock(clears=False):
        assert (workspace.root / stray).exists()
    with workspace.run_lock():
        assert not (workspace.root / stray).exists()


def test_a_lock_that_cannot_be_made_is_told_with_its_file(project: Make) -> None:
    workspace = project()
    refusing = Refusing(OPEN, "run.lock", errno.ENOSPC)
    counted = Calls(workspace.root, refusing).counted()
    with counted, pytest.raises(CannotWrite) as caught, workspace.run_lock():
        pass
    assert caught.value.message.startswith(".i18n/run.lock cannot be locked: No space left")
    assert caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("way", ["symlink_to", "hardlink_to"])
def test_who_holds_the_lock_is_not_written_into_somebody_elses_file(
    project: Make, tmp_path: Path, way: str
) -> None:
    workspace = project({".i18n/run.lock": ""})
    (tmp_path / "theirs").write_text("theirs")
    getattr(workspace.root / ".i18n/run.holder", way)(tmp_path / "theirs")
    with workspace.run_lock():
        assert workspace.read(".i18n/run.holder").startswith(b"process ")
    assert (tmp_path / "theirs").read_text() == "theirs"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize(
    "path", [".i18n", ".i18n/run.lock", ".i18n/receipts", ".i18n/receipts/ja/intents"]
)
def test_a_project_with_a_link_in_our_folder_is_not_opened(
    project: Make, tmp_path: Path, path: str
) -> None:
    root = project({"i18n.toml": 'source = "en"\ntargets = ["ja"]\n'}).root
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(tmp_path)
    with pytest.raises(BadFile) as caught:
        open_workspace(root)
    assert (caught.value.problem.path, caught.value.problem.code) == (path, "link")
