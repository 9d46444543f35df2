"""From what is asked for to who works, for the time of one run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from i18n_pipeline.pipeline.workers.asked import Asked, Kind, read_asked
from i18n_pipeline.pipeline.workers.piece import ALONE, Workers


@contextmanager
def hired(executor: str) -> Iterator[Workers]:
    """The workers of a run, which end with it. Raises UsageError where there are no such."""
    workers = _workers(read_asked(executor))
    try:
        yield workers
    finally:
        workers.end()


def _workers(asked: Asked) -> Workers:
    """Who is asked for. What they need is imported here: most runs are over before."""
    from i18n_pipeline.pipeline.workers.cores import cores

    count = asked.count or cores()
    if asked.kind is Kind.THREADS:
        from i18n_pipeline.pipeline.workers.threads import Threads

        return Threads(count)
    if asked.kind is Kind.DASK:
        from i18n_pipeline.pipeline.workers.cluster import Cluster

        return Cluster.at(asked.address)
    if asked.kind is Kind.ONE or count == 1:
        return ALONE
    from i18n_pipeline.pipeline.workers.processes import Processes

    return Processes(count, chosen=asked.kind is Kind.PROCESSES)
