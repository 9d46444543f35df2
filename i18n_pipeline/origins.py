"""Where a target came from, in words that a translator reads and a program understands.

The words stand in the PO file (`#. Origin: …`) and nowhere else; each kind is told by how they
begin. What reads otherwise is somebody else's remark.
"""

from __future__ import annotations

from enum import StrEnum
from sys import intern

from i18n_pipeline.model import Origin, draft_hash


class OriginKind(StrEnum):
    """What brought a text about."""

    MACHINE = "machine"
    EXACT = "exact match"
    FUZZY = "fuzzy match"
    ADOPTED = "adopted"
    EDITED = "edited in the file"
    IMPORTED = "imported"
    PATCHED = "patched"
    OTHER = "other"


_BEGINS = {
    "machine draft by ": OriginKind.MACHINE,
    "exact match of ": OriginKind.EXACT,
    "fuzzy match ": OriginKind.FUZZY,
    "adopted from ": OriginKind.ADOPTED,
    "edited in ": OriginKind.EDITED,
    "imported from ": OriginKind.IMPORTED,
    "patched: ": OriginKind.PATCHED,
}


_DOUBTS = ", look at it: "
_PLACED = ", by its place"


def machine(provider: str, target: str) -> Origin:
    """A provider's draft as it came."""
    return Origin(intern(f"machine draft by {provider}"), draft_hash(target))


def exact(context: str, target: str) -> Origin:
    """A draft that is a reviewed text of another unit."""
    return Origin(f"exact match of {context}", draft_hash(target))


def fuzzy(percent: int, where: str, target: str) -> Origin:
    """A draft made of the reviewed text of a similar source, `percent` alike, found at `where`."""
    return Origin(f"fuzzy match {percent} % of {where}", draft_hash(target))


def adopted(path: str, doubts: str = "", *, placed: bool = False) -> Origin:
    """A person's text that was read out of a file which was there before us.

    `doubts` say why it may not be a translation of what its source says now; `placed` that
    nothing in it shows that it is, but all that stands around it.
    """
    return Origin(f"adopted from {path}{_PLACED * placed}{_DOUBTS + doubts if doubts else ''}")


def is_placed(origin: Origin | None) -> bool:
    """Whether a text was adopted for its place alone: it decides for no other text."""
    if origin is None or kind_of(origin) is not OriginKind.ADOPTED:
        return False
    return origin.words.partition(_DOUBTS)[0].endswith(_PLACED)


def edited(path: str) -> Origin:
    """A person's text that was read out of a built file."""
    return Origin(f"edited in {path}")


def imported(name: str) -> Origin:
    """A person's text out of a work package or a foreign catalog."""
    return Origin(f"imported from {name}")


def patched(what: str) -> Origin:
    """A person's text in which an edit of the source was made: of its links, say."""
    return Origin(f"patched: {what}")


def path_of(origin: Origin | None) -> str:
    """The file that an adopted or edited text was read out of; "" where it was none."""
    if kind_of(origin) not in (OriginKind.ADOPTED, OriginKind.EDITED) or origin is None:
        return ""
    begins = next(words for words in _BEGINS if origin.words.startswith(words))
    return origin.words.removeprefix(begins).partition(_DOUBTS)[0].removesuffix(_PLACED)


def engine_of(origin: Origin | None) -> str:
    """The provider of a machine's text, as its origin calls it; "" for any other text."""
    begins = "machine draft by "
    words = origin.words if origin is not None else ""
    return words.removeprefix(begins) if words.startswith(begins) else ""


def kind_of(origin: Origin | None) -> OriginKind | None:
    """What its words say; None where there is no origin."""
    if origin is None:
        return None
    found = (kind for words, kind in _BEGINS.items() if origin.words.startswith(words))
    return next(found, OriginKind.OTHER)
