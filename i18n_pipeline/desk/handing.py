"""Handing the desk's address to a browser, so that nobody else on the machine gets to see its key.

A program's arguments can be read by every user of a machine. So the browser is given the path of a
file that only its owner can read, which leads on to the address.
"""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from i18n_pipeline.durable import make_private
from i18n_pipeline.errors import CannotWrite

_OWN = 0o600


@contextmanager
def opened_in_browser(folder: Path, address: str) -> Iterator[None]:
    """Open an address in the browser; the file that leads there, in `.i18n/`, is gone afterwards.

    Where it cannot be written no browser is opened: the address is on the terminal.
    """
    path = folder / f"review-{os.getpid()}.html"
    try:
        if _written(path, address):
            webbrowser.open(path.as_uri())
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _written(path: Path, address: str) -> bool:
    try:
        make_private(path.parent)
        path.unlink(missing_ok=True)  # of a process that was killed
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_page(address))
    except (OSError, CannotWrite):
        return False
    return True


def _page(address: str) -> str:
    where = escape(address, quote=True)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Review</title>\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta http-equiv="refresh" content="0; url={where}">\n'
        f'<p><a href="{where}">Review</a></p>\n</html>\n'
    )
