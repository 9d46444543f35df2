"""Recall: what a memory holds, and what of it is like a new text.

::

    entries.py    what people reviewed → entries, with what they may stand for
    wording.py    what likeness is measured by
    index.py      which wordings may be alike, without comparing all
    likeness.py   how alike two sources are, and what is not to be waved through
    carrying.py   a remembered target with the placeholders of the new source
    differences.py   what differs, in words for the translator

Who fills units with it is leverage.py; where an index is kept, and which files are read, is the
pipeline's business.
"""
