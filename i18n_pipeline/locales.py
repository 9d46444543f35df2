"""What a locale tag means: whether it is one, its names, direction, gettext code.

Tags come as a project spells them (`zh-cn`, `pt_BR`) and are understood as BCP 47 (RFC 5646).
Babel's data (CLDR) is loaded only where names, scripts or rare languages are asked for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from i18n_pipeline.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel import Locale

# RFC 5646 section 2.1, without the grandfathered tags and tags of private use alone
_TAG = expression(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.ASCII,
)

# ISO 639-1, as CLDR has it: valid without loading anything
_TWO_LETTERS = (
    " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da"
    " de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy"
    " hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg"
    " li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or"
    " os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw"
    " ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)

# the two-letter Preferred-Values of the IANA language subtag registry
_RENAMED = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro"}

# what the macrolanguage means where a file has one Norwegian (CLDR, languageAlias)
_SPOKEN = {"no": "nb"}

_PSEUDO = {"en-XA": "Pseudo (accents)", "ar-XB": "Pseudo (right to left)"}

# the living scripts among those with "RTL: YES" in CLDR's scriptMetadata.txt
_RIGHT_TO_LEFT = "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi"

_TWO_WRITTEN = frozenset({"pt"})

# Poedit's src/language.cpp (what it takes in the Language header, and how it reads Chinese) and
# the modifiers of glibc's locales
_CHINESE = {"Hans": "CN", "Hant": "TW"}
_MODIFIERS = {"Latn": "latin", "Cyrl": "cyrillic", "Deva": "devanagari", "Arab": "arabic"}


def check_tag(tag: str) -> str | None:
    """Return why a tag is no locale, with what may have been meant; None if it is one.

    A locale is a well-formed BCP 47 tag (`_` read as `-`) whose language CLDR knows.
    """
    if "@" in tag or "." in tag:
        return _posix_problem(tag)
    found = _parse(tag)
    formed = found is not None and not _repeats(found)
    code = _language(found) if found is not None else tag.lower()
    if formed and _known(code):
        return None
    meant = next(_meant(code), "") if code.isalpha() else ""
    hint = f", did you mean {meant!r}?" if meant else ""
    if formed:
        return f"no language is known as {code!r}{hint}"
    return f"{tag!r} is not a language tag like ja, pt-BR or zh-Hans{hint}"


@lru_cache(maxsize=256)
def canonical(tag: str) -> str:
    """Return the tag as BCP 47 writes it: `zh_cn` → `zh-CN`, `iw` → `he`.

    A text that is no tag is given back with `_` as `-`.
    """
    found = _parse(tag)
    if found is None:
        return tag.replace("_", "-")
    first, *more = found["language"].split("-")
    parts = [_RENAMED.get(first, first), *more, (found["script"] or "").title()]
    parts += [(found["region"] or "").upper(), found["variants"].strip("-")]
    parts += [found["extensions"].strip("-"), (found["private"] or "").strip("-")]
    return "-".join(part for part in parts if part)


@lru_cache(maxsize=256)
def language(tag: str) -> str:
    """Return the language alone: `pt-BR` → `pt`."""
    return canonical(tag).partition("-")[0]


def closest(wanted: str, tags: Iterable[str]) -> str | None:
    """Return the tag that serves a locale: its own, else `pt` for `pt-BR`, or the other way.

    Two regions, two scripts, two variants never serve each other; Norwegian (`no`) is Bokmål.
    """
    found = [tag for tag in tags if _serves(canonical(tag), canonical(wanted))]
    return min(found, key=lambda tag: (canonical(tag) != canonical(wanted), len(tag)), default=None)


@lru_cache(maxsize=256)
def is_variety(tag: str, wanted: str) -> bool:
    """Tell whether two tags of one language and script mean one variety: `de` and `de-DE`.

    The region that a tag leaves out is the likely one, but for Portuguese: who writes `pt` may mean
    either.
    """
    if canonical(tag) == canonical(wanted):
        return True
    return language(tag) not in _TWO_WRITTEN and _region(tag) == _region(wanted)


def is_pseudo(tag: str) -> bool:
    """Tell whether it is a built-in pseudo locale, `en-XA` or `ar-XB`."""
    return canonical(tag) in _PSEUDO


def script(tag: str) -> str:
    """Return the script a locale is written in (ISO 15924): `zh-TW` → `Hant`; "" if unknown."""
    found = _parse(tag)
    named = found["script"] if found else None
    return named.title() if named else _likely_script(tag)


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return which way a locale is written, as HTML's `dir` says it."""
    return "rtl" if script(tag) in _RIGHT_TO_LEFT.split() else "ltr"


def english_name(tag: str) -> str:
    """Return the English name of a locale: `Portuguese (Brazil)`."""
    return display_name(tag, "en")


def display_name(tag: str, in_locale: str) -> str:
    """Return the name of a locale in the language of another: `中国語 (簡体字)`.

    Falls back to English where the other language has no names, and to the tag itself.
    """
    full = canonical(tag)
    if full in _PSEUDO:
        return _PSEUDO[full]
    found = _parse(full)
    if found is None:
        return tag
    names, english = _names(in_locale), _names("en")
    base = names.languages.get(language(full)) or english.languages.get(language(full), full)
    detail = _details(found, names)
    return f"{base} ({', '.join(detail)})" if detail else base


def gettext_code(tag: str) -> str:
    """Return what gettext and Poedit want in the `Language` header of a PO file.

    `ll`, `ll_CC` or `ll_CC@variant`: `pt_BR`, `zh_CN` for `zh-Hans`, `sr@latin`, `ca@valencia`.
    """
    found = _parse(canonical(tag))
    if found is None:
        return tag
    region, named = (found["region"] or "").upper(), (found["script"] or "").title()
    if (language(tag), region) == ("zh", "") and named in _CHINESE:
        region, named = _CHINESE[named], ""
    bare = "-".join(filter(None, (language(tag), region)))
    modifier = "" if named in {"", _likely_script(bare)} else _MODIFIERS.get(named, named.lower())
    modifier = modifier or found["variants"].strip("-") or (found["private"] or "")[3:]
    return bare.replace("-", "_") + (f"@{modifier.replace('-', '')}" if modifier else "")


def _parse(tag: str) -> re.Match[str] | None:
    # some letters beyond ASCII have an ASCII letter as their small one
    return _TAG.fullmatch(tag.replace("_", "-").lower()) if tag.isascii() else None


def _serves(tag: str, wanted: str) -> bool:
    if tag == wanted:
        return True
    one, other = _parse(tag), _parse(wanted)
    if one is None or other is None or _written(one) != _written(other):
        return False
    regions = {found["region"] for found in (one, other) if found["region"]}
    return len(regions) < 2 and script(tag) == script(wanted)


def _written(found: re.Match[str]) -> tuple[str | None, ...]:
    """What tells apart languages in all but script and region."""
    spoken = _SPOKEN.get(_language(found), _language(found))
    return spoken, found["language"].partition("-")[2], found["variants"], found["private"]


def _language(found: re.Match[str]) -> str:
    return found["language"].partition("-")[0]


def _repeats(found: re.Match[str]) -> bool:
    variants = found["variants"].split("-")[1:]
    singletons = re.findall(r"-(\w)(?=-)", found["extensions"])
    return any(len(parts) != len(set(parts)) for parts in (variants, singletons))


def _known(code: str) -> bool:
    if len(code) == 2:
        return f" {code} " in _TWO_LETTERS or code in _RENAMED
    return code in _known_languages()


def _known_languages() -> frozenset[str]:
    from babel import Locale
    from babel.localedata import locale_identifiers

    own = {identifier.partition("_")[0] for identifier in locale_identifiers()}
    return frozenset(own | set(Locale("en").languages))


def meant(tag: str) -> tuple[str, ...]:
    """Languages that somebody may have meant who wrote what is none here, likeliest first."""
    found = _parse(tag)
    code = _language(found) if found is not None else tag.lower()
    return tuple(dict.fromkeys(_meant(code))) if code.isalpha() else ()


def _meant(code: str) -> Iterator[str]:
    """Country for language (`jp`), a name (`japanese`), ISO 639-2 (`jpn`), a slip of the finger."""
    import difflib

    from babel import Locale
    from babel.core import get_global

    likely = get_global("likely_subtags").get(f"und_{code.upper()}")
    if likely:
        yield likely.partition("_")[0]
    names = {name.lower(): known for known, name in Locale("en").languages.items()}
    if code in names:
        yield names[code]
    alias = get_global("language_aliases").get(code)
    if alias:
        yield alias.replace("_", "-")
    for name in difflib.get_close_matches(code, names, 1, 0.8):
        yield names[name]
    yield from difflib.get_close_matches(code, sorted(_known_languages()), 1, 0.65)


def _posix_problem(tag: str) -> str:
    base, _, modifier = tag.partition("@")
    scripts = {name: script for script, name in _MODIFIERS.items()}
    meant = "-".join(filter(None, (base.partition(".")[0], scripts.get(modifier, modifier))))
    hint = f", did you mean {canonical(meant)!r}?" if _parse(meant) else ""
    return f"{tag!r} is a name of a system locale, not a language tag{hint}"


def _likely_script(tag: str) -> str:
    from babel.core import get_global

    likely = get_global("likely_subtags")
    region = canonical(tag).replace("-", "_")
    full = likely.get(region) or likely.get(language(tag)) or ""
    return next((part for part in full.split("_") if len(part) == 4), "")


def _region(tag: str) -> str:
    """The region a tag names, else the likely one of its language and script; "" if unknown."""
    from babel.core import get_global

    found = _parse(canonical(tag))
    if found is not None and found["region"]:
        return found["region"].upper()
    likely = get_global("likely_subtags")
    full = likely.get(f"{language(tag)}_{script(tag)}") or likely.get(language(tag)) or ""
    return full.rpartition("_")[2]


def _names(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(canonical(tag), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _details(found: re.Match[str], names: Locale) -> list[str]:
    tables = (
        (names.scripts, (found["script"] or "").title()),
        (names.territories, (found["region"] or "").upper()),
        (names.variants, found["variants"].strip("-").upper()),
    )
    return [table.get(code, code) for table, code in tables if code]
