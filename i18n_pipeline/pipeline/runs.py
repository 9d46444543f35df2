"""A run from read to report, in the order of docs/architecture.md.

read → take in → update → leverage → pretranslate → check → build → write → report
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace

from i18n_pipeline.errors import Problem, UsageError
from i18n_pipeline.locales import check_tag
from i18n_pipeline.memory.receipts import Receipts
from i18n_pipeline.pipeline.asking import Budget, Engine
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
    pretranslate,
    reuse,
)
from i18n_pipeline.pipeline.writing import Step, steps_of
from i18n_pipeline.providers import available, load
from i18n_pipeline.providers.base import Provider, Settings
from i18n_pipeline.reports.report import LocaleReport, Report
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
        if idle := [one for one in known.values() if one] if all(known.values()) else []:
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
    reports = tuple(runner.locale(locale) for locale in _locales(workspace, options))
    errors = (*project.problems, *runner.problems, *runner.receipts.problems)
    codes = tuple(_out_of_date(options, reports))
    return Report(does.command, reports, tuple(dict.fromkeys(errors)), project.notices, codes)


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
    targets = workspace.config.targets
    for locale in options.locales:
        if locale not in targets:
            reason = check_tag(locale) or f"it is not among the targets: {', '.join(targets)}"
            raise UsageError(f"{locale}: {reason}", "add it to `targets` in i18n.toml")
    return options.locales or targets


def _check_slugs(project: Project, options: Options) -> None:
    known = {term.slug for term in project.terms} | project.broken
    unknown = [slug for slug in options.slugs if slug not in known]
    if unknown:
        from difflib import get_close_matches

        close = get_close_matches(unknown[0], sorted(known), 1)
        hint = f"did you mean {close[0]}?" if close else ""
        raise UsageError(f"there is no term {unknown[0]}", hint)


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
        self.receipts = Receipts(project.workspace.root / ".i18n")
        self._budget = Budget(options.max_chars)
        self._providers: dict[str, Provider] = {}
        self._files: dict[str, LocaleFiles] = {}

    def locale(self, locale: str) -> LocaleReport:
        """The whole run for one locale."""
        self.around.progress(locale, "reading", 0, 0)
        files = self._read(locale)
        self.problems += files.problems
        if not files.usable:
            return LocaleReport(locale, notes=("nothing was done: see the errors above",))
        work = begin(self.project, files, self.options)
        if self.does.forgets:
            return self._without_obsolete(work, files)
        work = reuse(work)
        engine = self._engine(files)
        if files.settings.mt != "off" and (self.does.sends or self.does.plans):
            work = pretranslate(work, engine)
        work = judge_all(work)
        output = build_all(work, self.options)
        self.problems += output.problems
        written = self._write(work, output)
        self.around.progress(locale, "done", 1, 1)
        return locale_report(self.does, work, output, engine, written)

    def _write(self, work: Work, output: Output) -> tuple[str, ...]:
        """Write what the command writes; in a dry run, find out what would be written."""
        if not (self.does.writes_units or self.does.writes_files):
            return ()
        files = output if self.does.writes_files else None
        units = self.does.writes_units
        steps = steps_of(work, files, units=units)
        return self._saved(work, steps)

    def _saved(self, work: Work, steps: Sequence[Step]) -> tuple[str, ...]:
        workspace = self.project.workspace
        if not self.writes:
            return workspace.would_save(steps)
        expected = {path: work.files.seen.get(path, "") for step in steps for path in step}
        return workspace.save(steps, expected)

    def _without_obsolete(self, work: Work, files: LocaleFiles) -> LocaleReport:
        """The catalogs as they are, less their obsolete units; nothing else is changed."""
        units = files.catalog.units
        slugs = self.options.slugs
        kept = tuple(u for u in units if not u.obsolete or (slugs and u.slug not in slugs))
        steps = steps_of(replace(work, units=kept), None, units=True)
        written = self._saved(work, steps)
        verb = "dropped" if self.writes else "would be dropped"
        notes = (f"{len(units) - len(kept)} obsolete units {verb}",)
        return LocaleReport(work.locale, written=written, notes=notes)

    def _engine(self, files: LocaleFiles) -> Engine:
        return Engine(
            provider=self._provider(files),
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
        names = chain or (available(self.around.environment),)
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
