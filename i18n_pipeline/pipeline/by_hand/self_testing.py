"""The checks tested on a project's own reviewed texts: known faults are put in, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.checks import RULES
from i18n_pipeline.checks.faults import FAULTS, Sound, measure
from i18n_pipeline.checks.markup.empty import EMPTY
from i18n_pipeline.errors import Problem
from i18n_pipeline.model import Key
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.judging import subject_of
from i18n_pipeline.pipeline.locale_files import read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import read_project
from i18n_pipeline.pipeline.terminology import glossary_of, with_learned
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.self_test import LocaleSelfTest, SelfTestReport
from i18n_pipeline.workspace import Workspace

CODES = tuple(rule.code for rule in (EMPTY, *RULES))
"""The rules that a single translation can fail, in the order of their table."""

Texts = Mapping[str, Mapping[Key, str]]
"""The reviewed texts of each locale, by unit."""


def self_test(workspace: Workspace, locales: Sequence[str] = ()) -> SelfTestReport:
    """Measure the checks in some locales, or all. Raises UsageError for one that is no target.

    Other locales are read too: their texts are what an engine may answer by mistake.
    """
    asked = locales_asked(workspace, locales)
    works, problems = _read(workspace, asked)
    sounds = _all_sounds(works)
    tested = (
        LocaleSelfTest(one, CODES, measure(sounds[one], FAULTS)) for one in asked if one in works
    )
    return SelfTestReport(tuple(tested), problems)


def read_sounds(workspace: Workspace) -> Mapping[str, Iterable[Sound]]:
    """The reviewed texts of each locale as the checks see them; bad files are left out."""
    return _all_sounds(_read(workspace, ())[0])


def _read(
    workspace: Workspace, asked: Sequence[str]
) -> tuple[Mapping[str, Work], tuple[Problem, ...]]:
    """All locales that can be read, and what is wrong with the files of those asked for."""
    project = read_project(workspace)
    problems: list[Problem] = list(project.problems)
    works: dict[str, Work] = {}
    for locale in locales_asked(workspace, ()):
        files = read_locale(project, locale)
        if locale in asked:
            problems += files.problems
        if files.usable:
            works[locale] = begin(project, files, Options())
    return works, tuple(dict.fromkeys(problems))


def _all_sounds(works: Mapping[str, Work]) -> Mapping[str, Iterable[Sound]]:
    texts = {locale: _reviewed(work) for locale, work in works.items()}
    return {locale: _sounds(work, texts) for locale, work in works.items()}


def _reviewed(work: Work) -> Mapping[Key, str]:
    return {
        unit.key: unit.target
        for unit in work.units
        if unit.reviewed and unit.target.strip() and not unit.obsolete and unit.key in work.segments
    }


def _sounds(work: Work, texts: Texts) -> Iterator[Sound]:
    """The reviewed texts with what the checks know in a run, and their counterparts elsewhere."""
    glossary = with_learned(work, glossary_of(work, drafts=False))
    own = texts[work.locale]
    for unit in work.units:
        if unit.key not in own or unit.obsolete:
            continue
        others = {tag: text[unit.key] for tag, text in texts.items() if unit.key in text}
        others.pop(work.locale)
        yield Sound(subject_of(work, unit, work.segments[unit.key], glossary), others)
