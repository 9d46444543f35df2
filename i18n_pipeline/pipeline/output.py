"""What building a locale comes to, before anything is written."""

from __future__ import annotations

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import LockEntry
from i18n_pipeline.values import dataclass, field


@dataclass
class Output:
    """What building a locale comes to. `files` hold new bytes, or None for a file to delete.

    `built` are terms whose pages say what their units say, `stale` ones whose pages do not.
    `held` are terms whose pages people took back. `complete` are terms in which all is reviewed.
    `coming` are terms that have no page and get one, by this run or the next that writes.
    `live` are the contexts of units, by term, that wait for review though the page, which was built
    of reviewed texts, says theirs.
    """

    files: dict[str, bytes | None] = field(default_factory=dict)
    entries: dict[str, LockEntry] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    built: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    complete: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    coming: frozenset[str] = frozenset()
    live: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)
    orphans_kept: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lost: dict[str, bool] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
