"""What is kept of a memory in `.i18n/`: made once, and anew where it is lost or damaged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from i18n_pipeline.config import read_config
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline import memories
from i18n_pipeline.pipeline.memories import Imports, index_of
from i18n_pipeline.stages.recall.entries import ANY, Entry
from i18n_pipeline.stages.recall.index import Index, Postings, postings_of
from i18n_pipeline.workspace import Workspace

WORDINGS = frozenset(f"a text that is remembered, number {number}" for number in range(50))
KEPT = ".i18n/memory/ja.index"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(memories, "_FEW", 1)
    (tmp_path / ".i18n").mkdir()
    return Workspace(tmp_path, read_config('source = "en"\ntargets = ["ja"]\n'))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many wordings the index was made of, each time that it was made by `index_of`."""
    sizes: list[int] = []

    def counting(wordings: Iterable[str]) -> Postings:
        found = postings_of(wordings)
        sizes.append(len(found.wordings))
        return found

    monkeypatch.setattr(memories, "postings_of", counting)
    return sizes


def test_an_index_is_made_once(workspace: Workspace, made: list[int]) -> None:
    first, second = (index_of(workspace, "ja", WORDINGS) for _ in range(2))
    assert made == [50]
    assert first == second == Index.of(WORDINGS)


def test_a_few_new_texts_are_no_reason_to_make_it_anew_and_many_are(
    workspace: Workspace, made: list[int]
) -> None:
    index_of(workspace, "ja", WORDINGS)
    kept = (workspace.root / KEPT).read_bytes()
    few = WORDINGS | {"one more text", "and another one"}
    assert index_of(workspace, "ja", few).alike("one more text", 75) == [("one more text", 100.0)]
    assert (workspace.root / KEPT).read_bytes() == kept
    many = WORDINGS | {f"something else, {number}" for number in range(20)}
    assert index_of(workspace, "ja", many).drift == 0
    assert made == [50, 70]
    assert (workspace.root / KEPT).read_bytes() != kept


@pytest.mark.parametrize("damage", [b"", b"i18n-index/0 x\n", b"\0" * 400])
def test_what_is_damaged_or_of_another_version_is_made_anew_and_nothing_is_said(
    workspace: Workspace, made: list[int], damage: bytes
) -> None:
    index_of(workspace, "ja", WORDINGS)
    kept = (workspace.root / KEPT).read_bytes()
    (workspace.root / KEPT).write_bytes(damage or kept[:-1])
    assert index_of(workspace, "ja", WORDINGS) == Index.of(WORDINGS)
    assert made == [50, 50]
    assert (workspace.root / KEPT).read_bytes() == kept


def test_a_folder_in_its_place_hinders_nobody(workspace: Workspace, made: list[int]) -> None:
    (workspace.root / KEPT).mkdir(parents=True)
    for _ in range(2):
        assert index_of(workspace, "ja", WORDINGS) == Index.of(WORDINGS)
    assert made == [50, 50]


def test_nothing_is_kept_where_nothing_of_ours_is_yet(tmp_path: Path, made: list[int]) -> None:
    workspace = Workspace(tmp_path, read_config('source = "en"\ntargets = ["ja"]\n'))
    wordings = frozenset(f"text {number}" for number in range(memories._FEW))
    index_of(workspace, "ja", wordings)
    assert made == [memories._FEW]
    assert list(tmp_path.iterdir()) == []


TMX = (
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>a</seg></tuv>'
    '<tuv xml:lang="ja"><seg>b</seg></tuv></tu></body></tmx>'
)


@pytest.fixture
def named(workspace: Workspace) -> Workspace:
    """The same with a translation memory that its configuration names."""
    (workspace.root / "a.tmx").write_text(TMX, "utf-8")
    config = read_config('source = "en"\ntargets = ["ja"]\n[memory]\ntmx = ["a.tmx"]\n')
    return Workspace(workspace.root, config)


def test_a_memory_is_read_once_also_by_runs_that_have_nothing_to_fill(
    named: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = (Entry("a", "b", ANY, "a.tmx", own=False),)
    assert Imports(named, "ja").problems == ()
    monkeypatch.setattr(memories, "read_tmx", None)
    assert Imports(named, "ja").problems == ()
    assert Imports(named, "ja").entries == wanted


def test_a_memory_that_is_broken_is_told_of_each_time(named: Workspace) -> None:
    (named.root / "a.tmx").write_text(TMX[:-1], "utf-8")
    for _ in range(2):
        imports = Imports(named, "ja")
        assert [one.code for one in imports.problems] == ["not-xml"]
        assert imports.entries == ()
    (named.root / "a.tmx").write_text(TMX.replace("<seg>b", "<seg>c"), "utf-8")
    assert [one.target for one in Imports(named, "ja").entries] == ["c"]


def test_what_is_kept_of_other_files_or_in_another_form_counts_for_nothing(
    named: Workspace,
) -> None:
    wanted = Imports(named, "ja").entries
    kept = named.root / ".i18n/memory/ja.imports"
    basis = kept.read_bytes().split(b" ")[0].decode()
    for body in (b"[[1]]", b"{}", b"[1]", b"no JSON"):
        kept.write_bytes(f"{basis} {digest(body)}\n".encode() + body)
        assert Imports(named, "ja").entries == wanted
