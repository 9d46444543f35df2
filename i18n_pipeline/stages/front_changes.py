"""Changes to front matter that a first build, a rebuild and a correction make alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.formats.front_matter import AddText, Change, Remove, SetItems, SetText, Value
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.stages.site import Site


def set_items(key: str, like: Value, items: Sequence[str]) -> Change:
    """The change that gives a list its items; a single value stays one where one is enough."""
    if isinstance(like, str) and len(items) == 1:
        return SetText((key,), items[0])
    return SetItems(key, tuple(items))


def draft_marks(
    source: TermFile, target: TermFile, site: Site, *, drafts: bool
) -> Iterator[Change]:
    """What marks a file that holds drafts, put in or taken out; not over a person's own value."""
    for key, mark in site.draft_mark.items():
        there, marked = target.values.get(key), is_marked(target, key, site)
        if drafts and not marked:
            if is_own_mark(source, target, key):
                continue
            if there is not None:
                yield Remove(key)
            yield AddText(key, _spelling(mark), literal=not isinstance(mark, str))
        elif not drafts and marked and key not in source.values:
            yield Remove(key)


def is_own_mark(source: TermFile, target: TermFile, key: str) -> bool:
    """Whether a file has a value of its own under the key that marks drafts."""
    there = target.values.get(key)
    return there is not None and there != source.values.get(key)


def is_marked(target: TermFile, key: str, site: Site) -> bool:
    """Whether a key of a file has the value that marks drafts."""
    mark = site.draft_mark.get(key)
    return mark is not None and target.values.get(key) == _spelling(mark)


def _spelling(value: str | bool | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
