"""How a text is spelled as a YAML scalar, so that every reader takes it for that very string."""

from __future__ import annotations

import json
import re

from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass

_NOT_TEXT = expression(
    r"(?:~|null|y|n|yes|no|true|false|on|off|=|<<"
    r"|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|\.\d[\d_]*"
    r"|\d[\d_]*(?::[0-5]?\d)*(?:\.[\d_]*)?)(?:e[-+]?\d+)?"
    r"|[-+]?\.inf|\.nan|\d{4}-\d\d?-\d\d?(?:[t \t].*)?)?\Z",
    re.IGNORECASE,
)
_UNPRINTABLE = expression(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BLOCK_HEADER = expression(r"[|>][+-]?[ \t]*\r?\n")
_INDENT = expression(r"\n*( +)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar at its place: `start` and `end` count characters, `style` is its first mark.

    `is_text` says that no reader takes it for a number, date or truth value.
    """

    value: str
    start: int = 0
    end: int = 0
    style: str = ""
    is_text: bool = True
    in_flow: bool = False


def is_text(plain: str) -> bool:
    """Whether an unquoted scalar is a string to YAML 1.1 and 1.2 readers alike."""
    return not _NOT_TEXT.match(plain)


def line_end(text: str) -> str:
    """The line end in use: CRLF where the text has one."""
    return "\r\n" if "\r\n" in text else "\n"


def spelled(block: str, scalar: Scalar, text: str, *, quoted: bool) -> str:
    """A text in the scalar's own style where that can hold it, else in double quotes."""
    if scalar.style in ("|", ">"):
        kept = "" if quoted else _block(block, scalar, text)
        return kept or _quoted_block(block, scalar, text)
    return item(scalar, text, quoted=quoted)


def item(like: Scalar | None, text: str, *, quoted: bool) -> str:
    """A text spelled on one line like another scalar, as far as that can hold it."""
    style = like.style if like else ""
    if style == "'" and not quoted and _fits_single(text):
        return "'" + text.replace("'", "''") + "'"
    if style or quoted or not fits_plain(text, in_flow=bool(like and like.in_flow)):
        return double_quoted(text)
    return text


def fits_plain(text: str, *, in_flow: bool) -> bool:
    """Whether a text can stand without quotes and is read as the same string."""
    if not is_text(text) or text != text.strip() or _UNPRINTABLE.search(text):
        return False
    if text[0] in _INDICATORS or text.endswith(":") or any(c in text for c in "\n\t"):
        return False
    if ": " in text or " #" in text:
        return False
    return not in_flow or not any(character in text for character in ",[]{}")


def _fits_single(text: str) -> bool:
    return not _UNPRINTABLE.search(text) and "\n" not in text and "\t" not in text


def double_quoted(text: str) -> str:
    """Double quotes as JSON writes them: YAML-safe once the unprintable ones are escaped."""
    plain = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", plain)


def _quoted_block(block: str, scalar: Scalar, text: str) -> str:
    """A block scalar's text in quotes; the next key must not be glued to it."""
    newlines = len(scalar.value) - len(scalar.value.rstrip("\n"))
    ends_line = block[scalar.start : scalar.end].endswith("\n")
    return double_quoted(text + "\n" * newlines) + (line_end(block) if ends_line else "")


def _block(block: str, scalar: Scalar, text: str) -> str:
    """A literal or folded block with the original's indentation, or "" where it cannot be one."""
    raw = block[scalar.start : scalar.end].replace("\r\n", "\n")
    header = _BLOCK_HEADER.match(raw)
    indent = _INDENT.match(raw, header.end()) if header else None
    lines = text.split("\n")
    if not header or not indent or not lines[0] or _UNPRINTABLE.search(text):
        return ""
    if any(line != line.strip() for line in lines):
        return ""
    between = "\n\n" if scalar.style == ">" else "\n"
    body = "".join(
        (indent[1] + line if line else "") + "\n" for line in between.join(lines).split("\n")
    )
    after = raw[len(raw.rstrip("\n")) + 1 :] if raw.endswith("\n") else ""
    written = header.group() + (body if raw.endswith("\n") else body[:-1]) + after
    return written.replace("\n", line_end(block))
