"""Units → TMX 1.4b in UTF-8; the same units are always the same bytes, without a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.tmx.units import AROUND, CONTEXT, KIND, TOOL, TmxUnit
from i18n_pipeline.locales import canonical

HEADER = (
    f'<header creationtool="{TOOL}" creationtoolversion="1" segtype="block"'
    f' o-tmf="{TOOL}" adminlang="en" datatype="plaintext"'
)
"""How the header of a file of ours begins."""

_NO_XML = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ESCAPED = expression("[&<>\r]")


def write_tmx(units: Iterable[TmxUnit], source: str) -> bytes:
    """A file of units in the order given; the first variant of each is in the `source` language.

    What XML cannot hold is not asked here: `can_be_written`.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f'{HEADER} srclang="{canonical(source)}"/>',
        "<body>",
        *(line for unit in units for line in _unit(unit)),
        "</body>",
        "</tmx>",
        "",
    ]
    return "\n".join(lines).encode()


def can_be_written(text: str) -> bool:
    """Whether XML can hold a text."""
    return not _NO_XML.search(text)


def _unit(unit: TmxUnit) -> Iterator[str]:
    place = unit.place
    yield "<tu>"
    for kind, text in ((CONTEXT, place.context), (KIND, place.kind), (AROUND, place.around)):
        if text:
            yield f'<prop type="{kind}">{_escaped(text)}</prop>'
    for one in unit.variants:
        tag = _escaped(canonical(one.tag)).replace('"', "&quot;")
        yield f'<tuv xml:lang="{tag}"><seg>{_escaped(one.text)}</seg></tuv>'
    yield "</tu>"


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)
