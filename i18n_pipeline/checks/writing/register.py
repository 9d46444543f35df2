"""Quality: a text speaks to its readers in one register: the configured one, or not in two.

Japanese shows it where sentences end, Korean too; other languages in how readers are addressed.
What is quoted is somebody else's speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.checks.writing.address import ADDRESS, Address
from i18n_pipeline.checks.writing.sentences import Sentence, japanese, korean, without_quotations
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Span
from i18n_pipeline.model import Kind, Severity

_WORD = expression(r"\w+")

_JAPANESE = {"formal": "desu-masu", "informal": "plain"}
_TERSE = (Kind.ITEM, Kind.CELL, Kind.QUOTE)
"""Where polite texts may be terse, or somebody else speaks."""

_SHOULD = {
    "desu-masu": "in です or ます",
    "plain": "in だ, である or a verb's plain form",
    "noun": "in a noun",
}


def _find(subject: Subject) -> Iterator[Finding]:
    language = scripts.language(subject.locale)
    if subject.target == subject.source or subject.segment.kind is Kind.LIST:
        return
    wanted = subject.style.register.get(subject.unit.field, subject.style.formality)
    if language == "ja":
        yield from _in_japanese(subject, _JAPANESE.get(wanted, wanted))
    elif language == "ko":
        yield from _in_korean(subject, wanted)
    elif language in ADDRESS:
        yield from _addressed(subject, ADDRESS[language], wanted)


def _in_japanese(subject: Subject, wanted: str) -> Iterator[Finding]:
    sentences = list(japanese(without_quotations(subject.target_prose)))
    if not wanted or (wanted == "desu-masu" and subject.segment.kind in _TERSE):
        yield from _mixed_ends(subject, sentences)
        return
    for number, one in enumerate(sentences):
        if not _fits(one, wanted, first=number == 0):
            yield _ends(subject, one.at, _SHOULD[wanted])


def _fits(sentence: Sentence, wanted: str, *, first: bool) -> bool:
    """Whether an ending may stand.

    A heading that ends in a verb is no sentence yet, and what a definition adds after its noun
    is one, in the plain form.
    """
    if wanted == "desu-masu":
        return sentence.register != "plain" or not (sentence.closed or sentence.copula)
    if wanted == "noun" and not first:
        return sentence.register != "desu-masu"
    return sentence.register not in ("desu-masu", "plain") or sentence.register == wanted


def _mixed_ends(subject: Subject, sentences: list[Sentence]) -> Iterator[Finding]:
    """The first sentence of the rarer kind, where both kinds are there.

    Plain verbs alone are no second register: a story may be told in them between polite words.
    """
    polite = [one for one in sentences if one.register == "desu-masu" and one.closed]
    plain = [one for one in sentences if one.copula and one.closed]
    if polite and plain:
        odd, other = (plain, polite) if len(plain) <= len(polite) else (polite, plain)
        shown = quoted(subject.target[slice(*other[0].at)])
        yield _ends(subject, odd[0].at, f"like {shown}")


def _ends(subject: Subject, at: Span, should: str) -> Finding:
    return Finding(f"ends in {quoted(subject.target[slice(*at)])}: end the sentence {should}", at)


def _in_korean(subject: Subject, wanted: str) -> Iterator[Finding]:
    if wanted not in ("formal", "informal"):
        return
    should = "in -니다 or -요" if wanted == "formal" else "in the plain form"
    for one in korean(without_quotations(subject.target_prose)):
        if one.register != wanted:
            yield _ends(subject, one.at, should)


def _addressed(subject: Subject, address: Address, wanted: str) -> Iterator[Finding]:
    prose = without_quotations(subject.target_prose)
    formal = _new(subject, address.formal.finditer(prose))
    informal = _new(subject, address.informal.finditer(prose))
    if wanted == "formal":
        yield from (_speaks(subject, at, address.polite) for at in informal)
    elif wanted == "informal":
        yield from (_speaks(subject, at, address.familiar) for at in formal)
    elif not wanted and formal and informal:
        words = [quoted(subject.target[slice(*at)]) for at in (formal[0], informal[0])]
        message = f"readers are {words[0]} here and {words[1]} there: write one of both throughout"
        yield Finding(message, informal[0])


def _new(subject: Subject, found: Iterable[re.Match[str]]) -> list[Span]:
    """Where words stand that the source does not have: `dir` may be a command."""
    spans = [one.span() for one in found]
    known = set(_WORD.findall(subject.source)) if spans else ()
    return [span for span in spans if subject.target[slice(*span)] not in known]


def _speaks(subject: Subject, at: Span, better: str) -> Finding:
    word = quoted(subject.target[slice(*at)])
    return Finding(f"{word} is the other register: address readers with {quoted(better)}", at)


REGISTER = Rule(
    "register",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "sentences that end, or words that address readers, otherwise than `[style] register`"
        " or `formality` wants; without these, two registers in one text"
    ),
)
