"""Texts on their way to an engine and back, and what is asked of the answers."""

from __future__ import annotations

from collections import Counter

from i18n_pipeline.checks import check, source_issues
from i18n_pipeline.checks.rule import Subject
from i18n_pipeline.config import Style
from i18n_pipeline.errors import BadFile, RequestRefused
from i18n_pipeline.glossary import Entry
from i18n_pipeline.glossary.termbase import merged
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, EXTENSIONS, inline_tokens, relined
from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.placeholders import Form, Protected, pieces, protect, restore, shortened
from i18n_pipeline.providers.apertium.stream import codes, decode, encode, split
from i18n_pipeline.providers.ctranslate2.placing import STYLES, mask, place
from i18n_pipeline.providers.tagged import Lost, put_together, take_apart
from i18n_pipeline.stages.edits import Borrowed, Ground, classify, patched
from tests.fuzz.given import parts, text_of

REFERENCES = '[ref]: /u "t"\n[r]: /v\n\n[^1]: n'
BODY = Segment("body", Kind.PARAGRAPH, "", markdown=True, definitions=REFERENCES)
KEPT = (
    Entry("token", "Token"),
    Entry("fine-tuning", "Feinabstimmung", forms=("Feinabstimmungen",)),
    Entry("model", "モデル"),
)
_KINDS = ((Kind.PARAGRAPH, True), (Kind.NAME, False), (Kind.CELL, True), (Kind.HEADING, True))
_LOCALES = ("de", "ja", "ar", "fr", "zh-Hans", "es", "ko")
GLOSSARY = merged(KEPT, (), ("LoRA", "PyTorch"))
ADDRESSES = Addresses({"/g/{slug}": "/{locale}/g/{slug}"}, "source", (), "de", frozenset({"lora"}))


def protected(text: str, extensions: frozenset[str] = EXTENSIONS) -> Protected | None:
    """A text as an engine gets it; None where the parser gives up."""
    try:
        return protect(text, inline_tokens(text, REFERENCES, extensions))
    except BadFile:
        return None


def protection(data: bytes) -> None:
    """What was protected and comes back unchanged is the text, in every form and cut short."""
    text = text_of(data)
    for extensions in (frozenset[str](), DEFAULT_EXTENSIONS, EXTENSIONS):
        sent = protected(text, extensions)
        if sent is None:
            continue
        for form in Form:
            back = "".join(piece.text for piece in pieces(sent, form))
            found = restore(sent, back, form)
            assert found.text == text, (form, found.fault, sent)
        cut = shortened(sent.text, lambda part: len(part) <= 30)
        assert "".join(part.text for part in cut) == sent.text


def answer(data: bytes) -> None:
    """An answer is refused, or every thing that stands alone is in it, and no markup else."""
    text, said = map(text_of, parts(data, 2))
    sent = protected(text)
    if sent is None:
        return
    for form in (Form.TAGS, Form.CONTENT):
        found = restore(sent, said, form)
        if found.fault:
            assert found.text == ""
            continue
        lone = Counter(one.open for one in sent.placeholders if one.close is None)
        for what, count in lone.items():
            assert found.text.count(what) >= count, (what, found)
        for one in sent.placeholders:
            assert one.open in found.text, (one, found)


def tagged(data: bytes) -> None:
    """Engines that know no XML: what is put together again has the tags of what was asked."""
    text, said = map(text_of, parts(data, 2))
    sent = protected(text, DEFAULT_EXTENSIONS)
    try:
        found = take_apart(sent.text if sent else text)
    except RequestRefused:
        assert sent is None, sent
        return
    whole = put_together(found)
    assert put_together(take_apart(whole)) == whole
    for style in STYLES:
        try:
            masked = mask(found, style)
            back = put_together(place(masked, said, dict.fromkeys(masked.alone, said)))
        except Lost:
            continue
        if sent:
            assert not _missing(sent, back), (back, sent)


def stream(data: bytes) -> None:
    """Apertium's stream: what came of several texts is told apart, whole, or lost."""
    text, other, said = map(text_of, parts(data, 3))
    asked = [one.text for one in map(protected, (text, other)) if one]
    fresh = codes()
    try:
        sent = [encode(one, fresh) for one in asked]
    except RequestRefused:
        return
    unchanged = "".join(one.stream for one in sent)
    for output in (unchanged, unchanged.replace(" ", said[:20], 1), said):
        for one, part in zip(sent, split(output, sent), strict=True):
            if part is not None:
                try:
                    decode(one, part)
                except Lost:
                    assert output is not unchanged, (one, part)


def _missing(sent: Protected, back: str) -> list[int]:
    numbers = range(1, len(sent.placeholders) + 1)
    return [n for n in numbers if back.count(f'<x id="{n}"') + back.count(f'<g id="{n}"') != 1]


def checks(data: bytes) -> None:
    """Every check can judge every text, and what it shows or mends stands in the text."""
    source, target = map(text_of, parts(data, 2))
    kind, markdown = _KINDS[len(data) % len(_KINDS)]
    locale = _LOCALES[len(data) // len(_KINDS) % len(_LOCALES)]
    segment = Segment("body", kind, source, markdown, definitions=REFERENCES)
    unit = Unit("term/body", source, target)
    style = Style(formality="formal", spacing="tight")
    subject = Subject(unit, segment, locale, EXTENSIONS, ADDRESSES, GLOSSARY, "en", style)
    for issue in check(subject):
        for start, end in [issue.at] if issue.at else []:
            assert 0 <= start <= end <= len(target), issue
        if issue.edit:
            assert 0 <= issue.edit.start <= issue.edit.end <= len(target), issue
    source_issues(unit, segment)


def edits(data: bytes) -> None:
    """Every edit is of some kind; what is patched for it in a translation is a text again."""
    old, new, target = map(text_of, parts(data, 3))
    ground = Ground("en", DEFAULT_EXTENSIONS)
    change = classify(old, new, BODY, ground)
    assert bool(change.kinds) == (old != new)
    patched(change.swaps, (old, new, target), BODY, Borrowed(ground, "de"))
    back = classify(new, old, BODY, ground)
    assert change.is_harmless == back.is_harmless, (change, back)


def relining(data: bytes) -> None:
    """A text laid out in another's lines has the words of its own."""
    raw, text = map(text_of, parts(data, 2))
    source = " ".join(raw.split())
    found = relined(raw, source, text)
    if found:
        assert "".join("".join(found).split()) == "".join(text.split()), found
