"""A `<trans-unit>` of XLIFF 1.x, as CAT tools return packages and other tools write catalogs."""

from __future__ import annotations

from i18n_pipeline.formats.packages.package import ID, KnownCodes, Returned
from i18n_pipeline.formats.packages.xliff.contents import Contents, Node, Unreadable

# XLIFF 1.2, `state`; its users may add `x-…`
_DONE = ("translated", "signed-off", "final")
_OPEN = ("new", "needs-", "x-")


def read_trans_unit(node: Node, known: KnownCodes) -> Returned:
    """What a unit says. A translation that cannot be read is a fault, with its reason."""
    found = ID.search(node.get("id")) or ID.search(node.get("resname"))
    name = found[0] if found else ""
    contents = _Contents(Contents(lambda: known(name)))
    source = target = fault = ""
    try:
        source = contents.read(node.first("source"))
        target = contents.read(node.only("target"))
    except Unreadable as failure:
        fault = str(failure)
    notes = (note.text.strip() for note in node.all("note"))
    return Returned(
        id=name,
        context=node.get("resname"),
        source=source,
        target=target,
        done=_is_done(node),
        comments=tuple(filter(None, notes)),
        fault=fault,
        line=node.line,
        path=_path(node),
    )


def _path(node: Node) -> str:
    """The document that a text is said to be from, where that is said of it alone."""
    contexts = (one for group in node.all("context-group") for one in group.all("context"))
    files = (one.text.strip() for one in contexts if one.get("context-type") == "sourcefile")
    return next(files, "")


def _is_done(node: Node) -> bool:
    target = node.first("target")
    state = target.get("state") if target is not None else ""
    return state in _DONE or (node.get("approved") == "yes" and not state.startswith(_OPEN))


class _Contents:
    """Reads the source and the target of one unit."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._halves: dict[tuple[str, int], str] = {}

    def read(self, node: Node | None) -> str:
        """The text of a `<source>` or `<target>`. Raises Unreadable."""
        return self._contents.joined(node, self._put) if node is not None else ""

    def _put(self, node: Node) -> str:
        """An element of the content as text; what is none of the core's says nothing."""
        name = node.get("id")
        match node.name:
            case "ph" | "it" | "x":
                return self._contents.code(name, node.text)[0]
            case "bpt" | "ept":
                side = int(node.name == "ept")
                return self._half(node.get("rid") or name, side, node.text)
            case "bx" | "ex":
                return self._contents.code(node.get("rid") or name)[int(node.name == "ex")]
            case "g":
                opened, closed = self._contents.code(name)
                return opened + self._contents.joined(node, self._put) + closed
        return self._contents.joined(node, self._put) if node.name == "mrk" else ""

    def _half(self, pair: str, side: int, text: str) -> str:
        """One end of a pair: as told here, in the source, or as known."""
        said = text or self._halves.get((pair, side), "") or self._contents.code(pair)[side]
        self._halves.setdefault((pair, side), said)
        return said
