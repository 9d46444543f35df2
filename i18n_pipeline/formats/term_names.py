"""The configured field names as one file spells them: names match without regard to case."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.front_matter import FrontMatter, Path, Value, at


class Names:
    """What of a front matter the configured fields name; without front matter, nothing."""

    def __init__(self, fields: Fields, front: FrontMatter | None) -> None:
        self.fields = fields
        self.front = front
        self._values = front.values if front else {}
        self._keys = {key.casefold(): key for key in self._values}

    def key(self, name: str) -> str:
        """The file's spelling of a top-level field, or the name itself."""
        return name if name in self._values else self._keys.get(name.casefold(), name)

    def value(self, name: str) -> Value | None:
        """The value of a top-level field, None where there is none."""
        return at(self._values, (self.key(name),))

    def notices(self) -> Iterator[str]:
        """What a person should know about spellings that differ from the configuration."""
        fields = self.fields
        for name in dict.fromkeys((fields.locale, fields.slug, fields.name, *fields.translate)):
            if name and "." not in name and self.key(name) != name:
                yield f"the field `{name}` is spelled `{self.key(name)}` here"

    def bad(self, path: Path, code: str, message: str, mend: str) -> BadFile:
        """An error at a value's place, or at the file's first line where it has none."""
        line, column = self.front.place_of(path) if self.front else (0, 0)
        return BadFile(code, message, mend=mend, line=line or 1, column=column or 1)
