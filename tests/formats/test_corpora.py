"""Term files that people wrote: ours, and the shared corpora where they lie beside the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.placeholders import protect, restore, tokens_of
from tests.formats import golden
from tests.formats.test_body import rewrapped

_HERE = Path(__file__).parents[2]
FOLDERS = {
    "ours": _HERE / "terms",
    "seed": _HERE.parent / "shared" / "seed",
    "corpora": _HERE.parent / "shared" / "corpora",
}
RULES = Rules(
    Fields(
        locale="",
        slug="",
        name="",
        translate=("title", "term", "definition"),
        localize=("tags", "keywords"),
    ),
    DEFAULT_EXTENSIONS,
)
REFUSED = frozenset({"yaml-syntax", "control-character"})
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


@pytest.fixture(params=FOLDERS)
def files(request: pytest.FixtureRequest) -> list[bytes]:
    """The files of a folder; README files are no terms."""
    paths = sorted(FOLDERS[request.param].rglob("*.md"))
    if not paths:
        pytest.skip(f"{request.param}: no such files beside the project")
    return [path.read_bytes() for path in paths if path.name != "README.md"]


def spelled(files: list[bytes]) -> Iterator[bytes]:
    """Each file as it is, with CRLF, and with a byte order mark."""
    for data in files:
        unix = data.replace(b"\r\n", b"\n")
        yield from (data, unix.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data)


def terms(files: Iterator[bytes]) -> Iterator[TermFile]:
    """The files that can be read; hardly any may not be."""
    read = refused = 0
    for data in files:
        try:
            term = read_term(data, RULES, "word", "en")
        except BadFile as bad:
            assert bad.problem.code in REFUSED  # noqa: PT017
            refused += 1
        else:
            read += 1
            yield term
    assert refused <= read / 50


def test_every_byte_stays_where_no_text_changes(files: list[bytes]) -> None:
    for term in terms(spelled(files)):
        slots = term.body.slots
        patches = [term.body.patch(slot, slot.segment.source) for slot in slots]
        assert term.render([], patches) == term.data


def test_marked_texts_are_read_back_as_meant(files: list[bytes]) -> None:
    for term in terms(spelled(files)):
        again = read_term(golden.pseudo(term), RULES, "word", "en")
        assert [(s.kind, s.headings) for s in term.segments] == [
            (s.kind, tuple(_bare(heading) for heading in s.headings)) for s in again.segments
        ]
        assert [golden.marked(s) for s in term.segments] == [s.source for s in again.segments]


def _bare(heading: str) -> str:
    return heading.removeprefix("«").removesuffix("»")


def test_line_ends_make_no_difference(files: list[bytes]) -> None:
    for data in files:
        unix = data.replace(b"\r\n", b"\n")
        both = [*terms(iter((unix,))), *terms(iter((unix.replace(b"\n", b"\r\n"),)))]
        if len(both) == 2:
            assert both[0].segments == both[1].segments


def test_every_text_survives_protection(files: list[bytes]) -> None:
    for term in terms(iter(files)):
        for segment in term.segments:
            tokens = tokens_of(segment, segment.source, RULES.extensions)
            sent = protect(segment.source, tokens)
            assert restore(sent, sent.text).text == segment.source


def test_another_reader_of_markdown_finds_no_word_that_we_miss(files: list[bytes]) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for term in terms(iter(files)):
        ours = " ".join(slot.segment.source for slot in term.body.slots)
        known = set(_WORD.findall(ours))
        for text in _texts(reader, _without_ticks(term.body.data.decode())):
            missing = {word for word in _WORD.findall(text) if not word.isdigit()} - known
            assert not missing or "http" in text or "{{" in text


def _without_ticks(body: str) -> str:
    """A task list's ticks, which this reader takes for words."""
    return body.replace("- [x] ", "- ")


def test_a_text_on_one_line_is_shown_as_it_was_on_several(files: list[bytes]) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for term in terms(iter(files)):
        before = reader.render(term.body.data.decode())
        after = reader.render(rewrapped(term.body).decode())
        assert _BLANKS.sub("", after) == _BLANKS.sub("", before)


def _texts(reader: MarkdownIt, text: str) -> Iterator[str]:
    for token in reader.parse(text):
        yield from (child.content for child in token.children or () if child.type == "text")
