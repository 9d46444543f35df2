"""TBX → entries: TBX 3 in both styles, and TBX 2; element names differ, the tree does not."""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.table import CONTROL
from i18n_pipeline.formats.glossaries.tbx.categories import (
    Own,
    is_own,
    one_line,
    read_own,
    status_of,
)
from i18n_pipeline.formats.glossaries.tbx.concepts import About, Concept, Term, entries_of
from i18n_pipeline.formats.safe_xml import XML, SafeParser
from i18n_pipeline.glossary import Entry, Status
from i18n_pipeline.locales import closest
from i18n_pipeline.values import dataclass, field

_LANG = f"{XML} lang"
_ROOTS = ("tbx", "martif")
_CONCEPTS = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_TYPED = ("termNote", "descrip", "admin")

# what TBX 2 and other dialects have in the place of `administrativeStatus`
_STATUS = ("administrativeStatus", "normativeAuthorization")
_READ = ("term", "note", "partOfSpeech", *_STATUS)


def read_tbx(data: bytes, *, source: str, target: str) -> tuple[Entry, ...]:
    """The entries of two locales in a termbase, in file order, each once.

    Every source term that is not deprecated is paired with every target term of its concept. Of
    several target terms one is preferred. Two concepts may contradict each other: words have
    several meanings. Raises BadFile with line and column.
    """
    concepts = _Reader().read(data)
    tags = dict.fromkeys(tag for concept in concepts for tag in concept.terms)
    if closest(source, tags) is None or closest(target, tags) is None:
        raise BadFile(
            "no-such-languages",
            f"the file has {', '.join(tags) or 'no terms'}, not {source} and {target}",
            mend="export it with both languages",
            line=1,
            column=1,
        )
    pairs = (entry for one in concepts for entry in entries_of(one, source, target))
    return tuple(dict.fromkeys(pairs))


@dataclass
class _Draft:
    """A term that is being read: texts by category."""

    line: int
    column: int
    texts: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *categories: str) -> str:
        """The first text of these categories; "" where there is none."""
        return next((text for name in categories for text in self.texts.get(name, ())), "")


class _Reader:
    """Reads one file, element by element; of a term only what we know is kept."""

    def __init__(self) -> None:
        self._parser = SafeParser(self)
        self._open: list[str] = []
        self._concepts: list[Concept] = []
        self._terms: dict[str, list[Term]] = {}
        self._tag = ""
        self._draft: _Draft | None = None
        self._category, self._depth = "", 0
        self._text: list[str] = []

    def read(self, data: bytes) -> list[Concept]:
        self._parser.parse(data, "export fewer concepts, or fewer languages")
        return self._concepts

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(" ")[2]
        if not self._open and local not in _ROOTS:
            message = f"its root is `{local}`, not `tbx` or `martif`"
            raise self._parser.bad("not-tbx", message, "export it as TBX")
        self._open.append(local)
        if local in _CONCEPTS:
            self._terms, self._tag = {}, ""
        elif local in _LANGUAGES:
            self._tag = self._language(attributes)
        elif local in _TERMS:
            self._draft = _Draft(*self._parser.place)
        elif self._draft is not None and not self._category:
            self._begin(attributes.get("type", "") if local in _TYPED else local)

    def _begin(self, category: str) -> None:
        """Begin to keep the text of an element, if it is one that we know."""
        about_term = self._open[-2] in (*_TERMS, "termGrp")
        if category in _READ and (category != "note" or about_term):
            self._category, self._depth, self._text = category, len(self._open), []

    def text(self, text: str) -> None:
        """Characters of an element."""
        if self._category:
            self._text.append(text)

    def end(self, _name: str) -> None:
        """An element ends."""
        local = self._open[-1]
        if self._category and len(self._open) == self._depth and self._draft is not None:
            self._keep(self._draft, one_line("".join(self._text)))
        elif local in _TERMS and self._draft is not None:
            self._terms.setdefault(self._tag, []).append(_term(self._draft))
            self._draft = None
        elif local in _CONCEPTS:
            terms = {tag: tuple(found) for tag, found in self._terms.items()}
            self._concepts.append(Concept(About(), terms))
        self._open.pop()

    def _keep(self, draft: _Draft, text: str) -> None:
        if found := CONTROL.search(text):
            message = f"control character U+{ord(found.group()):04X} in `{self._category}`"
            raise self._parser.bad("control-character", message, "remove it")
        if text:
            draft.texts.setdefault(self._category, []).append(text)
        self._category = ""

    def _language(self, attributes: Mapping[str, str]) -> str:
        tag = attributes.get(_LANG) or attributes.get("lang", "")
        if not tag:
            message = f"`{self._open[-1]}` does not say its language"
            raise self._parser.bad("no-language", message, 'give it an xml:lang="…"')
        return tag


def _term(draft: _Draft) -> Term:
    text = draft.first("term")
    if not text:
        message = "a term has no text"
        mend = "write it, or delete its element"
        raise BadFile("empty-term", message, mend=mend, line=draft.line, column=draft.column)
    notes = draft.texts.get("note", [])
    own = _own(draft, notes)
    plain = "; ".join(note for note in notes if not is_own(note))
    return Term(
        text,
        _status(draft),
        own.pos or draft.first("partOfSpeech"),
        own.case_sensitive,
        own.forms,
        own.note or plain,
    )


def _status(draft: _Draft) -> Status | None:
    return status_of(draft.first(*_STATUS))


def _own(draft: _Draft, notes: list[str]) -> Own:
    try:
        return next((read_own(note) for note in notes if is_own(note)), Own())
    except (ValueError, TypeError, RecursionError) as failure:
        raise BadFile(
            "bad-note",
            f"the note that begins with `i18n-pipeline` cannot be read: {failure}",
            mend="delete it; it holds forms of the term, and whether case matters",
            line=draft.line,
            column=draft.column,
        ) from None
