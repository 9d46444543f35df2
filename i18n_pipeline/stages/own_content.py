"""What only a page of a locale has: it is in no source and no review file.

A page that holds such a thing is never deleted by a run, since it would be gone with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.model import LockEntry
from i18n_pipeline.stages.front_base import is_as_built, value_hash
from i18n_pipeline.stages.remembered import Layout, Whose

_WORDS = {Whose.OWN: "a block of its own", Whose.CHANGED: "a block made otherwise"}


def own_content(
    file: TermFile, entry: LockEntry, fields: Fields, marks: Collection[str] = ()
) -> Mapping[str, str]:
    """What a page alone has, in words, by what tells it from all else.

    `entry` is what the lock knows of the page, `marks` the keys that mark drafts.
    """
    return {**dict(_blocks(file, entry)), **dict(_values(file, entry, fields, marks))}


def _blocks(file: TermFile, entry: LockEntry) -> Iterator[tuple[str, str]]:
    layout = Layout.of_file(file.body, entry)
    front = file.data.count(b"\n", 0, len(file.data) - len(file.body.data)) + 1
    for block, chunk in zip(layout.blocks, layout.chunks, strict=True):
        is_moved = block.whose is Whose.CHANGED and block.key in entry.omitted
        if block.whose in _WORDS and not is_moved:
            line = front + file.body.data.count(b"\n", 0, chunk.start)
            yield f"{block.look} {block.written}", f"{_WORDS[block.whose]} (line {line})"


def _values(
    file: TermFile, entry: LockEntry, fields: Fields, marks: Collection[str]
) -> Iterator[tuple[str, str]]:
    for key, value in file.values.items():
        role = fields.role(key)
        if role in (Role.LOCALE, Role.EXTRA) or key in marks:
            continue
        if role is not Role.KEEP:
            if key in entry.copied and is_as_built(entry.copied[key], key, file):
                continue
            if key in entry.links and not {*file.list_items(key)} - {*entry.links[key]}:
                continue
        yield f"{key} {value_hash(value)}", f"its own `{key}`"
