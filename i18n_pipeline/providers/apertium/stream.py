"""Texts as Apertium's stream format, and back: what is text, what is not, what belongs together.

wiki.apertium.org/wiki/Apertium_stream_format. Three things hold here. Whatever is not a word of a
language (a tag, `*`, a quotation mark, a path) goes as a word Apertium cannot know: such words stay
where they are, and no rule reaches across them. Pairs of tags go as word-bound blanks
(`[[t:g:…]]words[[/]]`): they follow the words they belong to. Every code occurs once in a whole
stream, so a text that took over something of its neighbour is noticed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count, groupby

from i18n_pipeline.expressions import expression
from i18n_pipeline.providers.tagged import (
    Lost,
    Part,
    enclosing,
    put_together,
    regroup,
    take_apart,
)
from i18n_pipeline.values import dataclass, replace

_ATOM = expression(
    r"""
    (?P<code>
        (?:[a-z]+://|www\.)[^\s<>()]*[^\s<>().,;:!?'"]    # an address
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                      # an address for letters
      | \{[\w.]*\} | \$\{?\w+\}? | (?<![\d\s])%[a-z]\b    # variables
      | [^\W_]*(?:_[^\W_]*)+                              # names in programs
      | [^\W_]+(?:\.[a-z][^\W_]+)+                        # names of files and hosts
      | (?i:qx[bcdfghjklm]+q)                             # what looks like a code of ours
    )
  | (?P<word>[^\W_]+)
  | (?P<apostrophe>(?<=[^\W\d_])’(?=[^\W\d_]))
  | (?P<space>[ ](?![\s]))
  | (?P<blank>\s+)
  | (?P<mark>[.,;:!?()'%-])
  | (?P<other>[^\w\s.,;:!?()'%-]+)
    """,
    re.VERBOSE,
)
_DIGITS = str.maketrans("0123456789", "bcdfghjklm")
_CODE = expression(r"((?i:qx[bcdfghjklm]+q))")
_PIECE = expression(
    r"(?P<end>\[\[/\]\])|\[\[(?P<bound>[^\]]*)\]\]|\[(?P<blank>[^\]]*)\]|(?P<raw>(?:\\.|[^\[\\])+)",
    re.DOTALL,
)
_ESCAPED = expression(r"\\(.)", re.DOTALL)
_BOUND = expression(r"t:g:(\w+)")
_PLAIN = ("word", "apostrophe", "mark", "space")
_UNKNOWN_MARK = expression(r"[*@#](?=\w)")
_LONELY = expression(r" (?=[,.](?:\s|$))")
_FIRST_WORD = expression(r"(\W*)(\w+)")
_NEXT_WORD = expression(r"((\w+)[ -])(\w+)(?=\W|$)")


def codes() -> Iterator[str]:
    """Words that no dictionary knows, each another one, without digits: those are words too."""
    return (f"qx{str(number).translate(_DIGITS)}q" for number in count())


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of text as it goes out: words, or (with a `code`) what stands for `part`."""

    part: Part
    code: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A text on its way through Apertium.

    `stream` is what goes out, `mark` the code at its end. `things` are what the codes in it stand
    for, `pairs` the numbers of the pairs by the code they go under. `before` and `after` are the
    blanks around the text. `lowered` are the codes (and "", the beginning) that a word in small
    letters follows, `words` all words of it.
    """

    stream: str
    mark: str
    things: Mapping[str, Part]
    pairs: Mapping[str, str]
    chains: Mapping[str, tuple[str, ...]]
    before: str = ""
    after: str = ""
    lowered: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def speaks(self) -> bool:
        """Whether there is a word in it to translate."""
        return any(character.isalpha() for word in self.words for character in word)


def encode(text: str, fresh: Iterator[str]) -> Coded:
    """A protected text for Apertium. Raises RequestRefused where it is not well-formed."""
    core = text.strip()
    before, _, after = text.partition(core) if core else (text, "", "")
    parts = take_apart(core)
    chains = enclosing(parts)
    pairs = {number: next(fresh) for number in chains}
    atoms = list(_joined(_atoms(parts, fresh)))
    mark = next(fresh)
    words = "".join(atom.part.text for atom in atoms if not atom.code)
    return Coded(
        # One stop more, also behind a full stop, which may belong to "U.S.": without it the end of
        # this text and the beginning of the next would be one sentence, and words change places.
        stream=f"{''.join(_streamed(atoms, pairs))}.[][{mark}]\n",
        mark=mark,
        things={atom.code: atom.part for atom in atoms if atom.code},
        pairs={code: number for number, code in pairs.items()},
        chains=chains,
        before=before,
        after=after,
        lowered=frozenset(_lowered(atoms)),
        words=frozenset(re.findall(r"\w+", words)),
    )


def _atoms(parts: Sequence[Part], fresh: Iterator[str]) -> Iterator[_Atom]:
    for part in parts:
        if part.lone:
            yield _Atom(part, next(fresh))
            continue
        spelled = False
        for found in _ATOM.finditer(part.text):
            one = replace(part, text=found.group())
            # Vowel signs are no letters for Unicode, but parts of words.
            signs = found.lastgroup == "other" and all(map(_is_sign, one.text))
            if found.lastgroup in _PLAIN or (signs and spelled):
                yield _Atom(one)
            else:
                yield _Atom(one, next(fresh), bare=found.lastgroup == "blank")
            spelled = found.lastgroup == "word" or (signs and spelled)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _joined(atoms: Iterable[_Atom]) -> Iterator[_Atom]:
    """Atoms where no word is cut by a tag: `<g>token</g>s` is one word, and all of it linked."""
    last: _Atom | None = None
    for atom in atoms:
        if last is None:
            last = atom
        elif _is_cut(last, atom):
            inner = max(last.part.pairs, atom.part.pairs, key=len)
            last = _Atom(Part(last.part.text + atom.part.text, pairs=inner))
        else:
            yield last
            last = atom
    if last is not None:
        yield last


def _is_cut(one: _Atom, other: _Atom) -> bool:
    if one.code or other.code or one.part.pairs == other.part.pairs:
        return False
    shorter, longer = sorted((one.part.pairs, other.part.pairs), key=len)
    touch = one.part.text[-1].isalnum() and other.part.text[0].isalnum()
    return touch and longer[: len(shorter)] == shorter


def _streamed(atoms: Iterable[_Atom], pairs: Mapping[str, str]) -> Iterator[str]:
    last = ""
    for (within, code), group in groupby(atoms, lambda atom: (atom.part.pairs, atom.code)):
        run = list(group)
        bound = ";".join(f"t:g:{pairs[number]}" for number in within)
        text = code or "".join(atom.part.text for atom in run)
        if run[0].bare:
            yield f"[{code}]"
        elif code:
            yield f"[]{_bound(code, bound)}[]"
        else:
            # Two words that touch without a blank would be read as one.
            yield "[]" if last[-1:].isalnum() and text[:1].isalnum() else ""
            core = text.strip(" ")
            left, _, right = text.partition(core) if core else (text, "", "")
            yield left + _bound(core, bound) + right
        last = "" if code else text


def _bound(text: str, bound: str) -> str:
    return f"[[{bound}]]{text}[[/]]" if bound and text else text


def _lowered(atoms: Iterable[_Atom]) -> Iterator[str]:
    code = ""
    open_ = True
    for atom in atoms:
        if atom.code:
            code, open_ = atom.code, True
        elif open_ and atom.part.text.strip():
            open_ = False
            if atom.part.text.strip()[0].islower():
                yield code


def split(output: str, sent: Sequence[Coded]) -> tuple[str | None, ...]:
    """The output of each text sent, by the marks at their ends; None where a mark was lost.

    Then also the text behind it has none: which words are whose, nobody can say.
    """
    marks = [one.mark for one in sent]
    known = frozenset(marks)
    ends = [found for found in _PIECE.finditer(output) if found["blank"] in known]
    places: dict[str, list[int]] = {}
    for place, found in enumerate(ends):
        places.setdefault(found["blank"], []).append(place)
    texts: list[str | None] = []
    for number, mark in enumerate(marks):
        at = places.get(mark, [])
        before = ends[at[0] - 1] if at and at[0] else None
        follows = (before["blank"] if before else "") == (marks[number - 1] if number else "")
        start = before.end() if before else 0
        texts.append(output[start : ends[at[0]].start()] if len(at) == 1 and follows else None)
    return tuple(texts)


def decode(coded: Coded, output: str) -> str:
    """The protected text that Apertium's output is. Raises Lost where something is missing."""
    found = list(_read(coded, output))
    _check_things(coded, found)
    found = _without_stop(found)
    text = put_together(regroup(list(_tidied(coded, found)), coded.chains))
    return coded.before + text.strip(" ") + coded.after


@dataclass(frozen=True, slots=True)
class _Found:
    """A part of an output; `code` where it is one of the things of the text."""

    part: Part
    code: str = ""


def _read(coded: Coded, output: str) -> Iterator[_Found]:
    around: tuple[str, ...] = ()
    for piece in _pieces(output):
        if piece["raw"] is not None:
            yield from _words(coded, piece["raw"], around)
        elif piece["blank"] is None:
            around = _pairs_of(coded, piece["bound"] or "")
        elif piece["blank"]:
            yield _thing(coded, piece["blank"], around)


def _pieces(output: str) -> Iterator[re.Match[str]]:
    end = 0
    for piece in _PIECE.finditer(output):
        if piece.start() != end:
            break
        end = piece.end()
        yield piece
    if end != len(output):
        raise Lost("the answer cannot be read")


def _words(coded: Coded, raw: str, around: tuple[str, ...]) -> Iterator[_Found]:
    text = _ESCAPED.sub(r"\1", raw.replace("\n", ""))
    for position, words in enumerate(_CODE.split(text)):
        if position % 2:
            yield _thing(coded, words, around)
        elif words:
            yield _Found(Part(_UNKNOWN_MARK.sub("", words), pairs=around))


def _pairs_of(coded: Coded, bound: str) -> tuple[str, ...]:
    found = _BOUND.findall(bound)
    if not coded.pairs.keys() >= set(found):
        raise Lost("something of another text is in it")
    return tuple(coded.pairs[code] for code in found)


def _thing(coded: Coded, code: str, around: tuple[str, ...]) -> _Found:
    thing = coded.things.get(code.lower())
    if thing is None:
        raise Lost("something of another text is in it")
    return _Found(replace(thing, pairs=(*thing.pairs, *around)), code.lower())


def _check_things(coded: Coded, found: Iterable[_Found]) -> None:
    counts = Counter(one.code for one in found)
    for code, thing in coded.things.items():
        if counts[code] != 1:
            name = f"placeholder {thing.text}" if thing.lone else repr(thing.text)
            raise Lost(f"{name} {'appears twice' if counts[code] else 'is missing'}")


def _without_stop(found: Sequence[_Found]) -> list[_Found]:
    """An output without the full stop that was added to it."""
    last = max((at for at, one in enumerate(found) if one.part.text.strip(" ")), default=-1)
    text = found[last].part.text.rstrip(" ") if last >= 0 else ""
    if not text.endswith(".") or found[last].code:
        raise Lost("its end is not where it was")
    shorter = replace(found[last].part, text=text[:-1])
    return [*found[:last], _Found(shorter)]


def _tidied(coded: Coded, found: Iterable[_Found]) -> Iterator[Part]:
    """Without the blanks of words that fell away, and the capitals of what was no beginning."""
    behind: str | None = ""
    blank = True
    for one in found:
        part = one.part
        if not one.code:
            text = _LONELY.sub("", re.sub(" {2,}", " ", part.text))
            text = _NEXT_WORD.sub(partial(_behind_unknown, coded.words), text)
            text = text.lstrip(" ") if blank else text
            word = _FIRST_WORD.match(text)
            if word and behind in coded.lowered and _is_raised(word[2], coded.words):
                text = f"{word[1]}{word[2].lower()}{text[word.end() :]}"
            part = replace(part, text=text)
        behind = one.code or (behind if not part.text.strip(" ") else None)
        blank = part.text.endswith(" ") or (blank and not part.text)
        yield part


def _behind_unknown(words: frozenset[str], pair: re.Match[str]) -> str:
    """The word behind an unknown one: rules take it for the beginning of the sentence."""
    unknown = pair[2] in words and pair[2][0].isupper()
    return f"{pair[1]}{pair[3].lower() if unknown and _is_raised(pair[3], words) else pair[3]}"


def _is_raised(word: str, words: frozenset[str]) -> bool:
    """Whether a word got its capital on the way. English writes "I", whatever it is made of."""
    raised = word[0].isupper() and word[1:] == word[1:].lower()
    return raised and word != "I" and word not in words
