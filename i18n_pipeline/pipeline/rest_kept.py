"""How a run left a locale ↔ bytes, for the next run: see narrowing.py.

Rows without names, since there is one for each term, and a hash above them: what is not as we
wrote it is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from i18n_pipeline.checks.exempting import Hidden
from i18n_pipeline.glossary import Authority, Entry
from i18n_pipeline.model import Edit, QualityIssue, Severity, digest
from i18n_pipeline.pipeline.idle import Looked
from i18n_pipeline.pipeline.rest import Share

SCHEMA = "i18n-rest/1"

_Json: TypeAlias = "str | int | bool | None | Sequence[_Json] | Mapping[str, _Json]"


@dataclass(frozen=True)
class Kept:
    """A locale as the last run left it.

    `looked` is what that depended on, with the hashes of files as it left them; `shares` are of
    all terms, `unsure` the slugs of those that it changed, "" for vocabulary. `rows` are hashes of
    what each term has in each catalog. `skipped` are slugs that the configuration leaves out.
    """

    looked: Looked
    shares: tuple[Share, ...]
    terminology: str
    unsure: frozenset[str]
    rows: Mapping[str, Mapping[str, str]]
    skipped: frozenset[str]


def write_kept(kept: Kept) -> bytes:
    """The bytes that `read_kept` reads."""
    looked = kept.looked
    document = [
        [looked.about, looked.receipts, dict(looked.hashes)],
        [_row(share) for share in kept.shares],
        kept.terminology,
        sorted(kept.unsure),
        {path: dict(rows) for path, rows in kept.rows.items()},
        sorted(kept.skipped),
    ]
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{SCHEMA} {digest(body)}\n".encode() + body


def read_kept(data: bytes) -> Kept | None:
    """What `write_kept` wrote, as far as nobody has touched it since."""
    head, _, body = data.partition(b"\n")
    if head != f"{SCHEMA} {digest(body)}".encode():
        return None
    looked, shares, terminology, unsure, rows, skipped = json.loads(body)
    return Kept(
        Looked(*looked),
        tuple(map(_share, shares)),
        terminology,
        frozenset(unsure),
        rows,
        frozenset(skipped),
    )


def _row(share: Share) -> list[_Json]:
    flags = [share.complete, share.built, share.stale, share.unplaced]
    names = [
        [one.source, one.target, str(one.authority), one.category, one.definition]
        for one in share.names
    ]
    issues = [_issue_row(issue) for issue in share.issues]
    hidden = [[one.check, one.reason] for one in share.hidden]
    return [
        [share.slug, share.path, share.called, share.page, share.home, share.name],
        [share.vocabulary, names, share.links, share.states],
        flags,
        [share.kept, share.missing, share.live, share.deviations, issues, hidden],
    ]


def _share(row: tuple[list[str], list[list[list[str]]], list[bool], list[list[list[str]]]]) -> Share:
    places, texts, flags, told = row
    vocabulary, names, links, states = texts
    kept, missing, live, deviations, issues, hidden = told
    slug = places[0]
    return Share(
        *places,
        _pairs(vocabulary),
        tuple(_entry(slug, *one) for one in names),
        _pairs(links),
        tuple(map(int, states)),
        *flags,
        tuple(kept),
        tuple(missing),
        _pairs(live),
        tuple(deviations),
        tuple(map(_issue, issues)),
        tuple(Hidden(check, reason, slug) for check, reason in hidden),
    )


def _pairs(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in rows)


def _entry(slug: str, source: str, target: str, authority: str, *sense: str) -> Entry:
    category, definition = sense
    return Entry(
        source,
        target,
        authority=Authority(authority),
        slug=slug,
        category=category,
        definition=definition,
    )


def _issue_row(issue: QualityIssue) -> list[_Json]:
    edit = None if issue.edit is None else [issue.edit.start, issue.edit.end, issue.edit.text]
    return [
        [issue.check, str(issue.severity), issue.safety, issue.message, issue.context],
        [issue.source, issue.path, issue.target, issue.at, edit, issue.line],
    ]


def _issue(row: Sequence[Sequence[Sequence[str]]]) -> QualityIssue:
    (check, severity, safety, message, context), (source, path, target, at, edit, line) = row
    return QualityIssue(
        check,
        Severity(severity),
        safety,
        message,
        context,
        source,
        path,
        target,
        None if at is None else tuple(at),
        None if edit is None else Edit(*edit),
        line,
    )
