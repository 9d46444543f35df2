"""A pull request's title and text: what it brings, so that anyone can judge it in a minute.

Our part of the text stands between two comments; what people write around it stays, and so does a
title that they changed. Texts of terms are shown as they are: none can call somebody, refer to an
issue, or become a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import TypeVar

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import digest
from i18n_pipeline.reports.counting import counted, money
from i18n_pipeline.reports.delivery.contents import Contents, Fate, Page, Pair, Part
from i18n_pipeline.reports.escaping import address, spelled
from i18n_pipeline.reports.report import Issue, Report

T = TypeVar("T")

LONGEST = 60_000
"""Characters of a text: GitHub takes 65,536, and people write some of their own."""

_MOST = 5
"""How many findings and notes are told before the rest is only counted."""

_LONGEST_TEXT = 600
"""Characters of a text that are shown; whole ones stand in the files."""

_BEGIN = "<!-- i18n: begin {state} {title}{unasked} -->"
_BEGUN = expression(r"<!-- i18n: begin (\w*) (\w*)( unasked)? -->")
_END = "<!-- i18n: end -->"
_SPECIAL = expression(r"[\\`*_\[\]#|~:$]|^[-+=]|(?<=^\d)[.)]|(?<=www)\.", re.IGNORECASE)
"""What begins markup, or a link, where we put texts: in a cell, or in the middle of a line."""

_APART = "\ufffc"
"""Stands for the space without width that keeps services from reading a name or a number."""

_CALLING = expression(
    r"[@#!%~$&](?=[\w\"])|\bGH(?=-\d)|:(?=//|[\w+-]+:)|[\[*](?=[a-z_]+:)", re.IGNORECASE
)
"""What services read as a name, a number or a link: `@hana`, `#12`, `:bug:`, an address; GitLab
also `!12`, `~bug`, `&3`, `[issue:3]`. They look for it in the page, where no reference is left of a
character."""


def title_of(contents: Contents) -> str:
    """The title: which locales, and whether readers see anything of it."""
    return f"{_locales(contents.parts)}: {_headline(contents)}"


def _locales(parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        return f"{parts[0].name} ({parts[0].locale})"
    return f"Translations ({', '.join(part.locale for part in parts)})"


def _headline(contents: Contents) -> str:
    pages = [page for part in contents.parts for page in part.pages]
    gone = sum(page.fate is Fate.GONE for page in pages)
    words = []
    if len(pages) > gone:
        drafts = sum(any(pair.draft for pair in page.pairs) for page in pages)
        told = f" ({drafts} with drafts)" if drafts else ""
        words.append(f"publishes {counted(len(pages) - gone, 'page')}{told}")
    if gone:
        words.append(f"takes {counted(gone, 'page')} away")
    if words:
        return ", ".join(words)
    return "drafts only" if contents.drafts else "review files only"


def body_of(contents: Contents, title: str, *, asked: bool = True) -> str:
    """Our part of the text, between its comments; `asked`: those who are to review it were."""
    unasked = "" if asked else " unasked"
    begin = _BEGIN.format(state=contents.state, title=digest(title, 6), unasked=unasked)
    head = [*_first(contents), *_why(contents), *_checks(contents.check)]
    room = LONGEST - len(begin) - len(_END) - sum(len(line) + 1 for line in head)
    return "\n".join([begin, *head, *_pages(contents.parts, room), _END])


def joined(before: str, ours: str) -> str:
    """A text with our part put in the place of the one it has, or at its end."""
    found = _BEGUN.search(before)
    end = before.find(_END, found.end()) if found else -1
    if not found or end < 0:
        return f"{before.rstrip()}\n\n{ours}" if before.strip() else ours
    return before[: found.start()] + ours + before[end + len(_END) :]


def state_in(body: str) -> str:
    """The state that a text of ours tells of, "" where there is none."""
    found = _BEGUN.search(body)
    return found[1] if found else ""


def is_unasked(body: str) -> bool:
    """Whether a text of ours says that nobody was asked for a review yet."""
    found = _BEGUN.search(body)
    return bool(found and found[3])


def title_after(title: str, body: str, wanted: str) -> str:
    """The title that a pull request gets: a new one, where no person gave it another."""
    found = _BEGUN.search(body)
    return wanted if found and found[2] == digest(title, 6) else title


def _first(contents: Contents) -> Iterator[str]:
    yield f"**{_sentence(_headline(contents))}.**"
    yield ""
    yield "| locale | pages | new drafts | to review | untranslated | cost |"
    yield "|---|---|---|---|---|---|"
    for part in contents.parts:
        units, billed = part.report.units, part.report.billed
        cost = "" if billed.cost is None else money(billed.cost, contents.sync.currency)
        spent = f"{counted(billed.characters, 'character')}{f', {cost}' if billed.cost else ''}"
        yield (
            f"| {shown(part.name)} | {len(part.pages)} | {part.drafts} | {units.needs_review} "
            f"| {units.untranslated} | {spent if billed.characters else '–'} |"
        )
    for part in contents.parts:
        if part.report.units.needs_review:
            count = counted(part.report.units.needs_review, "text")
            yield ""
            yield f"{_sentence(count)} to review in `{part.catalog}`."
    yield ""


def _why(contents: Contents) -> Iterator[str]:
    words = [*contents.why, *(str(problem) for problem in sorted(contents.sync.errors))]
    if words:
        yield "**Not all could be done:**"
        yield ""
        yield from _listed(words, lambda word: f"- {shown(_cut(word))}")
        yield ""


def _checks(check: Report) -> Iterator[str]:
    issues = [issue for locale in check.locales for issue in locale.issues]
    errors = [issue for issue in issues if issue.severity == "error"]
    warnings = [issue for issue in issues if issue.severity == "warning"]
    told = f"{counted(len(errors), 'error')}, {counted(len(warnings), 'warning')}"
    yield f"Checks: {told}." if issues or check.errors else "Checks: nothing found."
    yield ""
    if errors:
        yield from _listed(errors, _finding)
        yield ""


def _finding(issue: Issue) -> str:
    place = f"{issue.path}:{issue.line}" if issue.line else issue.path
    return f"- {shown(_cut(place))}: {issue.check}: {shown(_cut(issue.message))}"


def _pages(parts: Sequence[Part], room: int) -> Iterator[str]:
    """The pages with what readers will see, as many as there is room for."""
    pages = [(part, page) for part in parts for page in part.pages]
    if not pages:
        return
    yield "What readers will see:"
    yield ""
    left = room - 200
    for at, (part, page) in enumerate(pages):
        told = "\n".join(_page(part, page))
        left -= len(told) + 1
        if left < 0:
            yield f"… and {counted(len(pages) - at, 'more page')}: the files show them."
            return
        yield told
    yield ""


def _page(part: Part, page: Page) -> Iterator[str]:
    texts = counted(len(page.pairs), "text") if page.pairs else "no other text"
    about = page.fate if page.fate is Fate.GONE else f"{page.fate}, {texts}"
    links = " · ".join(
        f'<a href="{escape(address(there))}">{words}</a>'
        for words, there in (("source", page.source_address), (part.locale, page.address))
        if there
    )
    summary = f"<b>{shown(page.slug)}</b> ({about}){f' · {links}' if links else ''}"
    if not page.pairs:
        yield f"- {summary}"
        yield ""
        return
    yield f"<details><summary>{summary}</summary>"
    yield ""
    yield f"| source | {shown(part.name)} |"
    yield "|---|---|"
    yield from (_pair(pair, part.direction) for pair in page.pairs)
    yield ""
    yield "</details>"
    yield ""


def _pair(pair: Pair, direction: str) -> str:
    target = shown(_cut(pair.target))
    if direction == "rtl":
        target = f'<span dir="rtl">{target}</span>'
    return f"| {shown(_cut(pair.source))} | {target}{' <i>(draft)</i>' if pair.draft else ''} |"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"


def _listed(things: Sequence[T], line: Callable[[T], str]) -> Iterator[str]:
    yield from (line(one) for one in things[:_MOST])
    if len(things) > _MOST:
        yield f"- … and {len(things) - _MOST} more"


def shown(text: str) -> str:
    """A text in Markdown as it is, in one line: nothing in it is markup, a call or a link."""
    lines = (_one_line(line) for line in text.strip("\n").split("\n"))
    return "<br>".join(lines)


def _one_line(line: str) -> str:
    marked = _CALLING.sub(lambda found: f"{found[0]}{_APART}", spelled(line))
    plain = escape(marked, quote=False)
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", plain).replace(_APART, "&#8203;")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
