"""Units as exports hold them: one of everything, and any."""

from __future__ import annotations

from hypothesis import strategies as st

from i18n_pipeline.formats.packages import Package, Sent
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.origins import machine

_RICH = (
    'Only **few** weights, as [the paper](https://a.org/x "On LoRA & co") says; the library is '
    "`peft`, see [LoRA], <br> &amp; {{ x }}.\\\nA further line[^1]."
)
_SPANISH = (
    'Pocos **pesos**, según [el artículo](https://a.org/x "Sobre LoRA"); la biblioteca es `peft`, '
    "véase [los adaptadores][LoRA] y [más](/glossary/token), <br> &amp; {{ x }}.\\\nOtra[^1]."
)
_DEFINITIONS = "[a]: /b\n[b]: /c\n\n[^1]: n"
_DRAFT = "Una manera barata."

SENT = (
    Sent(Unit("category", "Methods"), Segment("category", Kind.VOCABULARY, "Methods")),
    Sent(
        Unit("lora/term", "LoRA", "LoRA", reviewed=True, path="terms/en/lora.md"),
        Segment("term", Kind.NAME, "LoRA"),
    ),
    Sent(
        Unit(
            "lora/definition",
            "A cheap way.",
            _DRAFT,
            origin=machine("DeepL", _DRAFT),
            notes=("text", "Page: https://a.org/es/lora"),
            path="terms/en/lora.md",
        ),
        Segment("definition", Kind.TEXT, "A cheap way."),
    ),
    Sent(
        Unit(
            "lora/body",
            _RICH,
            _SPANISH,
            previous="Only weights.",
            notes=("paragraph: How it works",),
            comments=("¿pesos o parámetros?", "i18n: off numbers: an era"),
            path="terms/en/lora.md",
        ),
        Segment(
            "body",
            Kind.PARAGRAPH,
            _RICH,
            markdown=True,
            headings=("How it works",),
            definitions="[LoRA]: /glossary/lora\n\n[^1]: a note",
        ),
        (("weight", "peso"), ("library", "biblioteca")),
    ),
    Sent(
        Unit("lora/keywords", "=LoRA\nadapter", path="terms/en/lora.md"),
        Segment("keywords", Kind.LIST, "=LoRA\nadapter"),
    ),
)
PACKAGE = Package("en", "es", SENT, DEFAULT_EXTENSIONS)

_PIECES = st.sampled_from([
    "word", " ", "\n", "  \n", "**", "*", "_", "`x`", "`", "[a](/b)", '[a](/b "c")', "[a]",
    "[a][b]", "![i](/j)", "<br>", "<b>", "</b>", "&lt;", "&", "<", ">", '"', "\\*", "\\", "{{ x }}",
    "$x$", "[^1]", "https://a.org/?a=b&c", "重要", "「", "é", "\u2028", "\x85", "\ufffe", "=",
    "-1", "'=", "''@", "'", ",", ";", "\t", "|", "~~x~~",
])  # fmt: skip
TEXTS = st.lists(_PIECES, min_size=1, max_size=12).map("".join).filter(str.strip)
_COMMENTS = st.lists(st.sampled_from(["why?", "=1", "ok"]), max_size=2, unique=True).map(tuple)


@st.composite
def units(draw: st.DrawFn) -> Sent:
    """Any unit; with a translation more often than not."""
    source, target = draw(TEXTS), draw(st.just("") | TEXTS | TEXTS)
    unit = Unit(
        f"{draw(st.sampled_from(['lora', 'token']))}/body",
        source,
        target,
        reviewed=bool(target) and draw(st.booleans()),
        previous=draw(st.none() | TEXTS) if target else None,
        notes=("paragraph",),
        comments=draw(_COMMENTS),
        path="terms/en/lora.md",
    )
    markdown = draw(st.booleans())
    segment = Segment(
        "body", Kind.PARAGRAPH, source, markdown, definitions="[a]: /b\n[b]: /c\n\n[^1]: n"
    )
    return Sent(unit, segment, draw(st.just(()) | st.just((("a", "b"),))))


PACKAGES = (
    st.lists(units(), min_size=1, max_size=6, unique_by=lambda sent: sent.unit.key)
    .map(lambda found: sorted(found, key=lambda sent: sent.unit.slug))
    .map(lambda found: Package("en", "es", tuple(found), DEFAULT_EXTENSIONS))
)
