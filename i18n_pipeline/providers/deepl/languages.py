"""The one table between locale tags and DeepL's language codes.

Source: developers.deepl.com/docs/getting-started/supported-languages, and the constants of
`deepl.Language` 1.32; variants GA since 2026-07-17: DE-CH and FR-CA.
"""

from __future__ import annotations

from functools import cache

_PLAIN = frozenset({
    "ace", "af", "an", "ar", "as", "ay", "az", "ba", "be", "bg", "bho", "bn", "br", "bs", "ca",
    "ceb", "ckb", "cs", "cy", "da", "de", "el", "eo", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "gl", "gn", "gom", "gu", "ha", "he", "hi", "hr", "ht", "hu", "hy", "id", "ig", "is", "it",
    "ja", "jv", "ka", "kk", "kmr", "ko", "ky", "la", "lb", "lmo", "ln", "lt", "lv", "mai", "mg",
    "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "nb", "ne", "nl", "oc", "om", "pa", "pag",
    "pam", "pl", "prs", "ps", "qu", "ro", "ru", "sa", "scn", "sk", "sl", "sq", "sr", "st", "su",
    "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tn", "tr", "ts", "tt", "uk", "ur", "uz",
    "vi", "wo", "xh", "yi", "yue", "zu",
})  # fmt: skip

_SPECIAL = {
    # A target needs a variant; where the tag names none, CLDR's likely region decides.
    "en": "EN-US", "en-us": "EN-US", "en-ph": "EN-US",
    "en-gb": "EN-GB", "en-001": "EN-GB", "en-150": "EN-GB", "en-au": "EN-GB", "en-ca": "EN-GB",
    "en-ie": "EN-GB", "en-in": "EN-GB", "en-nz": "EN-GB", "en-sg": "EN-GB", "en-za": "EN-GB",
    "pt": "PT-BR", "pt-br": "PT-BR",
    "pt-pt": "PT-PT", "pt-ao": "PT-PT", "pt-cv": "PT-PT", "pt-mz": "PT-PT",
    "zh": "ZH-HANS", "zh-hans": "ZH-HANS", "zh-cn": "ZH-HANS", "zh-sg": "ZH-HANS",
    "zh-hant": "ZH-HANT", "zh-tw": "ZH-HANT", "zh-hk": "ZH-HANT", "zh-mo": "ZH-HANT",
    "es-419": "ES-419", "es-ar": "ES-419", "es-bo": "ES-419", "es-cl": "ES-419",
    "es-co": "ES-419", "es-cr": "ES-419", "es-do": "ES-419", "es-ec": "ES-419",
    "es-gt": "ES-419", "es-hn": "ES-419", "es-mx": "ES-419", "es-ni": "ES-419",
    "es-pa": "ES-419", "es-pe": "ES-419", "es-pr": "ES-419", "es-py": "ES-419",
    "es-sv": "ES-419", "es-us": "ES-419", "es-uy": "ES-419", "es-ve": "ES-419",
    "de-ch": "DE-CH", "fr-ca": "FR-CA",
    # Other names of the same language, and scripts that are the language's own.
    "no": "NB", "iw": "HE", "fil": "TL", "ku": "KMR", "fa-af": "PRS", "sr-cyrl": "SR",
}  # fmt: skip

_PSEUDO = ("-xa", "-xb")


@cache
def target_code(locale: str) -> str | None:
    """DeepL's code to translate into a locale; None where it does not know it.

    A region DeepL does not tell apart gives the language (`ja-JP`), a script it does not tell
    apart gives None: `sr-Latn` is not what it writes for Serbian.
    """
    tag = locale.replace("_", "-").casefold()
    if tag.endswith(_PSEUDO):
        return None
    while tag not in _SPECIAL and tag not in _PLAIN:
        tag, _, last = tag.rpartition("-")
        if not tag or (len(last) == 4 and last.isalpha()):
            return None
    return _SPECIAL.get(tag, tag.upper())


def source_code(locale: str) -> str | None:
    """DeepL's code to translate from a locale: sources have no variants."""
    code = target_code(locale)
    return code and base(code)


def base(code: str) -> str:
    """A code without its variant: `PT-BR` → `PT`."""
    return code.partition("-")[0]
