"""The first run of a big glossary begins: what its parts must know of each other is found out.

Names are asked for first, those of all terms. Then each part is done (parts.py): at the end files
and report are those of a run on everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing

from i18n_pipeline.errors import Interrupted, Stop
from i18n_pipeline.glossary import Entry
from i18n_pipeline.history import find_history
from i18n_pipeline.model import State, digest
from i18n_pipeline.pipeline import parts
from i18n_pipeline.pipeline.beginning import addresses_of, begin
from i18n_pipeline.pipeline.engines import Engine, Engines, asks
from i18n_pipeline.pipeline.first_look import FirstLook, first_look
from i18n_pipeline.pipeline.foreseen import Foreseen
from i18n_pipeline.pipeline.judging import terminology_hash
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import Begun, Outcome, cut_short, with_foreseen
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.narrowed_run import asked_together
from i18n_pipeline.pipeline.options import SYNC, Detail, Order
from i18n_pipeline.pipeline.parts import Parts, Side
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import Share
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.pipeline.terminology import entries_named, glossary_of
from i18n_pipeline.pipeline.verdicts import hash_of
from i18n_pipeline.pipeline.work import Work
from i18n_pipeline.stages.spending import by_slug, in_order
from i18n_pipeline.stages.term import Term
from i18n_pipeline.values import replace
from i18n_pipeline.workspace import FoundFile, Workspace


def run_in_parts(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Done | None:
    """What the first run for some locales came to; None where it has to look at all terms at once.

    Raises what `Engines` does.
    """
    if order.does != SYNC or not order.writes or order.options.of_a_part:
        return None
    if order.options.detail is not Detail.NONE:  # of all texts that are new: then all are held
        return None
    begun = _begun_in_parts(order, workspace, looked)
    if not isinstance(begun, Parts):
        return begun
    with closing(begun.engines):
        return begun.done()


def _begun_in_parts(
    order: Order, workspace: Workspace, looked: Mapping[str, Looked]
) -> Parts | Done | None:
    found = workspace.discover(workspace.config.source)
    if found.problems or found.hidden or len(found.files) <= parts.AT_ONCE:
        return None
    if not all(_is_first(workspace, found.files, locale, now) for locale, now in looked.items()):
        return None
    workspace.let_go()
    return _prepared(order, workspace, found.files, looked)


def _is_first(workspace: Workspace, sources: Iterable[FoundFile], locale: str, now: Looked) -> bool:
    """Whether a locale has nothing yet but terminology, neither here nor at git's HEAD."""
    settings = workspace.config.settings(locale)
    paths = settings.paths
    beside = {paths.glossary.fill(locale=locale), paths.keep.fill(locale=locale)}
    others = now.hashes.keys() - beside - {file.path for file in sources}
    nothing = {digest(""), digest(find_history(workspace.root).missing)}
    if not now.hashes or others or now.head not in nothing:
        return False
    return not (
        settings.fields.extra or settings.only or any(one.field for one in settings.checks.off)
    )


def _prepared(
    order: Order, workspace: Workspace, found: Sequence[FoundFile], looked: Mapping[str, Looked]
) -> Parts | Done | None:
    """The parts of a run, all names asked for; what it came to where it was stopped before that.

    None where a part of it cannot go by what is known of the others.
    """
    look = first_look(workspace, found, order.workers, parts.PART)
    if look is None or len(look.project.terms) <= parts.AT_ONCE:
        return None
    files: dict[str, LocaleFiles] = {}

    def read(locale: str) -> LocaleFiles:
        if locale not in files:
            files[locale] = read_locale(look.project, locale)
        return files[locale]

    engines = Engines(order, look.project, read)
    with ExitStack() as ending:
        ending.callback(engines.close)
        each = {locale: engines.of(locale) for locale in looked}
        if any(files[locale].problems for locale in each):
            return None
        foreseen = {one: _foreseen(look, files[one]) for one in each}
        held = [replace(files.pop(one), foreseen=known) for one, known in foreseen.items()]
        begun = [_begun(order, look, one, each[one.locale]) for one in held]
        try:
            named = _named(order, begun, engines)
            failure = next(filter(None, map(_stopped, named)), None)
            if failure is None:
                engines.let_go()
                sides = [_side(order, look, looked, one, foreseen) for one in named]
                slugs = tuple(parts.cut(_slugs(look, sides[0])))
                ending.pop_all()
                return Parts(order, look.project, engines, sides, slugs)
        except Stop as stop:  # names are paid for
            failure = stop.as_failure()
        outcomes = tuple(cut_short(order, failure, one, engines) for one in begun)
        return Done(look.project, outcomes, engines.receipts.problems)


def _foreseen(look: FirstLook, files: LocaleFiles) -> Foreseen:
    """What is known of all terms before their names are asked for."""
    addresses = addresses_of(look.project, files)
    links = Counter(one for slug in look.leads for one in look.leads_of(slug, addresses))
    return Foreseen(links, look.repeated, look.echoed)


def _begun(order: Order, look: FirstLook, files: LocaleFiles, engine: Engine) -> Begun:
    """A locale of which nothing is known but what its terms are called."""
    work = with_foreseen(begin(look.project, files, order.options))
    work.asked.failure = engine.failure
    return Begun(engine, work, ())


def _named(order: Order, begun: Sequence[Begun | Outcome], engines: Engines) -> Sequence[Begun]:
    """The locales with drafts for the names of all terms, and for their vocabulary."""
    found = list(asked_together(order, begun, engines))
    return [one for one in found if isinstance(one, Begun)]


def _stopped(begun: Begun) -> Interrupted | None:
    """How the run was told to stop while machines were asked for a locale."""
    failure = begun.work.asked.failure
    return failure if isinstance(failure, Interrupted) else None


def _slugs(look: FirstLook, side: Side) -> Sequence[str]:
    """The slugs of all terms in the order in which money is spent on them."""
    project = look.project
    priority = project.config.budget.priority
    ordered = in_order(project.terms, priority, (), side.foreseen.links)
    return [term.slug for term in ordered]


def _side(
    order: Order,
    look: FirstLook,
    looked: Mapping[str, Looked],
    begun: Begun,
    known: Mapping[str, Foreseen],
) -> Side:
    work, project = begun.work, look.project
    foreseen = known[work.locale]
    names: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries_named(work.units, work.files.settings.fields, project.terms):
        names[entry.slug].append(entry)
    foreseen = replace(
        foreseen,
        named={slug: tuple(units) for slug, units in by_slug(work.units).items()},
        names={slug: tuple(entries) for slug, entries in names.items()},
        pages=_pages(order, begun),
    )
    kept = Kept(
        looked=looked[work.locale],
        shares=tuple(_share(work, look, term, foreseen.names) for term in project.terms),
        terminology=terminology_hash(work),
        drafting=hash_of(glossary_of(work)),
        unsure=frozenset(),
        rows={},
        skipped=project.skipped,
        odd=project.odd,
        vocabulary=(),
        gone=frozenset(),
    )
    return Side(begun.engine, kept, foreseen)


def _pages(order: Order, begun: Begun) -> frozenset[str]:
    """The terms that get a page, if all goes well: where drafts are published, those of all."""
    files = begun.work.files
    publish = order.options.publish or files.settings.build.publish
    comes = publish == "drafts" and begun.engine.translates and asks(order, files)
    return begun.work.project.slugs - begun.work.manual if comes else frozenset()


def _share(
    work: Work,
    look: FirstLook,
    term: Term,
    names: Mapping[str, tuple[Entry, ...]],
) -> Share:
    """What is known of a term before its part begins."""
    texts = look.texts[term.slug]
    return Share(
        slug=term.slug,
        path=term.path,
        called=look.project.file_slugs[term.slug],
        page="",
        home=work.homes[term.slug],
        name=term.file.name,
        vocabulary=look.vocabulary[term.slug],
        names=names.get(term.slug, ()),
        leads=tuple(sorted(look.leads_of(term.slug, work.addresses))),
        states=tuple(texts if state is State.UNTRANSLATED else 0 for state in State),
    )
