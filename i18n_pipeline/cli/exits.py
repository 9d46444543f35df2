"""How a command ends: every failure becomes one message and one exit code, here alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from io import BufferedWriter, FileIO, TextIOWrapper
from itertools import pairwise
from pathlib import Path
from stat import S_ISFIFO, S_ISSOCK
from types import FrameType
from typing import Any, NoReturn

import click

from i18n_pipeline.cli.terminal import view_of
from i18n_pipeline.errors import (
    BadConfig,
    BadFile,
    Cancel,
    CannotWrite,
    I18nError,
    Stop,
    UsageError,
)
from i18n_pipeline.reports.escaping import safe

_MOMENT = 0.01
"""Seconds until what was told is told again: what is cleared away has gone by then."""
_STDERR = 2
_TOLD_BY: Mapping[type[BaseException], signal.Signals] = {
    Cancel: signal.SIGINT,
    Stop: signal.SIGTERM,
}


def exit_code_of(run: Callable[[], object], arguments: Sequence[str] = ()) -> int:
    """Run a command; say what stopped it, in the form that `arguments` ask for; the exit code."""
    _listen()
    _open_streams()
    _print_anything()
    try:
        result = run()
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt, Stop) as stop:
        _listen_no_more()
        return _end((stop if isinstance(stop, Stop) else Cancel()).as_failure(), arguments)
    except click.ClickException as failure:
        failure.show()
        return _as_report(UsageError(failure.format_message()), arguments)
    except OSError as failure:
        where = f"{failure.filename}: " if failure.filename else ""
        return _end(CannotWrite(f"cannot go on: {where}{failure.strerror or failure}"), ())
    except I18nError as failure:
        return _end(failure, arguments)
    except Exception:  # noqa: BLE001  # the last line of defence: our bug, told as such
        traceback.print_exc()
        message = "this is a bug of ours; please report it with the lines above"
        return _end(I18nError(message), arguments)
    return result if isinstance(result, int) else 0


def _end(failure: I18nError, arguments: Sequence[str]) -> int:
    if isinstance(failure, BadConfig):
        lines = [str(problem) for problem in failure.problems]
    elif isinstance(failure, BadFile):
        lines = [str(failure.problem)]
    else:
        lines = [f"i18n: {failure.message}", *([f"  {failure.hint}"] if failure.hint else [])]
    told = "".join(f"{safe(line)}\n" for line in lines)
    click.echo(view_of(sys.stderr).laid_out(told), nl=False, err=True)
    return _as_report(failure, arguments)


def _as_report(failure: I18nError, arguments: Sequence[str]) -> int:
    """Print the failure as a report too, where a machine reads it: at every exit code."""
    asked = [
        word.removeprefix("--format=")
        for before, word in pairwise(("", *arguments))
        if before == "--format" or word.startswith("--format=")
    ]
    if asked:
        from i18n_pipeline.cli.running import failed
        from i18n_pipeline.reports.forms import FORMS

        if form := FORMS.get(asked[-1]):
            click.echo(form(failed(_command(arguments), failure)), nl=False)
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


def _open_streams() -> None:
    """Streams that were closed when we began lead nowhere: no file of ours gets their number."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        pass
    os.close(number)
    for name, at in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(at, encoding="utf-8")  # noqa: SIM115  # to the end
            setattr(sys, name, nowhere)


def _print_anything() -> None:
    """No text of a term may end a report, nor somebody who does not read it to the end.

    What a stream's encoding lacks is spelled out; what nobody reads any more leads nowhere, and the
    exit code is as ever.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper) and _is_pipe(stream):
            setattr(sys, name, _unread(stream))


def _is_pipe(stream: TextIOWrapper) -> bool:
    try:
        kind = os.fstat(stream.fileno()).st_mode
    except OSError:  # a stream in memory
        return False
    return S_ISFIFO(kind) or S_ISSOCK(kind)


def _unread(stream: TextIOWrapper) -> TextIOWrapper:
    """The same stream; what is written to it is let go once nobody reads there."""
    return TextIOWrapper(
        BufferedWriter(_Unread(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


class _Unread(FileIO):
    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except ConnectionError:  # a pipe, or a socket, at whose other end nobody is
            return memoryview(data).nbytes


def _listen() -> None:
    """A job that is told to stop (CI's time limit, Ctrl-C) still says what it cost.

    In a shell's background Ctrl-C is ignored, and stays so.
    """
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminated)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _cancelled)
    sys.unraisablehook = _told_again


def hear_out() -> None:
    """All is done, and only has to be told: who stops the run now hears what it did all the same.

    Told a second time it is gone.
    """
    for number in _TOLD_BY.values():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stopped_late)


def _stopped_late(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)


def _listen_no_more() -> None:
    """What stopped the run is being told: whoever stops it now does not want to hear it."""
    for number in _TOLD_BY.values():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Stop


def _cancelled(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, _cancelled_again)
    raise Cancel


def _cancelled_again(_number: int, _frame: FrameType | None) -> NoReturn:
    """Once more: the run says what it cost, and waits for nothing else. A third time it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise Cancel


def _told_again(lost: sys.UnraisableHookArgs) -> None:
    """Being told to stop while something is cleared away is dropped by Python; say it once more.

    https://docs.python.org/3/reference/datamodel.html#object.__del__
    """
    number = _TOLD_BY.get(lost.exc_type)
    if number is None:
        sys.__unraisablehook__(lost)
        return
    again = threading.Timer(_MOMENT, _send, (number,))  # raised here it would be dropped as well
    again.daemon = True
    again.start()


def _send(number: signal.Signals) -> None:
    """Send the main thread a signal, which wakes it where it waits."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)
