"""How a command ends: every failure becomes one message and one exit code, here alone."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from itertools import pairwise
from types import FrameType
from typing import NoReturn

import click

from i18n_pipeline.errors import (
    BadConfig,
    BadFile,
    Cancelled,
    CannotWrite,
    I18nError,
    Stop,
    UsageError,
)
from i18n_pipeline.reports.as_text import safe


def exit_code_of(run: Callable[[], object], arguments: Sequence[str] = ()) -> int:
    """Run a command; say what stopped it, in JSON where `arguments` ask for it; the exit code."""
    _listen()
    try:
        result = run()
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        hint = "run it again to go on; what was answered is kept"
        return _end(Cancelled("interrupted", hint), arguments)
    except click.ClickException as failure:
        failure.show()
        return _in_json(UsageError(failure.format_message()), arguments)
    except OSError as failure:
        return _closed(failure)
    except (I18nError, Stop) as failure:
        return _end(failure.as_failure() if isinstance(failure, Stop) else failure, arguments)
    except Exception:  # noqa: BLE001  # the last line of defence: our bug, told as such
        traceback.print_exc()
        message = "this is a bug of ours; please report it with the lines above"
        return _end(I18nError(message), arguments)
    return result if isinstance(result, int) else 0


def _closed(failure: OSError) -> int:
    """The exit code where the report cannot be printed: a closed pipe is nobody's fault."""
    if isinstance(failure, BrokenPipeError):
        sys.stderr.close()
        return 0
    return _end(CannotWrite(f"cannot go on: {failure.strerror or failure}"), ())


def _end(failure: I18nError, arguments: Sequence[str]) -> int:
    if isinstance(failure, BadConfig):
        lines = [str(problem) for problem in failure.problems]
    elif isinstance(failure, BadFile):
        lines = [str(failure.problem)]
    else:
        lines = [f"i18n: {failure.message}", *([f"  {failure.hint}"] if failure.hint else [])]
    click.echo("\n".join(map(safe, lines)), err=True)
    return _in_json(failure, arguments)


def _in_json(failure: I18nError, arguments: Sequence[str]) -> int:
    """Print the failure as a report too, where JSON was asked for: at every exit code."""
    if "--format=json" in arguments or ("--format", "json") in pairwise(arguments):
        from i18n_pipeline.cli.running import failed, show

        show(failed(_command(arguments), failure), "json", quiet=True, verbose=False)
    return failure.exit_code


def _command(arguments: Sequence[str]) -> str:
    """The command that was called, with its group; "" where there was none."""
    from i18n_pipeline.cli import cli

    level: click.Command = cli
    called = []
    for before, word in zip(("", *arguments), arguments, strict=False):
        if isinstance(level, click.Group) and word in level.commands and before != "-C":
            level = level.commands[word]
            called.append(word)
    return " ".join(called)


def _listen() -> None:
    """A job that is told to stop (CI's time limit) ends like one that may be run again."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminated)


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Stop
