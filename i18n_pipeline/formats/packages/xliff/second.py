"""A `<unit>` of XLIFF 2.x → what was returned.

What CAT tools add (matches, change tracking, elements of their own) is passed over; segments that
they cut are joined again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.packages.package import ID, Exported, KnownCodes, Returned
from i18n_pipeline.formats.packages.xliff.contents import Contents, Node, Unreadable
from i18n_pipeline.formats.packages.xliff.inline import SHORTCUT
from i18n_pipeline.formats.packages.xliff.writer import EXPORTED, NOTE, OWN

_DONE = ("translated", "reviewed", "final")
_STATES = ("", "initial", *_DONE)
_NUMBER = expression(r"[0-9]{1,6}")
_HEX = expression(r"[0-9A-Fa-f]{1,6}")


def read_unit(node: Node, known: KnownCodes) -> Returned:
    """What a unit says. A translation that cannot be read is a fault, with its reason."""
    found = ID.search(node.get("id")) or ID.search(node.get("name"))
    name = found[0] if found else ""
    source = target = fault = ""
    try:
        contents = _Contents(Contents(lambda: known(name)), _data(node))
        source = "".join(contents.read(part.first("source")) for part in _parts(node))
        target = _target(node, contents)
    except Unreadable as failure:
        fault = str(failure)
    segments = [*node.all("segment")]
    states = [one.get("state") for one in segments]
    strange = next((one for one in states if one not in _STATES), "")
    if strange and not fault:
        fault = f"nobody knows the state `{strange}`; finished is one of {', '.join(_DONE)}"
    return Returned(
        id=name,
        context=node.get("name"),
        source=source,
        target=target,
        done=bool(states) and all(one in _DONE for one in states),
        exported=_exported(node),
        comments=tuple(_comments(node)),
        fault=fault,
        line=node.line,
    )


def _parts(node: Node) -> Iterator[Node]:
    return node.all("segment", "ignorable")


def _target(node: Node, contents: _Contents) -> str:
    """The translations of all segments in their order; "" where none is translated."""
    texts: list[tuple[int, str]] = []
    missing = translated = False
    for number, part in enumerate(_parts(node), 1):
        target = part.only("target")
        text = contents.read(target)
        if part.name == "segment":
            missing |= not text
            translated |= bool(text)
        elif target is None:
            text = contents.read(part.first("source"))
        order = target.get("order") if target is not None else ""
        texts.append((int(order) if _NUMBER.fullmatch(order) else number, text))
    if not translated:
        return ""
    if missing:
        raise Unreadable("only a part of it is translated")
    return "".join(text for _, text in sorted(texts, key=lambda one: one[0]))


class _Contents:
    """Reads sources and targets of one unit."""

    def __init__(self, contents: Contents, data: Mapping[str, str]) -> None:
        self._contents = contents
        self._data = data

    def read(self, node: Node | None) -> str:
        """The text of a `<source>` or `<target>`. Raises Unreadable."""
        return self._contents.joined(node, self._put) if node is not None else ""

    def _put(self, node: Node) -> str:
        """An element of the content as text; what is none of the core's says nothing."""
        match node.name:
            case "cp":
                return _character(node)
            case "ph" | "sc":
                return self._code(node, "dataRef", "")[0]
            case "ec":
                return self._end(node)
            case "pc":
                return self._pair(node)
        return self._contents.joined(node, self._put) if node.name == "mrk" else ""

    def _code(self, node: Node, start: str, end: str) -> tuple[str, str]:
        name = node.get("copyOf") or node.get("id")
        opened, closed = self._data.get(node.get(start), ""), self._data.get(node.get(end), "")
        return self._contents.code(name, opened, closed)

    def _end(self, node: Node) -> str:
        own = self._data.get(node.get("dataRef"), "")
        name = node.get("startRef") or node.get("copyOf") or node.get("id")
        return own or self._contents.code(name)[1]

    def _pair(self, node: Node) -> str:
        opened, closed = self._code(node, "dataRefStart", "dataRefEnd")
        inner = self._contents.joined(node, self._put)
        if node.get("subType") == SHORTCUT and closed in ("]", "][]"):
            label = self._contents.labels.setdefault(node.get("id"), inner)
            closed = closed if inner == label else f"][{label}]"
        return opened + inner + closed


def _data(node: Node) -> Mapping[str, str]:
    """The texts of codes by the names that content refers to. Raises Unreadable."""
    found: dict[str, str] = {}
    for one in (one for part in node.all("originalData") for one in part.all("data")):
        texts = (part if isinstance(part, str) else _character(part) for part in one.children)
        found[one.get("id")] = "".join(texts)
    return found


def _character(node: Node) -> str:
    said = node.get("hex")
    number = int(said, 16) if _HEX.fullmatch(said) else -1
    if not 0 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise Unreadable(f"a character is said to be {said or 'nothing'}")
    return chr(number)


def _exported(node: Node) -> Exported | None:
    groups = (group for part in node.all("mda:metadata") for group in part.all("mda:metaGroup"))
    own = (group for group in groups if group.get("category") == OWN)
    metas = (meta for group in own for meta in group.all("mda:meta"))
    said = (Exported.read(meta.text) for meta in metas if meta.get("type") == EXPORTED)
    return next(said, None)


def _comments(node: Node) -> Iterator[str]:
    """Notes of people: ours have a category of ours."""
    for note in (note for part in node.all("notes") for note in part.all("note")):
        if not note.get("category").startswith(NOTE) and note.text.strip():
            yield note.text.strip()
