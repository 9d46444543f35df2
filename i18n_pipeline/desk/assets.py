"""The files of the page: its shell, and what stands beside it in this package; never the web's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from i18n_pipeline.model import digest

if TYPE_CHECKING:
    from jinja2 import Environment

SCRIPTS = (
    "dom.js",
    "inline.js",
    "shelf.js",
    "begun.js",
    "store.js",
    "differing.js",
    "revive.js",
    "filestore.js",
    "saving.js",
    "queue.js",
    "pages.js",
    "editor.js",
    "context.js",
    "choosing.js",
    "vanishing.js",
    "resuming.js",
    "deciding.js",
    "going.js",
    "handing.js",
    "noticing.js",
    "keys.js",
    "desk.js",
)
"""The scripts of the page, in the order in which they build on each other."""

FILES: Mapping[str, str] = MappingProxyType(
    {
        "desk.css": "text/css",
        **dict.fromkeys(SCRIPTS, "text/javascript"),
        "icon.svg": "image/svg+xml",
    }
)
"""What the page loads, and what that is."""

_RULES = (
    "default-src 'none'",
    "script-src {script}",
    "style-src {style}",
    "connect-src {connect}",
    "img-src {image}",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)


def policy(script: str, style: str, connect: str = "'none'", image: str = "'none'") -> str:
    """A content security policy under which a page runs only what is named here."""
    named = {"script": script, "style": style, "connect": connect, "image": image}
    return "; ".join(_RULES).format(**named)


POLICY = policy("'self'", "'self'", "'self'", "'self'") + "; frame-ancestors 'none'"
"""The policy of the page that the server gives."""


@lru_cache(maxsize=8)
def asset(name: str) -> bytes:
    """The bytes of a file of the page."""
    return (files("i18n_pipeline.desk") / "static" / name).read_bytes()


def shell() -> str:
    """The page as the server gives it: no data, and nothing to run in it."""
    stamp = digest(b"".join(asset(name) for name in FILES), 4)
    return templates().get_template("desk.html").render(stamp=stamp, scripts=SCRIPTS, offline=None)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The templates of the page; what is put into them is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(lambda name: asset(name).decode()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
