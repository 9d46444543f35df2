"""The first run of a big glossary, a part of its terms after the other: memory holds one part.

Names are asked for first, those of all terms. Then each part goes the way of a run on a few terms,
with what is known of all others: at the end files and report are those of a run on everything.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing

from i18n_pipeline.errors import BadFile, I18nError, Interrupted, Stop, TryLater
from i18n_pipeline.glossary import Entry
from i18n_pipeline.history import find_history
from i18n_pipeline.markdown import inline_tokens, rendering
from i18n_pipeline.model import Kind, State, digest
from i18n_pipeline.pipeline.beginning import addresses_of, begin
from i18n_pipeline.pipeline.engines import Engine, Engines, asks
from i18n_pipeline.pipeline.first_look import FirstLook, first_look
from i18n_pipeline.pipeline.foreseen import Foreseen
from i18n_pipeline.pipeline.judging import terminology_hash
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import (
    Begun,
    Outcome,
    begin_locale,
    cut_short,
    with_foreseen,
)
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.narrowed_run import asked_together, ended, ready
from i18n_pipeline.pipeline.narrowing import kept_after, rest_of
from i18n_pipeline.pipeline.options import SYNC, Order
from i18n_pipeline.pipeline.project import Aside, Project, read_part, vocabulary_of
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import NeedsAll, Share, leading_to
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.pipeline.terminology import entries_named, glossary_of
from i18n_pipeline.pipeline.verdicts import hash_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.report import LocaleReport, Terms
from i18n_pipeline.stages.spending import in_order
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import FoundFile, Workspace

PART = 500
"""Terms that are held at a time: some 35 MB."""
AT_ONCE = 2000
"""So many terms are held at once as well: that takes less memory than the parts of many."""

_MOVED = "files have changed while this run was at work"
_AGAIN = "nothing of them is lost: run the same command again"


def run_in_parts(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Done | None:
    """What the first run for some locales came to; None where it has to look at all terms at once.

    Raises what `Engines` does.
    """
    if order.does != SYNC or not order.writes or order.options.of_a_part:
        return None
    found = workspace.discover(workspace.config.source)
    if found.problems or found.hidden or len(found.files) <= AT_ONCE:
        return None
    if not all(_is_first(workspace, found.files, locale, now) for locale, now in looked.items()):
        return None
    parts = _prepared(order, workspace, found.files, looked)
    if not isinstance(parts, _Parts):
        return parts
    with closing(parts.engines):
        return parts.done()


def _is_first(workspace: Workspace, sources: Iterable[FoundFile], locale: str, now: Looked) -> bool:
    """Whether a locale has nothing yet but terminology, neither here nor at git's HEAD."""
    settings = workspace.config.settings(locale)
    paths = settings.paths
    beside = {paths.glossary.fill(locale=locale), paths.keep.fill(locale=locale)}
    others = now.hashes.keys() - beside - {file.path for file in sources}
    nothing = {digest(""), digest(find_history(workspace.root).missing)}
    if not now.hashes or others or now.head not in nothing:
        return False
    return not (
        settings.fields.extra or settings.only or any(one.field for one in settings.checks.off)
    )


def _prepared(
    order: Order, workspace: Workspace, found: Sequence[FoundFile], looked: Mapping[str, Looked]
) -> _Parts | Done | None:
    """The parts of a run, all names asked for; what it came to where it was stopped before that.

    None where a part of it cannot go by what is known of the others.
    """
    look = first_look(workspace, found, order.workers, PART)
    if look is None or len(look.project.terms) <= AT_ONCE:
        return None
    files: dict[str, LocaleFiles] = {}

    def read(locale: str) -> LocaleFiles:
        if locale not in files:
            files[locale] = read_locale(look.project, locale)
        return files[locale]

    engines = Engines(order, look.project, read)
    with ExitStack() as ending:
        ending.callback(engines.close)
        each = {locale: engines.of(locale) for locale in looked}
        if any(files[locale].problems for locale in each):
            return None
        foreseen = {one: _foreseen(look, files[one]) for one in each}
        held = [replace(files.pop(one), foreseen=known) for one, known in foreseen.items()]
        begun = [_begun(order, look, one, each[one.locale]) for one in held]
        try:
            named = _named(order, begun, engines)
            failure = next(filter(None, map(_stopped, named)), None)
            if failure is None:
                engines.let_go()
                sides = [_side(order, look, looked, one, foreseen) for one in named]
                slugs = tuple(_slugs(look, sides[0]))
                ending.pop_all()
                return _Parts(order, look.project, engines, sides, slugs)
        except Stop as stop:  # names are paid for
            failure = stop.as_failure()
        outcomes = tuple(cut_short(order, failure, one, engines) for one in begun)
        return Done(look.project, outcomes, engines.receipts.problems)


def _foreseen(look: FirstLook, files: LocaleFiles) -> Foreseen:
    """What is known of all terms before their names are asked for."""
    return Foreseen(look.leads_by(addresses_of(look.project, files)), look.repeated)


def _begun(order: Order, look: FirstLook, files: LocaleFiles, engine: Engine) -> Begun:
    """A locale of which nothing is known but what its terms are called."""
    work = with_foreseen(begin(look.project, files, order.options))
    work.asked.failure = engine.failure
    return Begun(engine, work, ())


def _named(order: Order, begun: Sequence[Begun | Outcome], engines: Engines) -> Sequence[Begun]:
    """The locales with drafts for the names of all terms, and for their vocabulary."""
    found = list(asked_together(order, begun, engines))
    return [one for one in found if isinstance(one, Begun)]


def _stopped(begun: Begun) -> Interrupted | None:
    """How the run was told to stop while machines were asked for a locale."""
    failure = begun.work.asked.failure
    return failure if isinstance(failure, Interrupted) else None


def _slugs(look: FirstLook, side: _Side) -> Iterator[frozenset[str]]:
    """The slugs of all terms, so many at a time, in the order in which money is spent on them."""
    project = look.project
    links = Counter(slug for slugs in side.foreseen.leads.values() for slug in slugs)
    ordered = in_order(project.terms, project.config.budget.priority, (), links)
    for at in range(0, len(ordered), PART):
        yield frozenset(term.slug for term in ordered[at : at + PART])


@dataclass(frozen=True)
class _Side:
    """One locale on its way: with whom, what is known of its terms, and what all parts go by."""

    engine: Engine
    kept: Kept
    foreseen: Foreseen


def _side(
    order: Order,
    look: FirstLook,
    looked: Mapping[str, Looked],
    begun: Begun,
    known: Mapping[str, Foreseen],
) -> _Side:
    work, project = begun.work, look.project
    foreseen = known[work.locale]
    named = {
        unit.key: unit
        for unit in work.units
        if work.segments[unit.key].kind in (Kind.NAME, Kind.VOCABULARY)
    }
    names: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries_named(named.values(), work.files.settings.fields, project.terms):
        names[entry.slug].append(entry)
    foreseen.asked.shared |= (
        foreseen.asked.answered
    )  # what a name says may be said by a heading too
    foreseen = replace(
        foreseen,
        named=named,
        names={slug: tuple(entries) for slug, entries in names.items()},
        pages=_pages(order, begun),
    )
    kept = Kept(
        looked=looked[work.locale],
        shares=tuple(_share(work, look, term, foreseen) for term in project.terms),
        terminology=terminology_hash(work),
        drafting=hash_of(glossary_of(work)),
        unsure=frozenset(),
        rows={},
        skipped=project.skipped,
        odd=project.odd,
        vocabulary=(),
        gone=frozenset(),
    )
    return _Side(begun.engine, kept, foreseen)


def _pages(order: Order, begun: Begun) -> frozenset[str]:
    """The terms that get a page, if all goes well: where drafts are published, those of all."""
    files = begun.work.files
    publish = order.options.publish or files.settings.build.publish
    comes = publish == "drafts" and begun.engine.translates and asks(order, files)
    return begun.work.project.slugs - begun.work.manual if comes else frozenset()


def _share(work: Work, look: FirstLook, term: Term, foreseen: Foreseen) -> Share:
    """What is known of a term before its part begins."""
    texts = look.texts[term.slug]
    return Share(
        slug=term.slug,
        path=term.path,
        called=look.project.file_slugs[term.slug],
        page="",
        home=work.homes[term.slug],
        name=term.file.name,
        vocabulary=vocabulary_of(term),
        leads=tuple(sorted(foreseen.leads[term.slug])),
        states=tuple(texts if state is State.UNTRANSLATED else 0 for state in State),
    )


class _Parts:
    """The parts of a run: each is done, told, and let go before the next one begins."""

    def __init__(
        self,
        order: Order,
        project: Project,
        engines: Engines,
        sides: Iterable[_Side],
        parts: Sequence[frozenset[str]],
    ) -> None:
        self.engines = engines
        self._order, self._project, self._parts = order, replace(project, terms=()), parts
        self._sides = {side.engine.locale: side for side in sides}
        self._told: dict[str, Outcome] = {}
        self._is_sound, self._is_cut_short = True, False

    def done(self) -> Done:
        """What the run came to."""
        try:
            self._run()
        except Stop as stop:
            self._break_off(stop.as_failure())
        except (BadFile, NeedsAll):
            self._break_off(TryLater(_MOVED, _AGAIN))
        self.engines.receipts.let_go()
        let_go()
        for locale, side in self._sides.items():
            side.foreseen.judged.keep(self._project.workspace, locale)
        kept = {locale: side.kept for locale, side in self._sides.items()}
        outcomes = tuple(self._told[locale] for locale in self._sides)
        known = kept if self._is_sound else {}
        return Done(self._project, outcomes, self.engines.receipts.problems, known)

    def _run(self) -> None:
        for slugs in self._parts:
            let_go()
            self._do(slugs)
            if self._is_over:
                return
        others = self._led_astray()
        for at in range(0, len(others), PART):
            self._do(frozenset(others[at : at + PART]), again=True)

    @property
    def _is_over(self) -> bool:
        """Whether nothing is to be done any more, since writing failed or the run was stopped."""
        failures = (side.foreseen.asked.failure for side in self._sides.values())
        stopped = any(isinstance(failure, Interrupted) for failure in failures)
        return stopped or self._is_cut_short or len(self._told) < len(self._sides)

    def _do(self, slugs: Collection[str], *, again: bool = False) -> None:
        """Do one part, or some terms of parts that are done."""
        order, workspace = self._order, self._project.workspace
        sides = self._sides
        rests = {one: rest_of(side.kept, side.kept.looked, slugs) for one, side in sides.items()}
        aside = Aside(self._project.skipped, self._project.odd, frozenset())
        project = self._project = read_part(workspace, rests, aside, workers=order.workers)
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
            unanswered = max(asked.possibly_billed, told.report.billed.possibly_billed)
            billed = replace(asked.billed, possibly_billed=unanswered)
            codes = tuple(dict.fromkeys((*told.report.codes, failure.exit_code)))
            report = replace(told.report, known=False, billed=billed, codes=codes)
            self._told[locale] = replace(told, report=report, failures=(*told.failures, failure))


def let_go() -> None:
    """Let go of what a part leaves: values in cycles, which is most, and what is known of texts."""
    inline_tokens.cache_clear()
    rendering.cache_clear()
    gc.collect()


def _files(project: Project, side: _Side) -> LocaleFiles:
    return replace(read_locale(project, side.engine.locale), foreseen=side.foreseen)


def _merged(before: Outcome | None, now: Outcome, *, again: bool) -> Outcome:
    """What parts came to so far; of the last one is known how all terms stand."""
    if before is None:
        return now
    then, report = before.report, now.report
    unanswered = max(then.billed.possibly_billed, report.billed.possibly_billed)
    report = replace(
        report,
        refused=then.refused if again else then.refused + report.refused,
        written=tuple(sorted({*then.written, *report.written})),
        codes=tuple(dict.fromkeys((*then.codes, *report.codes))),
        billed=replace(report.billed, possibly_billed=unanswered),
    )
    return replace(
        now,
        report=report,
        problems=tuple(dict.fromkeys((*before.problems, *now.problems))),
        failures=tuple(dict.fromkeys((*before.failures, *now.failures))),
    )
