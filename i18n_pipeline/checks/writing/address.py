"""The words with which readers are addressed, formally and informally, by language.

Only words that are nothing else: `ihr` may be hers, `su` anybody's, `ton` a sound.
"""

from __future__ import annotations

import re

from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Patterns of either register's words; `polite` and `familiar` are examples for messages."""

    formal: re.Pattern[str]
    informal: re.Pattern[str]
    polite: str
    familiar: str


def _words(*words: str) -> re.Pattern[str]:
    """Words with a small or capital first letter."""
    either = (f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words)
    return re.compile(rf"(?<![\w.'’-])(?:{'|'.join(either)})(?![\w'’-])")


def _capitals(*words: str) -> re.Pattern[str]:
    """Capital words amid a sentence; at its beginning they may be others."""
    return re.compile(rf"(?<=[\w,]\s)(?:{'|'.join(words)})(?![\w'’-])")


ADDRESS = {
    "de": Address(
        _capitals("Sie", "Ihnen", "Ihre?[nmrs]?"),
        _words("du", "dich", "dir", "dein(?:e[nmrs]?)?", "euch", "eure[nmrs]?"),
        "Sie",
        "du",
    ),
    "es": Address(
        _words("usted"),
        _words("tú", "tus?", "ti", "contigo", "vosotr[oa]s", "vuestr[oa]s?"),
        "usted",
        "tú",
    ),
    "fr": Address(
        _words("vous", "votre", "vos"),
        _words("tu", "toi", "ta", "tes", "te"),
        "vous",
        "tu",
    ),
    "it": Address(
        _capitals("Lei", "Suo", "Sua", "Suoi", "Sue"),
        _words("tu", "ti", "tuo", "tua", "tuoi", "tue"),
        "Lei",
        "tu",
    ),
    "pt": Address(
        re.compile(r"(?<!\w)[oOaA] senhora?(?!\w)"),
        _words("tu", "ti", "teus?", "tuas?", "contigo"),
        "o senhor, a senhora",
        "tu",
    ),
    "nl": Address(
        _words("u", "uw", "uzelf"),
        _words("je", "jij", "jou", "jouw", "jullie"),
        "u",
        "je",
    ),
    "ru": Address(
        _words("вы", "вас", "вам", "вами", "ваш", "ваш[аеиу]", "ваш(?:его|ему|им|их|ими|ей)"),
        _words("ты", "тебя", "тебе", "тобой", "твой", "тво[яёеию]", "тво(?:его|ему|им|их|ей)"),
        "вы",
        "ты",
    ),
}
