"""One locale's part of a run's report, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.model import Severity
from i18n_pipeline.reports.adopted import adoption_lines
from i18n_pipeline.reports.finding_lines import Line, found_lines, worst_first
from i18n_pipeline.reports.report import Issue, LocaleReport, Report, SourceEdits
from i18n_pipeline.reports.standing import standing_lines
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import View
from i18n_pipeline.values import dataclass

_ASKING = ("sync", "translate")
"""The commands that ask machines: of their answers a report tells what became."""


def is_of_source(issue: Issue) -> bool:
    """Whether it is the source's, and so every locale's."""
    return issue.check.startswith("source-")


@dataclass(frozen=True, slots=True)
class LocaleLines:
    """What is told of a locale, and to whom; `most` bounds lists, None where all is told."""

    report: Report
    locale: LocaleReport
    view: View
    most: int | None

    def all(self) -> Iterator[Line]:
        """Its lines: the numbers, what was done, what was found, what was written."""
        locale = self.locale
        yield f"{self.view.called(locale.locale)}: {self._numbers()}"
        done = (self._edited(locale.edits), self._reused(), self._spent(), self._turned_down())
        yield from (f"  {line}" for line in (*done, *self._planned()) if line)
        if locale.adoption is not None:
            lines = adoption_lines(locale.adoption, self._tongue, self.most)
            yield from (f"  {line}" for line in lines)
        yield from (f"  {line}" for line in self._taken_in())
        for standing in locale.standings:
            lines = standing_lines(self.view.named(locale.locale), standing)
            yield from (f"  {self._tongue.reworded(line)}" for line in lines)
        yield from self._details() if self.most is None else ()
        yield from (f"  {self._tongue.reworded(note)}" for note in locale.notes)
        yield from self._live_again()
        yield from self._findings()
        yield from self._written()

    @property
    def _tongue(self) -> Tongue:
        return self.view.tongue

    def _count(self, number: int, noun: str) -> str:
        return self._tongue.counted(number, noun)

    def _number(self, number: int) -> str:
        return self._tongue.number(number)

    def _numbers(self) -> str:
        """Where a locale stands, in numbers, if they are known."""
        units, terms = self.locale.units, self.locale.terms
        if not self.locale.known:
            count = self._count(terms.total, "term")
            why = "the run was ended" if self.locale.codes else "files cannot be read"
            return f"not known where its {count} stand: {why}"
        number = self._number
        return (
            f"{number(units.reviewed)} reviewed, {number(units.needs_review)} to review, "
            f"{number(units.untranslated)} untranslated; "
            f"terms: {number(terms.built)} built of {number(terms.total)}"
            + self._and(terms.stale, "stale")
            + self._and(terms.unadopted, "not adopted")
            + self._and(terms.manual, "manual")
        )

    def _and(self, count: int, word: str) -> str:
        return f", {self._number(count)} {word}" if count else ""

    def _edited(self, edits: SourceEdits) -> str:
        """What became of texts whose source was edited, in one line; "" where none was."""
        if not edits.any:
            return ""
        number = self._number
        waiting = sum(edits.review.values())
        kinds = ", ".join(f"{number(count)} {kind}" for kind, count in sorted(edits.review.items()))
        parts = (
            (edits.kept, f"{number(edits.kept)} kept"),
            (edits.patched, f"{number(edits.patched)} patched"),
            (waiting, f"{number(waiting)} to review ({kinds})"),
            (edits.anew, f"{number(edits.anew)} to draft anew"),
        )
        return f"source edits: {', '.join(words for count, words in parts if count)}"

    def _reused(self) -> str:
        exact, fuzzy = self.locale.exact, self.locale.fuzzy
        counts = f"{self._number(exact)} exact, {self._number(fuzzy)} fuzzy"
        return f"reused: {counts}" if exact or fuzzy else ""

    def _spent(self) -> str:
        locale, billed = self.locale, self.locale.billed
        drafts = self._count(locale.drafted, "draft")
        planned = " for which nobody has to be asked" if locale.planned is not None else ""
        parts = [f"{drafts}{planned}"] if locale.drafted else []
        if billed.requests:
            sent = self._count(billed.requests, "request")
            verb = "sent" if billed.free or billed.cost == 0.0 else "billed"
            parts.append(sent)
            if billed.characters:
                parts.append(f"{self._count(billed.characters, 'character')} {verb}")
            if billed.free and billed.cost != 0.0:
                parts.append(f"{self._number(billed.characters - billed.free)} billed")
            if billed.cost:
                parts.append(self._tongue.money(billed.cost, self.report.currency))
        if billed.saved and self.report.command in _ASKING:
            parts.append(f"answered before: {self._count(billed.saved, 'character')}")
        if billed.possibly_billed:
            parts.append(f"possibly billed: {self._number(billed.possibly_billed)} characters")
        if locale.refused and self.report.command in _ASKING:
            parts.append(f"{self._count(locale.refused, 'answer')} not used")
        return f"{' + '.join(locale.providers)}: {', '.join(parts)}" if parts else ""

    def _turned_down(self) -> str:
        """How many answers of earlier runs were turned down, where this one asked nobody."""
        refused = self.locale.refused
        if not refused or self.report.command in _ASKING:
            return ""
        hint = "" if self.most is None else " (--verbose says why)"
        return f"{self._count(refused, 'answer')} of machines turned down{hint}"

    def _planned(self) -> Iterator[str]:
        estimate, planned = self.locale.estimate, self.locale.planned
        if estimate is None:
            return
        characters = self._count(estimate.characters, "character")
        requests = self._count(estimate.requests, "request")
        price = self._tongue.money(estimate.cost, self.report.currency) if estimate.cost else ""
        whom = " + ".join(name for name in self.locale.providers if name != "memory")
        yield (
            f"would send {characters} in {requests} "
            f"(at worst {self._number(estimate.worst_case_characters)})"
            f"{f' to {whom}' if whom else ''}{f', {price}' if price else ''}"
        )
        if planned is not None and planned.texts:
            reasons = sorted(planned.reasons.items())
            yield f"because: {', '.join(f'{self._number(count)} {why}' for why, count in reasons)}"
        if planned is not None and any(planned.saved.values()):
            saved = [(what, count) for what, count in sorted(planned.saved.items()) if count]
            by = ", ".join(f"{self._number(count)} by {what}" for what, count in saved)
            yield f"characters answered for nothing: {by}"

    def _taken_in(self) -> Iterator[str]:
        """What became of files that people edited; file by file where all is told."""
        taken = [page for page in self.locale.edited if not page.left]
        texts = [page for page in taken if page.texts]
        if texts:
            verb = "would take in" if self.report.reads_only else "took in"
            count = self._count(sum(page.texts for page in texts), "text")
            yield f"{verb} {count} from {self._count(len(texts), 'edited file')}"
        if self.most is None:
            yield from (f"  {page.path}: {self._count(page.texts, 'text')}" for page in texts)
        alike = [page for page in taken if not (page.texts or page.conflicts or page.different)]
        if alike:
            count = self._count(len(alike), "file")
            yield f"{count} changed by hand or by a formatter, but in no text: kept as they are"
        different = [
            f"{page.path}:{one.line}: {one.what}" if one.line else f"{page.path}: {one.what}"
            for page in taken
            for one in page.different
        ]
        yield from (f"kept: {line}" for line in different[: self.most])
        if self.most is not None and len(different) > self.most:
            yield f"… and {self._number(len(different) - self.most)} more"

    def _details(self) -> Iterator[str]:
        """What became of each text and why; of those that nothing became of, how many they are."""
        details = self.locale.details
        for one in details.treated:
            yield f"  {one.unit}: {one.why} [{one.begins}]"
        if details.settled:
            stand = "stands as it was" if details.settled == 1 else "stand as they were"
            yield f"  {self._count(details.settled, 'reviewed text')} {stand}"

    def _live_again(self) -> Iterator[str]:
        contexts = self.locale.live_again
        if contexts:
            verb = "waits" if len(contexts) == 1 else "wait"
            is_live = "is" if len(contexts) == 1 else "are"
            hint = "" if self.most is None else " (--verbose names them)"
            count = self._count(len(contexts), "text")
            yield f"  {count} that {is_live} live {verb} for review again{hint}"
        if self.most is None:
            yield from (f"    {context}" for context in contexts)

    def _findings(self) -> Iterator[Line]:
        locale = self.locale
        if locale.adoption is None or self.most is None:
            told_above = self.report.command == "plan"
            issues = [one for one in locale.issues if not (told_above and is_of_source(one))]
            yield from self._issues(issues)
        elif locale.issues:
            found = self._count(len(locale.issues), "finding")
            yield f"  {found} of checks: i18n check --lang {locale.locale} shows them"

    def _issues(self, issues: Sequence[Issue]) -> Iterator[Line]:
        """The issues, errors first; of notes only how many there are, where not all is told."""
        told = [one for one in issues if self.most is None or one.severity != Severity.NOTE]
        yield from found_lines(worst_first(told)[: self.most])
        yield from self._rest(len(told), "more issues (--verbose shows all)")
        if len(told) < len(issues):
            yield f"  {self._count(len(issues) - len(told), 'note')} (--verbose shows them)"

    def _written(self) -> Iterator[str]:
        locale, command = self.locale, self.report.command
        if command not in ("status", "plan") and (locale.fixes or command != "check"):
            verb = "would write" if self.report.dry else "wrote"
            yield from (f"  {verb} {path}" for path in locale.written[: self.most])
            yield from self._rest(len(locale.written), "more files")

    def _rest(self, count: int, what: str) -> Iterator[str]:
        """How many more there are than are named."""
        if self.most is not None and count > self.most:
            yield f"  … and {self._number(count - self.most)} {what}"
