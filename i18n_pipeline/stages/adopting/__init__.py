"""Adopt: what people translated before becomes units, by structure and content, not by position.

clues → likeness of two texts → pairs of two files → what shows that they are → the revision that
fits → units, and the rest.
"""

from i18n_pipeline.stages.adopting.adopted import Adopted, LeftOver
from i18n_pipeline.stages.adopting.clues import Names
from i18n_pipeline.stages.adopting.copies import Copies
from i18n_pipeline.stages.adopting.counting import Counts
from i18n_pipeline.stages.adopting.joining import joined
from i18n_pipeline.stages.adopting.lexicon import Lexicon, Lexis, Page, lexicon_of, lexis_of
from i18n_pipeline.stages.adopting.likeness import Likeness
from i18n_pipeline.stages.adopting.matching import (
    Match,
    Reading,
    letters_for_one,
    match,
    translated_in,
    words_in,
    words_of,
)
from i18n_pipeline.stages.adopting.reading import read_units
from i18n_pipeline.stages.adopting.revisions import Edition, Laid, Past, Revision, lay
from i18n_pipeline.stages.adopting.vocabulary import Use, Vocabulary, vocabulary_of

__all__ = [
    "Adopted",
    "Copies",
    "Counts",
    "Edition",
    "Laid",
    "LeftOver",
    "Lexicon",
    "Lexis",
    "Likeness",
    "Match",
    "Names",
    "Page",
    "Past",
    "Reading",
    "Revision",
    "Use",
    "Vocabulary",
    "joined",
    "lay",
    "letters_for_one",
    "lexicon_of",
    "lexis_of",
    "match",
    "read_units",
    "translated_in",
    "vocabulary_of",
    "words_in",
    "words_of",
]
