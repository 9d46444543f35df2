"""A PostgreSQL in which the receipts of several machines meet: all of its SQL, and its failures.

It holds the same files, by content, and the intents of requests under way. Whoever writes takes one
lock first, so that the order of numbers is the order in which others see them. A run is alive as
long as its session is: its own lock goes with it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from i18n_pipeline.errors import (
    BadFile,
    CannotWrite,
    I18nError,
    NotAuthorised,
    ProviderUnavailable,
    TryLater,
    UsageError,
    extra_hint,
)
from i18n_pipeline.expressions import expression
from i18n_pipeline.memory import STORE_URL
from i18n_pipeline.memory.batches import Intent, read_intent, write_intent
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")

SCHEMA = 1
"""Version of the tables. Those of a later one are left alone."""

_TABLES = """
CREATE TABLE IF NOT EXISTS i18n_store (version integer NOT NULL);
CREATE TABLE IF NOT EXISTS i18n_receipts (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    locale text NOT NULL,
    name text NOT NULL,
    run bigint NOT NULL,
    data bytea NOT NULL,
    UNIQUE (locale, name)
);
CREATE TABLE IF NOT EXISTS i18n_intents (
    run bigint NOT NULL,
    locale text NOT NULL,
    name text NOT NULL,
    asking boolean NOT NULL,
    keys text[] NOT NULL,
    characters bigint NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (run, locale, name)
);
CREATE TABLE IF NOT EXISTS i18n_months (month text PRIMARY KEY, billed bigint NOT NULL);
"""

_VERSION = """INSERT INTO i18n_store
    SELECT %(version)s WHERE NOT EXISTS (SELECT FROM i18n_store)"""
_LOCK = 0x6931386E  # any number; the same for all who write
_IN_THE_WAY = """SELECT EXISTS (SELECT FROM i18n_receipts
            WHERE locale = %(locale)s AND number > %(seen)s AND run <> %(me)s),
        coalesce(bool_or(alive), false), coalesce(bool_or(NOT alive), false)
    FROM (SELECT NOT pg_try_advisory_xact_lock(run) AS alive FROM i18n_intents
        WHERE locale = %(locale)s AND keys && %(keys)s AND run <> %(me)s AND asking) AS others"""
_TAKE_OVER = """DELETE FROM i18n_intents USING (
        SELECT run AS of FROM (SELECT DISTINCT run FROM i18n_intents
            WHERE locale = ANY(%(locales)s) AND run <> %(me)s OFFSET 0) AS others
        WHERE pg_try_advisory_xact_lock(run)) AS dead
    WHERE run = dead.of AND locale = ANY(%(locales)s) RETURNING locale, data"""
_UNDER_WAY = """SELECT coalesce(sum(characters), 0)::bigint FROM i18n_intents"""
_BILLED = "SELECT coalesce(sum(billed), 0)::bigint FROM i18n_months WHERE month = %(month)s"
_INTEND = """INSERT INTO i18n_intents (run, locale, name, asking, keys, characters, data)
    VALUES (%(me)s, %(locale)s, %(name)s, %(asking)s, %(keys)s, %(characters)s, %(data)s)
    ON CONFLICT DO NOTHING"""
_RELEASE = "DELETE FROM i18n_intents WHERE run = %(me)s AND locale = %(locale)s AND name = %(name)s"
_FORGET = "DELETE FROM i18n_intents WHERE run = %(me)s AND locale = %(locale)s AND NOT asking"
_ADD = """WITH added AS (
        INSERT INTO i18n_receipts (locale, name, run, data)
        VALUES (%(locale)s, %(name)s, %(me)s, %(data)s) ON CONFLICT DO NOTHING RETURNING 1
    )
    INSERT INTO i18n_months SELECT %(month)s, %(billed)s FROM added
    ON CONFLICT (month) DO UPDATE SET billed = i18n_months.billed + EXCLUDED.billed"""
_LOST = """INSERT INTO i18n_months VALUES (%(month)s, %(billed)s)
    ON CONFLICT (month) DO UPDATE SET billed = i18n_months.billed + EXCLUDED.billed"""

_SESSION = """
SET default_transaction_isolation = 'read committed';
SELECT set_config(name, '0', false) FROM pg_settings
    WHERE name IN ('idle_session_timeout', 'lock_timeout', 'transaction_timeout');
SET statement_timeout = '60s';
SET idle_in_transaction_session_timeout = '60s';
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3;
"""
"""A machine that lost its power must not keep others waiting for hours.

What a server's owner set for others does not hold: who has waited for the lock must see what was
written before, and a session is idle for as long as a service takes to answer.
"""

_PORT = expression(r":([^]:]*)$")
_MOST_PORTS = 65535

_PAUSES = (0.2, 1.0, 3.0)
"""Seconds to wait for a server that starts anew."""

_PIECE = 64
"""Files that go up or come down in one go."""

_ANSWERED_NO = ("password", "pg_hba", 'role "', 'database "', "certificate", "SSL")
_MEND = f"is it started, and {STORE_URL} right? Without the variable receipts stay on this machine"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of receipts: its name by content, its bytes, the month of them and what was billed."""

    locale: str
    name: str
    data: bytes = field(repr=False)
    month: str = ""
    billed: int = 0


class Claim(Enum):
    """What became of the wish to ask for something."""

    GRANTED = auto()
    STALE = auto()  # there are answers of others that were not looked at
    BUSY = auto()  # another run asks for some of it
    LEFT = auto()  # a run that is no more has asked for some of it, and nobody has told that yet
    SPENT = auto()  # the month's budget does not hold it


_HINDRANCES = (Claim.STALE, Claim.BUSY, Claim.LEFT)
"""What `_IN_THE_WAY` finds, in its order."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month ("2026-11"), and the characters that all runs together may send in it."""

    name: str
    characters: int | None = None


class Database:
    """The tables, over one connection that is made again where it breaks. Safe for threads.

    All methods raise I18nError where they cannot be carried out; nothing is half-done then.
    """

    def __init__(self, url: str, sleep: Callable[[float], None]) -> None:
        """Connect, and make the tables where there are none. `url` is shown to nobody."""
        self._url, self._sleep = url, sleep
        self._run = 0
        self._gone: I18nError | None = None
        self._lock = threading.RLock()
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        try:
            self._do(_check_tables)
        except I18nError:
            self.close()
            raise

    def close(self) -> None:
        """End the session: what it still asks for is asked for by nobody."""
        self._gone = _lost()
        if self._connection is not None:
            self._connection.close()

    def names(self, locales: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """The names of all files by locale, each with its number."""
        query = "SELECT locale, name, number FROM i18n_receipts WHERE locale = ANY(%(locales)s)"
        found: dict[str, dict[str, int]] = {locale: {} for locale in locales}
        for locale, name, number in self._rows(query, {"locales": list(locales)}):
            found[str(locale)][str(name)] = _whole(number)
        return found

    def files(self, locale: str, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of some files, by name."""
        query = """SELECT name, data FROM i18n_receipts
            WHERE locale = %(locale)s AND name = ANY(%(names)s)"""
        left = iter(sorted(names))
        while piece := list(islice(left, _PIECE)):
            for name, data in self._rows(query, {"locale": locale, "names": piece}):
                yield str(name), _bytes(data)

    def news(self, locale: str, seen: int) -> Sequence[tuple[int, str, bytes]]:
        """What other runs stored after a number, in order."""
        query = """SELECT number, name, data FROM i18n_receipts
            WHERE locale = %(locale)s AND number > %(seen)s AND run <> %(me)s ORDER BY number"""
        found = self._rows(query, {"locale": locale, "seen": seen})
        return [(_whole(number), str(name), _bytes(data)) for number, name, data in found]

    def add(self, files: Iterable[Stored]) -> None:
        """Store files; those that are there already stay as they are."""
        left = iter(files)
        while piece := list(islice(left, _PIECE)):
            self._write([(_ADD, _told(one)) for one in piece])

    def keep(self, file: Stored, over: Intent | None) -> None:
        """Store answers, and take away the intent that they end, in one step."""
        ends = [] if over is None else [(_RELEASE, _named(over))]
        self._write([(_ADD, _told(file)), *ends])

    def release(self, intent: Intent) -> None:
        """Take an intent away."""
        self._write([(_RELEASE, _named(intent))])

    def note(self, intent: Intent) -> None:
        """Write down what went out and got no answer; it keeps nobody from asking."""
        self._write([(_INTEND, {**_named(intent), **_weight(intent), "asking": False})])

    def forget(self, locale: str) -> None:
        """Take away what this run noted for a locale: it was told."""
        self._write([(_FORGET, {"locale": locale})])

    def claim(self, intent: Intent, seen: int, month: Month) -> Claim:
        """Write an intent down, unless others have answered it, are asking, or spent it all."""
        told = {**_named(intent), **_weight(intent), "seen": seen, "month": month.name}

        def claimed(ask: _Ask) -> Claim:
            ask.alone()
            (found,) = ask.rows(_IN_THE_WAY, told)
            for why, is_so in zip(_HINDRANCES, found, strict=True):
                if is_so:
                    return why
            if month.characters is not None:
                spent = _whole(ask.one(_BILLED, told)) + _whole(ask.one(_UNDER_WAY, told))
                if spent + _characters(intent) > month.characters:
                    return Claim.SPENT
            ask.rows(_INTEND, {**told, "asking": True})
            return Claim.GRANTED

        return self._do(claimed)

    def billed(self, month: str) -> int:
        """The characters that all runs were billed in a month, and may be for what is under way."""
        told = {"month": month}
        return self._do(
            lambda ask: _whole(ask.one(_BILLED, told)) + _whole(ask.one(_UNDER_WAY, told))
        )

    def take_over(
        self, locales: Sequence[str], month: Month, home: Callable[[Intent], None]
    ) -> None:
        """Bring home the intents of runs that ended without an answer; here they are gone then.

        What they may have cost counts in the month.
        """

        def taken(ask: _Ask) -> None:
            for locale, data in ask.rows(_TAKE_OVER, {"locales": list(locales)}):
                intent = read_intent(str(locale), _bytes(data))
                if intent is not None:
                    ask.rows(_LOST, {"month": month.name, "billed": _characters(intent)})
                    home(intent)

        self._do(taken)

    def _rows(self, query: str, told: Mapping[str, object]) -> list[tuple[object, ...]]:
        return self._do(lambda ask: ask.rows(query, told))

    def _write(self, steps: Sequence[tuple[str, Mapping[str, object]]]) -> None:
        def written(ask: _Ask) -> None:
            ask.alone()
            for query, told in steps:
                ask.rows(query, told)

        self._do(written)

    def _do(self, work: Callable[[_Ask], T]) -> T:
        """Do something in one transaction; once more where the connection was lost."""
        import psycopg

        with self._lock:
            for again in (True, False):
                connection = self._connected()
                try:
                    with connection.transaction():
                        return work(_Ask(connection, self._run))
                except psycopg.Error as error:
                    if not (again and connection.broken):
                        raise _failure(error) from None
        raise AssertionError("one of two tries returns or raises")

    def _connected(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection that lives, with a lock that shows others that we do."""
        import psycopg

        known = self._connection
        if known is not None and not known.closed:
            return known
        if self._gone is not None:  # others need not wait for it too
            raise self._gone
        made = self._opened()
        try:
            self._connection = made
            before, self._run = self._run, secrets.randbits(62)
            made.execute(_SESSION)
            made.execute("SELECT pg_advisory_lock(%s)", (self._run,))
            if before:  # the lock of the session that was lost is gone, or goes when it likes
                made.execute("UPDATE i18n_intents SET run = %s WHERE run = %s", (self._run, before))
        except psycopg.Error as error:
            made.close()
            raise _failure(error) from None
        return made

    def _opened(self) -> psycopg.Connection[tuple[object, ...]]:
        import psycopg

        pauses = iter(_PAUSES)
        while True:
            try:
                return psycopg.connect(
                    self._url,
                    autocommit=True,
                    application_name="i18n",
                    client_encoding="utf8",  # a database without an encoding would give bytes
                    connect_timeout=10,
                    keepalives_idle=30,
                )
            except (psycopg.ProgrammingError, UnicodeError):  # no host can be called that
                raise UsageError(f"{STORE_URL} is no address of a PostgreSQL", _ADDRESS) from None
            except psycopg.OperationalError as error:
                failure = _unconnected(error)
                pause = next(pauses, None) if self._run else None
                if pause is None or not isinstance(failure, ProviderUnavailable):
                    self._gone = failure
                    raise failure from None
            self._sleep(pause)


_ADDRESS = "it looks like postgresql://user:password@host/database"


@dataclass(frozen=True, slots=True)
class _Ask:
    """Statements of one transaction, of one run."""

    connection: psycopg.Connection[tuple[object, ...]]
    run: int

    def rows(self, query: str, told: Mapping[str, object]) -> list[tuple[object, ...]]:
        """What a statement gives back."""
        done = self.connection.execute(query.encode(), {**told, "me": self.run})
        return done.fetchall() if done.description is not None else []

    def one(self, query: str, told: Mapping[str, object]) -> object:
        """The only value that a statement gives back."""
        ((value,),) = self.rows(query, told)
        return value

    def alone(self) -> None:
        """Wait until nobody else writes."""
        self.rows("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})


def open_database(url: str, sleep: Callable[[float], None]) -> Database:
    """The tables at an address. Raises I18nError where they cannot be had."""
    if not (url.startswith(("postgresql://", "postgres://")) and all(map(_is_port, _ports(url)))):
        raise UsageError(f"{STORE_URL} is no address of a PostgreSQL", _ADDRESS)
    try:
        import psycopg  # noqa: F401 - whether it is there
    except ImportError:
        raise ProviderUnavailable(
            f"{STORE_URL} is set, and what speaks to PostgreSQL is not installed",
            extra_hint("postgres"),
        ) from None
    return Database(url, sleep)


def _ports(url: str) -> Iterator[str]:
    """The ports of an address, which may name several hosts."""
    hosts = url.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]
    return (found[1] for host in hosts.split(",") if (found := _PORT.search(host)))


def _is_port(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and 0 < int(text) <= _MOST_PORTS)


def _check_tables(ask: _Ask) -> None:
    """See to it that the tables are there, and ours to write. Raises BadFile for later ones."""
    if not ask.one("SELECT to_regclass('i18n_store') IS NOT NULL", {}):
        ask.alone()  # others may make them at this moment, too
        ask.connection.execute(_TABLES.encode())
        ask.rows(_VERSION, {"version": SCHEMA})
    if _whole(ask.one("SELECT max(version) FROM i18n_store", {})) > SCHEMA:
        message = "written by a newer i18n: nothing is asked, it may be paid for"
        newer = BadFile("receipt-newer", message, mend="update i18n-pipeline")
        newer.problem = newer.at(STORE_URL)
        raise newer


def _unconnected(error: psycopg.OperationalError) -> I18nError:
    """What it means that there is no connection. The server's own words may hold secrets."""
    if any(word in str(error) for word in _ANSWERED_NO):
        return NotAuthorised(
            "the store of receipts does not let us in",
            f"check user, password, database and TLS in {STORE_URL}",
        )
    return ProviderUnavailable("the store of receipts cannot be reached", _MEND)


_MENDS = {"3F000": f"create the schema that {STORE_URL} names"}
"""What mends what the server refuses, by code."""


def _failure(error: psycopg.Error) -> I18nError:
    """What a statement's failure means, by its code (appendix A of PostgreSQL's manual)."""
    code = error.sqlstate or ""
    told = f"the store of receipts refuses ({code})"
    if code == "25006":
        return CannotWrite(told, f"it takes no writes: name the server that does in {STORE_URL}")
    if code.startswith(("28", "42501")):
        return NotAuthorised(told, f"the user of {STORE_URL} may not do this: grant it")
    if code.startswith("53"):
        return CannotWrite(told, "is its disk full? What was answered is kept on this machine")
    if code.startswith("57014"):
        return TryLater(told, "it took too long: another run may hold its tables")
    if code and not code.startswith(("57", "08")):
        return ProviderUnavailable(told, _MENDS.get(code, "are its tables ours? Its log says more"))
    return _lost()


def _strange() -> I18nError:
    return ProviderUnavailable(
        "the store of receipts holds what no run wrote",
        "are its tables ours? Drop them, and the next run fills new ones from its folder",
    )


def _lost() -> I18nError:
    return ProviderUnavailable("the store of receipts was lost", _MEND)


def _told(file: Stored) -> Mapping[str, object]:
    return {
        "locale": file.locale,
        "name": file.name,
        "data": file.data,
        "month": file.month,
        "billed": file.billed,
    }


def _named(intent: Intent) -> Mapping[str, object]:
    return {"locale": intent.locale, "name": intent.name}


def _weight(intent: Intent) -> Mapping[str, object]:
    keys = [key for key, _, _ in intent.asked]
    return {"keys": keys, "characters": _characters(intent), "data": write_intent(intent)}


def _characters(intent: Intent) -> int:
    return sum(size for _, size, _ in intent.asked)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise _strange()
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise _strange()
    return value
