"""Edits of markup: what leads elsewhere, what is other code, what came and what went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Mark
from i18n_pipeline.stages.alignment import aligned
from i18n_pipeline.stages.edits.ground import Hunk, Side
from i18n_pipeline.stages.edits.kinds import EditKind, Swap
from i18n_pipeline.stages.edits.pieces import Role, Tag
from i18n_pipeline.values import dataclass, field

_LED = frozenset({Mark.LINK, Mark.IMAGE, Mark.AUTOLINK})
_PAIRED = frozenset({Mark.STRONG, Mark.EMPHASIS, Mark.STRIKE})
_SAID = frozenset({Mark.CODE, Mark.MATH, Mark.AUTOLINK, Mark.IMAGE, Mark.TEMPLATE, Mark.STRIKE})
"""Markup that a reader reads: more or less of it is more or less text."""

_PLAIN_HTML = expression(
    r"</?(?:a|abbr|b|big|br|code|em|i|kbd|mark|p|small|span|strong|tt|u)\b", re.IGNORECASE
)
"""Tags with or without which words say the same; `<del>` and `<sup>` are not among them."""

_PLACES = expression(
    r"""\s(?:href|src|id|name|rel|target|width|height)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""",
    re.IGNORECASE,
)
"""Attributes of tags that tell a reader nothing."""


@dataclass
class Marking:
    """What became of the markup of a text, collected place by place."""

    old: Side
    new: Side
    swaps: dict[tuple[int, int], Swap] = field(default_factory=dict)

    def of_markup(self, hunk: Hunk) -> Iterator[EditKind]:
        """What a place is in which markup differs; nothing where none does."""
        old = [(one.slot, one.tag) for one in hunk.old if one.tag is not None]
        new = [(one.slot, one.tag) for one in hunk.new if one.tag is not None]
        pairs = aligned([slot for slot, _ in old], [slot for slot, _ in new])
        for j, i in pairs.items():
            yield from self._exchanged(old[i][1], new[j][1])
        paired = set(pairs.values())
        gone = [tag for i, (_, tag) in enumerate(old) if i not in paired]
        came = [tag for j, (_, tag) in enumerate(new) if j not in pairs]
        for one in gone:
            yield from self._lone(one, came=False)
        for one in came:
            yield from self._lone(one, came=True)

    def _exchanged(self, old: Tag, new: Tag) -> Iterator[EditKind]:
        if old.same == new.same:
            return
        self._swap(old, new)
        if not _is_same_element(old, new):
            yield EditKind.REWRITE
        led, paired = old.mark in _LED, old.mark in _PAIRED
        yield EditKind.DESTINATION if led else EditKind.MARKUP if paired else EditKind.PLACEHOLDER

    def _lone(self, tag: Tag, *, came: bool) -> Iterator[EditKind]:
        raw = (self.new if came else self.old).text.raw
        inner = raw[tag.edges[0][1] : tag.edges[1][0]] if len(tag.edges) > 1 else ""
        self._swap(None if came else tag, tag if came else None, inner)
        yield EditKind.AMOUNT if _is_said(tag) else EditKind.MARKUP

    def _swap(self, old: Tag | None, new: Tag | None, around: str = "") -> None:
        """Both ends of a pair change it once."""
        start = old.edges[0][0] if old else -1, new.edges[0][0] if new else -1
        self.swaps.setdefault(start, Swap(old, new, around))

    def is_markup_of_the_same(self, hunk: Hunk) -> bool:
        """Whether words became code, or code words: `pip`, or pip."""
        old, new = hunk.words
        lone = [one for one in (*hunk.old, *hunk.new) if one.role is Role.LONE]
        if len(lone) != 1 or len(hunk.old) + len(hunk.new) != 1 + len(old) + len(new):
            return False
        tag = lone[0].tag
        side = self.old if lone[0] in hunk.new else self.new
        words = old or new
        if tag is None or tag.mark is not Mark.CODE or bool(old) is bool(new):
            return False
        said = side.text.raw[words[0].span[0] : words[-1].span[1]]
        if tag.value.strip("`").strip() != said:
            return False
        came = lone[0] in hunk.new
        self._swap(None if came else tag, tag if came else None, said)
        return True


def _is_same_element(old: Tag, new: Tag) -> bool:
    """Whether two tags of HTML mark up their words alike: they differ in where they lead alone."""
    if old.mark is not Mark.HTML:
        return True
    return _without_places(old.value) == _without_places(new.value)


def _without_places(tag: str) -> str:
    return "".join(_PLACES.sub("", tag).split()).lower().replace("/>", ">")


def _is_said(tag: Tag) -> bool:
    """Whether a reader reads it, or reads its words otherwise."""
    if tag.mark is Mark.HTML:
        return _PLAIN_HTML.match(tag.value) is None
    return tag.mark in _SAID
