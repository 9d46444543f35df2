"""Quality: no text read in the wrong encoding, such as `â€”` for a dash; a repair is proposed.

UTF-8 bytes taken for Windows-1252 turn back cleanly. Nothing is repaired by itself: what a person
wrote is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Severity

# The bytes 80-9F as Windows-1252 shows them (its five gaps as C1 controls); A0-BF are themselves.
_HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
_NEXT = f"[{_HIGH}\xa0-\xbf]"
_MIXED_UP = expression(f"(?:[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{{2}}|[\xf0-\xf4]{_NEXT}{{3}})+")
_BYTES = {ord(character): 0x80 + at for at, character in enumerate(_HIGH)}
_CLOSING = frozenset("”’»…–—\xa0")
_PLAUSIBLE = expression(r"[\u00a0-\u017f\u2000-\u22ff\U0001f000-\U0001faff]+|[^\x00-\x7f]{3,}")
"""A Latin letter or a sign alone, or several characters: two accented letters in a row are words
of many languages, and one rare character proves nothing."""
_EAST_ASIAN = expression("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]+")
_LAYERS = 3
_LOST = "\ufffd"


def proposals(text: str) -> dict[str, str]:
    """Pieces of a text that were read in the wrong encoding, each with what it probably was."""
    found: dict[str, str] = {}
    if text.isascii():
        return found
    for match in _MIXED_UP.finditer(text):
        piece = match.group()
        if _is_capital_and_quote(text, match):
            continue
        repair = _repaired(piece)
        if _PLAUSIBLE.fullmatch(repair) or _is_among_its_own(text, match, repair):
            found[piece] = repair
    return found


def _is_among_its_own(text: str, match: re.Match[str], repair: str) -> bool:
    """Whether a few letters become Chinese or Japanese ones, and stand beside such letters."""
    beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return _EAST_ASIAN.fullmatch(repair) is not None and _EAST_ASIAN.search(beside) is not None


def complaints(text: str) -> Iterator[str]:
    """What there is to say about a text's encoding."""
    for piece, repair in proposals(text).items():
        yield f"{quoted(piece)} was read in the wrong encoding; it probably was {quoted(repair)}"
    if _LOST in text:
        yield "holds U+FFFD: a character was lost when the text was decoded"


def _is_capital_and_quote(text: str, match: re.Match[str]) -> bool:
    """Whether it is the end of a word in capitals before a quotation mark, as in “MAÇÔ."""
    piece = match.group()
    return len(piece) == 2 and piece[1] in _CLOSING and text[: match.start()][-1:].isupper()


def _repaired(piece: str) -> str:
    """The piece as it was before it was misread, however often; "" where that makes no sense."""
    for _ in range(_LAYERS):
        try:
            better = piece.translate(_BYTES).encode("latin-1").decode()
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
        piece = better
        if not _MIXED_UP.fullmatch(piece):
            # `â€” whose last sign an editor made a dash: its bytes say U+2017, which nobody writes.
            return piece.replace("\u2017", "\u2014")
    return ""


def _find(subject: Subject) -> Iterator[Finding]:
    """What is damaged in the target alone: a damaged source is mended first."""
    known = set(complaints(subject.source))
    return (Finding(one) for one in complaints(subject.target) if one not in known)


MOJIBAKE = Rule(
    "mojibake",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose="text that was read in the wrong encoding",
)

SOURCE_MOJIBAKE = Rule(
    "source-mojibake",
    Severity.ERROR,
    safety=False,
    find=lambda subject: map(Finding, complaints(subject.source)),
    purpose="text of a source that was read in the wrong encoding: it is not sent to a provider",
)
