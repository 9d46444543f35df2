"""The wording of a text: what of it likeness is measured by, and the tokens it is found by.

Addresses do not belong to it: a link that leads elsewhere says the same.
"""

from __future__ import annotations

from itertools import pairwise

from i18n_pipeline.expressions import expression

_ADDRESS = expression(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*|(?<=<)https?://[^<>\s]+(?=>)")
_LINKED = ("](", "<http")
# scripts without spaces between words: kana, Han, Bopomofo, Thai, Lao, Burmese, Khmer
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff"
)
_UNSPACED_RUN = expression(f"[{UNSPACED}]+")
_WORD = expression(rf"[^\W_{UNSPACED}]+")
_ASCII_WORD = expression(r"[a-z0-9]+")


def wording_of(text: str) -> str:
    """The text without the addresses of its links, in one line."""
    if any(sign in text for sign in _LINKED):
        text = _ADDRESS.sub(lambda found: "](" if found[0].startswith("]") else "", text)
    return " ".join(text.split()) if "\n" in text or "  " in text else text


def tokens_of(wording: str) -> set[str]:
    """The words of a wording in small letters; of scripts without spaces, pairs of letters."""
    small = wording.lower()
    if small.isascii():
        return set(_ASCII_WORD.findall(small))
    found = set(_WORD.findall(small))
    for run in _UNSPACED_RUN.findall(small):
        found.update(map("".join, pairwise(run)) if len(run) > 1 else run)
    return found
