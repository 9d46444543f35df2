"""What each front-matter field is for, as files that exist in two locales show it.

Always equal is copied, text that differs translated, few distinct values are vocabulary, what
differs otherwise is kept. Where no second locale tells, names and values have to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from i18n_pipeline.config import Fields, Role
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import canonical
from i18n_pipeline.stages.propose.evidence import Evidence, Items, Observed, plain
from i18n_pipeline.values import dataclass

NAMES = ("term", "title", "name")
"""Fields that may hold a term's name, the likeliest first."""

_LOCALES = ("lang", "locale", "language")
_SLUGS = ("slug", "id", "key")
_LISTS_OF_SLUGS = frozenset({"related", "related_terms", "see", "see_also", "seealso"})
_WORD_LISTS = frozenset({"abbreviations", "aka", "alias", "keywords", "synonyms"})
_CLOSED_SETS = frozenset(
    {"categories", "category", "difficulty", "group", "level", "tags", "topic", "topics"}
)
_PROSE = frozenset(
    {
        "abstract", "alt", "answer", "caption", "definition", "description", "excerpt", "heading",
        "question", "subtitle", "summary", "tagline", "title",
    }
)  # fmt: skip
_NEVER_WORDS = frozenset(
    {
        "aliases", "author", "authors", "canonical", "contributors", "date", "email", "icon", "id",
        "image", "images", "lastmod", "layout", "license", "permalink", "redirect_from", "reviewer",
        "reviewers", "slug", "source", "sources", "status", "template", "translator", "translators",
        "type", "updated", "url", "version", "weight",
    }
)  # fmt: skip
_PLACE = expression(
    r"(?:[./]|https?://|mailto:)\S*|\S+@\S+|[\w./-]+\.(?:png|jpe?g|svg|webp|gif|md)"
)
_SLUG_LIKE = expression(r"[a-z0-9]+(?:[-_./][a-z0-9]+)*")
_LETTER = expression(r"[^\W\d_]")
_MARKUP = expression(r"\]\([^)\s]+\)|\*\*\S|(?<!`)`[^`\s][^`]*`(?!`)")

_ENOUGH_PAIRS = 3  # equal in fewer proves nothing: a category may be one word in both languages
_ENOUGH_VALUES = 8
_MOST = 0.9
_CLEAR = 0.6
_PROSE_WORDS = 4


@dataclass(frozen=True)
class Found:
    """The role of a field, and in a few words what shows it."""

    role: Role
    why: str


@dataclass(frozen=True)
class Roles:
    """The roles of all fields by name, and which translated ones hold Markdown."""

    by_name: Mapping[str, Found]
    name: str
    markdown: tuple[str, ...]

    def of(self, role: Role) -> tuple[str, ...]:
        """The fields with a role, in the order of the files."""
        return tuple(name for name, found in self.by_name.items() if found.role is role)

    def why(self, role: Role) -> str:
        """What shows a role, field by field."""
        return ", ".join(f"{name} ({self.by_name[name].why})" for name in self.of(role))


def find_roles(evidence: Evidence, fields: Sequence[Observed], slugs: frozenset[str]) -> Roles:
    """The role of every field; `slugs` are those of all source terms."""
    terms = len(evidence.source)
    locale, slug = _locale_field(evidence), _slug_field(evidence)
    name = _name_field([one for one in fields if one.name not in (locale, slug)], terms)
    found: dict[str, Found] = {}
    for field in fields:
        if field.name in (locale, slug):
            role = Role.LOCALE if field.name == locale else Role.SLUG
            found[field.name] = Found(role, "says what the path says")
        elif field.name == name:
            found[name] = Found(Role.TRANSLATE, _differs(field) or "the term's name")
        else:
            found[field.name] = _role(field, slugs)
    markdown = (field.name for field in fields if _is_markdown(field, found[field.name].role))
    return Roles(_nested(found), name, tuple(markdown))


def as_fields(roles: Roles) -> Fields:
    """The roles as a configuration has them: a default list that fits stays as it is."""
    default = Fields()
    return Fields(
        locale=next(iter(roles.of(Role.LOCALE)), ""),
        slug=next(iter(roles.of(Role.SLUG)), ""),
        name=roles.name,
        translate=_listed(roles, Role.TRANSLATE, default.translate),
        vocabulary=_listed(roles, Role.VOCABULARY, default.vocabulary),
        localize=_listed(roles, Role.LOCALIZE, default.localize),
        links=_listed(roles, Role.LINKS, default.links),
        keep=_listed(roles, Role.KEEP, default.keep),
        markdown=roles.markdown,
    )


def _listed(roles: Roles, role: Role, default: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of a role, or the default where all it names has that role or does not exist."""
    mine = roles.of(role)
    folded = {name.casefold() for name in mine}
    others = {name.casefold() for name in roles.by_name} - folded
    fits = folded <= set(default) and not others & set(default)
    return default if fits else mine


def _nested(found: Mapping[str, Found]) -> dict[str, Found]:
    """Only whole fields are kept, linked or written anew; parts of one are copied with it."""
    whole = (Role.TRANSLATE, Role.VOCABULARY)
    copied = Found(Role.COPY, "part of a field")
    return {
        name: copied if "." in name and one.role not in whole else one
        for name, one in found.items()
    }


def _locale_field(evidence: Evidence) -> str:
    """The field that says each file's locale; "" where there is none.

    With one locale only its name can tell: `en` may be anything.
    """
    agree: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for file in evidence.files():
        for key, value in file.values.items():
            there[key] += 1
            agree[key] += canonical(plain(value)) == canonical(file.locale)
    alone = not any(evidence.targets.values())
    half = len(evidence.source) / 2
    fits = [key for key in there if there[key] >= half and agree[key] >= _MOST * there[key]]
    named = [key for name in _LOCALES for key in fits if key.casefold() == name]
    return next(iter(named if alone else (*named, *fits)), "")


def _slug_field(evidence: Evidence) -> str:
    """The field that says each source term's slug; "" where there is none."""
    for name in _SLUGS:
        said = [
            (key, plain(value) in (slug, slug.rpartition("/")[2]))
            for slug, file in evidence.source.items()
            for key, value in file.values.items()
            if key.casefold() == name
        ]
        agree = sum(same for _, same in said)
        if 2 * len(said) >= len(evidence.source) and said and agree >= _MOST * len(said):
            return Counter(key for key, _ in said).most_common(1)[0][0]
    return ""


def _name_field(fields: Iterable[Observed], terms: int) -> str:
    usual = (field.name for field in fields if 2 * len(field.values) >= terms)
    common = {name.casefold(): name for name in usual}
    return next((common[name] for name in NAMES if name in common), "")


def _role(field: Observed, slugs: frozenset[str]) -> Found:
    if not field.values:
        return Found(Role.COPY, "empty")
    if field.is_list and _is_slugs(field, slugs):
        return Found(Role.LINKS, "lists of slugs")
    if field.differing:
        return _differing(field)
    if len(field.pairs) >= _ENOUGH_PAIRS:
        return Found(Role.COPY, "always equal")
    return _alone(field)


def _is_slugs(field: Observed, slugs: frozenset[str]) -> bool:
    every = [*field.items, *(item for pair in field.pairs for item in pair.target)]
    short = slugs | {slug.rpartition("/")[2] for slug in slugs}
    known = sum(item in short for item in every)
    named = _last(field.name) in _LISTS_OF_SLUGS
    alike = all(_SLUG_LIKE.fullmatch(item) for item in every)
    return known >= (_CLEAR if named else _MOST) * len(every) or (named and alike)


def _differing(field: Observed) -> Found:
    why = _differs(field)
    if not field.is_text or _never_words(field) or _same_set(field):
        return Found(Role.KEEP, why)
    if _is_vocabulary(field):
        return Found(Role.VOCABULARY, _distinct(field))
    return Found(Role.LOCALIZE if field.is_list else Role.TRANSLATE, why)


def _alone(field: Observed) -> Found:
    """The role of a field that no second locale tells of, by its name and values."""
    name = _last(field.name)
    if not field.is_text or _never_words(field) or name in _LISTS_OF_SLUGS:
        return Found(Role.COPY, "no words to translate")
    if name in _CLOSED_SETS and _is_vocabulary(field):
        return Found(Role.VOCABULARY, _distinct(field))
    if field.is_list:
        if name in _WORD_LISTS or name in _CLOSED_SETS:
            return Found(Role.LOCALIZE, "a list of words")
        return Found(Role.COPY, "a list of something")
    if not _PROSE.isdisjoint(name.split("_")) or _words(field) >= _PROSE_WORDS:
        return Found(Role.TRANSLATE, "text")
    return Found(Role.COPY, "may be no text")


def _differs(field: Observed) -> str:
    count = len(field.differing)
    return f"differs in {count} of {len(field.pairs)}" if count else ""


def _distinct(field: Observed) -> str:
    count = len({item.casefold() for item in field.items})
    return f"{count} value{'s' if count != 1 else ''} in {len(field.values)} terms"


def _never_words(field: Observed) -> bool:
    places = sum(bool(_PLACE.fullmatch(item)) for item in field.items)
    wordless = not any(_LETTER.search(item) for item in field.items)
    return _last(field.name) in _NEVER_WORDS or 2 * places > len(field.items) or wordless


def _same_set(field: Observed) -> bool:
    """Whether translations choose among the source's own values (`status`) and translate none."""
    values = set(field.items)
    chosen = [set(pair.target) <= values for pair in field.differing]
    return len(values) < len(field.values) and sum(chosen) > _CLEAR * len(chosen)


def _is_vocabulary(field: Observed) -> bool:
    """Few values over many terms, or a name that says so; and each translated one way."""
    named = _last(field.name) in _CLOSED_SETS
    items = [item.casefold() for item in field.items]
    distinct = len(set(items))
    if len(items) >= _ENOUGH_VALUES:
        few = distinct <= (_MOST if named else 1 / 3) * len(items)
    else:
        few = named
    return few and _words(field) < _PROSE_WORDS and _consistent(field)


def _consistent(field: Observed) -> bool:
    """Whether lists keep their length, and a value has one translation in a locale."""
    even = [pair for pair in field.pairs if len(pair.source) == len(pair.target)]
    if len(even) <= _CLEAR * len(field.pairs) and field.pairs:
        return False
    renderings: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for pair in even:
        for source, target in zip(pair.source, pair.target, strict=True):
            renderings[pair.locale, source.casefold()][target.casefold()] += 1
    usual = sum(max(counted.values()) for counted in renderings.values())
    return usual >= _CLEAR * sum(map(sum, (counted.values() for counted in renderings.values())))


def _is_markdown(field: Observed, role: Role) -> bool:
    """Whether a translated field holds links, strong words or code."""
    marked = sum(bool(_MARKUP.search(item)) for item in field.items)
    return role is Role.TRANSLATE and 10 * marked >= max(1, len(field.items))


def _words(field: Observed) -> float:
    items: Items = field.items
    return sum(len(item.split()) for item in items) / max(1, len(items))


def _last(name: str) -> str:
    return name.rpartition(".")[2].casefold().replace("-", "_")
