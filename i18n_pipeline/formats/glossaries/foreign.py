"""Glossary files as other programs take them: DeepL's four columns, Google's sets of terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from i18n_pipeline.formats.glossaries.listing import in_order
from i18n_pipeline.formats.glossaries.table import write_table
from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.locales import canonical, language


def write_deepl(entries: Sequence[Entry], source: str, target: str) -> bytes:
    """Preferred targets with their languages, without a header; a source only once.

    DeepL has no variants in glossaries: `pt` stands for `pt-BR`.
    """
    languages = language(source), language(target)
    first: dict[str, str] = {}
    for entry in in_order(entries):
        if entry.status is Status.PREFERRED:
            first.setdefault(entry.source, entry.target)
    return write_table([one, other, *languages] for one, other in first.items())


def write_google(entries: Mapping[str, Sequence[Entry]], source: str) -> bytes:
    """Preferred targets in a column for each locale, a row for each source and part of speech.

    `pos` is there where one has it, `description` holds the notes of a single locale.
    """
    listed = {
        locale: [entry for entry in in_order(own) if entry.status is Status.PREFERRED]
        for locale, own in entries.items()
    }
    rows: dict[tuple[str, str], dict[str, Entry]] = {}
    for locale, own in listed.items():
        for entry in own:
            rows.setdefault((entry.source, entry.pos), {}).setdefault(locale, entry)
    poses = any(pos for _, pos in rows)
    notes = len(listed) == 1 and any(entry.note for own in listed.values() for entry in own)
    header = [canonical(source), *map(canonical, listed)]
    return write_table([
        [*header, *["pos"] * poses, *["description"] * notes],
        *(
            _google_row(key, row, tuple(listed)) + [key[1]] * poses + _notes(row) * notes
            for key, row in sorted(rows.items(), key=lambda item: (item[0][0].casefold(), item[0]))
        ),
    ])  # fmt: skip


def _google_row(
    key: tuple[str, str], row: Mapping[str, Entry], locales: Sequence[str]
) -> list[str]:
    return [key[0], *(row[locale].target if locale in row else "" for locale in locales)]


def _notes(row: Mapping[str, Entry]) -> list[str]:
    return [entry.note for entry in row.values()]
