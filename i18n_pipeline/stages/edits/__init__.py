"""What an edit of a source means: its kinds, its words old and new, what follows for a translation.

Pure and bounded: a text of any size is classified in time that grows with its length. What is not
known of a language is not guessed: then a person looks.
"""

from i18n_pipeline.stages.edits.borrowed import Borrowed
from i18n_pipeline.stages.edits.classify import classify
from i18n_pipeline.stages.edits.differing import Run, Side, differing, shortened
from i18n_pipeline.stages.edits.ground import Ground
from i18n_pipeline.stages.edits.kinds import HARMLESS, Change, EditKind, Swap
from i18n_pipeline.stages.edits.patching import patched

__all__ = [
    "HARMLESS",
    "Borrowed",
    "Change",
    "EditKind",
    "Ground",
    "Run",
    "Side",
    "Swap",
    "classify",
    "differing",
    "patched",
    "shortened",
]
