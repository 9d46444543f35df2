"""Adopt: what people translated before becomes units, by structure and content, not by position.

clues → likeness of two texts → pairs of two files → the revision that fits → units, and the rest.
"""

from i18n_pipeline.stages.adopting.adopted import Adopted, LeftOver
from i18n_pipeline.stages.adopting.clues import Likeness, Names
from i18n_pipeline.stages.adopting.counting import Counts
from i18n_pipeline.stages.adopting.joining import joined
from i18n_pipeline.stages.adopting.matching import Match, Reading, letters_for_one
from i18n_pipeline.stages.adopting.reading import read_units
from i18n_pipeline.stages.adopting.revisions import Edition, Laid, Past, Revision, lay
from i18n_pipeline.stages.adopting.vocabulary import Use, Vocabulary, vocabulary_of

__all__ = [
    "Adopted",
    "Counts",
    "Edition",
    "Laid",
    "LeftOver",
    "Likeness",
    "Match",
    "Names",
    "Past",
    "Reading",
    "Revision",
    "Use",
    "Vocabulary",
    "joined",
    "lay",
    "letters_for_one",
    "read_units",
    "vocabulary_of",
]
