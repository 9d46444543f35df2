"""Terminology: required renderings of terms, where they occur, whether a translation uses them."""

from i18n_pipeline.glossary.entry import Authority, Entry, Status
from i18n_pipeline.glossary.learning import Learned, Sighting, sightings
from i18n_pipeline.glossary.matching import may_occur
from i18n_pipeline.glossary.pieces import key_of, same_term
from i18n_pipeline.glossary.rendering import Rendered, initials, place_of, plain, readings
from i18n_pipeline.glossary.termbase import Glossary, merged

__all__ = [
    "Authority",
    "Entry",
    "Glossary",
    "Learned",
    "Rendered",
    "Sighting",
    "Status",
    "initials",
    "key_of",
    "may_occur",
    "merged",
    "place_of",
    "plain",
    "readings",
    "same_term",
    "sightings",
]
