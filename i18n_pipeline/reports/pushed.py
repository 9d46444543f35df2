"""What a project has put into a provider's account, or would put there, in text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import dataclass

Json = dict[str, object]

CHANGES = ("created", "rewritten", "replaced")
"""What changes the account; the other words for what was done do not."""

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pair of texts that is not put there, and why."""

    source: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How what is put there differs from what is there: pairs that are new, changed, gone."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __str__(self) -> str:
        parts = ((self.new, "new"), (self.changed, "changed"), (self.gone, "gone"))
        return ", ".join(f"{count} {word}" for count, word in parts if count)


@dataclass(frozen=True, slots=True)
class Part:
    """One locale's pairs. `changes` are known of translation memories alone."""

    locale: str
    entries: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A glossary or a translation memory: what was `done`, for whom, and which old ones went.

    `done` is "found", "created", "rewritten", "replaced" or "refused".
    """

    name: str
    done: str
    id: str = ""
    parts: tuple[Part, ...] = ()
    deleted: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the account is another one than before."""
        return self.done in CHANGES or bool(self.deleted)


@dataclass(frozen=True, slots=True)
class Pushed:
    """The report of a push. `dry`: nothing was done, and it says what would have been."""

    command: str
    what: str
    assets: tuple[Asset, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    codes: tuple[int, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """The strongest of everything that applies (errors.py)."""
        return strongest(0, *self.codes)


def pushed_as_json(pushed: Pushed) -> str:
    """The report as one JSON document with a final newline."""
    document: Json = {
        **first_fields(
            pushed.command,
            pushed.exit_code,
            pushed.errors,
            changed=any(asset.changed for asset in pushed.assets),
        ),
        pushed.what: [_asset(asset) for asset in pushed.assets],
        "notes": list(pushed.notes),
    }
    return document_of(document)


def _asset(asset: Asset) -> Json:
    return {
        "name": asset.name,
        "id": asset.id,
        "done": asset.done,
        "deleted": list(asset.deleted),
        "locales": [_part(part) for part in asset.parts],
    }


def _part(part: Part) -> Json:
    shown: Json = {
        "locale": part.locale,
        "entries": [{"source": source, "target": target} for source, target in part.entries],
        "left_out": [
            {"source": one.source, "target": one.target, "reason": one.reason}
            for one in part.left_out
        ],
    }
    if part.changes is not None:
        changes = part.changes
        shown |= {"new": changes.new, "changed": changes.changed, "gone": changes.gone}
    return shown


def pushed_as_text(pushed: Pushed, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines."""
    most = None if verbose else _SHOWN
    lines = [line for asset in pushed.assets for line in _lines(asset, view, pushed.dry, most)]
    notes = map(view.tongue.reworded, pushed.notes)
    return "".join(f"{safe(line)}\n" for line in (*lines, *notes))


def _lines(asset: Asset, view: View, dry: bool, most: int | None) -> Iterator[str]:
    would = "would be " if dry and asset.done in CHANGES else ""
    yield f"{asset.name}: {would}{asset.done}"
    for part in asset.parts:
        changes = f" ({part.changes})" if part.changes and str(part.changes) else ""
        count = view.tongue.counted(len(part.entries), "entry")
        yield f"  {view.called(part.locale)}: {count}{changes}"
        if most is None:
            yield from (f"    {source} → {target}" for source, target in part.entries)
        yield from _left_out(part, view.tongue, most)
    verb = "would delete" if dry else "deleted"
    yield from (f"  {verb} {name}" for name in asset.deleted)


def _left_out(part: Part, tongue: Tongue, most: int | None) -> Iterator[str]:
    shown = part.left_out[:most]
    yield from (f"    left out {_short(one.source)}: {one.reason}" for one in shown)
    rest = Counter(one.reason for one in part.left_out[len(shown) :])
    for reason, count in rest.items():
        yield f"    … and {tongue.counted(count, 'text')} more: {reason}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
