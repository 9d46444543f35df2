from __future__ import annotations

import pytest

from i18n_pipeline.checks import check
from i18n_pipeline.checks.faults import FAULTS, Sound, measure
from i18n_pipeline.checks.safety.structure import STRUCTURE
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, parser
from i18n_pipeline.model import Kind
from tests.checks.subjects import found, subject

MANY_LINES = [Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.FOOTNOTE]
BODY = [*MANY_LINES, Kind.HEADING, Kind.CELL]
EXTENSIONS = DEFAULT_EXTENSIONS | {"deflist", "heading-attributes"}


@pytest.mark.parametrize("kind", [*BODY, Kind.DEFINITION, Kind.DEFINITION_TITLE])
@pytest.mark.parametrize(
    "target",
    [
        "言葉です。",
        "**太字**で始まる [link](/x) と `code`",
        "\\# 見出しではない",
        "2026年",
        "一行目\n二行目",
        "a | b",
        " 前後の空白 ",
        "“quoted” & <b>html</b>",
    ],
)
def test_words_stay_one_segment(kind: Kind, target: str) -> None:
    assert found(STRUCTURE, subject("Words", target, kind=kind, extensions=EXTENSIONS)) == []


@pytest.mark.parametrize("kind", [*BODY, Kind.DEFINITION, Kind.DEFINITION_TITLE])
@pytest.mark.parametrize("target", ["○", "123", "`code`", "https://example.org"])
def test_a_text_without_a_letter_would_be_lost(kind: Kind, target: str) -> None:
    (message,) = found(STRUCTURE, subject("Yes", target, kind=kind, extensions=EXTENSIONS))
    assert message.startswith("has no letter")


@pytest.mark.parametrize("kind", MANY_LINES)
@pytest.mark.parametrize(
    "target",
    [
        "# 見出し",
        "見出し\n===",
        "- 項目",
        "1. Mai",
        "> 引用",
        "    code",
        "段落\n\n段落",
        "a\n| - |",
        "[x]: /evil\n言葉",
    ],
)
def test_what_building_escapes_or_folds_does_no_harm(kind: Kind, target: str) -> None:
    assert found(STRUCTURE, subject("Words", target, kind=kind)) == []


@pytest.mark.parametrize("kind", MANY_LINES)
@pytest.mark.parametrize(
    ("target", "block"),
    [
        ("```\ncode", "makes a code block"),
        ("***", "makes a rule"),
        ("---", "makes a rule"),
        ("<div>", "makes an HTML block"),
        ("<!-- i18n: skip -->", "makes an HTML block"),
        ("[x]: https://evil.example", "makes a link definition"),
        ("[^x]: 注", "makes a footnote"),
    ],
)
def test_a_text_that_makes_blocks_is_refused(kind: Kind, target: str, block: str) -> None:
    assert found(STRUCTURE, subject("Words", target, kind=kind)) == [
        f"put in its place, it {block}"
    ]


@pytest.mark.parametrize(
    ("kind", "target", "message"),
    [
        (Kind.HEADING, "見出し #", "reads `見出し`"),
        (Kind.HEADING, "見出し {#evil}", "reads `見出し`"),
        (Kind.CELL, "x\\", "reads `x\\|`"),
        (Kind.ITEM, "[x] 済み", "makes a task box"),
        (Kind.DEFINITION_TITLE, "# x", "makes a heading"),
    ],
)
def test_each_kind_has_its_own_traps(kind: Kind, target: str, message: str) -> None:
    one = subject("Words", target, kind=kind, extensions=EXTENSIONS)
    assert found(STRUCTURE, one) == [f"put in its place, it {message}"]


def test_the_sources_own_text_is_never_asked() -> None:
    assert found(STRUCTURE, subject("- odd", "- odd")) == []


def test_references_need_their_definitions() -> None:
    one = subject(
        "[a][b] and[^1]", "*[あ][b]* と[^1]", definitions="[b]: </x>\n[^1]: x", kind=Kind.CELL
    )
    assert found(STRUCTURE, one) == []


@pytest.mark.parametrize(
    ("source", "target", "kind", "messages"),
    [
        ("one", "一\n二", Kind.TEXT, ["has a line break, and the source is one line"]),
        ("one", "一\n", Kind.TEXT, []),
        ("one\ntwo", "一\n\n二", Kind.TEXT, []),
        ("one", "一\n二\n三", Kind.LIST, []),
        ("one", "# 一", Kind.NAME, []),
    ],
)
def test_plain_text_keeps_to_one_line(
    source: str, target: str, kind: Kind, messages: list[str]
) -> None:
    assert found(STRUCTURE, subject(source, target, kind=kind, markdown=False)) == messages


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("題", []),
        ('引用 "x" も', []),
        ("題\n\n# x", []),
        ("題\\", ["put in its place, it ends the link's title"]),
    ],
)
def test_a_link_title_stays_between_its_quotes(target: str, messages: list[str]) -> None:
    one = subject("Title", target, kind=Kind.LINK_TITLE, markdown=False)
    assert found(STRUCTURE, one) == messages


def test_a_markdown_field_keeps_the_blocks_of_its_source() -> None:
    one = subject("A\n\n- b", "あ\n\n- い", kind=Kind.TEXT)
    assert found(STRUCTURE, one) == []
    one = subject("A\n\n- b", "あ\n\n# い", kind=Kind.TEXT)
    assert found(STRUCTURE, one) == ["put in its place, it makes a heading"]
    one = subject("A", "import x from 'y'", kind=Kind.TEXT, extensions=frozenset({"mdx"}))
    assert found(STRUCTURE, one) == ["put in its place, it makes an HTML block"]


@pytest.mark.parametrize("kind", MANY_LINES)
@pytest.mark.parametrize("target", ["「言葉」です。", "„Wörter“ sind es.", "¿Palabras?"])
def test_a_text_may_begin_with_a_quotation_mark(kind: Kind, target: str) -> None:
    assert found(STRUCTURE, subject("Words", target, kind=kind, extensions=EXTENSIONS)) == []


@pytest.mark.parametrize("target", ["「`code`」", "「1」", "“https://example.org”", "\u3000# a"])
def test_a_quotation_mark_makes_no_text_of_what_is_none(target: str) -> None:
    one = subject("Words", target, kind=Kind.PARAGRAPH, extensions=EXTENSIONS)
    assert bool(found(STRUCTURE, one)) is not target.endswith("a")


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("# A\n\nb\n\nc", "あ\n\nい", "undoes a heading"),
        ("# A\n\n- b", "- い\n\n# あ", "changes the order of blocks"),
    ],
)
def test_a_field_keeps_the_blocks_of_its_source(source: str, target: str, message: str) -> None:
    one = subject(source, target, kind=Kind.TEXT)
    assert found(STRUCTURE, one) == [f"put in its place, it {message}"]


@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.TEXT])
def test_a_text_with_more_marks_than_anybody_writes_is_kept_out(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "MOST_EVENTS", 20)
    one = subject("Words", "*多* " * 21, kind=kind)
    (message,) = found(STRUCTURE, one)
    assert message.startswith("cannot be read again: its Markdown has more than 20 marks")
    (issue,) = check(one)
    assert (issue.check, issue.safety) == ("structure", True)
    assert measure([Sound(one)], FAULTS).units == 0
