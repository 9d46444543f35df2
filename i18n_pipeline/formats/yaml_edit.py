"""Changes to a YAML block as splices: each touches its own place and no other byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, assert_never

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats import yaml_text
from i18n_pipeline.formats.front_matter import (
    AddText,
    Change,
    CopyEntry,
    Path,
    Remove,
    SetItems,
    SetText,
    unwritable,
)
from i18n_pipeline.formats.yaml_text import Scalar, double_quoted, fits_plain, line_end
from i18n_pipeline.values import dataclass, field


class Entry(NamedTuple):
    """A top-level key with its value: the range of its lines."""

    start: int
    end: int


class Items(NamedTuple):
    """A list under a top-level key: its range, whether it stands in brackets, how many items."""

    start: int
    end: int
    flow: bool
    length: int


@dataclass(frozen=True)
class Layout:
    """Where everything stands in a block, in characters."""

    scalars: Mapping[Path, Scalar] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    lists: Mapping[str, Items] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The end of the last entry."""
        return max((entry.end for entry in self.entries.values()), default=0)


class _Splice(NamedTuple):
    start: int
    end: int
    order: int
    text: str


def edited(text: str, layout: Layout, changes: Sequence[Change], *, quoted: bool) -> str:
    """The block with the changes made; with `quoted` every new scalar stands in double quotes."""
    editor = _Editor(text, layout, quoted)
    for change in changes:
        editor.take(change)
    parts: list[str] = []
    position = 0
    for splice in sorted(editor.splices):
        parts += [text[position : splice.start], splice.text]
        position = max(position, splice.end)
    return "".join(parts) + text[position:]


class _Editor:
    """Takes changes one by one and collects their splices."""

    def __init__(self, text: str, layout: Layout, quoted: bool) -> None:
        self.splices: list[_Splice] = []
        self._text = text
        self._layout = layout
        self._quoted = quoted
        self._eol = line_end(text)
        self._added: dict[str, int] = {}

    def take(self, change: Change) -> None:
        """Collect the splices of one change."""
        match change:
            case SetText(path, text):
                self._set(path, text)
            case SetItems(key, items):
                self._set_items(key, items)
            case CopyEntry():
                self._copy(change)
            case AddText():
                self._add(change)
            case Remove(key):
                self._splice(*self._layout.entries[key], "")
            case _:
                assert_never(change)

    def _splice(self, start: int, end: int, text: str) -> None:
        self.splices.append(_Splice(start, end, len(self.splices), text))

    def _insert(self, place: int, line: str) -> None:
        begun = place > 0 and self._text[place - 1] != "\n"
        self._splice(place, place, (self._eol if begun else "") + line + self._eol)

    def _set(self, path: Path, text: str) -> None:
        scalar = self._layout.scalars[path]
        spelled = yaml_text.spelled(self._text, scalar, text, quoted=self._quoted)
        self._splice(scalar.start, scalar.end, self._gap(scalar.start) + spelled)

    def _gap(self, start: int) -> str:
        """A blank where an empty value stands right behind its colon."""
        return " " if self._text[start - 1 : start] in (":", "-", "?") else ""

    def _set_items(self, key: str, items: Sequence[str]) -> None:
        there = self._layout.lists.get(key)
        scalars = list(self._scalars_of(key))
        if there is None:
            scalar = self._layout.scalars.get((key,))
            if scalar is None:
                raise unwritable()
            self._splice(
                scalar.start, scalar.end, self._gap(scalar.start) + self._flow(items, None)
            )
        elif there.length == len(items) == len(scalars) and _on_one_line(scalars):
            for at, item in enumerate(items):
                self._set((key, at), item)
        elif there.flow or not items:
            gap = "" if there.flow else " "  # at the margin a bracket would begin no value
            like = scalars[0] if scalars else None
            self._splice(there.start, there.end, gap + self._flow(items, like))
        else:
            self._block_items(there, items, scalars[0] if scalars else None)

    def _scalars_of(self, key: str) -> Iterator[Scalar]:
        """The scalars that are items of a list, as far as it has only such."""
        at = 0
        while scalar := self._layout.scalars.get((key, at)):
            yield scalar
            at += 1

    def _block_items(self, there: Items, items: Sequence[str], like: Scalar | None) -> None:
        indent = self._text[self._text.rfind("\n", 0, there.start) + 1 : there.start]
        lines = [f"- {yaml_text.item(like, item, quoted=self._quoted)}" for item in items]
        ends_line = self._text[there.start : there.end].endswith("\n")
        text = f"{self._eol}{indent}".join(lines) + (self._eol if ends_line else "")
        self._splice(there.start, there.end, text)

    def _flow(self, items: Sequence[str], like: Scalar | None) -> str:
        style = like.style if like and like.style not in ("|", ">") else ""
        model = Scalar("", style=style, in_flow=True)
        spelled = [yaml_text.item(model, item, quoted=self._quoted) for item in items]
        return "[" + ", ".join(spelled) + "]"

    def _copy(self, change: CopyEntry) -> None:
        layout = getattr(change.origin, "layout", None)
        if not isinstance(layout, Layout):
            raise BadFile(
                "front-matter-kinds",
                "source and target have front matter of different kinds",
                mend="use YAML (---) or TOML (+++) in both",
            )
        there = layout.entries[change.key]
        text = change.origin.text[there.start : there.end].rstrip("\r\n").replace("\r\n", "\n")
        text = text.replace("\n", self._eol)
        here = self._layout.entries.get(change.key)
        if here:
            self._splice(here.start, here.end, text + self._eol)
        else:
            self._added[change.key] = place = self._place_after(change.after)
            self._insert(place, text)

    def _add(self, change: AddText) -> None:
        text = change.text
        plain = change.literal or (not self._quoted and fits_plain(text, in_flow=False))
        place = self._layout.end if change.after is None else self._place_after(change.after)
        self._added[change.key] = place
        self._insert(place, f"{change.key}: {text if plain else double_quoted(text)}")

    def _place_after(self, key: str) -> int:
        """The end of a key's entry; a key added in the same edit stands where that was put."""
        if not key:
            return 0
        entry = self._layout.entries.get(key)
        return entry.end if entry else self._added.get(key, self._layout.end)


def _on_one_line(scalars: Sequence[Scalar]) -> bool:
    """Whether no item is a block scalar, which would end in a line end of its own."""
    return all(scalar.style not in ("|", ">") for scalar in scalars)
