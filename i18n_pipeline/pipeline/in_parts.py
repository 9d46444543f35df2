"""The first run of a big glossary begins: what its parts must know of each other is found out.

Then names are asked for, those of all terms, and then each part is done (parts.py): at the end
files and report are those of a run on everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing

from i18n_pipeline.history import find_history
from i18n_pipeline.model import State, digest
from i18n_pipeline.pipeline import parts
from i18n_pipeline.pipeline.beginning import addresses_of
from i18n_pipeline.pipeline.engines import Engine, Engines, asks
from i18n_pipeline.pipeline.first_look import FirstLook, first_look
from i18n_pipeline.pipeline.foreseen import Foreseen
from i18n_pipeline.pipeline.homes import homes_of
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.manual import manual_terms
from i18n_pipeline.pipeline.options import SYNC, Detail, Order
from i18n_pipeline.pipeline.parts import Parts, Side
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import Share
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.pipeline.terminology import glossary_without_names
from i18n_pipeline.stages.spending import in_order
from i18n_pipeline.workspace import FoundFile, Workspace


def run_in_parts(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Done | None:
    """What the first run for some locales came to; None where it has to look at all terms at once.

    Raises what `Engines` does.
    """
    if order.does != SYNC or not order.writes or order.options.of_a_part:
        return None
    if order.options.detail is not Detail.NONE:  # of all texts that are new: then all are held
        return None
    begun = _begun(order, workspace, looked)
    if begun is None:
        return None
    with closing(begun.engines):
        return begun.done()


def _begun(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Parts | None:
    """The parts of a run; None where one of them cannot go by what is known of the others."""
    found = workspace.discover(workspace.config.source)
    if found.problems or found.hidden or len(found.files) <= parts.AT_ONCE:
        return None
    if not all(_is_first(workspace, found.files, locale, now) for locale, now in looked.items()):
        return None
    look = first_look(workspace, found.files, order.workers, parts.PART)
    if look is None or len(look.project.terms) <= parts.AT_ONCE:
        return None
    return _prepared(order, look, looked)


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


def _prepared(order: Order, look: FirstLook, looked: Mapping[str, Looked]) -> Parts | None:
    """What the parts of a run go by; None where a locale has files that cannot be used."""
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
        engines.let_go()
        look.project.workspace.let_go()
        sides = [_side(order, look, looked[one], files[one], each[one]) for one in looked]
        ending.pop_all()
    return Parts(order, look.project, engines, sides, _slugs(look, sides[0]))


def _slugs(look: FirstLook, side: Side) -> Sequence[str]:
    """The slugs of all terms in the order in which money is spent on them."""
    priority = look.project.config.budget.priority
    ordered = in_order(look.project.terms, priority, (), side.foreseen.links)
    return [term.slug for term in ordered]


def _side(
    order: Order, look: FirstLook, looked: Looked, files: LocaleFiles, engine: Engine
) -> Side:
    project = look.project
    shares = tuple(_shares(look, files))
    asks_for = engine.translates and asks(order, files)
    foreseen = Foreseen(
        links=Counter(slug for share in shares for slug in share.leads),
        repeated=look.repeated,
        echoed=look.echoed,
        pages=_pages(order, project, files) if asks_for else frozenset(),
    )
    foreseen.asked.failure = engine.failure
    kept = Kept(
        looked=looked,
        shares=shares,
        terminology=glossary_without_names(files, project.config.source).fingerprint,
        drafting="",
        unsure=frozenset(),
        rows={},
        skipped=project.skipped,
        odd=project.odd,
        vocabulary=(),
        gone=frozenset(),
    )
    return Side(engine, kept, foreseen, asks_for)


def _pages(order: Order, project: Project, files: LocaleFiles) -> frozenset[str]:
    """The terms that get a page, if all goes well: where drafts are published, those of all."""
    publish = order.options.publish or files.settings.build.publish
    return project.slugs - manual_terms(project, files) if publish == "drafts" else frozenset()


def _shares(look: FirstLook, files: LocaleFiles) -> Iterator[Share]:
    """What is known of each term before its part begins."""
    addresses, terms = addresses_of(look.project, files), look.project.terms
    homes = homes_of(files.settings.paths.catalog, files.locale, terms)
    for term in terms:
        texts = look.texts[term.slug]
        yield Share(
            slug=term.slug,
            path=term.path,
            called=look.project.file_slugs[term.slug],
            page="",
            home=homes[term.slug],
            name=term.file.name,
            vocabulary=look.vocabulary[term.slug],
            leads=tuple(sorted(look.leads_of(term.slug, addresses))),
            states=tuple(texts if state is State.UNTRANSLATED else 0 for state in State),
        )
