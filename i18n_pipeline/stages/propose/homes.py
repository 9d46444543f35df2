"""Layouts in which only translations have their locale in the path, as many sites begin.

Docusaurus keeps the source in `docs/` and translations below `i18n/<locale>/`, Astro's Starlight
has the source at the root and a folder for each other locale, Hugo and MkDocs (mkdocs-static-i18n)
may say the locale in the file's name (`lora.ja.md`), and a plain folder has no translation yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.stages.propose.layout import (
    ASIDE,
    ENDINGS,
    Layout,
    rank,
    readings,
    translations,
)

_DOCUSAURUS = expression(
    r"^(?P<before>(?:.*/)?)i18n/\{locale\}/docusaurus-plugin-content-(?P<what>docs|blog|pages)"
    r"(?P<version>/current)?(?=/)"
)
_CONTENT = {"docs": "docs", "blog": "blog", "pages": "src/pages"}


def homes(paths: Sequence[str], source: str) -> tuple[Layout, ...]:
    """The layouts with sources that have no locale in their paths, likeliest first."""
    groups: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path in paths:
        for template, locale, slug in readings(path):
            groups[template].append((locale, slug, path))
    found = (
        layout
        for template, group in groups.items()
        for own in _own_patterns(template)
        if (layout := _layout(Pattern(template), own, group, paths, source)) is not None
    )
    return tuple(sorted(found, key=rank))


def bare(paths: Sequence[str], source: str, targets: Sequence[str]) -> Layout | None:
    """The layout of files without translations: the folder that holds most of them.

    None where nobody says which `targets` it is to have: then it might be anything.
    """
    folders = Counter(path.rpartition("/")[0] for path in paths if not _is_aside(path))
    if not folders or not targets:
        return None
    folder, _ = max(folders.items(), key=lambda one: (one[1], one[0]))
    start = f"{folder}/" if folder else ""
    inside = [path for path in paths if path.startswith(start) and not _is_aside(path)]
    ending = Counter(path[path.rindex(".") :] for path in inside).most_common(1)[0][0]
    own = Pattern(f"{start}{{slug}}{ending}")
    files = _matching(own, inside, frozenset())
    pattern = Pattern(f"{start}{{locale}}/{{slug}}{ending}")
    aside = tuple(sorted({name for path in paths if (name := _name(path)) in ASIDE}))
    return Layout(pattern, source, {source: files}, aside, own, "{locale}")


def _own_patterns(template: str) -> Iterator[Pattern]:
    """Where the source may lie whose translations follow a template."""
    if docusaurus := _DOCUSAURUS.match(template):
        folder = _CONTENT[docusaurus["what"]]
        yield Pattern(f"{docusaurus['before']}{folder}{template[docusaurus.end() :]}")
    elif "{slug}.{locale}" in template:
        yield Pattern(template.replace("{slug}.{locale}", "{slug}"))
    elif template.startswith("{locale}/"):
        yield Pattern(template.removeprefix("{locale}/"))
    else:
        yield Pattern(template.replace("/{locale}/", "/"))


def _layout(
    pattern: Pattern,
    own: Pattern,
    group: Iterable[tuple[str, str, str]],
    paths: Iterable[str],
    source: str,
) -> Layout | None:
    """The layout of translations and the sources that lie at home; None where none is shared."""
    files, aside = translations(group)
    if any(canonical(locale) == canonical(source) for locale in files):
        return None
    taken = frozenset(path for slugs in files.values() for path in slugs.values())
    mine = _matching(own, paths, taken)
    beside = _beside(pattern, own)
    layout = Layout(pattern, source, {**files, source: mine}, aside, own, beside)
    return layout if layout.targets else None


def _matching(own: Pattern, paths: Iterable[str], taken: frozenset[str]) -> Mapping[str, str]:
    """The sources by slug: what follows the pattern, is no translation and stands in no `_…`."""
    found: dict[str, str] = {}
    for path in paths:
        matched = own.match(path) if path not in taken else None
        slug = matched["slug"] if matched else ""
        is_part = any(part.startswith("_") for part in slug.split("/"))
        if slug and not is_part and slug.rpartition("/")[2] not in ASIDE:
            found[slug] = path
    return found


def _beside(pattern: Pattern, own: Pattern) -> str:
    """How translations are called that the source's own pattern would take in, "" for none."""
    text, ending = pattern.text, pattern.text[pattern.text.rindex(".") :]
    if "{slug}.{locale}" in text:
        return f"*.{{locale}}{ending}"
    home = own.text.partition("{slug}")[0]
    return "{locale}" if text.partition("{locale}")[0].startswith(home) else ""


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _is_aside(path: str) -> bool:
    """Whether a file is no term, or lies where no pattern leads: braces are its variables."""
    named = _name(path) in ASIDE or _name(path).startswith("_")
    return named or not path.endswith(ENDINGS) or "{" in path or "}" in path
