"""The edits that checks propose, as a unified diff of the translations."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.report import Fix, Report


def fixes_as_text(report: Report) -> str:
    """All fixes of a report: what each is about, the text before and after."""
    lines = (line for locale in report.locales for fix in locale.fixes for line in _diff(fix))
    return "".join(f"{safe(line)}\n" for line in lines)


def _diff(fix: Fix) -> Iterator[str]:
    place = f"{fix.path}:{fix.line}" if fix.line else fix.path
    yield f"{place}: {', '.join(fix.checks)} [{fix.unit}]"
    lines = unified_diff(fix.before.split("\n"), fix.after.split("\n"), lineterm="", n=1)
    yield from (f"  {line}" for line in list(lines)[2:] if not line.startswith("@@"))
