"""Review files, and what comes of other programs and of reviewers."""

from __future__ import annotations

import json
from collections.abc import Sequence

from i18n_pipeline.formats.decisions import Verb
from i18n_pipeline.formats.packages import FORMS, Package, Sent, write_package
from i18n_pipeline.formats.po import read_po
from i18n_pipeline.stages.update import update
from tests.fuzz.given import joined
from tests.fuzz.seeds.material import FORMATS, PO, TERM, TESTS, golden
from tests.fuzz.targets.terms import term_of

_TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" segtype="block" srclang="en" adminlang="en"
 datatype="plaintext" o-tmf="x" creationtoolversion="1"/><body>
<tu><tuv xml:lang="en"><seg>A <bpt i="1">**</bpt>text<ept i="1">**</ept>.</seg></tuv>
<tuv xml:lang="de"><seg>Ein Text.</seg></tuv></tu>
</body></tmx>
"""


def catalogs() -> Sequence[bytes]:
    """Review files, whole and torn."""
    torn = PO.replace(
        'msgstr "Ein Text."', '<<<<<<< a\nmsgstr "Ein"\n=======\nmsgstr "Text"\n>>>>>>> b'
    )
    return [PO.encode(), torn.encode(), *golden(FORMATS, ".po")]


def three_catalogs() -> Sequence[bytes]:
    """Three versions of a review file."""
    ours, theirs = PO.replace("Ein Text", "Unser Text"), PO.replace("Ein Text", "Ihr Text")
    return [joined(PO, ours, theirs), joined(PO, PO, theirs), joined("", ours, theirs)]


def term_and_catalog() -> Sequence[bytes]:
    """A source and a review file."""
    return [joined(TERM, PO), joined("---\nterm: Token\n---\nA text now.\n", PO)]


def glossaries() -> Sequence[bytes]:
    """Glossary files of ours and of other programs."""
    return golden(FORMATS / "glossaries" / "data", ".csv", ".tsv")


def termbases() -> Sequence[bytes]:
    """Termbases."""
    return golden(FORMATS / "glossaries" / "data", ".tbx")


def memories() -> Sequence[bytes]:
    """Translation memories."""
    return [_TMX.encode()]


def packages() -> Sequence[bytes]:
    """Work packages."""
    return golden(FORMATS / "packages" / "data", ".xlf", ".csv", ".po")


def catalogs_of_others() -> Sequence[bytes]:
    """A source, a catalog of another program, and one of ours."""
    theirs = golden(TESTS / "stages" / "foreign" / "data", ".po", ".xlf")
    plain = b'#: a/term.md:3\n#. type: Plain text\nmsgid "A text."\nmsgstr "Ein Satz."\n'
    return [joined("---\nterm: Token\n---\nA text.\n", one, PO) for one in (plain, *theirs)]


def received() -> Sequence[bytes]:
    """A source, a package that went out with it, and the review file of now."""
    source = "---\nterm: Token\n---\nA *small* text.\n\nAnother one.\n"
    now = PO.replace("A text.", "A *small* text.").replace("Ein Text.", "Ein *kleiner* Text.")
    later = source.replace("small", "large")
    term, catalog = term_of(source.encode()), read_po(now.encode())
    assert term is not None
    found = update(catalog, [term])
    units = tuple(Sent(u, found.segments[u.key]) for u in found.units if u.key in found.segments)
    package = Package("en", "de", units, frozenset())
    made = [write_package(form, package) for form in FORMS]
    return [joined(text, one, now) for one in made for text in (source, later)]


def beside() -> Sequence[bytes]:
    """A text that waits, where it is from, and a comment that is there already."""
    return [
        joined("Ein Satz. \\", "terms/de/a.md", "i18n: conflict: x says\ni18n: | Ein⟨U+0009⟩Satz"),
        joined("a\n\nb|", "x", ""),
    ]


def asked() -> Sequence[bytes]:
    """Decisions as a page sends them."""
    told = {"unit": "term/body", "source": "A text.", "shown": "ab", "text": "Ein Text."}
    said = {"comment": "why\nnot", "reviewer": "Ada"}
    return [json.dumps({"verb": verb, **told, **said}).encode() for verb in Verb]


def requests() -> Sequence[bytes]:
    """What a page asks its server, and what others might."""
    own = "host: 127.0.0.1:8765\norigin: http://127.0.0.1:8765\nx-desk-token: canary-0123456789"
    there = ("/", "/desk.js", "/api/start", "/api/changes?since=3", "/api/unit/ab", "/api/page/a/b")
    asked = [f"GET {path}\n{own}\nsec-fetch-site: same-origin" for path in there]
    posted = f"POST /api/judge\n{own}\ncontent-type: application/json"
    return [*map(joined, asked), joined(posted, '{"id": "ab", "text": "x"}'), b"GET /\nhost: evil"]
