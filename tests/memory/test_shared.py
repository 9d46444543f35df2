"""Runs on several machines at the same time, and a database that fails."""

from __future__ import annotations

import errno
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from i18n_pipeline.errors import (
    BadFile,
    CannotWrite,
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    QuotaExceeded,
    TryLater,
    UsageError,
    extra_hint,
)
from i18n_pipeline.memory.batches import write_batch
from i18n_pipeline.memory.postgres import Month, open_database
from i18n_pipeline.memory.receipts import Receipt
from i18n_pipeline.model import digest
from tests.memory.machines import OneDatabase, OneFolder, keep
from tests.stubs.failing import READ, Calls, Refusing
from tests.stubs.postgres import PASSWORD, Server

pytestmark = pytest.mark.xdist_group("postgres")

RECEIPT = Receipt("k1", "text", "deepl", billed=12, when="2026-11-02T00:00:00Z")
OTHER = replace(RECEIPT, key="k2")


def no_sleep(_seconds: float) -> None:
    pass


class Between:
    """Something that happens while a run waits for another, once."""

    def __init__(self) -> None:
        self.happens: Callable[[], None] = lambda: None
        self.waited = 0

    def __call__(self, _seconds: float) -> None:
        self.waited += 1
        happens, self.happens = self.happens, lambda: None
        happens()


def test_of_two_runs_that_want_a_text_one_asks_and_the_other_gets_its_answer(
    database: OneDatabase,
) -> None:
    database.sleep = between = Between()
    first, second = database.open(), database.open()
    intent = first.intend("ja", {"k1": 5, "k2": 5})
    between.happens = lambda: first.keep(intent, [RECEIPT, OTHER])
    assert second.intend("ja", {"k2": 5, "k3": 5}).asked == (("k3", 5, 1),)
    assert second.find("ja", "k2") == replace(OTHER, round=1)
    assert between.waited == 1


def test_what_came_before_is_not_asked_after_waiting_for_another_text(
    database: OneDatabase,
) -> None:
    database.sleep = between = Between()
    first, second = database.open(), database.open()
    first.keep(first.intend("ja", {"k1": 5}), [RECEIPT])
    intent = first.intend("ja", {"k2": 5})
    between.happens = lambda: first.settle(intent)
    assert second.intend("ja", {"k1": 5, "k2": 5}).asked == (("k2", 5, 1),)
    assert between.waited == 1


def test_receipts_that_cannot_be_read_end_a_run_before_anything_is_asked(
    database: OneDatabase, tmp_path: Path
) -> None:
    keep(OneFolder(tmp_path / "old"), [RECEIPT])
    home = tmp_path / "old" / ".i18n"
    refusing = Refusing(READ, ".jsonl", errno.EACCES)
    with Calls(home, refusing).counted(), pytest.raises(BadFile) as caught:
        database.open(home)
    assert caught.value.problem.code == "receipts-unreadable"


def test_a_run_that_waits_asks_itself_where_the_other_was_refused(database: OneDatabase) -> None:
    database.sleep = between = Between()
    first, second = database.open(), database.open()
    intent = first.intend("ja", {"k1": 5})
    between.happens = lambda: first.settle(intent)
    assert second.intend("ja", {"k1": 5}).asked == (("k1", 5, 1),)
    assert second.possibly_billed("ja") == 0


def test_a_run_that_waits_asks_itself_where_the_other_died_and_tells_it(
    database: OneDatabase,
) -> None:
    database.sleep = between = Between()
    first, second, third = database.open(), database.open(), database.open()
    first.intend("ja", {"k1": 5, "k9": 2})
    between.happens = first.close
    intent = second.intend("ja", {"k1": 5})
    assert intent.asked == (("k1", 5, 2),)
    second.keep(intent, [RECEIPT])
    assert (second.possibly_billed("ja"), third.possibly_billed("ja")) == (7, 0)


def test_what_a_killed_run_may_have_cost_is_told_by_one_run_on_a_machine_and_by_no_later_one(
    database: OneDatabase,
) -> None:
    killed = database.open()
    killed.intend("ja", {"k1": 7})
    killed.close()
    home = database.root / "machine" / ".i18n"
    for told in (7, 0):
        run = database.open(home)
        assert run.possibly_billed("ja") == told
        run.forget_intents("ja")
        run.close()


def test_what_a_killed_run_may_have_cost_counts_in_the_month(database: OneDatabase) -> None:
    database.month = Month("2026-11", 10)
    killed = database.open()
    killed.intend("ja", {"k1": 7})
    killed.close()
    run = database.open()
    assert run.billed_in("2026-11") == 7
    with pytest.raises(QuotaExceeded):
        run.intend("ja", {"k2": 5})


def test_runs_that_want_other_texts_or_locales_do_not_wait(database: OneDatabase) -> None:
    database.sleep = between = Between()
    first, second = database.open(), database.open()
    first.intend("ja", {"k1": 5})
    assert second.intend("ja", {"k2": 5}).asked == (("k2", 5, 1),)
    assert second.intend("de", {"k1": 5}).asked == (("k1", 5, 1),)
    assert between.waited == 0


def test_what_a_run_noted_keeps_nobody_from_asking(database: OneDatabase) -> None:
    first, second = database.open(), database.open()
    first.note("ja", {"k1": 5})
    assert [key for key, _, _ in second.intend("ja", {"k1": 5}).asked] == ["k1"]


def test_an_answer_that_came_meanwhile_is_held_against_a_wish_once(database: OneDatabase) -> None:
    first, second = database.open(), database.open()
    first.keep(first.intend("ja", {"k1": 5}), [RECEIPT])
    assert second.intend("ja", {"k1": 5}).asked == ()
    assert second.intend("ja", {"k1": 5}).asked == (("k1", 5, 2),)


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read", "serializable"])
def test_many_runs_that_want_the_same_ask_for_each_text_once(
    database: OneDatabase, postgres: Server, isolation: str
) -> None:
    name = database.url.rpartition("/")[2]
    how = f"default_transaction_isolation = '{isolation}'"
    postgres.tell("postgres", f"ALTER DATABASE {name} SET {how}")
    runs = [database.open() for _ in range(4)]
    asked: list[str] = []

    def work(number: int) -> None:
        for at in range(6):
            wanted = f"k{(at + number) % 6}"
            intent = runs[number].intend("ja", {wanted: 1})
            asked.extend(key for key, _, _ in intent.asked)
            answers = [replace(RECEIPT, key=key) for key, _, _ in intent.asked]
            runs[number].keep(intent, answers)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(asked) == [f"k{number}" for number in range(6)]


def test_runs_that_begin_together_make_the_tables_once(database: OneDatabase) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: open_database(database.url, no_sleep), range(8)))
    assert [one.names(["ja"]) for one in opened] == [{"ja": {}}] * 8
    for one in opened:
        one.close()


def test_what_a_project_has_already_goes_up_at_its_first_run_and_once(
    database: OneDatabase, tmp_path: Path
) -> None:
    folder = OneFolder(tmp_path / "old")
    keep(folder, [RECEIPT, OTHER])
    keep(folder, [replace(RECEIPT, key="k3")], locale="de")
    for _ in range(2):
        database.open(tmp_path / "old" / ".i18n")
    new = database.open()
    assert [new.find("ja", "k1"), new.find("ja", "k2")] == [
        replace(RECEIPT, round=1),
        replace(OTHER, round=1),
    ]
    assert new.find("de", "k3") is not None
    assert new.billed_in("2026-11") == 36


def test_files_are_the_same_on_every_machine(database: OneDatabase, tmp_path: Path) -> None:
    keep(database, [RECEIPT, OTHER])
    keep(OneFolder(tmp_path / "alone"), [RECEIPT, OTHER])
    database.open(tmp_path / "new" / ".i18n")
    found = [
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.jsonl")}
        for name in ("0", "alone", "new")
    ]
    assert found[0] == found[1] == found[2] != {}


@pytest.mark.parametrize("data", [b"", b'{"schema": "i18n-receipts/2"}\n', b"cut"])
def test_what_is_damaged_or_of_a_later_version_stays_where_it_is(
    database: OneDatabase, tmp_path: Path, data: bytes
) -> None:
    home = tmp_path / "old" / ".i18n"
    keep(OneFolder(tmp_path / "old"), [RECEIPT])
    name = digest(data) if b"schema" in data else "0"
    (home / f"receipts/ja/{name}.jsonl").write_bytes(data)
    database.open(home)
    new = database.open()
    assert new.find("ja", "k1") is not None
    assert (new.problems, new.intend("ja", {"k9": 1}).asked) == ((), (("k9", 1, 1),))


@pytest.mark.parametrize("data", [b"", b'{"schema": "i18n-receipts/1"}\n'])
def test_what_was_damaged_here_comes_down_again_and_is_not_paid_for_again(
    database: OneDatabase, tmp_path: Path, data: bytes
) -> None:
    home = tmp_path / "old" / ".i18n"
    keep(OneFolder(tmp_path / "old"), [RECEIPT])
    database.end(database.open(home))
    (path,) = home.glob("receipts/ja/*.jsonl")
    whole = path.read_bytes()
    path.write_bytes(data)
    mended = database.open(home)
    assert (mended.find("ja", "k1"), mended.problems) == (replace(RECEIPT, round=1), ())
    assert path.read_bytes() == whole


def test_a_file_that_is_not_what_its_name_says_is_not_taken_from_the_database(
    database: OneDatabase, postgres: Server
) -> None:
    keep(database, [RECEIPT])
    name = database.url.rpartition("/")[2]
    forged = write_batch([replace(RECEIPT, text="forged", round=9)]).hex()
    postgres.tell(name, f"UPDATE i18n_receipts SET data = '\\x{forged}'")  # noqa: S608 - our own
    assert database.open().find("ja", "k1") is None


def test_a_month_has_one_budget_for_all_runs(database: OneDatabase) -> None:
    database.month = Month("2026-11", 30)
    first, second = database.open(), database.open()
    intent = first.intend("ja", {"k1": 12})
    first.keep(intent, [RECEIPT])
    second.intend("ja", {"k2": 18})
    with pytest.raises(QuotaExceeded, match="the budget of 30 characters for 2026-11 is used up"):
        first.intend("ja", {"k3": 1})


@pytest.fixture
def stoppable(postgres: Server) -> Iterator[Server]:
    """The server, which a test may stop; others find it running."""
    yield postgres
    postgres.start()


def test_a_server_that_starts_anew_between_two_steps_is_not_noticed(
    database: OneDatabase, stoppable: Server
) -> None:
    store = database.open()
    intent = store.intend("ja", {"k1": 5})
    stoppable.stop("immediate")
    stoppable.start()
    store.keep(intent, [RECEIPT])
    after = database.open()
    assert (after.find("ja", "k1"), after.possibly_billed("ja")) == (replace(RECEIPT, round=1), 0)


def test_what_a_run_asks_for_is_its_own_after_a_server_has_started_anew(
    database: OneDatabase, stoppable: Server
) -> None:
    database.sleep = between = Between()
    first = database.open()
    intent = first.intend("ja", {"k1": 5})
    stoppable.stop("immediate")
    stoppable.start()
    first.intend("ja", {"k9": 1})
    second = database.open()
    between.happens = lambda: first.keep(intent, [RECEIPT])
    assert (second.intend("ja", {"k1": 5}).asked, between.waited) == ((), 1)


def test_a_server_that_is_on_its_way_up_is_waited_for(
    database: OneDatabase, stoppable: Server
) -> None:
    database.sleep = between = Between()
    store = database.open()
    stoppable.stop()
    between.happens = stoppable.start
    assert store.intend("ja", {"k1": 5}).asked == (("k1", 5, 1),)


def test_an_answer_that_cannot_go_up_is_kept_here_and_goes_with_the_next_run(
    database: OneDatabase, stoppable: Server, tmp_path: Path
) -> None:
    database.sleep = no_sleep
    home = tmp_path / "mine" / ".i18n"
    store = database.open(home)
    intent = store.intend("ja", {"k1": 5})
    stoppable.stop()
    with pytest.raises(ProviderUnavailable, match="the store of receipts cannot be reached"):
        store.keep(intent, [RECEIPT])
    with pytest.raises(ProviderUnavailable):
        store.intend("ja", {"k2": 5})
    store.forget_intents("ja")
    assert (store.find("ja", "k1"), store.possibly_billed("ja")) == (replace(RECEIPT, round=1), 0)
    stoppable.start()
    assert database.open(home).possibly_billed("ja") == 0
    after = database.open()
    assert (after.find("ja", "k1"), after.possibly_billed("ja")) == (replace(RECEIPT, round=1), 0)


FAILS = """CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'canary' USING ERRCODE = '{code}'; END $$"""
TRIGGER = "CREATE TRIGGER fails BEFORE INSERT ON i18n_months EXECUTE FUNCTION fails()"


@pytest.mark.parametrize(
    ("code", "kind", "exit_code"),
    [
        ("53100", CannotWrite, 73),  # disk_full
        ("25006", CannotWrite, 73),  # read_only_sql_transaction
        ("42501", NotAuthorised, 77),  # insufficient_privilege
        ("57014", TryLater, 75),  # query_canceled: it took too long
        ("23514", ProviderUnavailable, 69),  # somebody's check
    ],
)
def test_what_a_server_refuses_is_told_and_half_of_nothing_is_stored(
    database: OneDatabase, postgres: Server, code: str, kind: type[I18nError], exit_code: int
) -> None:
    store = database.open()
    intent = store.intend("ja", {"k1": 5})
    name = database.url.rpartition("/")[2]
    postgres.tell(name, FAILS.format(code=code), TRIGGER)
    with pytest.raises(kind) as refused:
        store.keep(intent, [RECEIPT])
    assert (refused.value.exit_code, code in str(refused.value)) == (exit_code, True)
    assert "canary" not in f"{refused.value} {refused.value.hint}"
    assert (store.find("ja", "k1"), database.open().find("ja", "k1")) == (
        replace(RECEIPT, round=1),
        None,
    )
    postgres.tell(name, "DROP TRIGGER fails ON i18n_months")
    store.keep(store.intend("ja", {"k2": 5}), [OTHER])
    assert database.open().find("ja", "k2") == replace(OTHER, round=1)


def test_a_replica_that_takes_no_writes_is_told_before_anything_is_asked(
    database: OneDatabase, postgres: Server
) -> None:
    keep(database, [RECEIPT])
    name = database.url.rpartition("/")[2]
    postgres.tell("postgres", f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(CannotWrite) as refused:
        database.open()
    assert "it takes no writes" in refused.value.hint


def test_a_session_may_be_idle_for_as_long_as_a_service_takes_whatever_the_server_grants_others(
    database: OneDatabase, postgres: Server
) -> None:
    name = database.url.rpartition("/")[2]
    for setting in ("idle_session_timeout", "lock_timeout"):
        postgres.tell("postgres", f"ALTER DATABASE {name} SET {setting} = '20s'")
    opened = open_database(database.url, no_sleep)
    shown = [opened._rows(f"SHOW {one}", {}) for one in ("idle_session_timeout", "lock_timeout")]
    opened.close()
    assert shown == [[("0",)], [("0",)]]


def test_a_database_without_an_encoding_serves_too(database: OneDatabase, postgres: Server) -> None:
    name = f"{database.url.rpartition('/')[2]}_ascii"
    postgres.tell("postgres", f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0")
    database.url = postgres.address(name)
    keep(database, [RECEIPT])
    assert database.open().find("ja", "k1") == replace(RECEIPT, round=1)


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE i18n_store",
        "ALTER TABLE i18n_store ALTER version TYPE text",
        "ALTER TABLE i18n_receipts ALTER data TYPE text USING 'x'",
    ],
)
def test_tables_that_are_not_ours_are_told_before_anything_is_asked(
    database: OneDatabase, postgres: Server, statement: str
) -> None:
    keep(database, [RECEIPT])
    postgres.tell(database.url.rpartition("/")[2], statement)
    with pytest.raises(ProviderUnavailable, match="the store of receipts holds what no run wrote"):
        database.open()


def test_tables_of_a_later_version_are_left_alone(database: OneDatabase, postgres: Server) -> None:
    keep(database, [RECEIPT])
    postgres.tell(database.url.rpartition("/")[2], "UPDATE i18n_store SET version = 2")
    with pytest.raises(BadFile) as refused:
        database.open()
    assert (refused.value.problem.path, refused.value.problem.code) == (
        "I18N_STORE_URL",
        "receipt-newer",
    )


def test_whoever_may_not_make_the_tables_is_told(database: OneDatabase, postgres: Server) -> None:
    name = database.url.rpartition("/")[2]
    postgres.tell(
        name,
        f"DO $$ BEGIN CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    )
    with pytest.raises(NotAuthorised) as refused:
        open_database(postgres.address(name, user="guest"), no_sleep)
    assert refused.value.message == "the store of receipts refuses (42501)"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (("postgresql://", "mysql://"), UsageError),
        (("postgresql://", "postgresql:///?nonsense="), UsageError),
        (("127.0.0.1", "127.0.0.1:65536,127.0.0.1"), UsageError),
        (("127.0.0.1:", "127.0.0.1:x"), UsageError),
        ((PASSWORD, "wrong-" + PASSWORD), NotAuthorised),
        (("//i18n:", "//nobody:"), NotAuthorised),
        (("/d", "/none"), NotAuthorised),
        (("127.0.0.1:", "127.0.0.1:1"), ProviderUnavailable),
        (("127.0.0.1", "host.invalid"), ProviderUnavailable),
        (("127.0.0.1", "host..invalid"), UsageError),
    ],
    ids=lambda value: value[1][:12] if isinstance(value, tuple) else value.__name__,
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    database: OneDatabase,
    caplog: pytest.LogCaptureFixture,
    change: tuple[str, str],
    kind: type[I18nError],
) -> None:
    caplog.set_level(logging.DEBUG)
    url = database.url.replace(*change, 1)
    if change == ("127.0.0.1:", "127.0.0.1:1"):
        url = url.replace(url.split("127.0.0.1:")[1].partition("/")[0], "1")
    with pytest.raises(kind) as refused:
        open_database(url, no_sleep)
    shown = "".join(traceback.format_exception(refused.value))
    assert PASSWORD not in f"{shown}{refused.value.hint}{refused.value!r}{caplog.text}"


def test_without_the_extra_a_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ProviderUnavailable) as refused:
        open_database("postgresql://i18n@127.0.0.1/x", no_sleep)
    assert refused.value.hint == extra_hint("postgres")
