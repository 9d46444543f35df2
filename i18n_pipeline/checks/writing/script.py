"""Quality: a translation is written in its locale's script, and no letter only looks like it.

What the source holds may stand in any script. Latin words are at home in every text; only prose
that has nothing else is none of a locale written otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.checks.writing.han_variants import simplified_for, traditional_for
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Span
from i18n_pipeline.model import Edit, Severity

_LONE = ("Greek", "Kana")
"""One letter of these alone is a sign (`μ`, `Δ`) or an ornament (`の`), in any language."""

_FEW_WORDS, _MANY_HAN, _SHOWN = 5, 12, 4
_LATIN_WORD = expression(r"(?<![^\W_])[a-z]{2,}(?![^\W_])")
_WORD = expression(r"[^\W\d_]+")
_HAN, _KANA = re.compile(f"[{scripts.HAN}]"), re.compile(f"[{scripts.KANA}]")

# Those of UTS 39's confusables that have one shape in every font; the Greek ones come last.
_LATIN_TWINS = "AaBCcEeHhIiJjKMOoPpSsTXxYyABEZHIKMNOoPTYX"
_OTHER_TWINS = "АаВСсЕеНһІіЈјКМОоРрЅѕТХхУуΑΒΕΖΗΙΚΜΝΟοΡΤΥΧ"
_FIRST_GREEK = 26
_TO_LATIN = str.maketrans(_OTHER_TWINS, _LATIN_TWINS)
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS[:_FIRST_GREEK], _OTHER_TWINS[:_FIRST_GREEK])
_TO_GREEK = str.maketrans(_LATIN_TWINS[_FIRST_GREEK:], _OTHER_TWINS[_FIRST_GREEK:])

_LATIN, _OTHER = scripts.letters(("Latin",)), scripts.letters(("Greek", "Cyrillic"))
_MIXED = expression(
    f"[{_LATIN}]+[{_OTHER}][{_LATIN}{_OTHER}]*|[{_OTHER}]+[{_LATIN}][{_LATIN}{_OTHER}]*"
)
_ANY_OTHER = expression(f"[{_OTHER}]")
_ONLY_LATIN, _NO_LATIN = re.compile(f"[{_LATIN}]+"), re.compile(f"[^{_LATIN}]+")
_INFLECTED = expression("[A-Z]{2,}[а-яё]+")
"""An abbreviation with an ending of its own, as in `PHPшник`."""

_NAMES = {"Han": "Chinese characters", "Kana": "kana", "Hangul": "Hangul"}


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.target == subject.source or not scripts.written_in(subject.locale):
        return
    mixed = dict(_mixed(subject))
    yield from mixed.values()
    yield from _foreign(subject, mixed)
    yield from _latin_alone(subject)
    yield from _HAN_RULES.get(scripts.code(subject.locale), _nothing)(subject)


def _mixed(subject: Subject) -> Iterator[tuple[Span, Finding]]:
    """Words in which a letter of another script is taken for the one it looks like."""
    if not _ANY_OTHER.search(subject.target_prose):
        return
    latin = "Latin" in scripts.written_in(subject.locale)
    for found in _MIXED.finditer(subject.target_prose):
        word = found.group()
        better = _unmixed(word, latin)
        if better and word not in subject.source:
            wrong = "".join(dict.fromkeys(one for one in word if one not in better))
            message = f"{quoted(word)} holds {_described(wrong)}: write {quoted(better)}"
            yield found.span(), Finding(message, found.span(), Edit(*found.span(), better))


def _unmixed(word: str, latin: bool) -> str:
    """The word in one script, with the fewest letters changed; "" where one has no look-alike."""
    if _INFLECTED.fullmatch(word):
        return ""
    greek = any(scripts.name_of(one) == "Greek" for one in word)
    ways = [word.translate(_TO_LATIN), word.translate(_TO_GREEK if greek else _TO_CYRILLIC)]
    if not latin:
        ways.reverse()
    whole = [one for one in ways if _ONLY_LATIN.fullmatch(one) or _NO_LATIN.fullmatch(one)]
    return min(whole, key=lambda one: sum(map(str.__ne__, one, word)), default="")


def _described(letters: str) -> str:
    names = {scripts.name_of(one): one for one in letters}
    return " and ".join(f"the {name} letter {quoted(one)}" for name, one in names.items())


def _foreign(subject: Subject, known: Iterable[Span]) -> Iterator[Finding]:
    """One finding for each script of which the text has words that the source has not."""
    runs: dict[str, dict[str, Span]] = defaultdict(dict)
    for found in scripts.foreign(subject.locale).finditer(subject.target_prose):
        run = found.group()
        name = scripts.name_of(run[0])
        lone = len(run) == 1 and name in _LONE
        if lone or run in subject.source or _inside(found.span(), known):
            continue
        runs[name].setdefault(run, found.span())
    wanted = _wanted(subject.locale)
    for name, words in runs.items():
        yield Finding(f"{_listed(words)}: {_named(name)}; {wanted}", next(iter(words.values())))


def _inside(span: Span, ranges: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in ranges)


def _latin_alone(subject: Subject) -> Iterator[Finding]:
    """Prose of Latin words alone, several of them new, where the locale is written otherwise."""
    own = scripts.written_in(subject.locale)
    if "Latin" in own or scripts.has(own, subject.target_prose):
        return
    known = set(_WORD.findall(subject.source.casefold()))
    words = {found.group(): found.span() for found in _LATIN_WORD.finditer(subject.target_prose)}
    new = [span for word, span in words.items() if word not in known]
    if len(new) >= _FEW_WORDS:
        start, end = min(new)[0], max(new)[1]
        said = quoted(subject.target[start:end])
        yield Finding(f"{said} is Latin text; {_wanted(subject.locale)}", (start, end))


def _wanted(locale: str) -> str:
    names = " and ".join(map(_named, scripts.written_in(locale)[:2]))
    bare = scripts.language(locale) == "sr" and scripts.code(locale) == "Cyrl"
    return f"{locale} is written in {names}" + (" (sr-Latn is the Latin one)" if bare else "")


def _named(script: str) -> str:
    return _NAMES.get(script, f"{script} letters")


def _listed(words: Iterable[str]) -> str:
    shown = list(words)
    more = ", …" if len(shown) > _SHOWN else ""
    return ", ".join(map(quoted, shown[:_SHOWN])) + more


def _nothing(_: Subject) -> Iterator[Finding]:
    return iter(())


def _japanese(subject: Subject) -> Iterator[Finding]:
    """Chinese for Japanese: many characters without any kana, or characters Japanese has not."""
    prose = subject.target_prose
    if not _KANA.search(prose):
        own = [found.start() for found in _HAN.finditer(prose) if found[0] not in subject.source]
        if len(own) >= _MANY_HAN:
            message = "no kana in a long text: this looks like Chinese, write Japanese"
            yield Finding(message, (own[0], own[-1] + 1))
    yield from _exclusive(subject, _not_japanese(), "Chinese, not Japanese")


def _simplified(subject: Subject) -> Iterator[Finding]:
    return _exclusive(subject, simplified_for(), "traditional; write simplified Chinese")


def _traditional(subject: Subject) -> Iterator[Finding]:
    return _exclusive(subject, traditional_for(), "simplified; write traditional Chinese")


def _exclusive(subject: Subject, others: Mapping[str, str], what: str) -> Iterator[Finding]:
    """One finding for all characters that only another way of writing has."""
    if others.keys().isdisjoint(subject.target_prose):
        return
    odd = [one for one in dict.fromkeys(subject.target_prose) if one in others]
    odd = [one for one in odd if one not in subject.source]
    if odd:
        at = subject.target_prose.index(odd[0])
        pairs = [f"{one} → {others[one]}" for one in odd]
        yield Finding(f"{_listed(pairs)}: {what}", (at, at + 1))


@cache
def _not_japanese() -> Mapping[str, str]:
    """Simplified characters that no Japanese standard has (JIS X 0213 of 2004)."""
    return {one: other for one, other in traditional_for().items() if not _in_jis(one)}


def _in_jis(character: str) -> bool:
    try:
        return bool(character.encode("euc_jis_2004"))
    except UnicodeEncodeError:
        return False


_HAN_RULES = {"Jpan": _japanese, "Hans": _simplified, "Hant": _traditional}

SCRIPT = Rule(
    "script",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose=(
        "letters of another script than the locale's that the source does not have, "
        "look-alikes within a word (Latin `a` for Cyrillic `а`), Latin prose where another "
        "script is written, Chinese for Japanese, simplified characters for traditional ones "
        "and the reverse. A locale's script is the likely one of its language; `sr-Latn` or "
        "`zh-Hant` says another"
    ),
)
