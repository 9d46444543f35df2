"""Step 2: edits made in built files become units, before anything is updated or written.

Texts are taken into the PO, the lock learns the file as it is now, and from then on it is ours
again. A file that cannot be read, or of which too little is found again, is left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from i18n_pipeline.checks import RULES, Subject, check
from i18n_pipeline.checks.meaning.echo import ECHO
from i18n_pipeline.checks.writing.language import LANGUAGE
from i18n_pipeline.checks.writing.mojibake import MOJIBAKE
from i18n_pipeline.checks.writing.script import SCRIPT
from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.model import Kind, LockEntry, Segment, Unit
from i18n_pipeline.pipeline.beginning import addresses_of, adopted_terms
from i18n_pipeline.pipeline.elsewhere import units_elsewhere
from i18n_pipeline.pipeline.last_written import LastWritten
from i18n_pipeline.pipeline.locale_files import LocaleFiles
from i18n_pipeline.pipeline.options import Order
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.stages.fields import open_fields
from i18n_pipeline.stages.localized import linked
from i18n_pipeline.stages.rejecting import Rejected
from i18n_pipeline.stages.remembered import texts_of
from i18n_pipeline.stages.saying import said, short
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.taking.claims import Edited, Forms
from i18n_pipeline.stages.taking.deciding import Verdict, decide, without_settled
from i18n_pipeline.stages.taking.doubting import Known, doubted, mostly_doubted, with_shared
from i18n_pipeline.stages.taking.intake import EditedFile, Intake
from i18n_pipeline.stages.taking.page import FileText, Page, Remark
from i18n_pipeline.stages.taking.reading import read_back
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.values import replace

_SAFETY = tuple(rule for rule in RULES if rule.safety)
_BY_ACCIDENT = (MOJIBAKE, ECHO, SCRIPT, LANGUAGE)
"""What a person does not write, and a program does that saves a page wrongly."""
_PUT_BACK = "it is as we wrote it before: what the PO file says goes into it again"


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


class _Intake:
    """Reads the edited files of one locale."""

    def __init__(self, project: Project, files: LocaleFiles, adopted: Sequence[Term]) -> None:
        self._project, self._files, self._adopted = project, files, adopted
        settings = files.settings
        self._rules = Rules(settings.fields, settings.markdown.extensions)
        addresses = addresses_of(project, files)
        there = files.there
        self._sites = [
            Site(files.locale, self._rules, addresses, available, settings.build.draft_mark)
            for available in (
                there,
                there.union(files.rest.shares, (term.slug for term in adopted)),
            )
        ]
        self._written = LastWritten(project, files, self._sites)
        self._rejected = Rejected(files.rejected, settings.markdown.extensions)
        self._problems: list[Problem] = []
        self._told: list[EditedFile] = []
        self._entries: dict[str, LockEntry] = {}

    def of(self, terms: Sequence[Term], *, changed: bool) -> tuple[LocaleFiles, Intake]:
        """The files with the edits of these terms taken in."""
        earlier = self._written.earlier([term.slug for term in terms])
        rest = [term for term in terms if not self._is_put_back(term, earlier[term.slug])]
        found = (self._read(term, earlier[term.slug]) for term in rest)
        read = with_shared([one for one in found if one is not None], self._users)
        forms = {one.term.slug: self._forms(one) for one in read}
        decided = decide(self._files.catalog, read, forms=forms, stands=self._unsafe)
        for one in read:
            verdict = decided.verdicts[one.term.slug]
            self._problems += self._of_unsafe(one, verdict)
            self._told.append(_told(one, verdict))
            if not verdict.unsafe:
                self._entries[one.term.slug] = self._entry(one, verdict)
        intake = Intake(
            tuple(sorted(self._told, key=lambda file: file.slug)),
            self._entries,
            tuple(self._problems),
            changed or decided.catalog.units != self._files.catalog.units,
        )
        lock = self._files.lock.replace(self._entries.values())
        return replace(self._files, catalog=decided.catalog, lock=lock), intake

    def _entry(self, one: Edited, verdict: Verdict) -> LockEntry:
        own = frozenset(text.slot for text, _ in verdict.own if text.slot >= 0)
        return one.back.entry(self._files.lock.entries[one.term.slug], own)

    def _is_put_back(self, term: Term, earlier: Sequence[LockEntry]) -> bool:
        """Whether a page is byte by byte one that we wrote before: nobody edited that.

        The lock then knows it as it did, and the page is built anew from what people reviewed.
        """
        hashed = self._files.hash_of(term.slug)
        once = next((entry for entry in earlier if entry.wrote(hashed)), None)
        if once is None:
            return False
        held = self._files.lock.entries[term.slug].held
        self._entries[term.slug] = replace(once, built=hashed, pending="", held=held)
        remarks = (Remark(0, _PUT_BACK),)
        path = self._files.path_of(term.slug)
        self._told.append(EditedFile(term.slug, path, remarks=remarks))
        return True

    def _read(self, term: Term, earlier: Sequence[LockEntry]) -> Edited | None:
        """An edited file read back; None where it is left alone."""
        path = self._files.path_of(term.slug)
        try:
            target = self._written.read(term, self._project.workspace.read(path))
            known = self._written.of(term, target)
            if known is None:
                self._leave(term, "it is not known what was written into it")
                return None
            page = Page(target, path, self._sites[0].addresses, self._rules.fields)
            base = replace(known.base, open=open_fields(term, known.base.fields))
            back = doubted(read_back(page, base), base, self._known(term, earlier))
        except BadFile as failure:
            self._problems.append(failure.at(path))
            self._leave(term, "it cannot be read")
            return None
        why = mostly_doubted(back) if back.certain else "too little of it is as it was"
        if why:
            self._leave(term, why)
            return None
        return Edited(term, back, known.unsure)

    def _known(self, term: Term, earlier: Sequence[LockEntry]) -> Known:
        """What makes an edit of a term's page doubtful."""
        extensions = self._rules.extensions
        return Known(
            sources=frozenset(short(said(one.source, one, extensions)) for one in term.segments),
            earlier=frozenset(pair for entry in earlier for pair in texts_of(entry)),
            rejected=lambda text: self._rejected.knows(text.text, text.segment),
            says=lambda text: said(text.text, text.segment, extensions),
            fault=partial(self._fault, term),
            said_of=lambda text: self._said_of.get(text, ()),
        )

    def _fault(self, term: Term, text: FileText, words: str) -> str:
        """What is wrong with words in the place of a text, whoever wrote them; "" for nothing."""
        sources = (one for one in term.segments if short(one.source) == text.source)
        segment = next(sources, replace(text.segment, source=""))
        found = check(self._subject(Unit("", segment.source, words), segment), _BY_ACCIDENT)
        return f"{found[0].check}: {found[0].message}" if found else ""

    @cached_property
    def _said_of(self) -> Mapping[str, Collection[str]]:
        """Short hashes of the sources that units of the locale say something of, by that."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        elsewhere = units_elsewhere(self._project.workspace, self._files)
        for unit in (*self._files.catalog.units, *(elsewhere if self._files.rest else ())):
            found[unit.target].add(short(unit.source))
        return found

    def _users(self, field: str, source: str) -> int:
        """How many pages of the locale a value of the vocabulary stands in."""
        return self._pages_of[field, source]

    @cached_property
    def _pages_of(self) -> Counter[tuple[str, str]]:
        """In how many pages a vocabulary value stands: by field, and hash of its source."""
        if self._files.rest:
            raise NeedsAll
        return Counter(
            value
            for term in self._adopted
            if self._files.path_of(term.slug)
            for value in {
                (one.field, short(one.source))
                for one in term.segments
                if one.kind is Kind.VOCABULARY
            }
        )

    def _leave(self, term: Term, why: str) -> None:
        self._told.append(EditedFile(term.slug, self._files.path_of(term.slug), left=why))

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
        found = check(self._subject(unit, segment), _SAFETY)
        return f"{found[0].check}: {found[0].message}" if found else ""

    def _subject(self, unit: Unit, segment: Segment) -> Subject:
        return Subject(
            unit=unit,
            segment=segment,
            locale=self._files.locale,
            extensions=self._rules.extensions,
            addresses=self._sites[0].addresses,
            glossary=Glossary(),
            source_locale=self._project.config.source,
            style=self._files.settings.style,
        )

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


def _told(one: Edited, verdict: Verdict) -> EditedFile:
    """What is told of a file that was read back."""
    own = [Remark(text.line, why) for text, why in verdict.own]
    own += [Remark(text.line, text.doubt) for text in one.back.texts if text.doubt]
    return EditedFile(
        one.term.slug,
        one.path,
        verdict.taken,
        verdict.parked,
        (*one.back.remarks, *own),
        "a text of it may not stand in a built file" if verdict.unsafe else "",
    )
