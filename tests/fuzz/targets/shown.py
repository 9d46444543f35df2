"""What people and servers are shown is well-formed and does nothing, whatever texts hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree import ElementTree as Xml

from i18n_pipeline.errors import Problem
from i18n_pipeline.formats.percent import decode
from i18n_pipeline.markdown import parse
from i18n_pipeline.model import Severity
from i18n_pipeline.reports.as_github import as_github
from i18n_pipeline.reports.as_json import as_json
from i18n_pipeline.reports.as_junit import as_junit
from i18n_pipeline.reports.as_sarif import as_sarif
from i18n_pipeline.reports.as_summary import summary
from i18n_pipeline.reports.as_text import as_text
from i18n_pipeline.reports.badges import badges
from i18n_pipeline.reports.changes import Details, PageChange, TextChange, Treated
from i18n_pipeline.reports.escaping import spelled
from i18n_pipeline.reports.overview import LocaleOverview, Overview, StalePage
from i18n_pipeline.reports.report import (
    EditedPage,
    Fix,
    Issue,
    LocaleReport,
    OpenConflict,
    OtherText,
    Report,
)
from i18n_pipeline.reports.standing import Blocker, Rendering, SourceTerm, TermStanding, TermState
from tests.fuzz.given import parts, text_of

_DRIVES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
    r"|^\s*::|##\w*\[",
    re.MULTILINE,
)
_COMMAND = re.compile(r"::(?:error|warning|notice) [^:]*::[^\n]*")


def _issue(texts: Sequence[str], severity: Severity) -> Issue:
    path, message, text = texts
    at = (len(text) // 3, len(text) // 2)
    slug, field = path[:9], message[:9]
    return Issue("html", severity, path, len(path), slug, field, message, text=text, at=at)


def report_of(data: bytes) -> Report:
    """A report whose texts are the three parts of an input, each wherever there is room."""
    path, message, text = texts = tuple(map(text_of, parts(data, 3)))
    problem = Problem(path, len(message) % 3, len(text) % 3, "yaml-syntax", message, text)
    page = PageChange(path[:9], text, path, path, texts=(TextChange(message, text, path),) * 2)
    treated = (Treated(path, text, message, is_draft=True, is_new=True),)
    locale = LocaleReport(
        "ja",
        slugs=tuple(sorted({path[:9], text})),
        issues=tuple(_issue(texts, severity) for severity in Severity),
        fixes=(Fix(path, 1, message, ("html",), text, message),),
        edited=(EditedPage(path, left=message), EditedPage(text, texts=1)),
        conflicts=(OpenConflict(path, 1, message, text, path, (OtherText(path, text),)),),
        details=Details((page,), treated),
        notes=(message, text),
        written=(path, text),
    )
    return Report("check", (locale,), (problem, problem), (text,), codes=(65,))


def _in_words(found: Report) -> None:
    for shown in (as_text(found), as_text(found, verbose=True), summary(found)):
        assert not _DRIVES.search(shown), shown


def _in_json(found: Report) -> None:
    (locale,) = found.locales
    told = json.loads(as_json(found))["locales"][0]
    assert [one["message"] for one in told["issues"]] == [one.message for one in locale.issues]
    assert told["written"] == sorted(locale.written)
    assert told["notes"] == list(locale.notes)


def _in_commands(found: Report) -> None:
    lines = as_github(found).split("\n")
    assert len(lines) == len(found.locales[0].issues) + len(found.errors) + 2
    assert all(_COMMAND.fullmatch(line) for line in lines[:-2]), lines


def _in_xml(found: Report) -> None:
    suites = Xml.fromstring(as_junit(found))  # noqa: S314  # our own text
    assert suites.get("failures") == str(len(suites.findall(".//failure")))
    cases = {one.get("name") for one in suites.iter("testcase")}
    assert {spelled(issue.slug) or "(shared)" for issue in found.locales[0].issues} <= cases


def _in_sarif(found: Report) -> None:
    (run,) = json.loads(as_sarif(found))["runs"]
    issues = found.locales[0].issues
    assert len(run["results"]) == len(issues)
    for path in re.findall(r'"uri": "(?:file://)?([^"]*)"', json.dumps(run["results"])):
        assert decode(path) in {one.path for one in issues}, path


_FORMS = (_in_words, _in_json, _in_words, _in_commands, _in_xml, _in_words, _in_sarif)


def reported(data: bytes) -> None:
    """Every form of a report is well-formed and says what was said; none holds a command."""
    _FORMS[len(data) % len(_FORMS)](report_of(data))


def summarised(data: bytes) -> None:
    """A summary is a page of details and code: no text in it is markup, a link or a mention."""
    found = summary(report_of(data))
    events = parse(found.encode(), frozenset({"table", "strikethrough", "math", "footnote"})).events
    tags = [event.detail.get("text", "") for event in events if "Html" in event.name]
    allowed = re.compile(r"(?:\s*</?(?:details|summary|code|b|br)>)*\s*")
    for tag in _joined(tags):
        assert allowed.fullmatch(re.sub(r"(?<=>)[^<]*(?=<)", "", tag)), tag
    assert not [event for event in events if event.name in ("Image", "Strikethrough", "InlineMath")]
    assert found.count("<code>") == found.count("</code>")


def _joined(tags: Sequence[str]) -> Iterator[str]:
    yield from ("".join(re.findall(r"<[^>]*>", tag)) for tag in tags)


class _Page(HTMLParser):
    """The elements of a page, with what of theirs could lead or run, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.leads: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.leads += [said or "" for name, said in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _overview(data: bytes) -> Overview:
    name, slug, text = map(text_of, parts(data, 3))
    report = report_of(data)
    standing = TermStanding(
        slug,
        TermState.STALE,
        name,
        url=f"https://a.b/{text}",
        blockers=(Blocker(text, name, slug, name),),
    )
    locale = LocaleReport(
        "ja",
        issues=report.locales[0].issues,
        standings=(standing, TermStanding("b", TermState.REVIEWED, "b", is_built=True)),
        renderings=(Rendering(slug, (text,), 1, ((name, 2),)),),
        notes=(text,),
    )
    terms = (SourceTerm(slug, name, text, name, ("b",), (text,)), SourceTerm("b", "b", name))
    stale = (StalePage(slug, "2026-01-01", "abc", text),)
    overview = LocaleOverview(locale, stale=stale, providers=(name,))
    errors = report.errors
    return Overview(name, "en", "2026-01-02", (overview,), terms, past=text, errors=errors)


_PAGES = ("index.html", "terms.html", "issues.html", "locale.html")


@lru_cache(maxsize=1)
def _look() -> Callable[[str, Overview], _Page]:
    """What makes a page of a report and reads it; templates are read once."""
    from i18n_pipeline.reports.site import pages

    look = pages._look()

    def shown(name: str, report: Overview) -> _Page:
        here = report.locales[0] if name == "locale.html" else None
        page = _Page()
        page.feed(pages._page(look, name, report, here).decode())
        page.close()
        return page

    return shown


@lru_cache(maxsize=len(_PAGES))
def _plain(name: str) -> _Page:
    """The same page with plain words everywhere."""
    return _look()(name, _overview(b"name\n%%%%\nslug\n%%%%\ntext"))


def site_pages(data: bytes) -> None:
    """A page of a report has the elements it has for plain words, and leads nowhere else."""
    found, name = _overview(data), _PAGES[len(data) % len(_PAGES)]
    page, plain = _look()(name, found), _plain(name)
    assert page.tags <= plain.tags | {"td", "li", "a"}, page.tags - plain.tags
    assert page.attributes <= plain.attributes | {"href"}, page.attributes - plain.attributes
    for address in page.leads:
        assert re.match(r"https://a\.b/|[\w./-]*(?:#|\Z)", address), address
    for picture in badges(found).values():
        Xml.fromstring(picture)  # noqa: S314  # our own text
