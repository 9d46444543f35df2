"""A clone that is to merge translations by unit, and does not know how: git says nothing then."""

from __future__ import annotations

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.git_attributes import MERGE
from i18n_pipeline.formats.git_attributes import NAME as ATTRIBUTES
from i18n_pipeline.history.installing import knows_driver
from i18n_pipeline.workspace import Workspace
from i18n_pipeline.workspace.places import read_file

_TOLD = (
    f"{ATTRIBUTES} wants translations merged by unit, and this clone merges them by lines: "
    "i18n init --git installs what is missing"
)


def driver_missing(workspace: Workspace) -> tuple[str, ...]:
    """Words for people where `.gitattributes` names our merge driver and the clone has none."""
    try:
        attributes = (read_file(workspace.root, ATTRIBUTES) or b"").decode("utf-8", "replace")
    except BadFile:
        return ()
    if MERGE not in attributes.split() or knows_driver(workspace.root):
        return ()
    return (_TOLD,)
