"""Words in texts: where terms stand, which numbers are said, what differs, where links lead."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal

from i18n_pipeline.errors import BadFile
from i18n_pipeline.glossary import Entry, key_of
from i18n_pipeline.glossary.pieces import is_whole, normal
from i18n_pipeline.glossary.termbase import merged
from i18n_pipeline.links import Addresses, changed_destination, with_destinations
from i18n_pipeline.markdown import (
    DEFAULT_EXTENSIONS,
    EXTENSIONS,
    Token,
    inline_tokens,
    opaque_ranges,
)
from i18n_pipeline.model import Unit
from i18n_pipeline.stages.conflicts import park, parked, settled
from i18n_pipeline.stages.recall.differences import _PIECE, differences
from i18n_pipeline.stages.recall.index import Index, postings_of
from i18n_pipeline.stages.recall.stored import from_bytes, to_bytes
from i18n_pipeline.stages.recall.wording import wording_of
from i18n_pipeline.tongues.numerals import kanji_numbers, numerals
from i18n_pipeline.tongues.numerals import parts as digits_of
from tests.fuzz.given import parts, text_of
from tests.fuzz.targets.texts import REFERENCES

_TONGUES = ("en", "de", "fr", "ja", "ar", "hi", "es", "zh-Hans", "ko", "pt-BR", "sv", "de-CH")
_SITES = (
    Addresses({"/g/{slug}": "/{locale}/g/{slug}"}, "source", (), "de", frozenset({"a", "b/c"})),
    Addresses({"/{slug}/": "/de/{slug}/", "https://x.org/{slug}": "/g/{slug}?x"}, "rewrite", (),
              "de", frozenset({"a", "b/c", "de"})),
)  # fmt: skip


def tokens_of(text: str) -> tuple[Token, ...] | None:
    """The tokens of a text; None where the parser gives up."""
    try:
        return tuple(inline_tokens(text, REFERENCES, EXTENSIONS))
    except BadFile:
        return None


def occurrences(data: bytes) -> None:
    """Terms stand where they are found, whole and apart; one that stands alone is found."""
    term, text = map(text_of, parts(data, 2))
    tokens = tokens_of(text)
    if tokens is None:
        return
    entries = (Entry(term, "X"), Entry("low rank", "Y"), Entry("model", "Z", pos="v"))
    glossary = merged(entries, (), (term.upper(), "PyTorch"))
    last = 0
    for one in glossary.found(text, tokens):
        assert last <= one.start < one.end <= len(text), one
        last = one.end
        assert is_whole(text, one.start, one.end), one
        assert not any(start < one.end and one.start < end for start, end in opaque_ranges(tokens))
        for wanted in one.wanted:
            assert wanted.exact in ("", normal(text[one.start : one.end])), one
    if key_of(term) and not any(one in term for one in "<{$`"):
        alone = merged([Entry(term, "X")]).found(f"Say {term} .", ())
        assert [key_of(f"Say {term} ."[one.start : one.end]) for one in alone[:1]] == [key_of(term)]


def numbers(data: bytes) -> None:
    """Numerals stand where they say, apart, in one spelling; a written number is read as it is."""
    text = text_of(data)
    for locale in _TONGUES:
        last = 0
        for one in numerals(text, locale):
            start, end = one.span
            assert last <= start < end <= len(text), one
            assert one.text == text[start:end]
            last = end
            digits_of(one), one.smallest
            for reading in one.readings:
                assert not (reading.isdigit() and reading[0] == "0") or reading == "0", one
    kanji_numbers(text)
    _as_written(text)


def _as_written(text: str) -> None:
    try:
        number = Decimal(text[:12].strip().replace("_", ""))
    except InvalidOperation:
        return
    if not number.is_finite() or not 0 <= number < 10**9 or number.adjusted() < -3:
        return
    number = round(number, 3)
    for locale in _TONGUES:
        written = format_decimal(number, locale=locale.replace("-", "_"))
        (one,) = numerals(f"({written})", locale)
        plain = f"{number:f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        assert plain in one.readings, (locale, written, one)


def differing(data: bytes) -> None:
    """Texts that differ in more than blanks have a difference that is told; others have none."""
    old, new = map(text_of, parts(data, 2))
    for text in (old, new):
        assert "".join(_PIECE.findall(text)) == text
    told = differences(old, new)
    if "".join(old.split()) != "".join(new.split()):
        assert told, (old, new)
    if old.split() == new.split():
        assert not told, told
    if " → " not in old + new and (one := re.fullmatch("“([^“”]*)” → “([^“”]*)”", told)):
        assert one[1] != one[2], told


def beside(data: bytes) -> None:
    """A text that waits beside a unit is read as it was, whatever it and its neighbours are."""
    text, where, other = map(text_of, parts(data, 3))
    unit = Unit("term/body", "A text.", "Ein Text.", comments=tuple(other.split("\n")))
    before = parked(unit)
    after = park(unit, text, where)
    told = [one.text for one in parked(after)]
    assert text in (*told, "", unit.target)
    assert [one for one in parked(after) if one in before] == list(before)
    assert not parked(settled(after))
    for one in told:
        one.encode()


def addresses(data: bytes) -> None:
    """Addresses that are not meant stay to the letter; what is rewritten is undone the same."""
    address, text = map(text_of, parts(data, 2))
    for site in _SITES:
        for available in (site.slugs, frozenset[str]()):
            there = site.localized(address, available)
            assert there == address or site.canonical(there) == address
        site.moved(address, "a", "b/c"), site.slug_of(address), site.allowed(address)
    tokens = tokens_of(text)
    if tokens is None:
        return
    assert with_destinations(text, tokens, str) == text
    _reads_as_meant(address)


def _reads_as_meant(wanted: str) -> None:
    """Fails where a destination that is written into a link is read as another one."""
    for raw in ("/old", "</old>"):
        written = changed_destination(raw, lambda _old: wanted)
        tokens = inline_tokens(f"[x]({written})", "", DEFAULT_EXTENSIONS)
        if wanted.isprintable() and wanted.strip() == wanted and wanted:
            assert [one.destination for one in tokens if one.destination][:1] == [wanted], written


def indexed(data: bytes) -> None:
    """A kept index is that index or none; an older one finds what a new one does."""
    kept, texts, wanted = parts(data, 3)
    found = from_bytes(kept)
    assert found is None or to_bytes(found) == kept
    wordings = frozenset(filter(None, map(wording_of, text_of(texts).split("\n"))))
    older = postings_of(sorted(wordings)[::2])
    stored = to_bytes(older)
    if stored is not None:
        assert from_bytes(stored) == older
    asked = wording_of(text_of(wanted))
    if asked:
        now = Index.of(wordings).alike(asked, 60)
        assert Index.of(wordings, older).alike(asked, 60) == now
        assert {text for text, _ in now} <= wordings
