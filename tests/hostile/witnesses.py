"""Witnesses: what reads our outputs as their readers do, and says what they would obey."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import frontmatter
from markdown_it import MarkdownIt

_DRIVES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""What a terminal obeys, or a reader does not see."""
_COMMANDS = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
_GITHUB = re.compile(
    r"::(?:error|warning|notice) (?:file=[^,:]+(?:,line=\d+)?(?:,col=\d+)?,)?title=[^,:]+::.*"
)
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_FORMULA = re.compile(r"[=+\-@\t\r|%＝＋－＠]")
_OF_A_SUMMARY = re.compile(
    "details|summary|br|h[1-4]|p|[uo]l|li|table|t[rhd]|thead|tbody|em|strong|code|a"
)
_LEADS = frozenset({"href", "src", "srcset", "action", "data", "poster", "xlink:href"})
_WORDS = frozenset({"alt", "title", "id", "class"})

Tag = tuple[str, tuple[tuple[str, str | None], ...]]


class Reader(HTMLParser):
    """Tags with what they lead to or run; `letters` is the text, `scripts` what runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.scripts: list[str] = []
        self.declared: list[str] = []
        self._script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(sorted(attrs, key=str))))
        self._script = tag == "script" and "json" not in (dict(attrs).get("type") or "")

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts.append(data)
            self._script = False

    def handle_comment(self, data: str) -> None:
        self.declared.append(data)

    def handle_decl(self, decl: str) -> None:
        self.declared.append(decl)

    def handle_pi(self, data: str) -> None:
        self.declared.append(data)


def in_text(text: str) -> Iterator[str]:
    """What of a text a terminal or the log of a CI server would obey."""
    for found in _DRIVES.finditer(text.replace("\n", "")):
        yield f"drives a terminal: {found[0]!a}"
    for found in _COMMANDS.finditer(text):
        yield f"a command: {text[found.start() : found.end() + 40]!r}"


def in_github(text: str) -> Iterator[str]:
    """What of a log is obeyed that is no note of ours."""
    others = "\n".join(line for line in text.splitlines() if not _GITHUB.fullmatch(line))
    yield from in_text(others)
    yield from (
        f"drives a terminal: {found!a}" for found in _DRIVES.findall(text.replace("\n", ""))
    )


def in_json(text: str) -> Iterator[str]:
    """What of a JSON document is not as any reader takes it."""
    json.loads(text)
    yield from in_text(text)


def in_xml(data: bytes) -> Iterator[str]:
    """What of an XML document is more than elements and texts."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield "a document type"
    for element in ET.fromstring(data).iter():  # noqa: S314  # we wrote it
        if "evil" in element.tag or any("evil" in name for name in element.attrib):
            yield f"an element that a text made: {element.tag}"


def in_table(text: str, separator: str = ",") -> Iterator[str]:
    """Cells that a spreadsheet would compute."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    for row in rows:
        yield from (f"a formula: {cell!r}" for cell in row if _FORMULA.match(cell))


def in_site_page(text: str) -> Iterator[str]:
    """What of a page of ours runs, loads or leads elsewhere because of a text."""
    page = Reader(text)
    yield from (f"a script of theirs: {code[:60]!r}" for code in page.scripts if "evil" in code)
    yield from (f"declared: {one!r}" for one in page.declared if "evil" in one)
    for tag, attributes in page.tags:
        for name, value in attributes:
            if name.startswith("on") or "evil" in name:
                yield f"<{tag} {name}>"
            elif name in _LEADS and "evil" in (urlsplit(value or "").netloc + (value or "")[:12]):
                yield f"<{tag} {name}={value!r}>"
            elif name == "style" and not (value or "").startswith("text-align:"):
                yield f"<{tag} style={value!r}>"


def in_summary(text: str) -> Iterator[str]:
    """What of Markdown on a forge's page is no word."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    yield from in_site_page(html)
    yield from (f"<{tag}>" for tag, _ in Reader(html).tags if not _OF_A_SUMMARY.fullmatch(tag))
    yield from (
        f"drives a terminal: {found!a}" for found in _DRIVES.findall(text.replace("\n", ""))
    )


def in_built_page(source: str, built: str) -> Iterator[str]:
    """What a built page has and its source has not, but words."""
    theirs, ours = frontmatter.loads(source), frontmatter.loads(built)
    if theirs.metadata.keys() != ours.metadata.keys():
        yield f"other fields: {sorted(ours.metadata.keys() ^ theirs.metadata.keys())}"
    for name, value in ours.metadata.items():
        if type(value) is not type(theirs.get(name)):
            yield f"{name} is {value!r}"
    if ours.get("slug") != theirs.get("slug"):
        yield f"another slug: {ours.get('slug')}"
    for name, text in (*ours.metadata.items(), ("body", ours.content)):
        yield from (f"{name}: unseen {found!a}" for found in _unseen(str(text)))
        if _TEMPLATE.search(str(text)):
            yield f"{name}: a template"
    marks = [_marks(one.content) for one in (theirs, ours)]
    yield from (f"body: {tag}" for tag in sorted(marks[1] - marks[0], key=str))
    allowed = _marks(str(theirs.get("summary", "")))
    yield from (f"summary: {tag}" for tag in _marks(str(ours.get("summary", ""))) - allowed)
    if _blocks(theirs.content) != _blocks(ours.content):
        yield f"other blocks: {_blocks(ours.content)}"
    for name in ("term", "definition"):
        if re.search(r"<[a-z!/?]|\]\(|javascript:|https?://|www\.", str(ours.get(name)), re.I):
            yield f"{name}: {ours.get(name)!r}"


def _unseen(text: str) -> list[str]:
    return _DRIVES.findall(text.replace("\n", ""))


def _rendered(text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(reader.render(text))


def _marks(text: str) -> set[Tag]:
    page = Reader(_rendered(text))
    made = {(tag, tuple(one for one in attrs if one[0] not in _WORDS)) for tag, attrs in page.tags}
    return made | {(declared, ()) for declared in page.declared}


def _blocks(text: str) -> list[str]:
    return [token.type for token in MarkdownIt("commonmark").enable("table").parse(text)]
