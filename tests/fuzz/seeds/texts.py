"""Term files and texts, and what is looked for in them."""

from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.stages.recall.index import postings_of
from i18n_pipeline.stages.recall.stored import to_bytes
from tests.fuzz.given import joined
from tests.fuzz.seeds.material import FORMATS, GERMAN, TERM, TESTS, TEXTS, golden

_TOML = (
    '+++\nterm = "Token"\nkeywords = ["a", "b"]\n[seo]\ndescription = """x\ny"""\n+++\nA text.\n'
)


def term_files() -> Sequence[bytes]:
    """Term files."""
    return [TERM.encode(), _TOML.encode(), *golden(FORMATS / "data" / "terms", ".md")]


def fronts() -> Sequence[bytes]:
    """A text, and front matter to put it into."""
    blocks = [data.split(b"---\n")[1] for data in term_files() if data.count(b"---\n") > 1]
    blocks += [data.split(b"+++\n")[1] for data in term_files() if data.count(b"+++\n") > 1]
    return [joined(text, block) for block in blocks for text in ("Ж: x", "a\nb", "'")]


def two_terms() -> Sequence[bytes]:
    """A source, and a page or a text."""
    return [
        joined(TERM, "Ж"),
        joined(TERM, GERMAN),
        joined(_TOML, "**x**"),
        joined(GERMAN, TERM),
    ]


def page_and_past() -> Sequence[bytes]:
    """A source, a page, and the source as it was before."""
    past = TERM.replace("reads **pieces**", "read *pieces*").replace("- one item\n", "")
    return [*two_terms(), joined(TERM, GERMAN, past), joined(TERM, TERM, past)]


def three_terms() -> Sequence[bytes]:
    """A source, a page, and another version or a text."""
    golden = TESTS / "stages" / "data"
    cases = [sorted(path.rglob("*.md")) for path in sorted(golden.iterdir()) if path.is_dir()]
    whole = [joined(*(path.read_bytes() for path in found[:3])) for found in cases]
    return [joined(TERM, GERMAN, "Ж"), joined(TERM, GERMAN, GERMAN + "\nMehr.\n"), *whole]


def texts() -> Sequence[bytes]:
    """Texts of units."""
    return [text.encode() for text in TEXTS]


def pairs() -> Sequence[bytes]:
    """Two or three texts."""
    return [joined(one, other, TEXTS[0]) for one in TEXTS for other in TEXTS]


def answers() -> Sequence[bytes]:
    """A text, and what an engine says of it."""
    said = 'Ein <g id="1">fetter</g> <g id="2">Link<g id="3">Titel</g></g> <x id="4"/> <x id="5"/>'
    return [joined(text, said, said) for text in TEXTS]


def folders() -> Sequence[bytes]:
    """Files with their paths."""
    german = GERMAN.replace("](/g/lora", "](/de/g/lora")
    return [
        joined(f"terms/en/a.md\n{TERM}", f"terms/de/a.md\n{german}", f"terms/en/b.md\n{TERM}"),
        joined(f"docs/a.md\n{TERM}", f"docs/a.de.md\n{german}", "docs/README.md\nx"),
        joined(
            f"a/index.md\n{TERM}", f"i18n/fr/docusaurus-plugin-content-docs/current/a.md\n{german}"
        ),
    ]


def addresses() -> Sequence[bytes]:
    """An address, and a text with some."""
    return [
        joined(one, TEXTS[0]) for one in ("/g/a", "/de/b/c/?x#y", "https://x.org/a", "a (b) <c>")
    ]


def numbers() -> Sequence[bytes]:
    """Numbers as locales write them."""
    return [
        b"1,024.5 of 2\xc2\xa0000 Mio. in 3.1.2024",
        "1億2,000万と3割、٣٫٥ 10k".encode(),
        b"1234.5",
    ]


def indexes() -> Sequence[bytes]:
    """An index as it is kept, wordings, and one that is looked for."""
    wordings = [" ".join(text.split()) for text in TEXTS]
    kept = to_bytes(postings_of(wordings))
    assert kept is not None
    return [
        joined(kept, "\n".join(wordings), "Only words, 1,024 of them."),
        joined(b"", "a b c", "a b c d"),
    ]
