"""What a fuzzer gives, cut into the texts that a target wants."""

from __future__ import annotations

from i18n_pipeline.errors import BadFile

BETWEEN = b"\n%%%%\n"
"""What stands between two texts of one input: a line that none of our formats has."""


def parts(data: bytes, count: int) -> list[bytes]:
    """So many parts of an input; those that are not there are empty."""
    found = data.split(BETWEEN, count - 1)
    return found + [b""] * (count - len(found))


def joined(*texts: bytes | str) -> bytes:
    """The input that has these parts."""
    return BETWEEN.join(text.encode() if isinstance(text, str) else text for text in texts)


def text_of(data: bytes) -> str:
    """Bytes as text, whatever they are."""
    return data.decode("utf-8", "replace")


def has_place(refused: BadFile) -> None:
    """Fails for a refusal that does not say where."""
    assert refused.problem.line > 0, refused.problem


def has_words(refused: BadFile) -> None:
    """Fails for a refusal that does not say what."""
    assert refused.problem.message, refused.problem
