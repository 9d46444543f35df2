"""Glossary entries for property tests: whatever may stand in a file, and no two that disagree."""

from __future__ import annotations

from hypothesis import strategies as st

from i18n_pipeline.formats.glossaries.listing import sought
from i18n_pipeline.glossary import Entry, Status

_LETTERS = st.characters(
    exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"], exclude_characters="\x85|"
)


def texts(smallest: int = 1, extra: str = "") -> st.SearchStrategy[str]:
    """Texts of one line without spaces at the ends; `extra` characters may be in the middle."""
    letters = _LETTERS | st.sampled_from(",;\"\t <&>'" + extra)
    return (
        st.text(letters, min_size=smallest, max_size=6)
        .map(str.strip)
        .filter(lambda text: len(text) >= smallest)
    )


ENTRIES = st.builds(
    Entry,
    source=texts(),
    target=texts(),
    status=st.sampled_from(Status),
    pos=st.sampled_from(["", "noun", "verb", "n."]),
    case_sensitive=st.booleans(),
    forms=st.lists(texts(extra="\n"), max_size=2).map(tuple),
    note=texts(0, extra="\r\n"),
)


def _agreeing(entries: list[Entry]) -> tuple[Entry, ...]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for entry in entries:
        key: tuple[object, ...] = (sought(entry), entry.target, entry.pos)
        preferred = (sought(entry), entry.pos) if entry.status is Status.PREFERRED else key
        if not {key, preferred} & seen:
            kept.append(entry)
            seen |= {key, preferred}
    return tuple(kept)


LISTS = st.lists(ENTRIES, max_size=6).map(_agreeing)
"""Entries that may stand in one file together."""
