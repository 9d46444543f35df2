"""Comment lines that another program wrapped, put together again.

gettext leaves comments as they are; polib, and with it many a script, wraps them at 78 columns when
it saves a file (`wrapwidth`), at blanks and behind hyphens.
"""

from __future__ import annotations

from i18n_pipeline.expressions import expression

_NARROWEST, _WIDEST = 76, 80
"""Columns at which programs wrap: 78 is polib's default."""
_CHUNK = expression(r"\S+?(?<=[^\W\d_]-)(?=\w)|\S+")
_HYPHEN = expression(r"[^\W\d_]-\Z")


def continues(last: str, line: str, mark: str) -> bool:
    """Whether a line is the rest of the one above: its first word had no room there.

    Both are given without the `mark` before them, such as `#. `. A line that is too long to have
    been wrapped goes on nowhere.
    """
    chunk, there = _CHUNK.match(line.lstrip()), len(mark) + len(last.rstrip())
    if chunk is None or there > _WIDEST:
        return False
    return there + len(chunk.group()) >= _NARROWEST


def put_together(whole: str, line: str) -> str:
    """What is known of a line so far, and the rest of it."""
    blank = "" if _HYPHEN.search(whole) else " "
    return f"{whole.rstrip()}{blank}{line.strip()}"
