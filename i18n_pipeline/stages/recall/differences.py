"""What a source says otherwise than the one it was matched with, in words for the translator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Key, State, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.stages.recall.wording import UNSPACED
from i18n_pipeline.values import replace

_NOTE = "Differs: "
_SHOWN = 6
_LONGEST = 60
_BEFORE = 30
"""How many letters of what two long pieces have in common are shown before they differ."""
# a letter of a script without spaces, a bracket or mark, or a word; blanks go with it
_PIECE = expression(rf"[{UNSPACED}()\[\]*`]\s*|[^\s{UNSPACED}()\[\]*`]+\s*|\s+")


def with_differences(units: Iterable[Unit], active: Iterable[Key]) -> tuple[Unit, ...]:
    """Units made of a similar text, each with a note on what its source says otherwise."""
    known = frozenset(active)
    return tuple(_noted(unit) if unit.key in known else unit for unit in units)


def differences(old: str, new: str) -> str:
    """What became what, in order: `“low” → “high”, + “now”, − “then”`."""
    changes = list(_changes(_PIECE.findall(old), _PIECE.findall(new)))
    more = f" … and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
    return ", ".join(changes[:_SHOWN]) + more


def _noted(unit: Unit) -> Unit:
    others = tuple(note for note in unit.notes if not note.startswith(_NOTE))
    if not _is_match(unit) or unit.previous is None:
        return unit if others == unit.notes else replace(unit, notes=others)
    told = differences(unit.previous, unit.source) or "in blanks alone"
    return replace(unit, notes=(*others, _NOTE + told))


def _is_match(unit: Unit) -> bool:
    waits = unit.state is State.NEEDS_REVIEW and not unit.obsolete
    return waits and kind_of(unit.origin) is OriginKind.FUZZY


def _changes(old: list[str], new: list[str]) -> Iterator[str]:
    for tag, *ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = _words(old[ends[0] : ends[1]]), _words(new[ends[2] : ends[3]])
        if tag == "equal" or gone == come:
            continue
        if not come:
            yield f"− {_shown(gone)}"
        elif not gone:
            yield f"+ {_shown(come)}"
        else:
            start = max(0, _in_common(gone, come) - _BEFORE)
            yield f"{_shown(gone, start)} → {_shown(come, start)}"


def _in_common(one: str, other: str) -> int:
    """How many letters two different texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _words(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _shown(text: str, start: int = 0) -> str:
    """The text in quotes, of a long one what stands from `start` on."""
    if len(text) > _LONGEST:
        text = ("…" if start else "") + text[start:]
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return f"“{text}”"
