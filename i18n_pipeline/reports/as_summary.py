"""A run as Markdown for a pull request: one screen first, what changed by term folded below.

Texts of terms are data: their punctuation is spelled as character references, inside of `<code>`,
so that none of it is markup, mentions anybody or closes an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.percent import encode
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.changes import PageChange, Treated
from i18n_pipeline.reports.counting import counted, money, some
from i18n_pipeline.reports.escaping import address, spelled
from i18n_pipeline.reports.report import LocaleReport, Report
from i18n_pipeline.reports.tongue import Tongue

_TONGUE = Tongue("en")
_MARKS = expression(r"""[^\w\s,;/'"%()?!=+.-]|_|(?<=www)\.""", re.IGNORECASE)
_OUTSIDE_PATHS = expression(r"[^A-Za-z0-9._~/-]")
_MOST_CHARACTERS = 60_000
"""GitHub takes 65,536 for the body of a pull request."""

_MOST_TEXTS = 20
_LONGEST_TEXT = 600
_NAMED = 8


def summary(report: Report, base: str = "") -> str:
    """The run as a Markdown document; `base` is what files' addresses begin with, if they have one.

    No longer than a pull request takes: details that do not fit are counted.
    """
    lines = [f"## Translations: {_headline(report)}", "", *_table(report), *_for_people(report)]
    size, left = sum(len(line) + 1 for line in lines), 0
    for block in _blocks(report, base):
        size += len(block) + 1
        if size > _MOST_CHARACTERS:
            left += 1
        else:
            lines.append(block)
    if left:
        lines += ["", f"… and {counted(left, 'more part')} that would be too long for this page."]
    return "\n".join(lines) + "\n"


def _headline(report: Report) -> str:
    pages = sum(len(one.details.pages) for one in report.locales)
    drafts = sum(one.drafted for one in report.locales)
    verb = "would publish" if report.dry else "publishes"
    if pages:
        return f"{verb} {counted(pages, 'page')}" + (f", {counted(drafts, 'draft')}" * bool(drafts))
    if drafts:
        return f"drafts only ({drafts}), no page changes"
    return "no page changes" if report.changed else "nothing changed"


def _table(report: Report) -> Iterator[str]:
    yield "| | pages | drafted | reused | to review | untranslated | reviewed | billed |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for one in report.locales:
        cells = (
            len(one.details.pages),
            one.drafted,
            one.exact + one.fuzzy,
            one.units.needs_review,
            one.units.untranslated,
        )
        name = f"{_TONGUE.name(one.locale)} (`{one.locale}`)"
        counts = " | ".join(_TONGUE.number(cell) if one.known else "–" for cell in cells)
        share = _TONGUE.percent(one.units.coverage) if one.known else "–"
        yield f"| {name} | {counts} | {share} | {_billed(one, report.currency)} |"


def _billed(one: LocaleReport, currency: str) -> str:
    billed = one.billed
    if not billed.characters and not billed.possibly_billed:
        return "–"
    words = f"{_TONGUE.number(billed.characters - billed.free)} characters"
    cost = f", {money(billed.cost, currency)}" if billed.cost else ""
    maybe = f", possibly {_TONGUE.number(billed.possibly_billed)} more"
    return f"{words}{cost}{maybe if billed.possibly_billed else ''}"


def _for_people(report: Report) -> Iterator[str]:
    """What waits for a person, most urgent first."""
    lines = [*_errors(report)]
    for one in report.locales:
        lines += [f"- `{one.locale}`: {words}" for words in _wanted(one)]
    if lines:
        yield from ("", "**Needs a person**", "", *lines)


def _errors(report: Report) -> Iterator[str]:
    for error in sorted(report.errors)[:_NAMED]:
        yield f"- {_text(str(error))}"
    if len(report.errors) > _NAMED:
        yield f"- … and {counted(len(report.errors) - _NAMED, 'more error')}"


def _wanted(one: LocaleReport) -> Iterator[str]:
    if one.conflicts:
        places = ", ".join(_text(conflict.place) for conflict in one.conflicts[:_NAMED])
        yield f"people disagree about {counted(len(one.conflicts), 'text')}: {places}"
    bad = [issue for issue in one.issues if issue.severity == Severity.ERROR]
    if bad:
        checks = sorted({issue.check for issue in bad})
        yield f"{counted(len(bad), 'error')} found by checks: {', '.join(checks)}"
    if left := [page for page in one.edited if page.left]:
        yield f"edited by hand and left alone: {some(_text(page.path) for page in left)}"
    if one.refused:
        yield f"{counted(one.refused, 'text')} whose drafts failed a check"
    if one.units.needs_review:
        drafts = one.waiting_drafts
        of_which = f", {drafts} of them drafts" if drafts else ""
        yield f"{counted(one.units.needs_review, 'text')} to review{of_which}"


def _blocks(report: Report, base: str) -> Iterator[str]:
    """What changed, folded: pages with their pairs of source and target, then single texts."""
    for one in report.locales:
        for page in one.details.pages:
            yield _page(one, page, base)
        if changed := [each for each in one.details.treated if each.is_new]:
            yield _treated(one, changed)


def _page(one: LocaleReport, page: PageChange, base: str) -> str:
    what = "new page" if page.is_new else "changed page"
    head = f"<b>{_text(page.name)}</b> {_TONGUE.name(one.locale)}, {what}, "
    rows = [
        f"| {_text(text.field)} | {_text(text.source)} | {_text(text.target)} |"
        for text in page.texts[:_MOST_TEXTS]
    ]
    table = [f"| | source | {_TONGUE.name(one.locale)} |", "|---|---|---|", *rows] if rows else []
    more = len(page.texts) - _MOST_TEXTS
    rest = ["", f"… and {counted(more, 'more text')}"] if more > 0 else []
    return _folded(
        f"{head}{counted(len(page.texts), 'text')}", [_links(page, base), "", *table, *rest]
    )


def _links(page: PageChange, base: str) -> str:
    path = encode(page.path, _OUTSIDE_PATHS)
    file = f"[{_text(page.path)}]({base}{path})" if base else _text(page.path)
    return f"{file} · [the page]({address(page.url)})" if page.url else file


def _treated(one: LocaleReport, treated: Sequence[Treated]) -> str:
    rows = [
        f"| {_text(each.unit)} | {_text(each.begins)} | {_text(each.why)} |"
        for each in treated[: _MOST_TEXTS * 3]
    ]
    more = len(treated) - _MOST_TEXTS * 3
    rest = ["", f"… and {counted(more, 'more text')}"] if more > 0 else []
    name = _TONGUE.name(one.locale)
    head = f"{name}: what became of {counted(len(treated), 'text')}, and why"
    return _folded(head, ["| unit | source | what, and why |", "|---|---|---|", *rows, *rest])


def _folded(head: str, lines: Sequence[str]) -> str:
    return "\n".join(["", f"<details><summary>{head}</summary>", "", *lines, "", "</details>"])


def _text(words: str) -> str:
    """Any text as data: nothing of it is Markdown, HTML, a mention or a reference."""
    short = words if len(words) <= _LONGEST_TEXT else f"{words[:_LONGEST_TEXT]}…"
    lines = (_MARKS.sub(_reference, spelled(line)) for line in short.split("\n"))
    return f"<code>{'<br>'.join(lines)}</code>"


def _reference(found: re.Match[str]) -> str:
    letter = found[0]
    return f"&#{ord(letter)};" if letter.isascii() else letter
