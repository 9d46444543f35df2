"""Faults of markup: code, links, emphasis and HTML dropped, doubled, emptied, changed or broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.markdown import Mark, Token

_LONE = (Mark.CODE, Mark.MATH, Mark.FOOTNOTE)
_PAIRED = (Mark.STRONG, Mark.EMPHASIS, Mark.STRIKE)
_Change = Callable[[Sound, Token], str]


def _dropped(_sound: Sound, _token: Token) -> str:
    return ""


def _doubled(sound: Sound, token: Token) -> str:
    text = sound.target[token.start : token.end]
    return f"{text} {text}"


def _emptied(_sound: Sound, _token: Token) -> str:
    return "` `"


def _altered(sound: Sound, token: Token) -> str:
    """Code with another last character: `max_len` as `max-len`, `top_p` as `top_`."""
    text = sound.target[token.start : token.end]
    return text.replace("_", "-") if "_" in text else f"{text[:-2]}{text[-1:]}"


def _translated(sound: Sound, token: Token) -> str:
    """Code that holds words of the language."""
    words = {"ja": "値", "zh": "值", "ko": "값", "ru": "значение", "es": "valor", "de": "Wert"}
    ticks = sound.target[token.start : token.end]
    mark = ticks[: len(ticks) - len(ticks.lstrip("`"))]
    return f"{mark}{words.get(sound.tongue, 'xyz')}{mark}"


def _words_alone(sound: Sound, token: Token) -> str:
    return sound.target[slice(*token.inner)] if token.inner else ""


def _moved_out(sound: Sound, token: Token) -> str:
    """A pair of marks that stands empty before the words it was around."""
    start, end = token.inner or (token.end, token.end)
    target = sound.target
    return target[token.start : start] + target[end : token.end] + target[start:end]


def _unread(sound: Sound, token: Token) -> str:
    """A link in whose middle a blank crept, so that its words and its address stand there apart."""
    end = token.inner[1] if token.inner else token.end
    rest = sound.target[end : token.end].replace("](", "] (", 1)
    return sound.target[token.start : end] + rest


def _ending_in_a_mark(sound: Sound, token: Token) -> str:
    """Marks around quotation marks; followed by a letter, Markdown closes none of these."""
    start, end = token.inner or (token.end, token.end)
    target = sound.target
    return f"{target[token.start : start]}「{target[start:end]}」{target[end : token.end]}"


def _spaced(sound: Sound, token: Token) -> str:
    start, end = token.inner or (token.end, token.end)
    target = sound.target
    return f"{target[token.start : start]} {target[start:end]} {target[end : token.end]}"


def _at_each(change: _Change, *marks: Mark) -> Callable[[Sound], Iterator[str]]:
    def put(sound: Sound) -> Iterator[str]:
        for token in sound.tokens(*marks):
            yield sound.changed((token.start, token.end), change(sound, token))

    return put


def _links(change: _Change) -> Callable[[Sound], Iterator[str]]:
    """The change at each inline link with words that the source has too."""

    def put(sound: Sound) -> Iterator[str]:
        canonical = sound.subject.addresses.canonical
        known = {canonical(token.destination) for token in sound.subject.source_tokens}
        for token in sound.tokens(Mark.LINK):
            text = sound.target[token.start : token.end]
            if token.inner and "](" in text and canonical(token.destination) in known:
                yield sound.changed((token.start, token.end), change(sound, token))

    return put


def _emphasised(change: _Change) -> Callable[[Sound], Iterator[str]]:
    """The change at each emphasis, where the translation has no more of them than its source."""

    def put(sound: Sound) -> Iterator[str]:
        source = Counter(token.mark for token in sound.subject.source_tokens)
        target = Counter(token.mark for token in sound.subject.target_tokens)
        for token in sound.tokens(*_PAIRED):
            if target[token.mark] <= source[token.mark]:
                yield sound.changed((token.start, token.end), change(sound, token))

    return put


def _elsewhere(sound: Sound, token: Token) -> str:
    """The same link to an address with another last letter."""
    at = token.at or (token.end, token.end)
    old = token.destination.rstrip("/")
    new = old[:-1] + ("x" if old[-1:] != "x" else "y")
    text = sound.target[token.start : token.end]
    start = at[0] - token.start
    return text[:start] + text[start:].replace(old, new, 1)


def _emphasis_unclosed(sound: Sound) -> Iterator[str]:
    for token in sound.tokens(Mark.STRONG, Mark.EMPHASIS):
        if token.inner and sound.target[token.end : token.end + 1].isalpha():
            yield sound.changed((token.start, token.end), _ending_in_a_mark(sound, token))


def _stacked(sound: Sound) -> Iterator[str]:
    """All pieces of code at the beginning, the words behind them."""
    tokens = list(sound.tokens(Mark.CODE))
    if len(tokens) < 2:
        return
    rest = sound.target
    for token in reversed(tokens):
        rest = rest[: token.start] + rest[token.end :]
    yield "".join(sound.target[token.start : token.end] for token in tokens) + rest


def _foreign_html(sound: Sound) -> Iterator[str]:
    if sound.middle > 0 and "<b" not in sound.source:
        at = sound.middle
        yield f"{sound.target[:at]}<br>{sound.target[at:]}"
        yield f"<b>{sound.target[:at]}</b>{sound.target[at:]}"


def _script(sound: Sound) -> Iterator[str]:
    if "<" not in sound.source:
        yield f'{sound.target}<img src="x" onerror="alert(1)">'


def _unclosed_html(sound: Sound) -> Iterator[str]:
    for token in sound.tokens(Mark.HTML):
        if sound.target.startswith("</", token.start):
            yield sound.changed((token.start, token.end), "")


MARKUP = (
    Fault("code dropped", ("placeholders",), _at_each(_dropped, *_LONE)),
    Fault("code doubled", ("placeholders",), _at_each(_doubled, *_LONE)),
    Fault("code emptied", ("placeholders",), _at_each(_emptied, Mark.CODE)),
    Fault("code changed", ("placeholders",), _at_each(_altered, Mark.CODE)),
    Fault("code translated", ("placeholders",), _at_each(_translated, Mark.CODE)),
    Fault("all code moved to the front", ("placeholders",), _stacked),
    Fault("link dropped", ("links",), _links(_words_alone)),
    Fault("link moved out of its words", ("links",), _links(_moved_out)),
    Fault("link that is not read as one", ("links",), _links(_unread)),
    Fault("link to another address", ("destinations", "links"), _links(_elsewhere)),
    Fault("emphasis dropped", ("emphasis",), _emphasised(_words_alone)),
    Fault("emphasis with blanks inside", ("emphasis",), _emphasised(_spaced)),
    Fault("emphasis that does not close", ("emphasis",), _emphasis_unclosed),
    Fault("HTML dropped", ("html-missing", "html"), _at_each(_dropped, Mark.HTML)),
    Fault("HTML that is not closed", ("html", "html-missing"), _unclosed_html),
    Fault("foreign HTML", ("html",), _foreign_html),
    Fault("HTML that runs a script", ("html",), _script),
)
