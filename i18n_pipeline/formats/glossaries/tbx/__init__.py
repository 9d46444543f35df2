"""Termbases: TBX (ISO 30042) ↔ glossary entries.

::

    read_tbx     bytes → entries     TBX 3, and MARTIF as TBX 2 has it (reader.py)
    write_tbx    concepts → bytes    TBX-Basic in DCA style (writer.py)
    concepts_of  entries → concepts  (concepts.py)

What a termbase says about a term, and what we add to it, is in categories.py. A file that declares
a document type or an entity is refused before anything of it is used.
"""

from i18n_pipeline.formats.glossaries.tbx.concepts import About, Concept, concepts_of
from i18n_pipeline.formats.glossaries.tbx.reader import read_tbx
from i18n_pipeline.formats.glossaries.tbx.writer import EXPORTED, write_tbx

__all__ = ["EXPORTED", "About", "Concept", "concepts_of", "read_tbx", "write_tbx"]
