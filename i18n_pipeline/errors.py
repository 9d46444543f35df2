"""Every failure of a run, as one tree; each class knows its exit code and what to do about it.

::

    I18nError                     70
    ├── UsageError                 2   the command line makes no sense
    ├── Cancelled                130   ended from the keyboard
    ├── BadConfig                 78   i18n.toml cannot be used; holds every problem found
    ├── BadFile                   65   one file cannot be read; becomes a Problem, the others go on
    ├── CannotWrite               73   a file or folder of the project cannot be written
    ├── TryLater                  75   the same command will work later
    │   ├── RunLocked                  another run holds the run lock
    │   ├── Interrupted                told to stop
    │   ├── QuotaExceeded              the provider's allowance is used up
    │   └── RateLimited                the provider asks to slow down, for longer than we wait
    ├── ProviderUnavailable       69   unreachable, broken, or not able to do what is asked
    │   ├── Unanswered                 a request went out and got no answer; it may be billed
    │   └── RequestRefused             this one request is refused; it can be cut in smaller ones
    └── NotAuthorised             77   the key is missing, wrong, or not allowed to

What concerns one unit is not an exception but a value: a `QualityIssue` (model.py).
Exit codes are part of the interface: docs/reference/exit-codes.md.
"""

from __future__ import annotations

from typing import ClassVar

from i18n_pipeline.values import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong at one place of one file, and how to mend it.

    `line` and `column` count from 1, columns in characters; 0 where the place is the whole file.
    `code` is stable (`slug-not-a-string`), `message` and `mend` may be reworded.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        mend = f" ({self.mend})" if self.mend else ""
        return f"{place + ': ' if place else ''}{self.code}: {self.message}{mend}"


class I18nError(Exception):
    """Root of the tree. Raised itself only for a bug of ours.

    `unanswered` counts the requests that went out before a provider failed and got no answer, each
    with `texts` texts: their characters may have been billed. Only providers and who sends to them
    set these. `written` are the paths that were written before it; only the workspace sets them.
    """

    exit_code: ClassVar[int] = 70
    unanswered: int = 0
    texts: int = 0
    written: tuple[str, ...] = ()

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """The same failure in another process, whatever its class is made from."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[I18nError], arguments: tuple[object, ...]) -> I18nError:
    return kind.__new__(kind, *arguments)


class UsageError(I18nError):
    """The command line makes no sense: an unknown locale, a folder that is not a project."""

    exit_code = 2


class BadConfig(I18nError):
    """The configuration cannot be used; `problems` holds everything found, in file order."""

    exit_code = 78

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class BadFile(I18nError):
    """One file cannot be read. Formats raise it without a path, whoever knows the path adds it.

    Caught once per file (pipeline/) and turned into its `Problem`: the others go on. `slug` is the
    term that the file says it is, where its path says another.
    """

    exit_code = 65
    slug: str = ""

    def __init__(
        self, code: str, message: str, *, mend: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(message)
        self.problem = Problem("", line, column, code, message, mend)

    def at(self, path: str) -> Problem:
        """Its problem, with the path it was raised without."""
        return replace(self.problem, path=path)


class CannotWrite(I18nError):
    """A file or folder of the project cannot be written; nothing was half-written."""

    exit_code = 73


class TryLater(I18nError):
    """Nothing is wrong with the project; the same command will work later."""

    exit_code = 75


class RunLocked(TryLater):
    """Another run holds the run lock; the message names it."""


class Interrupted(TryLater):
    """The run was told to stop (SIGTERM); what was answered before is kept."""


class Cancelled(Interrupted):
    """The run was ended from the keyboard; what was answered before is kept."""

    exit_code = 130


_GO_ON = "run it again to go on; what was answered is kept"


class Stop(BaseException):
    """Raised out of whatever is at work when the run is told to stop; ends as `Interrupted`.

    No `Exception`, so that no library in between takes it for a failure of its own.
    """

    def as_failure(self) -> Interrupted:
        """What it is for a report."""
        return Interrupted("told to stop", _GO_ON)


class Cancel(Stop, KeyboardInterrupt):
    """The same from the keyboard: somebody waits, so what is not paid for is not finished."""

    def as_failure(self) -> Interrupted:
        """What it is for a report."""
        return Cancelled("interrupted", _GO_ON)


class QuotaExceeded(TryLater):
    """The provider's allowance is used up; what was answered before is kept."""


class RateLimited(TryLater):
    """The provider asks to slow down for longer than a run waits."""


class ProviderUnavailable(I18nError):
    """The provider cannot be reached, answers nonsense, or does not know a language."""

    exit_code = 69


class Unanswered(ProviderUnavailable):
    """A request went out and got no answer: whether it was done and billed, nobody knows."""


class RequestRefused(ProviderUnavailable):
    """The provider refuses this request for what is in it: nothing was billed, cutting may help."""


class NotAuthorised(I18nError):
    """The provider's key is missing, wrong, or not allowed to do this."""

    exit_code = 77


PRECEDENCE = (130, 2, 70, 78, 77, 73, 65, 75, 69, 3, 4, 0)
"""Which exit code wins when several apply, strongest first; 130 and 2 end a run at once."""


def strongest(*codes: int) -> int:
    """The exit code of a run to which all `codes` apply."""
    return min(codes, key=PRECEDENCE.index, default=0)


def extra_hint(name: str) -> str:
    """The words of a hint: how to install what an extra of ours brings."""
    return f"in a clone, as in the README: pipx install --force '.[{name}]'"
