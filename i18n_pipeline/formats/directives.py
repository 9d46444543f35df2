"""Directives for authors in a body: `<!-- i18n: skip -->` … `<!-- i18n: end -->`, `note`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.places import place_in_bytes
from i18n_pipeline.markdown import Block, Outline

_NAMES = ("skip", "end", "note")
_DIRECTIVE = expression(r"i18n:\s*(\S*)\s*(.*)\Z", re.DOTALL)


class Regions:
    """What the directives of one body say about its leaves; asked in document order."""

    def __init__(self, skipped: list[tuple[int, int]], notes: list[tuple[int, str]]) -> None:
        self._skipped = list(reversed(skipped))
        self._notes = list(reversed(notes))

    def note_for(self, start: int) -> str:
        """The notes between the leaf before and the one that starts here; each is given once."""
        found: list[str] = []
        while self._notes and self._notes[-1][0] <= start:
            found.append(self._notes.pop()[1])
        return " ".join(found)

    def skips(self, start: int) -> bool:
        """Whether the leaf that starts here lies between `skip` and `end`."""
        while self._skipped and self._skipped[-1][1] <= start:
            self._skipped.pop()
        return bool(self._skipped) and self._skipped[-1][0] <= start


def read_directives(data: bytes, cut: Outline, line: int) -> Regions:
    """Read the directives of a body that begins at `line` of its file. Raises BadFile."""
    skipped: list[tuple[int, int]] = []
    notes: list[tuple[int, str]] = []
    opened: Block | None = None
    for block, name, words in _directives(data, cut, line):
        if name == "skip" and opened is None:
            opened = block
        elif name == "end" and opened is not None:
            skipped.append((opened.start, block.end))
            opened = None
        elif name == "note":
            notes.append((block.end, " ".join(words.split())))
        else:
            raise _bad(name, data, block.start, line)
    if opened is not None:
        at, column = place_in_bytes(data, opened.start, line)
        raise BadFile(
            "directive-not-closed",
            "`i18n: skip` is not closed",
            mend="add <!-- i18n: end --> after the part to skip",
            line=at,
            column=column,
        )
    return Regions(skipped, notes)


def _directives(data: bytes, cut: Outline, line: int) -> Iterator[tuple[Block, str, str]]:
    for block in cut.comments:
        if found := _DIRECTIVE.match(block.comment):
            yield block, found[1], found[2]
    for block in cut.inline_comments:
        if _DIRECTIVE.match(block.comment):
            at, column = place_in_bytes(data, block.start, line)
            raise BadFile(
                "directive-inside-text",
                "a directive has to stand on a line of its own",
                mend="put it on a line before the text",
                line=at,
                column=column,
            )


def _bad(name: str, data: bytes, start: int, line: int) -> BadFile:
    if name in _NAMES:
        message = f"`i18n: {name}` makes no sense here"
        mend = "`skip` opens a part to leave alone, `end` closes it"
    else:
        close = get_close_matches(name, _NAMES, 1)
        message = f"unknown directive `i18n: {name}`"
        mend = f"did you mean `{close[0]}`?" if close else "there are `skip`, `end` and `note`"
    at, column = place_in_bytes(data, start, line)
    return BadFile("unknown-directive", message, mend=mend, line=at, column=column)
