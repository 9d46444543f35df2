"""The address of another server than the service's own, from the environment alone."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from i18n_pipeline.errors import BadConfig, Problem
from i18n_pipeline.expressions import expression

_HOST = expression(r"[A-Za-z0-9._:-]+")


def find_server(environment: Mapping[str, str], variable: str, example: str) -> str:
    """The address `VARIABLE` holds, without a slash at its end; "" where it holds none.

    Never from `i18n.toml`: whoever may propose a change to it could have the key sent to them.
    Raises BadConfig, with `example` for how to mend it, where it is no http address, or one with
    a user or a password: those would be sent in the key's place.
    """
    address = environment.get(variable, "").strip()
    if address and not _good(address):
        problem = Problem(
            variable, 0, 0, "not-an-address",
            "not an http address without user and password",
            f"such as {example}, or leave it out",
        )  # fmt: skip
        raise BadConfig((problem,))
    return address.rstrip("/")


def _good(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = _HOST.fullmatch(parts.hostname or "")
        # `port` raises ValueError for what is no port.
        served = parts.scheme in ("http", "https") and host and parts.port != 0
    except ValueError:
        return False
    return bool(served) and "@" not in parts.netloc
