"""Which languages the stub server has for what: facts of DeepL's, written down for themselves."""

from __future__ import annotations

GLOSSARY = (
    "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv tr uk "
    "vi zh"
)
_INSTRUCTED = "de en es fr it ja ko zh"
_LANGUAGES = {
    "translate_text": f"{GLOSSARY} th hi",
    "glossary": GLOSSARY,
    "style_rules": f"{GLOSSARY} th",
    "translation_memory": f"{GLOSSARY} th",
}
_FEATURES = {
    "formality": "de es fr it ja nl pl pt ru",
    "glossary": GLOSSARY,
    "style_rules": f"{GLOSSARY} th",
    "custom_instructions": _INSTRUCTED,
    "translation_memory": f"{GLOSSARY} th",
}


def base(code: str) -> str:
    """A language code without its variant."""
    return code.upper().partition("-")[0]


def has(feature: str, code: str) -> bool:
    """Whether a language, or that of a variant, has a feature."""
    return base(code).lower() in _FEATURES[feature].split()


def languages(resource: str) -> list[dict[str, object]]:
    """The body of /v3/languages for a resource; nothing for one that there is not."""
    codes = _LANGUAGES.get(resource, "").split()
    return [
        {
            "lang": code,
            "name": code.upper(),
            "status": "stable",
            "usable_as_source": True,
            "usable_as_target": True,
            "features": _of(code) if resource == "translate_text" else {},
        }
        for code in codes
    ]


def _of(code: str) -> dict[str, dict[str, str]]:
    shown = [name for name in _FEATURES if name != "custom_instructions"]
    return {name: {"status": "stable"} for name in shown if has(name, code)}
