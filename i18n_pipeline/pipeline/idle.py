"""A locale with nothing to do: recognised by hashes alone, without parsing a file.

When a run has found everything in place, what it looked at (looking.py) is remembered with its
report. As long as all of that is the same, the next run gives the same report. What is remembered
lives in `.i18n/` and may be lost at any time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress

from i18n_pipeline.errors import CannotWrite
from i18n_pipeline.pipeline.options import Does
from i18n_pipeline.reports.changes import Details
from i18n_pipeline.reports.kept import document_of, each, issue_of, made, object_of
from i18n_pipeline.reports.report import (
    Billed,
    Drafts,
    LocaleReport,
    SourceEdits,
    Terms,
    Units,
)
from i18n_pipeline.sealed import opened, sealed
from i18n_pipeline.values import asdict, dataclass
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True)
class Recalled:
    """A locale's report from before, and the notices about the sources."""

    report: LocaleReport
    notices: tuple[str, ...]


def recall(workspace: Workspace, does: Does, locale: str, seen: str) -> Recalled | None:
    """What the run that found this state in order reported, if that was the last one."""
    data = workspace.read_optional(_path(does, locale)) if seen else None
    body = opened(seen, data)
    try:
        document = document_of(body)
        return Recalled(_report(object_of(document["report"])), each(str, document["notices"]))
    except (ValueError, TypeError, KeyError):
        return None


def remember(
    workspace: Workspace, does: Does, seen: str, report: LocaleReport, notices: Sequence[str]
) -> None:
    """Remember a run that wrote and sent nothing, met no failure and had no cost to tell."""
    told = report.billed.requests or report.billed.possibly_billed
    people = report.edited or report.conflicts or report.of_head
    if seen and not (report.written or told or people or report.codes):
        document = {"report": asdict(report), "notices": list(notices)}
        data = sealed(seen, json.dumps(document).encode())
        with suppress(CannotWrite):  # nothing fails for want of what saves the next run time
            workspace.save([{_path(does, report.locale): data}])


def _path(does: Does, locale: str) -> str:
    return f".i18n/idle/{does.command}-{locale}.json"


def _drafts(fields: object) -> Drafts:
    """Terms of which a text waits all the same: nobody was to be asked, or a person rejected it."""
    lists = object_of(fields).items()
    return made(Drafts, {name: each(lambda one: one, slugs) for name, slugs in lists})


def _report(fields: dict[str, object]) -> LocaleReport:
    known = dict(fields)
    for name, kind in (("units", Units), ("terms", Terms), ("billed", Billed)):
        known[name] = made(kind, known[name])
    known["drafts"] = _drafts(known["drafts"])
    known["edited"] = known["conflicts"] = ()  # with any of them there is something to do
    known["edits"] = SourceEdits()  # nor was a source edited
    known["standings"] = known["renderings"] = ()  # of runs that only look
    known["details"] = Details()
    known["problems"] = ()  # what cannot be read is not in place
    known["fixes"] = ()  # whoever wants them looks for them
    known["issues"] = each(issue_of, known["issues"])
    known["codes"] = ()  # nor did anything fail
    for name in ("providers", "written", "slugs", "live_again", "notes"):
        known[name] = each(lambda one: one, known[name])
    return made(LocaleReport, known)
