"""What a page of documentation is made of: prose, fences, code within lines, headings' anchors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

_FENCED = re.compile(r"^( *)```[^\n]*\n.*?^\1```[ ]*\n?", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def parts(page: str) -> Iterator[tuple[bool, str]]:
    """A page in pieces, each with whether it is a fenced block; together they are the page."""
    end = 0
    for found in _FENCED.finditer(page):
        yield False, page[end : found.start()]
        yield True, found[0]
        end = found.end()
    yield False, page[end:]


def outside_code(change: Callable[[str], str], prose: str) -> str:
    """Prose with something changed in it; code within lines is left alone where it is no link's."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    changed = change(_SPAN.sub(keep, prose))
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], changed)


def anchors_of(page: str) -> Iterator[str]:
    """The anchors that GitHub gives to the headings of a page, in order, no two alike."""
    seen: Counter[str] = Counter()
    for is_code, part in parts(page):
        for heading in () if is_code else _HEADING.findall(part):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
            anchor = re.sub(r"[^\w -]", "", plain).strip().lower().replace(" ", "-")
            yield f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor
            seen[anchor] += 1
