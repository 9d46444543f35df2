"""Two texts of people for one unit: the second is parked in the translators' comments.

Nothing is chosen for them. The unit keeps the text it has, and beside it stands

::

    # i18n: conflict: terms/ja/lora.md says
    # i18n: | the other text,
    # i18n: | line by line

Who settles it by hand edits the text and deletes these lines. A line that ends in a blank, a
backslash or a bar gets a bar more, since editors take blanks off the ends of lines; a character
that breaks lines elsewhere is written as its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.po import continues, put_together
from i18n_pipeline.model import Unit
from i18n_pipeline.values import dataclass, replace

_OURS = "i18n: "
_HEAD = f"{_OURS}conflict: "
_SAYS = " says"
_LINE = f"{_OURS}|"
_ENDS_BADLY = expression(r"[\s\\|]\Z")
_BREAKS = expression("[\x00-\x1f\x7f-\x9f\u2028\u2029]|\u27e8(?=U\\+)")
_NUMBER = expression(r"\u27e8U\+(000[789BCD]|0085|2028|2029|27E8)\u27e9")
"""Those that are written so and that a review file can hold: no text had another."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A text that waits beside a unit, and where it came from: a path, or a branch's name."""

    where: str
    text: str


def park(unit: Unit, text: str, where: str) -> Unit:
    """The unit with another text beside it; the same one from the same place only once.

    What the unit says itself, and an empty text, is nothing to choose from.
    """
    one = Parked(" ".join(where.split()), text)
    if not text or text == unit.target or one in parked(unit):
        return unit
    return replace(unit, comments=(*unit.comments, *_written(one)))


def parked(unit: Unit) -> tuple[Parked, ...]:
    """The texts that wait beside a unit, in the order in which they came."""
    return tuple(one for one, _ in _read(unit.comments))


def settled(unit: Unit) -> Unit:
    """The unit without parked texts: somebody has chosen. Other comments stay."""
    taken = {at for _, span in _read(unit.comments) for at in span}
    if not taken:
        return unit
    rest = (line for at, line in enumerate(unit.comments) if at not in taken)
    return replace(unit, comments=tuple(rest))


def _written(one: Parked) -> Iterator[str]:
    yield f"{_HEAD}{one.where}{_SAYS}"
    for line in one.text.split("\n"):
        told = _BREAKS.sub(lambda found: f"\u27e8U+{ord(found[0]):04X}\u27e9", line)
        end = "|" if _ENDS_BADLY.search(told) else ""
        yield f"{_LINE} {told}{end}" if line else _LINE


def _read(comments: Sequence[str]) -> Iterator[tuple[Parked, range]]:
    """Parked texts, each with the positions of its comment lines."""
    at = 0
    while at < len(comments):
        head, start = comments[at].strip(), at
        at += 1
        if not (head.startswith(_HEAD) and head.endswith(_SAYS)):
            continue
        lines: list[str] = []
        while at < len(comments) and comments[at].strip().startswith(_LINE):
            line, at = _whole(comments, at)
            lines.append(_said(line.strip()))
        if lines:
            where = head.removeprefix(_HEAD).removesuffix(_SAYS)
            yield Parked(where, "\n".join(lines)), range(start, at)


def _whole(comments: Sequence[str], at: int) -> tuple[str, int]:
    """A line of a text, which some program may have wrapped, and the position behind it."""
    whole = last = comments[at]
    for end, line in enumerate(comments[at + 1 :], at + 1):
        if line.strip().startswith(_OURS) or not continues(last, line, "# "):
            return whole, end
        whole, last = put_together(whole, line), line
    return whole, len(comments)


def _said(line: str) -> str:
    text = line.removeprefix(_LINE).removeprefix(" ").removesuffix("|")
    return _NUMBER.sub(lambda found: chr(int(found[1], 16)), text)
