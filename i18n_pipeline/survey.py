"""A folder that is no project yet: which Markdown it holds, and its first i18n.toml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from i18n_pipeline.checks import source_issues
from i18n_pipeline.config import Config, is_configured
from i18n_pipeline.errors import BadFile, CannotWrite, Problem, UsageError
from i18n_pipeline.formats.term_file import Rules, read_term
from i18n_pipeline.model import MAX_TERM_BYTES, Unit, context_of
from i18n_pipeline.patterns import Pattern, path_problem
from i18n_pipeline.stages.propose import (
    Layout,
    Proposal,
    bare,
    homes,
    layout_of,
    layouts,
    propose,
)
from i18n_pipeline.stages.propose.layout import ENDINGS
from i18n_pipeline.values import dataclass
from i18n_pipeline.workspace.finding import OWN_FILE, SHARED_FILE, TABLE
from i18n_pipeline.workspace.places import read_file, status_of
from i18n_pipeline.workspace.saving import apply, changes_of
from i18n_pipeline.workspace.walking import walk

_NOBODYS = (
    ".*",
    "__pycache__",
    "_site",
    "bower_components",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "vendor",
    "venv",
)
"""Folders of tools and of what they made, with the files whose names begin with a dot."""

_MOST_TERMS = 1000  # source terms that are read: more show nothing new
_MOST_LAYOUTS = 5

_LOOKED_FOR = (
    "looked for Markdown files with front matter, or that are there in two locales, in folders"
    " named after locales, as terms/en/<slug>.md and terms/ja/<slug>.md, or named <slug>.en.md;"
    ' say where they lie with --terms "content/{locale}/{slug}.md",'
    " and into what to translate with --targets"
)


@dataclass(frozen=True)
class Choices:
    """What the command line says already; "" and () leave it to the files."""

    source: str = ""
    targets: tuple[str, ...] = ()
    terms: str = ""


@dataclass(frozen=True)
class Survey:
    """What a folder shows. `broken` are files that could not be read and show nothing."""

    proposal: Proposal
    broken: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        """Whether every source term was read, and not only enough of them."""
        return len(self.proposal.layout.slugs) <= _MOST_TERMS


def survey(root: Path, choices: Choices) -> Survey:
    """Propose a configuration for a folder. Links are not followed, nothing is written.

    Raises UsageError where there are no term files, or where the choices do not fit them.
    """
    found = _layouts(root, choices)
    for anyway in (False, True):
        for layout in found[:_MOST_LAYOUTS]:
            if anyway and not _is_meant(layout, choices):
                continue
            data, broken = _read(root, _sample(layout))
            proposal = propose(layout, data, choices.targets, bare=anyway)
            if proposal is not None:
                return Survey(proposal, (*broken, *proposal.broken))
    where = f"{found[0].pattern} has no file with front matter" if found else "no term files here"
    raise UsageError(where, _LOOKED_FOR)


def _is_meant(layout: Layout, choices: Choices) -> bool:
    """Whether files without front matter are terms all the same.

    Some are there in two locales, or somebody says where they lie, or into what to translate what
    lies in a folder. One file in two languages is more likely a README.
    """
    asked = bool(choices.terms or (choices.targets and "/" in str(layout.own or layout.pattern)))
    return asked or any(layout.shared(tag) > 1 for tag in layout.targets)


def defects(root: Path, found: Survey, config: Config) -> tuple[Problem, ...]:
    """What is wrong with the texts of the sources themselves, as the configuration cuts them.

    It is better mended before anybody translates it.
    """
    layout, settings = found.proposal.layout, config.settings(config.source)
    rules = Rules(settings.fields, settings.markdown.extensions)
    sources = layout.files[layout.source]
    wrong: list[Problem] = []
    for slug in sorted(layout.sample(_MOST_TERMS) & sources.keys()):
        path = sources[slug]
        try:
            file = read_term(read_file(root, path) or b"", rules, slug, layout.source)
        except BadFile as failure:
            wrong.append(failure.at(path))
            continue
        for segment in file.segments:
            unit = Unit(context_of(slug, segment), segment.source)
            for issue in source_issues(unit, segment):
                line = file.line_of(segment)
                wrong.append(Problem(path, line, 0, issue.check, issue.message))
    return tuple(dict.fromkeys(wrong))


def refuse_configured(root: Path) -> None:
    """Raise UsageError where a folder has a configuration already: it is never overwritten."""
    if status_of(root, OWN_FILE) is not None:
        raise UsageError(f"there is an {OWN_FILE} already", "change it, or move it out of the way")
    try:
        text = (root / SHARED_FILE).read_text("utf-8", "replace")
    except OSError:
        return
    if is_configured(text, TABLE):
        table = ".".join(TABLE)
        raise UsageError(f"{SHARED_FILE} has [{table}] already", "change it, or take it out")


def write_configuration(root: Path, text: str) -> None:
    """Write i18n.toml where there is none. Raises UsageError and CannotWrite."""
    refuse_configured(root)
    try:
        changes = changes_of(root, {OWN_FILE: text.encode()})
    except BadFile as failure:
        raise CannotWrite(f"{OWN_FILE} cannot be written: {failure.problem.message}") from failure
    apply(root, changes)


def _layouts(root: Path, choices: Choices) -> tuple[Layout, ...]:
    """The layouts that fit the choices, likeliest first."""
    source = choices.source
    if not choices.terms:
        paths = tuple(_markdown(root, ""))
        return _found(paths, choices) or _refuse_source(source, layouts(paths))
    pattern = Pattern(choices.terms)
    if fault := next(_faults(pattern), ""):
        raise UsageError(f"--terms: {fault}")
    paths = tuple(_markdown(root, pattern.text.partition("{")[0].rpartition("/")[0]))
    given, anyway = layout_of(pattern, paths, source), layout_of(pattern, paths)
    if anyway is None:
        raise UsageError(f"no Markdown file here follows {pattern}", _LOOKED_FOR)
    return (given,) if given else _refuse_source(source, (anyway,))


def _found(paths: Sequence[str], choices: Choices) -> tuple[Layout, ...]:
    """The layouts of paths; where no source says its locale, those whose sources do not."""
    source = choices.source
    found = layouts(paths, source)
    if found and (found[0].targets or found[0].source == (source or "en")):
        return found
    alone = bare(paths, source or "en", choices.targets) if not found else None
    return (*homes(paths, source or "en"), *found, *([alone] if alone else ()))


def _faults(pattern: Pattern) -> Iterator[str]:
    """Why a pattern says not where term files lie."""
    yield from pattern.problems()
    for name in sorted({"locale", "slug"} ^ set(pattern.variables)):
        missing = name in {"locale", "slug"}
        yield f"{{{name}}} is missing" if missing else f"{{{name}}} is not known here"
    if not pattern.text.endswith(ENDINGS):
        yield f"must end with {', '.join(ENDINGS)}"


def _refuse_source(source: str, found: tuple[Layout, ...]) -> tuple[Layout, ...]:
    """Raise UsageError for a source locale that no layout has; nothing where there is none."""
    if found:
        there = ", ".join(sorted(found[0].files))
        raise UsageError(f"--source: {found[0].pattern} has no {source}, it has {there}")
    return found


def _markdown(root: Path, folder: str) -> Iterator[str]:
    """Paths of the Markdown files below a folder that a project can have."""
    for entry in walk(root, folder, _NOBODYS):
        composed = normalize("NFC", entry.path) == entry.path
        usable = entry.failure is None and composed and path_problem(entry.path) is None
        if usable and entry.size <= MAX_TERM_BYTES and entry.path.endswith(ENDINGS):
            yield entry.path


def _sample(layout: Layout) -> Iterator[str]:
    slugs = layout.sample(_MOST_TERMS)
    for locale in (layout.source, *layout.targets):
        yield from (path for slug, path in layout.files[locale].items() if slug in slugs)


def _read(root: Path, paths: Iterable[str]) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """Files by path, and what could not be read."""
    data: dict[str, bytes] = {}
    broken: list[Problem] = []
    for path in paths:
        try:
            found = read_file(root, path)
        except BadFile as failure:
            broken.append(failure.problem)
            continue
        if found is not None:
            data[path] = found
    return data, tuple(broken)
