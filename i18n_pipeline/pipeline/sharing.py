"""What each term came to in a run, for runs after it that do not look at it; and the other way.

`left_by` says it, `with_rest` puts what is known of terms elsewhere beside what a run found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from i18n_pipeline.checks.exempting import without_effect
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.lock import write_lock
from i18n_pipeline.glossary import Entry
from i18n_pipeline.model import Key, QualityIssue, State, Unit, digest
from i18n_pipeline.pieces import Data, hash_of
from i18n_pipeline.pipeline.choosing import leads_of
from i18n_pipeline.pipeline.noting import named_in_vain
from i18n_pipeline.pipeline.output import Output
from i18n_pipeline.pipeline.peoples_work import deviating
from i18n_pipeline.pipeline.placing import Places
from i18n_pipeline.pipeline.project import vocabulary_of
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore, Share, in_order
from i18n_pipeline.pipeline.states import is_left_empty, turned_down
from i18n_pipeline.pipeline.terminology import entries_named, glossary_of, naming
from i18n_pipeline.pipeline.told import Told
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.pipeline.writing import Written, by_home, catalog_bytes, part_bytes
from i18n_pipeline.reports.report import LocaleReport
from i18n_pipeline.stages.taking.intake import in_conflict
from i18n_pipeline.stages.term import Standing, Term
from i18n_pipeline.values import dataclass, replace

V = TypeVar("V")
_BEHIND = expression(r"[^\w/.~-].*", re.DOTALL)
"""What nearly never is of a slug, and all behind it."""


@dataclass(frozen=True)
class Left:
    """A locale that a run left in order.

    `shares` are those of all terms, `terminology` is the hash of what they were judged by,
    `drafting` of what they were drafted by, `unsure` are the slugs of those that the run changed,
    or machines may be asked for, "" for vocabulary, `skipped` those that the configuration leaves
    out, `odd` is what is odd in sources, by path, `vocabulary` what was found in vocabulary, `gone`
    are as in `Kept`. `rows` are what is known of catalogs that did not change, `parts` what written
    ones have of the terms that the run looked at, where `rows` know the rest; `ours` are the paths
    of those that lie on disk as we would write them. `read` are the hashes of all files as the run
    read them, `wrote` the bytes that it wrote, None for what it deleted. `sound`: the next run may
    go by it, and not only the next part of this one.
    """

    locale: str
    shares: tuple[Share, ...]
    terminology: str
    drafting: str
    unsure: frozenset[str]
    skipped: frozenset[str]
    odd: Mapping[str, tuple[str, ...]]
    vocabulary: tuple[QualityIssue, ...]
    gone: frozenset[str]
    rows: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, bytes]
    ours: frozenset[str]
    read: Mapping[str, str]
    wrote: Mapping[str, Data | None]
    sound: bool


def left_by(told: Told, report: LocaleReport, written: Written) -> Left | None:
    """How a run left a locale; None where a run has to look at all of it to tell of it."""
    work, output = told.work, told.output
    sound = _is_known(work, report) and _is_settled(work, output) and _is_lock_ours(work, written)
    if not sound and work.files.foreseen is None:
        return None
    here = map(_Shares(work, output).of, work.project.terms)
    rows, parts = _rows(work, written)
    return Left(
        locale=work.locale,
        shares=tuple(in_order(here, work.files.rest, lambda share: share.slug)),
        terminology=work.terminology,
        drafting=work.drafting,
        unsure=work.restless.union(_changed(work, output), _told_of(told)),
        skipped=work.project.skipped,
        odd=work.project.odd,
        vocabulary=tuple(issue for issue in work.issues if not _slug(issue)),
        gone=frozenset(_gone(work)),
        rows=rows,
        parts=parts,
        ours=frozenset(_ours(work, written)),
        read=work.files.seen,
        wrote=written.data,
        sound=sound,
    )


def _is_known(work: Work, report: LocaleReport) -> bool:
    """Whether all was read and asked that was to be, and no review is missed that git has."""
    incomplete = work.files.blocked | work.files.refused | work.project.broken
    cut_short = work.asked.failure or work.asked.short or work.gave_up or work.project.partial
    return report.known and not (report.of_head or incomplete or cut_short)


def _is_settled(work: Work, output: Output) -> bool:
    """Whether nothing is told of the locale but of terms and vocabulary, one by one."""
    moved = {*work.files.moved, *work.files.relocked}
    gone = work.lost or output.lost or output.orphans_kept or output.removed
    vague = any(not one.slug for one in work.hidden)
    return not (moved or gone or vague or any(named_in_vain(work)))


def _is_lock_ours(work: Work, written: Written) -> bool:
    """Whether the lock lies there as we would write it, so that a part of it may be copied."""
    path = work.files.settings.paths.lock.fill(locale=work.locale)
    known = work.files.rest or path in written.data or not work.files.seen.get(path)
    return bool(known) or digest(write_lock(work.files.lock)) == work.files.seen[path]


def _told_of(told: Told) -> Iterator[str]:
    """The slugs of which is told what only a look at them tells: the next run looks at them too.

    People's pages, what people disagree about, what could not be drafted or may not be built.
    """
    work, output = told.work, told.output
    yield from work.manual & work.project.slugs
    yield from work.taken.of(Standing.FOREIGN, Standing.EDITED)
    yield from (*output.waiting, *output.held)
    yield from (file.slug for file in work.intake.files)
    yield from (unit.slug for unit, _ in without_effect(work.units))
    yield from (unit.slug for unit in (*in_conflict(work.units), *turned_down(work)))
    yield from (Unit(*key).slug for key in (*work.damaged, *work.not_renewed))
    yield from map(_slug, told.refused)


def _gone(work: Work) -> Iterator[str]:
    """The slugs of terms that are not there any more, and of which a catalog has something."""
    yield from work.files.rest.gone
    yield from {unit.slug for unit in work.units} - work.project.slugs - {""}


def _rows(
    work: Work, written: Written
) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, bytes]]:
    """What is known of the rows of catalogs, and their other parts where they were written."""
    rest, units = work.files.rest, by_home(work)
    changed = {path for path in rest.rows.keys() & rest.catalogs.keys() if written.data.get(path)}
    rows = {path: rows for path, rows in rest.rows.items() if path not in written.data} | {
        path: {slug: row for slug, row in rest.rows[path].items() if slug in rest.shares}
        for path in changed
    }
    return rows, {path: part_bytes(work, path, tuple(units[path])) for path in changed}


def _ours(work: Work, written: Written) -> Iterator[str]:
    """The catalogs that were read, and lie on disk as we would write them."""
    for path, catalog in work.files.catalogs.items():
        known = path in work.files.rest.rows or path in written.data
        seen = work.files.seen.get(path)
        if not known and hash_of(catalog_bytes(work, path, catalog.units)) == seen:
            yield path


def _slug(issue: QualityIssue) -> str:
    return issue.context.rpartition("/")[0]


def _changed(work: Work, output: Output) -> Iterator[str]:
    """The slugs of what the run changed: of vocabulary those of its terms, "" where it has none."""
    before = {(unit.key, unit.obsolete): unit for unit in work.files.catalog.units}
    users: defaultdict[Key, list[str]] = defaultdict(list)
    for term in work.project.terms:
        for key in vocabulary_of(term):
            users[key].append(term.slug)
    for unit in work.units:
        if before.pop((unit.key, unit.obsolete), None) != unit:
            yield from users.get(unit.key, (unit.slug,))
    yield from (unit.slug for unit in before.values())
    yield from output.entries
    yield from output.removed
    if not work.files.last_names.isdisjoint(output.entries):
        yield ""  # a page without a source goes by another slug from now on
    pages = {_page_of(work, term): term.slug for term in work.project.terms}
    yield from (pages.get(path, "") for path in output.files)


class _Shares:
    """What is said of a locale, by term."""

    def __init__(self, work: Work, output: Output) -> None:
        self._work, self._output = work, output
        units = [unit for unit in work.units if not unit.obsolete]
        self._units = _by_slug(units, lambda unit: unit.slug)
        terms, fields = work.project.terms, work.files.settings.fields
        safe = (unit for unit in units if unit.key not in work.unsafe)
        self._names = _by_slug(entries_named(safe, fields, terms), lambda entry: entry.slug)
        links = naming(work, glossary_of(work, drafts=False))
        self._links = _by_slug(links, lambda link: link[2])
        self._issues = _by_slug(_placed(work), _slug)
        self._hidden = _by_slug(work.hidden, lambda hidden: hidden.slug)
        self._deviating = deviating(work)
        self._leads = leads_of(work) if work.leads is None else work.leads
        self._sets = [
            frozenset(found)
            for found in (output.complete, output.built, output.stale, output.unplaced)
        ]

    def of(self, term: Term) -> Share:
        """What a term came to."""
        slug, files, page = term.slug, self._work.files, _page_of(self._work, term)
        complete, built, stale, unplaced = (slug in found for found in self._sets)
        counted = [unit for unit in self._units[slug] if not is_left_empty(self._work, unit)]
        states = [unit.state for unit in counted]
        share = Share(
            slug=slug,
            path=term.path,
            called=self._work.project.file_slugs[slug],
            page=page if files.path_of(slug) or page in self._output.files else "",
            home=self._work.homes[slug],
            name=term.file.name,
            vocabulary=vocabulary_of(term),
            names=self._names_of(slug),
            links=tuple((to, words) for to, words, _ in self._links[slug]),
            leads=tuple(sorted(self._leads.get(slug, ()))),
            near=tuple(sorted(self._near(term))),
            states=tuple(states.count(state) for state in State),
            drafts=sum(unit.is_draft for unit in counted),
            complete=complete,
            built=built,
            stale=stale,
            unplaced=unplaced,
            kept=self._output.kept.get(slug, ()),
            missing=self._output.missing.get(slug, ()),
            live=self._output.live.get(slug, ()),
            deviations=self._deviating.get(slug, ()),
            issues=tuple(self._issues[slug]),
            hidden=tuple(self._hidden[slug]),
            remembered=" ".join(self._work.remembered.get(slug, ())),
            waiting=" ".join(self._work.waiting.get(slug, ())),
        )
        return share.like(files.rest.before.get(slug))

    def _names_of(self, slug: str) -> tuple[Entry, ...]:
        """What the locale calls a term; what was foreseen is held once."""
        names, foreseen = tuple(self._names[slug]), self._work.files.foreseen
        known = () if foreseen is None else foreseen.names.get(slug, ())
        return known if known == names else names

    def _near(self, term: Term) -> Iterator[str]:
        """What stands in its source and its texts where slugs may, but for those it leads to."""
        texts = [term.file.data.decode(), *(unit.target for unit in self._units[term.slug])]
        found = {one for text in texts for one in self._work.addresses.slugs_in(text)}
        leads = self._leads.get(term.slug, ())
        return (one for one in found if _BEHIND.sub("", one).rstrip("/") not in leads)


def _page_of(work: Work, term: Term) -> str:
    """The path of a term's page in the locale, whether there is one or not."""
    name = work.project.file_slugs[term.slug]
    path = work.files.settings.paths.terms.fill(locale=work.locale, slug=name)
    return work.files.path_of(term.slug) or path


def _by_slug(things: Iterable[V], slug: Callable[[V], str]) -> Mapping[str, list[V]]:
    found: defaultdict[str, list[V]] = defaultdict(list)
    for one in things:
        found[slug(one)].append(one)
    return found


def _placed(work: Work) -> Iterator[QualityIssue]:
    """What was found, those of sources with their lines: nobody reads these sources next time."""
    places = Places(work)
    for issue in work.issues:
        if issue.check.startswith("source-") and not issue.line:
            path, line = places.of(issue)
            yield replace(issue, path=path, line=line)
        else:
            yield issue


def with_rest(work: Work, output: Output) -> tuple[Work, Output]:
    """What is told of a locale, with what is known of the terms that the run did not look at.

    Raises NeedsAll where a page goes, by whomever, and NeedsMore where one comes: with the terms
    that may link to it.
    """
    rest = work.files.rest
    if not rest:
        return work, output
    there = {path for path, _ in work.files.term_files.values()}
    gone = {share.page for share in rest.before.values()} - there - {""}
    names = {_page_of(work, term): term.slug for term in work.project.terms}
    if gone or output.removed or None in output.files.values() or output.files.keys() - names:
        raise NeedsAll
    if work.files.foreseen is None and (others := rest.leading_to(output.coming)):
        raise NeedsMore(others)
    fields = {unit.field for unit in work.units}
    if any(off.field and off.field not in fields for off in work.files.settings.checks.off):
        raise NeedsAll  # whether any unit has it is not known
    hidden = (hidden for share in rest for hidden in share.hidden)
    kept = {share.slug: share.kept for share in rest if share.kept}
    missing = {share.slug: share.missing for share in rest if share.missing}
    return (
        replace(work, issues=tuple(_issues(work)), hidden=(*work.hidden, *hidden)),
        replace(
            output,
            complete=[*output.complete, *rest.all_of(lambda share: share.complete)],
            built=[*output.built, *rest.all_of(lambda share: share.built)],
            stale=[*output.stale, *rest.all_of(lambda share: share.stale)],
            unplaced=_sorted(output.unplaced, rest.all_of(lambda share: share.unplaced)),
            live=output.live | {share.slug: share.live for share in rest},
            kept=dict(sorted((output.kept | kept).items())),
            missing=dict(sorted((output.missing | missing).items())),
        ),
    )


def _issues(work: Work) -> Iterator[QualityIssue]:
    """What was found here and elsewhere; vocabulary first, in the order of its units.

    What was found in vocabulary that no term has which the run looked at, is known from before.
    """
    rest = work.files.rest
    known = (one for one in rest.vocabulary if (one.context, one.source) not in work.segments)
    shared = (one for one in work.issues if not _slug(one))
    yield from sorted((*shared, *known), key=lambda one: (one.context, one.source))
    yield from (one for one in work.issues if _slug(one))
    yield from rest.issues()


def _sorted(here: Iterable[str], elsewhere: Iterable[str]) -> list[str]:
    return in_order(here, elsewhere, lambda slug: slug)


def check_untouched(work: Work, read: Iterable[Unit]) -> None:
    """Raises NeedsAll where units of other terms are not as they were `read`.

    Nor of vocabulary, but for what was found in it, which is not known yet.
    """
    slugs = {term.slug for term in work.project.terms}

    def others(units: Iterable[Unit]) -> list[Unit]:
        return [
            unit if unit.slug else replace(unit, notes=())
            for unit in units
            if unit.slug not in slugs
        ]

    if others(read) != others(work.units):
        raise NeedsAll
