"""The report of a project in words: a bar and a few lines for each locale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.overview import LocaleOverview, Overview
from i18n_pipeline.reports.standing import TermState
from i18n_pipeline.reports.view import View, columns, padded, wrapped

_SIGNS: Mapping[TermState, str] = {
    TermState.REVIEWED: "█",
    TermState.REVIEW: "▒",
    TermState.UNTRANSLATED: "·",
    TermState.STALE: "!",
    TermState.UNADOPTED: "?",
    TermState.MANUAL: "-",
}
_LONGEST_BAR = 60


def overview_as_text(overview: Overview, view: View, written: Sequence[str] = ()) -> str:
    """The overview in lines that fit the view; `written` are words about files, last."""
    lines = [*_head(overview, view)]
    for one in overview.locales:
        lines += ["", *_locale(overview, one, view)]
    lines += [*([""] if written or overview.notes else []), *overview.notes, *written]
    return "".join(f"{safe(line)}\n" for line in lines)


def _head(overview: Overview, view: View) -> Iterator[str]:
    tongue = view.tongue
    terms = f"{tongue.number(len(overview.terms))} terms in {tongue.name(overview.source)}"
    yield f"{overview.name}: {terms}, {tongue.day(overview.day)}"
    signs = (f"{sign} {state}" for state, sign in _SIGNS.items() if _is_used(overview, state))
    yield from wrapped(signs, view.width, "")


def _is_used(overview: Overview, state: TermState) -> bool:
    return any(one.states[state] for one in overview.locales)


def _locale(overview: Overview, one: LocaleOverview, view: View) -> Iterator[str]:
    names = [f"{view.tongue.name(each.locale)} ({each.locale})" for each in overview.locales]
    wide = max(map(columns, names))
    name = f"{view.tongue.name(one.locale)} ({one.locale})"
    if one.share is None:
        yield f"{padded(name, wide)}  not known"
        yield from (f"  {words}" for words in _reasons(one))
        return
    share = padded(view.tongue.percent(one.share), 5, right=True)
    start = f"{padded(name, wide)} {share}  "
    yield start + _bar(one, min(_LONGEST_BAR, view.width - columns(start)))
    yield from wrapped(_facts(overview, one, view), view.width, "  ")


def _reasons(one: LocaleOverview) -> Iterator[str]:
    """The files for which it is not known how the locale stands."""
    for path in sorted({problem.path for problem in one.report.problems}):
        yield f"{path} cannot be read"


def _bar(one: LocaleOverview, width: int) -> str:
    """A bar of as many signs; a state that is there at all has one at least."""
    total = one.states.total()
    if not total or width < len(_SIGNS):
        return ""
    lengths = {
        state: max(1, width * one.states[state] // total) if one.states[state] else 0
        for state in _SIGNS
    }
    longest = max(lengths, key=lambda state: lengths[state])
    lengths[longest] += width - sum(lengths.values())
    return "".join(sign * lengths[state] for state, sign in _SIGNS.items())


def _facts(overview: Overview, one: LocaleOverview, view: View) -> Iterator[str]:
    number = view.tongue.number
    yield from (f"{number(one.states[state])} {state}" for state in _SIGNS if one.states[state])
    if one.report.issues:
        yield counted(len(one.report.issues), "issue")
    if holes := overview.holes(one):
        yield f"{counted(len(holes), 'missing page')} that others lead to"
    if one.estimate is not None and one.estimate.characters:
        cost = one.estimate.cost
        price = "" if cost is None else f", {view.tongue.money(cost, overview.currency)}"
        yield f"a sync would send {number(one.estimate.characters)} characters{price}"
    if one.stale and one.stale[0].since:
        oldest = one.stale[0]
        yield f"oldest stale page: {oldest.slug}, since {view.tongue.day(oldest.since)}"
