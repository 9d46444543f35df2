"""With an index of where receipts lie, a store says what it says when it reads all of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.memory import receipts as module
from i18n_pipeline.memory.batches import Line, Receipt
from i18n_pipeline.memory.receipts import Receipts, about
from i18n_pipeline.memory.whereabouts import Growing, Whereabouts, listable, read_whereabouts
from i18n_pipeline.model import digest
from i18n_pipeline.sealed import sealed

WORDS = ("token", "rank", "loss", "語")
KEYS = st.sampled_from([digest(word) for word in WORDS])
ABOUTS = st.sampled_from([about(word) for word in WORDS])
FILES = st.lists(
    st.lists(st.builds(Line, KEYS, ABOUTS, st.just(1), st.just(b"")), max_size=4), max_size=5
)
INDEX = ".i18n/memory/ja.receipts"

ASKED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answered", "asked in vain", "put away", "lost", "damaged", "index"]),
        ASKED,
        st.booleans(),
    ),
    max_size=8,
)
Step: TypeAlias = tuple[str, list[str], bool]
"""What happens, to which texts, and whether another run is at work by then."""


def whereabouts(files: list[list[Line]], known: Whereabouts) -> Whereabouts:
    growing = Growing(known, -1)
    for number, lines in enumerate(files):
        growing.add(f"{len(growing.grown().files)}-{number}", lines)
    return growing.grown()


@given(FILES, FILES)
def test_it_says_in_which_files_the_receipts_of_a_key_are(
    first: list[list[Line]], later: list[list[Line]]
) -> None:
    found = read_whereabouts(whereabouts(first, Whereabouts()).to_bytes())
    found = read_whereabouts(whereabouts(later, found).to_bytes())
    pairs = [*zip(found.files, [*first, *later], strict=True)]
    for word in (*WORDS, "none"):
        key, what = digest(word), about(word)
        assert list(found.files_of(key)) == [
            name for name, lines in pairs if any(line.key == key for line in lines)
        ]
        assert found.knows(what) == any(line.about == what for _, lines in pairs for line in lines)
    assert not list(found.files_of("no hash"))
    assert not found.knows("")


def test_too_few_receipts_are_left_to_be_read() -> None:
    growing = Growing(Whereabouts(), 2)
    lines = [Line(digest(word), about(word), 1, b"") for word in WORDS]
    growing.add("a", lines[:2])
    assert (growing.has_grown, list(growing.late), len(growing.grown())) == (False, lines[:2], 0)
    growing.add("b", lines[2:])
    assert (growing.has_grown, list(growing.late), len(growing.grown())) == (True, [], 4)


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"junk",
        b"i18n-receipts-index/1 00\n[]\n",
        *(sealed("i18n-receipts-index/1", one) for one in (b"", b"junk", b"1\n", b"[1,2]\n")),
        sealed("i18n-receipts-index/1", b"[" * 100_000),
    ],
)
def test_what_is_not_as_it_was_written_knows_nothing(data: bytes | None) -> None:
    assert not read_whereabouts(data)


def test_keys_of_other_programs_are_not_for_it() -> None:
    assert listable([Line(digest("a"), about("a"), 1, b"")])
    assert not listable([Line("0a", about("a"), 1, b"")])
    assert not listable([Line(digest("a"), "", 1, b"")])


def take(store: Receipts, home: Path, step: str, words: list[str], number: int) -> None:
    """What a run does to the receipts of some texts, or what happens to them."""
    files = sorted((home / "receipts/ja").glob("*.jsonl"))
    if step in ("answered", "asked in vain"):
        intent = store.intend("ja", {digest(word): len(word) for word in words})
        told = [Receipt(digest(one), f"{one} {number}", "x", about=about(one)) for one in words]
        store.keep(intent, told if step == "answered" else told[:-1])
    elif step == "put away":
        store.put_away("ja", [digest(words[0])])
    elif files and step == "lost":
        files[number % len(files)].unlink()
        store.let_go()
    elif files and step == "damaged":
        path = files[number % len(files)]
        path.write_bytes(path.read_bytes()[:-9])
        store.let_go()
    elif step == "index":
        (home / "memory").mkdir(parents=True, exist_ok=True)
        (home / "memory/ja.receipts").write_bytes(b"junk")
        store.let_go()


def said(store: Receipts) -> list[object]:
    """All that a run may want to know of a store."""
    keys = [digest(word) for word in WORDS]
    return [
        [store.history("ja", key) for key in keys],
        [store._wish("ja", {key: 1}).asked for key in keys],
        [store.knows("ja", word) for word in (*WORDS, "none")],
        store.possibly_billed("ja"),
    ]


@given(STEPS, st.integers(0, 3))
def test_a_store_says_the_same_with_an_index(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], few: int
) -> None:
    home = tmp_path_factory.mktemp("store") / ".i18n"
    store, is_damaged = Receipts(home), False
    with pytest.MonkeyPatch.context() as patched:
        for number, (step, words, is_over) in enumerate(steps):
            patched.setattr(module, "_FEW", few)
            store = Receipts(home) if is_over else store
            said(store)
            take(store, home, step, words, number)
            told = said(store)
            patched.setattr(Receipts, "_whereabouts", lambda *_: None)  # all is read
            expected = said(Receipts(home))
            is_damaged = is_damaged or step == "damaged"
            if is_damaged:  # that a text was asked is known of a file that was damaged since, too
                told, expected = [*told[:2], *told[3:]], [*expected[:2], *expected[3:]]
            assert told == expected
            patched.undo()


def test_a_run_that_wants_a_few_reads_the_files_that_have_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ".i18n"
    monkeypatch.setattr(module, "_FEW", 3)
    for number, word in enumerate(WORDS):
        take(Receipts(home), home, "answered", [word], number)
    Receipts(home).find("ja", digest("none"))
    assert (tmp_path / INDEX).exists()
    read: list[str] = []
    original = Path.read_bytes

    def reading(path: Path) -> bytes:
        read.append(path.suffix)
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", reading)
    store = Receipts(home)
    found = store.find("ja", digest("rank"))
    assert found is not None
    assert found.text == "rank 1"
    assert store.knows("ja", "loss")
    assert not store.knows("ja", "none")
    assert read == [".receipts", ".jsonl"]


def test_where_no_index_can_be_written_all_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ".i18n"
    monkeypatch.setattr(module, "_FEW", 0)
    take(Receipts(home), home, "answered", ["token"], 1)
    shutil.rmtree(home / "memory", ignore_errors=True)
    (home / "memory").write_text("in the way", "utf-8")
    found = Receipts(home).find("ja", digest("token"))
    assert found is not None
    assert found.text == "token 1"


def test_what_could_not_be_read_once_is_asked_for_again(tmp_path: Path) -> None:
    home = tmp_path / ".i18n"
    take(Receipts(home), home, "answered", ["token"], 1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_FEW", 0)
        store = Receipts(home)
        assert not store.find("ja", digest("none"))
    (file,) = (home / "receipts/ja").glob("*.jsonl")
    file.rename(tmp_path / "elsewhere")
    with pytest.raises(BadFile):
        store.find("ja", digest("token"))
    (tmp_path / "elsewhere").rename(file)
    assert store.find("ja", digest("token"))


def test_a_file_that_cannot_be_read_is_told_of_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ".i18n"
    monkeypatch.setattr(module, "_FEW", 0)
    take(Receipts(home), home, "answered", ["token"], 1)
    Receipts(home).find("ja", digest("token"))
    assert (tmp_path / INDEX).exists()
    (file,) = (home / "receipts/ja").glob("*.jsonl")
    original = Path.read_bytes

    def reading(path: Path) -> bytes:
        if path == file:
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", reading)
    monkeypatch.setattr(os, "access", lambda path, _: path != file)
    with pytest.raises(BadFile) as failure:
        Receipts(home).find("ja", digest("rank"))
    assert failure.value.problem.code == "receipts-unreadable"


def test_a_line_that_is_no_receipt_is_none(tmp_path: Path) -> None:
    home = tmp_path / ".i18n"
    take(Receipts(home), home, "answered", ["token", "rank"], 1)
    (file,) = (home / "receipts/ja").glob("*.jsonl")
    forged = file.read_bytes().replace(b'"together": 1', b'"together": 1.5', 1)
    file.unlink()
    file.with_name(f"{digest(forged)}.jsonl").write_bytes(forged)
    assert len([one for word in WORDS for one in Receipts(home).history("ja", digest(word))]) == 1


def test_a_request_that_was_noted_stays_so_when_answers_are_put_away(tmp_path: Path) -> None:
    home, key = tmp_path / ".i18n", digest("token")
    store = Receipts(home)
    take(store, home, "answered", ["token"], 1)
    store.note("ja", {key: 5})
    store.put_away("ja")
    take(store, home, "answered", ["token"], 2)
    assert [one.round for one in store.history("ja", key)] == [3, 1]
    assert store.possibly_billed("ja") == 5


def test_what_is_not_indexed_yet_stays_when_answers_are_put_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / ".i18n"
    monkeypatch.setattr(module, "_FEW", 1)
    take(Receipts(home), home, "answered", ["token", "rank"], 1)
    Receipts(home).find("ja", digest("none"))  # makes the index
    take(Receipts(home), home, "answered", ["loss"], 2)
    store = Receipts(home)
    before = said(store)
    store.put_away("ja")
    assert said(store) == before
    take(store, home, "answered", ["語"], 3)
    for kept in ([digest("語")], []):
        store.put_away("ja", kept)
        found = store.find("ja", digest("語"))
        assert found is not None
        assert found.text == "語 3"
