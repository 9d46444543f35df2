"""Foreign XML: told as it stands, and refused where it could do harm."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.safe_xml import DEEPEST, LARGEST, SafeParser


class Told:
    """What a handler was told, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.events.append(f"<{name} {dict(attributes)}")

    def end(self, name: str) -> None:
        self.events.append(f">{name}")

    def text(self, text: str) -> None:
        self.events.append(text)


def told(data: bytes) -> list[str]:
    handler = Told()
    SafeParser(handler).parse(data)
    return handler.events


def problem_of(data: bytes) -> Problem:
    with pytest.raises(BadFile) as caught:
        told(data)
    return caught.value.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_utf_8_and_utf_16_are_read(encoding: str) -> None:
    head = '<?xml version="1.0" encoding="utf-16"?>' if "16" in encoding else ""
    text = f'{head}<a xmlns="u"><b c="1">ä &amp; 重</b></a>'
    data = ("\ufeff" + text).encode(encoding) if encoding == "utf-16-le" else text.encode(encoding)
    assert told(data) == ["<u a {}", "<u b {'c': '1'}", "ä & 重", ">u b", ">u a"]


@pytest.mark.parametrize(
    ("data", "line", "column", "code"),
    [
        (b"<a>\n <b></a>", 2, 7, "not-xml"),
        (b"<a>\n&nbsp;</a>", 2, 1, "not-xml"),
        (b'<a>\n</a><!DOCTYPE a>', 2, 5, "not-xml"),
        (b'\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 2, 13, "document-type"),
        (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>', 1, 44, "document-type"),
        (b"<a>" * (DEEPEST + 1), 1, 3 * DEEPEST + 1, "too-deep"),
        (b" " * (LARGEST + 1), 0, 0, "too-large"),
        ("<a>ä</a>".encode("latin-1"), 1, 4, "not-xml"),
        (b'<?xml version="1.0" encoding="nobody"?><a/>', 1, 1, "not-xml"),
    ],
)  # fmt: skip
def test_what_could_do_harm_is_one_error_with_its_place(
    data: bytes, line: int, column: int, code: str
) -> None:
    problem = problem_of(data)
    assert (problem.line, problem.column, problem.code) == (line, column, code)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(BadFile):
        assert told(b"<a>" + data + b"</a>")[-1] == ">a"
