"""What TBX calls the things we know: statuses, parts of speech, and our own note on a term.

TBX-Basic has no category for inflected forms or for whether case matters. They stand as JSON in a
note of the term, which every other program shows or passes over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.glossaries.listing import FORMS
from i18n_pipeline.formats.glossaries.table import CONTROL
from i18n_pipeline.formats.safe_xml import can_be_xml
from i18n_pipeline.glossary import Status
from i18n_pipeline.values import dataclass

NAMESPACE = "urn:iso:std:iso:30042:ed-2"

# ISO 30042:2019 with ISO 12620's administrative statuses, as TBX-Basic takes them
STATUSES = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
}

PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other")
"""What TBX-Basic takes; another word is `other`, and itself in our note."""

_MEANT = {
    "preferred": Status.PREFERRED,
    "admitted": Status.ADMITTED,
    "deprecated": Status.DEPRECATED,
    "superseded": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
}
_ENDING = expression(r"(?:term)?(?:-admn-sts)?\Z")
_OURS = "i18n-pipeline "
_BREAK = expression(r"[ \t]*[\r\n]\s*")
_SURROGATE = expression("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Own:
    """What our note on a term says. `note` is the term's own, where a plain one would not do."""

    forms: tuple[str, ...] = ()
    case_sensitive: bool = False
    pos: str = ""
    note: str = ""


def status_of(word: str) -> Status | None:
    """The status that a value of `administrativeStatus` stands for; None for an unknown one."""
    return _MEANT.get(_ENDING.sub("", word.strip().casefold(), count=1))


def one_line(text: str) -> str:
    """A text without the line breaks and indents of a file's layout."""
    return _BREAK.sub(" ", text).strip()


def is_plain(note: str) -> bool:
    """Whether a note may stand as it is: it is read the same, and not taken for ours."""
    return one_line(note) == note and not note.startswith(_OURS) and can_be_xml(note)


def is_own(note: str) -> bool:
    """Whether a note is ours."""
    return note.startswith(_OURS)


def write_own(own: Own) -> str:
    """Our note; "" where it has nothing to say."""
    said: dict[str, object] = {
        "forms": [*own.forms],
        "case": "yes" if own.case_sensitive else "",
        "pos": own.pos,
        "note": own.note,
    }
    said = {name: value for name, value in said.items() if value}
    text = json.dumps(said, ensure_ascii=False)
    return _OURS + (text if can_be_xml(text) else json.dumps(said)) if said else ""


def read_own(note: str) -> Own:
    """What our note says. Raises ValueError or TypeError for one that was spoilt."""
    said = json.loads(note.removeprefix(_OURS))
    if not isinstance(said, dict):
        raise TypeError("it is no object")
    forms = said.get("forms", [])
    if not isinstance(forms, list):
        raise TypeError("`forms` is no list")
    cut = (form.strip() for text in forms for form in _text(text).split(FORMS))
    return Own(
        forms=tuple(form for form in cut if form),
        case_sensitive=_said(said, "case") == "yes",
        pos=_said(said, "pos"),
        note=_said(said, "note"),
    )


def _said(said: Mapping[object, object], name: str) -> str:
    return _text(said.get(name, "")).strip()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("what should be a text is none")
    if CONTROL.search(value) or _SURROGATE.search(value):
        raise ValueError("a text holds control characters")
    return value
