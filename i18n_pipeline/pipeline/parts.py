"""The parts of a run, one after the other: memory holds one part, and of all others what they say.

Each goes the way of a run on a few terms, with what is known of all others; what was taken for
granted of these, and did not come, is put right in the end. How a run begins is in in_parts.py.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence

from i18n_pipeline.errors import BadFile, I18nError, Interrupted, Stop, TryLater
from i18n_pipeline.markdown import inline_tokens, rendering
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.engines import Engine, Engines
from i18n_pipeline.pipeline.foreseen import Foreseen
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import (
    Begun,
    Outcome,
    begin_locale,
    cut_short,
    with_foreseen,
    with_unanswered,
)
from i18n_pipeline.pipeline.names_first import named_alone, note_names
from i18n_pipeline.pipeline.narrowed_run import asked_together, ended, ready
from i18n_pipeline.pipeline.narrowing import kept_after, rest_of
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Aside, Held, Project, read_part, whole
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import NeedsAll, leading_to
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.reports.report import LocaleReport, Terms
from i18n_pipeline.values import dataclass, replace

PART = 500
"""Terms that are held at a time at the least: some 35 MB."""
_MOST = 100
"""Parts of a run at the most: each looks at what is known of all the others."""
AT_ONCE = 2000
"""So many terms are held at once as well: that takes less memory than the parts of many."""
NAMED = 4
"""So many times the terms of a part are held where no more of each is held than its name."""

_MOVED = "files have changed while this run was at work"
_AGAIN = "nothing of them is lost: run the same command again"


@dataclass(frozen=True)
class Side:
    """One locale on its way: with whom, what is known of its terms, and what all parts go by.

    `asks` is whether anybody is asked for a text of it.
    """

    engine: Engine
    kept: Kept
    foreseen: Foreseen
    asks: bool

    def named(self) -> Side:
        """The same once all terms have their names."""
        return replace(self, foreseen=replace(self.foreseen, naming=False))


class Parts:
    """The parts of a run: each is done, told, and let go before the next one begins.

    `slugs` are those of all terms, in the order in which money is spent on them.
    """

    def __init__(
        self,
        order: Order,
        project: Project,
        engines: Engines,
        sides: Iterable[Side],
        slugs: Sequence[str],
    ) -> None:
        self.engines = engines
        self._order, self._project, self._slugs = order, replace(project, terms=()), slugs
        self._sides = {side.engine.locale: side for side in sides}
        self._told: dict[str, Outcome] = {}
        self._is_sound, self._is_cut_short = True, False

    def done(self) -> Done:
        """What the run came to."""
        self.engines.tells = False  # what was asked for in vain is told once, of all parts
        try:
            self._run()
        except Stop as stop:
            self._break_off(stop.as_failure())
        except (BadFile, NeedsAll):
            self._break_off(TryLater(_MOVED, _AGAIN))
        self.engines.tells = True
        self._told = {locale: self._with_unanswered(one) for locale, one in self._told.items()}
        self.engines.receipts.let_go()
        let_go()
        for locale, side in self._sides.items():
            side.foreseen.judged.keep(self._project.workspace, locale)
        kept = {locale: side.kept for locale, side in self._sides.items()}
        outcomes = tuple(self._told[locale] for locale in self._sides)
        known = kept if self._is_sound else {}
        return Done(self._project, outcomes, self.engines.receipts.problems, known)

    def _with_unanswered(self, outcome: Outcome) -> Outcome:
        try:
            return with_unanswered(self._order, outcome, self.engines)
        except Stop as stop:  # told to stop once more, it is told all the same
            return with_unanswered(self._order, outcome, self.engines).stopped(stop)

    def _run(self) -> None:
        for slugs in cut(self._slugs if self._asking else (), NAMED):
            let_go()
            self._name(slugs)
            if self._told:  # told to stop
                return
        self._sides = {locale: side.named() for locale, side in self._sides.items()}
        for slugs in cut(self._slugs):
            let_go()
            self._do(slugs)
            if self._is_over:
                return
        for slugs in cut(self._led_astray()):
            self._do(slugs, again=True)

    @property
    def _is_over(self) -> bool:
        """Whether nothing is to be done any more, since writing failed or the run was stopped."""
        failures = (side.foreseen.asked.failure for side in self._sides.values())
        stopped = any(isinstance(failure, Interrupted) for failure in failures)
        return stopped or self._is_cut_short or len(self._told) < len(self._sides)

    def _name(self, slugs: Collection[str]) -> None:
        """Ask for the names of some terms, and for their vocabulary."""
        project = self._read(slugs, self._asking, named_alone)
        begun = [self._begun_to_name(project, side) for side in self._asking]
        drafted = asked_together(self._order, begun, self.engines)
        works = [one.work for one in drafted if isinstance(one, Begun)]
        failures = (work.asked.failure for work in works)
        failure = next((one for one in failures if isinstance(one, Interrupted)), None)
        if failure is not None:
            self._break_off(failure)
            return
        self._put_away()
        for work in works:
            note_names(work)

    @property
    def _asking(self) -> Sequence[Side]:
        return [side for side in self._sides.values() if side.asks]

    def _begun_to_name(self, project: Project, side: Side) -> Begun:
        """A locale of which nothing is known but what some terms are called."""
        work = with_foreseen(begin(project, _files(project, side), self._order.options))
        return Begun(side.engine, work, ())

    def _read(self, slugs: Collection[str], sides: Iterable[Side], held: Held = whole) -> Project:
        """The sources of some terms. Raises BadFile, and NeedsAll where one is another by now."""
        rests = {side.engine.locale: rest_of(side.kept, side.kept.looked, slugs) for side in sides}
        aside = Aside(self._project.skipped, self._project.odd, frozenset())
        workspace, workers = self._project.workspace, self._order.workers
        self._project = read_part(workspace, rests, aside, workers=workers, held=held)
        return self._project

    def _do(self, slugs: Collection[str], *, again: bool = False) -> None:
        """Do one part, or some terms of parts that are done."""
        order, sides = self._order, self._sides
        project = self._read(slugs, sides.values())
        begun = [
            begin_locale(order, project, _files(project, side), side.engine)
            for side in sides.values()
        ]
        if any(isinstance(one, Outcome) for one in begun):
            self._tell_stopped(begun)
            return
        drafted = asked_together(order, begun, self.engines)
        self._put_away()
        for outcome in ended(order, ready(order, drafted, self.engines), self.engines):
            self._tell(outcome, again=again)
        for side in sides.values():
            side.foreseen.let_go(slugs)

    def _tell_stopped(self, begun: Iterable[Begun | Outcome]) -> None:
        """Tell of a part that was told to stop when it began. Raises NeedsAll for any other end."""
        begun = tuple(begun)
        failures = (one.failures for one in begun if isinstance(one, Outcome))
        stops = (one for each in failures for one in each if isinstance(one, Interrupted))
        failure = next(stops, None)
        if failure is None:
            raise NeedsAll
        for one in begun:
            if isinstance(one, Begun):
                self._tell(cut_short(self._order, failure, one, self.engines), again=True)
            else:
                self._tell(one, again=True)

    def _put_away(self) -> None:
        """Hold no more answers: but for texts that stand elsewhere too, nobody asks for them."""
        for locale, side in self._sides.items():
            asked = side.foreseen.asked
            asked.answered &= asked.shared
            self.engines.receipts.put_away(locale, asked.shared)

    def _tell(self, outcome: Outcome, *, again: bool) -> None:
        """Add what a part came to in a locale to what is known of that."""
        locale, left = outcome.report.locale, outcome.left
        told = replace(outcome, left=None)  # it holds all that was written
        self._told[locale] = _merged(self._told.get(locale), told, again=again)
        if left is None:
            self._is_sound, self._is_cut_short = False, True
            return
        side = self._sides[locale]
        kept = kept_after(self._project.workspace, side.kept.looked, left)
        if kept is None:  # a file is not as it was a moment ago
            raise NeedsAll
        self._is_sound = self._is_sound and left.sound
        self._sides[locale] = replace(
            side,
            kept=replace(kept, unsure=side.kept.unsure | left.unsure),
            foreseen=replace(side.foreseen, drafted=outcome.report.drafted),
        )

    def _led_astray(self) -> Sequence[str]:
        """The terms that may lead to a page of which all parts took something else for granted.

        From then on what is there is known.
        """
        found: set[str] = set()
        for locale, side in self._sides.items():
            pages = frozenset(share.slug for share in side.kept.shares if share.page)
            wrong = pages ^ side.foreseen.pages
            found |= leading_to(side.kept.shares, wrong) if wrong else set()
            foreseen = replace(side.foreseen, named={}, pages=pages)
            self._sides[locale] = replace(side, foreseen=foreseen)
        return sorted(found)

    def _break_off(self, failure: I18nError) -> None:
        """Tell every locale what ended the run, and what it has cost so far."""
        self._is_sound = False
        for locale, side in self._sides.items():
            asked = side.foreseen.asked
            providers = tuple(asked.providers) or side.engine.first
            untold = LocaleReport(
                locale,
                providers,
                terms=Terms(total=len(side.kept.shares)),
                known=False,
            )
            told = self._told.get(locale, Outcome(untold))
            codes = tuple(dict.fromkeys((*told.report.codes, failure.exit_code)))
            report = replace(told.report, known=False, billed=asked.billed, codes=codes)
            self._told[locale] = replace(told, report=report, failures=(*told.failures, failure))


def cut(slugs: Sequence[str], times: int = 1) -> Iterator[frozenset[str]]:
    """The slugs of terms, so many at a time as are held; or some `times` as many."""
    size = max(PART, len(slugs) // _MOST) * times
    return (frozenset(slugs[at : at + size]) for at in range(0, len(slugs), size))


def let_go() -> None:
    """Let go of what a part leaves: values in cycles, which is most, and what is known of texts."""
    inline_tokens.cache_clear()
    rendering.cache_clear()
    gc.collect()


def _files(project: Project, side: Side) -> LocaleFiles:
    return replace(read_locale(project, side.engine.locale), foreseen=side.foreseen)


def _merged(before: Outcome | None, now: Outcome, *, again: bool) -> Outcome:
    """What parts came to so far; of the last one is known how all terms stand."""
    if before is None:
        return now
    then, report = before.report, now.report
    report = replace(
        report,
        refused=then.refused if again else then.refused + report.refused,
        written=tuple(sorted({*then.written, *report.written})),
        codes=tuple(dict.fromkeys((*then.codes, *report.codes))),
    )
    return replace(
        now,
        report=report,
        problems=tuple(dict.fromkeys((*before.problems, *now.problems))),
        failures=tuple(dict.fromkeys((*before.failures, *now.failures))),
    )
