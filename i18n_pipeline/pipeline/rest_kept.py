"""How a run left a locale ↔ bytes, for the next run: see narrowing.py.

A hash, a line of what is known of the locale, a line for each term, without names: what is not as
we wrote it is none. Lines of terms that nobody looked at are written as they were read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from i18n_pipeline.checks.exempting import Hidden
from i18n_pipeline.glossary import Authority, Entry
from i18n_pipeline.model import Edit, QualityIssue, Severity
from i18n_pipeline.pieces import Pieces
from i18n_pipeline.pipeline.looking import Looked
from i18n_pipeline.pipeline.rest import Share
from i18n_pipeline.sealed import opened_lines, sealed_lines
from i18n_pipeline.values import dataclass

SCHEMA = "i18n-rest/7"
_AT_ONCE = 500

_Pair: TypeAlias = tuple[str, str]
_Name: TypeAlias = tuple[str, str, str, str, str]
_Range: TypeAlias = tuple[int, int]
_Issue: TypeAlias = tuple[
    str, str, bool, str, str, str, str, str, _Range | None, tuple[int, int, str] | None, int
]
_Row: TypeAlias = tuple[
    tuple[str, str, str, str, str, str],
    tuple[bool, bool, bool, bool],
    tuple[Sequence[_Pair], Sequence[_Name], Sequence[_Pair], Sequence[int], int],
    tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]],
    tuple[Sequence[_Issue], Sequence[_Pair]],
    tuple[str, str, Sequence[str], Sequence[str]],
]


@dataclass(frozen=True)
class Kept:
    """A locale as the last run left it.

    `looked` is what that depended on, with the hashes of files as it left them; `shares` are of
    all terms, `terminology` and `drafting` as in `Rest`, `unsure` the slugs of those that the next
    run looks at in any case, "" for vocabulary. `rows` are hashes of what each term has in each
    catalog that is laid out as we write it. `skipped` are slugs that the configuration leaves out,
    `odd` is what is odd in sources, by path, `vocabulary` what was found in vocabulary. `gone` are
    slugs of terms that are not there any more, and of which a catalog has something.
    """

    looked: Looked
    shares: tuple[Share, ...]
    terminology: str
    drafting: str
    unsure: frozenset[str]
    rows: Mapping[str, Mapping[str, str]]
    skipped: frozenset[str]
    odd: Mapping[str, tuple[str, ...]]
    vocabulary: tuple[QualityIssue, ...]
    gone: frozenset[str]

    def of(self, slugs: Collection[str]) -> Iterator[Share]:
        """The shares of some terms."""
        return (share for share in self.shares if share.slug in slugs)


def write_kept(kept: Kept) -> Pieces:
    """The bytes that `read_kept` reads."""
    looked = kept.looked
    head = [
        [looked.about, looked.receipts, dict(looked.hashes)],
        kept.terminology,
        kept.drafting,
        sorted(kept.unsure),
        {path: dict(rows) for path, rows in kept.rows.items()},
        sorted(kept.skipped),
        dict(kept.odd),
        [_issue_row(issue) for issue in kept.vocabulary],
        sorted(kept.gone),
    ]
    rows = (share.row or _line(_row(share)) for share in kept.shares)
    return sealed_lines(SCHEMA, chain([_line(head)], rows))


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def read_kept(data: bytes) -> Kept | None:
    """What `write_kept` wrote, as far as nobody has touched it since."""
    lines = opened_lines(SCHEMA, data)
    del data  # of many terms it is large, and the lines are all of it
    try:
        return _kept(lines) if lines else None
    except (ValueError, TypeError, RecursionError):  # sealed, and not by us
        return None


def _kept(all_lines: Sequence[bytes]) -> Kept:
    """Raises ValueError or TypeError for what is no `Kept`."""
    head, *lines = all_lines
    looked, terminology, drafting, unsure, rows, skipped, odd, vocabulary, gone = json.loads(head)
    return Kept(
        Looked(*looked),
        tuple(_shares(lines)),
        terminology,
        drafting,
        frozenset(unsure),
        rows,
        frozenset(skipped),
        {path: tuple(found) for path, found in odd.items()},
        tuple(map(_issue, vocabulary)),
        frozenset(gone),
    )


def _shares(lines: Sequence[bytes]) -> Iterator[Share]:
    """The shares of terms: many at once, which takes half the time of one by one, and not all."""
    for at in range(0, len(lines), _AT_ONCE):
        some = lines[at : at + _AT_ONCE]
        for row, line in zip(json.loads(b"[%b]" % b",".join(some)), some, strict=True):
            yield _share(row, line)


def _row(share: Share) -> _Row:
    hidden = [(one.check, one.reason) for one in share.hidden]
    return (
        (share.slug, share.path, share.called, share.page, share.home, share.name),
        (share.complete, share.built, share.stale, share.unplaced),
        (
            share.vocabulary,
            [_name_row(one) for one in share.names],
            share.links,
            share.states,
            share.drafts,
        ),
        (share.kept, share.missing, share.live, share.deviations),
        ([_issue_row(issue) for issue in share.issues], hidden),
        (share.remembered, share.waiting, share.leads, share.near),
    )


def _share(row: _Row, line: bytes) -> Share:
    (slug, path, called, page, home, name), flags, texts, of_page, found, of_source = row
    complete, built, stale, unplaced = flags
    vocabulary, names, links, states, drafts = texts
    kept, missing, live, deviations = of_page
    issues, hidden = found
    remembered, waiting, leads, near = of_source
    return Share(
        slug=slug,
        path=path,
        called=called,
        page=page,
        home=home,
        name=name,
        vocabulary=_pairs(vocabulary),
        names=tuple(_name(slug, one) for one in names),
        links=_pairs(links),
        states=tuple(states),
        drafts=drafts,
        complete=complete,
        built=built,
        stale=stale,
        unplaced=unplaced,
        kept=tuple(kept),
        missing=tuple(missing),
        live=tuple(live),
        deviations=tuple(deviations),
        issues=tuple(map(_issue, issues)),
        hidden=tuple(Hidden(check, reason, slug) for check, reason in hidden),
        remembered=remembered,
        waiting=waiting,
        leads=tuple(leads),
        near=tuple(near),
        row=line,
    )


def _pairs(rows: Iterable[_Pair]) -> tuple[_Pair, ...]:
    return tuple((one, other) for one, other in rows)


def _name_row(one: Entry) -> _Name:
    return one.source, one.target, str(one.authority), one.category, one.definition


def _name(slug: str, row: _Name) -> Entry:
    source, target, authority, category, definition = row
    return Entry(
        source,
        target,
        authority=Authority(authority),
        slug=slug,
        category=category,
        definition=definition,
    )


def _issue_row(one: QualityIssue) -> _Issue:
    edit = None if one.edit is None else (one.edit.start, one.edit.end, one.edit.text)
    what = (one.check, str(one.severity), one.safety, one.message, one.context)
    return *what, one.source, one.path, one.target, one.at, edit, one.line


def _issue(row: _Issue) -> QualityIssue:
    check, severity, safety, message, context, source, path, target, at, edit, line = row
    return QualityIssue(
        check=check,
        severity=Severity(severity),
        safety=safety,
        message=message,
        context=context,
        source=source,
        path=path,
        target=target,
        at=None if at is None else (at[0], at[1]),
        edit=None if edit is None else Edit(*edit),
        line=line,
    )
