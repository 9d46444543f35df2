"""Git's conflict markers: where they stand, and the texts of both sides that they hold.

Git writes `<<<<<<<`, ours, `=======`, theirs, `>>>>>>>`, each longer where both sides renamed the
file or `conflict-marker-size` says so (gitattributes(5)). With diff3 or zdiff3 for
`merge.conflictStyle` what both began with stands between ours and theirs, below `|||||||`
(git-merge(1)). But zdiff3 puts lines that both sides begin or end with outside of the conflict, and
not those of the base, so that the base cannot be put together again. It is believed only where some
conflict shows that no such line was taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass, replace

_MARKER = expression(r"(<{7,}|\|{7,}|={7,}|>{7,})(?: (.*))?$")
_NEXT = {"<": "|=", "|": "=", "=": ">", ">": "<"}
_MEND = "i18n doctor --fix-conflicts joins both sides; or keep one and delete the marker lines"


@dataclass(frozen=True, slots=True)
class Hunk:
    """The lines, from 1, of a conflict's first and last marker."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Side:
    """The text of one side, with the line of the file that each of its lines stands in."""

    text: str
    lines: tuple[int, ...]

    def place(self, problem: Problem) -> Problem:
        """A problem of this text as one of the file."""
        known = 0 < problem.line <= len(self.lines)
        return replace(problem, line=self.lines[problem.line - 1]) if known else problem


@dataclass(frozen=True, slots=True)
class TornText:
    """A text with conflicts in it, taken apart. `base` is None where the markers do not hold it.

    `name` is what git calls their side, "" where it does not say.
    """

    ours: Side
    theirs: Side
    base: Side | None
    hunks: tuple[Hunk, ...]
    name: str = ""


def torn_apart(text: str) -> TornText | None:
    """The sides of a text with conflict markers; None where it has none.

    Raises BadFile (`conflict-marker`) for markers that do not belong together.
    """
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line)
    return reader.torn()


class _Reader:
    def __init__(self) -> None:
        self._sides: dict[str, list[tuple[int, str]]] = {"<": [], "|": [], "=": []}
        self._hunks: list[Hunk] = []
        self._state, self._start, self._name = ">", 0, ""
        self._based, self._whole = True, False

    def take(self, number: int, line: str) -> None:
        found = _MARKER.match(line.rstrip("\r"))
        if found is None:
            for side in self._sides if self._state == ">" else self._state:
                self._sides[side].append((number, line))
            return
        mark = found[1][0]
        if mark not in _NEXT[self._state]:
            open_since = self._start if self._state != ">" else 0
            raise _alone(open_since or number, "<" * 7 if open_since else found[1])
        if mark == "<":
            self._start = number
        elif mark == "=":
            self._based = self._based and self._state == "|"
        elif mark == ">":
            self._hunks.append(Hunk(self._start, number))
            self._whole = self._whole or self._share_an_edge()
            self._name = self._name or (found[2] or "").strip()
        self._state = mark

    def _share_an_edge(self) -> bool:
        """Whether both sides of the last conflict begin, or end, with one line."""
        start = self._hunks[-1].start
        ours, _, theirs = (
            [line for number, line in rows if number > start] for rows in self._sides.values()
        )
        return bool(ours and theirs) and (ours[0] == theirs[0] or ours[-1] == theirs[-1])

    def torn(self) -> TornText | None:
        if self._state != ">":
            raise _alone(self._start, "<" * 7)
        if not self._hunks:
            return None
        ours, base, theirs = (_side(rows) for rows in self._sides.values())
        known = base if self._based and self._whole else None
        return TornText(ours, theirs, known, tuple(self._hunks), self._name)


def _side(rows: Sequence[tuple[int, str]]) -> Side:
    return Side("\n".join(line for _, line in rows), tuple(number for number, _ in rows))


def _alone(line: int, marker: str) -> BadFile:
    return BadFile(
        "conflict-marker",
        f"a merge conflict was not resolved ({marker}), and its other markers are not there",
        mend="keep the text you want and delete the marker lines",
        line=line,
        column=1,
    )


BY_HAND = "keep the lines that you want, and delete the marker lines"
"""How a conflict is mended that nothing joins."""


def nobodys(_part: str) -> str:
    """For texts of which no part has a name."""
    return ""


def unresolved(
    text: str, whose: Callable[[str], str] = nobodys, mend: str = _MEND
) -> BadFile | None:
    """The error for the first conflict in a text; `whose` names the last thing begun in a part."""
    try:
        torn = torn_apart(text)
    except BadFile as failure:
        return failure
    if torn is None:
        return None
    first, lines = torn.hunks[0], text.split("\n")
    name = whose(_part(lines[first.start : first.end - 1])) or whose(
        _part(lines[: first.start - 1])
    )
    more = f", and {len(torn.hunks) - 1} more" if len(torn.hunks) > 1 else ""
    where = f"lines {first.start} to {first.end}{f' (`{name}`)' if name else ''}{more}"
    return BadFile(
        "conflict-marker",
        f"a merge conflict was not resolved, {where}",
        mend=mend,
        line=first.start,
        column=1,
    )


def _part(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if not _MARKER.match(line.rstrip("\r")))
