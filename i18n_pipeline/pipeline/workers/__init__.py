"""Workers: who does the pure pieces of a run's work. This process, several, or a cluster.

A piece is a function of a value that is the same for all (terminology, rules) and of one item (a
text, a page). Pieces are done in batches, and their results come back in the order of the items, so
nothing depends on who did what. Only what is pure is a piece: files are read and written, locks
held and engines asked by the process that the user started, and by no other
(docs/decisions/033-workers.md).
"""

from i18n_pipeline.pipeline.workers.asked import Asked, read_asked
from i18n_pipeline.pipeline.workers.hiring import hired
from i18n_pipeline.pipeline.workers.piece import ALONE, Alone, Piece, Workers

__all__ = ["ALONE", "Alone", "Asked", "Piece", "Workers", "hired", "read_asked"]
