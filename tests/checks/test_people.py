"""What people wrote must not be taken for an attack: the safety rules on real translations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from i18n_pipeline.checks import RULES, Subject, check
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats.body import Body, read_body
from i18n_pipeline.links import Addresses
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from i18n_pipeline.model import Unit

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpora" / "cncf-glossary"
EXTENSIONS = DEFAULT_EXTENSIONS | {"shortcode"}
SAFETY = [rule for rule in RULES if rule.safety]

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(),
    reason="the Cloud Native Glossary is not beside the project",
)


def body_of(path: Path) -> Body | None:
    if not path.exists():
        return None
    _, _, rest = path.read_bytes().partition(b"---")[2].partition(b"\n---")
    try:
        return read_body(rest.partition(b"\n")[2], EXTENSIONS)
    except BadFile:
        return None


def subjects(locale: str) -> Iterator[Subject]:
    """The segments of files whose blocks are still those of their source."""
    slugs = frozenset(path.stem for path in (CORPUS / "en").glob("*.md"))
    addresses = Addresses({"/{slug}/": "/{locale}/{slug}/"}, "source", (), locale, slugs)
    for path in sorted((CORPUS / locale).glob("*.md")):
        source, target = body_of(CORPUS / "en" / path.name), body_of(path)
        if source is None or target is None:
            continue
        kinds = [[slot.segment.kind for slot in body.slots] for body in (source, target)]
        if kinds[0] != kinds[1]:
            continue
        for theirs, ours in zip(source.slots, target.slots, strict=True):
            unit = Unit(f"{path.stem}/body", theirs.segment.source, ours.segment.source)
            yield Subject(unit, theirs.segment, locale, EXTENSIONS, addresses)


@pytest.mark.parametrize("locale", ["ja", "es", "de"])
def test_human_translations_are_safe_but_for_links_their_source_lacks(locale: str) -> None:
    judged = 0
    for subject in subjects(locale):
        judged += 1
        for issue in check(subject, SAFETY):
            assert issue.check == "destinations"  # the corpus has moved on since: links differ
            address = issue.message.split("`")[1]
            assert subject.addresses.canonical(address) not in subject.source
    assert judged
