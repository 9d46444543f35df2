"""Percent-encoding of names, for the formats that split their lines at spaces (PO, lock)."""

from __future__ import annotations

import re

from i18n_pipeline.expressions import expression

_ENCODED = expression(r"(?:%[0-9A-Fa-f]{2})+")


def encode(text: str, unsafe: re.Pattern[str]) -> str:
    """`text` with everything that `unsafe` matches written as %XX of its UTF-8 bytes.

    `unsafe` must match `%` itself, or `decode` would not give the text back.
    """
    return unsafe.sub(_quoted, text)


def decode(text: str) -> str:
    """The text that `encode` was given. A stray `%` stays, bytes not UTF-8 become U+FFFD."""
    return _ENCODED.sub(_unquoted, text) if "%" in text else text


def _quoted(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _unquoted(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")
