"""By hand: required terminology out of the files of other programs, and into files for them.

An import adds to one glossary file, and changes nothing that is in it; an export writes nothing of
the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext

from i18n_pipeline.errors import BadFile, Problem, UsageError
from i18n_pipeline.formats.glossaries.editing import columns_needed, with_columns, with_entries
from i18n_pipeline.formats.glossaries.foreign import write_deepl, write_google
from i18n_pipeline.formats.glossaries.listing import read_glossary, read_listed, write_glossary
from i18n_pipeline.formats.glossaries.tbx import About, concepts_of, read_tbx, write_tbx
from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.model import digest
from i18n_pipeline.pipeline.asked import locales_asked
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.project import Project, read_project
from i18n_pipeline.pipeline.terminology import glossary_at_start
from i18n_pipeline.reports.interchanged import Exported, Imported
from i18n_pipeline.stages.incoming import Incoming, Standing, sort_incoming
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import dataclass, replace
from i18n_pipeline.workspace import Workspace

MULTILINGUAL = ("tbx", "google-csv")
"""What holds several target locales."""

_DEFINITION = "definition"
_TERMBASES = (".tbx", ".xml")
_TABLES = (".csv", ".tsv", ".txt")
_XML = (b"<?xml", b"<tbx", b"<martif", b"<!DOCTYPE")


@dataclass(frozen=True, slots=True)
class Import:
    """What is to be imported: a file's bytes and what it is called, for one target locale.

    `into` is a glossary file of the project, "" the one that is configured for the locale.
    `lock_timeout` is in seconds.
    """

    name: str
    data: bytes
    locale: str
    into: str = ""
    dry_run: bool = False
    lock_timeout: float = 0.0


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported: these target locales, all where none is named, in one form."""

    to: str
    locales: tuple[str, ...] = ()


def import_glossary(workspace: Workspace, order: Import) -> Imported:
    """Add what is new in another program's file to a glossary. Raises I18nError for what stops it.

    Nothing that is there is changed or said twice; what contradicts it is reported.
    """
    (locale,) = locales_asked(workspace, [order.locale])
    path = order.into or glossary_path(workspace, locale)
    if not is_glossary(workspace, path):
        raise UsageError(
            f"{path} is no glossary of this project",
            f"the one of {locale} is {glossary_path(workspace, locale)}",
        )
    found = _read(order, workspace.config.source, locale)
    with nullcontext() if order.dry_run else workspace.run_lock(order.lock_timeout):
        project = read_project(workspace)
        files = read_locale(project, locale)
        report = Imported(locale, path, dry=order.dry_run)
        if problems := _problems(files):
            return replace(report, errors=problems)
        try:
            return _Importing(project, files, order.name, report).add(found)
        except BadFile as failure:
            return replace(report, errors=(failure.at(path),))


def export_glossary(workspace: Workspace, order: Export) -> Exported:
    """The required terminology of locales with the names of their terms, for another program.

    Raises UsageError for a locale that is no target, and for several where one file holds one.
    """
    locales = locales_asked(workspace, order.locales)
    if len(locales) > 1 and order.to not in MULTILINGUAL:
        raise UsageError(
            f"{order.to} holds one locale, and these are {', '.join(locales)}",
            f"name one: --lang {locales[0]}",
        )
    project = read_project(workspace)
    files = {locale: read_locale(project, locale) for locale in locales}
    report = Exported(order.to)
    problems = (problem for one in files.values() for problem in _problems(one))
    if errors := tuple(dict.fromkeys(problems)):
        return replace(report, errors=errors)
    entries = {locale: _in_force(project, one) for locale, one in files.items()}
    return replace(
        report,
        data=_written(project, order.to, files, entries),
        counts=tuple((locale, len(_of_form(order.to, own))) for locale, own in entries.items()),
        notes=tuple(_left_out(order.to, entries)),
    )


def glossary_path(workspace: Workspace, locale: str) -> str:
    """Where the required terminology of a locale is configured to be."""
    return workspace.config.settings(locale).paths.glossary.fill(locale=locale)


def is_glossary(workspace: Workspace, path: str) -> bool:
    """Whether a path is that of a glossary file of some target locale."""
    return path in {glossary_path(workspace, locale) for locale in workspace.config.targets}


def _read(order: Import, source: str, target: str) -> tuple[Entry, ...]:
    """The entries of the file. Raises BadFile, its path set."""
    read = read_tbx if _is_tbx(order) else read_glossary
    try:
        return read(order.data, source=source, target=target)
    except BadFile as failure:
        failure.problem = failure.at(order.name)
        raise


def _is_tbx(order: Import) -> bool:
    """By what it is called, and by how it begins: a table may begin with `<` too."""
    if order.name.lower().endswith(_TERMBASES):
        return True
    head = order.data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if order.name.lower().endswith(_TABLES):
        return head.startswith(_XML)
    return head.startswith(b"<")


def _problems(files: LocaleFiles) -> tuple[Problem, ...]:
    """What keeps the terminology of a locale from being known."""
    return files.problems if files.blocked or not files.usable else ()


@dataclass(frozen=True)
class _Importing:
    """One import: what the locale has, what the file is called, and the report so far."""

    project: Project
    files: LocaleFiles
    name: str
    report: Imported

    def add(self, found: Iterable[Entry]) -> Imported:
        """Add what nothing contradicts. Raises BadFile for the glossary that is added to."""
        path = self.report.path
        before = self.project.workspace.read_optional(path)
        incoming = self._sorted(found, before or b"")
        steps = [{path: self._with(incoming.new, before or b"")}] if incoming.new else []
        seen = {path: "" if before is None else digest(before)}
        workspace = self.project.workspace
        return replace(
            self.report,
            added=incoming.new,
            known=incoming.known,
            conflicts=incoming.conflicts,
            written=workspace.would_save(steps) if self.report.dry else workspace.save(steps, seen),
        )

    def _sorted(self, found: Iterable[Entry], data: bytes) -> Incoming:
        listed = read_listed(data, source=self._source, target=self.files.locale)
        standing = [Standing(one.entry, f"{self.report.path}:{one.line}") for one in listed]
        return sort_incoming(found, [*standing, *_standing(self.project, self.files)], self.name)

    def _with(self, new: Sequence[Entry], data: bytes) -> bytes:
        """The file with new entries, and with the columns that they need."""
        locale = self.files.locale
        if missing := columns_needed(data, new, source=self._source, target=locale):
            data = with_columns(data, missing, source=self._source, target=locale)
        return with_entries(data, new, source=self._source, target=locale)

    @property
    def _source(self) -> str:
        return self.project.config.source


def _standing(project: Project, files: LocaleFiles) -> Iterator[Standing]:
    """What is in force besides the file that is added to, each with where it stands."""
    path = files.settings.paths.glossary.fill(locale=files.locale)
    glossary = glossary_at_start(project, files)
    for entry in glossary.entries[: len(files.glossary)]:
        yield Standing(entry, path)
    for entry in glossary.entries[len(files.glossary) :]:
        yield Standing(entry, "the name of a term")
    keep = files.settings.paths.keep.fill(locale=files.locale)
    for name in glossary.keep:
        yield Standing(_kept(name), keep)


def _kept(name: str) -> Entry:
    """A name that is kept, as an entry: only as it is written."""
    return Entry(name, name, case_sensitive=True)


def _in_force(project: Project, files: LocaleFiles) -> tuple[Entry, ...]:
    """Listed entries, then names of terms and names to keep, as far as nothing listed disagrees."""
    glossary = glossary_at_start(project, files)
    names = (
        replace(entry, source=entry.source.strip(), target=entry.target.strip())
        for entry in glossary.entries[len(files.glossary) :]
    )
    more = (*names, *map(_kept, glossary.keep))
    standing = [Standing(entry, "") for entry in files.glossary]
    return (*files.glossary, *sort_incoming(more, standing, "").new)


def _written(
    project: Project,
    form: str,
    files: Mapping[str, LocaleFiles],
    entries: Mapping[str, tuple[Entry, ...]],
) -> bytes:
    source = project.config.source
    if form == "tbx":
        return write_tbx(concepts_of(entries, source, _about(project, files)), source)
    if form == "google-csv":
        return write_google(entries, source)
    ((locale, own),) = entries.items()
    if form == "deepl-csv":
        return write_deepl(own, source, locale)
    return write_glossary(own, "\t" if form == "tsv" else ",")


def _about(project: Project, files: Mapping[str, LocaleFiles]) -> Mapping[str, About]:
    """What term files say of the concepts they are about, by the names of the terms."""
    return {term.file.name.casefold(): _about_term(project, term, files) for term in project.terms}


def _about_term(project: Project, term: Term, files: Mapping[str, LocaleFiles]) -> About:
    source = project.config.source
    vocabulary = project.config.settings(source).fields.vocabulary
    subjects = (one.source for one in term.file.segments if one.field in vocabulary)
    definition = next((one for one in term.file.segments if one.field == _DEFINITION), None)
    definitions: dict[str, str] = {}
    if definition is not None:
        definitions[source] = definition.source
        for locale, one in files.items():
            unit = one.catalog.unit_for(term.slug, definition)
            if unit is not None and unit.reviewed and unit.target:
                definitions[locale] = unit.target
    return About(term.slug, next(subjects, ""), definitions)


def _of_form(form: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that a form holds."""
    if form in ("csv", "tsv", "tbx"):
        return tuple(entries)
    preferred = (entry for entry in entries if entry.status is Status.PREFERRED)
    if form == "google-csv":
        return tuple(preferred)
    return tuple({entry.source: entry for entry in reversed([*preferred])}.values())


def _left_out(form: str, entries: Mapping[str, tuple[Entry, ...]]) -> Iterator[str]:
    for locale, own in entries.items():
        if count := len(own) - len(_of_form(form, own)):
            one = ", one for a term" if form == "deepl-csv" else ""
            yield f"{locale}: {count} left out, {form} holds only preferred renderings{one}"
