"""How many known faults the rules report in texts that people stand for, and their false alarms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from i18n_pipeline.checks import RULES, Rule, Subject, check
from i18n_pipeline.checks.faults.fault import Fault, Sound
from i18n_pipeline.checks.markup.empty import EMPTY
from i18n_pipeline.errors import BadFile
from i18n_pipeline.values import dataclass, replace

_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in (EMPTY, *RULES)}
_PLACES = 4
"""In how many places of one text a fault is put, each for itself."""


@dataclass(frozen=True, slots=True)
class FaultResult:
    """What became of one fault: how often it was put in, found by its rule, and by any of its."""

    fault: Fault
    put: int = 0
    found: int = 0
    noticed: int = 0

    @property
    def check(self) -> str:
        """The rule that must report it."""
        return self.fault.checks[0]


@dataclass(frozen=True)
class Measured:
    """What rules did: `faults` with their results, `alarms` by rule on the `units` as they are."""

    units: int
    faults: tuple[FaultResult, ...]
    alarms: Mapping[str, int]

    def recall(self, code: str) -> float | None:
        """The share of faults put in for a rule that it reported; None where none could be."""
        put = self.put(code)
        return self.found(code) / put if put else None

    def found(self, code: str) -> int:
        """How many of the faults put in for a rule it reported."""
        return sum(one.found for one in self.faults if one.check == code)

    def put(self, code: str) -> int:
        """How many faults were put in for a rule."""
        return sum(one.put for one in self.faults if one.check == code)

    def false_alarms(self, code: str) -> float:
        """The share of untouched units that a rule alarms on."""
        return self.alarms.get(code, 0) / self.units if self.units else 0.0


def measure(sounds: Iterable[Sound], faults: Sequence[Fault]) -> Measured:
    """Put every fault into every text, and count which rules report it.

    A fault counts as reported where a rule says something that it does not say of the text as it
    is. Texts that cannot be parsed are left out: no rule but `structure` judges them.
    """
    texts = [sound for sound in sounds if _is_readable(sound.subject)]
    alarms: Counter[str] = Counter()
    for sound in texts:
        alarms.update({issue.check for issue in check(sound.subject)})
    results = tuple(_result(fault, texts) for fault in faults)
    return Measured(len(texts), results, alarms)


def _is_readable(subject: Subject) -> bool:
    try:
        return len(subject.target_tokens) + len(subject.source_tokens) >= 0
    except BadFile:
        return False


def _result(fault: Fault, sounds: Iterable[Sound]) -> FaultResult:
    """One fault in all texts."""
    reports = [who for sound in sounds for who in _reports(fault, sound)]
    found = sum(fault.checks[0] in who for who in reports)
    return FaultResult(fault, len(reports), found, sum(bool(who) for who in reports))


def _reports(fault: Fault, sound: Sound) -> Iterator[frozenset[str]]:
    """For each place of a fault in a text, which of its rules report it."""
    rules = [_BY_CODE[code] for code in fault.checks]
    damaged = [text for text in islice(fault.put(sound), _PLACES) if text != sound.target]
    if not damaged:
        return
    known = {(issue.check, issue.message) for issue in check(sound.subject, rules)}
    for text in damaged:
        subject = replace(sound.subject, unit=replace(sound.subject.unit, target=text))
        said = {(issue.check, issue.message) for issue in check(subject, rules)}
        yield frozenset(code for code, _ in said - known)
