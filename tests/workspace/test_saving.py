from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from i18n_pipeline.durable import TEMPORARY
from i18n_pipeline.errors import CannotWrite, TryLater
from i18n_pipeline.model import digest
from i18n_pipeline.pieces import Pieces
from i18n_pipeline.workspace import swapping
from tests.stubs.failing import CHANGING, MOVE, SYNC, Call, Calls, Refusing

from .conftest import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import ReadableBuffer as Buffer

    from i18n_pipeline.workspace import Workspace
    from i18n_pipeline.workspace.saving import Step

    Make = Callable[..., Workspace]

links = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")

OLD = {"terms/ja/a.md": "old a", "terms/ja/gone.md": "old gone", "locales/ja/terms.po": "old po"}
STEPS: list[Step] = [
    {
        "locales/ja/terms.po": Pieces((b"new", memoryview(b" po"))),
        "locales/ja/terms.lock": b"intent",
    },
    {"terms/ja/a.md": b"new a", "terms/ja/new/b.md": b"new b", "terms/ja/gone.md": None},
    {"locales/ja/terms.lock": b"lock"},
]
CALLS = ("open", "fsync", "replace", "unlink", "mkdir", "chmod", "close")
"""What a step asks the system for."""


def states() -> list[dict[str, bytes | None]]:
    """The tree before the first step and after each."""
    state: dict[str, bytes | None] = {path: text.encode() for path, text in OLD.items()}
    found = [dict(state)]
    for step in STEPS:
        state |= {path: None if data is None else bytes(data) for path, data in step.items()}
        found.append(dict(state))
    return found


def permitted(now: dict[str, bytes]) -> bool:
    """Whether a tree lies between two neighbouring states: each file as in one of them."""
    files = {path: data for path, data in now.items() if not path.endswith(".i18n-tmp")}
    return any(
        all(files.get(path) in {one.get(path), two.get(path)} for path in {*files, *one, *two})
        for one, two in zip(states(), states()[1:], strict=False)
    )


def test_steps_are_written_and_told(project: Make) -> None:
    workspace = project(OLD)
    assert workspace.save(STEPS) == (
        "locales/ja/terms.lock",
        "locales/ja/terms.po",
        "terms/ja/a.md",
        "terms/ja/gone.md",
        "terms/ja/new/b.md",
    )
    last = {path: data for path, data in states()[-1].items() if data is not None}
    assert tree(workspace.root) == last


def test_a_second_save_writes_nothing_and_keeps_the_times(project: Make) -> None:
    workspace = project(OLD)
    workspace.save(STEPS)
    last: Step = {path: data for step in STEPS for path, data in step.items()}
    before = {path: (workspace.root / path).lstat() for path in tree(workspace.root)}
    assert workspace.save([last]) == ()
    after = {path: (workspace.root / path).lstat() for path in tree(workspace.root)}
    kept = {path: (status.st_mtime_ns, status.st_ino) for path, status in before.items()}
    assert kept == {path: (status.st_mtime_ns, status.st_ino) for path, status in after.items()}


def test_what_would_be_saved_is_told_and_not_done(project: Make) -> None:
    workspace = project(OLD)
    before = tree(workspace.root)
    told = workspace.would_save(STEPS)
    assert tree(workspace.root) == before
    assert told == workspace.save(STEPS)
    assert workspace.would_save(STEPS[1:]) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")
def test_a_file_keeps_its_mode(project: Make) -> None:
    workspace = project(OLD)
    (workspace.root / "terms/ja/a.md").chmod(0o640)
    workspace.save(STEPS)
    assert (workspace.root / "terms/ja/a.md").stat().st_mode & 0o777 == 0o640


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[str], None]]]:
    """Calls of the system, each preceded by what the test puts into the list."""
    before: list[Callable[[str], None]] = []

    def watch(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: object, **named: object) -> object:
            for each in before:
                each(name)
            return real(*args, **named)

        monkeypatch.setattr(owner, name, call)

    for name in CALLS:
        watch(os, name)
    watch(swapping, "exchange")
    yield before
    monkeypatch.undo()


def test_at_every_moment_each_file_is_old_or_new(project: Make) -> None:
    workspace = project(OLD)
    moments: list[bool] = []

    def look(_: Call) -> None:
        """Right before a call; a write is looked at when half of it is done."""
        moments.append(permitted(tree(workspace.root)))

    with Calls(workspace.root, look, CHANGING).counted():
        workspace.save(STEPS)
    assert len(moments) > 20
    assert all(moments)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_whichever_call_fails_every_file_is_old_or_new_and_nothing_is_left_beside(
    project: Make, watched: list[Callable[[str], None]], number: int
) -> None:
    nth, failed = 0, True
    while failed:
        nth += 1
        workspace = project(OLD)
        for path in set(tree(workspace.root)) - set(OLD):
            (workspace.root / path).unlink()
        failed = fails_at(workspace, watched, nth, number)
        now = tree(workspace.root)
        assert permitted(now)
        assert not [path for path in now if path.endswith(".i18n-tmp")]
        workspace.save(STEPS)
        assert tree(workspace.root)["locales/ja/terms.lock"] == b"lock"
    assert nth > 20


def fails_at(
    workspace: Workspace, watched: list[Callable[[str], None]], nth: int, number: int
) -> bool:
    """Save with the nth call of the system failing; whether there was an nth call."""
    calls: list[str] = []

    def fail(name: str) -> None:
        calls.append(name)
        if len(calls) == nth:
            raise OSError(number, os.strerror(number))

    watched.append(fail)
    try:
        workspace.save(STEPS)
    except CannotWrite as error:
        assert os.strerror(number) in error.message or "cannot be read" in error.message  # noqa: PT017
    watched.clear()
    return len(calls) >= nth


def test_a_failure_names_the_file_and_the_reason(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project(OLD)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match=r"^locales/ja/terms\.lock cannot be written: No space"):
        workspace.save(STEPS)


class FullDisk(io.FileIO):
    """A new file on a disk with room for one byte."""

    def write(self, data: Buffer, /) -> int:
        super().write(bytes(data)[:1])
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_leaves_the_old_file(
    project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = project(OLD)
    monkeypatch.setattr(Path, "open", lambda path, _: FullDisk(path, "x"))
    with pytest.raises(CannotWrite, match="No space") as caught:
        workspace.save(STEPS)
    monkeypatch.undo()
    assert "make room" in caught.value.hint
    assert tree(workspace.root) == {path: text.encode() for path, text in OLD.items()}


def test_an_interrupt_leaves_nothing_beside(project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = project(OLD)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(swapping, "exchange", interrupted)
    with pytest.raises(KeyboardInterrupt):
        workspace.save(STEPS)
    assert tree(workspace.root) == {path: text.encode() for path, text in OLD.items()}


KILLED = """
    import os, sys
    from pathlib import Path
    from i18n_pipeline.config import Config
    from i18n_pipeline.workspace import Workspace, swapping

    left = int(sys.argv[2])
    real = swapping.exchange

    def exchange(*args, **named):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return real(*args, **named)

    workspace = Workspace(Path(sys.argv[1]), Config("en", ("ja", "de")))
    with workspace.run_lock():
        swapping.exchange = exchange
        workspace.save([{"terms/ja/a.md": b"new a", "terms/ja/b.md": b"new b"}])
"""


@pytest.mark.parametrize(("nth", "written"), [(1, 0), (2, 1)])
def test_what_a_killed_run_left_is_cleared_by_the_next(
    project: Make, nth: int, written: int
) -> None:
    workspace = project(OLD)
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(workspace.root), str(nth)]
    root = Path(__file__).parents[2]
    assert subprocess.run(command, cwd=root, check=False).returncode == 9
    left = [path for path in tree(workspace.root) if path.endswith(".i18n-tmp")]
    assert len(left) == 2 - written
    with workspace.run_lock():
        workspace.remove_strays()
        assert not [path for path in tree(workspace.root) if path.endswith(".i18n-tmp")]
        workspace.save([{"terms/ja/a.md": b"new a", "terms/ja/b.md": b"new b"}])
    assert workspace.read("terms/ja/a.md") == b"new a"
    assert workspace.read("terms/ja/b.md") == b"new b"


def test_only_our_own_left_overs_are_cleared(project: Make) -> None:
    files = {
        "terms/en/.a.md.i18n-tmp": "",
        "terms/en/a.i18n-tmp": "",
        "elsewhere/.a.md.i18n-tmp": "",
        "terms/en/.a.md": "",
    }
    workspace = project(files)
    workspace.remove_strays()
    assert set(tree(workspace.root)) == set(files) - {"terms/en/.a.md.i18n-tmp"}


def test_a_left_over_of_somebody_else_is_neither_used_nor_deleted(project: Make) -> None:
    workspace = project({"terms/ja/.a.md.i18n-tmp": "theirs"})
    with pytest.raises(CannotWrite, match=r"terms/ja/a\.md") as caught:
        workspace.save([{"terms/ja/a.md": b"new"}])
    assert "the next run clears it away" in caught.value.hint
    assert tree(workspace.root) == {"terms/ja/.a.md.i18n-tmp": b"theirs"}


@pytest.mark.parametrize(
    "path",
    [
        "../project-evil/a.md",
        "terms/ja/../../../x.md",
        "/terms/ja/x.md",
        "terms/ja/",
        "terms/ja/a\0.md",
        "terms\\ja\\a.md",
        "terms/ja/con.md",
        "terms-evil/ja/a.md",
        "terms/fr/a.md",
        "locales/ja/other.po",
        "i18n.toml",
        ".git/hooks/pre-commit",
        ".i18n/../x",
        ".i18n/.git/x",
    ],
)
def test_what_is_no_place_of_the_project_is_not_written(project: Make, path: str) -> None:
    workspace = project(OLD)
    steps: list[Step] = [{"terms/ja/a.md": b"new"}, {path: b"x"}]
    with pytest.raises(CannotWrite):
        workspace.save(steps)
    with pytest.raises(CannotWrite):
        workspace.would_save(steps)
    assert set(tree(workspace.root.parent)) == {f"project/{name}" for name in OLD}
    assert workspace.read("terms/ja/a.md") == b"old a"


def test_every_place_the_configuration_names_is_written(project: Make) -> None:
    workspace = project(None, '[locale.ja.paths]\nterms = "ja/{slug}.md"\n')
    paths = ["terms/en/x/a.md", "ja/a.md", "locales/de/terms.lock", "glossaries/keep.csv"]
    steps: list[Step] = [dict.fromkeys([*paths, "glossaries/ja.csv", ".i18n/plan.json"], b"x")]
    assert len(workspace.save(steps)) == 6
    with pytest.raises(CannotWrite):
        workspace.save([{"terms/ja/a.md": b"x"}])


@links
def test_nothing_is_written_through_a_link(project: Make) -> None:
    workspace = project({"outside/a.md": "theirs", "terms/de/a.md": "old"})
    (workspace.root / "terms/ja").symlink_to(workspace.root / "outside")
    (workspace.root / "terms/de/b.md").symlink_to(workspace.root / "outside/a.md")
    (workspace.root / "terms/de/loop.md").symlink_to(workspace.root / "terms/de/loop.md")
    for path in ("terms/ja/a.md", "terms/ja/new.md", "terms/de/b.md", "terms/de/loop.md"):
        with pytest.raises(CannotWrite, match="link"):
            workspace.save([{path: b"ours"}])
        with pytest.raises(CannotWrite, match="link"):
            workspace.save([{path: None}])
    assert tree(workspace.root) == {"outside/a.md": b"theirs", "terms/de/a.md": b"old"}


def test_a_folder_in_the_place_of_a_file_is_left_alone(project: Make) -> None:
    workspace = project({"terms/ja/a.md/inner": "x"})
    with pytest.raises(CannotWrite, match="no plain file"):
        workspace.save([{"terms/ja/a.md": b"new"}])


def test_a_file_in_the_place_of_a_folder_is_left_alone(project: Make) -> None:
    workspace = project({"terms/ja": "x"})
    with pytest.raises(CannotWrite, match=r"terms/ja/a\.md cannot be written"):
        workspace.save([{"terms/ja/a.md": b"new"}])
    assert tree(workspace.root) == {"terms/ja": b"x"}


def test_a_file_that_changed_since_it_was_read_is_not_overwritten(project: Make) -> None:
    workspace = project(OLD)
    expected = {path: digest(text) for path, text in OLD.items()} | {"terms/ja/new/b.md": ""}
    (workspace.root / "terms/ja/new").mkdir()
    (workspace.root / "terms/ja/new/b.md").write_text("a person's")
    with pytest.raises(TryLater, match=r"terms/ja/new/b\.md has changed"):
        workspace.save(STEPS, expected)
    assert workspace.read("locales/ja/terms.po") == b"new po"
    assert workspace.read("terms/ja/a.md") == b"old a"
    assert workspace.read("terms/ja/new/b.md") == b"a person's"


def test_a_file_written_twice_is_expected_as_it_was_first(project: Make) -> None:
    workspace = project(OLD)
    expected = {path: digest(text) for path, text in OLD.items()} | {"locales/ja/terms.lock": ""}
    assert len(workspace.save(STEPS, expected)) == 5


def test_the_longest_names_a_file_system_takes_can_be_written(project: Make) -> None:
    workspace = project()
    path = f"terms/ja/{'語' * 84}.md"
    assert workspace.save([{path: b"new"}]) == (path,)
    assert tree(workspace.root) == {path: b"new"}


def test_a_name_that_is_too_long_is_told(project: Make) -> None:
    with pytest.raises(CannotWrite, match="terms/ja/xxx"):
        project().save([{f"terms/ja/{'x' * 300}.md": b"new"}])


def test_a_file_in_the_place_of_a_folder_is_told_as_that(project: Make) -> None:
    workspace = project({"locales/ja": "a file"})
    with pytest.raises(CannotWrite) as caught:
        workspace.save([{"locales/ja/terms.po": b"po"}])
    assert caught.value.hint == "a file stands where a folder is needed; move it away"


def test_a_folder_named_like_what_a_dead_run_leaves_is_a_folder(project: Make) -> None:
    workspace = project({f"terms/en/.kept{TEMPORARY}/a.md": "", f"terms/en/.a.md{TEMPORARY}": ""})
    workspace.remove_strays()
    assert (workspace.root / f"terms/en/.kept{TEMPORARY}/a.md").exists()
    assert not (workspace.root / f"terms/en/.a.md{TEMPORARY}").exists()


def test_a_step_that_fails_in_its_middle_says_what_of_it_is_written(project: Make) -> None:
    workspace = project(OLD)
    counted = Calls(workspace.root, Refusing(MOVE, "terms/ja/new/b.md")).counted()
    with counted, pytest.raises(CannotWrite) as caught:
        workspace.save(STEPS[1:])
    assert caught.value.written == ("terms/ja/a.md", "terms/ja/gone.md")
    assert tree(workspace.root)["terms/ja/a.md"] == b"new a"


def test_a_later_step_that_fails_says_what_the_earlier_ones_have_written(project: Make) -> None:
    workspace = project(OLD)
    counted = Calls(workspace.root, Refusing(MOVE, "terms/ja/new/b.md")).counted()
    with counted, pytest.raises(CannotWrite) as caught:
        workspace.save(STEPS)
    first = ("locales/ja/terms.lock", "locales/ja/terms.po")
    assert caught.value.written == (*first, "terms/ja/a.md", "terms/ja/gone.md")


def test_what_is_in_its_place_and_not_confirmed_is_told_as_that(project: Make) -> None:
    workspace = project(OLD)
    counted = Calls(workspace.root, Refusing(SYNC, "locales/ja")).counted()
    with counted, pytest.raises(CannotWrite) as caught:
        workspace.save(STEPS[2:])
    assert caught.value.message.startswith("locales/ja: what was changed there cannot be synced")
    assert "a power cut might undo it" in caught.value.hint
    assert caught.value.written == ("locales/ja/terms.lock",)
    assert tree(workspace.root)["locales/ja/terms.lock"] == b"lock"
