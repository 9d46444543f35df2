"""Golden term files: `source.md`, the segments read from it, and the file written back.

Run as a program to write `segments.txt` and `pseudo.md` anew; then read the difference.
"""

from __future__ import annotations

from pathlib import Path

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.front_matter import Change, SetItems, SetText
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, EXTENSIONS
from i18n_pipeline.model import Kind, Segment

DATA = Path(__file__).parent / "data" / "terms"
_TITLED = Fields(locale="", slug="", name="title", translate=("title",), localize=("tags",))
_STYLES = Fields(
    translate=(
        *("term", "definition", "summary", "notice", "motto", "seo.description", "seo.title"),
        *("faq.question", "faq.answer", "aliases", "number", "empty"),
    ),
    markdown=("faq.question",),
)
_TOML = Fields(
    locale="", name="title", translate=("title", "summary", "seo.description"), localize=("tags",)
)
RULES = {
    "glossary-term": Rules(Fields()),
    "wrapped-lines": Rules(_TITLED, DEFAULT_EXTENSIONS | {"shortcode"}),
    "toml": Rules(_TOML),
    "every-construct": Rules(Fields(), EXTENSIONS - {"mdx"}),
    "mdx": Rules(Fields(), DEFAULT_EXTENSIONS | {"mdx", "heading-attributes"}),
    "spaceless-scripts": Rules(Fields()),
    "front-matter-styles": Rules(_STYLES),
}


def read(case: str, data: bytes) -> TermFile:
    """Read a case's file under the case's rules."""
    return read_term(data, RULES[case], case, "ja" if case == "spaceless-scripts" else "en")


def marked(segment: Segment) -> str:
    """What stands for the translation of a segment."""
    if segment.kind is Kind.LIST:
        return "\n".join(f"«{line}»" for line in segment.source.split("\n"))
    return f"«{segment.source}»"


def pseudo(term: TermFile) -> bytes:
    """The file with every segment marked."""
    changes: list[Change] = []
    for slot in term.fields:
        if slot.segment.kind is Kind.LIST:
            changes.append(SetItems(str(slot.path[0]), tuple(marked(slot.segment).split("\n"))))
        else:
            changes.append(SetText(slot.path, marked(slot.segment)))
    return term.render(changes, [term.body.patch(s, marked(s.segment)) for s in term.body.slots])


def listed(term: TermFile) -> str:
    """The segments as a text that people read: field and kind, heading path, note, source."""
    return "\n".join(_listed(segment) for segment in term.segments)


def _listed(segment: Segment) -> str:
    head = f"{segment.field}, {segment.kind}{', Markdown' if segment.markdown else ''}"
    lines = [" > ".join((head, *segment.headings))]
    lines += [f"  note: {segment.note}"] if segment.note else []
    lines += [f"  knows: {line}" for line in segment.definitions.splitlines()]
    lines += [f"  | {line}⏎" for line in segment.source.split("\n")]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write what is derived of every case."""
    for case in RULES:
        term = read(case, (DATA / case / "source.md").read_bytes())
        (DATA / case / "segments.txt").write_text(listed(term), encoding="utf-8")
        (DATA / case / "pseudo.md").write_bytes(pseudo(term))


if __name__ == "__main__":
    main()
