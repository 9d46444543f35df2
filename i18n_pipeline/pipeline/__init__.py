"""The runs: read → stages → write → report."""

from i18n_pipeline.pipeline.options import (
    ADOPT,
    BUILD,
    CHECK,
    EXTRACT,
    GC,
    MEND,
    PLAN,
    STATUS,
    SURVEY,
    SYNC,
    TRANSLATE,
    Detail,
    Does,
    Options,
    Surroundings,
)
from i18n_pipeline.pipeline.runs import run

__all__ = [
    "ADOPT",
    "BUILD",
    "CHECK",
    "EXTRACT",
    "GC",
    "MEND",
    "PLAN",
    "STATUS",
    "SURVEY",
    "SYNC",
    "TRANSLATE",
    "Detail",
    "Does",
    "Options",
    "Surroundings",
    "run",
]
