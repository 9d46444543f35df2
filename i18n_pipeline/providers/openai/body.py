"""The body of a reply, read for so long and no longer; imported with the client."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from httpx2 import ReadTimeout, Response, SyncByteStream


class InTime(SyncByteStream):
    """A stream that gives up: a server that says a little all the time meets every read timeout."""

    def __init__(self, stream: SyncByteStream, end: float, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._end = end
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            yield piece
            if self._clock() > self._end:
                raise ReadTimeout("a reply without an end")

    def close(self) -> None:
        """Give back the connection."""
        self._stream.close()


def read_within(seconds: float, clock: Callable[[], float]) -> Callable[[Response], None]:
    """A hook for replies: their bodies have so many seconds, counted from the headers."""

    def hook(response: Response) -> None:
        if isinstance(response.stream, SyncByteStream):
            response.stream = InTime(response.stream, clock() + seconds, clock)

    return hook
