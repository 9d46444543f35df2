"""Work packages in every form: what goes out is what comes back, and always the same bytes."""

from __future__ import annotations

import csv
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.packages import (
    ENDINGS,
    FORMS,
    Package,
    ReadPackage,
    Returned,
    Sent,
    read_package,
    write_package,
)
from i18n_pipeline.formats.packages.forms import form_of
from i18n_pipeline.formats.packages.package import Codes
from i18n_pipeline.markdown import parser
from i18n_pipeline.model import Kind, Segment, Unit
from tests.formats.packages.samples import PACKAGE, PACKAGES
from tests.formats.packages.specification import complaints

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
DATA = Path(__file__).parent / "data"


def no_codes(_unit: str) -> Codes:
    return {}


def read(form: str, data: bytes) -> ReadPackage:
    return read_package(f"work{ENDINGS[form]}", data, no_codes)


def problem_of(form: str, data: bytes | str) -> Problem:
    with pytest.raises(BadFile) as caught:
        read(form, data if isinstance(data, bytes) else data.encode())
    return caught.value.problem


@pytest.mark.parametrize("form", FORMS)
def test_a_package_is_this_file(form: str) -> None:
    golden = DATA / f"work{ENDINGS[form]}"
    assert write_package(form, PACKAGE) == golden.read_bytes()


def texts(package: ReadPackage) -> list[tuple[str, str, str, str, bool]]:
    return [(one.id, one.context, one.source, one.target, one.done) for one in package.units]


@pytest.mark.parametrize("form", FORMS)
@given(package=PACKAGES)
def test_what_comes_back_untouched_says_what_went_out(form: str, package: Package) -> None:
    found = read(form, write_package(form, package))
    assert found.locale == "es"
    assert texts(found) == [
        (sent.id, sent.unit.context, sent.unit.source, sent.unit.target, sent.unit.reviewed)
        for sent in package.units
    ]
    for sent, one in zip(package.units, found.units, strict=True):
        assert (one.exported, one.fault, one.is_untouched) == (sent.exported, "", True)
        assert set(one.comments) <= set(sent.unit.comments)


@given(PACKAGES)
def test_any_package_conforms_to_xliff(package: Package) -> None:
    assert complaints(write_package("xliff", package)) == []


@given(PACKAGES)
def test_no_cell_begins_like_a_formula(package: Package) -> None:
    lines = write_package("csv", package).decode("utf-8-sig").split("\n")
    rows = csv.reader(f"{line}\n" for line in lines)
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULAS)]


def test_gettext_takes_a_bundle(tmp_path: Path) -> None:
    path = tmp_path / "work.po"
    path.write_bytes(write_package("po", PACKAGE))
    command = ["msgfmt", "-c", "-o", "/dev/null", str(path)]
    checked = subprocess.run(command, check=True, capture_output=True, text=True)
    assert checked.stderr == ""
    assert [entry.msgctxt for entry in polib.pofile(str(path))] == [
        sent.unit.context for sent in PACKAGE.units
    ]


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("work.xlf", b"", "xliff"),
        ("work.XLIFF", b"", "xliff"),
        ("work.mqxliff", b"", "xliff"),
        ("work.csv", b"<", "csv"),
        ("work.po", b"", "po"),
        ("work", b"\xef\xbb\xbf <?xml", "xliff"),
        ("work", "<?xml".encode("utf-16"), "xliff"),
        ("work.job", b"# a\nmsgid", "po"),
        ("work.job", b"source,target", "csv"),
    ],
)
def test_a_form_is_told_by_the_name_and_else_by_how_the_file_begins(
    name: str, data: bytes, form: str
) -> None:
    assert form_of(name, data) == form


@pytest.mark.parametrize("form", FORMS)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(form: str, data: bytes) -> None:
    try:
        found = read(form, data)
    except BadFile:
        return
    assert all(isinstance(one, Returned) for one in found.units)


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("", 1, 1, "no-header"),
        ("term,target\n", 1, 1, "no-header"),
        ("\xef\xbb\xbf", 1, 1, "no-header"),
        ('source,target\na,b\n"a,b\n', 3, 1, "bad-cell"),
        ("source,target,Target \na,b,c\n", 1, 1, "two-columns"),
        ("source,target\na,b\n<<<<<<< x\na,c\n=======\na,d\n>>>>>>> y\n", 3, 1, "conflict-marker"),
        ("<<<<<<< x\nsource,target\n=======\na,d\n>>>>>>> y\n", 1, 1, "conflict-marker"),
        ('source,target,locale\n"a\nb",c,es\nd,e,fr\n', 4, 1, "two-languages"),
    ],
)
def test_a_bad_table_is_one_error_with_its_line(
    text: str, line: int, column: int, code: str
) -> None:
    problem = problem_of("csv", text)
    assert (problem.line, problem.column, problem.code) == (line, column, code)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("u-0123456789abcdef,c,d,done,untranslated,e", "5 columns, and 6 cells"),
        ("c,u-0123456789abcdef,d,done,untranslated", "`id` holds something else"),
        ("u-0123456789abcdef,c,d,done,done", "`exported` holds something else"),
        ("u-0123456789abcdef,c,untranslated,", "`exported` is empty"),
        ("u-0123456789abcdef,c,d,aproved,untranslated", "state `aproved`"),
    ],
)
def test_a_row_that_fell_apart_costs_that_row_alone(row: str, says: str) -> None:
    good = "u-0123456789abcdea,a,b,In_Progress,untranslated,"
    found = read("csv", f"id,source,target,state,exported\n{row}\n{good}\n".encode())
    bad, sound = found.units
    assert (bad.line, says in bad.fault) == (2, True)
    assert (sound.fault, sound.target, sound.done) == ("", "b", False)


TWO = "<source>a</source><target>b</target><target>c</target>"
SECOND = f'<unit id="u"><segment>{TWO}</segment></unit>'
FIRST = f'<body><trans-unit id="u">{TWO}</trans-unit></body>'


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_of_two_translations_of_a_unit_none_is_taken(version: str) -> None:
    file = f'<file id="f">{FIRST if version == "1.2" else SECOND}</file>'
    (one,) = read("xliff", f'<xliff version="{version}">{file}</xliff>'.encode()).units
    assert (one.target, "2 targets" in one.fault) == ("", True)


def test_an_unknown_state_of_xliff_costs_that_unit_alone() -> None:
    data = write_package("xliff", PACKAGE).replace(b'state="reviewed"', b'state="ok"', 1)
    faults = [one.fault for one in read("xliff", data).units if one.fault]
    assert faults == ["nobody knows the state `ok`; finished is one of translated, reviewed, final"]


def test_a_package_whose_header_names_two_languages_is_refused() -> None:
    data = write_package("po", PACKAGE).replace(b"Language: es", b"Language: de")
    assert problem_of("po", data).code == "two-languages"
    region = write_package("po", PACKAGE).replace(b"Language: es", b"Language: es_ES")
    assert read("po", region).locale == "es"


def test_a_table_in_another_encoding_is_refused_where_that_shows() -> None:
    problem = problem_of("csv", "source,target\na,ä\n".encode("latin-1"))
    assert (problem.line, problem.column, problem.code) == (2, 3, "not-utf-8")
    assert problem_of("csv", b"PK\x03\x04").code == "not-a-table"


@pytest.mark.parametrize(
    "data",
    [
        "source;target;state\r\na;b;Final\r\n",
        "sep=;\r\nsource;target;state\r\na;b;Final\r\n",
        "\ufeffState\tTARGET\tSource\nfinal\tb\ta\n",
        "state,source,whatever,target\rdone,a,x,b\r",
    ],
)
def test_tables_are_read_as_spreadsheets_save_them(data: str) -> None:
    for encoded in (data.encode(), data.encode("utf-16")):
        (one,) = read("csv", encoded).units
        assert (one.source, one.target, one.done) == ("a", "b", True)


def test_a_package_knows_what_went_out_as_reviewed() -> None:
    units = read("xliff", write_package("xliff", PACKAGE)).units
    done = {one.context: one.was_done for one in units}
    assert done["lora/term"]
    assert not done["lora/definition"]


def test_a_torn_sheet_is_told_as_that() -> None:
    lines = write_package("csv", PACKAGE).decode().split("\r\n")
    torn = "\r\n".join([lines[0], "<<<<<<< ours", lines[1], "=======", ">>>>>>> theirs", ""])
    assert problem_of("csv", torn).line == 2


HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_a_review_file_of_somebody_else_says_nothing_of_how_it_went_out() -> None:
    (unit,) = read("po", HEADER + b'msgctxt "a/b"\nmsgid "c"\nmsgstr "d"\n').units
    assert (unit.exported, unit.was_done) == (None, False)


def test_a_text_that_the_parser_gives_up_on_goes_out_as_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = "*a* " * 21
    segment = Segment("body", Kind.PARAGRAPH, source, markdown=True)
    own = Segment("note", Kind.EXTRA, "*own*")
    sent = (Sent(Unit("a/body", source), segment), Sent(Unit("a/note", "*own*"), own))
    monkeypatch.setattr(parser, "MOST_EVENTS", 20)
    found = read("xliff", write_package("xliff", replace(PACKAGE, units=sent)))
    assert [one.source for one in found.units] == [source, "*own*"]


def test_a_cell_that_only_looks_like_a_marker_is_a_cell() -> None:
    head = write_package("csv", PACKAGE).decode().split("\r\n")[0]
    (unit,) = read("csv", f'{head}\r\n"<<<<<<< ours",b,c\r\n'.encode()).units
    assert unit.id == ""
