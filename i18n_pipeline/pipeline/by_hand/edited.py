"""By hand: what edits of the sources mean, for the texts that wait, and since a revision of git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from i18n_pipeline.errors import BadFile, UsageError
from i18n_pipeline.formats.po import unit_lines
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.history import History, find_history
from i18n_pipeline.model import Catalog, Key, Segment, State, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.beginning import begin
from i18n_pipeline.pipeline.grounds import ground_of
from i18n_pipeline.pipeline.locale_files import read_locale
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.project import Project, check_slugs, read_project
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.reports.edited import EditedReport, SourceEdit
from i18n_pipeline.stages.edits import Change, EditKind, Ground, classify
from i18n_pipeline.stages.edits.telling import word_diff
from i18n_pipeline.stages.term import Term
from i18n_pipeline.stages.tracing import Trace, trace
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: for which locales and terms (all where none is named), with every word or not.

    With `since`, a revision of git, all edits since then; otherwise what waits.
    """

    locales: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    explain: bool = False
    since: str | None = None


def edited(workspace: Workspace, asked: Asked) -> EditedReport:
    """The report. Raises I18nError for what stops it all; nothing is written."""
    locales = locales_asked(workspace, asked.locales)
    project = read_project(workspace)
    check_slugs(project, asked.slugs)
    if asked.since is not None:
        return _since(project, locales, asked, asked.since)
    waiting: dict[str, tuple[SourceEdit, ...]] = {}
    problems = [*project.problems]
    for locale in locales:
        files = read_locale(project, locale)
        problems += files.problems
        if files.usable:
            work = begin(project, files, Options(slugs=asked.slugs))
            waiting[locale] = tuple(_waiting(work))
    return EditedReport(asked.explain, waiting, errors=tuple(dict.fromkeys(problems)))


def _waiting(work: Work) -> Iterator[SourceEdit]:
    """The units of a locale that wait because their source was edited."""
    ground = ground_of(work.project, work.files.glossary, work.files.keep)
    lines = _Lines(work)
    for unit in work.units:
        segment = work.segments.get(unit.key)
        if segment is None or unit.state is not State.NEEDS_REVIEW or unit.previous is None:
            continue
        if kind_of(unit.origin) is OriginKind.FUZZY:
            continue  # its previous source is that of the text it is like: nobody edited it
        change = classify(unit.previous, unit.source, segment, ground)
        path = work.homes[unit.slug]
        place = (path, lines.of(path, unit))
        yield _told(unit.context, place, (unit.previous, segment), (change, ground), unit.target)


class _Lines:
    """At which lines the units stand in a locale's catalogs, each read where it is asked for."""

    def __init__(self, work: Work) -> None:
        self._workspace = work.project.workspace
        self._known: dict[str, Mapping[Key, int]] = {}

    def of(self, path: str, unit: Unit) -> int:
        """The line of a unit, 0 where the file does not have it yet."""
        if path not in self._known:
            data = self._workspace.read_optional(path)
            self._known[path] = unit_lines(data) if data else {}
        return self._known[path].get(unit.key, 0)


def _told(
    context: str,
    place: tuple[str, int],
    texts: tuple[str, Segment],
    meaning: tuple[Change, Ground],
    translation: str = "",
) -> SourceEdit:
    (old, segment), (change, ground) = texts, meaning
    return SourceEdit(
        unit=context,
        path=place[0],
        line=place[1],
        kind=change.headline or EditKind.REFLOW,
        kinds=change.kinds,
        old=old,
        new=segment.source,
        runs=word_diff(old, segment.source, segment, ground.extensions),
        translation=translation,
    )


def _since(project: Project, locales: tuple[str, ...], asked: Asked, revision: str) -> EditedReport:
    history = find_history(project.workspace.root)
    if history.missing:
        raise UsageError(f"--since needs git: {history.missing}")
    commit = history.resolve(revision)
    if not commit and ".." in revision:
        hint = f"the edits since then are told: --since {revision.partition('..')[0] or 'HEAD'}"
        raise UsageError(f"`{revision}` is a range, and one revision is wanted", hint)
    if not commit:
        hint = "the clone is shallow: fetch its history" if history.shallow else ""
        raise UsageError(f"git knows no revision `{revision}`", hint)
    past = _Past(project, history, commit)
    traces = {term.slug: past.trace(term) for term in _chosen(project, asked)}
    edits = [one for term in _chosen(project, asked) for one in past.told(term, traces[term.slug])]
    catalogs = {locale: read_locale(project, locale).catalog for locale in locales}
    return EditedReport(
        asked.explain,
        revision=revision,
        commit=commit,
        edits=tuple(_with_locales(one, catalogs) for one in edits),
        new=sum(one.new for one in traces.values()),
        gone=sum(one.gone for one in traces.values()) + past.gone(asked.slugs),
        errors=project.problems,
        notes=tuple(past.unread),
    )


def _chosen(project: Project, asked: Asked) -> list[Term]:
    return [term for term in project.terms if not asked.slugs or term.slug in asked.slugs]


class _Past:
    """The sources as a commit has them, beside those of now; what cannot be read is `unread`."""

    def __init__(self, project: Project, history: History, commit: str) -> None:
        source = project.config.source
        settings = project.config.settings(source)
        self._project = project
        self._rules = Rules(settings.fields, settings.markdown.extensions)
        self._pattern = settings.paths.terms.within(source)
        self._ground = ground_of(project)
        self.unread: list[str] = []
        listed = history.files(commit, settings.paths.terms.prefix(source) or ".")
        self._then = history.at(commit, filter(self._pattern.match, listed))

    def trace(self, term: Term) -> Trace:
        """What became of a term's texts."""
        path = term.path if term.path in self._then else self._away.get(term.slug, "")
        try:
            before = self._read(path)
        except BadFile as failure:
            self.unread.append(f"as it was then, it cannot be read: {failure.at(path)}")
            before = None
        old = before.segments if before is not None else ()
        return trace(term.slug, old, term.file.segments, self._ground)

    def told(self, term: Term, found: Trace) -> Iterator[SourceEdit]:
        """The edits of a term, with their places in its file."""
        for one in found.edited:
            place = (term.path, term.file.line_of(one.segment))
            yield _told(one.context, place, (one.old, one.segment), (one.change, self._ground))

    def gone(self, slugs: tuple[str, ...]) -> int:
        """How many texts stood in term files that are no more."""
        gone = (slug for slug in self._away if slug not in self._project.known)
        files = (self._read(self._away[slug]) for slug in gone if not slugs or slug in slugs)
        return sum(len(file.segments) for file in files if file is not None and not file.skipped)

    @cached_property
    def _away(self) -> Mapping[str, str]:
        """Where terms stood that stand elsewhere by now, or nowhere, by slug."""
        now = {term.path for term in self._project.terms}
        found: dict[str, str] = {}
        for path in self._then:
            with suppress(BadFile):  # it was no term file then
                if path not in now and (file := self._read(path)) is not None:
                    found[file.slug] = path
        return found

    def _read(self, path: str) -> TermFile | None:
        """A term file as it was; None where there was none. Raises BadFile."""
        data, found = self._then.get(path), self._pattern.match(path)
        if data is None or found is None:
            return None
        return read_term(data, self._rules, found["slug"], self._project.config.source)


def _with_locales(one: SourceEdit, catalogs: Mapping[str, Catalog]) -> SourceEdit:
    """The edit with the locales that have a text for it, before the edit or after."""
    touched = (
        locale
        for locale, catalog in catalogs.items()
        if any(_has_text(catalog, (one.unit, source)) for source in (one.old, one.new))
    )
    return replace(one, locales=tuple(touched))


def _has_text(catalog: Catalog, key: Key) -> bool:
    unit = catalog.by_key.get(key) or catalog.obsolete_by_key.get(key)
    return unit is not None and bool(unit.target)
