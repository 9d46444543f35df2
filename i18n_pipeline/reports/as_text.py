"""A report in words, for a terminal or a log; whatever terms contain drives neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.adopted import adoption_lines
from i18n_pipeline.reports.changes import Details
from i18n_pipeline.reports.counting import counted, money
from i18n_pipeline.reports.escaping import safe, spelled
from i18n_pipeline.reports.excerpt import Excerpt
from i18n_pipeline.reports.report import Issue, LocaleReport, Report, SourceEdits
from i18n_pipeline.reports.standing import standing_lines

Paint: TypeAlias = Callable[[str, str], str]
"""Gives words the colour of a severity, for those who see one; marks are there for everybody."""

_MOST = 10
"""How many written files or issues are named before the rest is only counted."""


def uncoloured(words: str, _severity: str) -> str:
    """Words as they are, for where no colour is seen."""
    return words


def as_text(report: Report, *, verbose: bool = False, paint: Paint = uncoloured) -> str:
    """The report in lines, each locale after the other, what to do next last."""
    most = None if verbose else _MOST
    lines = [*_of_sources(report)]
    lines += [line for locale in report.locales for line in _locale(locale, report, most)]
    return "".join(f"{_shown(line, paint)}\n" for line in (*lines, *report.notes))


def _of_sources(report: Report) -> Iterator[Line]:
    """What is wrong with sources, once for all locales and before all else: it costs money."""
    issues = (issue for locale in report.locales for issue in locale.issues)
    wrong = {_key_of(issue): issue for issue in issues if _is_of_source(issue)}
    if report.command == "plan" and wrong:
        yield "mend these sources first, what is wrong in them would be translated:"
        yield from _found(list(wrong.values()))


def _is_of_source(issue: Issue) -> bool:
    return issue.check.startswith("source-")


def _key_of(issue: Issue) -> tuple[str, int, str]:
    return issue.path, issue.line, issue.message


def errors_of_checks(report: Report, *, paint: Paint = uncoloured) -> str:
    """What checks found that is an error, and nothing else."""
    issues = (issue for locale in report.locales for issue in locale.issues)
    lines = _found([issue for issue in issues if issue.severity == Severity.ERROR])
    return "".join(f"{_shown(line, paint)}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that shows the words that an issue is about, with its severity."""

    excerpt: Excerpt
    severity: str
    indent: str = "  "

    def __str__(self) -> str:
        return f"{self.indent}{self.excerpt}"


Line: TypeAlias = str | Marked


def _shown(line: Line, paint: Paint) -> str:
    """A line as the terminal gets it; of what it holds, only our own colours drive anything."""
    if isinstance(line, str):
        return safe(line)
    part = line.excerpt
    words = paint(spelled(part.words), line.severity)
    return f"{safe(f'{line.indent}{part.before}⟦')}{words}{spelled(f'⟧{part.after}')}"


def errors_as_text(errors: Iterable[Problem]) -> str:
    """The problems, one a line: `path:line:column: code: message (mend)`."""
    return "".join(f"{safe(str(problem))}\n" for problem in sorted(errors))


def _locale(locale: LocaleReport, report: Report, most: int | None) -> Iterator[Line]:
    yield f"{locale.locale}: {_numbers(locale)}"
    told = (
        _edited(locale.edits),
        _reused(locale),
        _spent(locale, report.currency),
        *_planned(locale, report.currency),
    )
    yield from (f"  {line}" for line in told if line)
    if locale.adoption is not None:
        yield from (f"  {line}" for line in adoption_lines(locale.adoption, most))
    yield from (f"  {line}" for line in edited_lines(locale, report, most))
    for standing in locale.standings:
        yield from (f"  {line}" for line in standing_lines(locale.locale, standing))
    yield from _details(locale.details) if most is None else ()
    yield from (f"  {note}" for note in locale.notes)
    yield from _live_again(locale.live_again, most)
    if locale.adoption is None or most is None:
        told_above = report.command == "plan"
        issues = [one for one in locale.issues if not (told_above and _is_of_source(one))]
        yield from _issues(issues, most)
    elif locale.issues:
        found = counted(len(locale.issues), "finding")
        yield f"  {found} of checks: i18n check --lang {locale.locale} shows them"
    if report.command not in ("status", "plan") and (locale.fixes or report.command != "check"):
        verb = "would write" if report.dry else "wrote"
        yield from (f"  {verb} {path}" for path in locale.written[:most])
        yield from _rest(len(locale.written), most, "more files")


def _numbers(locale: LocaleReport) -> str:
    """Where a locale stands, in numbers, if they are known."""
    units, terms = locale.units, locale.terms
    if not locale.known:
        return f"not known where its {counted(terms.total, 'term')} stand: files cannot be read"
    return (
        f"{units.reviewed} reviewed, {units.needs_review} to review, "
        f"{units.untranslated} untranslated; terms: {terms.built} built of {terms.total}"
        + _and(terms.stale, "stale")
        + _and(terms.unadopted, "not adopted")
        + _and(terms.manual, "manual")
    )


def edited_lines(locale: LocaleReport, report: Report, most: int | None) -> Iterator[str]:
    """What became of files that people edited; file by file where all is told."""
    taken = [page for page in locale.edited if not page.left]
    texts = [page for page in taken if page.texts]
    if texts:
        verb = "would take in" if report.reads_only else "took in"
        count = counted(sum(page.texts for page in texts), "text")
        yield f"{verb} {count} from {counted(len(texts), 'edited file')}"
    if most is None:
        yield from (f"  {page.path}: {counted(page.texts, 'text')}" for page in texts)
    alike = [page for page in taken if not (page.texts or page.conflicts or page.different)]
    if alike:
        count = counted(len(alike), "file")
        yield f"{count} changed by hand or by a formatter, but in no text: kept as they are"
    different = [
        f"{page.path}:{one.line}: {one.what}" if one.line else f"{page.path}: {one.what}"
        for page in taken
        for one in page.different
    ]
    yield from (f"kept: {line}" for line in different[:most])
    if most is not None and len(different) > most:
        yield f"… and {len(different) - most} more"


def _details(details: Details) -> Iterator[str]:
    """What became of each text and why; of those that nothing became of, how many they are."""
    for one in details.treated:
        yield f"  {one.unit}: {one.why} [{one.begins}]"
    if details.settled:
        stand = "stands as it was" if details.settled == 1 else "stand as they were"
        yield f"  {counted(details.settled, 'reviewed text')} {stand}"


def _live_again(contexts: Sequence[str], most: int | None) -> Iterator[str]:
    if contexts:
        count, verb = counted(len(contexts), "text"), "waits" if len(contexts) == 1 else "wait"
        is_live = "is" if len(contexts) == 1 else "are"
        hint = "" if most is None else " (--verbose names them)"
        yield f"  {count} that {is_live} live {verb} for review again{hint}"
    if most is None:
        yield from (f"    {context}" for context in contexts)


def _and(count: int, word: str) -> str:
    return f", {count} {word}" if count else ""


def _edited(edits: SourceEdits) -> str:
    """What became of texts whose source was edited, in one line; "" where none was."""
    if not edits.any:
        return ""
    waiting = sum(edits.review.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(edits.review.items()))
    parts = (
        (edits.kept, f"{edits.kept} kept"),
        (edits.patched, f"{edits.patched} patched"),
        (waiting, f"{waiting} to review ({kinds})"),
        (edits.anew, f"{edits.anew} to draft anew"),
    )
    return f"source edits: {', '.join(words for count, words in parts if count)}"


def _reused(locale: LocaleReport) -> str:
    reused = locale.exact or locale.fuzzy
    return f"reused: {locale.exact} exact, {locale.fuzzy} fuzzy" if reused else ""


def _spent(locale: LocaleReport, currency: str) -> str:
    billed = locale.billed
    parts = []
    if locale.drafted:
        parts.append(counted(locale.drafted, "draft"))
    if billed.requests:
        sent = counted(billed.requests, "request")
        verb = "sent" if billed.free or billed.cost == 0.0 else "billed"
        parts.append(f"{sent}, {counted(billed.characters, 'character')} {verb}")
        if billed.free and billed.cost != 0.0:
            parts.append(f"{billed.characters - billed.free} billed")
        if billed.cost:
            parts.append(money(billed.cost, currency))
    if billed.possibly_billed:
        parts.append(f"possibly billed: {billed.possibly_billed} characters")
    if locale.refused:
        parts.append(f"{counted(locale.refused, 'answer')} not used")
    return f"{' + '.join(locale.providers)}: {', '.join(parts)}" if parts else ""


def _planned(locale: LocaleReport, currency: str) -> Iterator[str]:
    estimate, planned = locale.estimate, locale.planned
    if estimate is None:
        return
    characters = counted(estimate.characters, "character")
    requests = counted(estimate.requests, "request")
    cost = f", {money(estimate.cost, currency)}" if estimate.cost else ""
    yield (
        f"would send {characters} in {requests} (at worst {estimate.worst_case_characters})"
        f" to {' + '.join(locale.providers)}{cost}"
    )
    if planned is not None and planned.texts:
        reasons = (f"{count} {why}" for why, count in sorted(planned.reasons.items()))
        yield f"because: {', '.join(reasons)}"
    if planned is not None and any(planned.saved.values()):
        saved = (f"{count} by {what}" for what, count in sorted(planned.saved.items()) if count)
        yield f"characters answered for nothing: {', '.join(saved)}"


def _rest(count: int, most: int | None, what: str) -> Iterator[str]:
    """How many more there are than are named."""
    if most is not None and count > most:
        yield f"  … and {count - most} {what}"


def _issues(issues: Sequence[Issue], most: int | None) -> Iterator[Line]:
    """The issues, errors first; of notes only how many there are, where not all is told."""
    told = [issue for issue in issues if most is None or issue.severity != Severity.NOTE]
    yield from _found(_worst_first(told)[:most])
    yield from _rest(len(told), most, "more issues (--verbose shows all)")
    if len(told) < len(issues):
        yield f"  {counted(len(issues) - len(told), 'note')} (--verbose shows them)"


def _worst_first(issues: Iterable[Issue]) -> list[Issue]:
    order = list(Severity)
    return sorted(issues, key=lambda issue: order.index(Severity(issue.severity)))


def _found(issues: Sequence[Issue]) -> Iterator[Line]:
    for issue in issues:
        for line in issue_lines(issue):
            yield f"  {line}" if isinstance(line, str) else replace(line, indent="    ")


def issue_lines(issue: Issue) -> Iterator[Line]:
    """What an issue is, and below it the piece of the translation that shows it, if one does."""
    place = f"{issue.path}:{issue.line}" if issue.line else issue.path
    kept_out = " (kept out of built files)" if issue.safety else ""
    yield f"{place}: {issue.severity}: {issue.check}: {issue.message} [{issue.unit}]{kept_out}"
    if issue.excerpt:
        yield Marked(issue.excerpt, issue.severity)
