"""A run that looks at the terms alone whose files changed, where the last run left all in order.

It does, writes and tells what a run on everything would. Where that takes knowing more (somebody
waits for a text, a name changed, a page comes or goes), nothing was written yet, and it gives up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from i18n_pipeline.errors import BadConfig, BadFile
from i18n_pipeline.pipeline.engines import Engines, asks
from i18n_pipeline.pipeline.idle import Looked
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
from i18n_pipeline.pipeline.narrowing import part_of, recall
from i18n_pipeline.pipeline.options import SYNC, Order
from i18n_pipeline.pipeline.project import Project, check_extras
from i18n_pipeline.pipeline.reported import Done
from i18n_pipeline.pipeline.rest import NeedsAll
from i18n_pipeline.workspace import Workspace


def run_narrowed(order: Order, workspace: Workspace, looked: Mapping[str, Looked]) -> Done | None:
    """What a run came to that looked at a few terms; None where it has to look at everything."""
    if order.does != SYNC or not order.writes or order.options.slugs or order.options.plan:
        return None
    kept = {locale: recall(workspace, order.does.command, locale) for locale in looked}
    known = {locale: one for locale, one in kept.items() if one is not None}
    if len(known) < len(kept):
        return None
    try:
        project = part_of(workspace, known, looked)
        files = {} if project is None else {one: read_locale(project, one) for one in looked}
    except (BadFile, NeedsAll):
        return None
    return None if project is None else _done(order, project, files)


def _done(order: Order, project: Project, files: Mapping[str, LocaleFiles]) -> Done | None:
    """What each locale came to; None, and nothing written, where more has to be looked at."""
    with closing(Engines(order, project, files.__getitem__)) as engines:
        try:
            ready = _prepared(order, project, files, engines)
        except (BadConfig, BadFile, NeedsAll):
            return None
        return Done(project, tuple(_ended(order, ready, engines)), engines.receipts.problems)


def _prepared(
    order: Order, project: Project, files: Mapping[str, LocaleFiles], engines: Engines
) -> list[Ready | Outcome]:
    """All locales up to what would be written. Raises NeedsAll, and what the configuration does."""
    check_extras(project, files)
    each = {locale: engines.of(locale) for locale in files}
    begun = [begin_locale(order, project, files[one], each[one]) for one in files]
    return list(_ready(order, _asked(order, begun, engines)))


def _asked(
    order: Order, begun: Sequence[Begun | Outcome], engines: Engines
) -> Iterator[Begun | Outcome]:
    """The locales, those that ask machines drafted together: nothing is wanted, or NeedsAll."""
    held = {
        at: one
        for at, one in enumerate(begun)
        if isinstance(one, Begun) and asks(order, one.work.files)
    }
    drafts = dict(zip(held, draft_locales(order, tuple(held.values()), engines), strict=True))
    return (drafts.get(at, one) for at, one in enumerate(begun))


def _ready(order: Order, begun: Iterable[Begun | Outcome]) -> Iterator[Ready | Outcome]:
    for one in begun:
        yield one if isinstance(one, Outcome) else prepare_locale(order, one)


def _ended(order: Order, ready: Iterable[Ready | Outcome], engines: Engines) -> Iterator[Outcome]:
    """The locales from writing to telling, until the run is told to stop."""
    for one in ready:
        outcome = one if isinstance(one, Outcome) else end_locale(order, one, engines)
        yield outcome
        if outcome.interrupted:
            return
