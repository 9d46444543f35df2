"""How a server wants to be asked: what servers and models differ in, learned from their refusals.

Every option here is refused by some server or model, and which by which changes by the month: so
no list of models, but one step back for each option, taken once and told.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from enum import StrEnum

from i18n_pipeline.providers.openai.prompt import Prompt
from i18n_pipeline.values import dataclass, field, replace

MOST_OUTPUT = 16_384
"""Tokens: as many as widespread models write in one answer; some refuse to be allowed more."""

_CAPS = ("max_completion_tokens", "max_tokens")


class Shape(StrEnum):
    """How the shape of an answer is asked for, from the surest down."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask. `cap` is the option that limits an answer; `tight`: no room beyond the text."""

    cap: str = _CAPS[0]
    temperature: float | None = None
    shape: Shape = Shape.SCHEMA
    swapped: bool = False
    tight: bool = False

    def most_tokens(self, prompt: Prompt) -> int:
        """The most tokens an answer may have.

        A token for each byte is more than any language needs to say the same; three leave room
        for old vocabularies, and what is fixed for thinking, which counts as output.
        """
        if self.tight:
            return min(MOST_OUTPUT, 256 + prompt.size)
        return min(MOST_OUTPUT, 4096 + 3 * prompt.size)


def body(model: str, prompt: Prompt, manner: Manner) -> dict[str, object]:
    """The body of a request, in OpenAI's words."""
    return {
        "messages": [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ],
        "model": model,
        manner.cap: manner.most_tokens(prompt),
        **({} if manner.temperature is None else {"temperature": manner.temperature}),
        **_format(prompt, manner.shape),
    }


def size(content: Mapping[str, object]) -> int:
    """Bytes of a body on the wire."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "surrogatepass"))


def _format(prompt: Prompt, shape: Shape) -> Mapping[str, object]:
    if shape is Shape.WORDS:
        return {}
    if shape is Shape.OBJECT:
        return {"response_format": {"type": shape}}
    # An object with a key for each unit: a server that follows the schema can neither leave one
    # out nor say one twice.
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in prompt.ids},
        "required": list(prompt.ids),
        "additionalProperties": False,
    }
    named = {"name": "translations", "strict": True, "schema": schema}
    return {"response_format": {"type": shape, "json_schema": named}}


@dataclass(frozen=True, slots=True)
class _Step:
    """One step back: the signs of it in a refusal's words, and what changes."""

    signs: tuple[str, ...]
    change: Callable[[Manner], Manner]
    notice: Callable[[Manner], str]


def _other_cap(manner: Manner) -> Manner:
    if manner.swapped:
        return manner
    (other,) = (cap for cap in _CAPS if cap != manner.cap)
    return replace(manner, cap=other, swapped=True)


def _looser(manner: Manner) -> Manner:
    looser = {Shape.SCHEMA: Shape.OBJECT}.get(manner.shape, Shape.WORDS)
    return replace(manner, shape=looser)


def _said_of_shape(manner: Manner) -> str:
    if manner.shape is Shape.OBJECT:
        return "takes no JSON schema; it is asked for any JSON object"
    return "takes no form of answer; it is only told to write JSON"


_STEPS = (
    _Step(
        (
            r"max_(completion_)?tokens",
            r"unsupported|not support|unknown|unrecogni|not permitted|unexpected|extra_forbidden",
        ),
        _other_cap,
        lambda manner: f"wants answers limited by {manner.cap}; they are",
    ),
    _Step(
        (
            r"max_(completion_)?tokens|completion|output tokens",
            r"too large|at most|maximum|less than|exceed|range",
        ),
        lambda manner: replace(manner, tight=True),
        lambda _: "has less room for answers than usual; long thoughts would be cut off",
    ),
    _Step(
        (r"temperature",),
        lambda manner: replace(manner, temperature=None),
        lambda _: "takes no temperature; its own is used",
    ),
    _Step(
        (r"response.format|json_schema|json_object|structured.output|schema|grammar",),
        _looser,
        _said_of_shape,
    ),
)


def step_back(manner: Manner, words: str) -> tuple[Manner, str] | None:
    """How to ask after a refusal, with words about the change; None where no change would help."""
    for step in _STEPS:
        changed = step.change(manner)
        if changed != manner and all(re.search(sign, words, re.IGNORECASE) for sign in step.signs):
            return changed, step.notice(changed)
    return None


@dataclass
class Learned:
    """The manner in force, shared by all threads, and the notices that nobody has been told."""

    now: Manner
    _notices: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def step_back(self, used: Manner, words: str) -> bool:
        """Whether asking again can help after a refusal of a request in the manner `used`."""
        with self._lock:
            if self.now != used:  # another thread has learned it meanwhile
                return True
            found = step_back(used, words)
            if found is None:
                return False
            self.now, notice = found
            self._notices.append(notice)
            return True

    def news(self) -> tuple[str, ...]:
        """The notices since last asked for."""
        with self._lock:
            told = tuple(self._notices)
            self._notices.clear()
            return told
