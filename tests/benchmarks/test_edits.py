from pathlib import Path

from benchmarks.edits import edit, paragraphs

TEXT = """\
---
term: Cat
definition: A small animal.
---

A cat sleeps.

- It purrs.

```text

It is no prose.
```

It wakes.
"""


def test_paragraphs_are_prose_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "cat.md"
    file.write_text(TEXT, "utf-8")
    lines = TEXT.split("\n")
    assert [lines[number] for _, number in paragraphs([file])] == ["A cat sleeps.", "It wakes."]


def test_an_edit_adds_a_sentence_to_as_many_paragraphs_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "cat.md"
    file.write_text(TEXT, "utf-8")
    edit(paragraphs([file]), 1, 3)
    before, after = TEXT.split("\n"), file.read_text("utf-8").split("\n")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0].endswith(". It was looked at again in turn 3.")
    edit(paragraphs([file]), 2, 4)
    assert file.read_text("utf-8").count("turn 4") == 2
