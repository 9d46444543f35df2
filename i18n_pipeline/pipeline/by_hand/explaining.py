"""By hand: why a unit says what it says (`status --why`): all that became of it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.errors import UsageError
from i18n_pipeline.formats.po.syntax import quoted
from i18n_pipeline.memory.receipts import Receipt
from i18n_pipeline.model import Key, Unit
from i18n_pipeline.origins import OriginKind, kind_of
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.pipeline.by_hand.receipts_of import ReceiptsOf
from i18n_pipeline.pipeline.by_hand.traced_locale import TracedLocale, trace
from i18n_pipeline.pipeline.by_hand.tracing import Change
from i18n_pipeline.reports.counting import counted, in_short, money
from i18n_pipeline.reports.traced import TracedStep, TracedUnit, Why
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.provenance import changes, provenance_of, says
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace import Workspace

_JOINED = "approved by nobody: a merge put one branch's mark on the other's text"


@dataclass(frozen=True, slots=True)
class WhyOrder:
    """What is asked: `lora/body`, a slug, or a piece of a source or a translation."""

    what: str
    locales: tuple[str, ...] = ()


def why(workspace: Workspace, order: WhyOrder) -> Why:
    """The units asked for, each with its changes. Raises UsageError where there is none."""
    traced = trace(workspace, order.locales)
    found = [(one, _asked(one.units, order.what)) for one in traced.locales]
    if traced.locales and not any(units for _, units in found):
        names = {unit.context for one in traced.locales for unit in one.units}
        hint = close_to(order.what, sorted(names)) or "such as SLUG/FIELD, or some words of a text"
        raise UsageError(f"no unit is called {in_short(order.what)} or says so", hint)
    return Why(
        tuple(unit for one, units in found if units for unit in _explained(one, units)),
        notes=traced.notes,
        errors=traced.problems,
    )


def _asked(units: Sequence[Unit], what: str) -> list[Unit]:
    """The units of a field, of a term, or with a text; old ones where there are no others."""
    words = _folded(what)
    ways = (
        lambda unit: unit.context.partition("#")[0].casefold() == words,
        lambda unit: unit.slug.casefold() == words,
        lambda unit: words in (_folded(unit.source), _folded(unit.target)),
        lambda unit: words in f"{_folded(unit.source)}\n{_folded(unit.target)}",
    )
    for obsolete in (False, True):
        for way in ways if words else ():
            found = [unit for unit in units if unit.obsolete is obsolete and way(unit)]
            if found:
                return found
    return []


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _explained(locale: TracedLocale, units: Sequence[Unit]) -> Iterator[TracedUnit]:
    contexts = dict.fromkeys(unit.context.partition("#")[0] for unit in units)
    about = [quoted("msgctxt", one).removesuffix('"').encode() for one in contexts]
    made = list(locale.tracer.changes(about))
    receipts = ReceiptsOf(locale.work)
    for unit in units:
        yield TracedUnit(
            locale=locale.work.locale,
            unit=unit.context,
            source=unit.source,
            text=unit.target,
            state=str(unit.state),
            provenance=str(provenance_of(unit)),
            origin=unit.origin.words if unit.origin and unit.target else "",
            reviewer=unit.reviewer,
            receipt=_receipt(locale, unit, receipts.find(unit)),
            waiting=tuple(one.text for one in parked(unit)),
            steps=(*_uncommitted(locale, unit), *_steps(unit, made)),
        )


def _uncommitted(locale: TracedLocale, unit: Unit) -> Iterator[TracedStep]:
    committed = locale.committed.get(unit.key)
    if not locale.history.missing and says(committed) != says(unit):
        words = changes(committed, unit)
        if unit.target or committed is not None:
            yield TracedStep(words, unit.target)


def _steps(unit: Unit, made: Sequence[Change]) -> Iterator[TracedStep]:
    """What became of a unit, and before that of the one whose text it was given."""
    since: dict[Key, str] = {unit.key: ""}
    for change in made:
        key = change.key
        if key not in since or since[key] == change.commit.id:
            continue
        before = next((one for one in change.before if one is not None), None)
        after = change.after
        if words := changes(before, after):
            joined = (_JOINED,) if change.joins else ()
            said = after.target if after is not None and says(before) != says(after) else ""
            about = change.commit
            yield TracedStep(
                (*words, *joined), said, about.id, about.author, about.authored, about.summary
            )
        if before is None and after is not None and after.previous is not None:
            since.setdefault((after.context, after.previous), change.commit.id)


def _receipt(locale: TracedLocale, unit: Unit, found: Receipt | None) -> str:
    """What this machine knows of a draft's answer, in words."""
    drafted = kind_of(unit.origin) is OriginKind.MACHINE and unit.origin is not None
    if not drafted or (unit.origin and not unit.origin.draft):
        return ""
    if found is None:
        return "its receipt is not on this machine: .i18n/ of whoever asked for it has it"
    parts = [found.provider, found.model and f"model {found.model}", found.when]
    if found.billed:
        parts.append(counted(found.billed, "character"))
    if found.cost:
        parts.append(money(found.cost, locale.work.project.config.budget.currency))
    return f"receipt: {', '.join(filter(None, parts))}"
