"""A translation of another program, and one that nothing could be done with."""

from __future__ import annotations

from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Foreign:
    """A source and its translation as another program's file has them.

    `done`: nobody marked it for review. `file` is what its file is called, `line` that of the
    file. `paths` are the documents that it is said to be from, `field` is the key of the front
    matter, "" for none. `kind` is what the program calls it. `obsolete`: its document says the
    source no longer.
    """

    source: str
    target: str
    done: bool
    file: str = ""
    line: int = 0
    paths: tuple[str, ...] = ()
    field: str = ""
    kind: str = ""
    comments: tuple[str, ...] = ()
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A translation that found no unit, and why."""

    foreign: Foreign
    reason: str
