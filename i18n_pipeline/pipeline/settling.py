"""After a run that wrote much: a look at all of that, a part of the terms after the other.

What a run wrote is looked at once more by the next, which is to find that all is as it should be.
Where that is more than a run on a few terms looks at, and no file has changed since, it is gone
through in parts, which write and send nothing; then there is little left to look at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing

from i18n_pipeline.errors import BadConfig, BadFile, Interrupted
from i18n_pipeline.pipeline import parts
from i18n_pipeline.pipeline.engines import Engines
from i18n_pipeline.pipeline.locale_files import LocaleFiles, read_locale
from i18n_pipeline.pipeline.locale_run import Outcome, Ready, begin_locale
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.narrowed_run import asked_together, ended, ready
from i18n_pipeline.pipeline.narrowing import kept_after, known_alike, recall, rest_of
from i18n_pipeline.pipeline.options import SYNC, Order
from i18n_pipeline.pipeline.project import Aside, Project, read_part
from i18n_pipeline.pipeline.rest import NeedsAll, NeedsMore
from i18n_pipeline.pipeline.rest_kept import Kept
from i18n_pipeline.pipeline.verdicts import Verdicts
from i18n_pipeline.values import replace
from i18n_pipeline.workspace import Workspace

_NONE: frozenset[str] = frozenset()


def settled(
    order: Order, workspace: Workspace, looked: Mapping[str, Looked]
) -> Mapping[str, Kept] | None:
    """What is known of each locale when all that the last run wrote was looked at.

    None where that is little, or where something is to be done. Raises Interrupted where the run
    was told to stop, and what `Engines` does.
    """
    if order.does != SYNC or not order.writes or order.options.of_a_part:
        return None
    kept: dict[str, Kept] = {}
    verdicts: dict[str, Verdicts] = {}
    for locale, now in looked.items():
        one = recall(workspace, locale)
        if one is None or one.looked != replace(now, head=one.looked.head):
            return None
        kept[locale] = one
    slugs = sorted(frozenset().union(*(one.unsure for one in kept.values())))
    if len(slugs) <= parts.AT_ONCE or "" in slugs or not known_alike(kept):
        return None
    try:
        for part in parts.cut(slugs):
            parts.let_go()
            kept |= _looked_at(order, workspace, kept, verdicts, part)
    except (BadConfig, BadFile, NeedsAll):
        return None
    return kept


def _looked_at(
    order: Order,
    workspace: Workspace,
    kept: Mapping[str, Kept],
    verdicts: dict[str, Verdicts],
    slugs: frozenset[str],
) -> Mapping[str, Kept]:
    """What is known when some terms were looked at, and those that depend on them.

    `verdicts` are those of each locale, as they are read once for all parts.
    """
    try:
        outcomes = _found(order, _part(order, workspace, kept, slugs), verdicts)
    except NeedsMore as needed:
        return _looked_at(order, workspace, kept, verdicts, slugs | needed.slugs)
    return {one.report.locale: _after(workspace, kept, slugs, one) for one in outcomes}


def _part(
    order: Order, workspace: Workspace, kept: Mapping[str, Kept], slugs: Collection[str]
) -> Project:
    first = next(iter(kept.values()))
    gone = _NONE.union(*(one.gone for one in kept.values()))
    rests = {locale: rest_of(one, one.looked, slugs) for locale, one in kept.items()}
    aside = Aside(first.skipped, first.odd, gone)
    return read_part(workspace, rests, aside, workers=order.workers)


def _found(order: Order, project: Project, verdicts: dict[str, Verdicts]) -> list[Outcome]:
    """What each locale came to. Raises NeedsAll where something would be sent or written."""
    files: dict[str, LocaleFiles] = {}
    with closing(Engines(order, project, files.__getitem__)) as engines:
        engines.desk, engines.tells = replace(engines.desk, sends=False), False
        files |= {locale: read_locale(project, locale) for locale in project.rests}
        each = {locale: engines.of(locale) for locale in files}
        begun = [
            begin_locale(order, project, files[one], each[one], verdicts.get(one)) for one in files
        ]
        prepared = list(ready(order, asked_together(order, begun, engines), engines))
        _check_going_on(prepared)
        sound = [one for one in prepared if isinstance(one, Ready) and _is_settled(one)]
        if len(sound) < len(prepared):
            raise NeedsAll
        outcomes = list(ended(order, sound, engines))
        verdicts |= {one.work.locale: one.work.verdicts.later() for one in sound}
        _check_going_on(outcomes)
        return outcomes


def _check_going_on(each: Iterable[Ready | Outcome]) -> None:
    """Raises Interrupted where the run was told to stop, which nothing was lost by."""
    for one in each:
        failures = one.failures if isinstance(one, Outcome) else (one.work.asked.failure,)
        for failure in failures:
            if isinstance(failure, Interrupted):
                raise failure


def _is_settled(one: Ready) -> bool:
    """Whether there is nothing to write, and nobody to ask."""
    asked = one.work.asked
    told = asked.planned or asked.saved or asked.failure or asked.waiting
    return not (told or one.work.project.workspace.would_save(one.steps))


def _after(
    workspace: Workspace, kept: Mapping[str, Kept], slugs: Collection[str], outcome: Outcome
) -> Kept:
    before = kept[outcome.report.locale]
    after = None
    if outcome.left is not None:
        after = kept_after(workspace, before.looked, outcome.left)
        unsure = outcome.left.unsure
    if after is None:
        raise NeedsAll
    return replace(after, unsure=before.unsure.difference(slugs) | unsure)
