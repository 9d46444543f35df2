"""The configuration of a project: text of i18n.toml → frozen values, all errors with their line."""

from i18n_pipeline.config.reading import is_configured, read_config
from i18n_pipeline.config.settings import (
    EXTENSIONS,
    Build,
    Config,
    Fields,
    Links,
    Markdown,
    Memory,
    Paths,
    Role,
    Settings,
    Site,
    fingerprint,
)

__all__ = [
    "EXTENSIONS",
    "Build",
    "Config",
    "Fields",
    "Links",
    "Markdown",
    "Memory",
    "Paths",
    "Role",
    "Settings",
    "Site",
    "fingerprint",
    "is_configured",
    "read_config",
]
