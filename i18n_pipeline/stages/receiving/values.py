"""What decides how a package is received, and what becomes of what it holds."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from i18n_pipeline.formats.packages import Returned
from i18n_pipeline.model import Unit
from i18n_pipeline.values import dataclass

Judge = Callable[[Unit], str]
"""Says why a text may not stand in its unit; "" where it may."""


class Fate(StrEnum):
    """What became of a unit that came back."""

    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs review"
    CHANGED = "source changed"
    KEPT = "kept as obsolete"
    SAME = "as it was"
    EMPTY = "untranslated"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNKNOWN = "unknown"


WAITING = (Fate.CONFLICT, Fate.REFUSED, Fate.UNKNOWN)
"""What somebody has to look at."""


class Trust(StrEnum):
    """Whose word counts on whether a translation is finished."""

    PACKAGE = "package"
    REVIEWED = "reviewed"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Received:
    """A unit that came back, and what became of it; `reason` where it was not simply taken."""

    returned: Returned
    fate: Fate
    context: str
    reason: str = ""


@dataclass(frozen=True)
class Reception:
    """The units after a package was received, and what became of each that it held."""

    units: tuple[Unit, ...]
    received: tuple[Received, ...]


@dataclass(frozen=True)
class Desk:
    """What decides how a package is received.

    `name` is what its file is called, `slugs` are the terms that the project has, `held` those of
    them for which nothing may be written now. `judge` says what a translation must not be.
    """

    name: str
    slugs: frozenset[str]
    judge: Judge
    trust: Trust = Trust.PACKAGE
    held: frozenset[str] = frozenset()

    def is_done(self, one: Returned) -> bool:
        """Whether a translation that was worked on counts as reviewed."""
        return self.trust is Trust.REVIEWED or (self.trust is Trust.PACKAGE and one.done)

    def is_approved(self, one: Returned) -> bool:
        """Whether somebody finished what went out unfinished: by saying so, not by sending it."""
        return self.trust is not Trust.DRAFT and one.done and not one.was_done
