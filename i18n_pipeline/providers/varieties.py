"""Languages as engines name them (`eng`, `pt_BR`, `spa_Latn`) held against locale tags.

ISO 639-3 and collective codes become what CLDR says instead of them (supplemental/aliases).
"""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.locales import canonical, script
from i18n_pipeline.values import dataclass, replace

# who writes a language without saying a region, where it is not CLDR's likely one
_HOMES = {"en": "GB", "pt": "PT"}

# Apertium's names for the standards of one language (wiki.apertium.org/wiki/List_of_language_pairs)
_STANDARDS = {"hbs_HR": "hr", "hbs_BS": "bs", "hbs_SR": "sr-Latn"}


@dataclass(frozen=True, slots=True)
class Variety:
    """A language as it is written: `region` and `rest` (variants, extensions) only where said."""

    language: str
    script: str
    region: str = ""
    rest: str = ""


def variety(tag: str) -> Variety:
    """What a locale tag means."""
    language, *more = canonical(tag).split("-")
    region = rest = ""
    for part in more:
        if len(part) == 4 and part.isalpha() and not rest:
            continue
        if not region and not rest and (len(part) == 2 or part.isdigit()):
            region = part
        else:
            rest = f"{rest}-{part}".strip("-")
    return Variety(language, script(tag), region, rest)


def of_code(code: str) -> Variety:
    """What an engine's code means: `eng`, `hbs`, `pt_BR`, `zho_Hans`, `cat_valencia`."""
    from babel.core import get_global

    if code in _STANDARDS:
        return variety(_STANDARDS[code])
    first, _, rest = code.replace("-", "_").partition("_")
    alias = get_global("language_aliases").get(first.lower(), first)
    return variety("_".join(filter(None, (alias, rest))))


def pick(wanted: str, offered: Mapping[Variety, str], *, strict: bool = False) -> str | None:
    """The engine's code for a locale among those it has; None where there is none.

    A region that is not told apart gives the language, a script or a variant never; `strict`, also
    a region gives nothing but where the language is at home.
    """
    want = variety(wanted)
    if want in offered:
        return offered[want]
    home = not want.region or want.region == _home(want.language)
    if strict and not home:
        return None
    plain = offered.get(replace(want, region=""))
    at_home = replace(want, region=_home(want.language))
    return plain or (offered.get(at_home) if not want.region else None)


def _home(language: str) -> str:
    from babel.core import get_global

    likely: str = get_global("likely_subtags").get(language, "")
    return _HOMES.get(language) or likely.rpartition("_")[2]
