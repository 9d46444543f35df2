"""Regular expressions that are compiled late."""

from __future__ import annotations

import pickle
import re
import sys
from importlib import import_module
from pkgutil import walk_packages
from unittest.mock import Mock

import pytest

import i18n_pipeline
from i18n_pipeline import expressions
from i18n_pipeline.expressions import expression


def test_answers_as_a_compiled_one() -> None:
    late, compiled = expression(r"(?P<word>\w+)", re.ASCII), re.compile(r"(?P<word>\w+)", re.ASCII)
    text = "one, two"
    assert late.findall(text) == compiled.findall(text)
    assert late.sub("x", text) == compiled.sub("x", text)
    assert [each.span() for each in late.finditer(text)] == [(0, 3), (5, 8)]
    assert late.pattern == compiled.pattern
    assert late.groupindex == compiled.groupindex
    assert late.flags == compiled.flags


def test_bytes() -> None:
    assert expression(rb"\d").split(b"a1b") == [b"a", b"b"]


def test_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = Mock(wraps=re.compile)
    monkeypatch.setattr(re, "compile", compiled)
    late = expression("a")
    compiled.assert_not_called()
    assert late.match("a")
    assert late.match("a")
    assert late.search("ba")
    compiled.assert_called_once_with("a", 0)


def test_faulty_ones_say_so_when_used() -> None:
    late = expression("(")
    with pytest.raises(re.error):
        late.match("a")


def test_sent_to_another_process() -> None:
    late = expression("a+", re.IGNORECASE)
    again = pickle.loads(pickle.dumps(late))  # noqa: S301 - what was packed here
    assert again.match("AA").end() == 2


def test_every_expression_of_ours_can_be_compiled() -> None:
    for module in walk_packages(i18n_pipeline.__path__, "i18n_pipeline."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    ours = [each for name, each in sys.modules.items() if name.startswith("i18n_pipeline")]
    late = [
        each for module in ours for each in vars(module).values() if isinstance(each, _LATE_KIND)
    ]
    assert len(late) > 300
    for each in late:
        re.compile(each.pattern, each.flags & ~re.UNICODE if isinstance(each.pattern, str) else 0)


_LATE_KIND = expressions._Late
