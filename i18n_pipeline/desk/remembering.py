"""Which decisions were merged already, so that a file of them that comes twice changes nothing.

They are kept in `.i18n/` as hashes. Where they are lost, a text that was turned down may wait
beside its unit once more: no harm is done but a second look.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.formats.decisions import Decision
from i18n_pipeline.model import digest
from i18n_pipeline.workspace import Workspace

_SCHEMA = "i18n-reviews/1"


def mark_of(decision: Decision) -> str:
    """The hash of all that a decision says."""
    said = (decision.context, decision.source, decision.shown, decision.verb)
    return digest(json.dumps([*said, decision.text, decision.comment, decision.reviewer]), 8)


def read_marks(workspace: Workspace, locale: str) -> frozenset[str]:
    """The marks of the decisions that were merged into a locale; none where they are lost."""
    return _known(workspace, locale) or frozenset()


def keep_marks(workspace: Workspace, locale: str, marks: Iterable[str]) -> None:
    """Keep marks beside those that are there; a merge does not fail for want of them.

    What a newer i18n keeps there stays as it is.
    """
    known = _known(workspace, locale)
    if known is None or known >= (every := known | frozenset(marks)):
        return
    document = {"schema": _SCHEMA, "marks": sorted(every)}
    try:
        workspace.save([{_path(locale): json.dumps(document, indent=0).encode()}])
    except (BadFile, CannotWrite):
        return


def _known(workspace: Workspace, locale: str) -> frozenset[str] | None:
    """The marks that are there; None where they are of a schema that is not known here."""
    try:
        found = json.loads(workspace.read_optional(_path(locale)) or b"[]")
    except (BadFile, ValueError, RecursionError):
        return frozenset()
    if isinstance(found, dict):
        if found.get("schema") != _SCHEMA:
            return None
        found = found.get("marks")
    rows = found if isinstance(found, list) else []  # 0.1 kept the list alone
    return frozenset(one for one in rows if isinstance(one, str))


def _path(locale: str) -> str:
    return f".i18n/reviews/{locale}.json"
