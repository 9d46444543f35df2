"""Faults that reach beyond a text: blocks, line breaks, template syntax, foreign addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.markdown import Mark
from i18n_pipeline.model import Kind

_BLOCKS = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.FOOTNOTE})


def _begun_with(words: str) -> Callable[[Sound], Iterator[str]]:
    """Words before the text that make a block of it, in blocks that may have several lines."""

    def put(sound: Sound) -> Iterator[str]:
        if sound.subject.segment.markdown and sound.subject.segment.kind in _BLOCKS:
            yield f"{words}{sound.target}"

    return put


def _second_line(sound: Sound) -> Iterator[str]:
    """A line break in a field of one line; a body's lines are folded when it is written."""
    segment = sound.subject.segment
    if not segment.markdown and "\n" not in segment.source:
        yield from _inserted("\n")(sound)


def _inserted(words: str) -> Callable[[Sound], Iterator[str]]:
    """Something between two words, or at the end where no two words can be parted."""

    def put(sound: Sound) -> Iterator[str]:
        if sound.middle > 0 and not sound.is_list:
            at = sound.middle
            yield f"{sound.target[:at]}{words}{sound.target[at:].lstrip()}"

    return put


def _appended(*ends: str) -> Callable[[Sound], Iterator[str]]:
    def put(sound: Sound) -> Iterator[str]:
        for end in ends:
            yield f"{sound.target} {end}"

    return put


def _break_lost(sound: Sound) -> Iterator[str]:
    for token in sound.tokens(Mark.BREAK):
        yield sound.changed((token.start, token.end), sound.gap)


def _break_added(sound: Sound) -> Iterator[str]:
    if sound.subject.segment.markdown and not sound.is_label:
        yield from _inserted("\\\n")(sound)


BLOCKS = (
    Fault("line break in a field", ("structure",), _second_line),
    Fault("code block", ("structure", "leaks"), _begun_with("```\n")),
    Fault("footnote's text", ("structure",), _begun_with("[^1]: ")),
    Fault("HTML block", ("structure", "html"), _begun_with("<div>\n")),
    Fault("hard line break lost", ("line-breaks",), _break_lost),
    Fault("hard line break added", ("line-breaks",), _break_added),
    Fault("template tag", ("template",), _appended("{{ .Site.Title }}", "{% raw %}", "{#top .x}")),
    Fault(
        "foreign link",
        ("destinations",),
        _appended("[x](https://example.org/x)", "https://example.org/x", "[x](javascript:x())"),
    ),
    Fault("foreign image", ("destinations",), _appended("![x](https://example.org/x.png)")),
)
