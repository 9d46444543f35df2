"""Step 6: what the checks say of every unit, and what follows for drafts, reports and builds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.checks import ERRORS, Subject, check, source_issues
from i18n_pipeline.checks.exempting import Hidden, may_hide, sorted_out
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.model import Key, QualityIssue, Segment, Severity, State, Unit
from i18n_pipeline.pipeline.grounds import saying
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore
from i18n_pipeline.pipeline.terminology import glossary_before, glossary_of, with_learned
from i18n_pipeline.pipeline.verdicts import JUDGING, Case, Yardstick
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.workers import ALONE, Workers
from i18n_pipeline.stages.mending import Mended, mended
from i18n_pipeline.stages.pretranslate import refused
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import replace


def subject_of(work: Work, unit: Unit, segment: Segment, glossary: Glossary) -> Subject:
    """A unit as the checks see it."""
    return _yardstick(work, glossary).subject(Case(unit, segment))


def _yardstick(work: Work, glossary: Glossary) -> Yardstick:
    return Yardstick(
        locale=work.locale,
        extensions=work.extensions,
        addresses=work.addresses,
        glossary=glossary,
        source_locale=work.project.config.source,
        style=work.files.settings.style,
    )


def mark_sources(work: Work) -> Work:
    """Sources that are damaged themselves are reported, and kept out of paid translation."""
    marked: list[Unit] = []
    found: list[QualityIssue] = []
    hidden: list[Hidden] = []
    damaged: set[Key] = set()
    for unit in work.units:
        segment = work.segments.get(unit.key)
        of_source = source_issues(unit, segment) if segment and not unit.obsolete else ()
        issues, switched_off = _sorted_out(work, unit, of_source)
        found += issues
        hidden += switched_off
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors and not unit.target:
            damaged.add(unit.key)
            reason = f"{errors[0].check}: {errors[0].message}"
            marked.append(refused(unit, "not sent", reason))
        else:
            marked.append(unit)
    return replace(
        work,
        units=tuple(marked),
        issues=tuple(found),
        hidden=tuple(hidden),
        damaged=frozenset(damaged),
    )


def faults_of(work: Work, unit: Unit) -> tuple[QualityIssue, ...]:
    """What keeps a new text from standing: a person's no, or a check that is an error.

    These checks need no terminology.
    """
    segment = work.segments[unit.key]
    if rejected := work.rejected.faults(unit, segment):
        return rejected
    subject = subject_of(work, unit, segment, Glossary())
    return _sorted_out(work, unit, check(subject, ERRORS))[0]


def _sorted_out(
    work: Work, unit: Unit, issues: Iterable[QualityIssue]
) -> tuple[tuple[QualityIssue, ...], tuple[Hidden, ...]]:
    """What is told of a unit, and what is switched off."""
    return sorted_out(issues, unit, work.files.settings.checks.off)


def judge_all(work: Work, glossary: Glossary | None = None, *, workers: Workers = ALONE) -> Work:
    """Step 6: drafts that fail go, with the reason; unsafe texts are kept out of builds.

    They are judged by the terminology of all units in `work`, where no other one is given.
    """
    judge = _Judge(work, glossary)
    judge.ahead(((unit, work.segments.get(unit.key)) for unit in work.units), workers)
    units = tuple(map(judge.judged, work.units))
    return replace(
        work,
        units=units,
        issues=(*work.issues, *judge.issues),
        hidden=(*work.hidden, *judge.hidden),
        unsafe=frozenset(judge.unsafe),
        terminology=judge.terminology,
    )


def terminology_hash(work: Work) -> str:
    """The hash of the terminology that the texts of a locale are judged by."""
    return with_learned(work, glossary_of(work, drafts=False)).fingerprint


def check_terminology(work: Work) -> None:
    """Raises NeedsAll where the texts that the run does not look at have to be judged anew."""
    if work.files.rest:
        _Judge(work)


def judge_others(work: Work, workers: Workers = ALONE) -> Work:
    """The work with what is unsafe in the terms that the run was not asked for.

    Nothing is told of them, but which of their pages are built is counted.
    """
    asked = {term.slug for term in work.terms}
    others = [term for term in work.adopted if term.slug not in asked]
    if not others:
        return work
    judge = _Judge(work)
    texts = {unit: one for term in others for unit, one in _texts_of(work, term).items()}
    judge.ahead(texts.items(), workers)
    unsafe = {
        unit.key
        for unit, segment in texts.items()
        if any(map(_keeps_out, judge.found(unit, segment)[0]))
    }
    return replace(work, unsafe=work.unsafe | unsafe)


def _keeps_out(issue: QualityIssue) -> bool:
    """Whether what was found keeps a text out of every page."""
    return issue.safety and issue.severity is Severity.ERROR


def _texts_of(work: Work, term: Term) -> Mapping[Unit, Segment]:
    """The units of a term that have a text, with their segments."""
    units = {work.catalog.unit_for(term.slug, one): one for one in term.segments}
    return {unit: one for unit, one in units.items() if unit is not None and unit.target}


def _judge_elsewhere(work: Work, glossary: Glossary) -> None:
    """Raises NeedsMore where texts elsewhere have to be judged anew: those that say a name.

    NeedsAll where more has changed than names of terms that the run looks at.
    """
    before, rest = glossary_before(work), work.files.rest
    if before.fingerprint != rest.terminology:
        raise NeedsAll
    changed = {*_named(before)} ^ {*_named(glossary)}
    slugs = frozenset(slug for _, slug in changed)
    told = saying(work.project, {entry.source for entry, _ in changed}, rest)
    if others := frozenset(told) | rest.leading_to(slugs):
        raise NeedsMore(others)


def _named(glossary: Glossary) -> Iterator[tuple[Entry, str]]:
    """The entries with what does not make them others, and is judged by all the same."""
    return ((entry, entry.slug) for entry in glossary.entries)


class _Judge:
    """Judges the units of a locale one after the other, and keeps what is found."""

    def __init__(self, work: Work, glossary: Glossary | None = None) -> None:
        self._work = work
        self._glossary = glossary or with_learned(work, glossary_of(work, drafts=False))
        self.terminology = self._glossary.fingerprint
        rest = work.files.rest
        if rest and glossary is None and self.terminology != rest.terminology:
            _judge_elsewhere(work, self._glossary)
        self._yardstick = _yardstick(work, self._glossary)
        self.issues: list[QualityIssue] = []
        self.hidden: list[Hidden] = []
        self.unsafe: set[Key] = set()

    def ahead(self, texts: Iterable[tuple[Unit, Segment | None]], workers: Workers) -> None:
        """Have workers judge what has to be judged, where it is much."""
        cases = [
            Case(unit, segment, self._is_sound(unit))
            for unit, segment in texts
            if segment is not None and _is_judged(unit)
        ]
        if workers.worth(len(cases) * JUDGING.seconds):
            self._work.verdicts.judge_ahead(self._yardstick, cases, self.terminology, workers)

    def judged(self, unit: Unit) -> Unit:
        """The unit with what was found in its notes; a draft that fails is none any more."""
        segment = self._work.segments.get(unit.key)
        if segment is None or not _is_judged(unit):
            return unit
        issues, hidden = self.found(unit, segment)
        self.hidden += hidden
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors and unit.is_draft and unit.origin is not None:
            who = unit.origin.words.removeprefix("machine draft by ")
            return refused(unit, who, f"{errors[0].check}: {errors[0].message}")
        self.unsafe |= {unit.key for issue in issues if _keeps_out(issue)}
        self.issues += issues
        return _with_findings(unit, issues)

    def found(
        self, unit: Unit, segment: Segment
    ) -> tuple[tuple[QualityIssue, ...], tuple[Hidden, ...]]:
        """What is told of a unit's text, and what is switched off."""
        return _sorted_out(self._work, unit, self._found(unit, segment))

    def _found(self, unit: Unit, segment: Segment) -> Sequence[QualityIssue]:
        subject = self._yardstick.subject(Case(unit, segment))
        return self._work.verdicts.judge(subject, self.terminology, is_sound=self._is_sound(unit))

    def _is_sound(self, unit: Unit) -> bool:
        """Whether a text that this run has put in has no faults: one may be hidden, and then told.

        A verdict is kept, and holds also when a check is switched on again.
        """
        hides = may_hide(unit, self._work.files.settings.checks.off)
        return unit.key in self._work.sound and not hides


def _is_judged(unit: Unit) -> bool:
    return not unit.obsolete and unit.state is not State.UNTRANSLATED


def look_at_manual(work: Work) -> Work:
    """What is wrong with the texts of terms that are left to people; they stay as they are."""
    judge = _Judge(work)
    issues: list[QualityIssue] = []
    for term in (term for term in work.project.terms if term.slug in work.manual):
        for unit, segment in _texts_of(work, term).items():
            if unit.key not in work.segments:
                issues += judge.found(unit, segment)[0]
    return replace(work, issues=(*work.issues, *issues))


def mend(work: Work) -> Work:
    """The work with the edits in it that checks propose for units as they lie on disk."""
    glossary = with_learned(work, glossary_of(work, drafts=False))

    def judge(unit: Unit) -> Sequence[QualityIssue]:
        subject = subject_of(work, unit, work.segments[unit.key], glossary)
        return _sorted_out(work, unit, check(subject))[0]

    on_disk = work.files.catalog.by_key
    found: dict[Key, Mended] = {}
    for unit in work.units:
        known = on_disk.get(unit.key)
        if known and known.target == unit.target and unit.target and unit.key in work.segments:
            one = mended(unit, judge) if not unit.obsolete else None
            if one is not None:
                found[unit.key] = one
    units = (found[unit.key].after if unit.key in found else unit for unit in work.units)
    return replace(work, units=tuple(units), mended=tuple(found.values()))


def _with_findings(unit: Unit, issues: Iterable[QualityIssue]) -> Unit:
    """What the checks found, where the translator sees it; what is only noted is for `check`."""
    notes = tuple(n for n in unit.notes if not n.startswith("Check "))
    told = (issue for issue in issues if issue.severity is not Severity.NOTE)
    found = tuple(dict.fromkeys(f"Check {i.check}: {' '.join(i.message.split())}" for i in told))
    told_of = notes + found
    return unit if told_of == unit.notes else replace(unit, notes=told_of)
