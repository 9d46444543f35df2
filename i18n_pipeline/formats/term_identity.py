"""Which term in which locale a file is: its slug and its locale, agreed with its path."""

from __future__ import annotations

import unicodedata

from i18n_pipeline.errors import BadFile
from i18n_pipeline.expressions import expression
from i18n_pipeline.formats.term_names import Names
from i18n_pipeline.locales import canonical
from i18n_pipeline.patterns import name_problem

SLUGS_HOLD = "a-z, 0-9, `-`, `_` and `.`, at most 128 characters, no reserved name"
"""What a slug may be made of, in words."""

_SLUG = expression(r"[a-z0-9][a-z0-9._-]{0,127}\Z")


def slug_of(names: Names, path_slug: str) -> str:
    """The term's slug. Raises BadFile where it is none, or not the one the path says."""
    field = names.fields.slug
    if not field:
        return _checked(path_slug, names)
    key, value = names.key(field), names.value(field)
    if value is None:
        raise names.bad(
            (),
            "slug-missing",
            f"there is no `{field}`",
            f"add `{field}: {path_slug.rpartition('/')[2]}` to the front matter",
        )
    if not isinstance(value, str) or not names.front or not names.front.is_text((key,)):
        raise names.bad(
            (key,),
            "slug-not-a-string",
            f"`{field}` is {_shown(value)}, which is not a string",
            f'write it in quotes: `{field}: "…"`, or choose a word',
        )
    slug = _checked(value, names)
    if slug not in (path_slug, path_slug.rpartition("/")[2]):
        failure = names.bad(
            (key,),
            "slug-disagrees",
            f"the front matter says `{slug}`, the path says `{path_slug}`",
            "rename the file or mend the slug",
        )
        failure.slug = slug
        raise failure
    return slug


def is_slug(text: str) -> bool:
    """Whether a text can be the slug of a term."""
    return all(map(_is_part, unicodedata.normalize("NFC", text).split("/")))


def _is_part(part: str) -> bool:
    return bool(_SLUG.match(part)) and ".." not in part and not name_problem(part)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"`{value}`" if value else "empty"
    return "a list" if isinstance(value, list) else "a mapping"


def _checked(slug: str, names: Names) -> str:
    slug = unicodedata.normalize("NFC", slug)
    if not is_slug(slug):
        raise names.bad(
            (names.key(names.fields.slug),),
            "slug-not-valid",
            f"`{slug[:80]}` is no slug",
            f"use {SLUGS_HOLD}",
        )
    return slug


def locale_of(names: Names, path_locale: str) -> str:
    """The file's locale as the path spells it. Raises BadFile where the front matter disagrees."""
    field = names.fields.locale
    if not field:
        return path_locale
    value = names.value(field)
    if not isinstance(value, str) or not value.strip():
        raise _no_locale(names, field, value is None, path_locale)
    if canonical(value.strip()) != canonical(path_locale):
        raise names.bad(
            (names.key(field),),
            "locale-disagrees",
            f"the front matter says `{value}`, the path says `{path_locale}`",
            "move the file or mend the field",
        )
    return path_locale


def _no_locale(names: Names, field: str, absent: bool, path_locale: str) -> BadFile:
    message = f"there is no `{field}`" if absent else f"`{field}` is not a locale"
    mend = f"add `{field}: {path_locale}` to the front matter"
    return names.bad(() if absent else (names.key(field),), "locale-missing", message, mend)
