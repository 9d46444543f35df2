"""By hand: proposals that a person accepts go into the glossary file, every other byte kept."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import BadFile, UsageError
from i18n_pipeline.formats.glossaries.editing import (
    Rendering,
    columns_needed,
    with_columns,
    with_entries,
    with_targets,
)
from i18n_pipeline.formats.glossaries.listing import Listed, read_listed
from i18n_pipeline.glossary import Entry, same_term
from i18n_pipeline.glossary.suggesting import Proposal
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.pipeline.by_hand.termbase import Termbase, Termbases, read_termbases
from i18n_pipeline.reports.termbases import LocaleTerms, TermsReport
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace

ALL = "all"
"""What accepts every proposal."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Which proposals go into which locale's glossary: `source=words`, or `all`."""

    locale: str
    chosen: tuple[str, ...]
    dry_run: bool = False
    lock_timeout: float = 0.0


def accept(workspace: Workspace, order: Acceptance) -> TermsReport:
    """Put the proposals chosen into the glossary. Raises UsageError for one that is none."""
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        termbases = read_termbases(workspace, (order.locale,))
        report = TermsReport("glossary suggest", errors=termbases.problems)
        if termbases.problems or not termbases.of:
            return report
        termbase = termbases.of[0]
        chosen = _chosen(termbase, order.chosen)
        path = termbase.work.files.settings.paths.glossary.fill(locale=termbase.locale)
        before = workspace.read_optional(path)
        try:
            data = _Glossary(termbases, termbase.locale).with_all(before or b"", chosen)
        except BadFile as failure:
            return replace(report, errors=(failure.at(path),))
        steps = [{path: data}] if chosen else []
        seen = {path: "" if before is None else digest(before)}
        save = workspace.save
        return replace(
            report,
            locales=(LocaleTerms(termbase.locale, proposals=chosen),),
            written=workspace.would_save(steps) if order.dry_run else save(steps, seen),
        )


def _chosen(termbase: Termbase, wanted: Sequence[str]) -> tuple[Proposal, ...]:
    proposals = termbase.suggest()
    if ALL in wanted:
        return proposals
    by_name = {f"{one.source}={one.words}": one for one in proposals}
    for name in wanted:
        if name not in by_name:
            hint = close_to(name, tuple(by_name)) or "i18n glossary suggest shows what is proposed"
            raise UsageError(f"{name} is not proposed for {termbase.locale}", hint)
    return tuple(by_name[name] for name in dict.fromkeys(wanted))


@dataclass(frozen=True)
class _Glossary:
    """The file of one locale's glossary, while proposals are put into it. Raises BadFile."""

    termbases: Termbases
    locale: str

    def with_all(self, data: bytes, proposals: Sequence[Proposal]) -> bytes:
        for proposal in proposals:
            data = self._with_one(data, proposal)
        return data

    def _with_one(self, data: bytes, proposal: Proposal) -> bytes:
        if not proposal.target:
            return self._with_entry(data, Entry(proposal.source, proposal.words))
        row = self._row(data, proposal)
        if row is None:
            entry = Entry(proposal.source, proposal.target, forms=(proposal.words,))
            return self._with_entry(data, entry)
        forms = (*row.entry.forms, proposal.words)
        data = self._with_columns(data, replace(row.entry, forms=forms))
        row = self._row(data, proposal) or row
        return with_targets(data, {row.line: Rendering(forms=forms)}, **self._languages)

    def _with_entry(self, data: bytes, entry: Entry) -> bytes:
        return with_entries(self._with_columns(data, entry), [entry], **self._languages)

    def _with_columns(self, data: bytes, entry: Entry) -> bytes:
        missing = columns_needed(data, [entry], **self._languages)
        return with_columns(data, missing, **self._languages) if missing else data

    def _row(self, data: bytes, proposal: Proposal) -> Listed | None:
        """The row of the term with the target that the proposal is beside."""
        rows = read_listed(data, **self._languages) if data else ()
        return next(
            (
                row
                for row in rows
                if same_term(row.entry.source, proposal.source)
                and row.entry.target == proposal.target
            ),
            None,
        )

    @property
    def _languages(self) -> dict[str, str]:
        return {"source": self.termbases.source, "target": self.locale}
