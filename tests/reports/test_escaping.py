from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given

from i18n_pipeline.reports.escaping import json_of, safe, spelled
from tests.reports.hostile import texts


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("plain トークン :: ok", "plain トークン :: ok"),
        ("a\tb", "a b"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("two\nlines\r\n", "two\\u000alines\\u000d\\u000a"),
        ("\u202etext", "\\u202etext"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff \ufffe", "\\udcff \\ufffe"),
        ("::error::x", "\\u003a:error::x"),
        ("  \u3000::error::x", "  \u3000\\u003a:error::x"),
        (":::", "\\u003a::"),
        (": one", ": one"),
        ("a ##[error]x", "a \\u0023#[error]x"),
        ("##vso[task.x]", "\\u0023#vso[task.x]"),
        ("## heading [link]", "## heading [link]"),
    ],
)
def test_what_drives_something_is_spelled_out(line: str, shown: str) -> None:
    assert safe(line) == shown


@given(texts)
def test_a_line_stays_one_line_and_no_command(text: str) -> None:
    line = safe(text)
    assert len(line.splitlines()) <= 1
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "##vso[" not in line
    assert {unicodedata.category(character) for character in line} & {"Cc", "Cs"} == set()
    assert line.encode("utf-8").decode("utf-8") == line


@given(texts)
def test_what_is_spelled_out_stays_so(text: str) -> None:
    assert spelled(spelled(text)) == spelled(text)
    assert safe(safe(text)) == safe(text)


@given(texts)
def test_a_text_in_json_is_read_as_it_was_and_obeyed_by_no_log(text: str) -> None:
    written = json_of({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert written.isascii()
    assert not [sign for sign in written if sign != "\n" and not sign.isprintable()]
    assert not [line for line in written.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in written
    assert "##vso[" not in written
