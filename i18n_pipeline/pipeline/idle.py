"""A locale with nothing to do: recognised by hashes alone, without parsing a file.

When a run has found everything in place, what it looked at (hashes of all files, configuration,
options, keys at hand) is remembered with its report. As long as all of that is the same, the next
run gives the same report. What is remembered lives in `.i18n/` and may be lost at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType

from i18n_pipeline import __version__
from i18n_pipeline.config import fingerprint
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.lock import SEGMENTER_VERSION
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.options import Does, Order
from i18n_pipeline.providers import available
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
from i18n_pipeline.workspace import PRIVATE, Workspace


@dataclass(frozen=True)
class Recalled:
    """A locale's report from before, and the notices about the sources."""

    report: LocaleReport
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """All that a run for one locale depends on, as it was found.

    `about` is the hash of what is no file of the locale: configuration, options, keys at hand.
    `receipts` is that of which answers there are, `hashes` are those of files by path. All is
    empty where it is not certain what a run depends on.
    """

    about: str = ""
    receipts: str = ""
    hashes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def seen(self) -> str:
        """One hash of it all, or ""."""
        told = [self.about, self.receipts, sorted(self.hashes.items())]
        return digest(json.dumps(told)) if self.hashes else ""


def looked_at(order: Order, workspace: Workspace, locale: str) -> Looked:
    """Everything that a run for one locale depends on."""
    options = order.options
    if options.refresh or order.does.adopts or options.in_detail:
        return Looked()
    try:
        return Looked(
            _about(order, workspace, locale),
            receipts_of(workspace, locale),
            _hashes(workspace, locale),
        )
    except BadFile:
        return Looked()


def receipts_of(workspace: Workspace, locale: str) -> str:
    """Hash of which answers for a locale are kept. Raises BadFile."""
    return Receipts(workspace.root / PRIVATE).fingerprint(locale)


def _about(order: Order, workspace: Workspace, locale: str) -> str:
    options = order.options
    about = [
        __version__,
        SEGMENTER_VERSION,
        fingerprint(workspace.config),
        locale,
        [options.slugs, options.provider, options.publish, options.max_chars, options.max_cost],
        [
            options.max_terms,
            options.accept_unreview,
            bool(options.plan),
            bool(order.around.environment.get("CI")),
        ],
        available(order.around.environment),
    ]
    return digest(json.dumps(about))


def _hashes(workspace: Workspace, locale: str) -> Mapping[str, str]:
    """Hashes of all files that a run reads; none where one of them cannot be used."""
    paths: list[str] = []
    for one in (workspace.config.source, locale):
        found = workspace.discover(one)
        if found.problems:
            return {}
        paths += [file.path for file in found.files]
    paths += _beside(workspace, locale)
    return workspace.hashes(sorted(set(paths)))


def _beside(workspace: Workspace, locale: str) -> Iterator[str]:
    settings = workspace.config.settings(locale)
    paths = settings.paths
    yield from workspace.named(settings.memory.tmx)
    yield from workspace.find(paths.catalog, locale)
    yield paths.lock.fill(locale=locale)
    yield paths.glossary.fill(locale=locale)
    yield paths.keep.fill(locale=locale)
    yield paths.rejected.fill(locale=locale)


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
    known["issues"] = each(issue_of, known["issues"])
    known["codes"] = ()  # nor did anything fail
    for name in ("providers", "written", "slugs", "live_again", "notes"):
        known[name] = each(lambda one: one, known[name])
    return made(LocaleReport, known)
