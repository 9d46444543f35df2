"""How well the checks find known faults, and how often they are wrong, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from i18n_pipeline.checks.faults import FaultResult, Measured
from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.counting import counted
from i18n_pipeline.reports.escaping import safe

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


def self_test_as_text(report: SelfTestReport, *, verbose: bool = False) -> str:
    """The report as one table a locale; `verbose` adds one of single faults."""
    lines = [line for one in report.locales for line in _locale(one, verbose)]
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


def _locale(one: LocaleSelfTest, verbose: bool) -> Iterator[str]:
    measured = one.measured
    put = sum(fault.put for fault in measured.faults)
    units = counted(measured.units, "reviewed unit")
    yield f"{one.locale}: {counted(put, 'fault')} put into {units}"
    if not measured.units:
        return
    yield from _table([_HEADER, *(_rule_row(code, measured) for code in one.codes)])
    if verbose:
        yield from _table([_FAULT_HEADER, *map(_fault_row, measured.faults)])


def _rule_row(code: str, measured: Measured) -> tuple[str, ...]:
    counts = str(measured.put(code)), str(measured.found(code))
    alarms = str(measured.alarms.get(code, 0))
    false = f"{measured.false_alarms(code):.1%}"
    return code, *counts, _percent(measured.recall(code)), alarms, false


def _fault_row(result: FaultResult) -> tuple[str, ...]:
    recall = result.found / result.put if result.put else None
    counts = str(result.put), str(result.found)
    return result.fault.name, *counts, _percent(recall), str(result.noticed), result.check


def _percent(share: float | None) -> str:
    """A share in whole percent, rounded down: only all of it is 100 %."""
    return "-" if share is None else f"{int(share * 100)}%"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns, two blanks apart: words to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    figures = [_is_figure(rows, at) for at in range(len(widths))]
    for row in rows:
        cells = zip(row, widths, figures, strict=True)
        shown = (text.rjust(width) if right else text.ljust(width) for text, width, right in cells)
        yield "  " + "  ".join(shown).rstrip()


def _is_figure(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    return all(row[column][:1].isdigit() or row[column] == "-" for row in rows[1:])
