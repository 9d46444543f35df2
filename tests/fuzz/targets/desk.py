"""The review desk: texts as nodes of its page, what is marked in them, what browsers ask of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from i18n_pipeline.desk.cells import cell_words
from i18n_pipeline.desk.marking import (
    in_browser,
    issue_of,
    renderings_in,
    survivors,
    terms_in,
    tokens_in,
)
from i18n_pipeline.desk.rendering import Place, document, inline
from i18n_pipeline.desk.sharing import as_json, shared
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import read_body
from i18n_pipeline.formats.decisions import decision_of
from i18n_pipeline.formats.po import read_po, write_po
from i18n_pipeline.markdown import EXTENSIONS, parse
from i18n_pipeline.model import Catalog, Edit, QualityIssue, Severity, Unit
from i18n_pipeline.origins import machine
from i18n_pipeline.stages.conflicts import parked
from i18n_pipeline.stages.deciding import decided, fault_of, says_the_same, set_aside, version_of
from tests.fuzz.given import has_words, parts, text_of
from tests.fuzz.targets.texts import BODY, GLOSSARY, REFERENCES

_NAMES = frozenset(
    [
        "p",
        "h",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "span",
        "em",
        "strong",
        "s",
        "code",
        "html",
        "link",
        "image",
        "sup",
        "br",
        "div",
        "pre",
        "hr",
    ]
)
_ATTRIBUTES = frozenset({"level", "start", "class", "label", "title", "unit"})
_UNITS = (
    Unit("term/body", "A text."),
    Unit("term/body", "A text.", "Ein Text.", reviewed=True, comments=("hers",)),
    Unit("term/body", "A text.", "Entwurf.", origin=machine("DeepL", "Entwurf.")),
)


def rendered(data: bytes) -> None:
    """What the page shows is made of elements that it knows; marking units changes no letter."""
    text = text_of(data)
    try:
        body = read_body(text.encode(), EXTENSIONS)
        parsed = parse(text.encode(), EXTENSIONS)
        inside = inline(text, REFERENCES, EXTENSIONS)
    except BadFile:
        return
    places = [Place(s.leaf.start, s.leaf.end, f"u{at}") for at, s in enumerate(body.slots)]
    places = sorted((p for p in places if p.end > p.start), key=lambda place: place.start)
    root = document(parsed, places)
    for nodes in (root, inside):
        _are_known(nodes)
        json.dumps(nodes)
    assert all(0 <= at < len(body.slots) for at in cell_words(body))
    assert _letters(document(parsed)) == _letters(root)
    assert set(_units(root)) <= {place.unit for place in places}
    told = shared({"a": root, "b": [root, inside]})
    assert _revived(json.loads(as_json(told))) == json.loads(
        json.dumps({"a": root, "b": [root, inside]})
    )


def _are_known(nodes: Sequence[object]) -> None:
    for node in nodes:
        if isinstance(node, str):
            continue
        assert isinstance(node, list)
        name, attributes, children = node
        assert name in _NAMES, node
        assert attributes.keys() <= _ATTRIBUTES, node
        assert all(isinstance(one, (str, int)) for one in attributes.values()), node
        _are_known(children)


def _letters(nodes: Sequence[object]) -> str:
    return "".join(one if isinstance(one, str) else _letters(one[2]) for one in nodes)  # type: ignore[index]  # a node


def _units(nodes: Sequence[object]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, list):
            if "unit" in node[1]:
                yield node[1]["unit"]
            yield from _units(node[2])


def _revived(told: Mapping[str, object]) -> object:
    """As revive.js does it."""
    known: list[object] = []

    def full(value: object) -> object:
        if isinstance(value, list):
            return [full(one) for one in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1 and isinstance(value.get("$"), int):
            return known[value["$"]]
        return {name: full(one) for name, one in value.items()}

    values = told["shared"]
    assert isinstance(values, list)
    known += (full(value) for value in values)
    return full(told["root"])


def marked(data: bytes) -> None:
    """What is marked in a text stands there, as browsers count letters."""
    source, target = map(text_of, parts(data, 2))
    segment = replace(BODY, source=source)
    tokens = tokens_in(segment, source, EXTENSIONS)
    in_target = tokens_in(segment, target, EXTENSIONS)
    for one in (*terms_in(source, tokens, GLOSSARY), *survivors(source, tokens)):
        told = _slice(source, one)
        assert told == one.get("text", told), one
    last = 0
    for one in renderings_in(target, source, in_target, GLOSSARY):
        assert _slice(target, one)
        assert last <= int(str(one["start"])), one
        last = int(str(one["end"]))
    half = len(target) // 2
    issue = QualityIssue("html", Severity.ERROR, False, "x", target=target, at=(half, len(target)))
    at = issue_of(replace(issue, edit=Edit(0, half, "")))["at"]
    assert isinstance(at, dict)
    assert _slice(target, at) == target[half:]
    assert in_browser(target, 0) == 0


def _slice(text: str, place: Mapping[str, object]) -> str:
    """What JavaScript's `slice` gives; fails for a place within a letter."""
    start, end = int(str(place["start"])), int(str(place["end"]))
    assert 0 <= start <= end
    units = text.encode("utf-16-le", "surrogatepass")
    assert end * 2 <= len(units)
    return units[start * 2 : end * 2].decode("utf-16-le")


def asked(data: bytes) -> None:
    """What a browser asks is refused, or decided as it was said: the file then says it too."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return
    try:
        decision = decision_of(said)
    except BadFile as refused:
        has_words(refused)
        return
    if fault_of(decision):
        return
    for unit in _UNITS:
        version_of(unit)
        after = decided(unit, decision)
        assert after.target == decision.text
        assert says_the_same(after, decision)
        assert after.reviewed == (decision.verb == "approve")
        assert set(unit.comments) <= set(after.comments)
        aside = set_aside(unit, decision)
        assert aside.target == unit.target
        told = (unit.target, "", *(one.text for one in parked(aside)))
        assert decision.text in told, aside
        for one in (after, aside):
            (again,) = read_po(write_po(Catalog((one,)))).units
            assert (again.target, again.reviewed) == (one.target, one.reviewed and bool(one.target))
            assert [line.strip() for line in again.comments] == [
                line.strip() for line in one.comments
            ]
            assert again.by_person == one.by_person
