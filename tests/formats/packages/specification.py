"""What XLIFF 2.1 asks of a document: its core schema and its constraints, as far as we write it.

Written from the OASIS schemas `xliff_core_2.0.xsd`, `metadata.xsd`, `glossary.xsd` and the
Schematron rules beside them. What is not in the table is not allowed here, though the standard may
have it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
_PREFIXES = {CORE: "", METADATA: "mda:", GLOSSARY: "gls:"}
_XML = "{http://www.w3.org/XML/1998/namespace}"

_NMTOKEN = r"[\w.:·-]+"
_LANGUAGE = r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"
_USERS = r"[^\s:]+:[^\s:]+"
_TYPE = "fmt|ui|quote|link|image|other"
_ANY = r"(?s).*"
_INLINE = "(cp|ph|pc|sc|ec|mrk|sm|em)*"
_YES_NO = "yes|no"
_CODE = {
    "id!": _NMTOKEN, "canCopy": _YES_NO, "canDelete": _YES_NO, "type": _TYPE, "subType": _USERS,
}  # fmt: skip
_PAIR = {"dataRefStart": _NMTOKEN, "dataRefEnd": _NMTOKEN, "dispStart": _ANY, "dispEnd": _ANY}

# by element: its children in order, whether it holds characters, its attributes (`!`: required)
SCHEMA: dict[str, tuple[str, bool, dict[str, str]]] = {
    "xliff": ("(file)+", False, {"version!": r"2\.1", "srcLang!": _LANGUAGE, "trgLang": _LANGUAGE}),
    "file": (
        "(skeleton)?((mda:metadata)|(gls:glossary))*(notes)?(unit|group)+",
        False,
        {"id!": _NMTOKEN, "original": _ANY, "canResegment": _YES_NO, "xml:space": "preserve"},
    ),
    "unit": (
        "((mda:metadata)|(gls:glossary))*(notes)?(originalData)?(segment|ignorable)+",
        False,
        {"id!": _NMTOKEN, "name": _ANY},
    ),
    "notes": ("(note)+", False, {}),
    "note": ("", True, {"id": _NMTOKEN, "category": _ANY, "appliesTo": "source|target"}),
    "originalData": ("(data)+", False, {}),
    "data": ("(cp)*", True, {"id!": _NMTOKEN}),
    "segment": (
        "(source)(target)?",
        False,
        {"id": _NMTOKEN, "state": "initial|translated|reviewed|final", "subState": _USERS},
    ),
    "source": (_INLINE, True, {}),
    "target": (_INLINE, True, {}),
    "cp": ("", False, {"hex!": "([0-9A-Fa-f]{2})+"}),
    "ph": ("", False, {**_CODE, "dataRef": _NMTOKEN, "disp": _ANY}),
    "pc": (_INLINE, True, {**_CODE, **_PAIR}),
    "mda:metadata": ("(mda:metaGroup)+", False, {"id": _NMTOKEN}),
    "mda:metaGroup": ("(mda:metaGroup|mda:meta)+", False, {"category": _ANY}),
    "mda:meta": ("", True, {"type!": _ANY}),
    "gls:glossary": ("(gls:glossEntry)+", False, {}),
    "gls:glossEntry": ("(gls:term)(gls:translation)*(gls:definition)?", False, {"id": _NMTOKEN}),
    "gls:term": ("", True, {}),
    "gls:translation": ("", True, {}),
    "gls:definition": ("", True, {}),
}  # fmt: skip


def complaints(data: bytes) -> list[str]:
    """What is wrong with a document; nothing where it conforms."""
    root = ET.fromstring(data)  # noqa: S314  # we wrote it
    found = [] if _name(root) == "xliff" else ["the root is no xliff"]
    for element in root.iter():
        found += _of_schema(element)
    found += _of_ids(root)
    for unit in root.iter(f"{{{CORE}}}unit"):
        found += _of_unit(unit)
    if root.find(f".//{{{CORE}}}target") is not None and not root.get("trgLang"):
        found.append("there are targets, and no trgLang")
    return found


def _name(element: ET.Element) -> str:
    space, _, local = element.tag.rpartition("}")
    return _PREFIXES[space.lstrip("{")] + local


def _of_schema(element: ET.Element) -> Iterator[str]:
    name = _name(element)
    model, mixed, attributes = SCHEMA[name]
    children = "".join(f"<{_name(child)}>" for child in element)
    pattern = re.sub(r"[\w:]+", lambda found: f"(?:<{found[0]}>)", model)
    if not re.fullmatch(pattern, children):
        yield f"{name} holds {children}, not {model}"
    words = [element.text or "", *(child.tail or "" for child in element)]
    if not mixed and "".join(words).strip():
        yield f"{name} holds characters"
    allowed = {key.rstrip("!"): pattern for key, pattern in attributes.items()}
    said = {key.replace(_XML, "xml:"): value for key, value in element.attrib.items()}
    for key, value in said.items():
        if key not in allowed:
            yield f"{name} has {key}"
        elif not re.fullmatch(allowed[key], value):
            yield f"{name} has {key}={value!r}"
    for key in attributes:
        if key.endswith("!") and key[:-1] not in said:
            yield f"{name} has no {key[:-1]}"


def _of_ids(root: ET.Element) -> Iterator[str]:
    """Ids are unique among files, among the units of a file, and in each list of notes or data."""
    groups = [("file", root.findall("{*}file"))]
    groups += [("unit", file.findall("{*}unit")) for file in root.iter(f"{{{CORE}}}file")]
    groups += [("note", notes.findall("{*}note")) for notes in root.iter(f"{{{CORE}}}notes")]
    groups += [("data", held.findall("{*}data")) for held in root.iter(f"{{{CORE}}}originalData")]
    for kind, elements in groups:
        yield from (f"{kind} {name}" for name in _twice(one.get("id") for one in elements))


def _twice(names: Iterable[str | None]) -> list[str]:
    return [f"{name} is there {count} times" for name, count in Counter(names).items() if count > 1]


def _of_unit(unit: ET.Element) -> Iterator[str]:
    """Inline ids are unique in a source; a target has the source's of the same kind, or its own."""
    data = {one.get("id") for one in unit.iter(f"{{{CORE}}}data")}
    for segment in unit.iter(f"{{{CORE}}}segment"):
        if segment.get("subState") and not segment.get("state"):
            yield "a subState without a state"
        source, target = segment.find("{*}source"), segment.find("{*}target")
        assert source is not None
        own = _codes(source)
        theirs = _codes(target) if target is not None else []
        kinds = {name: kind for name, kind, _ in own}
        yield from _twice(name for name, _, _ in own)
        yield from _twice(name for name, _, _ in theirs)
        others = (name for name, kind, _ in theirs if kinds.get(name, kind) != kind)
        yield from (f"target id {name} is of another kind" for name in others)
        refs = (ref for _, _, refs in (*own, *theirs) for ref in refs)
        yield from (f"no data {ref}" for ref in refs if ref not in data)


def _codes(content: ET.Element) -> list[tuple[str | None, str, list[str]]]:
    refs = ("dataRef", "dataRefStart", "dataRefEnd")
    return [
        (one.get("id"), _name(one), [value for key, value in one.attrib.items() if key in refs])
        for one in content.iter()
        if one is not content and one.get("id")
    ]
