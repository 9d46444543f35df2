"""Which Markdown extensions term files use, told from marks that hardly mean anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS

_FENCED = expression(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_MARKS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "math": (
        re.compile(r"^\s*\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*\\[A-Za-z]+[^$\n]*\$", re.M),
        "formulas between dollar signs",
    ),
    "deflist": (
        re.compile(r"^[^\s:|#>+*-][^\n]*\n:[ \t]+\S", re.M),
        "definitions that begin with a colon",
    ),
    "heading-attributes": (
        re.compile(r"^#{1,6} [^\n]*\{[ \t]*[#.][\w-][^{}\n]*\}[ \t]*$", re.M),
        "headings that end with {#name}",
    ),
    "alert": (
        re.compile(r"^ {0,3}> ?\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.M),
        "quotes that begin with [!NOTE]",
    ),
    "shortcode": (
        re.compile(r"^[ \t]*(?:\{\{[<%].*[>%]\}\}|\{%.*%\})[ \t]*$", re.M),
        "shortcodes on lines of their own",
    ),
}
_IMPORT = expression(r"^import\s[^\n]*\sfrom\s+['\"]", re.M)
_COMPONENT = expression(r"^[ \t]*<[A-Z][\w.]*[\s/>]", re.M)


def find_extensions(bodies: Iterable[bytes], ending: str) -> Mapping[str, str]:
    """Extensions beyond the defaults, with what shows them; `ending` is that of the files."""
    counted = dict.fromkeys((*_MARKS, "mdx"), 0)
    for body in bodies:
        text = _FENCED.sub("", body.decode("utf-8", "replace").replace("\r\n", "\n"))
        for name, (mark, _) in _MARKS.items():
            counted[name] += bool(mark.search(text))
        counted["mdx"] += bool(_IMPORT.search(text) and _COMPONENT.search(text))
    words = {name: said for name, (_, said) in _MARKS.items()} | {"mdx": "imports and components"}
    found = {name: f"{count} files: {words[name]}" for name, count in counted.items() if count}
    return {"mdx": "the files end with .mdx"} | found if ending == ".mdx" else found


def with_defaults(found: Iterable[str]) -> frozenset[str]:
    """The extensions found, and those that are there without being asked for."""
    return DEFAULT_EXTENSIONS | frozenset(found)
