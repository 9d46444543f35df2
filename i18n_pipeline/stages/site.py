"""What building one locale depends on besides the texts."""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.links import Addresses
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class Site:
    """What building one locale depends on besides the texts.

    `available` are the slugs that have a file in the locale after the run, `draft_mark` the front
    matter added to a file that holds drafts.
    """

    locale: str
    rules: Rules
    addresses: Addresses
    available: frozenset[str]
    draft_mark: Mapping[str, str | bool | int | float]

    @property
    def fields(self) -> Fields:
        """The roles of front-matter fields."""
        return self.rules.fields
