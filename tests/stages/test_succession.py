"""Which new text took over from which that vanished: by its words, in their order."""

from __future__ import annotations

from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.stages.succession import successors

WORDS = "one two three four five six seven eight"


def heir(old: str, *new: str) -> str | None:
    keys = [("a/body", text) for text in new]
    segments = {key: Segment("body", Kind.PARAGRAPH, key[1], markdown=True) for key in keys}
    gone = Unit("a/body", old)
    found = successors([gone], keys, segments).get(gone.key)
    return found and found[1]


def test_the_same_words_in_another_order_are_another_text() -> None:
    backwards = " ".join(reversed(WORDS.split()))
    edited = WORDS.replace("four", "4")
    assert heir(WORDS, backwards) is None
    assert heir(WORDS, backwards, edited) == edited
