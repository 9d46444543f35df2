"""Edits that nobody may have meant: a page put back, copied over, cut off, or mixed up.

A page says what it says, not why. Where an edit looks like one of these, the review file keeps its
text, and the page's waits beside it until a person has chosen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from unicodedata import east_asian_width

from i18n_pipeline.expressions import expression
from i18n_pipeline.model import Kind
from i18n_pipeline.stages.saying import short
from i18n_pipeline.stages.taking.claims import Edited
from i18n_pipeline.stages.taking.page import Base, FileText, ReadBack
from i18n_pipeline.values import dataclass, replace

_UNFINISHED = expression(
    r"(?<![^\W_])(?:TODO|TBD|TBC|FIXME|XXX+|WIP)(?![^\W_])|lorem ipsum|要確認|翻訳中|未訳|仮訳",
    re.IGNORECASE,
)
_ENDS = expression(r"[.!?:;…。！？：；．｡。؟۔।)\]”’\"'»」』）】*_`]\s*\Z")
_LONG = 20
"""From which width on (in letters; one of a script without spaces counts twice) a text's length
says something."""
_FOUND_AGAIN = 8
"""How wide a text has to be for standing elsewhere to be no chance."""
_HARDLY_ANYTHING = 0.2
_ENDINGS = " \t\n.!?…。！？"
_FEW = 3
"""Up to how many doubtful texts are looked at one by one, whatever else the page says."""


@dataclass(frozen=True)
class Known:
    """What is known of a page besides what it says.

    `sources` are short hashes of what its source's texts say; `earlier` those of pairs of source
    and text that stood in the page when we wrote it before; `rejected` tells texts that people
    took back. `says` is what a text says, `fault` what a check has against one in its place: the
    second is the text. `said_of` gives short hashes of the sources that the locale's units say just
    a text of.
    """

    sources: frozenset[str]
    earlier: frozenset[tuple[str, str]]
    rejected: Callable[[FileText], bool]
    says: Callable[[FileText], str]
    fault: Callable[[FileText, str], str]
    said_of: Callable[[str], Collection[str]]


def doubted(back: ReadBack, base: Base, known: Known) -> ReadBack:
    """The page with the doubts about its edits, each in words."""
    judge = _Judge(base, known)
    texts = tuple(
        replace(text, doubt=judge.of(text)) if text.changed else text for text in back.texts
    )
    return replace(back, texts=texts)


def with_shared(files: Sequence[Edited], users: Callable[[str, str], int]) -> tuple[Edited, ...]:
    """The pages with a doubt about values that other pages have too, and have otherwise.

    Such a value is one unit for the locale; `users` says of its field and the short hash of its
    source in how many pages it stands.
    """
    changed = Counter(
        (text.segment.field, text.source)
        for file in files
        for text in file.back.texts
        if text.changed
    )

    def judged(text: FileText) -> FileText:
        if text.segment.kind is not Kind.VOCABULARY or not text.changed or text.doubt:
            return text
        others = users(text.segment.field, text.source) - changed[text.segment.field, text.source]
        doubt = f"it stands on {others} more of the locale's pages" if others > 0 else ""
        return replace(text, doubt=doubt)

    return tuple(
        replace(file, back=replace(file.back, texts=tuple(map(judged, file.back.texts))))
        for file in files
    )


def mostly_doubted(back: ReadBack) -> str:
    """Why a page as a whole is left alone, in words; "" where its edits are judged one by one."""
    changed = [text for text in back.texts if text.changed]
    doubts = [text.doubt for text in changed if text.doubt]
    if len(doubts) <= _FEW or 2 * len(doubts) <= len(changed):
        return ""
    commonest = max(dict.fromkeys(doubts), key=doubts.count)
    return f"{len(doubts)} of its {len(changed)} edited texts are in doubt, most since {commonest}"


@dataclass(frozen=True)
class _Judge:
    base: Base
    known: Known

    def of(self, text: FileText) -> str:
        """Why an edit is not taken for a person's word, or ""."""
        return next(self._doubts(text), "")

    def _doubts(self, text: FileText) -> Iterator[str]:
        says = self.known.says(text)
        if self.known.rejected(text):
            yield "it was rejected"
        if short(says) in self.known.sources:
            yield "it says what the source says"
        if (text.source, short(says)) in self.known.earlier:
            yield "it stood there before, and something else since"
        was = self._was(text)
        if _UNFINISHED.search(text.text) and not (was and _UNFINISHED.search(was)):
            yield "it says that something is to be done"
        if self._elsewhere(text, was):
            yield "another text of the page says that"
        if _width(text.text) >= _FOUND_AGAIN and text.source not in self._said_of(text):
            yield "it is the translation of another text"
        fault = self.known.fault(text, text.text)
        if fault and not (was and self.known.fault(text, was)):
            yield fault
        if was and _is_cut(was, text.text):
            yield "it breaks off, or says much less than before"

    def _was(self, text: FileText) -> str | None:
        """What stood there, where that is known."""
        texts: Sequence[str] = self.base.texts.get(text.source, ())
        same = (one for one in texts if short(one) == text.base)
        return next(same, next(iter(texts), None))

    def _said_of(self, text: FileText) -> Collection[str]:
        """The sources that units say just this of, the text's own where there are none."""
        return self.known.said_of(text.text) or (text.source,)

    def _elsewhere(self, text: FileText, was: str | None) -> bool:
        """Whether it is the text, or a part of the text, of another place."""
        if _width(text.text) < _FOUND_AGAIN or (was and text.text in was):
            return False
        others = (
            t for source, all_ in self.base.texts.items() if source != text.source for t in all_
        )
        return any(text.text in other for other in others)


def _is_cut(was: str, now: str) -> bool:
    """Whether a text is a piece of what stood there, or hardly anything beside it."""
    if _width(was) < _LONG or len(now) >= len(was):
        return False
    if now.strip(_ENDINGS) not in was:
        return _width(now) < _HARDLY_ANYTHING * _width(was)
    breaks_off = _ENDS.search(was) and not _ENDS.search(now)
    return bool(breaks_off) or 2 * len(now) < len(was)


def _width(text: str) -> int:
    """A text's length, where a letter of scripts without spaces counts as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
