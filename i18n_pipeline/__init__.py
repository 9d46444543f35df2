"""A translation pipeline for Markdown glossaries; docs/architecture.md shows the way through it.

From Python (docs/how-to/python.md)::

    import i18n_pipeline

    report = i18n_pipeline.sync("site", locales=["ja"])
    print(report.exit_code, report.locales[0].units.reviewed)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from i18n_pipeline.api import (
        I18nError,
        LocaleReport,
        Report,
        adopt,
        check,
        plan,
        read_catalogs,
        read_term,
        status,
        sync,
    )

__version__ = "0.1.0"

__all__ = [
    "I18nError",
    "LocaleReport",
    "Report",
    "__version__",
    "adopt",
    "check",
    "plan",
    "read_catalogs",
    "read_term",
    "status",
    "sync",
]


def __getattr__(name: str) -> object:
    """Import the API when it is first used: the command line starts without it."""
    if name in __all__:
        from i18n_pipeline import api

        return getattr(api, name)
    raise AttributeError(name)
