"""What became of a translation memory that came in, went out or lost entries; text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from i18n_pipeline.errors import Problem
from i18n_pipeline.reports.as_json import document_of, first_fields
from i18n_pipeline.reports.escaping import safe
from i18n_pipeline.reports.memories import HeldFile
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.reports.view import PLAIN, View
from i18n_pipeline.values import dataclass, field

Json = dict[str, object]

_SHOWN = 10


@dataclass(frozen=True)
class ImportedMemory:
    """The report of an import: what the file at `path` has for each locale.

    `known`: the project had it already. `others` are locales that name memories of their own, and
    not this one. `dry`: `written` says what would have been.
    """

    path: str
    locales: Mapping[str, HeldFile] = field(default_factory=dict)
    known: bool = False
    others: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """65 where nothing could be read or done."""
        return 65 if self.errors else 0


@dataclass(frozen=True)
class ExportedMemory:
    """The report of an export: how many texts each locale has in `data`.

    `left_out` counts texts that XML cannot hold.
    """

    data: bytes = b""
    counts: tuple[tuple[str, int], ...] = ()
    left_out: int = 0
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """65 where the memory could not be read whole."""
        return 65 if self.errors else 0


@dataclass(frozen=True, slots=True)
class Purged:
    """A text that left the memory, with its translations, and the file that it left."""

    path: str
    source: str
    targets: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True)
class PurgeReport:
    """The report of a purge: what left, and what was left although it says what was named.

    `dry`: it says what would have been done.
    """

    gone: tuple[Purged, ...] = ()
    kept: tuple[Purged, ...] = ()
    notes: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()
    dry: bool = False

    @property
    def exit_code(self) -> int:
        """65 where a file could not be read."""
        return 65 if self.errors else 0


def memory_import_as_json(done: ImportedMemory) -> str:
    """The report as one JSON document with a final newline."""
    changed = bool(done.written)
    return document_of({
        **first_fields("memory import", done.exit_code, done.errors, changed=changed),
        "path": done.path,
        "known": done.known,
        "locales": [
            {"locale": locale, "pairs": held.pairs, "left_out": dict(held.left_out)}
            for locale, held in done.locales.items()
        ],
        "not_used_by": [*done.others],
        "written": [*done.written],
    })  # fmt: skip


def memory_import_as_text(done: ImportedMemory, view: View = PLAIN) -> str:
    """The report in lines."""
    return "".join(f"{safe(line)}\n" for line in _imported(done, view))


def memory_export_as_json(done: ExportedMemory, path: str) -> str:
    """The report as one JSON document with a final newline; `path` is where the export went."""
    return document_of({
        **first_fields("memory export", done.exit_code, done.errors, changed=False),
        "path": path,
        "locales": [{"locale": locale, "entries": count} for locale, count in done.counts],
        "left_out": done.left_out,
    })  # fmt: skip


def memory_export_as_text(done: ExportedMemory, path: str, view: View = PLAIN) -> str:
    """The report in lines."""
    tongue = view.tongue
    lines = [f"{view.called(tag)}: {tongue.counted(count, 'text')}" for tag, count in done.counts]
    if done.left_out:
        lines.append(f"  {tongue.number(done.left_out)} left out: XML cannot hold them")
    lines += [f"wrote {path}"] if path else []
    return "".join(f"{safe(line)}\n" for line in lines)


def purge_as_json(done: PurgeReport) -> str:
    """The report as one JSON document with a final newline."""
    changed = bool(done.written)
    return document_of({
        **first_fields("memory purge", done.exit_code, done.errors, changed=changed),
        "gone": [_purged(one) for one in done.gone],
        "kept": [_purged(one) for one in done.kept],
        "written": [*done.written],
        "notes": [*done.notes],
    })  # fmt: skip


def purge_as_text(done: PurgeReport, view: View = PLAIN, *, verbose: bool = False) -> str:
    """The report in lines; every entry where it is `verbose`."""
    lines = _of_purge(done, view.tongue, None if verbose else _SHOWN)
    return "".join(f"{safe(line)}\n" for line in lines)


def _imported(done: ImportedMemory, view: View) -> Iterator[str]:
    if done.errors:
        return
    if done.known:
        yield f"{done.path} is this very memory: nothing to do"
        return
    for locale, held in done.locales.items():
        yield f"{view.called(locale)}: {view.tongue.counted(held.pairs, 'pair')}"
        left_out = [(why, view.tongue.number(n)) for why, n in sorted(held.left_out.items())]
        yield from (f"  {count} left out: a text {why}" for why, count in left_out)
    for locale in done.others:
        yield f"{view.called(locale)} has `tmx` of its own, and uses it only where that names it"
    yield from _wrote(done.written, dry=done.dry)


def _of_purge(done: PurgeReport, tongue: Tongue, most: int | None) -> Iterator[str]:
    if done.errors:
        return
    verb = "would leave" if done.dry else "left"
    entries = tongue.counted(len(done.gone), "entry")
    yield f"{entries} {verb} the memory"
    for one in done.gone[:most]:
        yield f"  {_said(one)}"
    if most is not None and len(done.gone) > most:
        yield f"  … and {tongue.number(len(done.gone) - most)} more (--verbose shows all)"
    yield from (f"  still there: {_said(one)}" for one in done.kept)
    yield from (f"  {note}" for note in done.notes)
    yield from _wrote(done.written, dry=done.dry)


def _said(one: Purged) -> str:
    where = f"{one.path} [{one.unit}]" if one.unit else one.path
    both = " / ".join((one.source, *one.targets))
    return f"{where}: {' '.join(both.split())}"


def _wrote(paths: tuple[str, ...], *, dry: bool) -> Iterator[str]:
    yield from (f"  {'would write' if dry else 'wrote'} {path}" for path in paths)


def _purged(one: Purged) -> Json:
    return {
        "path": one.path,
        "unit": one.unit,
        "source": one.source,
        "targets": [*one.targets],
    }
