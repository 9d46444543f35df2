"""Path patterns such as `terms/{locale}/{slug}.md`, and which names a path may be made of.

A path here is text: relative to the project's root, with `/` between its components on every
system. Files are touched in workspace/ alone.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WILD = expression(r"[*?]+")
_VARIABLE = expression(r"\{([^{}/]*)\}")
_VARIABLE_NAME = expression(r"\w[\w.-]*")
_ONE_COMPONENT = "[^/]+"
_COMPONENTS = "[^/]+(?:/[^/]+)*"
_UNPORTABLE = expression(r'[\x00-\x1f\x7f<>:"|?*\\]')
_OURS_OR_GITS = frozenset({".git", ".i18n"})
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, also with an ending
_RESERVED = expression(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I)


def name_problem(name: str) -> str | None:
    """Why one component of a path cannot be used on every system; None if it can."""
    if name in {"", ".", ".."}:
        return f"{name!r} is no name of a file or folder"
    if found := _UNPORTABLE.search(name):
        shown = found.group() if found.group().isprintable() else ascii(found.group())
        return f"{shown} cannot stand in a file name on every system"
    if _RESERVED.fullmatch(name):
        return f"{name!r} is a name that Windows keeps for itself"
    if name[-1] in ". ":
        return f"{name!r} ends with a dot or a space, which Windows drops"
    return None


def path_problem(path: str) -> str | None:
    """Why a path is not a plain path inside the project; None if it is.

    Refused besides what `name_problem` refuses: absolute paths, `..`, and anything in `.git` or
    `.i18n`.
    """
    if path.startswith("/"):
        return "it is absolute, paths are relative to the project's folder"
    parts = path.split("/")
    for part in parts:
        if reason := name_problem(part):
            return reason
    taken = next((part for part in parts if part.casefold() in _OURS_OR_GITS), None)
    return f"nothing of yours lives in {taken}" if taken else None


def glob_problem(glob: str) -> str | None:
    """Why a path with `*` and `?` in its names leads to no file in the project; None if it may."""
    return path_problem(_WILD.sub("x", glob))


def is_wild(glob: str) -> bool:
    """Whether a path stands for several files: `memories/*.tmx`."""
    return _WILD.search(glob) is not None


def glob_folder(glob: str) -> str:
    """The folder that holds every file a path with `*` and `?` stands for."""
    return _WILD.split(glob, maxsplit=1)[0].rpartition("/")[0]


def glob_matches(glob: str, path: str) -> bool:
    """Whether a path is one of those; `*` does not reach beyond a folder. Case counts."""
    wanted, parts = glob.split("/"), path.split("/")
    return len(wanted) == len(parts) and all(
        fnmatchcase(part, want.replace("[", "[[]"))
        for part, want in zip(parts, wanted, strict=True)
    )


@dataclass(frozen=True)
class Pattern:
    """A path with variables in braces: `{locale}`, `{slug}`, or a field's name.

    `{slug}` stands for one or more path components, every other variable for exactly one.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables in the order of their first appearance."""
        return tuple(dict.fromkeys(_VARIABLE.findall(self.text)))

    @cached_property
    def literal_length(self) -> int:
        """How many characters are not variables: of two patterns the more specific has more."""
        return len(_VARIABLE.sub("", self.text))

    def fill(self, **values: str) -> str:
        """Return the path with every variable replaced.

        Raises `BadFile` (`unsafe-path`) where a value would lead out of its place, and `KeyError`
        for a variable without a value, which is a bug of the caller.
        """
        path = _VARIABLE.sub(lambda match: values[match.group(1)], self.text)
        problems = (self._value_problem(name, values[name]) for name in self.variables)
        reason = next((problem for problem in problems if problem), None) or path_problem(path)
        if reason:
            raise BadFile("unsafe-path", f"no path can be made with it: {reason}")
        return path

    def within(self, locale: str) -> Pattern:
        """Return the same pattern with `{locale}` filled in."""
        return Pattern(self.text.replace("{locale}", locale))

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the values with which `fill` gives this path, or None. Case counts."""
        found = self._regex.fullmatch(path)
        if found is None:
            return None
        values = {name: found.group(f"v{at}") for at, name in enumerate(self.variables)}
        dotted = any(part in {".", ".."} for value in values.values() for part in value.split("/"))
        return None if dotted else values

    def prefix(self, locale: str) -> str:
        """Return the folder that holds every path of a locale, `""` for the project's own."""
        return self.within(locale).text.partition("{")[0].rpartition("/")[0]

    def problems(self) -> Iterator[str]:
        """Why this is no usable pattern for files of a project; nothing when it is."""
        stray = _VARIABLE.sub("", self.text)
        if "{" in stray or "}" in stray:
            yield "a brace stands alone, variables are written {slug}"
        bad = [name for name in self.variables if not _VARIABLE_NAME.fullmatch(name)]
        yield from (f"{{{name}}} is no variable" for name in bad)
        if re.search(r"\}\{", self.text):
            yield "two variables need something between them, or nobody can tell them apart"
        if reason := path_problem(_VARIABLE.sub("x", self.text)):
            yield reason

    def _value_problem(self, name: str, value: str) -> str | None:
        if name != "slug":
            return name_problem(value) if "/" not in value else f"{value!r} holds a slash"
        return next(filter(None, map(name_problem, value.split("/"))), None)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        parts = _VARIABLE.split(self.text)
        pieces = [re.escape(part) for part in parts]
        for at in range(1, len(parts), 2):
            group = f"v{self.variables.index(parts[at])}"
            first = parts[at] not in parts[1:at:2]
            value = _COMPONENTS if parts[at] == "slug" else _ONE_COMPONENT
            pieces[at] = f"(?P<{group}>{value})" if first else f"(?P={group})"
        return re.compile("".join(pieces), re.DOTALL)
