"""A run from read to report, in the order of docs/architecture.md.

read → take in → update → leverage → pretranslate → check → build → write → report
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace

from i18n_pipeline.errors import (
    CannotWrite,
    I18nError,
    Interrupted,
    Problem,
    Stop,
    TryLater,
    UsageError,
)
from i18n_pipeline.locales import canonical, check_tag, is_pseudo
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.model import Unit
from i18n_pipeline.pipeline.asking import Asked, Budget, Engine
from i18n_pipeline.pipeline.building import Output, build_all
from i18n_pipeline.pipeline.idle import looked_at, recall, remember
from i18n_pipeline.pipeline.options import Does, Options, Surroundings
from i18n_pipeline.pipeline.project import LocaleFiles, Project, read_locale, read_project
from i18n_pipeline.pipeline.telling import locale_report
from i18n_pipeline.pipeline.work import (
    Work,
    begin,
    glossary_at_start,
    judge_all,
    lost_units,
    pretranslate,
    reuse,
)
from i18n_pipeline.pipeline.writing import Step, steps_of
from i18n_pipeline.providers import available, load
from i18n_pipeline.providers.base import Provider, Settings
from i18n_pipeline.reports.report import LocaleReport, Report, Terms, problem_of
from i18n_pipeline.workspace import Workspace

_NO_GLOSSARY = ("memory", "pseudo")


def run(
    does: Does, workspace: Workspace, options: Options, around: Surroundings | None = None
) -> Report:
    """Do what a command does for the locales asked for. Raises I18nError for what stops it all.

    With `options.dry_run` or `options.frozen` nothing is written or sent, and the report says
    what would be.
    """
    around = around or Surroundings()
    dry = options.dry_run or options.frozen
    writes = (does.writes_units or does.writes_files) and not dry
    locales = _locales(workspace, options)
    with workspace.run_lock(options.lock_timeout) if writes else nullcontext():
        if writes:
            workspace.remove_strays()
        seen = {one: looked_at(does, workspace, options, around, one) for one in locales}
        known = {one: recall(workspace, does, one, seen[one]) for one in locales}
        idle = [one for one in known.values() if one]
        if len(idle) == len(locales):
            return Report(does.command, tuple(one.report for one in idle), notes=idle[0].notices)
        report = _full(does, workspace, options, around, writes)
        if writes and not report.errors:
            for one in report.locales:
                remember(workspace, does, seen[one.locale], one, report.notes)
    return report


def _full(
    does: Does, workspace: Workspace, options: Options, around: Surroundings, writes: bool
) -> Report:
    """A run that has to look at everything."""
    project = read_project(workspace)
    _check_slugs(project, options)
    runner = _Runner(does, project, options, around, writes)
    reports = tuple(runner.locales(_locales(workspace, options)))
    problems = (*project.problems, *runner.problems, *runner.receipts.problems)
    failures = runner.failures
    return Report(
        does.command,
        reports,
        errors=tuple(dict.fromkeys((*problems, *map(problem_of, failures)))),
        notes=project.notices,
        codes=(
            *(65 for _ in problems),
            *(failure.exit_code for failure in failures),
            *_out_of_date(options, reports),
        ),
        dry=options.dry_run or options.frozen,
    )


def _out_of_date(options: Options, reports: Sequence[LocaleReport]) -> Iterator[int]:
    if options.frozen and any(one.written for one in reports):
        yield 4
    if options.fail_under is not None and any(
        one.units.coverage < options.fail_under for one in reports
    ):
        yield 3
    if options.exit_code and any(one.estimate and one.estimate.requests for one in reports):
        yield 4


def _locales(workspace: Workspace, options: Options) -> tuple[str, ...]:
    """The locales asked for, as the project spells them. Raises UsageError."""
    targets = workspace.config.targets
    spelled = {canonical(target): target for target in targets}
    for locale in options.locales:
        if canonical(locale) not in spelled:
            reason = check_tag(locale) or f"it is not among the targets: {', '.join(targets)}"
            hint = _close(locale, targets) or "add it to `targets` in i18n.toml"
            raise UsageError(f"{locale}: {reason}", hint)
    asked = dict.fromkeys(spelled[canonical(locale)] for locale in options.locales)
    return tuple(asked) or targets


def _check_slugs(project: Project, options: Options) -> None:
    known = {term.slug for term in project.terms} | project.broken | project.skipped
    unknown = [slug for slug in options.slugs if slug not in known]
    if unknown:
        raise UsageError(f"there is no term {unknown[0]}", _close(unknown[0], sorted(known)))


def _close(word: str, words: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, words, 1)
    return f"did you mean {close[0]}?" if close else ""


class _Runner:
    def __init__(
        self,
        does: Does,
        project: Project,
        options: Options,
        around: Surroundings,
        writes: bool,
    ) -> None:
        self.does, self.project, self.options, self.around = does, project, options, around
        self.writes = writes
        self.problems: list[Problem] = []
        self.failures: list[I18nError] = []
        self.receipts = Receipts(project.workspace.root / ".i18n")
        self._budget = Budget(options.max_chars)
        self._providers: dict[str, Provider] = {}
        self._files: dict[str, LocaleFiles] = {}

    def locales(self, locales: Sequence[str]) -> Iterator[LocaleReport]:
        """The run for each locale. A wrong key ends it before anything is written or sent."""
        engines = {locale: self._engine(self._read(locale)) for locale in locales}
        for locale, engine in engines.items():
            if not self._interrupted():
                yield self._locale(locale, engine)

    def _interrupted(self) -> bool:
        failures = (*self.failures, *self._budget.stopped.values())
        return any(isinstance(failure, Interrupted) for failure in failures)

    def _locale(self, locale: str, engine: Engine) -> LocaleReport:
        """The whole run for one locale; told to stop, what it has cost so far."""
        asked = Asked()
        try:
            return self._done(locale, engine, asked)
        except Stop as stop:
            self.failures.append(stop.as_failure())
            names, codes = (engine.provider.name,), (Interrupted.exit_code,)
            return LocaleReport(locale, names, billed=asked.billed, codes=codes)

    def _done(self, locale: str, engine: Engine, asked: Asked) -> LocaleReport:
        self.around.progress(locale, "reading", 0, 0)
        files = self._read(locale)
        self.problems += files.problems
        before = self.receipts.possibly_billed(locale) if self.does.sends else 0
        if not files.usable:
            total = Terms(total=len(self.project.terms))
            return LocaleReport(locale, terms=total, notes=("nothing was done: see the errors",))
        work = replace(begin(self.project, files, self.options), asked=asked)
        self.problems += lost_units(work)
        work = self._worked(work, engine)
        output = build_all(work, self.options, writes=self.does.writes_files)
        self.problems += output.problems
        written, failure = self._write(work, output)
        if failure is not None:
            self.failures.append(failure)
            work, output = self._as_it_is(work)
        self.around.progress(locale, "done", 1, 1)
        asked.possibly_billed += self._left_open(locale, before)
        report = locale_report(self.does, work, output, engine, written)
        return self._with_forgotten(report, work) if self.does.forgets else report

    def _left_open(self, locale: str, before: int) -> int:
        """Characters that killed runs asked for without an answer, and this one where it stopped.

        They are told once.
        """
        count = self.receipts.possibly_billed(locale) if self._interrupted() else before
        if count and self.writes:
            self.receipts.forget_intents(locale)
        return count

    def _with_forgotten(self, report: LocaleReport, work: Work) -> LocaleReport:
        count = len(work.files.catalog.units) - len(self._remembered(work))
        verb = "dropped" if self.writes else "would be dropped"
        return replace(report, notes=(f"{count} obsolete units {verb}", *report.notes))

    def _worked(self, work: Work, engine: Engine) -> Work:
        if self.does.forgets:
            return judge_all(work)
        work = reuse(work)
        if self._asks(work.files):
            work = self._pretranslated(work, engine)
        if work.asked.failure is not None:
            self.failures.append(work.asked.failure)
        return judge_all(work)

    def _pretranslated(self, work: Work, engine: Engine) -> Work:
        try:
            return pretranslate(work, engine)
        except Stop as stop:  # between two requests; their answers are receipts
            work.asked.failure = stop.as_failure()
            return work

    def _asks(self, files: LocaleFiles) -> bool:
        return files.settings.mt != "off" and (self.does.sends or self.does.plans)

    def _as_it_is(self, work: Work) -> tuple[Work, Output]:
        """What lies on disk after a failure to write, so that the numbers told of it are true."""
        del self._files[work.locale]
        found = judge_all(begin(self.project, self._read(work.locale), self.options))
        output = build_all(found, self.options, writes=False)
        return replace(found, asked=work.asked), output

    def _write(self, work: Work, output: Output) -> tuple[tuple[str, ...], I18nError | None]:
        """Write what the command writes: paths, and what stopped it; dry, what would be."""
        steps = self._steps(work, output)
        workspace = self.project.workspace
        if not self.writes:
            return workspace.would_save(steps), None
        unwritten = {path: work.files.seen.get(path, "") for step in steps for path in step}
        written: set[str] = set()
        for step in steps:
            expected = {path: unwritten.pop(path) for path in step if path in unwritten}
            try:
                written.update(workspace.save([step], expected))
            except (CannotWrite, TryLater) as failure:
                return tuple(sorted(written)), failure
            except Stop as stop:
                return tuple(sorted(written)), stop.as_failure()
        return tuple(sorted(written)), None

    def _steps(self, work: Work, output: Output) -> Sequence[Step]:
        if self.does.forgets:
            forgotten = replace(work, units=self._remembered(work))
            return steps_of(forgotten, None, units=True)
        if self.does.writes_units or self.does.writes_files:
            files = output if self.does.writes_files else None
            return steps_of(work, files, units=self.does.writes_units)
        return []

    def _remembered(self, work: Work) -> tuple[Unit, ...]:
        """The units as they lie on disk, less obsolete ones."""
        slugs = self.options.slugs
        units = work.files.catalog.units
        return tuple(u for u in units if not u.obsolete or (slugs and u.slug not in slugs))

    def _engine(self, files: LocaleFiles) -> Engine:
        return Engine(
            provider=self._provider(files) if self._asks(files) else self._loaded("memory"),
            receipts=self.receipts,
            budget=self._budget,
            source=self.project.config.source,
            locale=files.locale,
            refresh=self.options.refresh,
            jobs=self.options.jobs,
            now=self.around.now,
            sends=self.writes and self.does.sends,
            progress=lambda done, total: self.around.progress(
                files.locale, "translating", done, total
            ),
        )

    def _provider(self, files: LocaleFiles) -> Provider:
        """The first of the chain that knows the language pair; without one, memory alone."""
        chain = self.options.provider or files.settings.provider
        default = "pseudo" if is_pseudo(files.locale) else available(self.around.environment)
        names = chain or (default,)
        source = self.project.config.source
        for name in names:
            provider = self._loaded(name)
            if provider.supports(source, files.locale):
                return provider
        if self.options.provider:
            raise UsageError(
                f"{' and '.join(names)} cannot translate {source} into {files.locale}",
                "choose another provider for this locale",
            )
        return self._loaded("memory")

    def _loaded(self, name: str) -> Provider:
        if name not in self._providers:
            settings = Settings(
                project=self.project.workspace.root.name,
                source=self.project.config.source,
                glossaries={} if name in _NO_GLOSSARY else self._glossaries(),
            )
            self._providers[name] = load(name, self.around.environment, settings)
        return self._providers[name]

    def _glossaries(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The terminology of every target: one glossary at the provider serves them all."""
        targets = self.project.config.targets
        return {locale: glossary_at_start(self._read(locale)).pairs() for locale in targets}

    def _read(self, locale: str) -> LocaleFiles:
        if locale not in self._files:
            self._files[locale] = read_locale(self.project, locale)
        return self._files[locale]
