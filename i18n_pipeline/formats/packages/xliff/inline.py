"""Texts with placeholders → XLIFF 2.1 content: `<ph>` and `<pc>`, with their texts beside them.

The texts stand in `<originalData>`, so that a CAT tool shows and protects a code, and reading
needs nothing else. A code of the translation that its source has too has the same id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.safe_xml import can_be_xml
from i18n_pipeline.placeholders import Placeholder, Protected

SHORTCUT = "i18n:shortcut"
"""The sub-type of a link `[label]`: with other words in it, it has to name its label."""

_TAG = expression(r'<x id="(?P<lone>\d+)"/>|<g id="(?P<pair>\d+)">|</g>')
_NO_XML = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_FIXED = ' canCopy="no" canDelete="no"'
_LOOKS: tuple[tuple[str, str, str], ...] = (
    (r"`", "other", "i18n:code"),
    (r"\*\*|__", "fmt", "xlf:b"),
    (r"[*_]", "fmt", "xlf:i"),
    (r"~", "fmt", "i18n:strike"),
    (r"!\[", "image", "i18n:image"),
    (r"\[\^", "other", "i18n:footnote"),
    (r"\[", "link", "i18n:link"),
    (r"\]", "other", "i18n:title"),
    (r"<(?:https?:|mailto:)|https?:|www\.|[^\s<>@]+@", "link", "i18n:address"),
    (r"<", "other", "i18n:html"),
    (r"[{]", "other", "i18n:template"),
    (r"\$", "other", "i18n:math"),
    (r"&", "other", "i18n:character"),
    (r"\\?[ \t]*\n", "fmt", "xlf:lb"),
    (r"\\", "other", "i18n:escape"),
)
"""What a code is, by how it begins: type and sub-type. Those of `xlf:` are the specification's."""

_FREE = frozenset({"xlf:b", "xlf:i", "xlf:lb", "i18n:strike", "i18n:character", "i18n:escape"})
"""What a translation may leave out."""


class Content:
    """The content of one unit: its source, its translation, and the texts of their codes."""

    def __init__(self, source: Protected) -> None:
        self._source = source
        self._data: dict[str, str] = {}

    def source(self) -> str:
        """The source as XML."""
        names = {number: str(number) for number in _numbers(self._source)}
        return self._content(self._source, names)

    def target(self, target: Protected) -> str:
        """A translation as XML; codes of its own are called `t1`, `t2` and so on."""
        return self._content(target, _paired(target.placeholders, self._source.placeholders))

    def data(self) -> Iterator[str]:
        """The texts of all codes written so far, a `<data>` each."""
        for text, name in self._data.items():
            yield f'<data id="{name}">{content(text)}</data>'

    def _content(self, text: Protected, names: Mapping[int, str]) -> str:
        parts: list[str] = [content(text.before)]
        position = 0
        for tag in _TAG.finditer(text.text):
            parts += [_cleaned(text.text[position : tag.start()]), self._code(text, tag, names)]
            position = tag.end()
        return "".join((*parts, _cleaned(text.text[position:]), content(text.after)))

    def _code(self, text: Protected, tag: re.Match[str], names: Mapping[int, str]) -> str:
        number = int(tag["lone"] or tag["pair"] or 0)
        if not number:
            return "</pc>"
        one = text.placeholders[number - 1]
        name, about = names[number], _about(one)
        if tag["lone"]:
            shown = _shown("disp", one.open)
            return f'<ph id="{name}" dataRef="{self._ref(one.open)}"{shown}{about}/>'
        close = one.close or ""
        refs = f' dataRefStart="{self._ref(one.open)}"'
        refs += f' dataRefEnd="{self._ref(close)}"' if close else ""
        shown = _shown("dispStart", one.open) + _shown("dispEnd", close)
        return f'<pc id="{name}"{refs}{shown}{about}>'

    def _ref(self, text: str) -> str:
        return self._data.setdefault(text, f"d{len(self._data) + 1}")


def content(text: str) -> str:
    """A text as XML content; a character that XML does not have is `<cp>`."""
    return _cleaned("".join(_ESCAPED.get(character, character) for character in text))


def quoted(value: str) -> str:
    """A text as the value of an attribute, on one line."""
    escaped = "".join(_ESCAPED.get(character, character) for character in " ".join(value.split()))
    return '"{}"'.format(_NO_XML.sub("\ufffd", escaped).replace('"', "&quot;"))


def _cleaned(escaped: str) -> str:
    if can_be_xml(escaped):
        return escaped.replace("\r", "&#13;")
    return _NO_XML.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escaped)


def _numbers(text: Protected) -> range:
    return range(1, len(text.placeholders) + 1)


def _paired(target: Sequence[Placeholder], source: Sequence[Placeholder]) -> Mapping[int, str]:
    """Names of a translation's codes: the number of the source's that says the same, each once."""
    free = dict(enumerate(source, 1))
    names: dict[int, str] = {}
    for number, one in enumerate(target, 1):
        same = next((at for at, other in free.items() if _says_the_same(one, other)), 0)
        names[number] = str(same) if same else f"t{number}"
        free.pop(same, None)
    return names


def _says_the_same(one: Placeholder, other: Placeholder) -> bool:
    if (one.close is None) != (other.close is None) or one.open != other.open:
        return False
    return one.close == other.close or (
        other.label is not None and one.close == f"][{other.label}]"
    )


def _about(one: Placeholder) -> str:
    """What a code is, and whether a translation may do without it or have it twice."""
    looks = ((kind, sub) for sign, kind, sub in _LOOKS if re.match(sign, one.open))
    kind, sub = next(looks, ("other", "i18n:code"))
    fixed = "" if sub in _FREE else _FIXED
    sub = SHORTCUT if one.label is not None else sub
    return f' type="{kind}" subType="{sub}"{fixed}'


def _shown(name: str, text: str) -> str:
    return f" {name}={quoted(text)}" if text.strip() else ""
