"""How a stub server says no."""

from __future__ import annotations

Json = dict[str, object]


class Refusal(Exception):
    """A status other than 200, with what the body says."""

    def __init__(self, status: int, message: str, word: str = "message") -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {word: message}
