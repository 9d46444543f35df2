"""How well the checks find known faults, and how often they are wrong, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.checks.faults import FaultResult, Measured
from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import PLAIN, View, columns, padded
from i18n_pipeline.values import dataclass

_HEADER = ("check", "faults", "found", "recall", "alarms", "of units")
_FAULT_HEADER = ("fault", "put in", "found", "recall", "noticed", "check")


@dataclass(frozen=True)
class LocaleSelfTest:
    """What was measured in one locale; `codes` are the rules, in the order of their table."""

    locale: str
    codes: tuple[str, ...]
    measured: Measured


@dataclass(frozen=True)
class SelfTestReport:
    """The report of `check --self-test`."""

    locales: tuple[LocaleSelfTest, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where files are bad, else 0: figures are no failure."""
        return strongest(0, *(65 for _ in self.errors))


def self_test_as_json(report: SelfTestReport) -> str:
    """The report as one JSON document with a final newline; shares from 0 to 1, null for none."""
    document = {
        **first_fields("check", report.exit_code, report.errors, changed=False),
        "self_test": [_locale_as_json(one) for one in report.locales],
    }
    return document_of(document)


def self_test_as_text(report: SelfTestReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report as one table a locale; `verbose` adds one of single faults."""
    lines = [line for one in report.locales for line in _locale(one, view, verbose)]
    return "".join(f"{safe(line)}\n" for line in lines)


def _locale_as_json(one: LocaleSelfTest) -> Mapping[str, object]:
    measured = one.measured
    return {
        "locale": one.locale,
        "units": measured.units,
        "checks": [_rule_as_json(code, measured) for code in one.codes],
        "faults": [_fault_as_json(fault) for fault in measured.faults],
    }


def _rule_as_json(code: str, measured: Measured) -> Mapping[str, object]:
    recall = measured.recall(code)
    return {
        "check": code,
        "put": measured.put(code),
        "found": measured.found(code),
        "recall": None if recall is None else round(recall, 4),
        "alarms": measured.alarms.get(code, 0),
        "false_alarms": round(measured.false_alarms(code), 4),
    }


def _fault_as_json(result: FaultResult) -> Mapping[str, object]:
    return {
        "fault": result.fault.name,
        "checks": list(result.fault.checks),
        "put": result.put,
        "found": result.found,
        "noticed": result.noticed,
    }


def _locale(one: LocaleSelfTest, view: View, verbose: bool) -> Iterator[str]:
    measured = one.measured
    put = sum(fault.put for fault in measured.faults)
    units = view.tongue.counted(measured.units, "reviewed unit")
    yield f"{view.called(one.locale)}: {view.tongue.counted(put, 'fault')} put into {units}"
    if not measured.units:
        return
    yield from _table([_HEADER, *(_rule_row(code, measured, view.tongue) for code in one.codes)])
    if verbose:
        yield from _table(
            [_FAULT_HEADER, *(_fault_row(fault, view.tongue) for fault in measured.faults)]
        )


def _rule_row(code: str, measured: Measured, tongue: Tongue) -> tuple[str, ...]:
    counts = tongue.number(measured.put(code)), tongue.number(measured.found(code))
    alarms = tongue.number(measured.alarms.get(code, 0))
    false = tongue.tenths(100 * measured.false_alarms(code))
    return code, *counts, _percent(measured.recall(code), tongue), alarms, false


def _fault_row(result: FaultResult, tongue: Tongue) -> tuple[str, ...]:
    recall = result.found / result.put if result.put else None
    counts = tongue.number(result.put), tongue.number(result.found)
    noticed = tongue.number(result.noticed)
    return result.fault.name, *counts, _percent(recall, tongue), noticed, result.check


def _percent(share: float | None, tongue: Tongue) -> str:
    """A share in whole percent, rounded down: only all of it is 100 %."""
    return "-" if share is None else tongue.percent(int(share * 100))


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns, two blanks apart: words to the left, figures to the right."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    figures = [_is_figure(rows, at) for at in range(len(widths))]
    for row in rows:
        cells = zip(row, widths, figures, strict=True)
        shown = (padded(text, width, right=right) for text, width, right in cells)
        yield "  " + "  ".join(shown).rstrip()


def _is_figure(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    return all(row[column][:1].isdigit() or row[column] == "-" for row in rows[1:])
