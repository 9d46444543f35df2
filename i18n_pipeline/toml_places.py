"""Where each key of a TOML text stands: `tomllib` gives values without places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Keys = tuple[str | int, ...]
"""A key with the tables it is in, and items of arrays by number: `("targets", 0)`."""

Place = tuple[int, int]
"""Line and column, both from 1, columns in characters."""

_TOKEN = expression(
    r'''(?P<text>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"|(?P<skip>[ \t\r]+|\#[^\n]*)"
    r"|(?P<mark>[\[\]{}=,.\n])"
    r"|(?P<bare>[A-Za-z0-9_-]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)


def places(text: str) -> Mapping[Keys, Place]:
    """Return where every key, table and item of a TOML text first stands.

    The text must be one that `tomllib` reads; of another text some places are wrong or missing.
    """
    return _Scan(tuple(_tokens(text))).run()


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    place: Place
    name: bool


def _tokens(text: str) -> Iterator[_Token]:
    line, start = 1, 0
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "skip":
            place = line, found.start() - start + 1
            yield _Token(found.group(), place, found.lastgroup in {"text", "bare"})
        if breaks := found.group().count("\n"):
            line += breaks
            start = found.start() + found.group().rindex("\n") + 1


@dataclass(slots=True)
class _Scan:
    tokens: tuple[_Token, ...]
    at: int = 0
    found: dict[Keys, Place] = field(default_factory=dict)

    def run(self) -> Mapping[Keys, Place]:
        table: Keys = ()
        while self._more():
            if self._now().text == "[":
                while self._now().text == "[":
                    self.at += 1
                table = self._key(())
            elif self._now().name:
                self._pair(table)
            self._skip_to("\n")
            self.at += 1
        return self.found

    def _pair(self, table: Keys) -> None:
        keys = self._key(table)
        if self._now().text == "=":
            self.at += 1
            self._value(keys)

    def _key(self, table: Keys) -> Keys:
        keys = table
        while self._now().name:
            keys = (*keys, _name(self._now().text))
            self.found.setdefault(keys, self._now().place)
            self.at += 1
            if self._now().text != ".":
                break
            self.at += 1
        return keys

    def _value(self, keys: Keys) -> None:
        opener = self._now().text
        if opener == "{":
            self._each(lambda _: self._pair(keys), "}")
        elif opener == "[":
            self._each(lambda number: self._item((*keys, number)), "]")

    def _item(self, keys: Keys) -> None:
        self.found.setdefault(keys, self._now().place)
        self._value(keys)

    def _each(self, read: Callable[[int], None], closer: str) -> None:
        number = 0
        self.at += 1
        while self._more() and self._now().text != closer:
            if self._now().text in {"\n", ","}:
                self.at += 1
                continue
            read(number)
            number += 1
            self._skip_to(",", closer)
        self.at += 1

    def _skip_to(self, *ends: str) -> None:
        while self._more() and self._now().text not in ends:
            self.at += 1

    def _more(self) -> bool:
        return self.at < len(self.tokens)

    def _now(self) -> _Token:
        return self.tokens[self.at] if self._more() else _END


_END = _Token("", (0, 0), name=False)


def _name(text: str) -> str:
    if text[0] not in "\"'":
        return text
    import tomllib

    try:
        return next(iter(tomllib.loads(f"{text} = 0")))
    except tomllib.TOMLDecodeError:
        return text  # of a text that tomllib does not read any name will do
