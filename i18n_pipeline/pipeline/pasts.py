"""What git knows of term files, read into terms: how each was, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from math import inf
from pathlib import PurePosixPath

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.history import History, Version
from i18n_pipeline.model import digest
from i18n_pipeline.stages.adopting import Edition, Past, Revision
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace

_NEWEST = 100
"""How many versions of a file are read."""


@dataclass(frozen=True)
class Pasts:
    """The history of a source's files and of a locale's, of those in `paths`; read once."""

    history: History
    source_rules: Rules
    rules: Rules
    locale: str
    paths: tuple[str, ...]

    def of(self, term: Term, path: str) -> Past:
        """How a term and its file in the locale were; nothing where git does not know the term."""
        revisions = [
            _revision(term, file, version)
            for version, file in self._read(term.path, self.source_rules, term.file.locale)
        ]
        if not revisions:
            return Past()
        if revisions[-1].term.hash != term.hash:
            revisions.append(Revision(term, inf))  # not committed yet
        editions = [
            Edition(file, _time(version))
            for version, file in self._read(path, self.rules, self.locale)
        ]
        return Past(tuple(revisions), tuple(editions))

    @cached_property
    def _versions(self) -> Mapping[str, Sequence[Version]]:
        found = self.history.versions(sorted(self.paths)) if self.paths else {}
        return {path: sorted(versions[:_NEWEST], key=_time) for path, versions in found.items()}

    @cached_property
    def _blobs(self) -> Mapping[str, bytes]:
        found = (one.blob for versions in self._versions.values() for one in versions)
        return self.history.blobs(found)

    def _read(self, path: str, rules: Rules, locale: str) -> Iterator[tuple[Version, TermFile]]:
        """A file's versions that can be read, the oldest first."""
        for version in self._versions.get(path, ()):
            data = self._blobs.get(version.blob)
            if data is None:
                continue
            name = PurePosixPath(version.path).stem  # one that was renamed had another slug
            try:
                yield version, read_term(data, rules, name, locale)
            except BadFile:
                continue


def _revision(term: Term, file: TermFile, version: Version) -> Revision:
    then = replace(term, hash=digest(file.data), file=file)
    return Revision(then, _time(version), version.commit.id)


def _time(version: Version) -> float:
    """Seconds since 1970."""
    return datetime.fromisoformat(version.commit.committed).timestamp()
