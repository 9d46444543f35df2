from __future__ import annotations

import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.memory import receipts as module
from i18n_pipeline.memory.receipts import Receipt, Receipts, receipt_key
from tests.stubs.failing import LIST, READ, Calls, Refusing

ANSWER = "<x id='1'/> ファイン & \"x\"\n\x85\u2028"
RECEIPT = Receipt("k1", ANSWER, "deepl", "m", 12, "trace", "ctx")


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / ".i18n"


def keep(home: Path, *receipts: Receipt, locale: str = "ja") -> None:
    store = Receipts(home)
    store.keep(store.intend(locale, {one.key: 5 for one in receipts}), receipts)


def tree(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


def test_a_batch_is_one_file_and_leaves_no_intent(home: Path) -> None:
    keep(home, RECEIPT, replace(RECEIPT, key="k2"))
    assert [path.rpartition("/")[0] for path in tree(home)] == ["", "receipts/ja"]
    assert Receipts(home).possibly_billed("ja") == 0


def test_the_folder_keeps_itself_out_of_git(home: Path) -> None:
    Receipts(home).intend("ja", {"k": 1})
    assert (home / ".gitignore").read_text() == "*\n"


def test_looking_makes_no_folder(home: Path) -> None:
    store = Receipts(home)
    assert store.find("ja", "k") is None
    assert store.possibly_billed("ja") == 0
    store.forget_intents("ja")
    assert not home.exists()


def test_folders_of_two_machines_merge_by_copying_in_either_direction(tmp_path: Path) -> None:
    homes = [tmp_path / name / ".i18n" for name in ("one", "two")]
    for home in homes:
        keep(home, RECEIPT)
        keep(home, replace(RECEIPT, key=home.parent.name), replace(RECEIPT, text=home.parent.name))
    for source, target in (homes, homes[::-1]):
        shutil.copytree(source, target, dirs_exist_ok=True)
    stores = [Receipts(home) for home in homes]
    for key in ("k1", "one", "two"):
        first, second = (store.find("ja", key) for store in stores)
        assert first == second != None  # noqa: E711
    assert tree(homes[0]) == tree(homes[1])


@pytest.mark.parametrize("step", ["before the answer", "in the receipt", "in the intent's end"])
def test_a_killed_run_loses_no_answer_and_counts_what_may_have_been_billed(
    home: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def kill(*_: object) -> None:
        raise Killed

    store = Receipts(home)
    intent = store.intend("ja", {"k1": 7, "k2": 5})
    answers = [RECEIPT, replace(RECEIPT, key="k2")]
    if step == "in the receipt":
        monkeypatch.setattr(module, "write_durably", kill)
    if step == "in the intent's end":
        monkeypatch.setattr(module, "remove_durably", kill)
    if step != "before the answer":
        with pytest.raises(Killed):
            store.keep(intent, answers)
    monkeypatch.undo()

    after = Receipts(home)
    kept = step == "in the intent's end"
    assert (after.find("ja", "k1") is not None) == kept
    assert after.possibly_billed("ja") == (0 if kept else 12)
    after.forget_intents("ja")
    assert after.possibly_billed("ja") == 0
    assert not list(home.rglob("intents/*"))


def test_free_texts_keep_their_intent_until_they_are_answered(home: Path) -> None:
    store = Receipts(home)
    intent = store.intend("ja", {"k1": 0, "k2": 0})
    store.keep(intent, [RECEIPT])
    assert list(home.rglob("intents/*"))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x00\xff",
        b'{"schema": "somebody else/2"}\n',
        b"<<<<<<< HEAD\n",
        b'{"schema": "i18n-receipts/1"}\n{"key": "k9", "text": 7}\n',
        b'{"schema": "i18n-receipts/1"}\n{"key": "k9", "billed": true}\n',
        b'{"schema": "i18n-receipts/1"}\n{"key": "k9", "when": [1]}\n',
        b'{"schema": "i18n-receipts/1"}\n[]\n',
        b'{"schema": "i18n-receipts/1"}\n' + b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_one_problem_and_the_others_count(home: Path, damaged: bytes) -> None:
    keep(home, RECEIPT)
    (home / "receipts/ja/0.jsonl").write_bytes(damaged)
    store = Receipts(home)
    assert store.find("ja", "k1") is not None
    assert store.find("ja", "k9") is None
    (problem,) = store.problems
    assert (problem.path, problem.code) == (".i18n/receipts/ja/0.jsonl", "receipt-damaged")


def test_good_lines_of_a_damaged_file_count(home: Path) -> None:
    keep(home, RECEIPT, replace(RECEIPT, key="k2"))
    (path,) = home.glob("receipts/ja/*.jsonl")
    path.write_bytes(path.read_bytes()[:-20])
    store = Receipts(home)
    assert store.find("ja", "k1") is not None
    assert store.find("ja", "k2") is None
    assert len(store.problems) == 1


def test_a_damaged_intent_is_a_problem_and_no_crash(home: Path) -> None:
    folder = home / "receipts/ja/intents"
    folder.mkdir(parents=True)
    (folder / "x.json").write_text(json.dumps([["k", "7", 1]]))
    store = Receipts(home)
    assert store.possibly_billed("ja") == 0
    assert len(store.problems) == 1


def test_a_folder_that_cannot_be_written_stops_the_request_before_it_is_sent(home: Path) -> None:
    home.write_text("a file")
    with pytest.raises(CannotWrite):
        Receipts(home).intend("ja", {"k": 1})


def test_a_locale_leads_to_no_other_folder(home: Path) -> None:
    keep(home, RECEIPT, locale="../../x")
    assert all(path.startswith(("receipts/", ".gitignore")) for path in tree(home))


def test_the_key_follows_text_locales_and_terms_and_not_the_order_of_terms() -> None:
    terms = (("model", "モデル"), ("token", "トークン"))
    key = receipt_key("en", "ja", "text", terms)
    assert key == receipt_key("en", "ja", "text", terms[::-1])
    others = {
        receipt_key("de", "ja", "text", terms),
        receipt_key("en", "de", "text", terms),
        receipt_key("en", "ja", "text ", terms),
        receipt_key("en", "ja", "text", terms[:1]),
        receipt_key("en", "ja", "text", (("model", "型"), terms[1])),
    }
    assert len(others | {key}) == 6


@pytest.mark.parametrize(
    ("kind", "ending", "path"),
    [(LIST, "/ja", ".i18n/receipts/ja"), (READ, ".jsonl", ".i18n/receipts/ja/")],
)
def test_what_the_system_does_not_give_us_to_read_is_not_taken_for_nothing(
    home: Path, kind: str, ending: str, path: str
) -> None:
    keep(home, RECEIPT)
    refusing = Refusing(kind, ending, errno.EACCES)
    with Calls(home, refusing).counted(), pytest.raises(BadFile) as caught:
        Receipts(home).find("ja", "k1")
    problem = caught.value.problem
    assert (problem.path.startswith(path), problem.code) == (True, "receipts-unreadable")
    assert "paid for again" in problem.mend


def test_where_a_later_version_kept_receipts_nothing_is_asked(home: Path) -> None:
    keep(home, RECEIPT)
    (home / "receipts/ja/0.jsonl").write_bytes(b'{"schema": "i18n-receipts/2"}\n')
    store = Receipts(home)
    assert store.find("ja", "k1") is not None
    with pytest.raises(BadFile) as refused:
        store.intend("ja", {"k9": 3})
    assert refused.value.problem.code == "receipt-newer"
    assert [problem.code for problem in store.problems] == ["receipt-newer"]
    assert store.intend("de", {"k9": 3}).locale == "de"
