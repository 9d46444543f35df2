"""What the `#` lines of a unit say: origin and notes (`#.`), path (`#:`), flags (`#,`).

A unit's origin is the line `#. Origin: <words>`, for a machine's draft with its hash:
`#. Origin: machine draft by DeepL (draft 0123456789ab)`. Who approved a text by name stands in
`#. Reviewed by: <name> (text 0123456789ab)`, with the hash of what they approved. All other `#.`
lines are notes.

No line written here ends with a backslash: gettext joins such a line with the next one, comment
or not, and the unit is lost. The reader refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from sys import intern

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats import percent
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.formats.po.wrapping import continues, put_together
from i18n_pipeline.model import Origin, Review

FUZZY = "fuzzy"

_ORIGIN = expression(r"Origin:(| .*?)(?: \(draft ([0-9a-f]{12})\))?$")
_REVIEW = expression(r"Reviewed by: (.+) \(text ([0-9a-f]{12})\)$")
_OURS = expression(r"(?:Origin|Reviewed by):")
_LIKE_OURS = expression(r" *(?:Origin|Reviewed by):")
_LINE_BREAK = expression(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PATH = expression(r"\u2068(.*?)\u2069|(\S+)")
_LINE_NUMBER = expression(r":\d+$")
_UNSAFE_IN_PATH = expression(r"[%\\\s\x00-\x1f\x7f-\x9f\u2068\u2069]|:(?=\d+$)")


def translator_lines(comments: Iterable[str]) -> Iterator[str]:
    """`#` lines of the translators' own comments, spaces at their ends included."""
    for comment in comments:
        for line in comment.split("\n"):
            text = CONTROL.sub(" ", line).rstrip("\\")
            yield f"# {text}" if text else "#"


def translator_text(line: str) -> str:
    """The comment on a line, given what follows its `#`."""
    return line.removeprefix(" ")


def note_lines(notes: Iterable[str]) -> Iterator[str]:
    """`#.` lines of notes; blank ones are left out, because polib drops them."""
    for note in notes:
        for line in note.split("\n"):
            text = _one_line(line)
            if text:
                # a note that looks like an origin is set in by a space: reading takes it off again
                yield f"#.  {text}" if _LIKE_OURS.match(text) else f"#. {text}"


def origin_line(origin: Origin) -> str:
    """The `#.` line of an origin."""
    draft = f" (draft {origin.draft})" if origin.draft else ""
    return f"#. {_one_line(f'Origin: {origin.words}')}{draft}"


def review_line(review: Review) -> str:
    """The `#.` line of a review."""
    return f"#. {_one_line(f'Reviewed by: {review.by}')} (text {review.approved})"


def extracted(lines: Iterable[str]) -> tuple[Origin | None, Review | None, tuple[str, ...]]:
    """The first origin and review, and the notes, given what follows `#.` on each line."""
    origin: Origin | None = None
    review: Review | None = None
    notes: list[str] = []
    for text in _whole(line.removeprefix(" ") for line in lines):
        if origin is None and (found := _ORIGIN.match(text)):
            origin = Origin(intern(_one_line(found[1])), found[2] or "")
        elif review is None and (found := _REVIEW.match(text)):
            review = Review(_one_line(found[1]), found[2])
        elif note := _one_line(text):
            notes.append(note)
    return origin, review, tuple(map(intern, notes))


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with those put together that say one origin or one review."""
    whole = last = ""
    for line in lines:
        text = _LINE_BREAK.sub(" ", line)
        if whole and not _OURS.match(text) and continues(last, text, "#. "):
            whole = put_together(whole, text)
        else:
            if whole:
                yield whole.rstrip()
            whole = text if _OURS.match(text) else ""
            if not whole:
                yield text.rstrip()
        last = text
    if whole:
        yield whole.rstrip()


def path_line(path: str) -> str:
    """The `#:` line of a path, encoded so that msgcat, polib and Weblate see one reference."""
    return f"#: {percent.encode(path, _UNSAFE_IN_PATH)}"


def path_of(lines: Iterable[str]) -> str:
    """The first path, without line number, given what follows `#:`; "" if there is none.

    gettext itself puts a path with spaces between U+2068 and U+2069.
    """
    for line in lines:
        if found := _PATH.search(line):
            return percent.decode(_LINE_NUMBER.sub("", found[1] or found[2]))
    return ""


def flags_line(flags: Iterable[str]) -> str:
    """The `#,` line, `fuzzy` first as msgcat has it."""
    return "#, " + ", ".join(flags)


def flags_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The flags in the order found, each once, given what follows `#,`.

    `fuzzy` counts also without a comma beside it: gettext sees it there, and to miss it would
    turn a draft into a reviewed unit.
    """
    flags: list[str] = []
    for part in ",".join(lines).split(","):
        words = part.split()
        if FUZZY in words:
            flags.append(FUZZY)
        flags.append(" ".join(word for word in words if word != FUZZY))
    return tuple(dict.fromkeys(filter(None, flags)))


def _one_line(text: str) -> str:
    return _LINE_BREAK.sub(" ", text).strip().rstrip("\\ ")
