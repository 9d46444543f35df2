"""Which workers are asked for: `auto`, `one`, `processes[:N]`, `threads[:N]`, `dask://host:port`."""

from __future__ import annotations

from enum import StrEnum

from i18n_pipeline.errors import UsageError
from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass

_LOCAL = expression(r"(?P<kind>processes|threads)(?::(?P<count>[1-9][0-9]{0,3}))?")
_CLUSTER = expression(r"dask://(?P<host>[^\s/:@\[\]]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})/?")
_FORMS = "take auto, one, processes, processes:N, threads:N or dask://HOST:PORT"


class Kind(StrEnum):
    """Who works."""

    AUTO = "auto"
    ONE = "one"
    PROCESSES = "processes"
    THREADS = "threads"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to work: how many (0: as many as there are cores), or at which address."""

    kind: Kind = Kind.AUTO
    count: int = 0
    address: str = ""


def read_asked(text: str) -> Asked:
    """What `--executor` or `I18N_EXECUTOR` says. Raises UsageError."""
    text = text.strip()
    if text in (Kind.AUTO, Kind.ONE):
        return Asked(Kind(text))
    if found := _LOCAL.fullmatch(text):
        return Asked(Kind(found["kind"]), int(found["count"] or 0))
    found = _CLUSTER.fullmatch(text)
    if found and 0 < int(found["port"]) < 65_536:
        return Asked(Kind.DASK, address=f"tcp://{found['host']}:{found['port']}")
    raise UsageError(f"there is no executor {text!r} (--executor, or I18N_EXECUTOR)", _FORMS)
