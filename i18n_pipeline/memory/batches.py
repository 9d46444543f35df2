"""Receipts and intents as bytes: a line of JSON each, the schema above them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import attrgetter

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass, fields

SCHEMA = "i18n-receipts/1"
"""First line of every file. Files of another schema are left alone and reported."""

_TEXTS = (
    "key",
    "about",
    "text",
    "fault",
    "provider",
    "model",
    "trace",
    "context",
    "settings",
    "when",
)
_NUMBERS = ("billed", "together", "round")


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer as it came, and how it came.

    `key` is what it is found by (`receipt_key`), `about` the hash of the text alone, whatever
    terms were in force. `text` is the protected answer, or "" with the `fault` that says why
    there is none. `billed` are characters, `cost` is in the currency of the configured prices,
    None where they were not known. `settings` are style and model as they were wanted,
    `together` how many texts were in the request. `when` is as the caller says it. `round` counts
    how often one key was asked, and says which asking this answers: the highest is in force.
    """

    key: str
    text: str
    provider: str
    model: str = ""
    billed: int = 0
    trace: str = ""
    context: str = ""
    when: str = ""
    round: int = 0
    about: str = ""
    fault: str = ""
    settings: str = ""
    together: int = 1
    cost: float | None = None

    @property
    def rank(self) -> tuple[int, str]:
        """Order in which receipts of one key hold, the same on every machine."""
        return self.round, digest(line_of(self))


@dataclass(frozen=True, slots=True)
class Intent:
    """A request about to go out: for each key its characters and the round it asks for."""

    locale: str
    asked: tuple[tuple[str, int, int], ...]

    @property
    def name(self) -> str:
        """The name of its file, by its content."""
        return digest(json.dumps(self.asked))

    @property
    def keys(self) -> tuple[str, ...]:
        """What it asks for."""
        return tuple(key for key, _, _ in self.asked)


_NAMES = tuple(sorted(one.name for one in fields(Receipt)))
_VALUES = attrgetter(*_NAMES)


@dataclass(frozen=True, slots=True)
class Batch:
    """The receipts that a file holds. `newer`: only a later version of ours can read it.

    `damage` says what is wrong with it, "" for nothing; its good lines count all the same.
    """

    receipts: tuple[Receipt, ...] = ()
    newer: bool = False
    damage: str = ""


def write_batch(receipts: Iterable[Receipt]) -> bytes:
    """The bytes that `read_batch` reads, the same whatever the order."""
    lines = sorted(line_of(one) for one in receipts)
    return b"\n".join([_header(), *(line.encode() for line in lines), b""])


def read_batch(data: bytes) -> Batch:
    """The receipts in some bytes, and what is wrong with them."""
    lines = data.splitlines()
    if lines and _is_newer(lines[0]):
        return Batch(newer=True)
    if not lines or lines[0] != _header():
        return Batch(damage="is not a receipt file of this version")
    found = [_receipt(line) for line in lines[1:]]
    good = tuple(one for one in found if one is not None)
    return Batch(good, damage="" if len(good) == len(found) else "holds lines that are no receipts")


@dataclass(frozen=True, slots=True)
class Line:
    """A receipt's line as `write_batch` wrote it, and what a receipt is found by."""

    key: str
    about: str
    round: int
    data: bytes

    @property
    def receipt(self) -> Receipt | None:
        """The receipt itself; None where another program wrote what is none."""
        return _receipt(self.data)


_SAID = r'"(?:[^"\\]|\\.)*"'
_FOUND_BY = expression(
    rf'\{{"about": "([0-9a-f]+)", (?:"billed": [^,]+, )?(?:"context": {_SAID}, )?'
    rf'(?:"cost": [^,]+, )?(?:"fault": {_SAID}, )?"key": "([0-9a-f]+)", '.encode()
)
_ROUND = expression(rb'"round": (\d+)[,}]')  # a quotation mark in a text is escaped


def lines_of(data: bytes) -> tuple[Line, ...] | None:
    """The receipts in bytes that are known to be as `write_batch` wrote them, not read yet.

    None where they were written in a way that takes reading them.
    """
    lines = data.splitlines()
    if not lines or lines[0] != _header():
        return None
    found: list[Line] = []
    for line in lines[1:]:
        place, number = _FOUND_BY.match(line), _ROUND.search(line)
        if place is None or number is None:
            return None
        key, about = place[2].decode(), place[1].decode()
        found.append(Line(key, about, int(number[1]), line))
    return tuple(found)


def write_intent(intent: Intent) -> bytes:
    """The bytes that `read_intent` reads."""
    return json.dumps(intent.asked).encode()


def read_intent(locale: str, data: bytes) -> Intent | None:
    """The intent in some bytes; None where it is none."""
    told = _json(data)
    if not isinstance(told, list) or not all(map(_is_asked, told)):
        return None
    return Intent(locale, tuple((key, size, wanted) for key, size, wanted in told))


def _is_newer(line: bytes) -> bool:
    """Whether a first line is of a schema that a later version of ours may have."""
    told = _json(line)
    schema = told.get("schema") if isinstance(told, dict) else None
    return isinstance(schema, str) and schema != SCHEMA and schema.startswith("i18n-receipts/")


def _header() -> bytes:
    return json.dumps({"schema": SCHEMA}).encode()


def line_of(receipt: Receipt) -> str:
    """A receipt as a line of JSON; what is empty is left out."""
    told = zip(_NAMES, _VALUES(receipt), strict=True)
    spoken = {name: value for name, value in told if value != "" and value is not None}
    return json.dumps(spoken, ensure_ascii=True)


def _receipt(line: bytes) -> Receipt | None:
    """A receipt from its line; None where it is none."""
    told = _json(line)
    if not isinstance(told, dict) or not told.get("key"):
        return None
    texts = {name: told.get(name, "") for name in _TEXTS}
    numbers = {name: told.get(name, 0) for name in _NUMBERS}
    cost = told.get("cost")
    sound = all(isinstance(text, str) for text in texts.values()) and all(
        type(number) is int for number in numbers.values()
    )
    if not sound or type(cost) not in (float, int, type(None)):
        return None
    return Receipt(**texts, **numbers, cost=cost)


def _is_asked(told: object) -> bool:
    return isinstance(told, list) and [type(part) for part in told] == [str, int, int]


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
