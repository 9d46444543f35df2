"""TMX bytes → units, one after the other as the parser comes by; what is none is refused."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from functools import partial
from xml.parsers import expat

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.safe_xml import ANEW
from i18n_pipeline.formats.tmx.inline import CODES, TRANSPARENT, is_markdown
from i18n_pipeline.formats.tmx.units import AROUND, CONTEXT, KIND, TOOL, Place, TmxUnit, Variant
from i18n_pipeline.values import dataclass, field

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""

_MOST = 2_000_000
_DEEPEST = 64
_LANG = "http://www.w3.org/XML/1998/namespace lang"
_ROOT = "tmx"
# what the review file cannot hold either: control characters but for tab and line end
_CONTROL = expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_BREAK = expression(r"[ \t]*\n\s*")
_NO_CODES = "holds codes of another program"
_EMPTY = "is empty"
_CONTROLS = "holds control characters"
_NO_DECLARATIONS = "delete what stands between [ and ] in the line with <!DOCTYPE"
_SAY = 'give it an xml:lang="…"'
_UTF_8 = "save it as UTF-8"

Take = Callable[[TmxUnit, int, int], None]
"""Called with each unit, and with where it begins and ends: bytes of the text as UTF-8."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text as UTF-8, and what makes its own bytes of that."""

    data: bytes
    encoding: str
    mark: bytes = b""

    def encoded(self, data: bytes) -> bytes:
        """Text in UTF-8 as the file has it."""
        if self.encoding == "utf-8":
            return self.mark + data
        return self.mark + data.decode().encode(self.encoding)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> Decoded:
    """A file as UTF-8. Raises BadFile for one too large, and for another encoding."""
    if len(data) > LARGEST:
        message = f"it has {len(data)} bytes, more than {LARGEST}"
        raise BadFile("too-large", message, mend="divide it into several files")
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        return Decoded(data[len(mark) :].decode(encoding).encode(), encoding, mark)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = "it is neither UTF-8 nor UTF-16"
        raise BadFile("not-utf-8", message, mend=_UTF_8, line=line, column=column) from None


def parse(file: Decoded, take: Take) -> None:
    """Read a file, and hand over each unit. Raises BadFile with line and column."""
    _Parser(take).read(file.data)


@dataclass
class _Text:
    """A segment that is being read: its parts, the code in them, and what is wrong with it."""

    parts: list[str] = field(default_factory=list)
    code: list[str] | None = None
    fault: str = ""


@dataclass
class _Unit:
    """A unit that is being read."""

    start: int
    variants: list[Variant] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    tag: str = ""


class _Parser:
    def __init__(self, take: Take) -> None:
        # the text is UTF-8, whatever its first line says of the file
        self._parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._document_type
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._take = take
        self._open: list[str] = []
        self._ours = False
        self._units = 0
        self._unit: _Unit | None = None
        self._text: _Text | None = None
        self._property = ""

    def read(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as failure:
            message = f"it is no XML: {expat.ErrorString(failure.code)}"
            line, column = failure.lineno, failure.offset + 1
            raise BadFile("not-xml", message, mend=ANEW, line=line, column=column) from None

    def _document_type(
        self, name: str, _system: str | None, _public: str | None, declares: int
    ) -> None:
        if declares or name != _ROOT:
            raise self._bad("document-type", "it declares a document type", _NO_DECLARATIONS)

    def _skipped(self, name: str, _parameter: object) -> None:
        message = f"the entity &{name}; is declared nowhere in the file"
        raise self._bad("unknown-entity", message, "write the character itself")

    def _start(self, full_name: str, attributes: Mapping[str, str]) -> None:
        name = full_name.rpartition(" ")[2]
        if not self._open and name != _ROOT:
            raise self._bad("not-tmx", f"its root is `{name}`, not `tmx`", "export it as TMX")
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            message = f"elements are nested more than {_DEEPEST} deep"
            raise self._bad("too-deep", message, ANEW)
        if self._text is not None:
            self._inline(self._text, name)
        elif name == "header":
            self._ours = attributes.get("creationtool") == TOOL
        elif name == "tu":
            self._begin()
        elif self._unit is not None:
            self._inside(self._unit, name, attributes)

    def _begin(self) -> None:
        if self._unit is not None:
            message = "a `tu` stands inside of another, which has no end"
            raise self._bad("nested-unit", message, "end the one before it with </tu>")
        self._units += 1
        if self._units > _MOST:
            raise self._bad("too-many-units", f"it has more than {_MOST} units")
        self._unit = _Unit(self._parser.CurrentByteIndex)

    def _inside(self, unit: _Unit, name: str, attributes: Mapping[str, str]) -> None:
        if name == "tuv":
            unit.tag = attributes.get(_LANG) or attributes.get("lang", "")
            if not unit.tag:
                raise self._bad("no-language", "`tuv` does not say its language", _SAY)
        elif name == "seg":
            self._listen(_Text())
        elif name == "prop" and self._open[-2] == "tu":
            self._property = attributes.get("type", "")
            self._listen(_Text())

    def _listen(self, text: _Text | None) -> None:
        """Keep the characters that come from now on, or none."""
        self._text = text
        self._parser.CharacterDataHandler = None if text is None else partial(_keep, text)

    def _inline(self, text: _Text, name: str) -> None:
        if name in CODES and text.code is None:
            text.code = []
        elif name not in TRANSPARENT:
            text.fault = _NO_CODES

    def _end(self, _name: str) -> None:
        name = self._open.pop()
        text, unit = self._text, self._unit
        if text is not None and unit is not None:
            self._end_of_text(unit, text, name)
        elif name == "tu" and unit is not None:
            place = Place(*(unit.said.get(one, "") for one in (CONTEXT, KIND, AROUND)))
            end = self._parser.CurrentByteIndex
            self._take(TmxUnit(tuple(unit.variants), place), unit.start, end)
            self._unit = None

    def _end_of_text(self, unit: _Unit, text: _Text, name: str) -> None:
        if name in CODES and text.code is not None:
            code = "".join(text.code)
            text.parts.append(code)
            text.code = None
            text.fault = text.fault or ("" if is_markdown(code) else _NO_CODES)
        elif name == "seg":
            unit.variants.append(_variant(unit.tag, text, ours=self._ours))
            self._listen(None)
        elif name == "prop":
            unit.said[self._property] = "".join(text.parts)
            self._listen(None)

    def _bad(self, code: str, message: str, mend: str = "") -> BadFile:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return BadFile(code, message, mend=mend, line=line, column=column)


def _variant(tag: str, text: _Text, *, ours: bool) -> Variant:
    """A text as it was meant: in other programs' files a line end is layout."""
    said = "".join(text.parts)
    if not ours:
        said = _BREAK.sub(" ", said).strip()
    fault = text.fault or (_CONTROLS if _CONTROL.search(said) else "")
    return Variant(tag, said, fault or ("" if said.strip() else _EMPTY))


def _keep(text: _Text, characters: str) -> None:
    kept = text.parts if text.code is None else text.code
    kept.append(characters)
