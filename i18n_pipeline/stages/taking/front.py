"""What the front matter of an edited file says, value by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.formats import percent
from i18n_pipeline.formats.front_matter import Path, Value
from i18n_pipeline.model import Kind, Segment
from i18n_pipeline.stages.fields import field_name, found_at, key_in, text_of, without_keys
from i18n_pipeline.stages.saying import said, short
from i18n_pipeline.stages.taking.page import Base, FileText, Page, in_source_form
from i18n_pipeline.values import dataclass, replace

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class FrontTexts:
    """What a front matter says: hashes by path for the lock, the texts.

    `gone` are fields that are not as they were and cannot be taken in, `own` those that the page
    has in its own way from now on.
    """

    known: Mapping[str, tuple[str, str]]
    texts: tuple[FileText, ...]
    gone: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def read_fields(page: Page, base: Base) -> FrontTexts:
    """What the front matter says."""
    values = page.file.values
    own = frozenset(_own_lists(page, base))
    known = dict(without_keys(base.fields, own))
    texts: list[FileText] = []
    gone: dict[str, None] = {}
    asked = {word: (source, "") for word, source in base.open.items()}
    for word, (source, written) in (asked | known).items():
        found = found_at(values, word)
        text = _field_text(page, found) if found and _is_as_long(page, found[0], base) else None
        if found is None or text is None:
            if written:
                gone[word.partition(".")[0]] = None
            continue
        segment = _segment(page.fields, found[0], text)
        says = short(said(text, segment, page.file.body.extensions))
        known[word] = source, says
        line = page.file.front.place_of(found[0])[0] if page.file.front else 0
        one = FileText(source, in_source_form(text, segment, page), segment, line, written)
        texts.append(replace(one, changed=says != written))
    return FrontTexts(known, tuple(texts), tuple(gone), tuple(sorted(own)))


def _own_lists(page: Page, base: Base) -> Iterator[str]:
    """Lists of a vocabulary that a person made longer, shorter, or put into another order.

    Which value is then which nobody can say, and no other page is to be changed for it.
    """
    was: dict[str, dict[int, str]] = defaultdict(dict)
    for word, (_, written) in base.fields.items():
        key, _, index = word.partition(".")
        if index.isdigit():
            was[percent.decode(key)][int(index)] = written
    for key, texts in was.items():
        name = key_in(page.file.values, key)
        value = page.file.values.get(name)
        if page.fields.role(key) is not Role.VOCABULARY or not isinstance(value, list):
            continue
        items = (_field_text(page, ((name, at), one)) for at, one in enumerate(value))
        now = [short(text) for text in items if text]
        before = [texts[at] for at in sorted(texts)]
        if len(now) != len(before) or (now != before and sorted(now) == sorted(before)):
            yield key


def _field_text(page: Page, found: tuple[Path, Value]) -> str | None:
    """What a field says; None where it says nothing."""
    path, value = found
    text = text_of(value)
    null = text in _NULLS and page.file.front is not None and not page.file.front.is_text(path)
    return text if text and text.strip() and not null else None


def _is_as_long(page: Page, path: Path, base: Base) -> bool:
    """Whether the lists on the way to a value are as long as they were: else it may be another.

    Blank items at the end do not count: no text was there, so that nothing is remembered of them.
    """
    values = page.file.values
    for depth, step in enumerate(path):
        if not isinstance(step, int):
            continue
        before = ".".join(map(str, path[:depth])).casefold()
        known = {word.casefold() for word in base.fields if word.casefold().startswith(before)}
        found = found_at(values, before)
        length = _length(page, *found) if found else 0
        indexes = {int(word.split(".")[depth]) for word in known if _digits(word, depth)}
        if max(indexes, default=-1) + 1 != length:
            return False
    return True


def _length(page: Page, path: Path, value: Value) -> int:
    """How long a list is up to the last item that says something."""
    items = value if isinstance(value, list) else []
    told = (at for at, one in enumerate(items) if _is_told(page, (*path, at), one))
    return max(told, default=-1) + 1


def _is_told(page: Page, path: Path, value: Value) -> bool:
    return _field_text(page, (path, value)) is not None if isinstance(value, str) else bool(value)


def _digits(word: str, depth: int) -> bool:
    steps = word.split(".")
    return len(steps) > depth and steps[depth].isdigit()


def _segment(fields: Fields, path: Path, text: str) -> Segment:
    """What a translated value is, told by the configuration."""
    name = field_name(path)
    field_ = fields.spelled(name)
    kinds = {
        Role.VOCABULARY: Kind.VOCABULARY,
        Role.LOCALIZE: Kind.LIST,
        Role.EXTRA: Kind.EXTRA,
    }
    kind = Kind.NAME if field_ == fields.name else kinds.get(fields.role(name), Kind.TEXT)
    return Segment(field_, kind, text, field_ in fields.markdown)
