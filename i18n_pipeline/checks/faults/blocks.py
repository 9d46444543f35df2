"""Faults that reach beyond a text: blocks, line breaks, template syntax, foreign addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.markdown import Mark


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
    Fault("blank line", ("structure",), _inserted("\n\n")),
    Fault("heading in the middle", ("structure",), _inserted("\n# ")),
    Fault("list in the middle", ("structure",), _inserted("\n- ")),
    Fault("code block in the middle", ("structure",), _inserted("\n```\n")),
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
