"""By hand what a sync does to DeepL's glossaries: which terms go there, under which name.

Nothing of the project is written. A dry run looks at the account, and changes nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from i18n_pipeline.errors import Problem, ProviderUnavailable, QuotaExceeded
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.options import Surroundings
from i18n_pipeline.pipeline.project import Project, called, read_project
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.providers.base import Settings, Terms
from i18n_pipeline.providers.deepl.entries import pair_of, sort_out, wanted
from i18n_pipeline.providers.deepl.glossary import Did, Shelf, Standing
from i18n_pipeline.providers.deepl.provider import DeepL, from_environment
from i18n_pipeline.reports.pushed import Asset, LeftOut, Part, Pushed
from i18n_pipeline.reports.report import problem_of
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Push:
    """What is to be pushed: for these locales, all where none is named."""

    locales: tuple[str, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True)
class Source:
    """What a push is made from. `files` are those of all targets, `asked` the locales wanted."""

    project: Project
    files: Mapping[str, LocaleFiles]
    asked: tuple[str, ...]

    @property
    def source(self) -> str:
        """The source locale."""
        return self.project.config.source

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps units or terms from being known: pushed, they would be missing for others."""
        bad = (files for files in self.files.values() if files.blocked or not files.usable)
        return tuple(dict.fromkeys(problem for files in bad for problem in files.problems))


def read_source(workspace: Workspace, push: Push) -> Source:
    """Read all that a push is made from. Raises UsageError for a locale that is no target."""
    asked = locales_asked(workspace, push.locales)
    project = read_project(workspace)
    files = {locale: read_locale(project, locale) for locale in workspace.config.targets}
    return Source(project, files, asked)


def connected(
    source: Source, around: Surroundings, glossaries: Mapping[str, Terms] | None = None
) -> DeepL:
    """DeepL for a push. Raises NotAuthorised without a key, BadConfig for a bad address."""
    settings = Settings(
        project=called(source.project.workspace),
        glossaries=glossaries or {},
        options=source.project.config.providers,
    )
    return from_environment(around.environment, settings)


def push_glossary(workspace: Workspace, push: Push, around: Surroundings | None = None) -> Pushed:
    """Have the glossaries of the locales at DeepL. Raises I18nError for what stops it all."""
    around = around or Surroundings()
    source = read_source(workspace, push)
    terms = {
        locale: glossary_at_start(source.project, files, drafts=True).pairs()
        for locale, files in source.files.items()
    }
    deepl = connected(source, around, terms)
    report = Pushed("glossary push", "glossaries", dry=push.dry_run)
    if source.problems:
        return replace(report, errors=source.problems, codes=(65,))
    try:
        done = _Pushing(source, terms, deepl, _time(around.now), push.dry_run)
        return replace(
            report,
            assets=tuple(done.asset(shelf) for shelf in done.shelves),
            notes=tuple(done.notes()),
            errors=tuple(done.errors),
            codes=tuple(ProviderUnavailable.exit_code for _ in done.errors),
        )
    finally:
        deepl.close()


class _Pushing:
    """One push of glossaries, one after the other."""

    def __init__(
        self,
        source: Source,
        terms: Mapping[str, Terms],
        deepl: DeepL,
        now: datetime,
        dry: bool,
    ) -> None:
        self._source, self._terms, self._deepl = source, terms, deepl
        self._now, self._dry = now, dry
        self.shelves: Sequence[Shelf] = deepl.glossaries.shelves(source.source, source.asked)
        self.errors: list[Problem] = []

    def asset(self, shelf: Shelf) -> Asset:
        standing = shelf.look()
        parts = tuple(self._parts(shelf))
        if self._dry:
            step = standing.next_step(free=self._deepl.free)
            old = () if step is Did.REFUSED else standing.old(self._now)
            identity = standing.current.glossary_id if standing.current else ""
            deleted = tuple(one.name for one in old if step is not Did.REWRITTEN)
        else:
            step, identity, deleted = self._do(shelf, standing)
        if step is Did.REFUSED:
            hint = "delete one at DeepL that nobody needs, or raise the plan"
            failure = ProviderUnavailable("DeepL allows this account no further glossary", hint)
            self.errors.append(problem_of(failure))
        return Asset(shelf.needed.name, str(step), identity, parts, deleted)

    def _do(self, shelf: Shelf, standing: Standing) -> tuple[Did, str, tuple[str, ...]]:
        """Obtain the glossary, and delete the old ones once that has succeeded."""
        try:
            obtained = shelf.obtain(standing)
        except QuotaExceeded:
            return Did.REFUSED, "", ()
        old = (one for one in standing.old(self._now) if one.glossary_id != obtained.id)
        deleted = tuple(one.name for one in old if shelf.delete(one.glossary_id))
        return obtained.did, obtained.id, deleted

    def _parts(self, shelf: Shelf) -> Iterable[Part]:
        """The entries of the locales asked for, as far as they are in this glossary."""
        project = called(self._source.project.workspace)
        for locale in self._source.asked:
            found = sort_out(self._terms[locale])
            if not found.kept or not pair_of(self._source.source, locale):
                continue
            if wanted(project, self._source.source, self._terms, locale) == shelf.needed:
                left_out = (LeftOut(one.source, one.target, one.reason) for one in found.left_out)
                yield Part(locale, found.kept, tuple(left_out))

    def notes(self) -> Iterable[str]:
        """What is not in any glossary, and why; and what is beside what was asked for."""
        for locale in self._source.asked:
            found = sort_out(self._terms[locale])
            if not pair_of(self._source.source, locale):
                yield f"{locale}: DeepL has no glossaries for it"
            elif not found.kept:
                yield f"{locale}: there are no terms" + (
                    " that DeepL takes" if found.left_out else ""
                )
        others = [locale for locale in self._terms if locale not in self._source.asked]
        if others and self.shelves:
            yield f"a glossary holds the terms of all locales, also those of {', '.join(others)}"


def _time(now: str) -> datetime:
    """The time of a run; without one nothing is old."""
    return datetime.fromisoformat(now) if now else datetime.min.replace(tzinfo=UTC)
