"""What reviewers decided, as the small JSON file that a review without a server sends back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.schemas import of_another_schema
from i18n_pipeline.model import Key
from i18n_pipeline.values import dataclass

SCHEMA = "i18n-decisions/1"
_MEND = "use the file as the review page saved it, or save it there once more"


class Verb(StrEnum):
    """What is done with a unit: its text approved, only kept, or sent back to be worked on."""

    APPROVE = "approve"
    SAVE = "save"
    SEND_BACK = "send back"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a unit.

    `shown` is a hash of the unit that they saw, `text` the translation as they leave it.
    """

    context: str
    source: str
    shown: str
    verb: Verb
    text: str
    comment: str = ""
    reviewer: str = ""

    @property
    def key(self) -> Key:
        """The unit's identity."""
        return self.context, self.source


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions about the units of one locale, in the order in which they were taken."""

    locale: str
    decisions: tuple[Decision, ...]


_FIELDS = {
    "unit": "context",
    "source": "source",
    "shown": "shown",
    "text": "text",
    "comment": "comment",
    "reviewer": "reviewer",
}
"""The texts of a decision, by their names in the file."""
_MAY_LACK = frozenset({"comment", "reviewer"})
_HALF = expression("[\ud800-\udfff]")
"""A lone surrogate: JSON can say it, and no file can hold it."""


def write_decisions(found: Decisions) -> bytes:
    """The decisions as JSON, the same bytes for the same decisions."""
    rows: Iterable[Mapping[str, str]] = (
        {"verb": one.verb, **{name: getattr(one, own) for name, own in _FIELDS.items()}}
        for one in found.decisions
    )
    document = {"schema": SCHEMA, "locale": found.locale, "decisions": list(rows)}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def read_decisions(data: bytes) -> Decisions:
    """Decisions from JSON. Raises BadFile, with a place where there is one, for anything else."""
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        message = f"it is not JSON: {error.msg}"
        raise _damaged(message, error.lineno, error.colno) from None
    except (ValueError, RecursionError):
        raise _damaged("it is not JSON in UTF-8") from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(document, dict) or schema != SCHEMA:
        raise of_another_schema("decisions", schema, SCHEMA, _MEND)
    locale, rows = document.get("locale"), document.get("decisions")
    if not isinstance(locale, str) or _HALF.search(locale) or not isinstance(rows, list):
        raise _damaged("it needs a `locale` and a list of `decisions`")
    return Decisions(locale, tuple(decision_of(row, at) for at, row in enumerate(rows, 1)))


def decision_of(row: object, at: int = 1) -> Decision:
    """One decision, the `at`th of its file, from what JSON holds. Raises BadFile."""
    if not isinstance(row, dict):
        raise _damaged(f"decision {at} is no object")
    texts: dict[str, str] = {}
    for name, own in _FIELDS.items():
        text = row.get(name, "" if name in _MAY_LACK else None)
        if not isinstance(text, str):
            raise _damaged(f"decision {at} has no text `{name}`")
        if _HALF.search(text):
            raise _damaged(f"decision {at} has half a character in `{name}`")
        texts[own] = text
    try:
        verb = Verb(str(row.get("verb")))
    except ValueError:
        known = ", ".join(Verb)
        raise _damaged(f"decision {at} has no `verb` of {known}") from None
    return Decision(verb=verb, **texts)


def _damaged(message: str, line: int = 0, column: int = 0) -> BadFile:
    return BadFile("decisions-damaged", message, mend=_MEND, line=line, column=column)
