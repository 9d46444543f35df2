"""Texts of more markup than is taken apart: what people put into a review file ends no run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n_pipeline.config import Fields
from i18n_pipeline.formats.rejected import Rejections
from i18n_pipeline.formats.term_file import Rules
from i18n_pipeline.glossary import Entry, Glossary
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS, parser
from i18n_pipeline.model import Kind, Segment, Unit
from i18n_pipeline.stages.foreign import Foreign
from i18n_pipeline.stages.foreign.splitting import pieces
from i18n_pipeline.stages.foreign.wording import Likeness, readings, tokens_in
from i18n_pipeline.stages.leverage import Reuse, leverage
from i18n_pipeline.stages.moving import Move, Moving
from i18n_pipeline.stages.rejecting import Rejected, bare
from i18n_pipeline.stages.renaming import Rename, Renamer

SEGMENT = Segment("body", Kind.PARAGRAPH, "", markdown=True)
MARKS = "*a* " * 21


@pytest.fixture(autouse=True)
def _little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MOST_EVENTS", 20)


def test_what_was_rejected_is_known_by_its_characters() -> None:
    text = f"{MARKS} `x`  rejected"
    assert bare(text, SEGMENT, DEFAULT_EXTENSIONS) == f"{MARKS}`x` rejected"
    rejected = Unit("lora/body", "One.", text)
    known = Rejected(Rejections(), DEFAULT_EXTENSIONS).of(rejected, SEGMENT)
    other = Rejected(Rejections(), DEFAULT_EXTENSIONS).of(
        replace(rejected, target=f"{text}!"), SEGMENT
    )
    assert known.target != other.target


def test_its_links_to_a_term_that_moves_stay() -> None:
    addresses = Addresses({}, "source", (), "ja", frozenset({"token"}))
    moving = Moving(Move("token", "piece", "token", "piece"), (addresses,), Rules(Fields()))
    assert moving.text("[a](token)", SEGMENT, "lora") == "[a](piece)"
    assert moving.text(f"{MARKS}[a](token)", SEGMENT, "lora") == f"{MARKS}[a](token)"


def test_it_is_proposed_for_no_similar_text() -> None:
    source = "Only a few weights are trained, of low rank."
    reviewed = Unit("lora/body", source, "Wenige Gewichte.", reviewed=True)
    wanted = Unit("wanted/body", source.replace("low", "any"))
    reuse = Reuse(imported=False, least=lambda _: 75, extensions=DEFAULT_EXTENSIONS)

    def proposed(target: str) -> str:
        units = (wanted, replace(reviewed, target=target))
        segments = {one.key: replace(SEGMENT, source=one.source) for one in units}
        return leverage(units, segments, reuse, lambda: ()).units[0].target

    assert proposed("Wenige *Gewichte*.") == "Wenige *Gewichte*."
    assert proposed(f"{MARKS}Gewichte.") == ""


def test_a_foreign_one_is_found_by_its_letters_and_is_one_text() -> None:
    text = f"{MARKS}[seen](/x)"
    tokens = tokens_in(text, "", DEFAULT_EXTENSIONS)
    assert tokens == ()
    assert dict(readings(text, tokens))[Likeness.SAME] == text
    foreign = Foreign(f"{text}\n\n- one\n- two", f"{text}\n\n- eins\n- zwei", done=True)
    assert pieces(foreign, DEFAULT_EXTENSIONS) == (foreign,)


def test_a_term_that_is_renamed_is_found_in_it() -> None:
    terms = Glossary((Entry("token", "トークン", slug="token"),))
    renamer = Renamer(Rename("token", "トークン", "詞元"), terms, terms.entries, "ja")
    unit = Unit("llm/body", "A token", f"{MARKS}トークン", reviewed=True)
    (renamed,) = renamer.over([unit], {unit.key: replace(SEGMENT, source=unit.source)})
    assert renamed.after.target == f"{MARKS}詞元"
