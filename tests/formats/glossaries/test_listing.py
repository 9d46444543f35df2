from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.glossaries.listing import read_glossary, read_keep
from i18n_pipeline.glossary import Entry, Status


def problem_of(text: str | bytes) -> Problem:
    with pytest.raises(BadFile) as caught:
        read_glossary(text if isinstance(text, bytes) else text.encode())
    return caught.value.problem


def test_columns_stand_in_any_order_and_only_two_are_needed() -> None:
    text = (
        "note,Target,source,status,case,pos,forms\n"
        '"neuter, das",Token,token,,,noun,Tokens | Token\n'
        ",Go,Go,Admitted,yes\n"
        ",,,,,,\n"
        "\n"
        ',"ein ""Muster""\n'[:-1]
        + '",model,deprecated,insensitive,,\n'
    )
    assert read_glossary(text.encode()) == (
        Entry("token", "Token", pos="noun", forms=("Tokens", "Token"), note="neuter, das"),
        Entry("Go", "Go", Status.ADMITTED, case_sensitive=True),
        Entry("model", 'ein "Muster"', Status.DEPRECATED),
    )


@pytest.mark.parametrize(
    "text",
    [
        "source,target\na,b; c\n",
        "source\ttarget\na\tb; c\n",
        'source;target\na;"b; c"\n',
        "\ufeffsource,target\r\na,b; c\r\n",
        "source,target\ra,b; c",
        "a,b; c",
        "a\tb; c\n",
        ' a , "b; c" \n',
        '"source","target"\n"a","b; c"\n',
    ],
)
def test_separator_header_bom_and_line_ends_are_found_out(text: str) -> None:
    assert read_glossary(text.encode()) == (Entry("a", "b; c"),)


def test_what_looks_like_a_formula_is_text() -> None:
    text = "source,target\n=a,+b\n@c,-d\n"
    assert [e.target for e in read_glossary(text.encode())] == ["+b", "-d"]


def test_an_empty_file_has_no_entries() -> None:
    assert read_glossary(b"") == ()
    assert read_glossary(b"\n,,\n") == ()
    assert read_glossary(b"source,target\n") == ()


def test_renderings_of_one_term_may_differ_by_status_or_part_of_speech() -> None:
    text = (
        "source,target,status,pos\nrun,Lauf,,noun\nrun,ausführen,,verb\n"
        "run,laufen,admitted,verb\nrun,rennen,deprecated,verb\nGO,a,,\nGo,b,,\n"
    )
    with pytest.raises(BadFile):
        read_glossary((text + "Run,gehen,,verb\n").encode())
    text = text.replace("Go,b", "gone,b")
    assert len(read_glossary(text.encode())) == 6


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "message"),
    [
        (
            "source,target\nab,b\nc,d\nAb,e\n",
            4,
            1,
            "contradicting-entries",
            "`Ab` is `e` (preferred) here and `b` (preferred) in line 2",
        ),
        (
            "source,target,status\na,b\na,b,deprecated\n",
            3,
            1,
            "contradicting-entries",
            "`a` is `b` (deprecated) here and `b` (preferred) in line 2",
        ),
        ("source,target\na,b\n\na,b\n", 4, 1, "duplicate-entry", "`a` → `b` is in line 2 too"),
        ("source,target\na,\n", 2, 3, "empty-cell", "the target is empty"),
        ("source,target\n,b\n", 2, 1, "empty-cell", "the source is empty"),
        ("source,target\na\n", 2, 2, "empty-cell", "the target is empty"),
        ("source,traget\na,b\n", 1, 8, "unknown-column", "unknown column `traget`"),
        ("source,note\na,b\n", 1, 1, "missing-column", "there is no column `target`"),
        ("source,target,target\n", 1, 15, "duplicate-column", "the column `target` is there twice"),
        (
            "source,target\na,b,c\n",
            2,
            5,
            "too-many-cells",
            "there are 2 columns, and this is one more cell",
        ),
        (
            "source,target,status\na,b,prefered\n",
            2,
            5,
            "unknown-value",
            "`prefered` is none of `preferred`, `admitted`, `deprecated`",
        ),
        (
            "source,target,case\na,b,maybe\n",
            2,
            5,
            "unknown-value",
            "`maybe` is none of `no`, `insensitive`, `yes`, `sensitive`",
        ),
        (
            'source,target\na,"b\n',
            2,
            3,
            "bad-quoting",
            "a quoted cell is not closed, or goes on after its closing quote",
        ),
        (
            'source,target\n"a\nb",x\nc,"d" e\n',
            4,
            3,
            "bad-quoting",
            "a quoted cell is not closed, or goes on after its closing quote",
        ),
        ('source,target\n"a\nb",x\n', 2, 1, "line-break", "the source holds a line break"),
        ("source,target\na,b\x07\n", 2, 4, "control-character", "control character U+0007"),
    ],
)
def test_a_bad_table_is_one_error_with_its_place(
    text: str, line: int, column: int, code: str, message: str
) -> None:
    problem = problem_of(text)
    assert (problem.line, problem.column, problem.code, problem.message) == (
        line,
        column,
        code,
        message,
    )


def test_a_slip_in_a_name_is_recognized() -> None:
    assert problem_of("source,traget\n").mend == "did you mean `target`?"
    assert problem_of("source,target,status\na,b,prefered\n").mend == "did you mean `preferred`?"


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("source,target\ntoken,Größe\n".encode("latin-1"), 2, 9),
        ("source,target\n".encode("utf-16"), 1, 1),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused(data: bytes, line: int, column: int) -> None:
    problem = problem_of(data)
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", line, column)


def test_names_to_keep_need_no_header() -> None:
    assert read_keep(b'source,note\nLoRA,"not LORA, ever"\nGo\n') == ("LoRA", "Go")
    assert read_keep(b"LoRA\nAttention Is All You Need\n") == (
        "LoRA",
        "Attention Is All You Need",
    )
    with pytest.raises(BadFile) as caught:
        read_keep(b"source\na\na\n")
    assert caught.value.problem.message == "`a` is in line 2 too"
    with pytest.raises(BadFile) as caught:
        read_keep(b"source,target\na,b\n")
    assert caught.value.problem.code == "unknown-column"


CELLS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\x85"),
    max_size=8,
)


@given(
    st.lists(st.tuples(CELLS, CELLS), max_size=6, unique_by=lambda row: row[0].strip().casefold()),
    st.sampled_from(",\t;"),
    st.booleans(),
)
def test_any_quoted_table_is_read_as_it_was_written(
    rows: list[tuple[str, str]], separator: str, crlf: bool
) -> None:
    kept = [(a.strip(), b.strip()) for a, b in rows if a.strip() and b.strip()]
    lines = ["source", "target"], *kept
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in lines]
    data = ("\r\n" if crlf else "\n").join(quoted).encode()
    assert [(entry.source, entry.target) for entry in read_glossary(data)] == kept


def outcome(data: bytes) -> tuple[Entry, ...] | Problem:
    try:
        return read_glossary(data)
    except BadFile as failure:
        return failure.problem


@given(st.binary(max_size=60))
def test_any_bytes_are_entries_or_one_error_with_its_place(data: bytes) -> None:
    result = outcome(data)
    if isinstance(result, Problem):
        assert result.line > 0
        assert result.column > 0
    else:
        assert all(entry.source and entry.target for entry in result)
