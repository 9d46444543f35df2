"""Units → XLIFF 2.1, a `<file>` a term; the same units are always the same bytes.

The order of elements is that of the core schema. Required terms stand as the Glossary module has
them, what a unit was exported from as the Metadata module has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.packages.package import Package, Sent
from i18n_pipeline.formats.packages.xliff.inline import Content, content, quoted
from i18n_pipeline.formats.safe_xml import can_be_xml
from i18n_pipeline.locales import canonical
from i18n_pipeline.model import Kind, State, digest
from i18n_pipeline.placeholders import Protected, protect, tokens_of

OWN = "i18n-pipeline"
"""The category of our metadata."""

EXPORTED = "exported"
"""The type of the metadata that says what a unit was exported from."""

NOTE = "i18n:"
"""How the categories of our notes begin."""

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"\
 xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"\
 xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"\
 version="2.1" srcLang={source} trgLang={target}>
"""


def write_xliff(package: Package) -> bytes:
    """The package in UTF-8. It holds one unit at least: XLIFF knows no empty document."""
    head = _HEAD.format(
        source=quoted(canonical(package.source)), target=quoted(canonical(package.locale))
    )
    files = groupby(package.units, key=lambda sent: sent.unit.slug)
    lines = (line for slug, units in files for line in _file(slug, units, package.extensions))
    return (head + "".join(f"  {line}\n" for line in lines) + "</xliff>\n").encode()


def _file(slug: str, units: Iterable[Sent], extensions: frozenset[str]) -> Iterator[str]:
    held = tuple(units)
    paths = (sent.unit.path for sent in held if sent.unit.path)
    original = next(paths, slug or "vocabulary")
    name = "f-" + digest(slug, 8)
    yield f'<file id="{name}" original={quoted(original)} canResegment="no" xml:space="preserve">'
    for sent in held:
        yield from (f"  {line}" for line in _unit(sent, extensions))
    yield "</file>"


def _unit(sent: Sent, extensions: frozenset[str]) -> Iterator[str]:
    unit = sent.unit
    held = Content(_protected(sent, unit.source, extensions))
    source = held.source()
    target = held.target(_protected(sent, unit.target, extensions)) if unit.target else ""
    yield f'<unit id="{sent.id}" name={quoted(unit.context)}>'
    yield from (f"  {line}" for line in (*_metadata(sent), *_glossary(sent), *_notes(sent)))
    if data := [*held.data()]:
        yield "  <originalData>"
        yield from (f"    {line}" for line in data)
        yield "  </originalData>"
    yield f"  <segment{_state(sent)}>"
    yield f"    <source>{source}</source>"
    if target:
        yield f"    <target>{target}</target>"
    yield "  </segment>"
    yield "</unit>"


def _protected(sent: Sent, text: str, extensions: frozenset[str]) -> Protected:
    """A text with its codes; of one that the parser gives up on, all is words."""
    if sent.segment.kind is Kind.EXTRA:
        return protect(text, ())
    try:
        return protect(text, tokens_of(sent.segment, text, extensions))
    except BadFile:
        return protect(text, ())


def _state(sent: Sent) -> str:
    """Reviewed is `reviewed`; what needs review is open, and says what kind of text it is."""
    unit = sent.unit
    if unit.state is State.REVIEWED:
        return ' state="reviewed"'
    if unit.state is State.UNTRANSLATED:
        return ' state="initial"'
    kind = "machine-draft" if unit.is_draft else "needs-review"
    return f' state="initial" subState="i18n:{kind}"'


def _metadata(sent: Sent) -> Iterator[str]:
    yield "<mda:metadata>"
    yield f'  <mda:metaGroup category="{OWN}">'
    yield f'    <mda:meta type="{EXPORTED}">{sent.exported}</mda:meta>'
    yield "  </mda:metaGroup>"
    yield "</mda:metadata>"


def _glossary(sent: Sent) -> Iterator[str]:
    if not sent.terms:
        return
    yield "<gls:glossary>"
    for term, rendering in sent.terms:
        yield "  <gls:glossEntry>"
        yield f"    <gls:term>{_plain(term)}</gls:term>"
        yield f"    <gls:translation>{_plain(rendering)}</gls:translation>"
        yield "  </gls:glossEntry>"
    yield "</gls:glossary>"


def _notes(sent: Sent) -> Iterator[str]:
    unit = sent.unit
    origin = f"Origin: {unit.origin.words}" if unit.origin and unit.target else ""
    notes = [("description", one) for one in (*unit.notes, origin) if one]
    notes += [("comment", one) for one in ("\n".join(unit.comments).strip(),) if one]
    if unit.previous is not None:
        notes.append(("previous-source", f"The translation is of: {unit.previous}"))
    if not notes:
        return
    yield "<notes>"
    for number, (kind, text) in enumerate(notes, 1):
        yield f'  <note id="n{number}" category="{NOTE}{kind}">{_plain(text)}</note>'
    yield "</notes>"


def _plain(text: str) -> str:
    """A text where `<cp>` may not stand."""
    return content("".join(one if can_be_xml(one) else "\ufffd" for one in text))
