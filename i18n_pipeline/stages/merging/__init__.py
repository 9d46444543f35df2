"""Merge: what two branches made of a project's files becomes one, three ways.

::

    merge_catalogs   review files by unit; two texts of people are both kept (catalogs.py, units.py)
    merge_locks      locks by term (locks.py)
    merge_pages      a locale's term files by segment and block (pages.py)
    mend_…           review files and locks that were committed with markers in them (torn.py)

`ours` is the side that is merged into, `theirs` the one that comes in, and `base` what both began
with. What changed on one side is taken from there. `three_way.py` says what that means for lines
and fields.
"""

from i18n_pipeline.stages.merging.catalogs import Merged, joined, merge_catalogs
from i18n_pipeline.stages.merging.locks import fitting, known_as_merged, merge_locks
from i18n_pipeline.stages.merging.pages import Pages, left_out, merge_pages
from i18n_pipeline.stages.merging.torn import Known, Mended, mend_catalog, mend_lock

__all__ = [
    "Known",
    "Mended",
    "Merged",
    "Pages",
    "fitting",
    "joined",
    "known_as_merged",
    "left_out",
    "mend_catalog",
    "mend_lock",
    "merge_catalogs",
    "merge_locks",
    "merge_pages",
]
