"""Apertium: rules and dictionaries on this machine, no network, no key."""

from i18n_pipeline.providers.apertium.provider import from_environment

__all__ = ["from_environment"]
