"""The forms of work packages by their names, and which form a file has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from i18n_pipeline.formats.packages.bundle import read_bundle, write_bundle
from i18n_pipeline.formats.packages.package import KnownCodes, Package, ReadPackage
from i18n_pipeline.formats.packages.sheet import read_sheet, write_sheet
from i18n_pipeline.formats.packages.xliff import read_xliff, write_xliff

FORMS = ("xliff", "csv", "po")
"""What a package can be."""

ENDINGS: Mapping[str, str] = MappingProxyType({"xliff": ".xlf", "csv": ".csv", "po": ".po"})
"""How the name of a package ends."""

_WRITE: Mapping[str, Callable[[Package], bytes]] = MappingProxyType(
    {"xliff": write_xliff, "csv": write_sheet, "po": write_bundle}
)
_FORM_OF = {
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".xml": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".mxliff": "xliff",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".po": "po",
    ".pot": "po",
}
_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_OF_PO = (b"#", b'msgid "', b'msgctxt "')


def write_package(form: str, package: Package) -> bytes:
    """The package as a file of a form."""
    return _WRITE[form](package)


def read_package(name: str, data: bytes, known: KnownCodes) -> ReadPackage:
    """What a file of any form holds, told by how it is called and by how it begins.

    `known` gives the placeholders of a unit of ours. Raises BadFile with line and column.
    """
    form = form_of(name, data)
    if form == "xliff":
        return read_xliff(data, known)
    return read_bundle(data) if form == "po" else read_sheet(data)


def form_named(name: str) -> str:
    """The form that a file's name says; "" where it says none."""
    return _FORM_OF.get("." + name.lower().rpartition(".")[2], "")


def form_of(name: str, data: bytes) -> str:
    """Which form a file has: its name decides, and its first characters where that is strange."""
    if named := form_named(name):
        return named
    head = data[:200].replace(b"\0", b"").lstrip(_BLANKS)
    if head.startswith(b"<"):
        return "xliff"
    return "po" if head.startswith(_OF_PO) else "csv"
