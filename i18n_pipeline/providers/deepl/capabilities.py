"""What DeepL can do for which language: one table, and where each of its facts comes from.

A row holds for a language and all its variants. Asked for more than that, DeepL refuses a whole
request, so what is not in the table is left out of it and told.

========  ==========================================================================================
glossary  developers.deepl.com/api-reference/multilingual-glossaries, and the column "Glossaries" of
          developers.deepl.com/docs/getting-started/supported-languages (July 2026): both languages
formality `formality` in GET /v3/languages?resource=translate_text (May 2026): the target
style     GET /v3/languages?resource=style_rules, as listed on the page of supported languages
          (July 2026); the API reference of March named only those of the next line: the target
words     `custom_instructions` in the API reference 3.12.0 (July 2026): the target
memory    GET /v3/languages?resource=translation_memory, as the same page lists it: both languages
========  ==========================================================================================
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from i18n_pipeline.providers.deepl.languages import base


class Feature(StrEnum):
    """Something that DeepL has for some languages, in the words of a notice."""

    GLOSSARY = "glossaries"
    FORMALITY = "formality"
    STYLE = "style rules"
    WORDS = "custom instructions"
    MEMORY = "translation memories"


_FEATURES = {
    "AR": "g s m", "BG": "g s m", "CS": "g s m", "DA": "g s m", "DE": "g f s w m", "EL": "g s m",
    "EN": "g s w m", "ES": "g f s w m", "ET": "g s m", "FI": "g s m", "FR": "g f s w m",
    "HE": "g s m", "HU": "g s m", "ID": "g s m", "IT": "g f s w m", "JA": "g f s w m",
    "KO": "g s w m", "LT": "g s m", "LV": "g s m", "NB": "g s m", "NL": "g f s m",
    "PL": "g f s m", "PT": "g f s m", "RO": "g s m", "RU": "g f s m", "SK": "g s m", "SL": "g s m",
    "SV": "g s m", "TH": "s m", "TR": "g s m", "UK": "g s m", "VI": "g s m", "ZH": "g s w m",
}  # fmt: skip


@cache
def features(code: str) -> frozenset[Feature]:
    """What DeepL has for a language, or for the language of a variant."""
    letters = _FEATURES.get(base(code), "").split()
    return frozenset(feature for feature in Feature if feature.name[0].lower() in letters)


def has(feature: Feature, *codes: str) -> bool:
    """Whether DeepL has it for all of these languages."""
    return all(feature in features(code) for code in codes)


def takes_glossary(source: str, target: str) -> bool:
    """Whether a glossary may hold this pair of codes; it then serves all variants of them."""
    return has(Feature.GLOSSARY, source, target)
