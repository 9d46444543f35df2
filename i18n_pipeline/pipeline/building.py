"""Step 7: which terms may be built, and what their files and lock entries become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.model import Catalog, LockEntry, State
from i18n_pipeline.pipeline.last_written import LastWritten
from i18n_pipeline.pipeline.manual import stays
from i18n_pipeline.pipeline.options import Options
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.work import Work, is_complete, texts_of
from i18n_pipeline.pipeline.workers import ALONE, Piece, Workers
from i18n_pipeline.stages.build import Built, is_up_to_date
from i18n_pipeline.stages.live import PageTexts
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.making import Lying, Making, make
from i18n_pipeline.stages.own_content import own_content
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.values import replace


def build_all(
    work: Work, options: Options, *, writes: bool = True, workers: Workers = ALONE
) -> Output:
    """Build what may be built and correct what may not, in slug order.

    Without `writes` the files stay as they are, and are counted so.
    """
    builder = _Builder(work, options, writes=writes)
    for at in range(0, len(work.adopted), _AT_ONCE):
        terms = work.adopted[at : at + _AT_ONCE]
        builder.ahead(terms, workers)
        for term in terms:
            builder.take(term)
    builder.orphans()
    if writes:
        builder.moved()
    return builder.output


MAKING = Piece(make, seconds=0.002)
"""One page: measured over a site of 1,000 terms."""

_AT_ONCE = 2000
"""How many pages that workers made are held in memory before they are looked at."""


class _Builder:
    def __init__(self, work: Work, options: Options, *, writes: bool) -> None:
        self.work = work
        self.catalog: Catalog = work.catalog
        self.settings = work.files.settings
        self.drafts = (options.publish or self.settings.build.publish) == "drafts"
        self.output = Output()
        self._some_only, self._writes = bool(options.slugs), writes
        self._chosen = {term.slug for term in work.terms} if writes else frozenset()
        self._texts: dict[str, list[str | None]] = {
            term.slug: list(texts_of(work, term, drafts=self.drafts, catalog=self.catalog))
            for term in work.adopted
        }
        written = LastWritten(work.project, work.files)
        self._made: dict[str, Built | Problem] = {}
        self._lost = written.lost(term for term in work.adopted if self._is_meant(term))
        self._site = Site(
            locale=work.locale,
            rules=Rules(self.settings.fields, self.settings.markdown.extensions),
            addresses=work.addresses,
            available=self._available(),
            draft_mark=self.settings.build.draft_mark,
        )
        self.output.coming = self._site.available - self.work.files.there

    def _publishable(self, term: Term) -> bool:
        texts = zip(self._texts[term.slug], term.segments, strict=True)
        return all(text is not None or not segment.required for text, segment in texts)

    def _available(self) -> frozenset[str]:
        """Slugs that have a file in the locale after this run, or after the next that writes."""
        meant = self.work.terms if self._writes else self.work.adopted
        terms = (t for t in meant if not self._is_held(t))
        coming = {t.slug for t in terms if self._publishable(t)}
        there = self.work.files.there
        there |= {slug for slug, data in self._lost.items() if data is not None}
        return there | (coming - self.work.taken.of(Standing.EDITED))

    def ahead(self, terms: Sequence[Term], workers: Workers) -> None:
        """Have workers make the pages that will be asked for, where they are many.

        Who looks at a few terms may do so twice: then all are made here, and remembered.
        """
        self._made.clear()
        twice = bool(self.work.files.rest)
        if not (twice or workers.worth(len(terms) * MAKING.seconds)):
            return
        wanted = [term for term in terms if self._is_made(term)]
        if not (twice or workers.worth(len(wanted) * MAKING.seconds)):
            return
        makings = [one for term in wanted for one in self._readable(term)]
        self._made |= self.work.made.known(self._site, makings)
        makings = [one for one in makings if one.term.slug not in self._made]
        if makings:
            pairs = [*zip(makings, workers.each(MAKING, self._site, makings), strict=True)]
            self._made |= {one.term.slug: page for one, page in pairs}
            if twice:
                self.work.made.keep(self._site, pairs)

    def _readable(self, term: Term) -> Iterator[Making]:
        """What makes a term's page, unless the one that lies there cannot be read."""
        with suppress(BadFile):
            yield self._making(term, self._publishable(term))

    def _is_made(self, term: Term) -> bool:
        """Whether `take` will want to know what a term's page becomes."""
        standing, publishable = self.work.taken.standing[term.slug], self._publishable(term)
        if standing is Standing.EDITED or self._is_held(term):
            return False
        if not publishable:
            return standing is not Standing.NONE and self._lost.get(term.slug, b"") is not None
        return not self._up_to_date(term)

    def take(self, term: Term) -> None:
        output, standing = self.output, self.work.taken.standing[term.slug]
        output.complete += [term.slug] * is_complete(term, self.catalog)
        publishable = self._publishable(term)
        if standing is Standing.EDITED and not (publishable and self._says_the_same(term)):
            output.stale.append(term.slug)
            output.waiting += [term.slug] if self._is_meant(term) else []
            return
        if self._is_held(term):
            output.held.append(term.slug)
            output.stale += [term.slug] * (standing is Standing.OURS)
            return
        if term.slug in self._lost:
            output.lost[term.slug] = self._lost[term.slug] is not None
        elif not publishable and standing is Standing.NONE:
            return
        if not publishable and self._lost.get(term.slug, b"") is None:
            return
        if publishable and self._up_to_date(term):
            output.built.append(term.slug)
            self._missing_links(term)
            return
        try:
            live = () if publishable or self.drafts else self._unreviewed_live(term)
            output.live |= {term.slug: live} if live else {}
            result = self._result(term, publishable)
        except BadFile as failure:
            result = failure.problem
        if isinstance(result, Problem):
            output.problems.append(replace(result, path=self._path(term)))
            output.stale += [term.slug] * (standing is Standing.OURS)
            return
        self._note(term, result, publishable)

    def _is_meant(self, term: Term) -> bool:
        """Whether the run is about this term."""
        return not self._some_only or any(one.slug == term.slug for one in self.work.terms)

    def _is_held(self, term: Term) -> bool:
        """Whether a person took the page back, and some of its units still wait for review."""
        entry = self.work.files.lock.get(term.slug)
        held = entry is not None and entry.held is not None
        return held and not is_complete(term, self.catalog)

    def _unreviewed_live(self, term: Term) -> tuple[str, ...]:
        """The contexts of units that were sent back to review while the page says their texts."""
        units = {self.catalog.unit_for(term.slug, one): one for one in term.segments}
        asked = [
            (unit, segment)
            for unit, segment in units.items()
            if unit is not None and unit.state is State.NEEDS_REVIEW and unit.previous is None
        ]
        lying = self._lying(term) if asked else None
        if lying is None:
            return ()
        existing = read_term(lying.data, self._site.rules, lying.name, self.work.locale)
        page = PageTexts.of(existing, self.work.extensions)
        return tuple(unit.context for unit, segment in asked if page.says(unit, segment))

    def _up_to_date(self, term: Term) -> bool:
        entry = self.work.files.lock.get(term.slug)
        file_hash = self.work.files.hash_of(term.slug)
        if entry is None or not file_hash or entry.built != file_hash or entry.held is not None:
            return False
        texts, drafts = self._texts[term.slug], self._marked(term)
        return is_up_to_date(Localized.of(term, texts, self._site, drafts=drafts), entry)

    def _says_the_same(self, term: Term) -> bool:
        """Whether an edited file says what its units say: somebody changed both, or its layout."""
        try:
            result = self._result(term, publishable=True)
            if isinstance(result, Problem) or result.unplaced:
                return False
            return result.data == self._read(term)
        except BadFile:
            return False

    def _read(self, term: Term) -> bytes:
        return self.work.project.workspace.read(self.work.files.path_of(term.slug))

    def _marked(self, term: Term) -> bool:
        """Whether the term's file would hold drafts."""
        return self.drafts and not is_complete(term, self.catalog)

    def _result(self, term: Term, publishable: bool) -> Built | Problem:
        made = self._made.get(term.slug)
        return made or make(self._site, self._making(term, publishable))

    def _making(self, term: Term, publishable: bool) -> Making:
        """Only people's corrections go into a stale file, whatever may be published."""
        lying = self._lying(term)
        if publishable:
            return Making(term, self._texts[term.slug], lying, drafts=self._marked(term))
        assert lying is not None  # noqa: S101  # take() asked
        texts = texts_of(self.work, term, drafts=False, catalog=self.catalog)
        return Making(term, list(texts), lying, corrected=True)

    def _note(self, term: Term, result: Built, publishable: bool) -> None:
        output, slug, path = self.output, term.slug, self._path(term)
        chosen = slug in self._chosen
        old = self.work.files.hash_of(slug)
        changed = result.entry.built != old
        if chosen and changed:
            output.files[path] = result.data
        if chosen and self._entry_differs(result.entry, changed):
            output.entries[slug] = result.entry
        done = publishable and not result.unplaced and (chosen or not changed)
        output.built += [slug] * done
        is_page = bool(old) or self._lost.get(slug) is not None
        output.stale += [slug] * (is_page and not done)
        if result.kept:
            output.kept[slug] = result.kept
        if result.unplaced and not publishable:
            output.unplaced.append(slug)
        if publishable:
            self._missing_links(term)

    def _entry_differs(self, entry: LockEntry, changed: bool) -> bool:
        """A source that moved without moving the file (a reflow) is no reason to write the lock.

        Nor is it that an earlier version remembered less. Where the lock is written anyway, since
        the page was taken in, it learns all.
        """
        known = self.work.files.lock.get(entry.slug)
        if changed or known is None or entry.slug in self.work.intake.entries:
            return True
        alike = replace(entry, source=known.source, texts=known.texts)
        if not known.blocks and not known.fields:
            alike = replace(alike, written=known.written, blocks=(), omitted=(), fields={})
        return alike != known

    def _missing_links(self, term: Term) -> None:
        known = self._site.available
        slugs = [
            slug
            for name in self.settings.fields.links
            for slug in term.file.list_items(name)
            if slug not in known
        ]
        if slugs:
            self.output.missing[term.slug] = tuple(dict.fromkeys(slugs))

    def _lying(self, term: Term) -> Lying | None:
        entry = self.work.files.lock.get(term.slug)
        is_there = bool(self.work.files.path_of(term.slug))
        data = self._read(term) if is_there else self._lost.get(term.slug)
        if entry is None or data is None:
            return None
        name = self.work.project.file_slugs[term.slug]
        return Lying(data, entry, name)

    def _path(self, term: Term) -> str:
        if found := self.work.files.path_of(term.slug):
            return found
        name = self.work.project.file_slugs[term.slug]
        return self.settings.paths.terms.fill(locale=self.work.locale, slug=name)

    def orphans(self) -> None:
        """Files whose source is gone: kept, or deleted where configured and ours to delete."""
        if self.settings.build.orphan != "delete" or self._some_only:
            return
        hashes = self._stranger_hashes()
        project = self.work.project
        known = {*project.slugs, *project.broken, *project.skipped}
        for path in self.work.files.strangers:
            found = self.settings.paths.terms.match(path)
            entry = self.work.files.lock.get(found["slug"]) if found else None
            if entry is None or not entry.wrote(hashes[path]):
                continue
            if stays(project, self.work.files, path) or self._holds_its_own(path, entry):
                continue
            self.output.files[path] = None
            if entry.slug not in known:
                self.output.removed.add(entry.slug)
        self.output.removed |= self._gone()

    def _holds_its_own(self, path: str, entry: LockEntry) -> bool:
        """Whether a page without a source has what is nowhere else; the report names it then."""
        data = self.work.project.workspace.read(path)
        file = read_term(data, self._site.rules, entry.slug, self.work.locale)
        own = own_content(file, entry, self.settings.fields, self.settings.build.draft_mark)
        if own:
            self.output.orphans_kept[path] = tuple(own.values())
        return bool(own)

    def moved(self) -> None:
        """Lock entries that go by a new slug, whatever else becomes of their pages."""
        for old, new in self.work.files.relocked.items():
            entry = self.work.files.lock.get(new)
            if entry is not None and new not in self.output.entries:
                self.output.entries[new] = entry
            self.output.removed.add(old)

    def _gone(self) -> set[str]:
        """Slugs that only the lock still knows: a run was killed once it had deleted the files."""
        work, project = self.work, self.work.project
        if project.partial:
            return set()
        sources = {*project.slugs, *project.broken, *project.skipped}
        names = (work.files.settings.paths.terms.match(path) for path in work.files.strangers)
        files = {found["slug"] for found in names if found}
        return set(work.files.lock.entries) - sources - files

    def _stranger_hashes(self) -> Mapping[str, str]:
        return self.work.project.workspace.hashes(list(self.work.files.strangers))
