"""What a model said, read strictly: a text for each id, or why there is none; pure.

Ids alone say which text is whose: nothing is ever taken by its position.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.providers.replies import half_a_character
from i18n_pipeline.values import dataclass

LEFT_OUT = "left out"
TWICE = "answered twice"
EMPTY = "left empty"
NO_TEXT = "not answered with a text"
CUT_OFF = "cut off"
REFUSED = "refused"
FILTERED = "refused by the content filter"
NO_JSON = "not answered in the form asked for"

_STOPPED = "stop"
_MOST_TOKENS = 1_000_000_000  # no model reads or writes as many
_FENCED = expression(r"\s*```(?:json)?[ \t]*\n(.*)\n[ \t]*```\s*", re.DOTALL | re.IGNORECASE)


class Unreadable(Exception):
    """A reply that no chat model's answer can be found in."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said: the text of its message, None where it is none, and why it ended.

    `tokens` are those of the question and the answer, None where the server does not count.
    """

    content: str | None
    ended: str = _STOPPED
    refused: bool = False
    model: str = ""
    tokens: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """A text for each id, "" where there is none, and then why."""

    texts: tuple[str, ...]
    faults: tuple[str, ...]


def listen(reply: bytes) -> Said:
    """What a model said, from a reply's body. Raises Unreadable."""
    try:
        whole = _table(json.loads(reply))
    except (ValueError, RecursionError):
        raise Unreadable("its answer is not JSON") from None
    choices = whole.get("choices")
    choice = _table(choices[0]) if isinstance(choices, list) and choices else {}
    message = choice.get("message")
    if not isinstance(message, dict):
        raise Unreadable("there is no message in it")
    content, ended = message.get("content"), choice.get("finish_reason")
    model = whole.get("model")
    return Said(
        content if isinstance(content, str) else None,
        ended if isinstance(ended, str) else _STOPPED,
        bool(message.get("refusal")),
        model if isinstance(model, str) else "",
        _tokens(_table(whole.get("usage"))),
    )


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _tokens(usage: Mapping[str, object]) -> tuple[int, int] | None:
    asked, answered = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not isinstance(asked, int) or not isinstance(answered, int):
        return None
    sane = min(asked, answered) >= 0 and max(asked, answered) <= _MOST_TOKENS
    return (asked, answered) if sane else None


def read(said: Said, ids: Sequence[str]) -> Texts:
    """The texts of what a model said. Never raises: what cannot be read is a fault of each text."""
    if said.refused:
        return _none(ids, REFUSED)
    if said.ended == "content_filter":
        return _none(ids, FILTERED)
    whole = said.ended == _STOPPED
    answers = _answers(said.content or "")
    if answers is None:
        return _none(ids, NO_JSON if whole else CUT_OFF)
    times = Counter(name for name, _ in answers)
    found = dict(answers)
    faults = tuple(
        (_fault(found[name], times[name]) if name in found else LEFT_OUT if whole else CUT_OFF)
        for name in ids
    )
    texts = (found.get(name) for name in ids)
    return Texts(
        tuple(
            text if isinstance(text, str) and not fault else ""
            for text, fault in zip(texts, faults, strict=True)
        ),
        faults,
    )


def _none(ids: Sequence[str], fault: str) -> Texts:
    return Texts(("",) * len(ids), (fault,) * len(ids))


def _fault(text: object, times: int) -> str:
    if times > 1:
        return TWICE
    if not isinstance(text, str) or half_a_character(text):
        return NO_TEXT
    return "" if text.strip() else EMPTY


class _Pairs(tuple[tuple[str, object], ...]):
    """A JSON object as it was written, doubled keys and all."""

    __slots__ = ()


def _answers(content: str) -> _Pairs | None:
    """The pairs of the one JSON object that the text is, in a fence or not; None for all else."""
    fenced = _FENCED.fullmatch(content)
    try:
        found = json.loads(fenced[1] if fenced else content, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, _Pairs) else None
