"""Links between terms: an address in the source's form, in a locale's form, and back again.

Addresses are compared as the Markdown parser reads them (escapes and character references
undone) and written back as Markdown needs them; a destination that does not change keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from html import unescape
from html.entities import html5

from i18n_pipeline.expressions import expression
from i18n_pipeline.markdown import CHARACTER_REFERENCE, PUNCTUATION, Mark, Token
from i18n_pipeline.model import digest
from i18n_pipeline.values import dataclass

_SLUG = "{slug}"
_LOCALE = "{locale}"
_ESCAPED = expression(rf"\\(?P<mark>{PUNCTUATION})|(?P<reference>{CHARACTER_REFERENCE})")
_TO_ESCAPE = expression(rf"\\(?={PUNCTUATION}|\Z)|{CHARACTER_REFERENCE}|[<>]")
_NEEDS_ANGLES = expression(r"\A\Z|[\s\x00-\x20\x7f]")
_WRITABLE = expression(rf"(?:\\{PUNCTUATION}|[^\s\x00-\x20\x7f<>\\])+")
_LINE_END = expression(r"[\r\n]")
_PARENTHESIS = expression(r"[()]")
_AUTOLINK = expression(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x20]*")
_BARE = expression(r"[^\s<>\"'`]+")
_AUTHORITY = expression(
    r"(?P<authority>(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/\\?#]*)(?P<rest>.*)", re.DOTALL
)
_INVISIBLE = expression(
    r"[\s\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
LONGEST = 120
"""Characters of a slug by which it is told from others, where nobody knows it yet."""
_RUN = rf"[^\s<>\"?#]{{0,{LONGEST}}}"
"""What of a slug stands in one piece: those with a blank are nobody's to expect."""
_ENCODING = ("&", "\\")
"""Begin what a parser reads as another character."""
_SCRIPTS = ("javascript:", "vbscript:", "data:")


def scripted(destination: str) -> str:
    """The scheme of an address that runs code (`javascript:`) or "", however it is spelled."""
    plain = _INVISIBLE.sub("", destination).casefold()
    return next((scheme for scheme in _SCRIPTS if plain.startswith(scheme)), "")


@dataclass(frozen=True, slots=True)
class _Form:
    """One side of a rewriting: what it matches, and the other side to fill in."""

    pattern: re.Pattern[str]
    other: str


def _form(one: str, other: str) -> _Form:
    """A form; a slash at the end of a pattern is optional, the address decides."""
    before, _, after = one.removesuffix("/").partition(_SLUG)
    pattern = rf"{re.escape(before)}(?P<slug>[^?#]+?){re.escape(after)}(?P<rest>/?(?:[?#].*)?)"
    return _Form(re.compile(pattern, re.DOTALL), other.removesuffix("/"))


@dataclass(frozen=True)
class Addresses:
    """The addresses of one locale: how terms are linked there, and what else may be linked.

    `rewrite` maps patterns with `{slug}` to patterns with `{locale}` and `{slug}`; `missing` is
    "source" or "rewrite": what a link to a term that the locale lacks becomes; `allow` are
    patterns of destinations a translation may add; `slugs` are all known terms.
    """

    rewrite: Mapping[str, str]
    missing: str
    allow: tuple[str, ...]
    locale: str
    slugs: frozenset[str]

    def localized(self, destination: str, available: Container[str]) -> str:
        """A destination of the source as the locale has it; `available` are the terms it has.

        Query, anchor and a slash at the end stay. What could not be undone is not done.
        """
        slug, changed = self._changed(destination, self._to_locale)
        if not slug or (self.missing == "source" and slug not in available):
            return destination
        return changed if self.canonical(changed) == destination else destination

    def canonical(self, destination: str) -> str:
        """A destination of a translation in the form the source has it."""
        slug, changed = self._changed(destination, self._to_source)
        return changed if slug else destination

    def slug_of(self, destination: str) -> str | None:
        """The known term that a destination, in either form, points at."""
        slug, _ = self._changed(destination, (*self._to_locale, *self._to_source))
        return slug or None

    def astray(self, destination: str) -> str:
        """The slug that a destination in the source's form says, and no term has; "" for others.

        What a translation may link to anyway is none.
        """
        if self.slug_of(destination) is not None or self.allowed(destination):
            return ""
        each = (form.pattern.fullmatch(destination) for form in self._to_locale)
        return next((found["slug"] for found in each if found), "")

    def may_name_terms(self, text: str) -> bool:
        """Whether a destination in a text may depend on which terms there are.

        None does where nothing of what stands before or behind their slugs is in the text, and
        nothing that the parser would have made that of.
        """
        if any(mark in text for mark in _ENCODING):
            return True
        return any(landmark in text for landmark in self._landmarks)

    def slugs_in(self, text: str) -> Iterator[str]:
        """What stands in a text where slugs may: each begins with the slug of a term, known or not.

        What a parser reads as another character is read so; "" is any slug.
        """
        plain = unescape(text.replace("\\", "")) if any(map(text.__contains__, _ENCODING)) else text
        for before, pattern in self._before.items():
            if not before:
                yield ""
            elif before in plain:
                yield from pattern.findall(plain)

    def moved(self, destination: str, old: str, new: str) -> str:
        """A destination that leads to one term, in either form, leading to another instead."""
        for form in (*self._to_locale, *self._to_source):
            found = form.pattern.fullmatch(destination)
            if found and found["slug"] == old:
                return destination[: found.start("slug")] + new + destination[found.end("slug") :]
        return destination

    def allowed(self, destination: str) -> bool:
        """Whether a translation may add a destination.

        `*` stops at the end of the host, so `https://*.example.org/*` names hosts of one domain.
        A scheme that runs code is allowed only by a pattern that says it.
        """
        scheme = scripted(destination)
        return any(
            _matches(destination, pattern)
            for pattern in self.allow
            if pattern.casefold().startswith(scheme)
        )

    @cached_property
    def known_by(self) -> str:
        """A hash of the slugs of all known terms: once for each value, however many ask."""
        return digest("\0".join(sorted(self.slugs)))

    @cached_property
    def _landmarks(self) -> frozenset[str]:
        forms = (form for pair in self._patterns for form in pair)
        around = (form.removesuffix("/").partition(_SLUG) for form in forms)
        return frozenset(before or behind for before, _, behind in around)

    @cached_property
    def _before(self) -> Mapping[str, re.Pattern[str]]:
        """What stands before slugs, with what finds them: at the beginning of an address."""
        parts = {form.partition(_SLUG)[0] for pair in self._patterns for form in pair}
        return {
            one: re.compile(rf"(?<![\w/]){re.escape(one)}(?=({_RUN}))") for one in sorted(parts)
        }

    @cached_property
    def _to_locale(self) -> tuple[_Form, ...]:
        return tuple(_form(source, ours) for source, ours in self._patterns)

    @cached_property
    def _to_source(self) -> tuple[_Form, ...]:
        return tuple(_form(ours, source) for source, ours in self._patterns)

    @cached_property
    def _patterns(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (source, ours.replace(_LOCALE, self.locale)) for source, ours in self.rewrite.items()
        )

    def _changed(self, destination: str, forms: Sequence[_Form]) -> tuple[str, str]:
        """The slug a form finds, and the destination in the other form; ("", "") for none."""
        for form in forms:
            found = form.pattern.fullmatch(destination)
            if found and found["slug"] in self.slugs:
                return found["slug"], form.other.replace(_SLUG, found["slug"]) + found["rest"]
        return "", ""


def _matches(destination: str, pattern: str) -> bool:
    wanted, found = _AUTHORITY.fullmatch(pattern), _AUTHORITY.fullmatch(destination)
    if wanted is None or found is None:
        return wanted is found and fnmatchcase(destination, pattern)
    return all(fnmatchcase(found[part], wanted[part]) for part in ("authority", "rest"))


def with_destinations(text: str, tokens: Sequence[Token], change: Callable[[str], str]) -> str:
    """Markdown inline text with the destinations of its links, images and addresses changed.

    Every other character stays; so does an address that `change` makes impossible to write.
    """
    parts: list[str] = []
    position = 0
    for (start, end), changed in changes_of_destinations(text, tokens, change):
        parts += [text[position:start], changed]
        position = end
    return "".join(parts) + text[position:]


def changes_of_destinations(
    text: str, tokens: Sequence[Token], change: Callable[[str], str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The places of the destinations in a text, in order, with what would stand there."""
    for token, (start, end) in _places(tokens):
        change_one = _changed_address if token.mark is Mark.AUTOLINK else changed_destination
        yield (start, end), change_one(text[start:end], change)


def _places(tokens: Sequence[Token]) -> Iterator[tuple[Token, tuple[int, int]]]:
    placed = ((token, token.at) for token in tokens if token.at)
    yield from sorted(placed, key=lambda pair: pair[1])


def _changed_address(raw: str, change: Callable[[str], str]) -> str:
    """An address standing in the text, `<https://…>` or bare."""
    if not raw.startswith("<"):
        changed = change(raw)
        return changed if _BARE.fullmatch(changed) else raw
    changed = change(raw[1:-1])
    return f"<{changed}>" if _AUTOLINK.fullmatch(changed) else raw


def changed_destination(raw: str, change: Callable[[str], str]) -> str:
    """A destination as it stands in Markdown (`/a`, `</a b>`, `/a&amp;b`), changed."""
    angled = raw.startswith("<")
    inner = raw[1:-1] if angled else raw
    wanted = change(destination_of(raw))
    if wanted == destination_of(raw):
        return raw
    kept = change(inner)
    if _decoded(kept) == wanted and _WRITABLE.fullmatch(kept) and _balanced(kept):
        return f"<{kept}>" if angled else kept
    return _encoded(wanted, angled=angled)


def destination_of(raw: str) -> str:
    """A destination as it stands in Markdown, as the parser reads it."""
    return _decoded(raw[1:-1] if raw.startswith("<") else raw)


def _decoded(raw: str) -> str:
    """A raw destination as the parser reads it."""
    return _ESCAPED.sub(_decode, raw)


def _decode(found: re.Match[str]) -> str:
    reference = found["reference"]
    if not reference:
        return found["mark"]
    known = reference[1] == "#" or reference[1:] in html5
    return unescape(reference) if known else reference


def _encoded(destination: str, *, angled: bool) -> str:
    escaped = _TO_ESCAPE.sub(r"\\\g<0>", destination)
    if angled or _NEEDS_ANGLES.search(destination):
        return "<" + _LINE_END.sub(_percent, escaped) + ">"
    return escaped if _balanced(escaped) else _PARENTHESIS.sub(r"\\\g<0>", escaped)


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):02X}"


def _balanced(raw: str) -> bool:
    depth = 0
    for mark in _PARENTHESIS.findall(_ESCAPED.sub("", raw)):
        depth += 1 if mark == "(" else -1
        if depth < 0:
            return False
    return depth == 0
