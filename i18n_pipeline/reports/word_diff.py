"""Two texts as one, with what differs marked as git's word diff does: `[-old-]{+new+}`."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORDS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+|\\s+|."
)
"""A word, a blank, a sign; in scripts without spaces each letter is one of them."""


def word_diff(old: str, new: str) -> str:
    """Both texts in one, words that only the old or only the new one has between marks."""
    one, other = (_WORDS.findall(text.replace("\n", " ")) for text in (old, new))
    parts: list[str] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(one[i1:i2]), "".join(other[j1:j2])
        if tag == "equal":
            parts.append(gone)
            continue
        parts += [f"[-{gone}-]" if gone else "", f"{{+{come}+}}" if come else ""]
    return "".join(parts)
