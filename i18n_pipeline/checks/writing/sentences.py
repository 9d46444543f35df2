"""How sentences end, in Japanese and Korean: the register that their last words show.

Japanese registers are `desu-masu`, `plain` and `noun`, Korean ones `formal` and `informal`. What
may be one or another is "": an ending decides, and only where it is certain.
"""

from __future__ import annotations

from collections.abc import Iterator

from i18n_pipeline.checks.rule import HIDDEN
from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import Span
from i18n_pipeline.values import dataclass

_QUOTATION = expression(
    r"「(?:[^「」]|「[^「」]*」)*」|『[^『』]*』|„[^„“”]*[“”]|“[^“”]*”|«[^«»]*»|»[^«»]*«|\"[^\"\n]*\""
)
_ASIDE = expression(r"（[^（）]*）|\([^()]*\)")
_SENTENCE = expression(r"(?P<words>[^。．！？!?\n]+)(?P<mark>[。．！？!?]*)")
_KOREAN_SENTENCE = expression(r"(?P<words>[^.?!。\n]+)(?P<mark>[.?!。]*)")
_CLOSING_MARKS = 2
"""So many hidden characters may close bold or emphasized words; code is longer."""

_LEAD = expression(rf"\s*{HIDDEN}+[^{HIDDEN}]+{HIDDEN}+\s*")
"""Bold words up to the full stop: the heading of what follows on the same line."""

_PARTICLE = "(?:か|かね|ね|よ|よね|が|から|ので|けど|けれど)?"
_POLITE = expression(
    "(?:です|でした|でしょう|ます|ました|ません|ましょう|ください|下さい|ませ)" + _PARTICLE + r"\Z"
)
_COPULA = expression("(?:である|であろう|だろう|(?<![まただ])(?<!あい)だ)" + _PARTICLE + r"\Z")
_KANJI = "[\u3005\u4e00-\u9fff]"
_VERB = expression(
    rf"(?:る|(?<!あな)(?<!ま)(?<!か)(?<!ふ)た|[ぶむぬ]|(?<!す)ぐ|{_KANJI}[うす]|[らまいかあな]う|[だなめか]す"
    rf"|(?![多近遠早古]){_KANJI}く|[いおつ]く|[立待持打勝保放]つ|んだ"
    r"|(?:[なたしすにき]|ら[しれ]|[高低多長短強弱速遅広狭深浅近遠早安重軽良悪])い)"
    + _PARTICLE
    + r"\Z"
)
_FRAGMENT = expression(rf"(?:[はがをにでともへやのてば、,]|{HIDDEN}|から|まで|より)\Z")

_KOREAN_FORMAL = expression(r"(?:니다|니까|시오|요)\Z")
_KOREAN_INFORMAL = expression(r"(?:[가-힣]다|[해야]|어|[했였]어)\Z")
_SHOWN, _LONGEST = 6, 12
"""How much of an ending is shown, and how much is looked at."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its end: `at` is where that stands, `closed` whether a mark ends it.

    `copula` is whether it ends in the plain `だ` or `である`, as no heading and no story does.
    """

    register: str
    at: Span
    closed: bool
    copula: bool = False


def without_quotations(prose: str) -> str:
    """Prose with what is quoted in it as `HIDDEN`; each character at its own place."""
    return _QUOTATION.sub(lambda found: HIDDEN * len(found.group()), prose)


def _bare(words: str) -> str:
    """Words without the white space and the closing marks behind them."""
    words = words.rstrip(" \t\u3000:：")
    bare = words.rstrip(HIDDEN)
    return bare if len(words) - len(bare) <= _CLOSING_MARKS else words


def japanese(prose: str) -> Iterator[Sentence]:
    """The sentences of Japanese prose; what stands in brackets is none."""
    bare = _ASIDE.sub(lambda found: " " * len(found.group()), prose)
    for found in _SENTENCE.finditer(bare):
        words = _bare(found["words"])
        if words:
            end = found.start() + len(words)
            words = words[-_LONGEST:]
            at = (max(found.start(), end - _SHOWN), end)
            closed = bool(found["mark"]) and not _LEAD.fullmatch(found["words"])
            copula = _COPULA.search(words) is not None
            yield Sentence(_japanese_register(words), at, closed, copula)


def _japanese_register(words: str) -> str:
    if _POLITE.search(words):
        return "desu-masu"
    if _COPULA.search(words) or _VERB.search(words):
        return "plain"
    return "" if _FRAGMENT.search(words) else "noun"


def korean(prose: str) -> Iterator[Sentence]:
    """The sentences of Korean prose that a mark ends and whose last word is no noun."""
    for found in _KOREAN_SENTENCE.finditer(prose):
        words = _bare(found["words"])
        end = found.start() + len(words)
        words = words[-_LONGEST:] if found["mark"] else ""
        formal = _KOREAN_FORMAL.search(words)
        if formal or _KOREAN_INFORMAL.search(words):
            at = (max(found.start(), end - _SHOWN), end)
            yield Sentence("formal" if formal else "informal", at, closed=True)
