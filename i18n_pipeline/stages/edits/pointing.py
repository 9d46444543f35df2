"""Punctuation and blanks between the same words: which changes are proven to mean nothing.

A comma decides who is denied what, and a hyphen how many there are. So a change is harmless where
one of the rules below knows it, and all others are for a person.
"""

from __future__ import annotations

from collections.abc import Callable

from i18n_pipeline.expressions import expression
from i18n_pipeline.stages.edits.kinds import EditKind
from i18n_pipeline.stages.edits.pieces import Piece, Role
from i18n_pipeline.stages.edits.places import EAST_ASIAN, Pair, Place, canonical
from i18n_pipeline.stages.edits.weighty import is_counted, is_denial, is_weighty
from i18n_pipeline.tongues.english import (
    ABBREVIATED,
    ENUMERATING,
    HYPHENATED,
    INTRODUCTIONS,
    SPACED_UNITS,
    TIMES,
)

_EAST_ASIAN_LETTER = expression("[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_END = expression(r"([)\]\"']*)([.!]?)([)\]\"']*)( ?)")
_DASHES = frozenset({" – ", " — ", " -- ", "—", "--"})
_CALCULATING = frozenset("=+*/<>×÷^−|~≤≥≠≈±")
_SUBORDINATING = "if when while because since although that which who whose where as"
_SUBORDINATE = frozenset(_SUBORDINATING.split())
_ADVERBIAL = "however thus hence then here now today also still yet instead"
_ADVERBS = frozenset(_ADVERBIAL.split())


def is_same_pointing(pair: Pair, tongue: str) -> bool:
    """Whether a text says the same whichever of two gaps it has between two words.

    `tongue` is the language, without a region.
    """
    if pair.old.gap == pair.new.gap:
        return True
    last = pair.old.after is None and pair.new.after is None
    old, new = (canonical(place.gap, tongue, last=last) for place in pair.sides)
    if pair.old.before is None:
        old, new = old.lstrip(), new.lstrip()
    if old == new:
        return True
    gaps = frozenset({old, new})
    rules = _ENGLISH_RULES if tongue == "en" else _RULES
    return any(rule(pair, gaps, tongue) for rule in rules)


def in_doubt(pair: Pair, tongue: str) -> EditKind:
    """What kind of edit other punctuation is that nothing proves harmless, by what is beside it."""
    beside = [one for place in pair.sides for one in (place.before, place.after) if one is not None]
    if any(map(is_counted, beside)):
        return EditKind.NUMBER
    negates = any(place.gap.endswith("!") and place.after is not None for place in pair.sides)
    if negates or (tongue == "en" and any(is_denial(one.key) for one in beside)):
        return EditKind.NEGATION
    return EditKind.DOUBTFUL


def _is_spacing(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """`40GB`, `40 GB`; `5%`, `5 %`; a blank beside Chinese or Japanese."""
    before, after = pair.new.before, pair.new.after
    if gaps != {"", " "} or before is None or after is None:
        return False
    if before.role is Role.NUMBER:
        measured = after.role is Role.WORD and after.text in SPACED_UNITS
        if measured or (after.role is Role.SIGN and after.key == "%"):
            return True
    broken = any("\n" in gap for gap in pair.gaps)
    east = (_is_east_asian(before), _is_east_asian(after))
    other = {before.role, after.role} <= {Role.WORD, Role.NUMBER, Role.LONE}
    return other and any(east) and (broken or not all(east))


def _is_end(pair: Pair, gaps: frozenset[str], tongue: str) -> bool:
    """Another end of a sentence, or an end mark more or less at the end of the text."""
    one, other = (_END.fullmatch(gap) for gap in gaps)
    before = pair.new.before
    if one is None or other is None or before is None:
        return False
    marks = {one[2], other[2]}
    last = pair.new.after is None
    if (one[1], one[3], one[4]) != (other[1], other[3], other[4]) or not (last or one[4]):
        return False
    if not last and ("" in marks or not _ends_sentence(before)):
        return False
    if "!" in marks:
        return not one[1] and _is_word(before)
    if before.role is Role.NUMBER:
        return tongue == "en" or tongue in EAST_ASIAN
    return before.role in (Role.WORD, Role.LONE)


def _is_dash(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """Another dash between words, where no range is told and nothing is calculated."""
    before, after = pair.new.before, pair.new.after
    if not gaps <= _DASHES or before is None or after is None:
        return False
    if not (_is_word(before) and _is_word(after)) or is_counted(before) or is_counted(after):
        return False
    if not TIMES.isdisjoint((before.key, after.key)):
        return False
    small = before.text[0].islower() or after.text[0].islower()
    return small and not _calculates(pair.new)


def _is_bar(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """`train-test`, `train–test`."""
    before, after = pair.new.before, pair.new.after
    if gaps != {"-", "–"} or before is None or after is None:
        return False
    return all(
        one.role is Role.WORD and one.text.islower() and len(one.key) > 2 and not is_counted(one)
        for one in (before, after)
    )


def _is_hyphen(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """`high quality`, `high-quality`, with no other hyphen beside it."""
    before, after = pair.new.before, pair.new.after
    if gaps != {" ", "-"} or before is None or after is None:
        return False
    beside = [place.moved(by) for place in pair.sides for by in (-1, 1)]
    hyphens = any("-" in place.gap for place in beside if place is not None)
    return not hyphens and (before.key, after.key) in HYPHENATED


def _is_clause(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """A semicolon, or a point and a capital."""
    before, after = pair.new.before, pair.new.after
    if gaps != {"; ", ". "} or before is None or after is None or not _ends_sentence(before):
        return False
    pointed = pair.new if "." in pair.new.gap else pair.old
    large = pointed.after is not None and pointed.after.text[0].isupper()
    return large and _is_word(after) and not _denies(before, after)


def _is_colon(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """A colon, or a dash, if that is the only one of the text."""
    before, after = pair.new.before, pair.new.after
    if ": " not in gaps or not gaps - {": "} <= _DASHES or before is None or after is None:
        return False
    if not (_is_word(before) and _is_word(after)) or _denies(before, after):
        return False
    broken = [sum(map(_breaks, place.text.gaps)) for place in pair.sides]
    return broken == [1, 1] and not is_counted(after) and not _calculates(pair.new)


def _breaks(gap: str) -> bool:
    return any(one in gap for one in ":–—;") or "--" in gap or " - " in gap


def _is_serial(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """The comma before the last of three plain words."""
    if gaps != {", ", " "} or pair.new.after is None or pair.new.after.key not in ("and", "or"):
        return False
    parts, gap, at = pair.new.text.parts, pair.new.text.gaps, pair.new.at
    if at < 2 or at + 1 >= len(parts) or (gap[at - 1], gap[at + 1]) != (", ", " "):
        return False
    words = [one.key for one in parts]
    alone = words.count("and") + words.count("or") == 1
    items = (parts[at - 2], parts[at - 1], parts[at + 1])
    plain = all(_is_item(one) for one in items) and not items[0].key.endswith("ly")
    return alone and plain and _SUBORDINATE.isdisjoint(words) and not any(map(is_denial, words))


def _is_item(part: Piece) -> bool:
    if part.role is not Role.WORD or is_weighty(part.key) or part.key in _ADVERBS:
        return False
    return len(part.key) > 2 and part.text[1:].islower() and not is_counted(part)


def _is_introduction(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """`For example, it`, `For example it`."""
    if gaps != {", ", " "} or pair.new.after is None or pair.new.after.key in ("to", "of"):
        return False
    for count in (1, 2, 3):
        start = pair.new.moved(-count)
        if start is None:
            return False
        parts = start.text.parts[start.at : pair.new.at]
        inner = start.text.gaps[start.at + 1 : pair.new.at]
        if start.begins and all(gap == " " for gap in inner):
            return " ".join(one.key for one in parts) in INTRODUCTIONS
    return False


def _is_enumerating(pair: Pair, gaps: frozenset[str], _tongue: str) -> bool:
    """`i.e. tokens`, `i.e., tokens`."""
    before = pair.new.before
    return gaps == {". ", "., "} and before is not None and before.key in ENUMERATING


_Rule = Callable[[Pair, frozenset[str], str], bool]
_RULES: tuple[_Rule, ...] = (_is_spacing, _is_end)
_ENGLISH_RULES: tuple[_Rule, ...] = (
    *_RULES,
    *(
        _is_dash,
        _is_bar,
        _is_hyphen,
        _is_clause,
        _is_colon,
        _is_serial,
        _is_introduction,
        _is_enumerating,
    ),
)


def _is_word(part: Piece) -> bool:
    """Whether it is a word of letters, and no variable."""
    return part.role is Role.WORD and len(part.key) > 1 and part.key[-1].isalpha()


def _ends_sentence(part: Piece) -> bool:
    return _is_word(part) and "." not in part.key and part.key not in ABBREVIATED


def _denies(before: Piece, after: Piece) -> bool:
    return is_denial(before.key) or is_denial(after.key)


def _calculates(place: Place) -> bool:
    return any(one.role is Role.SIGN and one.key in _CALCULATING for one in place.text.parts)


def _is_east_asian(part: Piece) -> bool:
    ends = part.text[0] + part.text[-1]
    return part.role is Role.WORD and _EAST_ASIAN_LETTER.search(ends) is not None
