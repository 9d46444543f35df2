"""Commits as `git log` tells them, kept apart from whatever their authors wrote into them.

Names and subjects may hold any character but NUL, so a record is marked by a word that nobody who
wrote a commit could know.
"""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_hex

from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Commit:
    """Who committed, and when: ISO 8601 times with their zone, as git has them."""

    id: str
    author: str
    authored: str
    committed: str
    summary: str


@dataclass(frozen=True, slots=True)
class Records:
    """How one `git log` is asked, and how its answer is read."""

    word: str

    @classmethod
    def asked(cls) -> Records:
        """With a word of its own."""
        return cls(token_hex(16))

    @property
    def format(self) -> str:
        """What `--format` says; with `-z --raw` the changed files follow."""
        fields = f"{self.word},".join(("%H", "%an", "%aI", "%cI", "%s"))
        return f"{self.word}:{fields}"

    def read(self, log: bytes) -> Iterator[tuple[Commit, list[bytes]]]:
        """Each commit, and what follows it until the next, cut at its NULs."""
        for part in log.split(f"{self.word}:".encode())[1:]:
            head, *rest = part.split(b"\0")
            fields = head.rstrip(b"\n").decode("utf-8", "replace").split(f"{self.word},")
            yield Commit(*fields), rest
