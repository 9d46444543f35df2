"""How a field of a locale speaks, in the words that engines are told."""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.config import Style as Wishes
from i18n_pipeline.providers.base import Style

_REGISTERS = {
    "desu-masu": "Write sentences in the polite Japanese desu-masu style.",
    "plain": "Write sentences in the plain Japanese style (da, de aru), not in desu-masu.",
    "noun": "Write a noun phrase: end in a noun, without desu or masu and without a full stop.",
}
_LONGEST = 280
"""Characters of a sentence about spellings: DeepL takes instructions of 300."""


def style_of(wishes: Wishes, field: str) -> Style:
    """What engines are told for the texts of a field: formality, and sentences of instruction.

    What `[style] instructions` says comes first: an engine that takes only some drops the last.
    """
    register = wishes.register.get(field, "")
    formality = register if register in ("formal", "informal") else wishes.formality
    said = [_REGISTERS[register]] if register in _REGISTERS else []
    return Style(formality, (*wishes.instructions, *said, *_spellings(wishes), *_spacing(wishes)))


def _spellings(wishes: Wishes) -> Iterator[str]:
    """Which spellings are wanted, in as few sentences as they fit into."""
    sentence = ""
    for wanted, variants in wishes.spelling.items():
        words = f"{wanted} (not {', '.join(variants)})"
        if sentence and len(sentence) + len(words) > _LONGEST:
            yield f"{sentence}."
            sentence = ""
        sentence = f"{sentence}; {words}" if sentence else f"Spell {words}"
    if sentence:
        yield f"{sentence}."


def _spacing(wishes: Wishes) -> Iterator[str]:
    between = {"tight": "no space", "spaced": "one space"}.get(wishes.spacing)
    if between:
        yield f"Put {between} between Latin letters or digits and the characters around them."
