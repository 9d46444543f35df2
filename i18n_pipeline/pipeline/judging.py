"""Step 6: what the checks say of every unit, and what follows for drafts, reports and builds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from i18n_pipeline.checks import ERRORS, RULES, WARNINGS, Rule, Subject, check, source_issues
from i18n_pipeline.checks.exempting import Hidden, sorted_out
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.model import Key, QualityIssue, Segment, Severity, State, Unit
from i18n_pipeline.pipeline.terminology import glossary_of, with_learned
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.mending import Mended, mended
from i18n_pipeline.stages.pretranslate import refused


def subject_of(work: Work, unit: Unit, segment: Segment, glossary: Glossary) -> Subject:
    """A unit as the checks see it."""
    return Subject(
        unit=unit,
        segment=segment,
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
    off = work.files.settings.checks.off
    for unit in work.units:
        segment = work.segments.get(unit.key)
        of_source = source_issues(unit, segment) if segment and not unit.obsolete else ()
        issues, switched_off = sorted_out(of_source, unit, off)
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
    """What keeps a new text from standing: the checks that are errors; they need no terminology."""
    return _checked(subject_of(work, unit, work.segments[unit.key], Glossary()), work, ERRORS)[0]


def _checked(
    subject: Subject, work: Work, rules: Sequence[Rule]
) -> tuple[tuple[QualityIssue, ...], tuple[Hidden, ...]]:
    """What the rules find in a unit and is told, and what is switched off."""
    off = work.files.settings.checks.off
    return sorted_out(check(subject, rules), subject.unit, off)


def judge_all(work: Work) -> Work:
    """Step 6: drafts that fail go, with the reason; unsafe texts are kept out of builds.

    Texts that this run has put in are known to have no faults.
    """
    glossary = with_learned(work, glossary_of(work, drafts=False))
    units: list[Unit] = []
    found: list[QualityIssue] = list(work.issues)
    hidden: list[Hidden] = []
    unsafe: set[Key] = set()
    for unit in work.units:
        segment = work.segments.get(unit.key)
        if segment is None or unit.obsolete or unit.state is State.UNTRANSLATED:
            units.append(unit)
            continue
        rules = WARNINGS if unit.key in work.sound else RULES
        issues, switched_off = _checked(subject_of(work, unit, segment, glossary), work, rules)
        hidden += switched_off
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        if errors and unit.is_draft and unit.origin is not None:
            who = unit.origin.words.removeprefix("machine draft by ")
            units.append(refused(unit, who, f"{errors[0].check}: {errors[0].message}"))
            continue
        unsafe |= {unit.key for issue in errors if issue.safety}
        found += issues
        units.append(_with_findings(unit, issues))
    return replace(
        work,
        units=tuple(units),
        issues=tuple(found),
        hidden=(*work.hidden, *hidden),
        unsafe=frozenset(unsafe),
    )


def mend(work: Work) -> Work:
    """The work with the edits in it that checks propose for units as they lie on disk."""
    glossary = with_learned(work, glossary_of(work, drafts=False))

    def judge(unit: Unit) -> Sequence[QualityIssue]:
        return _checked(subject_of(work, unit, work.segments[unit.key], glossary), work, RULES)[0]

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
    """What the checks found, where the translator sees it."""
    notes = tuple(n for n in unit.notes if not n.startswith("Check "))
    told = (issue for issue in issues if issue.severity is not Severity.NOTE)
    found = tuple(dict.fromkeys(f"Check {i.check}: {' '.join(i.message.split())}" for i in told))
    return replace(unit, notes=notes + found)
