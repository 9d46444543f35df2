"""Quality: what a source denies or bounds, its translation denies and bounds the same way.

Only what is clear is asked: a negated verb whose translation has no negation of any kind, and a
bound on a number (at least five) that has become the opposite one (at most five).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.markdown import Span
from i18n_pipeline.model import Kind, Severity
from i18n_pipeline.tongues.denial import DENIED, DOWN, UP, Denial, denial_in

_IDIOM = expression(
    r"\bnot only\b|\bnot just\b|\bnot merely\b|\bnothing but\b|\bwhether or not\b|\bor not\b"
    r"|\bnone other\b|\bnot necessarily\b|\bwhy not\b|n['’]t (?:only|just|it|they|you|we)\b"
    r"|\bnot \w+ (?:but|until|unless)\b|\bunless\b|\buntil\b|\bnever mind\b|\bnone the less\b",
    re.IGNORECASE,
)

_SIGNS_OF_DENIAL = (
    *(" not", "n't", "n’t", "annot", "ever", "ithout", "obody", "o one", "othing"),
    *("neither", "Neither"),
)
_NUMERAL = expression(
    "[\\d一二三四五六七八九十百千万半]"
    r"|\b(?:eine?[mnrs]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|halb\w*"
    r"|un[aoe]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|medi[ao]"
    r"|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|demi\w*"
    r"|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|mezz[ao]"
    r"|um|uma|dois|duas|três|quatro|sete|oito|dez|mei[ao]"
    r"|een|twee|drie|vijf|zes|zeven|negen|tien|половин\w*|дв[аеу]\w*|тр[её]\w*|пят\w*)\b",
    re.IGNORECASE,
)
_NEAR = 8
_AROUND = 30
"""Characters around a bound in which its number and its denial are looked for."""

_SIGNS_OF_BOUNDS = (
    " than ",
    "t least ",
    "t most ",
    " or more",
    " or less",
    " or fewer",
    "p to ",
    "imum",
)


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.segment.kind is Kind.LIST or language(subject.source_locale) != "en":
        return
    patterns = denial_in(language(subject.locale))
    if patterns is None:
        return
    yield from _denials(subject, patterns)
    yield from _bounds(subject, patterns)


def _denials(subject: Subject, patterns: Denial) -> Iterator[Finding]:
    if not any(sign in subject.source for sign in _SIGNS_OF_DENIAL):
        return
    denied = DENIED.search(subject.source_prose)
    if (
        denied is None
        or patterns.no.search(subject.target.lower())
        or _IDIOM.search(subject.source)
    ):
        return
    if denied.group() in subject.target:  # that is still English
        return
    words = quoted(_shown(subject.source, denied.span()))
    yield Finding(f"nothing here says the {quoted(denied.group())} of {words}")


def _bounds(subject: Subject, patterns: Denial) -> Iterator[Finding]:
    """Bounds that were turned round; where a source has both kinds, either may stand anywhere."""
    if not any(sign in subject.source for sign in _SIGNS_OF_BOUNDS):
        return
    up, down = UP.search(subject.source_prose), DOWN.search(subject.source_prose)
    bound = up or down
    if bound is None or (up and down) or patterns.up is None or patterns.down is None:
        return
    own, opposite = (patterns.up, patterns.down) if up else (patterns.down, patterns.up)
    found = _first_bound(subject.target_prose, opposite, own)
    if found is not None and not _is_denied(subject.target_prose, found.span(), patterns.no):
        words = _shown(subject.source, bound.span())
        said = f"{quoted(words)} is turned round: {quoted(found.group())} says the opposite"
        yield Finding(said, found.span())


def _first_bound(
    text: str, wanted: re.Pattern[str], other: re.Pattern[str]
) -> re.Match[str] | None:
    """The first bound on a number, where all bounds in a text are of one kind.

    A longer one counts: `más de` inside `no más de` is none.
    """
    found, others = list(wanted.finditer(text)), list(other.finditer(text))
    if any(not _is_inside(one, found) for one in others):
        return None
    own = (one for one in found if not _is_inside(one, others) and _is_on_a_number(text, one))
    return next(own, None)


def _is_inside(one: re.Match[str], others: Sequence[re.Match[str]]) -> bool:
    return any(o.start() <= one.start() and one.end() <= o.end() for o in others)


def _is_on_a_number(text: str, bound: re.Match[str]) -> bool:
    around = text[max(0, bound.start() - _NEAR) : bound.end() + _NEAR]
    return _NUMERAL.search(around) is not None


def _is_denied(text: str, span: Span, no: re.Pattern[str]) -> bool:
    """Whether the words around a bound deny it: `no caben más de 5` is at most five."""
    before, after = text[max(0, span[0] - _AROUND) : span[0]], text[span[1] : span[1] + _AROUND]
    return any(no.search(words.lower()) for words in (before, after))


def _shown(text: str, span: Span) -> str:
    """The words found, with the next ones."""
    return text[span[0] : span[1]] + " ".join(text[span[1] :].split(" ")[:3])


NEGATION = Rule(
    "negation",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        'a denial that is gone, or a bound turned round: "at least five" as "at most five". '
        "From English into the languages it has words for"
    ),
)
