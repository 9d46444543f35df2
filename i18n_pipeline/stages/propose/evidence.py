"""What term files of two locales show: read once, and each front-matter field over all terms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile, Problem
from i18n_pipeline.formats.front_matter import Value, scalars
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.stages.propose.layout import Layout
from i18n_pipeline.values import dataclass, replace

Items = tuple[str, ...]
"""The scalars of a field in one file, blank ones left out; one where it is no list."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NO_ROLES = Rules(
    Fields(locale="", slug="", name="", translate=(), vocabulary=(), localize=(), links=())
)


@dataclass(frozen=True)
class Evidence:
    """Term files by slug: the source's, `drafts` left out, and those of each target locale."""

    source: Mapping[str, TermFile]
    targets: Mapping[str, Mapping[str, TermFile]]
    drafts: frozenset[str]
    broken: tuple[Problem, ...]

    def pairs(self) -> Iterator[tuple[str, TermFile, TermFile]]:
        """Every locale, source file and its translation, in order."""
        for locale, files in self.targets.items():
            for slug, file in files.items():
                if slug in self.source:
                    yield locale, self.source[slug], file

    def files(self) -> Iterator[TermFile]:
        """Every file, the source's first."""
        yield from self.source.values()
        for files in self.targets.values():
            yield from files.values()


@dataclass(frozen=True)
class Pair:
    """A field's values in a source file and in its translation."""

    locale: str
    source: Items
    target: Items


@dataclass(frozen=True)
class Observed:
    """One front-matter field over all terms.

    `values` are those of each source term that has any. `is_list` and `is_text` say what most of
    them are: lists; words, to every reader, and no numbers, dates or truth values.
    """

    name: str
    values: tuple[Items, ...]
    pairs: tuple[Pair, ...]
    is_list: bool
    is_text: bool

    @property
    def items(self) -> tuple[str, ...]:
        """All values of all source terms."""
        return tuple(item for items in self.values for item in items)

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The pairs in which the translation says something else."""
        return tuple(pair for pair in self.pairs if pair.source != pair.target)


def read_evidence(layout: Layout, data: Mapping[str, bytes]) -> Evidence:
    """Read the files of a layout that `data` holds by path; what cannot be read is a Problem."""
    broken: list[Problem] = []
    files: dict[str, dict[str, TermFile]] = {}
    for locale in (layout.source, *layout.targets):
        files[locale] = {}
        for slug, path in sorted(layout.files[locale].items()):
            if path not in data:
                continue
            try:
                files[locale][slug] = read_term(data[path], _NO_ROLES, slug, locale)
            except BadFile as failure:
                broken.append(replace(failure.problem, path=path))
    every = files.pop(layout.source)
    source = {slug: file for slug, file in every.items() if not file.skipped}
    return Evidence(source, files, frozenset(every.keys() - source.keys()), tuple(broken))


def observe(evidence: Evidence) -> tuple[Observed, ...]:
    """Every field of the source terms, in the order in which fields first appear.

    Names are one whatever their case, in the commonest spelling; `seo.description` is a nested one.
    """
    gathered: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for file in evidence.source.values():
        for name, field in _fields(file).items():
            gathered[name.casefold()].add(name, field)
    pairs = _pairs(evidence)
    return tuple(
        found.observed(tuple(pairs.get(name, ())))
        for name, found in gathered.items()
        if all(part and part == part.strip() for part in name.split("."))
    )


@dataclass(frozen=True)
class _Field:
    items: Items
    is_list: bool
    texts: int


class _Gathered:
    """What the source terms have of one field, so far."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.fields: list[_Field] = []

    def add(self, name: str, field: _Field) -> None:
        self.names[name] += 1
        self.fields.append(field)

    def observed(self, pairs: tuple[Pair, ...]) -> Observed:
        said = [field for field in self.fields if field.items]
        count = sum(len(field.items) for field in said)
        return Observed(
            name=self.names.most_common(1)[0][0],
            values=tuple(field.items for field in said),
            pairs=pairs,
            is_list=2 * sum(field.is_list for field in self.fields) > len(self.fields),
            is_text=2 * sum(field.texts for field in said) > count,
        )


def _fields(file: TermFile) -> dict[str, _Field]:
    """A file's fields by dotted name, positions in lists left out."""
    front = file.front
    if front is None:
        return {}
    empty = [key for key, value in front.values.items() if not value]
    found = {key: _Field((), isinstance(front.values[key], list), 0) for key in empty}
    for path, text in scalars(dict(front.values)):
        name = ".".join(step for step in path if isinstance(step, str))
        before = found.get(name, _Field((), False, 0))
        is_list = before.is_list or any(isinstance(step, int) for step in path)
        said = (text.strip(),) if text.strip() not in _NULLS else ()
        is_text = bool(said) and front.is_text(path)
        found[name] = _Field((*before.items, *said), is_list, before.texts + is_text)
    return found


def _pairs(evidence: Evidence) -> Mapping[str, list[Pair]]:
    """Fields that both files have, by folded name."""
    pairs: defaultdict[str, list[Pair]] = defaultdict(list)
    for locale, source, target in evidence.pairs():
        there = {name.casefold(): field.items for name, field in _fields(target).items()}
        for name, field in _fields(source).items():
            items = there.get(name.casefold(), ())
            if field.items and items:
                pairs[name.casefold()].append(Pair(locale, field.items, items))
    return pairs


def plain(value: Value | None) -> str:
    """A scalar's text without blanks around it; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""
