"""How translators changed links between terms: `/slug/` in the source, `/ja/slug/` in Japanese."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.term_file import TermFile
from i18n_pipeline.stages.propose.evidence import Evidence
from i18n_pipeline.values import dataclass

_DESTINATION = expression(r"\]\(\s*<?([^()\s<>]+)")
_ELSEWHERE = expression(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_PAGE = expression(r"\.(?:mdx?|markdown|html?)\Z")
_CLEAR = 0.6


@dataclass(frozen=True)
class Rewriting:
    """Patterns of addresses by the source's, with what shows them.

    `maybe` are patterns of the source's links that no translation tells about.
    """

    patterns: Mapping[str, str]
    why: Mapping[str, str]
    maybe: tuple[str, ...] = ()


def find_rewriting(evidence: Evidence, slugs: frozenset[str], source: str) -> Rewriting:
    """What most links to known terms became in translations; `source` is the source locale."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for locale, original, translation in evidence.pairs():
        ours = _forms(original, slugs)
        for slug, form in _forms(translation, slugs).items():
            if slug in ours:
                votes[_bare(ours[slug])][_bare(_with_locale(form, locale))] += 1
    usual = _usual_ends(evidence, slugs)
    patterns: dict[str, str] = {}
    why: dict[str, str] = {}
    for form, counted in sorted(votes.items(), key=lambda item: (-item[1].total(), item[0])):
        other, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
        end = "/" if usual[form + "/"] > usual[form] else ""
        clear = count >= _CLEAR * counted.total() and "{locale}" in other and form != other
        if clear and other + end not in patterns.values():
            patterns[form + end] = other + end
            why[form + end] = f"{count} of {counted.total()} links between terms"
    return Rewriting(patterns, why, () if votes else _maybe(usual, source))


def _forms(file: TermFile, slugs: frozenset[str]) -> dict[str, str]:
    """The forms of a file's links to known terms, by slug; the first link to a term counts."""
    found: dict[str, str] = {}
    for destination in _destinations(file):
        slug, form = _form(destination, slugs)
        if slug:
            found.setdefault(slug, form)
    return found


def _destinations(file: TermFile) -> Iterator[str]:
    for slot in file.body.slots:
        if "](" in slot.segment.source:
            yield from _DESTINATION.findall(slot.segment.source)
    for start, end in file.body.addresses:
        yield file.body.data[start:end].decode("utf-8", "replace").strip("<>")


def _form(destination: str, slugs: frozenset[str]) -> tuple[str, str]:
    """The known term a destination ends with, and the destination with `{slug}` for it."""
    path = re.split("[?#]", destination)[0]
    if _ELSEWHERE.match(destination) or "{" in path or "}" in path:
        return "", ""
    whole = path.removesuffix("/")
    parts = whole.split("/")
    for at in range(len(parts)):
        last = "/".join(parts[at:])
        slug = _PAGE.sub("", last)
        if slug in slugs:
            form = "/".join([*parts[:at], "{slug}" + last[len(slug) :]])
            return slug, form + path[len(whole) :]
    return "", ""


def _with_locale(form: str, locale: str) -> str:
    """A form with `{locale}` where a component is the locale."""
    parts = ("{locale}" if part.lower() == locale.lower() else part for part in form.split("/"))
    return "/".join(parts)


def _bare(form: str) -> str:
    return form.removesuffix("/")


def _usual_ends(evidence: Evidence, slugs: frozenset[str]) -> Counter[str]:
    return Counter(
        form for file in evidence.source.values() for form in _forms(file, slugs).values()
    )


def _maybe(usual: Counter[str], source: str) -> tuple[str, ...]:
    """The commonest form of links from the site's top that has no locale in it."""
    tops = [
        form
        for form, _ in sorted(usual.items(), key=lambda item: (-item[1], item[0]))
        if form.startswith("/") and _with_locale(form, source) == form
    ]
    return tuple(tops[:1])
