"""XLIFF → what was returned, unit by unit; the file's own version decides how it is read."""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.formats.packages.package import Codes, KnownCodes, ReadPackage, Returned
from i18n_pipeline.formats.packages.xliff.contents import Node
from i18n_pipeline.formats.packages.xliff.first import read_trans_unit
from i18n_pipeline.formats.packages.xliff.second import read_unit
from i18n_pipeline.formats.safe_xml import SafeParser
from i18n_pipeline.values import replace

MOST_UNITS = 200_000
"""Units of the largest package that is read."""

MOST_ELEMENTS = 10_000
"""Elements of the largest unit that is read."""

_CORE = "urn:oasis:names:tc:xliff:document:"
_METADATA = "urn:oasis:names:tc:xliff:metadata:"
_AS_XLIFF = "export it as XLIFF 2.1 or 1.2"
_SMALLER = "export fewer terms at a time (--slug)"


def no_codes(_unit: str) -> Codes:
    """Knows the placeholders of no unit."""
    return {}


def read_xliff(data: bytes, known: KnownCodes = no_codes) -> ReadPackage:
    """The units of a file. Raises BadFile with line and column.

    `known` gives the placeholders of a unit of ours where the file has lost their texts.
    """
    reader = _Reader(known)
    reader.parser.parse(data, _SMALLER)
    return ReadPackage(reader.locale, tuple(reader.units), reader.source)


class _Reader:
    """Reads one file; a unit at a time is held as nodes."""

    def __init__(self, known: KnownCodes) -> None:
        self.parser = SafeParser(self)
        self.locale = self.source = ""
        self.units: list[Returned] = []
        self._known = known
        self._begun = False
        self._original = ""
        self._open: list[Node] = []
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        local = _local(name)
        if not self._begun:
            self._begun = True
            self._document(local, attributes)
        elif local == "file":
            self._languages(attributes, "source-language", "target-language")
            self._original = attributes.get("original", "")
        if self._open:
            self._count += 1
            if self._count > MOST_ELEMENTS:
                raise self.parser.bad("too-large", f"a unit has more than {MOST_ELEMENTS} elements")
            node = Node(local, attributes)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif local in ("unit", "trans-unit"):
            self._open, self._count = [Node(local, attributes, self.parser.place[0])], 0

    def text(self, text: str) -> None:
        """Characters of an element."""
        if self._open:
            self._open[-1].children.append(text)

    def end(self, _name: str) -> None:
        """An element ends."""
        if not self._open:
            return
        node = self._open.pop()
        if self._open:
            return
        if len(self.units) >= MOST_UNITS:
            raise self.parser.bad("too-large", f"it has more than {MOST_UNITS} units", _SMALLER)
        read = read_unit if node.name == "unit" else read_trans_unit
        found = read(node, self._known)
        self.units.append(replace(found, path=found.path or self._original))

    def _document(self, local: str, attributes: Mapping[str, str]) -> None:
        version = attributes.get("version", "")
        if local != "xliff":
            message = f"its root is `{local}`, not `xliff`"
            raise self.parser.bad("not-xliff", message, _AS_XLIFF)
        if not version.startswith(("1.", "2.")):
            message = f"it is of version {version or 'nobody knows which'}; 1.x and 2.x can be read"
            raise self.parser.bad("xliff-version", message, _AS_XLIFF)
        self._languages(attributes, "srcLang", "trgLang")

    def _languages(self, attributes: Mapping[str, str], source: str, target: str) -> None:
        locale = attributes.get(target, "")
        if locale and self.locale and locale != self.locale:
            message = f"it holds {self.locale} and {locale}"
            raise self.parser.bad("two-languages", message, "make a file for each language")
        self.locale = self.locale or locale
        self.source = self.source or attributes.get(source, "")


def _local(name: str) -> str:
    """A name without the namespace of the core; of other namespaces it is told by its prefix."""
    space, _, local = name.rpartition(" ")
    if not space or space.startswith(_CORE):
        return local
    return f"mda:{local}" if space.startswith(_METADATA) else f"other:{local}"
