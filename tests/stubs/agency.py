"""A translator who works on a package in a tool of their own, whatever form it has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree as ET

import polib

CORE = "urn:oasis:names:tc:xliff:document:2.0"
ENDINGS = {"xliff": "xlf", "csv": "csv", "po": "po"}

Says = Callable[[str, str], str | None]
"""What a translator makes of a unit: given its context and source, words to put before the source;
None where they leave it alone."""


def everything(_context: str, _source: str) -> str:
    """Translates all there is."""
    return "X: "


def only_of(context: str) -> Says:
    """Translates one unit."""
    return lambda unit, _source: "X: " if unit == context else None


def work(path: Path, says: Says, *, done: bool = True) -> None:
    """Translate the units of a package, each by words before its source; `done` says so there."""
    ways = {".xlf": _xliff, ".csv": _csv, ".po": _po}
    path.write_bytes(ways[path.suffix](path.read_bytes(), says, done))


def _xliff(data: bytes, says: Says, done: bool) -> bytes:
    root = ET.fromstring(data)  # noqa: S314  # we wrote it
    for unit in root.iter(f"{{{CORE}}}unit"):
        segment = unit.find("{*}segment")
        assert segment is not None
        source = segment.find("{*}source")
        assert source is not None
        words = says(unit.get("name") or "", "".join(source.itertext()))
        if words is None:
            continue
        for old in segment.findall("{*}target"):
            segment.remove(old)
        target = ET.SubElement(segment, f"{{{CORE}}}target")
        target.extend(deepcopy(child) for child in source)
        target.text = words + (source.text or "")
        segment.attrib.pop("subState", None)
        segment.set("state", "final" if done else "initial")
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, "unicode").encode()


def _csv(data: bytes, says: Says, done: bool) -> bytes:
    text = data.decode("utf-8-sig")
    separator = ";" if text.startswith("id;") else ","
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    for row in rows:
        context = "/".join(filter(None, (row["term"], row["field"])))
        source = re.sub(r"\A'(?='*[=+\-@])", "", row["source"])
        words = says(context, source)
        if words is not None:
            row["target"] = words + source
            row["state"] = "Final" if done else "in progress"
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _po(data: bytes, says: Says, done: bool) -> bytes:
    catalog = polib.pofile(data.decode())
    for entry in catalog:
        words = says(entry.msgctxt, entry.msgid)
        if words is not None:
            entry.msgstr = words + entry.msgid
            entry.flags = [] if done else ["fuzzy"]
    return str(catalog).encode()
