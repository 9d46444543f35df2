"""Sound texts in which every known fault is possible, for what the project's glossary lacks."""

from __future__ import annotations

from dataclasses import replace

from i18n_pipeline.checks import Subject
from i18n_pipeline.checks.faults import Sound
from i18n_pipeline.config import Style
from i18n_pipeline.glossary import Entry, Glossary, Status
from i18n_pipeline.model import Kind
from tests.checks.subjects import subject

TERMS = Glossary(
    (
        Entry("language model", "Sprachmodell"),
        Entry("language model", "Sprachmodel", Status.DEPRECATED),
        Entry("weight", "Gewicht", forms=("Gewichte",)),
    ),
    keep=("PyTorch",),
)
STYLE = Style(spelling={"ß": ("ss",), "Grafik": ("Graphik",)})

GERMAN = {
    Kind.PARAGRAPH: (
        (
            (
                "Press <kbd>Esc</kbd> in PyTorch, and the language model writes `max_len` as "
                "[a **number**](/glossary/token) of at least 5 &lt;b&gt; steps."
            ),
            (
                "Drück in PyTorch <kbd>Esc</kbd>, und das Sprachmodell schreibt `max_len` als "
                "[eine **Zahl**](/glossary/token) von mindestens 5 &lt;b&gt; Schritten."
            ),
        ),
        (
            (
                "The graphic shows 4,096 weights in 16 GB, of which 40% are never read; the "
                "rest does not matter.\\\nA greater one does (see `top_p` and `top_k`)."
            ),
            (
                "Die Grafik zeigt 4.096 Gewichte in 16 GB, von denen 40 % gelesen werden; der "
                "große Rest zählt nicht.\\\nEin größerer schon (siehe `top_p` und `top_k`)."
            ),
        ),
    ),
    Kind.HEADING: (("What a model reads", "Was ein Modell liest"),),
    Kind.TEXT: (("Q&A with a friend", "Q&A mit einer Freundin"),),
}
JAPANESE = {
    Kind.PARAGRAPH: (
        (
            "A model reads **every** word of it, and then it does not forget the 12 words.",
            "モデルは**すべての**言葉を読み、そのあとも12の言葉を忘れません。",
        ),
    ),
}
FRENCH = {Kind.PARAGRAPH: (("Does a model read it?", "Un modèle le lit-il\u202f?"),)}


def sounds() -> list[Sound]:
    """All of them."""
    tables = (("de", GERMAN), ("ja", JAPANESE), ("fr", FRENCH))
    return [
        Sound(_subject(locale, kind, *texts))
        for locale, table in tables
        for kind, pairs in table.items()
        for texts in pairs
    ]


def _subject(locale: str, kind: Kind, source: str, target: str) -> Subject:
    one = subject(
        source, target, kind=kind, markdown=kind is not Kind.TEXT, locale=locale, glossary=TERMS
    )
    return replace(one, style=STYLE)
