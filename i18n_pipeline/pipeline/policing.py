"""Step 6 of a check: what a locale's policy does not allow."""

from __future__ import annotations

from functools import cached_property

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.policy import Judged, Violation, violations
from i18n_pipeline.stages.term import Standing

_DESTINATION = expression(r"\]\([^()\s]*")


def police(work: Work, slugs: tuple[str, ...] = ()) -> tuple[Violation, ...]:
    """The limits of the locale's policy that are passed, by units of the terms named, if any are.

    What nobody has adopted is judged by nobody.
    """
    rules = work.files.settings.policy.rule
    if not rules:
        return ()
    foreign = work.taken.of(Standing.FOREIGN)
    units = tuple(
        unit
        for unit in work.units
        if unit.slug not in foreign and (not slugs or unit.slug in slugs)
    )
    judged = Judged(units, work.segments, work.adopted, _Pages(work).hold)
    return tuple(violations(rules, judged))


class _Pages:
    """The locale's pages, read when first asked for."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def hold(self, unit: Unit) -> bool:
        """Whether a unit's text stands on its term's page; of vocabulary, on any."""
        slugs = (unit.slug,) if unit.slug else tuple(self._texts)
        return any((unit.field, _loosely(unit.target)) in self._texts.get(s, ()) for s in slugs)

    @cached_property
    def _texts(self) -> dict[str, frozenset[tuple[str, str]]]:
        work = self._work
        rules = Rules(work.files.settings.fields, work.extensions)
        found: dict[str, frozenset[tuple[str, str]]] = {}
        for slug, (path, _) in work.files.term_files.items():
            data = work.project.workspace.read_optional(path) or b""
            try:
                page = read_term(data, rules, work.project.file_slugs.get(slug, slug), work.locale)
            except BadFile:
                continue  # it is told of where it is judged or built
            found[slug] = frozenset((one.field, _loosely(one.source)) for one in page.segments)
        return found


def _loosely(text: str) -> str:
    """A text without what building changes in it: line breaks, and where links lead."""
    return _DESTINATION.sub("](", "".join(text.split()))
