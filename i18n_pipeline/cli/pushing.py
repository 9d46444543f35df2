"""From the options of a push to its printed report and exit code."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from i18n_pipeline.cli.printing import print_report

if TYPE_CHECKING:
    from i18n_pipeline.pipeline.by_hand.pushing import Push
    from i18n_pipeline.pipeline.options import Surroundings
    from i18n_pipeline.reports.pushed import Pushed
    from i18n_pipeline.workspace import Workspace

    Pushing = Callable[[Workspace, Push, Surroundings], Pushed]


def perform(directory: str, pushing: Pushing, chosen: dict[str, object]) -> int:
    """Open the project, push, print the report; returns the exit code."""
    from i18n_pipeline.pipeline.by_hand.pushing import Push
    from i18n_pipeline.pipeline.options import Surroundings
    from i18n_pipeline.workspace import open_workspace

    shown = {name: chosen.pop(name) for name in ("form", "quiet", "verbose")}
    push = Push(**chosen)  # type: ignore[arg-type]  # click has checked names and types
    around = Surroundings(dict(os.environ), datetime.now(UTC).isoformat())
    pushed = pushing(open_workspace(directory), push, around)
    _show(pushed, shown)
    return pushed.exit_code


def _show(pushed: Pushed, shown: dict[str, object]) -> None:
    from i18n_pipeline.reports.pushed import pushed_as_json, pushed_as_text

    print_report(
        shown,
        lambda: pushed_as_json(pushed),
        lambda view: pushed_as_text(pushed, view, verbose=bool(shown["verbose"])),
        pushed.errors,
    )
