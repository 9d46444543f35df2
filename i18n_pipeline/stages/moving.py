"""Moving: a term gets another slug in its files, and in the links and lists that name it.

Only these places change, and every other byte stays, so that the way back gives all bytes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, normpath

from i18n_pipeline.config import Role
from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.body import Body, Patch, Slot
from i18n_pipeline.formats.front_matter import Change, SetText, scalars
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.formats.term_names import Names
from i18n_pipeline.links import (
    Addresses,
    changed_destination,
    changes_of_destinations,
    with_destinations,
)
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.placeholders import tokens_of
from i18n_pipeline.values import dataclass

Relink = Callable[[str], str]
"""A destination as it is once the term has moved."""

_SCHEME = expression(r"[A-Za-z][A-Za-z0-9+.-]*:|[/#?]")
_REST = expression(r"[?#]")
_UP = expression(r"(?:\.{1,2}/)+")


@dataclass(frozen=True, slots=True)
class Move:
    """From which slug to which; the same of the files' names, without locale and `ending`."""

    old: str
    new: str
    old_name: str
    new_name: str
    ending: str = ".md"

    def name(self, name: str) -> str:
        """A file's name after the move."""
        return self.new_name if name == self.old_name else name


@dataclass(frozen=True)
class Moving:
    """A move among the addresses that are known: those of one locale, or of all for a source."""

    move: Move
    addresses: tuple[Addresses, ...]
    rules: Rules

    def relink(self, page: str) -> Relink:
        """What becomes of destinations on a page, by the page's name."""

        def changed(destination: str) -> str:
            for one in self.addresses:
                known = one.moved(destination, self.move.old, self.move.new)
                if known != destination:
                    return known
            return self._relative(destination, page)

        return changed

    def _relative(self, destination: str, page: str) -> str:
        """A destination relative to a page, to its folder, or to the folder of all terms."""
        if _SCHEME.match(destination):
            return destination
        cut = found.start() if (found := _REST.search(destination)) else len(destination)
        path, rest = destination[:cut], destination[cut:]
        slash = "/" if path.endswith("/") else ""
        bare = path.removesuffix("/")
        ending = self.move.ending if bare.endswith(self.move.ending) and not slash else ""
        bare = bare.removesuffix(ending) if ending else bare
        if not bare or not self._leads_to_old(bare, page):
            return destination
        old, new = (one.rpartition("/")[2] for one in (self.move.old_name, self.move.new_name))
        return f"{bare.removesuffix(old)}{new}{ending}{slash}{rest}" if old else destination

    def _leads_to_old(self, path: str, page: str) -> bool:
        move = self.move
        if not path.endswith(move.old_name.rpartition("/")[2]):
            return False
        plain = _UP.sub("", path, count=1) if _UP.match(path) else path
        bases = (dirname(page), page)
        return plain in (move.old, move.old_name) or any(
            normpath(f"{base}/{path}" if base else path) == move.old_name for base in bases
        )

    def text(self, text: str, segment: Segment, page: str) -> str:
        """A source text or a translation with its links moved."""
        if segment.kind is Kind.LIST or not self._may_link(text):
            return text
        try:
            tokens = tokens_of(segment, text, self.rules.extensions)
        except BadFile:
            return text
        return with_destinations(text, tokens, self.relink(page))

    def _may_link(self, text: str) -> bool:
        return self.move.old.rpartition("/")[2] in text

    def file(self, file: TermFile, name: str) -> TermFile:
        """A term file after the move. Raises BadFile where it would not read back as meant."""
        changes = [*self._slug(file, name), *self._lists(file)]
        wanted = [self.text(one.source, one, name) for one in file.segments]
        count = len(file.fields)
        for slot, text in zip(file.fields, wanted, strict=False):
            if text != slot.segment.source:
                changes.append(SetText(slot.path, text))
        definitions = list(self._definitions(file.body, name))
        pairs = [
            (slot, text)
            for slot, text in zip(file.body.slots, wanted[count:], strict=True)
            if text != slot.segment.source
        ]
        for patched in (self._raw, _whole):
            patches = [patched(file.body, slot, text, name) for slot, text in pairs]
            data = file.render(changes, [*patches, *definitions])
            moved = read_term(data, self.rules, self.move.name(name), file.locale)
            if [one.source for one in moved.segments] == wanted:
                return moved
        raise BadFile("would-not-read-back", f"with `{self.move.new}` it would not read as it does")

    def _slug(self, file: TermFile, name: str) -> Iterator[Change]:
        field = self.rules.fields.slug
        if field and file.front and name == self.move.old_name:
            yield SetText((Names(self.rules.fields, file.front).key(field),), self.move.new)

    def _lists(self, file: TermFile) -> Iterator[Change]:
        """The places of lists of slugs where the term is named."""
        for key, value in file.values.items():
            if self.rules.fields.role(key) is Role.LINKS:
                for path, text in scalars(value, (key,)):
                    if text.strip() == self.move.old:
                        yield SetText(path, self.move.new)

    def _definitions(self, body: Body, name: str) -> Iterator[Patch]:
        for start, end in body.addresses:
            raw = body.data[start:end].decode()
            moved = changed_destination(raw, self.relink(name))
            if moved != raw:
                yield start, end, moved.encode()

    def _raw(self, body: Body, slot: Slot, text: str, name: str) -> Patch:
        """A slot with nothing but the destinations changed where they stand in the file."""
        leaf, segment = slot.leaf, slot.segment
        raw = body.data[leaf.start : leaf.end].decode()
        tokens = tokens_of(segment, segment.source, self.rules.extensions)
        parts: list[str] = []
        position = 0
        for (start, end), new in changes_of_destinations(segment.source, tokens, self.relink(name)):
            at = _place_in(raw, segment.source, start, end)
            if at < position:
                return _whole(body, slot, text, name)
            parts += [raw[position:at], new]
            position = at + end - start
        return leaf.start, leaf.end, "".join([*parts, raw[position:]]).encode()


def _place_in(raw: str, text: str, start: int, end: int) -> int:
    """Where a piece of a folded text stands in the file; -1 where that is not certain.

    Lines are folded between words: a piece is as often before its place here as there.
    """
    piece = text[start:end]
    here = [found.start() for found in re.finditer(f"(?={re.escape(piece)})", text)]
    there = [found.start() for found in re.finditer(f"(?={re.escape(piece)})", raw)]
    return there[here.index(start)] if len(here) == len(there) else -1


def _whole(body: Body, slot: Slot, text: str, _name: str) -> Patch:
    return body.edit(slot, text)
