"""A year of a glossary: what its authors change from day to day, made up from kinds of edits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.edits import prose
from benchmarks.variation import Stock

_LINK = re.compile(rb"\]\((/glossary/[a-z0-9-]+|https?://[^)\s]+)\)")
_MOST_A_DAY = 3
_LONG_AGO = 40
"""Days after which nobody takes an edit back any more."""


@dataclass(frozen=True)
class Day:
    """The source files as a day left them, by path; `name` says which day it was."""

    name: str
    files: Mapping[str, bytes]


@dataclass
class _Author:
    """Somebody with a glossary: its files by path, those not yet written, and how it was before."""

    random: Random
    stock: Stock
    files: dict[str, bytes]
    spare: list[tuple[str, bytes]]
    past: list[Mapping[str, bytes]] = field(default_factory=list)

    def any_file(self) -> str:
        """One of the files."""
        return self.random.choice(sorted(self.files))

    def sentence(self) -> bytes:
        """A sentence that may stand anywhere."""
        return self.random.choice(self.stock.sentences).encode()

    def in_prose(self, change: Callable[[list[bytes], int], None]) -> None:
        """Change the lines of a file at one of its paragraphs."""
        path = self.any_file()
        lines = self.files[path].split(b"\n")
        places = prose(lines)
        if places:
            change(lines, self.random.choice(places))
            self.files[path] = b"\n".join(lines)

    def in_line(self, change: Callable[[bytes], bytes]) -> None:
        """Change one paragraph, and nothing around it."""

        def changed(lines: list[bytes], at: int) -> None:
            lines[at] = change(lines[at])

        self.in_prose(changed)


def year(
    files: Mapping[str, bytes],
    spare: Sequence[tuple[str, bytes]],
    stock: Stock,
    days: int,
    seed: int = 0,
) -> Iterator[Day]:
    """The glossary as it begins, and as each working day leaves it. The same seed, the same year.

    `spare` are the terms that will be added. `stock` is what new sentences are made of.
    """
    author = _Author(Random(f"year/{seed}"), stock, dict(files), list(spare))
    yield Day("0", dict(author.files))
    kinds, weights = zip(*_KINDS, strict=True)
    for number in range(1, days + 1):
        author.past.append(dict(author.files))
        for _ in range(author.random.randint(1, _MOST_A_DAY)):
            author.random.choices(kinds, weights)[0](author)
        yield Day(str(number), dict(author.files))


def _says_more(author: _Author) -> None:
    author.in_line(lambda line: line + b" " + author.sentence())


def _says_less(author: _Author) -> None:
    author.in_line(lambda line: re.sub(rb"(?<=[.?!]) [A-Z][^.?!]*[.?!]$", b"", line))


def _mends_a_slip(author: _Author) -> None:
    """Two letters that stand the wrong way round, or stood so."""

    def mended(line: bytes) -> bytes:
        words = list(re.finditer(rb"(?<= )[a-z]{5,}(?= )", line))
        if not words:
            return line
        at = author.random.choice(words).start() + 1
        return line[:at] + line[at + 1 : at + 2] + line[at : at + 1] + line[at + 2 :]

    author.in_line(mended)


def _takes_another_word(author: _Author) -> None:
    def changed(line: bytes) -> bytes:
        words = re.findall(rb"(?<= )[a-z]{5,}(?= )", line)
        others = author.stock.words
        if not words:
            return line
        word = author.random.choice(words)
        new = author.random.choice(others.get(len(word), (word.decode(),)))
        return line.replace(b" " + word + b" ", b" " + new.encode() + b" ", 1)

    author.in_line(changed)


def _adds_a_paragraph(author: _Author) -> None:
    text = author.sentence() + b" " + author.sentence()
    author.in_prose(lambda lines, at: lines.insert(at, text + b"\n"))


def _takes_a_paragraph_away(author: _Author) -> None:
    author.in_prose(lambda lines, at: lines.__delitem__(slice(at - 1, at + 1)))


def _copies_a_paragraph(author: _Author) -> None:
    """What one term says is said in another as well."""
    lines = author.files[author.any_file()].split(b"\n")
    places = prose(lines)
    if places:
        text = lines[author.random.choice(places)]
        author.in_prose(lambda into, at: into.insert(at, text + b"\n"))


def _exchanges_paragraphs(author: _Author) -> None:
    def exchanged(lines: list[bytes], at: int) -> None:
        other = author.random.choice(prose(lines))
        lines[at], lines[other] = lines[other], lines[at]

    author.in_prose(exchanged)


def _wraps_lines(author: _Author) -> None:
    """The same text in shorter lines, as a formatter does it."""
    author.in_line(lambda line: re.sub(rb"(.{60,80}?) (?=[a-z])", rb"\1\n", line))


def _leads_elsewhere(author: _Author) -> None:
    path = author.any_file()
    links = list(_LINK.finditer(author.files[path]))
    if links:
        found, text = author.random.choice(links), author.files[path]
        slug = author.any_file().rpartition("/")[2].removesuffix(".md").encode()
        new = b"](/glossary/" + slug + b")"
        author.files[path] = text[: found.start()] + new + text[found.end() :]


def _renames_a_heading(author: _Author) -> None:
    path = author.any_file()
    lines = author.files[path].split(b"\n")
    headings = [at for at, line in enumerate(lines) if line.startswith(b"## ")]
    if headings:
        lines[author.random.choice(headings)] += b" today"
        author.files[path] = b"\n".join(lines)


def _defines_anew(author: _Author) -> None:
    path = author.any_file()
    lines = author.files[path].split(b"\n")
    for at, line in enumerate(lines):
        if line.startswith(b"definition: ") and line.endswith(b'"'):
            lines[at] = line[:-1] + b' It is met often."'
    author.files[path] = b"\n".join(lines)


def _takes_it_back(author: _Author) -> None:
    """A file as it was some weeks ago."""
    path, before = author.any_file(), author.random.choice(author.past[-_LONG_AGO:])
    author.files[path] = before.get(path, author.files[path])


def _adds_a_term(author: _Author) -> None:
    if author.spare:
        path, text = author.spare.pop(0)
        author.files[path] = text


def _takes_a_term_away(author: _Author) -> None:
    author.files.pop(author.any_file())


_KINDS: tuple[tuple[Callable[[_Author], None], int], ...] = (
    (_says_more, 18),
    (_takes_another_word, 14),
    (_mends_a_slip, 12),
    (_says_less, 8),
    (_adds_a_paragraph, 10),
    (_takes_a_paragraph_away, 5),
    (_copies_a_paragraph, 3),
    (_exchanges_paragraphs, 3),
    (_wraps_lines, 5),
    (_leads_elsewhere, 6),
    (_renames_a_heading, 4),
    (_defines_anew, 4),
    (_takes_it_back, 3),
    (_adds_a_term, 4),
    (_takes_a_term_away, 1),
)
"""What authors do, and how often in a hundred."""
