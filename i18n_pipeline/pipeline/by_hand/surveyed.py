"""By hand: what a report found, kept for the next one of a project that has not changed.

It lives in `.i18n/` and may be lost or damaged at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from i18n_pipeline.durable import make_private
from i18n_pipeline.errors import BadFile, CannotWrite, Problem
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.looking import Head, Look
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.reports.kept import document_of, each, issue_of, made, object_of
from i18n_pipeline.reports.report import Estimate, LocaleReport, Terms, Units
from i18n_pipeline.reports.standing import Blocker, Rendering, SourceTerm, TermStanding, TermState
from i18n_pipeline.values import asdict, dataclass, field
from i18n_pipeline.workspace import PRIVATE, Workspace

_PATH = ".i18n/report/survey.json"
_KEPT = ("locale", "units", "terms", "issues", "standings", "renderings", "notes")
"""The parts of a locale's report that an overview shows."""


@dataclass(frozen=True)
class Planned:
    """Who would be asked for a locale's texts, and what that would come to."""

    providers: tuple[str, ...] = ()
    estimate: Estimate | None = None


@dataclass(frozen=True)
class Survey:
    """What was found: each locale, the terms, what machines would be asked, what is wrong."""

    locales: tuple[LocaleReport, ...]
    sources: tuple[SourceTerm, ...] = ()
    planned: Mapping[str, Planned] = field(default_factory=dict)
    errors: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_lasting(self) -> bool:
        """Whether it is true as long as the files are what they are."""
        return not self.errors and not any(one.of_head or not one.known for one in self.locales)


def seen_of(workspace: Workspace, order: Order, head: str) -> str:
    """Hash of all that a survey depends on; "" where that is not certain."""
    locales = locales_asked(workspace, order.options.locales)
    at_head = Head(workspace, locales)
    seen = [Look(order, workspace, locale, at_head).seen for locale in locales]
    return digest(json.dumps([head, seen])) if all(seen) else ""


def recall(workspace: Workspace, seen: str) -> Survey | None:
    """What was found in this very state, if that is what was found last."""
    try:
        data = workspace.read_optional(_PATH) if seen else None
        document = document_of(data)
        return _read(document) if document.get("seen") == seen and seen else None
    except (BadFile, ValueError, TypeError, KeyError):
        return None


def remember(workspace: Workspace, seen: str, survey: Survey) -> None:
    """Keep what was found; a project that may only be read has its report all the same."""
    if not (seen and survey.is_lasting):
        return
    document = {
        "seen": seen,
        "locales": [_kept(one) for one in survey.locales],
        "sources": [asdict(one) for one in survey.sources],
        "planned": {locale: asdict(one) for locale, one in survey.planned.items()},
        "notes": survey.notes,
    }
    try:
        make_private(workspace.root / PRIVATE)
        workspace.save([{_PATH: json.dumps(document, separators=(",", ":")).encode()}])
    except CannotWrite:
        return


def _kept(report: LocaleReport) -> Mapping[str, object]:
    found = asdict(report)
    return {name: found[name] for name in _KEPT}


def _read(document: Mapping[str, object]) -> Survey:
    """What was kept. Raises KeyError, ValueError or TypeError for anything else."""
    planned = object_of(document["planned"])
    return Survey(
        locales=each(_locale, document["locales"]),
        sources=each(_source, document["sources"]),
        planned={locale: _planned(object_of(one)) for locale, one in planned.items()},
        notes=each(str, document["notes"]),
    )


def _locale(found: object) -> LocaleReport:
    one = object_of(found)
    return LocaleReport(
        locale=str(one["locale"]),
        units=made(Units, one["units"]),
        terms=made(Terms, one["terms"]),
        issues=each(issue_of, one["issues"]),
        standings=each(_standing, one["standings"]),
        renderings=each(_rendering, one["renderings"]),
        notes=each(str, one["notes"]),
    )


def _standing(found: object) -> TermStanding:
    one = object_of(found)
    blockers = each(lambda blocker: made(Blocker, blocker), one["blockers"])
    return made(TermStanding, one, state=TermState(str(one["state"])), blockers=blockers)


def _rendering(found: object) -> Rendering:
    one = object_of(found)
    return made(Rendering, one, wanted=each(str, one["wanted"]), others=each(_other, one["others"]))


def _other(found: object) -> tuple[str, int]:
    words, count = each(str, found)
    return words, int(count)


def _source(found: object) -> SourceTerm:
    one = object_of(found)
    return made(SourceTerm, one, links=each(str, one["links"]), nowhere=each(str, one["nowhere"]))


def _planned(one: Mapping[str, object]) -> Planned:
    estimate = one["estimate"]
    return Planned(
        each(str, one["providers"]), None if estimate is None else made(Estimate, estimate)
    )
