"""How each term of a locale stands, and what keeps its page from its readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

from i18n_pipeline.model import Catalog, QualityIssue, Severity, State, Unit
from i18n_pipeline.pipeline.homes import catalog_path
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.project import slugs_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.standing import Blocker, TermStanding, TermState, Who
from i18n_pipeline.stages.pretranslate import was_refused
from i18n_pipeline.stages.taking.intake import in_conflict
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.values import dataclass

Place = Callable[[QualityIssue], tuple[str, int]]
"""Path and line of an issue, or of the unit that one is about."""


def standings(
    work: Work, output: Output, place: Place, slugs: Collection[str] = ()
) -> Iterator[TermStanding]:
    """How each term stands, or those of them that are asked for, by slug."""
    look = _Look(work, output, place)
    known = {term.slug: term for term in work.project.terms}
    for slug in sorted(slugs or known):
        yield look.at(known[slug]) if slug in known else look.at_unread(slug)


@dataclass(frozen=True)
class _Look:
    work: Work
    output: Output
    place: Place

    def at(self, term: Term) -> TermStanding:
        """How a term stands."""
        units = self._units_of(term)
        counts = {state: sum(unit.state is state for unit in units) for state in State}
        return TermStanding(
            slug=term.slug,
            state=self._state(term, counts),
            path=self.work.files.path_of(term.slug),
            is_built=term.slug in self._built,
            untranslated=counts[State.UNTRANSLATED],
            needs_review=counts[State.NEEDS_REVIEW],
            reviewed=counts[State.REVIEWED],
            drafts=sum(unit.is_draft for unit in units),
            url=self._url(term.slug),
            blockers=tuple(self._blockers(term, units)),
        )

    def at_unread(self, slug: str) -> TermStanding:
        """How a term stands whose source is left out, or cannot be read."""
        return TermStanding(
            slug,
            TermState.UNTRANSLATED,
            path=self.work.files.path_of(slug),
            blockers=tuple(self._of_source(slug)),
        )

    @cached_property
    def _catalog(self) -> Catalog:
        return self.work.catalog  # made anew each time that it is asked for

    @cached_property
    def _adopted(self) -> Mapping[str, Term]:
        return {term.slug: term for term in self.work.adopted}

    @cached_property
    def _built(self) -> frozenset[str]:
        return frozenset(self.output.built)

    @cached_property
    def _stale(self) -> frozenset[str]:
        return frozenset(self.output.stale)

    @cached_property
    def _unsafe(self) -> Mapping[str, list[QualityIssue]]:
        found: dict[str, list[QualityIssue]] = defaultdict(list)
        for issue in self.work.issues:
            if issue.safety:
                found[issue.context.rpartition("/")[0]].append(issue)
        return found

    @cached_property
    def _disputed(self) -> frozenset[str]:
        return frozenset(unit.slug for unit in in_conflict(self.work.units))

    def _units_of(self, term: Term) -> list[Unit]:
        """The units that the term's page waits for, each once; none where nobody may work on it."""
        known = self._adopted.get(term.slug)
        if known is None:
            return []
        found: dict[tuple[str, str], Unit] = {}
        for segment in known.segments:
            unit = self._catalog.unit_for(term.slug, segment)
            if unit is not None and segment.required:
                found[unit.key] = unit
        return list(found.values())

    def _state(self, term: Term, counts: Mapping[State, int]) -> TermState:
        if term.slug in self.work.manual:
            return TermState.MANUAL
        if self.work.taken.standing.get(term.slug) is Standing.FOREIGN:
            return TermState.UNADOPTED
        if term.slug in self._stale:
            return TermState.STALE
        if counts[State.UNTRANSLATED] or term.slug not in self._adopted:
            return TermState.UNTRANSLATED
        return TermState.REVIEW if counts[State.NEEDS_REVIEW] else TermState.REVIEWED

    def _url(self, slug: str) -> str:
        url = self.work.files.settings.site.url
        return url.replace("{locale}", self.work.locale).replace("{slug}", slug)

    def _blockers(self, term: Term, units: list[Unit]) -> Iterator[Blocker]:
        """Why a term's page is not there, or not as its source is; what comes first, first."""
        if term.slug not in self._adopted:
            yield self._out_of_reach(term)
            return
        yield from self._in_review_file(term, units)
        yield from self._of_page(term)
        for issue in self._unsafe.get(term.slug, ()):
            said = f"{issue.check} keeps a text out of the page, {issue.message}"
            review = f"i18n review {self._where(term)}"
            yield Blocker(said, Who.TRANSLATOR, review, _spelled(self.place(issue)))
        waits = any(unit.state is not State.REVIEWED for unit in units)
        ready = not waits and term.slug not in self._built
        if ready and not self._unsafe.get(term.slug) and term.slug not in self.output.waiting:
            yield Blocker("everything is reviewed, and the page is not built", Who.MAINTAINER,
                          f"i18n build {self._where(term)}")  # fmt: skip

    def _in_review_file(self, term: Term, units: list[Unit]) -> Iterator[Blocker]:
        empty = [unit for unit in units if unit.state is State.UNTRANSLATED]
        if mend := [unit for unit in empty if unit.key in self.work.damaged]:
            issue = QualityIssue("source-", Severity.NOTE, False, "", *mend[0].key, term.path)
            said = f"{_have(len(mend), 'a source')} to be mended first"
            yield Blocker(said, Who.AUTHOR, "", _spelled(self.place(issue)))
        empty = [unit for unit in empty if unit.key not in self.work.damaged]
        if refused := [unit for unit in empty if was_refused(unit)]:
            said = (
                f"{_have(len(refused), 'no translation')}: what a machine answered was turned down"
            )
            yield Blocker(said, Who.TRANSLATOR, f"i18n sync --refresh {self._where(term)}",
                          self._at(refused[0]))  # fmt: skip
        if missing := [unit for unit in empty if not was_refused(unit)]:
            said = _have(len(missing), "no translation")
            yield Blocker(said, Who.MACHINE, self._sync(term), self._at(missing[0]))
        if waiting := [unit for unit in units if unit.state is State.NEEDS_REVIEW]:
            yield Blocker(self._why(waiting), Who.REVIEWER, f"i18n review {self._where(term)}",
                          self._at(waiting[0]))  # fmt: skip
        if term.slug in self._disputed:
            yield Blocker("people disagree about a text", Who.REVIEWER,
                          f"i18n resolve {self._where(term)}")  # fmt: skip

    def _why(self, waiting: list[Unit]) -> str:
        """How many texts wait for review, and how they came to."""
        drafts = sum(unit.is_draft for unit in waiting)
        edited = sum(unit.previous is not None and not unit.is_draft for unit in waiting)
        parts = [
            f"{drafts} drafted" if drafts else "",
            f"{edited} whose source was edited" if edited else "",
        ]
        of_which = ", ".join(filter(None, parts))
        of_which = f" ({of_which})" if of_which else ""
        waits = "waits" if len(waiting) == 1 else "wait"
        return f"{counted(len(waiting), 'text')} {waits} for review{of_which}"

    def _of_page(self, term: Term) -> Iterator[Blocker]:
        path = self.work.files.path_of(term.slug)
        if term.slug in self.output.held:
            said = "the page was taken back, until all of it is reviewed"
            yield Blocker(said, Who.REVIEWER, self._sync(term))
        if term.slug in self.output.waiting:
            said = "the page was edited by hand, and cannot be built over that"
            yield Blocker(said, Who.TRANSLATOR, self._sync(term), path)

    def _out_of_reach(self, term: Term) -> Blocker:
        files, slug = self.work.files, term.slug
        if slug in self.work.manual:
            return Blocker("it is left to people (manual)", Who.TRANSLATOR, "", files.path_of(slug))
        if self.work.taken.standing.get(slug) is Standing.FOREIGN:
            return Blocker("a person's page that nobody has adopted", Who.MAINTAINER,
                           f"i18n adopt {self._where(term)}", files.path_of(slug))  # fmt: skip
        if slug in self.work.lost:
            return Blocker("its units are gone from the review file", Who.MAINTAINER, "i18n doctor")
        home = catalog_path(files.settings.paths.catalog, self.work.locale, term)
        if slug in files.refused:
            return Blocker("its page cannot be read", Who.TRANSLATOR, "i18n check",
                           files.path_of(slug))  # fmt: skip
        return Blocker("the review file is left alone", Who.MAINTAINER, "i18n doctor", home)

    def _of_source(self, slug: str) -> Iterator[Blocker]:
        project = self.work.project
        if slug in project.skipped:
            yield Blocker("the source is left out (`skip` in i18n.toml)", Who.AUTHOR)
            return
        pattern = project.config.settings(project.config.source).paths.terms
        for problem in project.problems:
            if slug in slugs_of(pattern, problem.path):
                place = _spelled((problem.path, problem.line))
                yield Blocker(
                    f"the source cannot be read, {problem.message}", Who.AUTHOR, "", place
                )

    def _where(self, term: Term) -> str:
        return f"--lang {self.work.locale} --slug {term.slug}"

    def _sync(self, term: Term) -> str:
        return f"i18n sync {self._where(term)}"

    def _at(self, unit: Unit) -> str:
        return _spelled(self.place(QualityIssue("", Severity.NOTE, False, "", *unit.key)))


def _have(count: int, what: str) -> str:
    return f"{counted(count, 'text')} {'has' if count == 1 else 'have'} {what}"


def _spelled(place: tuple[str, int]) -> str:
    path, line = place
    return f"{path}:{line}" if line else path
