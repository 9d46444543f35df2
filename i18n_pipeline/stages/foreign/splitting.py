"""A foreign text of several blocks cut into the texts that we know, both sides alike.

po4a keeps tables, quotes and what has hard breaks as they stand; others keep the front matter
whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Slot, read_body
from i18n_pipeline.formats.front_matter import Path, Value, scalars
from i18n_pipeline.formats.front_yaml import read_yaml
from i18n_pipeline.markdown import folded
from i18n_pipeline.stages.foreign.values import Foreign
from i18n_pipeline.values import replace

_FENCE = "---"


def pieces(foreign: Foreign, extensions: frozenset[str]) -> tuple[Foreign, ...]:
    """The texts of a foreign one, itself where it is one; of front matter every value."""
    front = tuple(_values(foreign))
    if front:
        return front
    blocks = tuple(_blocks(foreign, extensions))
    return blocks or (foreign,)


def _values(foreign: Foreign) -> Iterator[Foreign]:
    """The values of a front matter that is one text, by key, and its lists as lines."""
    source, target = _front(foreign.source), _front(foreign.target)
    for key, value in source.items():
        other = target.get(key)
        if isinstance(value, list) and isinstance(other, list):
            lines = ["\n".join(text for _, text in scalars(one)) for one in (value, other)]
            yield replace(foreign, source=lines[0], target=lines[1], field=key)
        theirs = _scalars(key, other)
        for path, text in _scalars(key, value).items():
            if path in theirs and text.strip():
                name = ".".join(step for step in path if isinstance(step, str))
                yield replace(foreign, source=text.strip(), target=theirs[path].strip(), field=name)


def _front(text: str) -> Mapping[str, Value]:
    """The values of a text that is front matter, with its fences or without; else none."""
    lines = text.strip().split("\n")
    fenced = len(lines) > 2 and lines[0].strip() == lines[-1].strip() == _FENCE
    lines = lines[1:-1] if fenced else lines
    if not fenced and (len(lines) < 2 or not all(_is_yaml(line) for line in lines)):
        return {}
    try:
        return read_yaml("\n".join(lines) + "\n").values
    except BadFile:
        return {}


def _is_yaml(line: str) -> bool:
    key, colon, _ = line.partition(":")
    return bool(colon and key.strip().replace("_", "").replace("-", "").isalnum()) or (
        line.startswith((" ", "-")) or not line.strip()
    )


def _scalars(key: str, value: Value | None) -> Mapping[Path, str]:
    return {} if value is None else dict(scalars(value, (key,)))


def _blocks(foreign: Foreign, extensions: frozenset[str]) -> Iterator[Foreign]:
    """What the blocks say, where both sides have the same ones."""
    try:
        source = read_body(foreign.source.encode(), extensions).slots
        target = read_body(foreign.target.encode(), extensions).slots
    except (BadFile, UnicodeEncodeError):
        return
    kinds = [slot.segment.kind for slot in source]
    if kinds != [slot.segment.kind for slot in target] or _is_one(foreign, source):
        return
    for one, other in zip(source, target, strict=True):
        yield replace(foreign, source=one.segment.source, target=other.segment.source)


def _is_one(foreign: Foreign, slots: Sequence[Slot]) -> bool:
    """Whether a text is one block, all of it: what its lines mean is told by ours."""
    return len(slots) == 1 and slots[0].segment.source == folded(foreign.source.strip())
