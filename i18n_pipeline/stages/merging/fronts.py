"""Two branches' front matter of one page as changes to ours, value by value."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.formats.front_matter import (
    Change,
    CopyEntry,
    FrontMatter,
    Path,
    Remove,
    SetItems,
    SetText,
    Value,
    scalars,
)
from i18n_pipeline.stages.merging.three_way import merged_lines

_TEXTS = frozenset({Role.TRANSLATE, Role.VOCABULARY, Role.LOCALIZE, Role.EXTRA})
"""Fields whose second text the review file keeps."""


def front_changes(
    base: FrontMatter, ours: FrontMatter, theirs: FrontMatter, fields: Fields
) -> list[Change] | None:
    """What they changed, as changes to ours; None where that cannot be said by values.

    Comments, quotes and order are merged by nobody here: where they changed those too, the lines
    have to be merged.
    """
    mine = _all_of(base, theirs, fields)
    if mine is None or (_copies(mine) and _all_of(base, ours, fields) is None):
        return None
    found: list[Change] = []
    for change in mine:
        path = change.path if isinstance(change, SetText) else (change.key,)
        if not _touched(base, ours, path):
            found.append(change)
            continue
        both = _of_both(base, ours, theirs, (path, fields))
        if both is None:
            return None
        found += (one for one in both if one not in found)
    return found


def _copies(changes: list[Change]) -> bool:
    """Whether whole entries are taken over, with the comments in them."""
    return any(isinstance(change, CopyEntry) for change in changes)


def _all_of(old: FrontMatter, new: FrontMatter, fields: Fields) -> list[Change] | None:
    """All that changed between two, by text or by key; None where values are not all of it."""
    for whole in (False, True):
        changes = list(_changes(old, new, fields, whole=whole))
        if old.edit(changes) == new.text:
            return changes
    return None


def _changes(
    old: FrontMatter, new: FrontMatter, fields: Fields, *, whole: bool
) -> Iterator[Change]:
    """The changes that make one front matter say what another one says."""
    before = ""
    for key, value in new.values.items():
        was = old.values.get(key)
        if was is None or not _alike(was, value) or fields.role(key) is Role.LINKS or whole:
            if was != value:
                yield CopyEntry(key, new, before)
        else:
            texts = dict(scalars(was, (key,)))
            for path, text in scalars(value, (key,)):
                if texts[path] != text:
                    yield SetText(path, text)
        before = key
    yield from (Remove(key) for key in old.values if key not in new.values)


def _alike(one: Value, other: Value) -> bool:
    return [path for path, _ in scalars(one)] == [path for path, _ in scalars(other)]


def _touched(base: FrontMatter, ours: FrontMatter, path: Path) -> bool:
    """Whether we changed what stands at a path, or the shape of what it stands in."""
    key = str(path[0])
    if key not in base.values or key not in ours.values:
        return key in base.values or key in ours.values
    was, now = base.values[key], ours.values[key]
    if len(path) == 1 or not _alike(was, now):
        return was != now
    return dict(scalars(was, (key,)))[path] != dict(scalars(now, (key,)))[path]


def _of_both(
    base: FrontMatter, ours: FrontMatter, theirs: FrontMatter, place: tuple[Path, Fields]
) -> list[Change] | None:
    """What becomes of a key that both sides changed: nothing where ours stays."""
    path, fields = place
    key = str(path[0])
    here, there = ours.values.get(key), theirs.values.get(key)
    if here == there:
        return []
    name = ".".join(step for step in path if isinstance(step, str))
    if here is not None and there is not None and fields.role(name) in _TEXTS:
        return []
    if fields.role(key) is Role.LINKS and isinstance(here, list) and isinstance(there, list):
        was = base.values.get(key, [])
        sides = ([text for _, text in scalars(one)] for one in (was, here, there))
        return [SetItems(key, merged_lines(*sides))]
    return None
