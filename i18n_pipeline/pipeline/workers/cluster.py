"""Workers that are a Dask cluster: other machines, reached through their scheduler.

A worker gets code by name, so it has this package installed, in the same version and with the same
libraries: otherwise its bytes could be others, and it refuses to work. Nothing that Dask sends is
secret (texts, rules, terminology, no key), but whoever reaches a scheduler can have code run on
its workers: a cluster belongs on a network of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import TYPE_CHECKING, cast
from warnings import catch_warnings, simplefilter

from i18n_pipeline.errors import ProviderUnavailable, UsageError, extra_hint
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.workers.piece import Item, Piece, Result, Shared
from i18n_pipeline.pipeline.workers.wire import packed, unpacked
from i18n_pipeline.values import dataclass, field

if TYPE_CHECKING:
    from distributed import Client, Future

_BATCH = 0.5
"""Seconds of work in a batch: a scheduler takes about a millisecond for each."""

_WORTH_SENDING = 2.0
"""Seconds of work from which it is sent to a cluster."""

_PATIENCE = 20.0
"""Seconds to wait for an answer of the scheduler, for a first worker, or for another one."""

_DISTRIBUTION = "i18n-pipeline"


@dataclass
class Cluster:
    """A Dask cluster; nothing is asked of it before there is work for it.

    Dask gives the batch of a worker that dies to another one. What is left when the cluster itself
    is gone, this process does.
    """

    address: str
    _clients: list[Client] = field(default_factory=list)
    _notices: dict[str, None] = field(default_factory=dict)

    @classmethod
    def at(cls, address: str) -> Cluster:
        """The cluster at an address. Raises UsageError where Dask is not installed."""
        try:
            metadata.version("distributed")
        except metadata.PackageNotFoundError:
            raise UsageError("a cluster needs Dask", extra_hint("distributed")) from None
        return cls(address)

    def worth(self, seconds: float) -> bool:
        """Whether the work is more than sending it; once the cluster is gone, never."""
        return seconds >= _WORTH_SENDING and not self._notices

    def each(
        self, piece: Piece[Shared, Item, Result], shared: Shared, items: Sequence[Item]
    ) -> list[Result]:
        """The results of all items, in order. Raises ProviderUnavailable for a useless cluster."""
        if not self.worth(len(items) * piece.seconds):
            return piece.done(shared, items)
        batches = piece.batches(items, _BATCH)
        done = self._done(piece, shared, batches)
        rest = (piece.done(shared, batch) for batch in batches[len(done) :])
        return list(chain(chain.from_iterable(done), chain.from_iterable(rest)))

    @property
    def notices(self) -> tuple[str, ...]:
        """That the cluster was lost, where it was."""
        return tuple(self._notices)

    def end(self) -> None:
        """Leave the cluster; its workers stay."""
        while self._clients:
            self._clients.pop().close()

    def _done(
        self,
        piece: Piece[Shared, Item, Result],
        shared: Shared,
        batches: Sequence[Sequence[Item]],
    ) -> list[list[Result]]:
        """What came of batches, from the first one until the cluster is lost."""
        from distributed import KilledWorker

        client = self._client()
        done: list[list[Result]] = []
        try:
            task = client.scatter(packed((_here(), shared)), broadcast=True)
            sent = [packed(batch) for batch in batches]
            with catch_warnings():  # that all of it is sent at once, is meant
                simplefilter("ignore", UserWarning)
                futures = client.map(_worked, sent, function=piece.function, task=task, pure=False)
            answers = (unpacked(_answer(client, future)) for future in futures)
            done.extend(cast("list[Result]", one) for one in answers)  # so far as there are any
        except (KilledWorker, CancelledError, TimeoutError, OSError) as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            self._notices[f"the cluster was lost ({why}); this process did the rest"] = None
        return done

    def _client(self) -> Client:
        """The connection. Raises ProviderUnavailable."""
        if not self._clients:
            from distributed import Client

            try:
                client = Client(self.address, timeout=_PATIENCE, set_as_default=False)
                self._clients.append(client)
                client.wait_for_workers(1, timeout=_PATIENCE)
            except (OSError, TimeoutError) as error:
                what = "has no workers" if self._clients else "cannot be reached"
                raise ProviderUnavailable(
                    f"the cluster at {self.address} {what}",
                    "start it (dask scheduler, dask worker), or leave --executor out",
                ) from error
        return self._clients[0]


def _answer(client: Client, future: Future) -> bytes:
    """What came of a batch, however long it takes. Raises TimeoutError once nobody works on it."""
    while True:
        try:
            return cast("bytes", future.result(timeout=_PATIENCE))
        except TimeoutError:
            if not client.nthreads():
                raise


def _worked(batch: bytes, *, function: Callable[[Shared, Item], Result], task: bytes) -> bytes:
    """On a worker: a batch."""
    shared = cast("Shared", _shared(task))
    items = cast("Sequence[Item]", unpacked(batch))
    return packed([function(shared, item) for item in items])


@lru_cache(maxsize=1)
def _shared(task: bytes) -> object:
    """On a worker: what its batches have in common, read once."""
    there, shared = cast("tuple[dict[str, str], object]", unpacked(task))
    for name, version in there.items():
        if (here := _here().get(name)) != version:
            raise ProviderUnavailable(
                f"a worker has {name} {here}, and this run {version}",
                "install the same on all machines",
            )
    return shared


@lru_cache(maxsize=1)
def _here() -> dict[str, str]:
    """What decides which bytes are made here: versions of libraries, and a hash of our code."""
    needed = (line for line in metadata.requires(_DISTRIBUTION) or () if "extra ==" not in line)
    names = sorted({_name_of(line) for line in needed})
    code = digest("".join(sorted(_sources(files("i18n_pipeline")))))
    return {_DISTRIBUTION: code, **{name: metadata.version(name) for name in names}}


def _name_of(requirement: str) -> str:
    end = next((at for at, one in enumerate(requirement) if one in " <>=!~;[("), len(requirement))
    return requirement[:end]


def _sources(folder: Traversable) -> Iterator[str]:
    for one in folder.iterdir():
        if one.name.endswith(".py"):
            yield f"{one.name} {digest(one.read_bytes())}"
        elif one.is_dir() and one.name != "__pycache__":
            yield from _sources(one)
