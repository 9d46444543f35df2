"""Verdicts: what checks found in a translation, so that what did not change is not judged again.

They are kept in `.i18n/` by the rules, the settings and the two texts, and apart from each other
those of rules that look at the terminology. They may be lost at any time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zlib import compress, decompress

from i18n_pipeline import __version__
from i18n_pipeline.checks import ALL, RULES, WARNINGS, Rule, Subject, check
from i18n_pipeline.config import Style
from i18n_pipeline.errors import BadFile, CannotWrite
from i18n_pipeline.glossary import Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.model import Edit, QualityIssue, Segment, Unit, digest
from i18n_pipeline.pipeline.project import Project
from i18n_pipeline.pipeline.shelved import (
    ROW_BYTES,
    Found,
    Shelved,
    add_row,
    lines_of,
    read_shelved,
    rows_of,
    rows_with,
)
from i18n_pipeline.pipeline.workers import Piece, Workers
from i18n_pipeline.sealed import opened_lines, sealed_lines
from i18n_pipeline.values import dataclass, field
from i18n_pipeline.workspace import Workspace

_OF_TEXTS = tuple(rule for rule in RULES if not rule.reads_glossary)
_OF_TERMS = tuple(rule for rule in RULES if rule.reads_glossary)
_TOLD = frozenset(WARNINGS)
_TOLD_OF_TEXTS = tuple(rule for rule in _OF_TEXTS if rule in _TOLD)
_TOLD_OF_TERMS = tuple(rule for rule in _OF_TERMS if rule in _TOLD)
_BY_CODE = {rule.code: rule for rule in ALL}
_ORDER = {rule.code: at for at, rule in enumerate(ALL)}
_JUDGES = ("checks", "glossary", "markdown", "formats", "config", "tongues")
"""The packages whose code decides what is found, beside the modules at the top."""

_LAYOUT = "i18n-verdicts/2"
"""How verdicts are kept."""
_SAMPLE = 100
"""How many texts are looked at to tell whether many are not judged yet."""


@dataclass
class Verdicts:
    """The verdicts of one locale: those of earlier runs, and those that this one used.

    `ahead` are those that workers came to before they were asked for.
    """

    basis: str = ""
    known: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)
    used: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    ahead: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    def judge(
        self, subject: Subject, terms: str, *, is_sound: bool = False
    ) -> tuple[QualityIssue, ...]:
        """What all rules find; `terms` is the `fingerprint` of the subject's terminology.

        `is_sound`: rules that are errors are known to find nothing, and are not asked.
        """
        key = _key(subject)
        of_texts, of_terms = _rules(is_sound=is_sound)
        found = [
            *self._judged(key, subject, of_texts),
            *self._judged(f"{key}{terms}", subject, of_terms),
        ]
        issues = (_issue(one, subject) for one in dict.fromkeys(found))
        return tuple(sorted(issues, key=lambda one: _ORDER[one.check]))

    def judge_ahead(
        self, yardstick: Yardstick, cases: Sequence[Case], terms: str, workers: Workers
    ) -> None:
        """Have workers judge what is not known yet, where it is much: a sample says whether."""

        def unknown(some: Sequence[Case]) -> dict[str, Case]:
            keys = [_key(yardstick.subject(case)) for case in some]
            pairs = zip(keys, some, strict=True)
            return {key: one for key, one in pairs if not self._knows(key, terms)}

        sample = cases[:: len(cases) // _SAMPLE + 1]
        share = len(unknown(sample)) / max(1, len(sample))
        if workers.worth(share * len(cases) * JUDGING.seconds):
            wanted = unknown(cases)
            found = workers.each(JUDGING, yardstick, tuple(wanted.values()))
            for key, (of_texts, of_terms) in zip(wanted, found, strict=True):
                self.ahead[key], self.ahead[f"{key}{terms}"] = of_texts, of_terms

    def later(self) -> Verdicts:
        """Those of earlier runs as a later one finds them; of what was read, nothing is held."""
        return Verdicts(self.basis, Shelved(rows_with(self.known, self.used)))

    def _knows(self, key: str, terms: str) -> bool:
        return all(one in self.known or one in self.ahead for one in (key, f"{key}{terms}"))

    def _judged(self, key: str, subject: Subject, rules: Sequence[Rule]) -> tuple[Found, ...]:
        found = self.known.get(key)
        if found is None or not all(_fits(one, subject.unit.target) for one in found):
            found = self.ahead[key] if key in self.ahead else _judged(subject, rules)
        self.used[key] = found
        return found


@dataclass(frozen=True)
class Yardstick:
    """What all texts of a locale are judged by."""

    locale: str
    extensions: frozenset[str]
    addresses: Addresses
    glossary: Glossary
    source_locale: str
    style: Style

    def subject(self, case: Case) -> Subject:
        """A unit as the checks see it."""
        return Subject(
            unit=case.unit,
            segment=case.segment,
            locale=self.locale,
            extensions=self.extensions,
            addresses=self.addresses,
            glossary=self.glossary,
            source_locale=self.source_locale,
            style=self.style,
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A unit to be judged; `is_sound`: rules that are errors are known to find nothing."""

    unit: Unit
    segment: Segment
    is_sound: bool = False


def _judge_apart(yardstick: Yardstick, case: Case) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """What rules of texts find in a unit, and what rules of terminology."""
    subject = yardstick.subject(case)
    of_texts, of_terms = _rules(is_sound=case.is_sound)
    return _judged(subject, of_texts), _judged(subject, of_terms)


JUDGING = Piece(_judge_apart, seconds=0.00025)
"""All rules on one unit: measured over the 14,508 units of a site of 1,000 terms."""


def _rules(*, is_sound: bool) -> tuple[Sequence[Rule], Sequence[Rule]]:
    return (_TOLD_OF_TEXTS, _TOLD_OF_TERMS) if is_sound else (_OF_TEXTS, _OF_TERMS)


def _judged(subject: Subject, rules: Sequence[Rule]) -> tuple[Found, ...]:
    return tuple(map(_found, check(subject, rules)))


def read_verdicts(project: Project, addresses: Addresses) -> Verdicts:
    """The verdicts of earlier runs under the same rules and settings; none where they are lost."""
    basis = _basis(project, addresses)
    try:
        data = project.workspace.read_optional(_path(addresses.locale))
    except BadFile:
        data = None
    return Verdicts(basis, read_shelved(opened_lines(basis, data)))


def new_verdicts(project: Project, addresses: Addresses) -> Verdicts:
    """The verdicts of texts that were never judged."""
    return Verdicts(_basis(project, addresses))


def keep_verdicts(
    workspace: Workspace, locale: str, verdicts: Verdicts, *, whole: bool = True
) -> None:
    """Keep the verdicts that this run used; a run does not fail for want of them.

    Those that it did not use are kept beside them where it was not about the `whole` locale.
    """
    known, used = verdicts.known, verdicts.used
    rows = rows_of(used) if whole else rows_with(known, used)
    if used and rows != rows_of(known):
        _save(workspace, locale, verdicts.basis, rows)


def _save(
    workspace: Workspace, locale: str, basis: str, rows: Mapping[str, bytes | bytearray]
) -> None:
    with suppress(CannotWrite):
        workspace.save([{_path(locale): sealed_lines(basis, lines_of(rows))}])


class Gathered:
    """The verdicts of the parts of a run, kept when all are done; packed until then."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._basis = ""

    def add(self, verdicts: Verdicts) -> None:
        """Put by those of a part."""
        self._basis = verdicts.basis
        self._parts.append(compress(b"\n".join(lines_of(rows_of(verdicts.used))), 1))

    def keep(self, workspace: Workspace, locale: str) -> None:
        """Keep them all; a run does not fail for want of them."""
        joined: defaultdict[str, bytearray] = defaultdict(bytearray)
        for part in self._parts:
            for name, row in read_shelved(decompress(part).split(b"\n")).rows.items():
                add_row(joined[name], row)
        self._parts.clear()
        _save(workspace, locale, self._basis, joined)


def _basis(project: Project, addresses: Addresses) -> str:
    about = [_LAYOUT, _code(), __version__, project.workspace.configured, addresses.locale]
    return digest(json.dumps(about))


@lru_cache(maxsize=1)
def _code() -> str:
    """A hash of the code that decides what is found: a changed rule judges anew."""
    package = files("i18n_pipeline")
    found = [*_sources(package, deep=False)]
    for name in _JUDGES:
        found += _sources(package / name, deep=True)
    return digest(json.dumps(sorted(found)))


def _sources(folder: Traversable, *, deep: bool) -> Iterable[tuple[str, str]]:
    for one in folder.iterdir():
        if one.name.endswith(".py"):
            yield one.name, digest(one.read_bytes())
        elif deep and one.is_dir() and one.name != "__pycache__":
            yield from _sources(one, deep=True)


def _key(subject: Subject) -> str:
    """By what a text is known again: a new term changes that of texts alone that lead to terms.

    It begins with what all texts of a term have in common (shelved.py); vocabulary has no term.
    """
    unit, segment, addresses = subject.unit, subject.segment, subject.addresses
    texts = [segment.definitions, subject.source, unit.source, unit.target]
    leads = any(map(addresses.may_name_terms, texts))
    place = [unit.slug, unit.field, segment.kind, segment.markdown]
    terms = addresses.known_by if leads else ""
    row = digest(unit.slug or unit.source, ROW_BYTES)
    return row + digest("\0".join([*map(str, place), *texts, terms]), 12)


def _found(issue: QualityIssue) -> Found:
    edit = issue.edit
    changed = None if edit is None else (edit.start, edit.end, edit.text)
    return issue.check, issue.message, issue.at, changed


def _fits(found: Found, target: str) -> bool:
    """Whether what a finding shows and mends stands in the text: an edit may be carried out."""
    _, _, at, edit = found
    places = (place for place in (at, edit and edit[:2]) if place)
    return all(0 <= start <= end <= len(target) for start, end in places)


def _issue(found: Found, subject: Subject) -> QualityIssue:
    code, message, at, edit = found
    rule, unit = _BY_CODE[code], subject.unit
    return QualityIssue(
        check=code,
        severity=rule.severity,
        safety=rule.safety,
        message=message,
        context=unit.context,
        source=unit.source,
        path=unit.path,
        target=unit.target,
        at=at,
        edit=None if edit is None else Edit(*edit),
    )


def _path(locale: str) -> str:
    return f".i18n/verdicts/{locale}.json"
