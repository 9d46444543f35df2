"""The header of a PO file: its fields, their order, and the header of a new file."""

from __future__ import annotations

import re
from collections.abc import Set

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.locales import gettext_code

Fields = tuple[tuple[str, str], ...]

VOLATILE = frozenset({"POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "X-Generator"})
"""Fields that change with every save: two branches would conflict in them, so we write none."""

_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)
"""polib's order; it writes all other fields after these, by name."""

_ENCODING: Fields = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
_CHARSET = expression(r"charset=([^ \t\n]*)")  # up to there, as gettext reads it


def new_header(locale: str, project: str = "") -> Fields:
    """Header fields of a new file for `locale`, a BCP 47 tag in any spelling (`pt-br`, `zh_Hans`).

    No Plural-Forms: we write no plurals, and then neither `msgfmt -c` nor Poedit asks for it.
    """
    return (("Project-Id-Version", project), ("Language", gettext_code(locale)), *_ENCODING)


def header_to_send(locale: str, team: str) -> Fields:
    """Header fields of a file for another's tools: also those that `msgfmt -c` wants to see.

    They are empty, so that the same units are always the same bytes.
    """
    volatile = (("PO-Revision-Date", ""), ("Last-Translator", ""))
    return (*new_header(locale), *volatile, ("Language-Team", team))


def parse_fields(text: str) -> Fields:
    """Fields in file order; of two with one name the last counts, as in polib.

    Raises ValueError with the line that has no colon.
    """
    fields: dict[str, str] = {}
    for line in filter(str.strip, text.split("\n")):
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(line)
        fields[name.strip()] = value.strip()
    return tuple(fields.items())


def charset(fields: Fields) -> str:
    """The charset the header names; "" if it names none."""
    found = _CHARSET.search(dict(fields).get("Content-Type", ""))
    return found[1] if found else ""


def header_text(fields: Fields, dropped: Set[str] = VOLATILE) -> str:
    """The msgstr of the header: canonical order, always a charset, without what is `dropped`."""
    values = {**dict(_ENCODING), **dict(fields)}
    names = sorted(values.keys() - dropped, key=_rank)
    return "".join(f"{name}: {_one_line(values[name])}\n" for name in names)


def _one_line(value: str) -> str:
    return CONTROL.sub(" ", value.replace("\n", " ")).strip()


def _rank(name: str) -> tuple[int, list[tuple[int, str]], str]:
    if name in _ORDER:
        return _ORDER.index(name), [], ""
    parts = re.split("([0-9]+)", name)
    natural = [(int(part), "") if part.isdecimal() else (0, part.lower()) for part in parts]
    return len(_ORDER), natural, name
