"""XML that others wrote, read without trust: nothing is fetched, expanded, or nested without end.

A document type or an entity of the file's own is refused where it begins (the billion laughs and
files of the machine come in through them); so is what is too large or too deep.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest file that is read."""

DEEPEST = 100
"""How many elements may be open at a time."""

XML = "http://www.w3.org/XML/1998/namespace"
"""The namespace of `xml:lang` and `xml:space`."""

ANEW = "have it exported anew by the program that wrote it"
"""How a file that no program should write is mended."""

_NO_XML = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TYPE = "delete the line with <!DOCTYPE: nothing in it is needed to read the texts"


class Handler(Protocol):
    """Who is told what a file holds; names are `<namespace> <local name>`, or the latter alone."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters, as many as come together."""


class SafeParser:
    """One pass over one file."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        self._depth = 0
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EntityDeclHandler = self._document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = handler.text

    def parse(self, data: bytes, mend: str = "") -> None:
        """Tell the handler what the file holds, in UTF-8, UTF-16 or as its first line says.

        Raises BadFile with line and column; `mend` says how a file that is too large gets smaller.
        """
        if len(data) > LARGEST:
            message = f"it has {len(data)} bytes, more than {LARGEST}"
            raise BadFile("too-large", message, mend=mend)
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as failure:
            message = f"it is no XML: {expat.ErrorString(failure.code)}"
            line, column = failure.lineno, failure.offset + 1
            raise BadFile("not-xml", message, mend=ANEW, line=line, column=column) from None
        except (ValueError, LookupError):
            raise BadFile(
                "not-xml",
                "its encoding cannot be read",
                mend="save it as UTF-8, and say so in the first line",
                line=1,
                column=1,
            ) from None

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, from 1, of what the handler is told of now."""
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def bad(self, code: str, message: str, mend: str = "") -> BadFile:
        """The failure that this place is to blame for."""
        line, column = self.place
        return BadFile(code, message, mend=mend, line=line, column=column)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.bad("too-deep", f"elements are nested more than {DEEPEST} deep", ANEW)
        self._handler.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name)

    def _document_type(self, *_: object) -> None:
        raise self.bad("document-type", "it declares a document type", _NO_TYPE)


def can_be_xml(text: str) -> bool:
    """Whether XML 1.0 can hold a text as it is."""
    return not _NO_XML.search(text)
