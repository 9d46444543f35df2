"""PO that is refused: one error each, with code, line and column; what is accepted is sound."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.po import language_of_po, read_po, units_in, write_po
from i18n_pipeline.formats.po.reader import MOST_UNITS
from i18n_pipeline.model import Catalog

GOLDEN = (Path(__file__).parent / "data" / "terms.po").read_text("utf-8")

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = 'msgctxt "a/body"\nmsgid "x"\nmsgstr "y"\n'


def refusal(data: bytes) -> tuple[str, int, int]:
    with pytest.raises(BadFile) as caught:
        read_po(data)
    problem = caught.value.problem
    assert problem.message
    return problem.code, problem.line, problem.column


# what stands below the header (lines 1 and 2) and a blank line: the texts here begin at line 4
BELOW_THE_HEADER = [
    ('msgid "x"\nmsgstr "abc\n', "po-unterminated-string", 5, 8),
    ('msgid "x"\nmsgstr "abc\\"\n', "po-unterminated-string", 5, 8),
    ('msgid "x"\nmsgstr "\n', "po-unterminated-string", 5, 8),
    ('msgid "x"\nmsgstr ""\n"abc\n', "po-unterminated-string", 6, 1),
    ('msgid "x"\nmsgstr abc"\n', "po-unopened-string", 5, 8),
    ('msgid "x"\nmsgstr abc\n', "po-unopened-string", 5, 8),
    ('msgid "x"\nmsgstr\n', "po-unopened-string", 5, 7),
    ('msgid "x"\nmsgstr ""\nabc"\n', "po-unopened-string", 6, 1),
    ('msgid "x"\nmsgstr "a "b" c"\n', "po-unescaped-quote", 5, 11),
    ('msgid "x"\nmsgstr "a" # no comment\n', "po-unescaped-quote", 5, 10),
    ('msgid "x"\nmsgstr ""\n"a"b"\n', "po-unescaped-quote", 6, 3),
    ('msgid "日本" "語"\nmsgstr "y"\n', "po-unescaped-quote", 4, 10),
    ('msgid "x"\nmsgstr "a\\qb"\n', "po-unknown-escape", 5, 10),
    ('msgid "x"\nmsgstr ""\n"C:\\Users"\n', "po-unknown-escape", 6, 4),
    ('msgid "x"\nmsgstr "\\u3042"\n', "po-unknown-escape", 5, 9),
    ('msgid "x"\nmsgstr "\\033[31m"\n', "po-unknown-escape", 5, 9),
    ('msgid "x"\nmsgstr "ok \\x00"\n', "po-unknown-escape", 5, 12),
    ('msgid "x"\nmsgstr "\\xff"\n', "po-unknown-escape", 5, 9),
    ('msgid "x"\nmsgstr "\\11"\n"\\xff"\n', "po-unknown-escape", 6, 2),
    ('msgid "x"\nmsgstr "\\777"\n', "po-unknown-escape", 5, 9),
    ('msgid "x"\nmsgstr "a\x00b"\n', "po-control-character", 5, 10),
    ('msgid "x"\nmsgstr "a\x1b[1m"\n', "po-control-character", 5, 10),
    ('msgid "x"\nmsgstr "a\rb"\n', "po-control-character", 5, 10),
    ('# \x9b31m\nmsgid "x"\nmsgstr ""\n', "po-control-character", 4, 3),
    ('msgid "x"\n\nmsgid "z"\nmsgstr "y"\n', "po-missing-msgstr", 4, 1),
    ('msgid "x"\n# c\nmsgstr "y"\n', "po-missing-msgstr", 4, 1),
    ('msgctxt "c"\nmsgid "x"\n', "po-missing-msgstr", 5, 1),
    (f'#~ msgid "x"\n\n{GOOD}', "po-missing-msgstr", 4, 1),
    ('msgstr "y"\n', "po-missing-msgid", 4, 1),
    ('msgctxt "c"\nmsgstr "y"\n', "po-missing-msgid", 5, 1),
    ('msgctxt "c"\nmsgctxt "d"\nmsgid "x"\nmsgstr "y"\n', "po-missing-msgid", 4, 1),
    ('#| msgctxt "c"\nmsgid "x"\nmsgstr "y"\n', "po-missing-msgid", 4, 1),
    (f"{GOOD}\n{GOOD}", "po-duplicate-unit", 8, 1),
    (f'{GOOD}\n#~ msgctxt "a/body"\n#~ msgid "x"\n#~ msgstr ""\n', "po-duplicate-unit", 8, 1),
    ('#~ msgid "x"\nmsgstr "y"\n', "po-mixed-obsolete", 5, 1),
    ('#~| msgid "w"\nmsgid "x"\nmsgstr "y"\n', "po-mixed-obsolete", 5, 1),
    ('msgid "x"\nmsgid_plural "xs"\nmsgstr[0] "y"\n', "po-plural", 5, 1),
    ('#| msgid_plural "xs"\nmsgid "x"\nmsgstr "y"\n', "po-plural", 4, 1),
    ('msgid "x"\nmsgstr[0] "y"\n', "po-plural", 5, 1),
    (f"<<<<<<< HEAD\n{GOOD}=======\n>>>>>>> other\n", "conflict-marker", 4, 1),
    (f"{GOOD}\n{GOOD}=======\n", "conflict-marker", 11, 1),
    (f"{GOOD}>>>>>>> other\n", "conflict-marker", 7, 1),
    ('msgid "x"\n||||||| base\nmsgstr "y"\n', "conflict-marker", 5, 1),
    ('msgid "x"\nmsgstr "y"\n\n  nonsense\n', "po-unexpected-line", 7, 3),
    ('domain "x"\n', "po-unexpected-line", 4, 1),
    ('#| what\nmsgid "x"\nmsgstr "y"\n', "po-unexpected-line", 4, 1),
    ('Msgid "x"\nmsgstr "y"\n', "po-unexpected-line", 4, 1),
    ('#| msgid "w"\n# c\nmsgid "x"\nmsgstr "y"\n', "po-misplaced-comment", 5, 1),
    ('# c\n"stray"\n', "po-stray-string", 5, 1),
    ('# C:\\\nmsgid "x"\nmsgstr "y"\n', "po-comment-backslash", 4, 5),
    (f"{GOOD}\n# whose?\n", "po-stray-comment", 8, 1),
    (HEADER, "po-empty-msgid", 4, 1),
    ('msgctxt "c"\nmsgid ""\nmsgstr ""\n', "po-empty-msgid", 4, 1),
    ('msgctxt ""\nmsgid "x"\nmsgstr ""\n', "po-empty-msgctxt", 4, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), BELOW_THE_HEADER)
def test_a_bad_unit_gets_one_error_with_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    assert refusal((HEADER + text).encode()) == (code, line, column)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "po-empty", 0, 0),
        (b"# a comment alone is one too\n", "po-stray-comment", 1, 1),
        (b"\xef\xbb\xbf\n\n", "po-empty", 0, 0),
        (HEADER.encode() + b'msgid "a\xe3\x81"\n', "not-utf-8", 4, 9),
        (b'\xef\xbb\xbfmsgid "\xff"\n', "not-utf-8", 1, 8),
        (HEADER.encode("utf-16"), "not-utf-8", 1, 1),
        (HEADER.replace("UTF-8", "ISO-8859-1").encode(), "po-charset", 2, 35),
        (HEADER.replace("UTF-8", "cp932").encode() + b"\x83\x41", "po-charset", 2, 35),
        (HEADER.replace("UTF-8", "CHARSET").encode(), "po-charset", 1, 1),
        (HEADER.replace("UTF-8", "\tUTF-8").encode(), "po-charset", 1, 1),
        (HEADER.replace("UTF-8", "UTF-8;").encode(), "po-charset", 1, 1),
        (HEADER.replace("charset", "Charset").encode(), "po-charset", 1, 1),
        (b'msgid ""\nmsgstr "Language: ja\\n"\n', "po-charset", 1, 1),
        (b'msgid ""\nmsgstr "Language ja\\n"\n', "po-bad-header", 2, 1),
        (GOOD.encode(), "po-no-header", 1, 1),
        (f'msgctxt "c"\n{HEADER}'.encode(), "po-no-header", 1, 1),
        (f"{GOOD}\n{HEADER}".encode(), "po-header-not-first", 5, 1),
    ],
)
def test_a_bad_file_gets_one_error_with_its_place(
    data: bytes, code: str, line: int, column: int
) -> None:
    assert refusal(data) == (code, line, column)


def test_a_file_of_too_many_units_is_refused_before_any_is_read() -> None:
    data = HEADER.encode() + b'msgid ""\n"x"\nmsgstr ""\n' * (MOST_UNITS + 1)
    assert refusal(data) == ("too-large", 0, 0)


def test_a_duplicate_names_both_lines() -> None:
    with pytest.raises(BadFile, match="line 4 has the same msgctxt and msgid") as caught:
        read_po(f"{HEADER}{GOOD}\n{GOOD}".encode())
    assert caught.value.problem.line == 8


def test_bytes_that_are_not_utf8_are_named_with_their_offset() -> None:
    with pytest.raises(BadFile, match="byte 0xFF at offset 10"):
        read_po(b'\xef\xbb\xbfmsgid "\xff"\n')


def test_another_charset_is_told_how_to_convert() -> None:
    with pytest.raises(BadFile, match="ISO-8859-1") as caught:
        read_po(HEADER.replace("UTF-8", "ISO-8859-1").encode())
    assert "msgconv" in caught.value.problem.mend


PIECES = st.sampled_from(
    ["", '"', "\\", "\n", "#", "#~ ", "#| ", "#, ", "msgid ", "msgstr ", '""', '"a"', "\t", "# c\n"]
)
EDITS = st.tuples(st.integers(0, len(GOLDEN)), st.integers(0, 5), PIECES)


def content(catalog: Catalog) -> list[tuple[object, ...]]:
    """What gettext and we must agree about. It drops obsolete units without msgstr."""
    return [
        (unit.key, unit.target, unit.previous, unit.comments, unit.obsolete)
        for unit in catalog.units
        if unit.target or not unit.obsolete
    ]


@settings(max_examples=60)
@given(edits=st.lists(EDITS, min_size=1, max_size=2))
def test_what_is_accepted_gettext_accepts_too_and_reads_the_same(
    edits: list[tuple[int, int, str]],
) -> None:
    text = GOLDEN
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    try:
        catalog = read_po(text.encode())
    except BadFile:
        return
    assert read_po(write_po(catalog)).units == catalog.units
    command = ["msgcat", "--force-po", "--no-wrap", "-"]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert content(read_po(run.stdout)) == content(catalog)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('msgid ""\nmsgstr "Language: sr@latin\\n"\n', "sr"),
        ('msgid ""\nmsgstr "Language: pt_BR\\n"\n', "pt-BR"),
        ('msgid ""\nmsgstr "no colon"\n', ""),
        (GOOD, ""),
        ("", ""),
    ],
)
def test_any_po_file_says_its_language_or_nothing(text: str, language: str) -> None:
    assert language_of_po(text.encode()) == language


def test_of_a_part_that_cannot_be_read_alone_there_are_no_units() -> None:
    assert [unit.source for unit in units_in((HEADER + GOOD).encode())] == ["x"]
    assert units_in(b'"goes on"\n') == ()
    assert units_in(b"\xff") == ()
