"""How texts are to be translated: a request and the configuration, in DeepL's own words; pure.

What DeepL does not have for a language is left out, and said: it would refuse the whole request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypedDict

from i18n_pipeline.config import DeepLOptions
from i18n_pipeline.locales import canonical
from i18n_pipeline.providers.base import Request
from i18n_pipeline.providers.deepl.capabilities import Feature, has
from i18n_pipeline.providers.deepl.languages import source_code, target_code
from i18n_pipeline.values import dataclass, field

MOST_INSTRUCTIONS = 10
LONGEST_INSTRUCTION = 300
"""Characters (developers.deepl.com/docs/customize/custom-instructions)."""

ANY_ID = "-" * 36
"""As long as an id of DeepL's, for measuring a request before there is one."""

_FORMALITY = {"formal": "prefer_more", "informal": "prefer_less"}
_MODEL = {"quality": "prefer_quality_optimized", "latency": "latency_optimized"}
_IN_A_BODY = {
    "glossary": "glossary_id",
    "style_rule": "style_id",
    "translation_memory": "translation_memory_id",
}
"""What the client calls otherwise than the API does."""


class Spoken(TypedDict, total=False):
    """The client's arguments beside texts and languages."""

    tag_handling: str
    tag_handling_version: str
    ignore_tags: list[str]
    split_sentences: str
    preserve_formatting: bool
    outline_detection: bool
    model_type: str
    context: str
    glossary: str
    formality: str
    style_rule: str
    custom_instructions: list[str]
    translation_memory: str
    translation_memory_threshold: int


_WISHES = {
    "formality": Feature.FORMALITY,
    "custom_instructions": Feature.WORDS,
    "style_rule": Feature.STYLE,
}
"""The arguments that only some languages and plans know, beside glossary and memory."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What is said to DeepL about one request, as far as it is known without asking.

    `memory` is the name or id of the translation memory to be used, "" for none; `notices` say
    what was left out.
    """

    spoken: Spoken
    memory: str = ""
    threshold: int = 0
    notices: tuple[str, ...] = field(default=())

    @property
    def style_rule(self) -> str:
        """The id of the style rules to be used; "" for none."""
        return self.spoken.get("style_rule", "")

    @property
    def wishes(self) -> tuple[str, ...]:
        """What could be left out, in words."""
        said = tuple(str(feature) for name, feature in _WISHES.items() if name in self.spoken)
        return (*said, str(Feature.MEMORY)) if self.memory else said

    def plain(self, notice: str) -> Manner:
        """The same without wishes; `notice` says so."""
        spoken = self.spoken.copy()
        spoken.pop("formality", None)
        spoken.pop("custom_instructions", None)
        spoken.pop("style_rule", None)
        return Manner(spoken, notices=(*self.notices, notice))

    def say(self, glossary: str = "", memory: str = "") -> Spoken:
        """All arguments, with the ids of glossary and translation memory that were found."""
        said = self.spoken.copy()
        if glossary:
            said["glossary"] = glossary
        if memory:
            said["translation_memory"] = memory
            said["translation_memory_threshold"] = self.threshold
        return said


def manner_of(request: Request, options: DeepLOptions) -> Manner:
    """How the texts of a request are to be translated."""
    notices: list[str] = []
    spoken = _fixed(options)
    if request.context:
        spoken["context"] = request.context
    formality = _FORMALITY.get(request.style.formality, "")
    if formality and _possible(Feature.FORMALITY, request, notices):
        spoken["formality"] = formality
    words = request.style.instructions
    if words and _possible(Feature.WORDS, request, notices):
        fitting = list(_fitting(words, notices))
        if fitting:
            spoken["custom_instructions"] = fitting
    rule = _rule(options, request.target)
    if rule and _possible(Feature.STYLE, request, notices):
        spoken["style_rule"] = rule
    memory = options.translation_memory
    if memory and not _possible(Feature.MEMORY, request, notices):
        memory = ""
    return Manner(spoken, memory, options.threshold, tuple(notices))


def wire_size(request: Request, manner: Manner, *, glossary: bool) -> int:
    """Bytes of the body: JSON with escapes for all beyond ASCII, as the client sends it."""
    said = manner.say(ANY_ID if glossary else "", ANY_ID if manner.memory else "")
    body = {
        "target_lang": target_code(request.target),
        "source_lang": source_code(request.source),
        "text": request.texts,
        "show_billed_characters": True,
        **{_IN_A_BODY.get(name, name): value for name, value in said.items()},
    }
    return len(json.dumps(body))


def _fixed(options: DeepLOptions) -> Spoken:
    return {
        "tag_handling": "xml",
        # Said always: what DeepL takes for granted depends on the age of the account.
        "tag_handling_version": "v2",
        "ignore_tags": ["x"],
        "split_sentences": "nonewlines",
        "preserve_formatting": True,
        "outline_detection": False,
        "model_type": _MODEL[options.model],
    }


def _possible(feature: Feature, request: Request, notices: list[str]) -> bool:
    """Whether DeepL has a feature for the languages of a request; said where it has not."""
    codes = [(target_code(request.target) or "", request.target)]
    if feature is Feature.MEMORY:
        codes.append((source_code(request.source) or "", request.source))
    lacking = [locale for code, locale in codes if not has(feature, code)]
    if lacking:
        notices.append(f"DeepL has no {feature} for {lacking[0]}: left out")
    return not lacking


def _fitting(instructions: tuple[str, ...], notices: list[str]) -> Iterator[str]:
    """The instructions that DeepL takes, in order. They are written for other engines as well."""
    short = [one for one in instructions if len(one) <= LONGEST_INSTRUCTION]
    for one in instructions:
        if len(one) > LONGEST_INSTRUCTION:
            limit = f"DeepL takes instructions of {LONGEST_INSTRUCTION} characters"
            notices.append(f"{limit}: left out {one[:40]!r}…")
    if len(short) > MOST_INSTRUCTIONS:
        rest = len(short) - MOST_INSTRUCTIONS
        notices.append(f"DeepL takes {MOST_INSTRUCTIONS} instructions: left out the last {rest}")
    yield from short[:MOST_INSTRUCTIONS]


def _rule(options: DeepLOptions, locale: str) -> str:
    """The style rules configured for a locale, however its tag is spelled."""
    rules = {canonical(tag): rule for tag, rule in options.style_rules.items()}
    return rules.get(canonical(locale), "")
