"""Step 2: edits made in built files become units, before anything is updated or written.

Texts are taken into the PO, the lock learns the file as it is now, and from then on it is ours
again. A file that cannot be read, or of which too little is found again, is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from i18n_pipeline.checks import RULES, Subject, check
from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.history import History, find_history
from i18n_pipeline.model import Catalog, LockEntry, Segment, Unit, digest
from i18n_pipeline.pipeline.beginning import addresses_of, adopted_terms
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.stages.correct import segment_hashes
from i18n_pipeline.stages.fields import fields_of, open_fields
from i18n_pipeline.stages.fresh import fresh_file
from i18n_pipeline.stages.localized import Localized, linked
from i18n_pipeline.stages.remembered import Layout, remembered
from i18n_pipeline.stages.saying import said, short
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.splice import written_in
from i18n_pipeline.stages.taking.claims import Edited, Forms
from i18n_pipeline.stages.taking.deciding import Decided, Verdict, decide, without_settled
from i18n_pipeline.stages.taking.intake import EditedFile, Intake
from i18n_pipeline.stages.taking.page import Base, FileText, Page, Remark
from i18n_pipeline.stages.taking.reading import read_back
from i18n_pipeline.stages.term import Standing, Term

_SAFETY = tuple(rule for rule in RULES if rule.safety)
_VERSIONS = 100
"""How many versions of a file are looked at for the one that we wrote."""


def taken_in(order: Order, project: Project, files: LocaleFiles) -> tuple[LocaleFiles, Intake]:
    """The locale's files with the edits of people taken in, and what these were."""
    if order.does.forgets or order.does.mends or not files.usable:
        return files, Intake()
    settled = without_settled(files.catalog)
    changed = settled is not files.catalog
    files = replace(files, catalog=settled)
    stand = adopted_terms(project, files)
    adopted = stand.terms
    slugs, edited = order.options.slugs, stand.taken.of(Standing.EDITED)
    terms = [t for t in adopted if t.slug in edited and (not slugs or t.slug in slugs)]
    if not terms:
        return files, Intake(changes_units=changed)
    return _Intake(project, files, adopted).of(terms, changed=changed)


@dataclass(frozen=True)
class _Known:
    """What we left in a file, and whether that is certain."""

    base: Base
    unsure: bool = False


class _Intake:
    """Reads the edited files of one locale."""

    def __init__(self, project: Project, files: LocaleFiles, adopted: Sequence[Term]) -> None:
        self._project, self._files = project, files
        settings = files.settings
        self._rules = Rules(settings.fields, settings.markdown.extensions)
        addresses = addresses_of(project, files)
        there = frozenset(files.term_files) | files.beside
        self._sites = [
            Site(files.locale, self._rules, addresses, available, settings.build.draft_mark)
            for available in (there, frozenset(term.slug for term in adopted) | there)
        ]
        self._texts = _texts_by_slug(files.catalog)
        self._history: History | None = None
        self._problems: list[Problem] = []
        self._left: list[EditedFile] = []

    def of(self, terms: Sequence[Term], *, changed: bool) -> tuple[LocaleFiles, Intake]:
        """The files with the edits of these terms taken in."""
        read = [edited for edited in map(self._read, terms) if edited is not None]
        forms = {one.term.slug: self._forms(one) for one in read}
        decided = decide(self._files.catalog, read, forms=forms, stands=self._unsafe)
        entries: dict[str, LockEntry] = {}
        told = [*self._left]
        for one in read:
            verdict = decided.verdicts[one.term.slug]
            self._problems += self._of_unsafe(one, verdict)
            told.append(_told(one, verdict))
            if not verdict.unsafe:
                entries[one.term.slug] = self._entry(one, verdict)
        intake = Intake(
            tuple(sorted(told, key=lambda file: file.slug)),
            entries,
            tuple(self._problems),
            changed or decided.catalog.units != self._files.catalog.units,
        )
        return self._changed(decided, entries), intake

    def _changed(self, decided: Decided, entries: Mapping[str, LockEntry]) -> LocaleFiles:
        lock = self._files.lock.replace(entries.values())
        return replace(self._files, catalog=decided.catalog, lock=lock)

    def _entry(self, one: Edited, verdict: Verdict) -> LockEntry:
        own = frozenset(text.slot for text, _ in verdict.own if text.slot >= 0)
        return one.back.entry(self._lock(one.term), own)

    def _lock(self, term: Term) -> LockEntry:
        return self._files.lock.entries[term.slug]

    def _read(self, term: Term) -> Edited | None:
        """An edited file read back; None where it is left alone."""
        path = self._files.path_of(term.slug)
        try:
            target = self._term_file(term, self._project.workspace.read(path))
            known = self._known(term, target)
            if known is None:
                self._leave(term, "it is not known what was written into it")
                return None
            page = Page(target, path, self._sites[0].addresses, self._rules.fields)
            back = read_back(page, replace(known.base, open=open_fields(term, known.base.fields)))
        except BadFile as failure:
            self._problems.append(failure.at(path))
            self._leave(term, "it cannot be read")
            return None
        if not back.certain:
            self._leave(term, "too little of it is as it was")
            return None
        return Edited(term, back, known.unsure)

    def _leave(self, term: Term, why: str) -> None:
        self._left.append(EditedFile(term.slug, self._files.path_of(term.slug), left=why))

    def _term_file(self, term: Term, data: bytes) -> TermFile:
        name = self._project.file_slugs[term.slug]
        return read_term(data, self._rules, name, self._files.locale)

    def _known(self, term: Term, target: TermFile) -> _Known | None:
        """What we left in a file: from the lock, else from git, else what the units would make."""
        entry = self._lock(term)
        texts = self._texts[term.slug]
        if remembered(entry) or entry.fields:
            base = Base(remembered(entry), entry.fields, entry.omitted, texts)
            return _Known(base)
        old = self._once_written(term, entry)
        if old is not None:
            known = replace(self._of_file(term, old, entry), texts=texts)
            if entry.source == term.hash:
                return _Known(known)
            # which source its fields were made of is not known any more
            same = known.fields == self._of_file(term, target, entry).fields
            return _Known(replace(known, fields={})) if same else None
        return self._of_units(term, entry) if entry.source == term.hash else None

    def _of_file(self, term: Term, file: TermFile, entry: LockEntry) -> Base:
        layout = Layout.of_file(file.body, entry)
        fields = fields_of(term, file.values, self._rules.extensions)
        return Base(written_in(layout), fields)

    def _once_written(self, term: Term, entry: LockEntry) -> TermFile | None:
        """The file as we wrote it, if git has it."""
        path = self._files.path_of(term.slug)
        if self._history is None:
            self._history = find_history(self._project.workspace.root)
        versions = self._history.versions([path]).get(path, ())[:_VERSIONS]
        for data in self._history.blobs(version.blob for version in versions).values():
            if entry.wrote(digest(data)):
                return self._term_file(term, data)
        return None

    def _of_units(self, term: Term, entry: LockEntry) -> _Known:
        """What building the units as they are would write; certain where that is what was built."""
        units = [self._files.catalog.unit_for(term.slug, segment) for segment in term.segments]
        every = [unit.target or None if unit else None for unit in units]
        reviewed = [unit.target or None if unit and unit.reviewed else None for unit in units]
        made = {
            Localized.of(term, texts, site, drafts=drafts).fingerprint
            for texts, drafts in ((reviewed, False), (every, True), (every, False))
            for site in self._sites
        }
        fresh = fresh_file(Localized.of(term, every, self._sites[0]))
        base = self._of_file(term, fresh, replace(entry, segments=_sources(term)))
        return _Known(replace(base, texts=self._texts[term.slug]), entry.texts not in made)

    def _forms(self, one: Edited) -> Forms:
        """What a unit's text could say where a text of this file stands."""
        body = one.back.page.file.body

        def forms(target: str, text: FileText) -> Iterable[str]:
            written = {target, *(linked(target, text.segment, site) for site in self._sites)}
            for form in written:
                reads = form if text.slot < 0 else body.reads_as(body.slots[text.slot], form)
                yield short(said(reads, text.segment, body.extensions))

        return forms

    def _unsafe(self, unit: Unit, segment: Segment) -> str:
        """What keeps a text out of every file, in words."""
        subject = Subject(
            unit=unit,
            segment=segment,
            locale=self._files.locale,
            extensions=self._rules.extensions,
            addresses=self._sites[0].addresses,
            glossary=Glossary(),
            source_locale=self._project.config.source,
            style=self._files.settings.style,
        )
        found = check(subject, _SAFETY)
        return f"{found[0].check}: {found[0].message}" if found else ""

    def _of_unsafe(self, one: Edited, verdict: Verdict) -> Iterator[Problem]:
        for text, why in verdict.unsafe:
            yield Problem(
                one.path,
                text.line,
                0,
                "unsafe-edit",
                f"this text may not stand in a built file: {why}",
                "mend it there; until then the file is left alone",
            )


def _sources(term: Term) -> tuple[str, ...]:
    return segment_hashes(slot.segment.source for slot in term.file.body.slots)


def _texts_by_slug(catalog: Catalog) -> Mapping[str, Mapping[str, list[str]]]:
    """The texts of units by slug, and by the short hash of their source."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for unit in catalog.units:
        if unit.target:
            found[unit.slug][short(unit.source)].append(unit.target)
    return found


def _told(one: Edited, verdict: Verdict) -> EditedFile:
    """What is told of a file that was read back."""
    own = tuple(Remark(text.line, why) for text, why in verdict.own)
    return EditedFile(
        one.term.slug,
        one.path,
        verdict.taken,
        verdict.parked,
        (*one.back.remarks, *own),
        "a text of it may not stand in a built file" if verdict.unsafe else "",
    )
