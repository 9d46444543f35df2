"""What the stub server does to texts: strict XML, glossary, words and bill; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

_TAGS = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([^\s/>]+)")
_CORE = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Work:
    """How texts are to be translated: into which language, by which glossary, around what."""

    target: str
    entries: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()


def well_formed(text: str) -> bool:
    """Whether tag handling v2 takes the text."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<r>{text}</r>", True)
    except expat.ExpatError:
        return False
    return True


def bill(texts: Iterable[str]) -> list[int]:
    """Characters of each text: code points, tags free."""
    return [len(unescape(_TAGS.sub("", text))) for text in texts]


def translate(text: str, work: Work) -> str:
    """The text in the target language: `⟦ja:…⟧` around the words between two tags.

    Spaces and punctuation at both ends stay outside, and every line is wrapped for itself, so
    that what surrounds the words keeps its meaning in Markdown.
    """
    pieces = _TAGS.split(text)
    out, depth = [], 0
    for position, piece in enumerate(pieces):
        if position % 2:
            depth += _step(piece, work.ignored)
            out.append(piece)
        else:
            out.append(piece if depth else _words(piece, work))
    return "".join(out)


def original(text: str) -> str:
    """The text a translation was made of, where no glossary was in force."""
    return re.sub(r"⟦[\w-]+:(.*?)⟧", r"\1", text, flags=re.DOTALL)


def tags(text: str) -> Sequence[str]:
    """The tags of a text, in order."""
    return _TAGS.findall(text)


def _step(tag: str, ignored: frozenset[str]) -> int:
    name = _NAME.match(tag)
    if tag.endswith("/>") or name is None or name[1] not in ignored:
        return 0
    return -1 if tag.startswith("</") else 1


def _words(piece: str, work: Work) -> str:
    lines = unescape(piece).split("\n")
    return escape("\n".join(_line(line, work) for line in lines))


def _line(line: str, work: Work) -> str:
    match = _CORE.fullmatch(line)
    if match is None or not match[2]:
        return line
    return f"{match[1]}⟦{work.target.lower()}:{_by_glossary(match[2], work.entries)}⟧{match[3]}"


def _by_glossary(words: str, entries: Mapping[str, str]) -> str:
    if not entries:
        return words
    folded = {source.casefold(): target for source, target in entries.items()}
    longest_first = sorted(entries, key=lambda source: (-len(source), source))
    terms = "|".join(re.escape(source) for source in longest_first)
    return re.sub(
        rf"(?<!\w)(?:{terms})(?!\w)",
        lambda match: folded.get(match[0].casefold(), match[0]),
        words,
        flags=re.IGNORECASE,
    )
