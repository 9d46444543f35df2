"""A page as formatters leave it says what it said; their bytes stay in later builds.

`formatted/built.md` is a page of ours, the others what tools made of it: Prettier 3 (also with
`--prose-wrap always`), and markdownlint-cli2 with `--fix`. One more is made here: an editor's that
strips blanks and writes CRLF.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from i18n_pipeline.formats.term_file import TermFile, read_term
from i18n_pipeline.model import LockEntry, digest
from i18n_pipeline.stages.build import build
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.remembered import remembered
from i18n_pipeline.stages.taking.page import Base, Page, ReadBack
from i18n_pipeline.stages.taking.reading import read_back
from i18n_pipeline.stages.term import Term
from tests.stages.documents import RULES, site

FOLDER = Path(__file__).parent / "formatted"
BUILT = (FOLDER / "built.md").read_bytes()
EDITOR = b"\r\n".join(
    line if line.endswith("。  ".encode()) else line.rstrip() for line in BUILT.split(b"\n")
).rstrip()
FORMATTED = {"editor": EDITOR} | {
    path.stem: path.read_bytes() for path in FOLDER.glob("*.md") if path.stem != "built"
}
SITE = site()
SOURCE = BUILT.replace(b"lang: ja", b"lang: en")
TERM = Term("token", "terms/en/token.md", digest(SOURCE), read_term(SOURCE, RULES, "token", "en"))


def in_german(data: bytes) -> TermFile:
    return read_term(data.replace(b"lang: ja", b"lang: de"), RULES, "token", "de")


def entry() -> LockEntry:
    """What the lock knows of the page as we built it: its texts are those of the source."""
    texts = [segment.source for segment in TERM.segments]
    return build(Localized.of(TERM, texts, SITE)).entry


def read(tool: str) -> ReadBack:
    known = entry()
    page = in_german(FORMATTED[tool])
    base = Base(remembered(known), known.fields)
    return read_back(Page(page, "terms/de/token.md", SITE.addresses, RULES.fields), base)


@pytest.mark.parametrize("tool", sorted(FORMATTED))
def test_a_formatted_page_has_no_text_changed_and_nothing_made_otherwise(tool: str) -> None:
    back = read(tool)
    assert [text.text for text in back.texts if text.changed] == []
    assert back.remarks == ()
    assert {text.source for text in back.texts} >= set(entry().segments)


@pytest.mark.parametrize("tool", sorted(FORMATTED))
def test_a_correction_changes_its_own_text_alone_in_a_formatted_page(tool: str) -> None:
    page = in_german(FORMATTED[tool])
    texts = ["引用が新しい。" if "引用" in s.source else s.source for s in TERM.segments]
    result = build(Localized.of(TERM, texts, SITE), (page, read(tool).entry(entry())))
    eol = page.body.eol.decode()
    after, before = result.data.decode(), page.data.decode()
    assert after == before.replace(f"引用の文。{eol}> 続き。", "引用が新しい。").replace(
        "引用の文。続き。", "引用が新しい。"
    )
    again = in_german(result.data)
    assert build(Localized.of(TERM, texts, SITE), (again, result.entry)) == result
