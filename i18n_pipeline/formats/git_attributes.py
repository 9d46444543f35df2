"""`.gitattributes`: which files of a project git gives to the merge driver, and how they end lines.

Lines with `merge=i18n` are ours; all others are their author's and stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from i18n_pipeline.config import Config
from i18n_pipeline.expressions import expression
from i18n_pipeline.patterns import Pattern

NAME = ".gitattributes"
MERGE = "merge=i18n"
_LF = f"text eol=lf {MERGE}"
_COMMENT = "# Translations merge by unit (i18n init --git); without the driver, by lines."
_GLOB = expression(r"[\[\]*?\\]")
_VARIABLE = expression(r"\{[^{}/]*\}")
_QUOTED = expression(r'[\s"]')


def with_attributes(text: str, config: Config) -> str:
    """The file with our lines in it, as the configuration wants them now; others as they are."""
    wanted = list(_lines(config))
    rows = text.splitlines(keepends=True)
    here = [row.strip() for row in rows if MERGE in row.split()]
    if here == wanted:
        return text
    kept = [row for row in rows if MERGE not in row.split() and row.strip() != _COMMENT]
    before = "".join(kept)
    eol = "\r\n" if "\r\n" in before else "\n"
    if before.strip():
        before = before.rstrip("\r\n") + eol + eol
    return before + "".join(f"{line}{eol}" for line in (_COMMENT, *wanted))


def merge_attributes(config: Config, prefix: str = "") -> str:
    """What a file of attributes outside of the project says, for git to merge as we merge.

    `prefix` is the way from the repository's top folder to the project, with `/` at its end.
    """
    return "".join(f"{line}\n" for line in dict.fromkeys(_merged(config, prefix)))


def _merged(config: Config, prefix: str) -> Iterator[str]:
    for locale in config.targets:
        paths = config.settings(locale).paths
        for pattern in (paths.catalog, paths.lock, paths.terms):
            yield f"{_glob(Pattern(prefix + pattern.within(locale).text))} {MERGE}"


def _lines(config: Config) -> Iterator[str]:
    for name in ("catalog", "lock"):
        yield from (f"{glob} {_LF}" for glob in _shared(config, name))
    for locale in config.targets:
        yield f"{_glob(config.settings(locale).paths.terms.within(locale))} {MERGE}"


def _shared(config: Config, name: str) -> Sequence[str]:
    """One pattern for all locales where they have one, else one for each."""
    patterns = {locale: getattr(config.settings(locale).paths, name) for locale in config.targets}
    each = ((p, p.within(locale)) for locale, p in patterns.items())
    alike = len(set(patterns.values())) == 1
    return tuple(dict.fromkeys(_glob(whole if alike else own) for whole, own in each))


def _glob(pattern: Pattern) -> str:
    """A pattern of ours as git reads it, from the folder of its file (gitattributes(5))."""
    *folders, name = map(_part, pattern.text.split("/"))
    if name == "**":
        name = "**/*"
    glob = "/" + "/".join((*folders, name))
    if not _QUOTED.search(glob):
        return glob
    escaped = glob.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _part(part: str) -> str:
    """One component; a slug may be several."""
    if part == "{slug}":
        return "**"
    pieces = _VARIABLE.split(part)
    named = "*".join(_GLOB.sub(r"\\\g<0>", piece) for piece in pieces)
    return f"**/{named}" if part.startswith("{slug}") else named
