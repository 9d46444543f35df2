"""A run that looks at the terms alone whose files changed, where the last run left all in order.

It does, sends, writes and tells what a run on everything would. Where that takes knowing more (a
name changed, a page comes or goes), nothing was written or sent yet, and it gives up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from i18n_pipeline.errors import BadConfig, BadFile, Stop
from i18n_pipeline.pipeline.engines import Engines, asks
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import (
    Begun,
    Outcome,
    Ready,
    begin_locale,
    draft_locales,
    end_locale,
    prepare_locale,
)
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.narrowing import part_of, recall
from i18n_pipeline.pipeline.options import PLAN, STATUS, SYNC, Order
from i18n_pipeline.pipeline.project import Project, check_extras
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.workspace import Workspace

_NARROWED = (SYNC, STATUS, PLAN)
_NONE: frozenset[str] = frozenset()


def run_narrowed(
    order: Order,
    workspace: Workspace,
    looked: Mapping[str, Looked],
    known: Mapping[str, Kept] | None = None,
) -> Done | None:
    """What a run came to that looked at a few terms; None where it has to look at everything.

    It goes by what is `known` of each locale, or else by what the last run kept.
    """
    if order.does not in _NARROWED or order.options.of_a_part:
        return None
    kept = known or _recalled(workspace, looked)
    return _found(order, lambda more: part_of(workspace, kept, looked, more)) if kept else None


def _recalled(workspace: Workspace, locales: Iterable[str]) -> Mapping[str, Kept]:
    """How the last run left each locale; nothing where that is not known of all."""
    kept = {locale: recall(workspace, locale) for locale in locales}
    known = {locale: one for locale, one in kept.items() if one is not None}
    return known if len(known) == len(kept) else {}


def _found(
    order: Order, find: Callable[[frozenset[str]], Project | None], more: frozenset[str] = _NONE
) -> Done | None:
    """What a run came to on the terms that are found, and `more` of them where it needs more."""
    try:
        project = find(more)
        return None if project is None else _done(order, project)
    except NeedsMore as needed:
        return _found(order, find, more | needed.slugs)
    except (BadFile, NeedsAll):
        return None


def _done(order: Order, project: Project) -> Done:
    """What each locale came to. Raises NeedsAll, and then nothing was written or sent."""
    files: dict[str, LocaleFiles] = {}
    with closing(Engines(order, project, files.__getitem__)) as engines:
        try:
            files |= {locale: read_locale(project, locale) for locale in project.rests}
            prepared = _prepared(order, project, files, engines)
        except (BadConfig, BadFile) as failure:
            raise NeedsAll from failure
        outcomes: list[Outcome] = []
        try:
            outcomes.extend(ended(order, prepared, engines))
        except Stop as stop:  # between two locales
            if not outcomes:
                raise
            outcomes[-1] = outcomes[-1].stopped(stop)
        return Done(project, tuple(outcomes), engines.receipts.problems)


def _prepared(
    order: Order, project: Project, files: Mapping[str, LocaleFiles], engines: Engines
) -> Sequence[Ready | Outcome]:
    """All locales up to what would be written. Raises NeedsAll, and what the configuration does.

    Where a machine may be asked, it is done without first: who needs more says so before.
    """
    check_extras(project, files)
    each = {locale: engines.of(locale) for locale in files}
    begun = [begin_locale(order, project, files[one], each[one]) for one in files]
    interrupted = _rehearsed(order, begun, engines) if any(map(_may_ask, begun)) else ()
    return interrupted or list(ready(order, asked_together(order, begun, engines), engines))


def _rehearsed(
    order: Order, begun: Sequence[Begun | Outcome], engines: Engines
) -> Sequence[Ready | Outcome]:
    """Nothing where all goes well without machines; what it came to where that was interrupted."""
    found = list(ready(order, begun, engines))
    return found if any(isinstance(one, Outcome) and one.interrupted for one in found) else ()


def _may_ask(begun: Begun | Outcome) -> bool:
    """Whether a machine may be asked for a text of a locale."""
    if isinstance(begun, Outcome) or not begun.engine.translates:
        return False
    return any(not (unit.obsolete or unit.reviewed) for unit in begun.work.units)


def asked_together(
    order: Order, begun: Sequence[Begun | Outcome], engines: Engines
) -> Iterator[Begun | Outcome]:
    """The locales, those that ask machines drafted together."""
    held = {
        at: one
        for at, one in enumerate(begun)
        if isinstance(one, Begun) and asks(order, one.work.files)
    }
    drafts = dict(zip(held, draft_locales(order, tuple(held.values()), engines), strict=True))
    return (drafts.get(at, one) for at, one in enumerate(begun))


def ready(
    order: Order, begun: Iterable[Begun | Outcome], engines: Engines
) -> Iterator[Ready | Outcome]:
    """The locales up to what would be written."""
    for one in begun:
        yield one if isinstance(one, Outcome) else prepare_locale(order, one, engines)


def ended(order: Order, prepared: Iterable[Ready | Outcome], engines: Engines) -> Iterator[Outcome]:
    """The locales from writing to telling; told to stop, what little there is left to write too."""
    for one in prepared:
        yield one if isinstance(one, Outcome) else end_locale(order, one, engines)
