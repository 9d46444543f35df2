"""Secrets: found in the environment or in a file it names, and never shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from i18n_pipeline.errors import NotAuthorised
from i18n_pipeline.values import dataclass, field

_SHORTEST = 16  # characters of a key that a service gives out


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that does not print itself."""

    value: str = field(repr=False)

    def hide(self, text: str) -> str:
        """A text without the key in it."""
        return text.replace(self.value, "…") if self.value else text

    def hide_in(self, translation: str, source: str) -> str:
        """A translation without the key in it, where it can only be the key.

        Whoever runs a server of their own calls the key `ollama`, and that is a word.
        """
        word = len(self.value) < _SHORTEST or self.value in source
        return translation if word else self.hide(translation)


def is_set(environment: Mapping[str, str], variable: str) -> bool:
    """Whether the environment names a key, itself or in a file."""
    return bool(environment.get(variable) or environment.get(f"{variable}_FILE"))


def find_key(environment: Mapping[str, str], variable: str, label: str) -> Key:
    """The key from `VARIABLE`, or from the file that `VARIABLE_FILE` names.

    Raises NotAuthorised, naming the variable, where there is none or it cannot be one.
    """
    file = environment.get(f"{variable}_FILE", "")
    value = environment.get(variable, "").strip() or (_from_file(file, variable) if file else "")
    if not value:
        raise NotAuthorised(
            f"{label} was asked for, but {variable} is not set",
            f"set {variable}, or {variable}_FILE to a file that holds the key; "
            "to go on without a machine: --provider memory",
        )
    # Anything else cannot stand in a header, and libraries show what they could not send.
    if not all("!" <= character <= "~" for character in value):
        raise NotAuthorised(f"{variable} holds characters that none can have", "copy it again")
    return Key(value)


def _from_file(path: str, variable: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise NotAuthorised(
            f"the file that {variable}_FILE names cannot be read",
            "it has to be a text file with the key and nothing else",
        ) from None
