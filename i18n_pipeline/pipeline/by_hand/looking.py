"""By hand: which texts are live, where they come from, and which are like one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from i18n_pipeline.errors import BadFile, Problem, UsageError
from i18n_pipeline.formats.rejected import excerpt
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Key, Unit, draft_hash
from i18n_pipeline.origins import OriginKind, engine_of, kind_of
from i18n_pipeline.pipeline.answers import Given, answers
from i18n_pipeline.pipeline.asked import close_to, locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.by_hand.pages import page_of
from i18n_pipeline.pipeline.by_hand.selecting import check_names, is_called, is_named
from i18n_pipeline.pipeline.locale_files import read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.live import LiveReport, LiveText, LocaleLive
from i18n_pipeline.stages.live import PageTexts
from i18n_pipeline.stages.rejecting import assumed, bare
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import PRIVATE, Workspace

HUMAN, MACHINE, MEMORY = "human", "machine", "memory"
"""Words for origins that are no provider."""

_KINDS = {
    OriginKind.MACHINE: MACHINE,
    OriginKind.EXACT: MEMORY,
    OriginKind.FUZZY: MEMORY,
}
_TEXT, _SOURCE, _RUN, _ENGINE = "same text", "same source", "same run", "same engine"
"""Why a text is like another, the closest first."""


@dataclass(frozen=True, slots=True)
class LiveOrder:
    """Which live texts are shown: of some terms, of an origin, like a unit ("" for all)."""

    locales: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    origin: str = ""
    like: str = ""


def live(workspace: Workspace, order: LiveOrder) -> LiveReport:
    """The texts that pages say, as they lie there. Writes nothing. Raises UsageError."""
    locales = locales_asked(workspace, order.locales)
    project = read_project(workspace)
    for slug in order.slugs:
        if slug not in project.known:
            raise UsageError(f"there is no term {slug}", close_to(slug, sorted(project.known)))
    files = [read_locale(project, locale) for locale in locales]
    problems = [*project.problems, *(problem for one in files for problem in one.problems)]
    looks = [_Look(project, begin(project, one, Options()), order) for one in files if one.usable]
    if order.like:
        check_names((order.like,), (unit for look in looks for unit in look.work.units))
    found = tuple(LocaleLive(look.work.locale, tuple(look.shown())) for look in looks)
    problems += [problem for look in looks for problem in look.problems]
    return LiveReport(found, tuple(dict.fromkeys(problems)))


class _Look:
    """One locale: its live texts."""

    def __init__(self, project: Project, work: Work, order: LiveOrder) -> None:
        self.work, self._order = work, order
        self._receipts = Receipts(project.workspace.root / PRIVATE)
        self.problems: list[Problem] = []

    def shown(self) -> Iterator[LiveText]:
        """The live texts that are asked for; those like a unit by how like they are."""
        found = [(self._like(unit), unit) for unit in self._live() if self._is_asked(unit)]
        order = ("", _TEXT, _SOURCE, _RUN, _ENGINE)
        ranked = ((order.index(why), why, unit) for why, unit in found if why is not None)
        for _, why, unit in sorted(ranked, key=lambda one: (one[0], one[2].key)):
            yield _told(unit, why)

    def _live(self) -> Iterator[Unit]:
        """The units whose texts their term's page says."""
        seen: set[Key] = set()
        for term in self.work.adopted:
            page = self._page(term.slug)
            for segment in term.segments if page is not None else ():
                unit = self.work.catalog.unit_for(term.slug, segment)
                known = unit is None or unit.key in seen
                if page and unit is not None and not known and page.says(unit, segment):
                    seen.add(unit.key)
                    yield unit

    def _page(self, slug: str) -> PageTexts | None:
        try:
            return page_of(self.work, slug)
        except BadFile as failure:
            self.problems.append(failure.at(self.work.files.path_of(slug)))
            return None

    def _is_asked(self, unit: Unit) -> bool:
        wanted = self._order.origin
        if self._order.slugs and unit.slug not in self._order.slugs:
            return False
        return not wanted or origin_of(unit) == wanted.casefold() or _is_by(unit, wanted)

    def _like(self, unit: Unit) -> str | None:
        """How a unit is like one of those asked for: "" where none is, None if it is not."""
        if not self._order.like:
            return ""
        ways = (self._likeness(unit, one) for one in self._examples if one.key != unit.key)
        found = {why for why in ways if why}
        return next((why for why in (_TEXT, _SOURCE, _RUN, _ENGINE) if why in found), None)

    def _likeness(self, unit: Unit, other: Unit) -> str:
        if self._bare(unit, unit.target) == self._bare(other, other.target):
            return _TEXT
        if self._bare(unit, unit.source) == self._bare(other, other.source):
            return _SOURCE
        if {origin_of(unit), origin_of(other)} != {MACHINE} or engine_of(unit.origin) != engine_of(
            other.origin
        ):
            return ""
        ours, theirs = self._came(unit), self._came(other)
        if {one.when for one in ours} & {one.when for one in theirs}:
            return _RUN
        models = [{one.model for one in came} for came in (ours, theirs)]
        return _ENGINE if not all(models) or models[0] & models[1] else ""

    @cached_property
    def _examples(self) -> tuple[Unit, ...]:
        """The units that others are to be like."""
        return tuple(
            unit
            for unit in self.work.units
            if unit.target and not unit.obsolete and is_named(unit, self._order.like)
        )

    def _bare(self, unit: Unit, text: str) -> str:
        segment = self.work.segments.get(unit.key) or assumed(unit)
        return bare(text, segment, self.work.extensions)

    def _came(self, unit: Unit) -> Iterable[Given]:
        return self._given.get((*unit.key, unit.target), ())

    @cached_property
    def _given(self) -> Mapping[tuple[str, str, str], list[Given]]:
        """How texts came, as far as receipts tell."""
        found: dict[tuple[str, str, str], list[Given]] = defaultdict(list)
        for one in answers(self.work, self._receipts):
            found[*one.draft.key, one.draft.target].append(one)
        return found


def origin_of(unit: Unit) -> str:
    """Whose a text is: a machine's, the memory's, or a person's, who wrote it or changed it."""
    origin = unit.origin
    if origin is None or (origin.draft and origin.draft != draft_hash(unit.target)):
        return HUMAN
    kind = kind_of(origin)
    return _KINDS.get(kind, HUMAN) if kind is not None else HUMAN


def _is_by(unit: Unit, provider: str) -> bool:
    return origin_of(unit) == MACHINE and is_called(engine_of(unit.origin), provider)


def _told(unit: Unit, why: str) -> LiveText:
    words = unit.origin.words if unit.origin is not None else ""
    return LiveText(
        unit=unit.context,
        state=str(unit.state),
        origin=origin_of(unit),
        words=words,
        source=excerpt(unit.source),
        text=excerpt(unit.target),
        like=why,
    )
