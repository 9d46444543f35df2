"""For whom a report in words is laid out: how wide it may be, and how its reader writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import category, east_asian_width

from i18n_pipeline.expressions import expression
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.values import dataclass, field

# what stays in one line where it can: a command of ours with its options, as it is to be typed;
# and whatever has no plain blank in it, so that no number written in groups is torn apart
_PIECE = expression(r"i18n(?: (?:-{1,2}[\w-]+|[\w./-]+))+|[^ ]+")
_WIDE = r"\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CLOSING = "、。，．・：；？！ー）」』】〉》〕…⟧"
_ESCAPE = expression(r"\x1b\[[0-9;]*m")
# a letter of writing without spaces, with the marks that may not begin a line; or other writing
_LETTERS = expression(f"[{_WIDE}][{_CLOSING}]*|[^{_WIDE}]+")
_ROOM = 12
"""At least so many columns of a line are for words, however far it is indented."""


@dataclass(frozen=True, slots=True)
class View:
    """What a reader sees: `width` in columns, and how numbers, days and languages are written.

    `at_terminal`: lines are for a person's eyes and fit the width. Elsewhere they are the same
    wherever they are written, one a fact, for whoever looks for words in a log.
    """

    width: int = 80
    tongue: Tongue = field(default_factory=Tongue)
    at_terminal: bool = False

    def called(self, tag: str) -> str:
        """What a locale is called: by its name for a person, by its tag alone in a log."""
        return self.tongue.title(tag) if self.at_terminal else tag

    def named(self, tag: str) -> str:
        """What a locale is called within a sentence."""
        return self.tongue.name(tag) if self.at_terminal else tag

    def day(self, iso: str) -> str:
        """A day (ISO 8601): in a log as it is, so that days can be sorted and looked for."""
        return self.tongue.day(iso) if self.at_terminal else iso

    def laid_out(self, text: str) -> str:
        """Lines as they are shown: on a terminal folded between words, below their beginning."""
        if not self.at_terminal:
            return text
        return "\n".join(part for line in text.split("\n") for part in self._folded(line))

    def _folded(self, line: str) -> Iterator[str]:
        if columns(line) <= self.width:
            yield line
            return
        bare = line.lstrip(" ")
        indent = " " * min(len(line) - len(bare), self.width - _ROOM)
        below = " " * min(len(indent) + 2, self.width - _ROOM)
        now = indent
        for gap, piece in _pieces(bare, self.width - len(below)):
            if now.strip(" ") and columns(now) + len(gap) + columns(piece) > self.width:
                yield now
                now = below + piece
            else:
                now += gap + piece
        yield now


PLAIN = View()
"""How it is read in a log or by a program."""


def _pieces(words: str, width: int) -> Iterator[tuple[str, str]]:
    """What is not broken up, each with the blanks before it; a command only where it fits."""
    end = 0
    for found in _PIECE.finditer(words):
        gap, piece = words[end : found.start()], found[0]
        end = found.end()
        if columns(piece) <= width:
            yield gap, piece
        elif " " in piece:
            first, *others = piece.split(" ")
            yield from ((gap, first), *((" ", part) for part in others))
        else:
            letters = _apart(piece)
            yield gap, next(letters)
            yield from (("", letter) for letter in letters)


def _apart(piece: str) -> Iterator[str]:
    """What writing without spaces may be broken into; a path or an address is left whole."""
    if "/" in piece:
        yield piece
        return
    yield from _LETTERS.findall(piece)


def columns(words: str) -> int:
    """How many columns words take: two for what is wide in East Asian fonts, none for accents.

    Nor do colours take any.
    """
    seen = _ESCAPE.sub("", words)
    return len(seen) if seen.isascii() else sum(map(_columns, seen))


def _columns(letter: str) -> int:
    # marks, and what joins letters or chooses how they look
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def padded(words: str, width: int, *, right: bool = False) -> str:
    """Words filled up with spaces to a width, at their right or (`right`) at their left."""
    room = " " * (width - columns(words))
    return room + words if right else words + room


def wrapped(parts: Iterable[str], width: int, indent: str) -> Iterator[str]:
    """Parts put into as few lines as fit, with an indent; no part is broken up."""
    line = ""
    for part in parts:
        longer = f"{line}  {part}" if line else part
        if line and columns(indent) + columns(longer) > width:
            yield indent + line
            line = part
        else:
            line = longer
    if line:
        yield indent + line
