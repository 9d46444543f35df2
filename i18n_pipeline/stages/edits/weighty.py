"""Words that weigh: numbers, denial, modality, bounds, opposites; one changed word changes all.

For English they are listed; for other languages what the checks know of denial and numbers serves.
None of this makes an edit harmless: it only tells what an edit changed that a person looks at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.stages.edits.pieces import Piece, Role
from i18n_pipeline.tongues.denial import denial_in
from i18n_pipeline.tongues.number_words import small_numbers

_DENIAL = (
    "no not never none nobody nothing nowhere neither nor cannot without hardly barely rarely"
    " seldom scarcely lack lacks lacking unless except fails fail"
)
_MODALITY = (
    "must shall should may might can could will would need needs ought required optional"
    " mandatory recommended allowed forbidden prohibited deprecated supported unsupported always"
    " usually often sometimes typically generally only all any some every each most many few"
    " both either least minimum maximum before after until during while above below over under"
    " more less fewer than exactly approximately about up down include includes exclude excludes"
    " if"
)
_DENYING = frozenset(_DENIAL.split())
_WEIGHTY = _DENYING | frozenset(_MODALITY.split())
_OPPOSITES = (
    "and/or increase/decrease increases/decreases increased/decreased increasing/decreasing"
    " enable/disable enables/disables enabled/disabled enabling/disabling more/less"
    " larger/smaller higher/lower faster/slower longer/shorter greater/less better/worse"
    " first/last early/late earlier/later before/after above/below inside/outside"
    " internal/external input/output inputs/outputs read/write reads/writes start/stop"
    " starts/stops begin/end open/close opens/closes public/private true/false left/right"
    " top/bottom old/new same/different allow/deny allows/denies accept/reject accepts/rejects"
    " add/remove adds/removes include/exclude push/pull client/server hot/cold high/low"
    " large/small long/short fast/slow upper/lower positive/negative safe/unsafe strong/weak"
    " simple/complex easy/hard explicit/implicit online/offline local/remote import/export"
    " encode/decode encoder/decoder encrypt/decrypt serial/parallel with/without static/dynamic"
    " success/failure succeed/fail succeeds/fails valid/invalid sync/async"
)
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "de", "a", "anti", "mis", "counter")
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred hundreds thousand thousands million millions billion billions trillion"
    " dozen dozens half halves third thirds quarter quarters fourth fifth sixth seventh eighth"
    " ninth tenth first second double triple quadruple twice thrice once single pair pairs"
    " couple percent"
)
_COUNTED = frozenset(_NUMBERS.split())
_MEASURES = frozenset("+-=<>%$€£¥≤≥≠≈~×÷±°^²³½¼¾")
_KANJI = frozenset("〇零一二三四五六七八九十百千万萬億亿兆半")
_EAST_ASIAN = frozenset({"ja", "zh", "yue"})
_DIGIT = expression(r"\d")


def numbers_in(pieces: Iterable[Piece], locale: str) -> Counter[str]:
    """The numbers of some spoken pieces, in digits and words, and the signs that go with them."""
    return Counter(one.key for one in pieces if _is_number(one, language(locale)))


def _is_number(piece: Piece, tongue: str) -> bool:
    if piece.role is Role.NUMBER:
        return True
    if piece.role is Role.SIGN:
        return piece.key in _MEASURES
    if _DIGIT.search(piece.key):
        return True
    if tongue == "en":
        return piece.key in _COUNTED
    return (tongue in _EAST_ASIAN and piece.key in _KANJI) or _is_counted(piece.key, tongue)


@lru_cache(maxsize=4096)
def _is_counted(word: str, tongue: str) -> bool:
    """Whether a word says two or more; what says none or one says too much else."""
    patterns = small_numbers(tongue) if tongue not in _EAST_ASIAN else None
    return patterns is not None and any(one.fullmatch(word) for one in patterns[2:])


def weights_in(pieces: Iterable[Piece]) -> Counter[str]:
    """What some pieces of an English text deny, allow, demand, bound or ask."""
    return Counter(weight for one in pieces for weight in _weights_of(one))


def weights_of_text(text: str, locale: str) -> Counter[str]:
    """How often a text of another language denies, and bounds a number, as far as is known."""
    known = denial_in(language(locale))
    if known is None:
        return Counter()
    patterns = {"no": known.no, "up": known.up, "down": known.down}
    found = {name: len(one.findall(text.lower())) for name, one in patterns.items() if one}
    return Counter({name: count for name, count in found.items() if count})


def _weights_of(piece: Piece) -> Iterable[str]:
    if piece.key == "?":
        yield "?"
    if is_weighty(piece.key):
        yield "not" if piece.key.endswith("n't") else piece.key


def is_denial(word: str) -> bool:
    """Whether an English word, in small letters, denies."""
    return word in _DENYING or word.endswith("n't")


def is_counted(piece: Piece) -> bool:
    """Whether a piece is a number, in digits or an English word, or a sign that goes with one."""
    if piece.role is Role.WORD:
        return piece.key in _COUNTED or _DIGIT.search(piece.key) is not None
    return piece.role is Role.NUMBER or (piece.role is Role.SIGN and piece.key in _MEASURES)


def is_weighty(word: str) -> bool:
    """Whether an English word, in small letters, is one that denies, allows, demands or bounds."""
    return word in _WEIGHTY or word.endswith("n't")


def are_opposite(old: str, new: str) -> bool:
    """Whether one English word, in small letters, is the other's opposite."""
    return (old, new) in _pairs() or _denies(old, new) or _denies(new, old)


def _denies(word: str, denied: str) -> bool:
    """Whether `denied` is the word with a prefix that denies."""
    return len(word) > 3 and any(denied == prefix + word for prefix in _PREFIXES)


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    pairs = [tuple(pair.split("/")) for pair in _OPPOSITES.split()]
    return frozenset({(a, b) for a, b in pairs} | {(b, a) for a, b in pairs})
