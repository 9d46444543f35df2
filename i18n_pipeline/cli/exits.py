"""How a command ends: every failure becomes one message and one exit code, here alone."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

import click

from i18n_pipeline.errors import I18nError, Interrupted
from i18n_pipeline.reports.as_text import safe

CTRL_C = 130
BUG = 70


def exit_code_of(run: Callable[[], object]) -> int:
    """Run a command; say on standard error what stopped it; return the exit code."""
    _listen()
    try:
        result = run()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _say("interrupted; what was answered is kept, run it again to go on", CTRL_C)
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except I18nError as failure:
        hint = f"\n  {failure.hint}" if failure.hint else ""
        return _say(f"{failure.message}{hint}", failure.exit_code)
    except Exception:  # noqa: BLE001  # the last line of defence: our bug, told as such
        traceback.print_exc()
        return _say("this is a bug of ours; please report it with the lines above", BUG)
    return result if isinstance(result, int) else 0


def _say(message: str, code: int) -> int:
    click.echo("\n".join(safe(line) for line in f"i18n: {message}".split("\n")), err=True)
    return code


def _listen() -> None:
    """A job that is told to stop (CI's time limit) ends like one that may be run again."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminated)


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Interrupted("told to stop", "run it again to go on; what was answered is kept")
