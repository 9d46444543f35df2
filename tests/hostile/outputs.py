"""Everything that shows texts: what is run, and the witness of what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.hostile import witnesses
from tests.stubs.site import Site

Output = Callable[[Site], Iterator[str]]
"""What is obeyed or computed in what a command gives out; nothing, where all is well."""

TERMINAL = (
    ("sync", "--verbose"),
    ("status", "--verbose", "--stale", "--explain"),
    ("status", "--live", "--verbose"),
    ("status", "--why", "文"),
    ("check", "--verbose"),
    ("plan", "--verbose"),
    ("report", "--verbose"),
    ("provenance",),
    ("doctor",),
    ("glossary", "list"),
    ("glossary", "check"),
    ("glossary", "suggest"),
    ("memory", "search", "The sentence N00 stands here.", "--lang", "ja"),
    ("memory", "stats"),
)
AS_JSON = (
    ("check",),
    ("status", "--live"),
    ("provenance",),
    ("report",),
    ("glossary", "list"),
)
TERMBASES = ("csv", "tsv", "tbx", "deepl-csv", "google-csv")


def terminal(site: Site) -> Iterator[str]:
    """All that is printed for people."""
    for arguments in TERMINAL:
        ran = site.run(*arguments)
        assert ran.code in (0, 2, 3, 65), (arguments, ran.err)
        for found in (*witnesses.in_text(ran.out), *witnesses.in_text(ran.err)):
            yield f"{' '.join(arguments)}: {found}"


def for_programs(site: Site) -> Iterator[str]:
    """All that is printed for programs."""
    for arguments in AS_JSON:
        yield from witnesses.in_json(site.report(*arguments).out)
    yield from witnesses.in_json(site.run("check", "--format", "sarif").out)
    yield from witnesses.in_xml(site.run("check", "--format", "junit").out.encode())
    yield from witnesses.in_text(site.run("check", "--format", "junit").out)
    yield from witnesses.in_github(site.run("check", "--format", "github").out)


def summary(site: Site) -> Iterator[str]:
    """What a forge shows under a run."""
    site.run("sync", "--verbose", "--summary-md", "out/summary.md")
    yield from witnesses.in_summary(site.read("out/summary.md"))


def pages(site: Site) -> Iterator[str]:
    """The report as a site, and the review's page."""
    assert site.run("report", "-o", "out/report", "--date", "2026-11-28").code in (0, 65)
    for path in sorted((site.root / "out/report").rglob("*.html")):
        yield from witnesses.in_site_page(path.read_text(encoding="utf-8"))
    assert site.run("review", "--lang", "ja", *_ALL, "-o", "out/review.html").code in (0, 3)
    yield from witnesses.in_site_page(site.read("out/review.html"))


def tables(site: Site) -> Iterator[str]:
    """What goes out to tools of others."""
    for form in ("xlf", "csv"):
        assert site.run("export", "--lang", "ja", *_ALL, "-o", f"out/job.{form}").code in (0, 65)
    yield from witnesses.in_xml((site.root / "out/job.xlf").read_bytes())
    yield from witnesses.in_table(site.read("out/job.csv"))
    assert site.run("memory", "export", "-o", "out/memory.tmx").code in (0, 65)
    yield from witnesses.in_xml((site.root / "out/memory.tmx").read_bytes())
    yield from witnesses.in_table(site.run("provenance", "--format", "csv").out)
    for form in TERMBASES:
        ran = site.run("glossary", "export", "--lang", "ja", "--to", form)
        assert ran.code in (0, 3, 65), ran.err
        if form == "tbx":
            yield from witnesses.in_xml(ran.out.encode())
        elif not form.endswith("-csv"):
            yield from witnesses.in_table(ran.out, "\t" if form == "tsv" else ",")


_ALL = ("--state", "untranslated,needs-review,reviewed")

OUTPUTS: dict[str, Output] = {
    "terminal": terminal,
    "for programs": for_programs,
    "summary": summary,
    "pages": pages,
    "tables": tables,
}
