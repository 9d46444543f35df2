"""Whether a file is an earlier output of a command, which the next one may replace.

A package into which somebody put a translation is none any more: it holds their work. Tables of
terms say nothing of where they are from, so none is known for ours.
"""

from __future__ import annotations

from collections.abc import Callable

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.tbx import EXPORTED as TERMBASE
from i18n_pipeline.formats.packages import read_package
from i18n_pipeline.formats.packages.xliff.reader import no_codes
from i18n_pipeline.formats.plan import read_plan
from i18n_pipeline.formats.tmx.writer import HEADER as MEMORY

IsEarlier = Callable[[bytes], bool]
"""Tells whether a file's bytes are those of an earlier output."""

REVIEW = '<meta name="generator" content="i18n review">'
"""What a page to review on says of where it is from."""

_HEAD = 1000


def nothing(_data: bytes) -> bool:
    """For outputs that cannot be told from other files."""
    return False


def anything(_data: bytes) -> bool:
    """For a user who says that the file may go."""
    return True


def is_plan(data: bytes) -> bool:
    """A plan, of whatever sources."""
    try:
        read_plan(data)
    except BadFile:
        return False
    return True


def is_summary(data: bytes) -> bool:
    """A run's summary; an empty file too, as CI servers hand out for one."""
    return not data.strip() or data.startswith(b"## Translations: ")


def is_badge(data: bytes) -> bool:
    """A badge that we drew."""
    return b" of terms reviewed</title>" in data[:_HEAD]


def is_review(data: bytes) -> bool:
    """A page to review on, as `i18n review -o` writes it: decisions are never in it."""
    return REVIEW.encode() in data[:_HEAD]


def is_memory(data: bytes) -> bool:
    """A translation memory that we wrote."""
    return MEMORY.encode() in data[:_HEAD]


def is_termbase(data: bytes) -> bool:
    """A termbase that we wrote."""
    return TERMBASE.encode() in data[:_HEAD]


def is_package(name: str) -> IsEarlier:
    """A work package that is as it went out, all of it; `name` says which form it has."""

    def is_untouched(data: bytes) -> bool:
        try:
            units = read_package(name, data, no_codes).units
        except BadFile:
            return False
        return bool(units) and all(one.id and one.is_untouched for one in units)

    return is_untouched
