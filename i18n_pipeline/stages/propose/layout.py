"""Which of a folder's paths are term files: the pattern they follow, and their locales."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from i18n_pipeline.errors import UsageError
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical, check_tag, language
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.values import dataclass

ENDINGS = (".md", ".mdx", ".markdown")
"""How the name of a file ends that may hold a term."""

ASIDE = ("README", "CHANGELOG", "CODE_OF_CONDUCT", "CONTRIBUTING", "LICENSE", "SECURITY")
"""Names, without ending, of files that tell about a folder and are no terms."""

_GLOSSARY = frozenset({"dictionary", "glossaries", "glossary", "lexicon", "terminology", "terms"})
_ENOUGH_FOR_A_NAME = 3
_LOCALE_LIKE = expression(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.ASCII)

Files = Mapping[str, Mapping[str, str]]
"""Paths by locale, as the paths spell it, and slug."""


@dataclass(frozen=True)
class Layout:
    """A pattern with the files that follow it. `aside` are names to exclude beside `_*`.

    `own` is the pattern of the sources where it is another, without their locale, and `beside` what
    files or folders of a locale are called that it has to exclude, `*.{locale}.md`.
    """

    pattern: Pattern
    source: str
    files: Files
    aside: tuple[str, ...] = ()
    own: Pattern | None = None
    beside: str = ""

    @property
    def slugs(self) -> frozenset[str]:
        """The slugs of the source terms, as the paths say them."""
        return frozenset(self.files[self.source])

    def shared(self, locale: str) -> int:
        """How many source terms a locale has a file for."""
        return len(self.slugs & self.files.get(locale, {}).keys())

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The other locales that have a file for a source term, each in one spelling."""
        mine = canonical(self.source)
        found: dict[str, str] = {}
        for locale in sorted(self.files, key=lambda tag: (-self.shared(tag), tag)):
            if canonical(locale) != mine and self.shared(locale):
                found.setdefault(canonical(locale), locale)
        return tuple(sorted(found.values()))

    @property
    def pairs(self) -> int:
        """How many files translate a source term."""
        return sum(map(self.shared, self.targets))

    def sample(self, most: int) -> frozenset[str]:
        """At most so many slugs, spread evenly over all; those with translations before others."""
        translated = {slug for locale in self.targets for slug in self.files[locale]} & self.slugs
        chosen = _spread(translated, most) + _spread(self.slugs - translated, most)
        return frozenset(chosen[:most])


def layouts(paths: Iterable[str], source: str = "") -> tuple[Layout, ...]:
    """Every layout that paths (relative, `/` between components) may follow, likeliest first.

    `source` is a locale that the layout must have; "" takes English, else the largest.
    """
    groups: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path in paths:
        for template, locale, slug in readings(path):
            groups[template].append((locale, slug, path))
    found = (_layout(Pattern(text), group, source) for text, group in groups.items())
    return tuple(sorted((each for each in found if each and _likely(each, source)), key=rank))


def layout_of(pattern: Pattern, paths: Iterable[str], source: str = "") -> Layout | None:
    """The layout that a given pattern makes of paths, or None where no file follows it."""
    matches = ((pattern.match(path), path) for path in paths)
    group = [
        (values["locale"], values["slug"], path)
        for values, path in matches
        if values and not check_tag(values["locale"])
    ]
    return _layout(pattern, group, source)


def chosen_targets(layout: Layout, wanted: Iterable[str]) -> tuple[str, ...]:
    """The target locales: those wanted, as the paths spell them, else all that were found.

    Raises UsageError for what is no locale, for the source, and where there are none.
    """
    spelled = {canonical(locale): locale for locale in (*layout.files, *layout.targets)}
    chosen = {canonical(tag): spelled.get(canonical(tag), tag) for tag in wanted}
    for tag in chosen.values():
        if reason := check_tag(tag):
            raise UsageError(f"--targets: {reason}")
    if canonical(layout.source) in chosen:
        raise UsageError(f"--targets: {layout.source} is the source")
    targets = tuple(chosen.values()) or layout.targets
    if not targets:
        number = len(layout.slugs)
        count = "1 term file" if number == 1 else f"{number} term files"
        raise UsageError(
            f"{layout.pattern} has {count} in {layout.source}, and no other locale",
            "say which locales to translate into: i18n init --targets ja,de",
        )
    return targets


def readings(path: str) -> Iterator[tuple[str, str, str]]:
    """Every template, locale and slug that one path may mean."""
    stem, dot, ending = path.rpartition(".")
    if dot + ending not in ENDINGS or "{" in path or "}" in path:
        return
    parts = stem.split("/")
    for at, part in enumerate(parts[:-1]):
        if _is_locale(part):
            head, tail = [*parts[:at], "{locale}"], parts[at + 1 :]
            yield from _folded(head, tail, part, dot + ending)
    name, dotted, tag = parts[-1].rpartition(".")
    if dotted and name and _is_locale(tag):
        for at in range(len(parts)):
            template = "/".join([*parts[:at], "{slug}.{locale}" + dot + ending])
            yield template, tag, "/".join([*parts[at:-1], name])


def _folded(
    head: list[str], tail: list[str], locale: str, ending: str
) -> Iterator[tuple[str, str, str]]:
    """A path below a locale's folder, with more and more of its folders in the template."""
    for at in range(len(tail)):
        before = "/".join([*head, *tail[:at], "{slug}"])
        yield before + ending, locale, "/".join(tail[at:])
        if tail[-1] == "index" and at < len(tail) - 1:
            yield f"{before}/index{ending}", locale, "/".join(tail[at:-1])


@lru_cache(maxsize=1024)
def _is_locale(name: str) -> bool:
    """Whether a folder's name is a locale's; longer language codes are words in real trees."""
    return bool(_LOCALE_LIKE.fullmatch(name)) and check_tag(name) is None


def _layout(pattern: Pattern, group: Iterable[tuple[str, str, str]], source: str) -> Layout | None:
    files, aside = translations(group)
    spelled = _source_among(files, source)
    return Layout(pattern, spelled, files, aside) if spelled else None


def translations(group: Iterable[tuple[str, str, str]]) -> tuple[Files, tuple[str, ...]]:
    """Files by locale and slug, of `(locale, slug, path)`, and the names that are no terms."""
    files: defaultdict[str, dict[str, str]] = defaultdict(dict)
    aside: set[str] = set()
    for locale, slug, path in group:
        parts = slug.split("/")
        if parts[-1] in ASIDE:
            aside.add(parts[-1])
        elif not any(part.startswith("_") for part in parts):
            files[locale][slug] = path
    return dict(files), tuple(sorted(aside))


def _source_among(files: Files, wanted: str) -> str:
    by_size = sorted(files, key=lambda locale: (-len(files[locale]), locale))
    if wanted:
        return next((tag for tag in by_size if canonical(tag) == canonical(wanted)), "")
    exact = [tag for tag in by_size if canonical(tag) == "en"]
    english = [tag for tag in by_size if language(tag) == "en"]
    return next(iter((*exact, *english, *by_size)), "")


def _likely(layout: Layout, source: str) -> bool:
    """A lone folder with a name of three letters (`bin`, `man`) is a locale only if asked for."""
    return bool(layout.targets or source or len(language(layout.source)) == 2)


def rank(layout: Layout) -> tuple[bool, int, int, int, str]:
    """Order of layouts: the likeliest first."""
    words = re.split(r"[/_.-]", layout.pattern.text.lower())
    named = not _GLOSSARY.isdisjoint(words) and len(layout.slugs) >= _ENOUGH_FOR_A_NAME
    text = layout.pattern.text
    return (not named, -layout.pairs, -len(layout.slugs), -layout.pattern.literal_length, text)


def _spread(slugs: Iterable[str], most: int) -> list[str]:
    ordered = sorted(slugs)
    step = max(1, -(-len(ordered) // most))
    return ordered[::step]
