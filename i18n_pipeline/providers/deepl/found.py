"""What the account holds for a request: an id to name, or words on why there is none."""

from __future__ import annotations

from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A glossary or translation memory by id, "" for none; `notice` says why there is none."""

    id: str = ""
    notice: str = ""
