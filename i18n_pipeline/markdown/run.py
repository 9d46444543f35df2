"""The inline content of one block, read event by event: where it lies and what it says."""

from __future__ import annotations

from bisect import bisect_right

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown.folding import joined
from i18n_pipeline.markdown.parser import Event, Parsed
from i18n_pipeline.markdown.syntax import LETTER
from i18n_pipeline.values import dataclass, field

INLINE_TAGS = frozenset(
    {"Emphasis", "Strong", "Strikethrough", "Link", "Image", "Superscript", "Subscript"}
)
INLINE_LEAVES = frozenset(
    {"Text", "Code", "InlineHtml", "InlineMath", "DisplayMath", "FootnoteReference"}
)
BREAKS = frozenset({"SoftBreak", "HardBreak"})
INLINE = INLINE_TAGS | INLINE_LEAVES | BREAKS

_ADDRESS = expression(r"(?:https?://|www\.)[!-~]*|(?<![!-~])[!-~]{1,64}@[!-~]+")
_HARD = expression(rb"(?: +|\\)\r?\n")
_CALLOUT = expression(rb"\[![\w-]+\][+-]?(?:[ \t]|\Z)")


@dataclass(slots=True)
class Run:
    """Inline content while it is being read. `quotes` is how many block quotes it stands in."""

    parsed: Parsed
    start: int
    end: int
    quotes: int = 0
    translatable: bool = False
    breaks: list[tuple[str, int, int]] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    _depth: int = 0
    _autolink: int = 0
    _pending: tuple[str, int, int] | None = None

    def take(self, event: Event) -> None:
        """Read one inline event."""
        phase, name, start, end, _ = event
        if self._pending is not None:
            self._resume(self._pending, start, phase)
        if name in BREAKS:
            self._pending = (name, start, end)
            return
        self.end = max(self.end, end)
        if name == "Text":
            if not self.translatable and not self._autolink:
                self.translatable = self._has_words(event)
        elif name in INLINE_TAGS:
            self._tag(event)
        elif name == "FootnoteReference":
            self.references["^" + event.detail["text"]] = ""

    def _tag(self, event: Event) -> None:
        if event.phase == "end":
            self._depth -= 1
            self._autolink = min(self._autolink, self._depth)
            return
        self._depth += 1
        detail = event.detail
        link_type = detail.get("link_type", "")
        if link_type in ("Autolink", "Email"):
            self._autolink = self._depth
        elif link_type in ("Reference", "Collapsed", "Shortcut"):
            self.references[detail["id"]] = detail["dest_url"]
        elif link_type == "Inline" and detail.get("title"):
            self.translatable = True

    def _has_words(self, event: Event) -> bool:
        """Whether a text holds words: letters outside template tags and addresses."""
        text = event.detail["text"]
        if not LETTER.search(text):
            return False
        if self.parsed.tags:
            text = self._without_tags(event)
        elif "@" not in text and "//" not in text and "www." not in text:
            return True
        return bool(LETTER.search(_ADDRESS.sub("", text)))

    def _without_tags(self, event: Event) -> str:
        data, tags = self.parsed.data, self.parsed.tags
        at = bisect_right(tags, (event.start, event.start))
        at -= at > 0 and tags[at - 1][1] > event.start
        if at == len(tags) or tags[at][0] >= event.end:
            return event.detail["text"]
        kept, position = b"", event.start
        while at < len(tags) and tags[at][0] < event.end:
            kept += data[position : max(tags[at][0], position)]
            position = min(tags[at][1], event.end)
            at += 1
        return (kept + data[position : event.end]).decode("utf-8", "replace")

    def _resume(self, pending: tuple[str, int, int], start: int, phase: str) -> None:
        """Note where the text goes on after a line break."""
        name, left, right = pending
        self._pending = None
        if start >= right and phase != "end":
            resume = escaped(self.parsed.data, start, right)
        else:
            resume = self._after_marks(right)
        self.breaks.append((name, left, resume))

    def _after_marks(self, position: int) -> int:
        """The place behind a line's indentation and quote marks."""
        data = self.parsed.data
        for _ in range(self.quotes):
            behind = _behind_blanks(data, position)
            if data[behind : behind + 1] != b">":
                break
            position = behind + 1
        return _behind_blanks(data, position)

    def split_callout(self) -> None:
        """Leave out the mark of a callout (`[!NOTE]`), which has to keep its line."""
        data = self.parsed.data
        line_end = self.breaks[0][1] if self.breaks else self.end
        found = _CALLOUT.match(data, self.start, line_end)
        if not found or not self.breaks:
            return
        if _behind_blanks(data, found.end()) >= line_end:
            self.start = self.breaks.pop(0)[2]

    def source(self) -> str:
        """The content as one text, soft breaks folded."""
        if not self.breaks:
            return self._text(self.start, self.end)
        rest: list[tuple[str, str]] = []
        first = self._text(self.start, self.breaks[0][1])
        ends = [start for _, start, _ in self.breaks[1:]] + [self.end]
        for (name, start, resume), end in zip(self.breaks, ends, strict=True):
            rest.append((self._mark(name, start), self._text(resume, end)))
        return joined(first, rest)

    def _text(self, start: int, end: int) -> str:
        """Raw text between two breaks; a line end inside code or a tag is a space."""
        raw = self.parsed.data[start:end]
        if b"\n" not in raw:
            return raw.decode()
        parts = []
        while (newline := self.parsed.data.find(b"\n", start, end)) >= 0:
            parts.append(self.parsed.data[start:newline].rstrip(b" \t\r"))
            start = min(self._after_marks(newline + 1), end)
        return b" ".join([*parts, self.parsed.data[start:end]]).decode()

    def _mark(self, name: str, start: int) -> str:
        """A hard break as it is written, "" for a soft one."""
        if name == "SoftBreak":
            return ""
        found = _HARD.match(self.parsed.data, start)
        return found.group().decode().replace("\r", "") if found else "\\\n"


def escaped(data: bytes, start: int, floor: int) -> int:
    """The start of a text with its backslash: the parser leaves that out of the range."""
    return start - 1 if start > floor and data[start - 1 : start] == b"\\" else start


def _behind_blanks(data: bytes, position: int) -> int:
    while data[position : position + 1] in (b" ", b"\t"):
        position += 1
    return position
