"""Values on their way to a worker and back, as bytes."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Mapping
from types import MappingProxyType


def packed(value: object) -> bytes:
    """A value as bytes. Frozen mappings too, which Python alone refuses to pickle."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = dict(copyreg.dispatch_table)
    pickler.dispatch_table[MappingProxyType] = _reduced
    pickler.dump(value)
    return out.getvalue()


def _reduced(
    value: MappingProxyType[object, object],
) -> tuple[Callable[..., object], tuple[object]]:
    return _frozen, (dict(value),)


def _frozen(value: dict[object, object]) -> Mapping[object, object]:
    return MappingProxyType(value)


def unpacked(data: bytes) -> object:
    """The value again. Only for bytes of our own processes: reading them may run code."""
    return pickle.loads(data)  # noqa: S301  # between processes of one run, over their own pipes
