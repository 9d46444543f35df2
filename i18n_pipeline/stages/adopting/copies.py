"""Texts that say what their sources say: names that stay, or texts that nobody translated."""

from __future__ import annotations

import re
from functools import cached_property

from i18n_pipeline.expressions import expression
from i18n_pipeline.values import dataclass, field

_WORD = expression(r"[^\W\d_]+")
_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""What would make a name a part of a longer word; scripts without spaces do not."""
_ENDING = 2
"""Letters that a language may put behind a name: `Tokens`, `Clustern`."""
_LONGEST = 4
"""Words of the longest name that is looked for in translated texts."""
_SHORT = 3
"""Letters up to which a lone word has to be written alike, to be the same: `Go` is no `go`."""

COPY = "it still says what its source says"


@dataclass(frozen=True)
class Copies:
    """What may stay as it is in a locale.

    `kept` are names that its terminology keeps, `translated` what readers see of texts that do
    not say what their sources say: a name that these use as it is, is none to translate.
    """

    kept: frozenset[str] = frozenset()
    translated: tuple[str, ...] = field(default=(), repr=False)

    def are_names(self, words: str) -> bool:
        """Whether a text, without code and marks, may be the same in the locale, line by line."""
        return all(self._is_name(line.strip()) for line in words.splitlines())

    def _is_name(self, line: str) -> bool:
        found = _WORD.findall(line)
        if line in self.kept or all(word.isupper() for word in found):
            return True
        if len(found) > _LONGEST:
            return False
        short = len(line) <= _SHORT
        name, texts = (line, self._exactly) if short else (line.casefold(), self._anyhow)
        ending = "" if short else f"{_LETTER}{{,{_ENDING}}}"
        word = f"(?<!{_LETTER}){re.escape(name)}{ending}(?!{_LETTER})"
        return re.search(word, texts) is not None

    @cached_property
    def _exactly(self) -> str:
        return "\n".join(self.translated)

    @cached_property
    def _anyhow(self) -> str:
        return self._exactly.casefold()
