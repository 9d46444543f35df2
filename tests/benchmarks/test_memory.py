from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import memory
from benchmarks.memory import Recalled, table

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_first_reuse_and_later_ones_stand_side_by_side() -> None:
    first = Recalled(100_000, kept=False, seconds=5.61, loading=3.3, peak=244.2, filled=676)
    later = Recalled(100_000, True, 2.43, 0.449, 240.0, 676, 0.9987)
    assert list(table([first, later]))[2:] == [
        "| 100,000 | read and indexed anew | 5.61 | 3.30 | 244 | 676 |  |",
        "| 100,000 | as kept by a run before | 2.43 | 0.45 | 240 | 676 | 99.9 % |",
    ]


def test_what_is_measured_is_a_reuse_of_similar_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_EDITED", 20)
    monkeypatch.setattr(memory, "_UNSEEN", 5)
    texts = memory._texts(205)
    assert len(set(texts)) == 205
    new = memory._new(texts, 200)
    assert len(set(new) - set(texts[:200])) == 25
    memory._write(tmp_path, texts[:200], new)
    found = memory._reuse(tmp_path)
    assert 5 < found.filled <= 25
    assert 0 < found.loading < found.seconds
    assert (tmp_path / ".i18n/memory/ja.imports").exists()
    assert memory._found(texts[:200], new) > 0.9
