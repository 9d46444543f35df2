"""All that existing files show about how a project should be configured, as one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import Problem
from i18n_pipeline.stages.propose.evidence import observe, read_evidence
from i18n_pipeline.stages.propose.extensions import find_extensions
from i18n_pipeline.stages.propose.layout import ENDINGS, Layout, chosen_targets
from i18n_pipeline.stages.propose.rewriting import Rewriting, find_rewriting
from i18n_pipeline.stages.propose.roles import Roles, as_fields, find_roles
from i18n_pipeline.values import dataclass


@dataclass(frozen=True)
class Proposal:
    """What to write into i18n.toml, with what shows it.

    `extensions` are those beyond the defaults, by name with the reason. `terms` counts the
    source terms that were read, `drafts` are slugs of those with `draft: true`, which are not
    among them; `broken` are files that showed nothing.
    """

    layout: Layout
    targets: tuple[str, ...]
    fields: Fields
    roles: Roles
    extensions: Mapping[str, str]
    rewriting: Rewriting
    terms: int
    drafts: frozenset[str]
    broken: tuple[Problem, ...]


def propose(
    layout: Layout, data: Mapping[str, bytes], targets: Iterable[str] = (), *, bare: bool = False
) -> Proposal | None:
    """What files, by path, show; None where no source term has front matter, and none is `bare`.

    `targets` are locales asked for, none for those found. Raises UsageError where they make no
    sense, or where none were found.
    """
    evidence = read_evidence(layout, data)
    fields = observe(evidence)
    if not fields and not (bare and evidence.source):
        return None
    roles = find_roles(evidence, fields, layout.slugs)
    ending = next(end for end in ENDINGS if layout.pattern.text.endswith(end))
    return Proposal(
        layout=layout,
        targets=chosen_targets(layout, targets),
        fields=as_fields(roles),
        roles=roles,
        extensions=find_extensions((file.body.data for file in evidence.files()), ending),
        rewriting=find_rewriting(evidence, layout.slugs, layout.source),
        terms=len(evidence.source),
        drafts=evidence.drafts,
        broken=evidence.broken,
    )
