"""Concepts → TBX-Basic (ISO 30042:2019) in DCA style; the same concepts are always the same bytes.

The order of elements is that of the published schema of the dialect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.glossaries.tbx.categories import (
    NAMESPACE,
    PARTS_OF_SPEECH,
    STATUSES,
    Own,
    is_plain,
    write_own,
)
from i18n_pipeline.formats.glossaries.tbx.concepts import Concept, Term
from i18n_pipeline.formats.safe_xml import can_be_xml
from i18n_pipeline.locales import canonical

EXPORTED = "Exported by i18n-pipeline"
"""What a file of ours says of where it is from."""

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang={lang} xmlns="{namespace}">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>{exported}</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
_TAIL = """\
    </body>
  </text>
</tbx>
"""
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def write_tbx(concepts: Iterable[Concept], source: str) -> bytes:
    """A termbase in UTF-8; `source` is the language of the file itself.

    Raises BadFile for a text that XML cannot hold.
    """
    head = _HEAD.format(lang=_quoted(canonical(source)), namespace=NAMESPACE, exported=EXPORTED)
    lines = (f"      {line}\n" for concept in concepts for line in _concept(concept))
    return (head + "".join(lines) + _TAIL).encode()


def _concept(concept: Concept) -> Iterator[str]:
    about = concept.about
    yield f"<conceptEntry id={_quoted(about.id)}>"
    if about.subject:
        yield "  " + _element("descrip", about.subject, "subjectField")
    for locale, terms in concept.terms.items():
        yield f"  <langSec xml:lang={_quoted(canonical(locale))}>"
        if definition := about.definitions.get(locale):
            yield "    " + _element("descrip", definition, "definition")
        yield from (f"    {line}" for term in terms for line in _term(term))
        yield "  </langSec>"
    yield "</conceptEntry>"


def _term(term: Term) -> Iterator[str]:
    known = term.pos in PARTS_OF_SPEECH
    plain = is_plain(term.note)
    own = Own(
        term.forms,
        term.case_sensitive,
        "" if known else term.pos,
        "" if plain else term.note,
    )
    yield "<termSec>"
    yield "  " + _element("term", term.text)
    if term.pos:
        yield "  " + _element("termNote", term.pos if known else "other", "partOfSpeech")
    if term.status is not None:
        yield "  " + _element("termNote", STATUSES[term.status], "administrativeStatus")
    for note in (term.note if plain else "", write_own(own)):
        if note:
            yield "  " + _element("note", note)
    yield "</termSec>"


def _element(name: str, text: str, kind: str = "") -> str:
    typed = f' type="{kind}"' if kind else ""
    return f"<{name}{typed}>{_escaped(text)}</{name}>"


def _quoted(value: str) -> str:
    return '"{}"'.format(_escaped(value).replace('"', "&quot;"))


def _escaped(text: str) -> str:
    if not can_be_xml(text):
        raise BadFile("not-to-be-written", f"XML cannot hold a character of `{text}`")
    return "".join(_ESCAPED.get(character, character) for character in text)
