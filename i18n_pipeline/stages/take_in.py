"""Take in people's work first: whose is each file of a locale, before anything is written.

The PO as it lies on disk already holds what translators did. What people did in built files is
noticed here by hash: an edited file is left alone, a file the lock does not know is a person's,
and nothing is sent or written for its term until it is adopted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from i18n_pipeline.model import Lock
from i18n_pipeline.stages.term import Standing
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class TakenIn:
    """How the files of one locale stand, by slug of their source terms."""

    standing: Mapping[str, Standing]

    def of(self, *standings: Standing) -> frozenset[str]:
        """The slugs with one of these standings."""
        return frozenset(slug for slug, found in self.standing.items() if found in standings)

    @property
    def adopted(self) -> frozenset[str]:
        """The slugs that the run may work on."""
        return frozenset(self.standing) - self.of(Standing.FOREIGN)


def take_in(slugs: Iterable[str], files: Mapping[str, str], lock: Lock) -> TakenIn:
    """Compare the hashes of a locale's files (by slug) with the lock."""
    return TakenIn({slug: _standing(slug, files.get(slug, ""), lock) for slug in sorted(slugs)})


def _standing(slug: str, file_hash: str, lock: Lock) -> Standing:
    if not file_hash:
        return Standing.NONE
    entry = lock.get(slug)
    if entry is None:
        return Standing.FOREIGN
    return Standing.OURS if entry.wrote(file_hash) else Standing.EDITED
