"""The translated values of a front matter, by their paths: what the lock remembers of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats import percent
from i18n_pipeline.formats.front_matter import Path, Value, scalars
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, LockEntry, Segment
from i18n_pipeline.stages.saying import said, short
from i18n_pipeline.stages.term import Term

_UNSAFE = expression(r"[%.]")
_LINE_END = expression(r"\s*\n\s*")


def places_of(term: Term) -> Iterator[tuple[Path, Segment]]:
    """Where each segment of a term's front matter stands, the locale's own fields last."""
    yield from ((slot.path, slot.segment) for slot in term.file.fields)
    yield from (((segment.field,), segment) for segment in term.extras)


def fields_of(
    term: Term, values: Mapping[str, Value], extensions: frozenset[str] = DEFAULT_EXTENSIONS
) -> Mapping[str, tuple[str, str]]:
    """Short hashes of source and text by path, for each value that a file's front matter has."""
    found: dict[str, tuple[str, str]] = {}
    for path, segment in places_of(term):
        text = text_at(values, path)
        if text is not None:
            says = short(said(text, segment, extensions))
            found[spelled(path)] = short(segment.source), says
    return found


def own_vocabulary(source: TermFile, target: TermFile, entry: LockEntry) -> frozenset[str]:
    """The source's keys whose values in the file are a person's own choice of a vocabulary.

    They were there when the file was adopted, and are not what most files say: the lock remembers
    the other values and not these.
    """
    if not entry.fields:
        return frozenset()
    kinds: defaultdict[str, set[Kind]] = defaultdict(set)
    for slot in source.fields:
        kinds[str(slot.path[0])].add(slot.segment.kind)
    remembered = {percent.decode(word.partition(".")[0]).casefold() for word in entry.fields}
    there = {key.casefold() for key in target.values} - remembered
    return frozenset(
        key
        for key, found in kinds.items()
        if found == {Kind.VOCABULARY} and key.casefold() in there
    )


def without_keys(
    fields: Mapping[str, tuple[str, str]], keys: Collection[str]
) -> Mapping[str, tuple[str, str]]:
    """What is remembered of all fields but some."""
    gone = {key.casefold() for key in keys}
    return {
        word: hashes
        for word, hashes in fields.items()
        if percent.decode(word.partition(".")[0]).casefold() not in gone
    }


def open_fields(term: Term, known: Container[str]) -> Mapping[str, str]:
    """The short hashes of sources by path, for values that a file had not when we last saw it."""
    return {
        spelled(path): short(segment.source)
        for path, segment in places_of(term)
        if segment.kind is not Kind.VOCABULARY
        and spelled(path) not in known
        and all(isinstance(step, str) for step in path)
    }


def text_at(values: Mapping[str, Value], path: Path) -> str | None:
    """The text at a path, key names whatever their case; a list's items one a line."""
    return text_of(at_path(values, path))


def at_path(values: Mapping[str, Value], path: Path) -> Value | None:
    """The value at a path, the first key whatever its case; None where there is none."""
    spelled_there = key_in(values, str(path[0]))
    found: Value | None = values.get(spelled_there)
    for step in path[1:]:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def found_at(values: Mapping[str, Value], word: str) -> tuple[Path, Value] | None:
    """The value at a path as `spelled` writes it, and the path as the values spell it."""
    first, *steps = map(percent.decode, word.split("."))
    path: Path = (key_in(values, first),)
    found: Value | None = values.get(str(path[0]))
    for step in steps:
        if isinstance(found, list) and step.isdigit() and int(step) < len(found):
            path, found = (*path, int(step)), found[int(step)]
        elif isinstance(found, dict) and step in found:
            path, found = (*path, step), found[step]
        else:
            return None
    return None if found is None else (path, found)


def field_name(path: Path) -> str:
    """What the configuration calls the field at a path: `seo.description`, `aliases`."""
    return ".".join(step for step in path if isinstance(step, str))


def key_in(values: Mapping[str, Value], key: str) -> str:
    """A key as the values spell it; as it is where they have none such."""
    return next((name for name in values if name.casefold() == key.casefold()), key)


def text_of(value: Value | None) -> str | None:
    """What a value says as one text, a list's items one a line; None where it says nothing."""
    if isinstance(value, list):
        items = (_LINE_END.sub(" ", text.strip()) for _, text in scalars(value))
        return "\n".join(item for item in items if item) or None
    return value.rstrip("\n") or None if isinstance(value, str) else None


def spelled(path: Path) -> str:
    """A path as one word: `seo.description`, `faq.0.question`."""
    return ".".join(percent.encode(str(step), _UNSAFE) for step in path)
