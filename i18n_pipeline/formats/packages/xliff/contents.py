"""What an XLIFF file holds while it is read: nodes of one unit, and texts of codes put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from i18n_pipeline.formats.packages.package import Codes
from i18n_pipeline.values import dataclass, field


@dataclass(slots=True)
class Node:
    """An element with what is in it; names without the core's namespace."""

    name: str
    attributes: Mapping[str, str]
    line: int = 0
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; "" where it is not there."""
        return self.attributes.get(name, "")

    def all(self, *names: str) -> Iterator[Node]:
        """Its children of these names, in order."""
        return (one for one in self.children if isinstance(one, Node) and one.name in names)

    def first(self, name: str) -> Node | None:
        """Its first child of a name."""
        return next(self.all(name), None)

    def only(self, name: str) -> Node | None:
        """The same where there may be one. Raises Unreadable for two."""
        found = [*self.all(name)]
        if len(found) > 1:
            raise Unreadable(f"it has {len(found)} {name}s, and nobody knows which counts")
        return found[0] if found else None

    @property
    def text(self) -> str:
        """All characters in it, however deep."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)


class Unreadable(Exception):
    """Why the content of a unit cannot be read; never leaves this folder."""


@dataclass
class Contents:
    """Puts the texts of codes back, the source's first: a translation's codes refer to them.

    `known` gives the codes that we know of the unit, for where the file has lost their texts.
    """

    known: Callable[[], Codes]
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def joined(self, node: Node, put: Callable[[Node], str]) -> str:
        """The characters of a node with each of its elements put as text."""
        return "".join(one if isinstance(one, str) else put(one) for one in node.children)

    def code(self, name: str, open_text: str = "", close_text: str = "") -> tuple[str, str]:
        """What opens and closes a code: as told, as in the source, or as known. Raises Unreadable.

        The first time that a code is told of decides for those that have only its name.
        """
        if open_text or close_text:
            self.codes.setdefault(name, (open_text, close_text))
            return open_text, close_text
        found = self.codes.get(name) or self.known().get(name)
        if found is None:
            raise Unreadable(f"the file does not say what placeholder {name or '?'} stands for")
        return found
