"""Term files, their front matter and their Markdown: nothing moves that was not meant to."""

from __future__ import annotations

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.front_matter import FrontMatter, SetText, at, changed, scalars
from i18n_pipeline.formats.front_toml import read_toml
from i18n_pipeline.formats.front_yaml import read_yaml
from i18n_pipeline.formats.po.syntax import CONTROL
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import EXTENSIONS, outline, parse, rendering
from i18n_pipeline.model import Kind, digest
from i18n_pipeline.stages.build import Built, build, correct, entry_of, is_up_to_date
from i18n_pipeline.stages.localized import Localized
from i18n_pipeline.stages.site import Site
from i18n_pipeline.stages.term import Term
from tests.fuzz.given import has_place, parts, text_of

OPEN = Rules(Fields(locale="", slug=""))
WHOLE = Rules(Fields(locale="", slug=""), EXTENSIONS)
_KNOWN = frozenset({"term", "lora"})
SITE = Site(
    "de",
    OPEN,
    Addresses({"/g/{slug}": "/{locale}/g/{slug}"}, "source", (), "de", _KNOWN),
    _KNOWN,
    {},
)


def read(data: bytes, rules: Rules = OPEN, locale: str = "en") -> TermFile | None:
    """The term file that these bytes are; None where they are refused, with a place."""
    try:
        return read_term(data, rules, "term", locale)
    except BadFile as refused:
        has_place(refused)
        return None


def term_of(data: bytes) -> Term | None:
    """The source term that these bytes are."""
    file = read(data)
    return Term("term", "terms/en/term.md", digest(data), file) if file else None


def term_file(data: bytes) -> None:
    """A file whose targets are its sources keeps every byte, with any extensions."""
    for rules in (OPEN, WHOLE):
        if there := read(data, rules):
            same = [there.body.patch(slot, slot.segment.source) for slot in there.body.slots]
            assert there.render([], same) == data
            for segment in there.segments:
                assert there.line_of(segment) > 0, segment


def front_matter(data: bytes) -> None:
    """Front matter keeps every byte; a scalar that is changed reads as meant, and no other."""
    chosen, text = parts(data, 2)
    for reader in (read_yaml, read_toml):
        try:
            front: FrontMatter = reader(text_of(text))
        except BadFile as refused:
            has_place(refused)
            continue
        assert front.edit([]) == front.text
        _change_all(front, reader, text_of(chosen))


def _change_all(front: FrontMatter, reader: object, wanted: str) -> None:
    for path in [path for key, value in front.values.items() for path, _ in scalars(value, (key,))]:
        change = SetText(path, wanted)
        try:
            edited = front.edit([change])
        except BadFile:
            continue
        again: FrontMatter = reader(edited)  # type: ignore[operator]  # one of two functions
        assert dict(again.values) == changed(front.values, [change]), (path, wanted)
        assert at(again.values, path) is not None


def markdown(data: bytes) -> None:
    """Leaves stand in order inside of the text, and the rendering of any text can be made."""
    for extensions in (frozenset[str](), EXTENSIONS):
        try:
            cut = outline(parse(data.decode("utf-8", "ignore").encode(), extensions))
            rendering(text_of(data), "", extensions)
        except BadFile:
            continue
        ends = [0]
        for leaf in sorted(cut.leaves, key=lambda leaf: (leaf.start, -leaf.end)):
            assert 0 <= leaf.start <= leaf.end <= len(data) * 3
            if leaf.kind not in (Kind.LINK_TITLE,):
                assert leaf.start >= ends[-1], cut.leaves
                ends.append(leaf.end)


def first_build(data: bytes) -> None:
    """A new file says its texts, or is refused; a second build is the first."""
    source, target = parts(data, 2)
    term = term_of(source)
    if term is None:
        return
    local = Localized.of(term, _texts(term, text_of(target)), SITE)
    try:
        made = build(local)
    except BadFile:
        return
    _holds(local, made, None)


def next_build(data: bytes) -> None:
    """A file of a person's is changed to say its texts, or refused; a second build is the first."""
    source, page, target = parts(data, 3)
    term, existing = term_of(source), read(page, locale="de")
    if term is None or existing is None:
        return
    entry = entry_of(term, SITE, page)
    local = Localized.of(term, _texts(term, text_of(target)), SITE)
    try:
        made = build(local, (existing, entry))
    except BadFile:
        return
    _holds(local, made, existing)


def correction(data: bytes) -> None:
    """A stale file gets texts spliced in, or is refused; once more, nothing changes."""
    source, later, target = parts(data, 3)
    before, now = term_of(source), term_of(later)
    if before is None or now is None:
        return
    try:
        first = build(Localized.of(before, _texts(before, "Ж"), SITE))
        texts = _texts(now, text_of(target))
        wanted = Localized.of(now, [t if n % 2 else None for n, t in enumerate(texts)], SITE)
        existing = read(first.data, locale="de")
        assert existing is not None
        done = correct(wanted, (existing, first.entry))
        again = read(done.data, locale="de")
        assert again is not None
    except BadFile:
        return
    assert correct(wanted, (again, done.entry)).data == done.data


def _texts(term: Term, wanted: str) -> list[str | None]:
    """A text for each segment: its own source with something beside it, as a unit can say it."""
    wanted = CONTROL.sub("", wanted)
    return [
        "\n".join(f"{line} Ж" for line in segment.source.split("\n"))
        if segment.kind is Kind.LIST
        else f"{wanted or 'Ж'} {segment.source}"
        for segment in term.file.segments
    ]


def _holds(local: Localized, made: Built, existing: TermFile | None) -> None:
    there = read(made.data, locale="de")
    assert there is not None, made.data
    if made.unplaced:
        return
    again = build(local, (there, made.entry))
    assert again.data == made.data
    if existing is None:
        assert len(there.body.slots) == len(local.term.file.body.slots)
        assert is_up_to_date(local, made.entry)
