"""What a reviewer decides about a unit, and the unit that comes of it.

A decision names what its reviewer saw by a hash: on anything else it is not carried out.
"""

from __future__ import annotations

import json
import unicodedata

from i18n_pipeline.formats.decisions import Decision, Verb
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.model import Review, Unit, approved_hash, digest
from i18n_pipeline.stages.conflicts import park, settled
from i18n_pipeline.values import replace

_SENT_BACK = "i18n: sent back"
_LONGEST_NAME = 80
_JOINERS = "\u200c\u200d"
"""Which letters are joined: names in Persian and in Indian scripts need it."""


def version_of(unit: Unit) -> str:
    """Hash of what a reviewer goes by: another one means that somebody was here meanwhile."""
    said = [unit.context, unit.source, unit.target, unit.reviewed, unit.previous, unit.comments]
    who = [unit.reviewer] if unit.reviewer else []  # nobody's is what it was before names counted
    return digest(json.dumps([*said, *who]), 8)


def is_sent_back(unit: Unit) -> bool:
    """Whether a reviewer sent the unit back, and nobody has approved it since."""
    return not unit.reviewed and any(one.startswith(_SENT_BACK) for one in unit.comments)


def fault_of(decision: Decision) -> str:
    """Why a decision cannot be carried out, in words; "" where it can."""
    said = (decision.text, decision.comment, decision.reviewer)
    if any(_unwritable(text) for text in said):
        return "it holds a character that no file can hold"
    if fault := fault_of_name(decision.reviewer):
        return fault
    if decision.verb is Verb.APPROVE and not decision.text.strip():
        return "an empty text cannot be approved"
    if decision.verb is Verb.SEND_BACK and not decision.comment.strip():
        return "whoever it is sent back to needs a word on why"
    return ""


def decided(unit: Unit, decision: Decision) -> Unit:
    """The unit as a decision leaves it. A decision with a `fault_of` is none."""
    if decision.verb is Verb.APPROVE:
        return _approved(unit, decision)
    unit = replace(_waiting(unit), target=decision.text)
    if decision.verb is Verb.SEND_BACK:
        return replace(unit, comments=(*unit.comments, *_remark(decision)))
    return unit


def says_the_same(unit: Unit, decision: Decision) -> bool:
    """Whether a unit is already what a decision would make of it."""
    after = decided(unit, decision)
    if decision.verb is Verb.SEND_BACK:
        return set(_remark(decision)) <= set(unit.comments) and unit.target == decision.text
    return (after.target, after.reviewed) == (unit.target, unit.reviewed)


def set_aside(unit: Unit, decision: Decision) -> Unit:
    """The unit with a decision beside it that was taken about another state of it.

    Its text waits there as one of two, and so does what the reviewer said when sending it back.
    """
    name = name_of(decision.reviewer)
    unit = park(unit, decision.text, f"the review by {name}" if name else "a review")
    if decision.verb is Verb.SEND_BACK:
        remark = tuple(line for line in _remark(decision) if line not in unit.comments)
        return replace(unit, comments=(*unit.comments, *remark))
    return unit


def _approved(unit: Unit, decision: Decision) -> Unit:
    name = name_of(decision.reviewer)
    review = Review(name, approved_hash(unit.source, decision.text)) if name else None
    return replace(
        settled(unit),
        target=decision.text,
        reviewed=True,
        review=review,
        previous=None,
        previous_context=None,
    )


def _waiting(unit: Unit) -> Unit:
    """The unit not reviewed; what a person had approved does not become a machine's draft again."""
    origin = unit.origin and replace(unit.origin, draft="") if unit.reviewed else unit.origin
    return replace(unit, reviewed=False, review=None, origin=origin)


def _remark(decision: Decision) -> tuple[str, ...]:
    """The translators' comment lines of what is sent back, each after its name."""
    name = name_of(decision.reviewer)
    head = f"{_SENT_BACK} by {name}: " if name else f"{_SENT_BACK}: "
    lines = (" ".join(line.split()) for line in decision.comment.splitlines())
    return tuple(head + line.rstrip("\\") for line in lines if line)


def name_of(reviewer: str) -> str:
    """A reviewer's name as it is written down: one line, not too long."""
    return " ".join(reviewer.split())[:_LONGEST_NAME].rstrip(" \\")


def fault_of_name(reviewer: str) -> str:
    """Why a name cannot be written beside a text, in words; "" where it can.

    What cannot be seen could make one name look like another, or turn the line around.
    """
    unseen = next((one for one in name_of(reviewer) if _unseen(one)), "")
    return f"the name holds U+{ord(unseen):04X}, which cannot be seen" if unseen else ""


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" and letter not in _JOINERS


def _unwritable(text: str) -> bool:
    return CONTROL.search(text) is not None or any("\ud800" <= one <= "\udfff" for one in text)
