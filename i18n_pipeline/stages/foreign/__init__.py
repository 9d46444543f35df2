"""Foreign catalogs: translations in files of other programs become units, told by what they say.

::

    reading.py    a PO or XLIFF file → its translations, one by one
    splitting.py  a translation of several blocks → one for each of them
    wording.py    how other programs write a text that we write otherwise, and the way back
    matching.py   which of our units says what a foreign one says
    taking.py     the units with what was found for them; nobody's text is touched

Written for po4a (paragraphs unwrapped), mdpo (`*`, `**`, line breaks lost), translate-toolkit
(`{1}` for addresses and HTML), and what Weblate and gettext keep of them.
"""

from i18n_pipeline.stages.foreign.matching import Match, Matches, Place, matched
from i18n_pipeline.stages.foreign.reading import foreign_units
from i18n_pipeline.stages.foreign.taking import TakenIn, taken
from i18n_pipeline.stages.foreign.values import Foreign, Left

__all__ = [
    "Foreign",
    "Left",
    "Match",
    "Matches",
    "Place",
    "TakenIn",
    "foreign_units",
    "matched",
    "taken",
]
