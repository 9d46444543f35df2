"""Text as a terminal or a CI server's log may have it: nothing that it holds is a command."""

from __future__ import annotations

import json
import re

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.percent import encode

# C0 (but for tab) and C1; zero width; bidi marks, embeddings and isolates; separators; interlinear
# annotation; tags; lone surrogates; noncharacters. And `##[…]`, `##vso[…]`, `##teamcity[…]`, which
# servers obey in the middle of a line.
_UNSAFE = expression(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
    r"|#(?=#\w*\[)"
)
_UNSAFE_IN_JSON = expression(r"\x7f|#(?=#\w*\[)")
_OUTSIDE_ADDRESSES = expression(r"[^A-Za-z0-9._~:/?#@!$&'*+,;=%-]")
_COMMAND = expression(r"\A(\s*):(?=:)")


def spelled(text: str) -> str:
    r"""A text with what is unseen or drives something spelled out (`\u001b`), tabs as spaces."""
    return _UNSAFE.sub(_code, text).replace("\t", " ")


def safe(line: str) -> str:
    """A line that drives neither a terminal nor a log, whose commands begin with two colons."""
    return _COMMAND.sub(r"\1\\u003a", spelled(line))


def address(url: str) -> str:
    """An address with all percent-encoded that Markdown or a log obeys, or a reader misreads.

    What is left may stand in it (RFC 3986), but for brackets, which end a Markdown link.
    """
    return encode(url, _OUTSIDE_ADDRESSES)


def json_of(document: object) -> str:
    """A value as JSON with a final newline: ASCII, and no command to the log that it is shown in.

    What drives something is an escape of JSON's own, so that a reader gets the text as it was.
    """
    return _UNSAFE_IN_JSON.sub(_code, json.dumps(document, indent=2)) + "\n"


def _code(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
