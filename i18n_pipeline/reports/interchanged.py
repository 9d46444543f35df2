"""What was imported into a glossary, or exported from it, in text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.errors import Problem, strongest
from i18n_pipeline.glossary import Entry
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.stages.incoming import Conflict
from i18n_pipeline.values import dataclass

Json = dict[str, object]

_SHOWN = 10


@dataclass(frozen=True)
class Imported:
    """The report of an import into `path`. `dry`: it says what would have been written."""

    locale: str
    path: str
    added: tuple[Entry, ...] = ()
    known: int = 0
    conflicts: tuple[Conflict, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """65 where nothing could be read or done, 3 where something was not taken."""
        return strongest(65 if self.errors else 0, 3 if self.conflicts else 0)


@dataclass(frozen=True)
class Exported:
    """The report of an export: how many entries each locale has in `data`."""

    form: str
    data: bytes = b""
    counts: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where the terminology could not be read."""
        return 65 if self.errors else 0


def imported_as_json(done: Imported) -> str:
    """The report as one JSON document with a final newline."""
    return document_of({
        **first_fields("glossary import", done.exit_code, done.errors, changed=bool(done.written)),
        "locale": done.locale,
        "path": done.path,
        "written": [*done.written],
        "added": [_entry(entry) for entry in done.added],
        "known": done.known,
        "conflicts": [
            {
                **_entry(conflict.entry),
                "there": {
                    **_entry(conflict.standing.entry),
                    "where": conflict.standing.where,
                },
            }
            for conflict in done.conflicts
        ],
    })  # fmt: skip


def exported_as_json(done: Exported, path: str) -> str:
    """The report as one JSON document with a final newline; `path` is where the export went."""
    return document_of({
        **first_fields("glossary export", done.exit_code, done.errors, changed=False),
        "to": done.form,
        "path": path,
        "locales": [{"locale": locale, "entries": count} for locale, count in done.counts],
        "notes": [*done.notes],
    })  # fmt: skip


def imported_as_text(done: Imported, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines."""
    lines = _imported(done, view, None if verbose else _SHOWN)
    return "".join(f"{safe(line)}\n" for line in lines)


def exported_as_text(done: Exported, path: str, view: View = PLAIN) -> str:
    """The report in lines."""
    tongue = view.tongue
    lines = [f"{view.called(tag)}: {tongue.counted(count, 'entry')}" for tag, count in done.counts]
    lines += [f"  {note}" for note in done.notes]
    lines += [f"wrote {path}"] if path else []
    return "".join(f"{safe(line)}\n" for line in lines)


def _entry(entry: Entry) -> Json:
    return {"source": entry.source, "target": entry.target, "status": str(entry.status)}


def _imported(done: Imported, view: View, most: int | None) -> Iterator[str]:
    if done.errors:
        return
    tongue = view.tongue
    verb = "would be added" if done.dry else "added"
    apart = f", {tongue.number(len(done.conflicts))} not taken" if done.conflicts else ""
    added, known = tongue.counted(len(done.added), "entry"), tongue.number(done.known)
    yield f"{view.called(done.locale)}: {added} {verb}, {known} known{apart}"
    if most is None:
        yield from (f"  {entry.source} → {entry.target}" for entry in done.added)
    for conflict in done.conflicts[:most]:
        there = conflict.standing
        yield (
            f"  not taken: {_said(conflict.entry)}; "
            f"{there.where} has {there.entry.target} ({there.entry.status})"
        )
    if most is not None and len(done.conflicts) > most:
        rest = tongue.counted(len(done.conflicts) - most, "contradiction")
        yield f"  … and {rest} more (--verbose shows all)"
    yield from (f"  {'would write' if done.dry else 'wrote'} {path}" for path in done.written)


def _said(entry: Entry) -> str:
    return f"{entry.source} → {entry.target} ({entry.status})"
