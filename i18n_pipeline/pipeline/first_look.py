"""A first look at all sources: of each term no more is held than what others need of it.

That is its name, its vocabulary, where it leads, and which texts it shares with others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from i18n_pipeline.formats.term_file import Rules, TermFile
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Kind, context_of
from i18n_pipeline.pipeline.foreseen import short_hash
from i18n_pipeline.pipeline.project import Project, SourceReader
from i18n_pipeline.pipeline.workers import Workers
from i18n_pipeline.stages.spending import links_from
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import FoundFile, Workspace

_HELD = (Kind.NAME, Kind.VOCABULARY)


@dataclass(frozen=True)
class FirstLook:
    """The sources of a project: `project` has of each term's file what stands in front of it.

    `leads` are related slugs, and destinations of links, by slug; `texts` says how many texts each
    term has, `repeated` are as in `Foreseen`.
    """

    project: Project
    leads: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    texts: Mapping[str, int]
    repeated: frozenset[int]

    def leads_by(self, addresses: Addresses) -> Mapping[str, frozenset[str]]:
        """The slugs that each term leads to."""
        slug_of = addresses.slug_of
        return {
            slug: related.union(filter(None, map(slug_of, linked))) - {slug}
            for slug, (related, linked) in self.leads.items()
        }


def first_look(
    workspace: Workspace, files: Sequence[FoundFile], workers: Workers, at_once: int
) -> FirstLook | None:
    """Read source files, so many at once; None where one of them cannot be used as it is."""
    settings = workspace.config.settings(workspace.config.source)
    rules = Rules(settings.fields, settings.markdown.extensions)
    told = _Told(rules)
    reader = SourceReader(workspace, rules, told.of)
    for at in range(0, len(files), at_once):
        reader.take(files[at : at + at_once], workers)
        if reader.problems:
            return None
    project = Project(
        workspace,
        tuple(sorted(reader.terms.values(), key=lambda term: term.slug)),
        reader.names,
        frozenset(),
        frozenset(reader.skipped),
        (),
        reader.odd,
    )
    return FirstLook(project, told.leads, told.texts, frozenset(told.repeated))


class _Told:
    """What is kept of terms that were read."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._seen: set[int] = set()
        self.repeated: set[int] = set()
        self.leads: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.texts: dict[str, int] = {}

    def of(self, term: Term) -> Term:
        """The term with no more than what stands in front of its body."""
        fields, extensions = self._rules.fields, self._rules.extensions
        linked: list[str] = []
        related = links_from(term, fields, linked.append, extensions)
        self.leads[term.slug] = related, frozenset(linked)
        keys = {
            (context_of(term.slug, one), one.source)
            for one in term.segments
            if one.kind not in _HELD
        }
        self.texts[term.slug] = len(keys)
        for _, source in keys:
            hashed = short_hash(source)
            (self.repeated if hashed in self._seen else self._seen).add(hashed)
        return replace(term, file=_light(term.file))


def _light(file: TermFile) -> TermFile:
    """A file with nothing of it but its front matter's texts and values."""
    segments = tuple(slot.segment for slot in file.fields)
    return replace(file, data=b"", segments=segments, addresses=())
