"""Schemas that JSON files name (`i18n-plan/1`): another number is that of another version."""

from __future__ import annotations

from i18n_pipeline.errors import BadFile

_UPDATE = "update i18n-pipeline"


def of_another_schema(kind: str, found: object, known: str, mend: str) -> BadFile:
    """The failure of a file of the schema `found` where `known` is read: `<kind>-schema`.

    `mend` is for a file that is none of ours at all.
    """
    name = known.partition("/")[0]
    if isinstance(found, str) and found.startswith(f"{name}/"):
        message = f"written by a newer i18n: it is of schema {found}, and {known} is known here"
        return BadFile(f"{kind}-schema", message, mend=_UPDATE, line=1, column=1)
    return BadFile(f"{kind}-schema", f"it is not of schema {known}", mend=mend, line=1, column=1)
