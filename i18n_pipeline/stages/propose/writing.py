"""A proposal as the text of i18n.toml: what differs from the defaults, and why it is there."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from i18n_pipeline.config import EXTENSIONS, Fields, Paths, Role
from i18n_pipeline.stages.propose.extensions import with_defaults
from i18n_pipeline.stages.propose.proposal import Proposal

_WIDTH = 98


def as_toml(proposal: Proposal) -> str:
    """The text of a configuration file; config.read_config accepts it."""
    tables = (_locales, _paths, _fields, _markdown, _links, _home)
    parts = ("\n".join(table(proposal)) for table in tables)
    return "\n\n".join(part for part in parts if part) + "\n"


def _locales(proposal: Proposal) -> Iterator[str]:
    yield "# Proposed by `i18n init` from the files that were here. A key that is not said has its"
    yield "# default; `i18n status` shows what comes of it."
    yield _line("source", proposal.layout.source)
    there = proposal.layout
    counts = [f"{tag} {there.shared(tag)}" for tag in proposal.targets if there.shared(tag)]
    if counts:
        yield from _comment(f"of {len(there.slugs)} source terms there are: {', '.join(counts)}")
    yield _line("targets", proposal.targets)


def _paths(proposal: Proposal) -> Iterator[str]:
    layout, default = proposal.layout, Paths()
    said = []
    if layout.pattern != default.terms:
        said += ["# where the term files lie", _line("terms", layout.pattern.text)]
    if layout.aside:
        said += ["# files that are no terms", _line("exclude", (*default.exclude, *layout.aside))]
    if said:
        yield "[paths]"
        yield from said


def _home(proposal: Proposal) -> Iterator[str]:
    """Where the sources lie, if their paths do not say the locale."""
    layout = proposal.layout
    if layout.own is None:
        return
    yield f"[locale.{_name(layout.source)}.paths]"
    yield "# the sources have no locale in their paths"
    yield _line("terms", layout.own.text)
    if layout.beside:
        locales = dict.fromkeys((*layout.targets, *proposal.targets))
        names = (layout.beside.replace("{locale}", tag) for tag in locales)
        yield "# the translations among them"
        yield _line("exclude", (*Paths().exclude, *layout.aside, *names))


def _name(tag: str) -> str:
    """A tag as a TOML key."""
    return tag if tag.replace("-", "").replace("_", "").isalnum() else _text(tag)


def _fields(proposal: Proposal) -> Iterator[str]:
    said = [line for key in _KEYS for line in _field(proposal, key)]
    copied = proposal.roles.of(Role.COPY)
    if copied:
        said += _comment(f"copied from the source, as all that is not named: {', '.join(copied)}")
    if proposal.drafts:
        said += ["# source terms with `draft: true` are left alone by default"]
    if said:
        yield "[fields]"
        yield from said


_KEYS = (
    "locale", "slug", "name", "translate", "vocabulary", "localize", "links", "keep", "markdown",
)  # fmt: skip


def _field(proposal: Proposal, key: str) -> Iterator[str]:
    """The lines for a key of [fields]: none where the default is right."""
    value: str | tuple[str, ...] = getattr(proposal.fields, key)
    if value != getattr(Fields(), key):
        yield from _comment(_why(proposal, key))
        yield _line(key, value)


def _why(proposal: Proposal, key: str) -> str:
    fields, roles = proposal.fields, proposal.roles
    if not getattr(fields, key):
        return _WHY_NONE.get(key, "no field")
    if key in _WHY:
        return _WHY[key]
    return f"{_WHAT[key]}: {roles.why(Role(key))}"


_WHY_NONE = {
    "locale": "no field says the locale: the path does",
    "slug": "no field says the slug: the path does",
    "name": "no field was found that holds the term's name",
}
_WHY = {
    "locale": "the field that says the locale",
    "slug": "the field that says the slug",
    "name": "the field that holds the term's name",
    "markdown": "translated fields that hold links, strong words or code",
}
_WHAT = {
    "translate": "texts",
    "vocabulary": "few values, each translated once for all terms",
    "localize": "lists that a translator writes anew",
    "links": "other terms",
    "keep": "each locale's own",
}


def _markdown(proposal: Proposal) -> Iterator[str]:
    if proposal.extensions:
        names = with_defaults(proposal.extensions)
        yield "[markdown]"
        for name, why in proposal.extensions.items():
            yield from _comment(f"{name}: {why}")
        yield _line("extensions", [name for name in EXTENSIONS if name in names])


def _links(proposal: Proposal) -> Iterator[str]:
    rewriting = proposal.rewriting
    if rewriting.patterns:
        yield "[links.rewrite]"
    for source, target in rewriting.patterns.items():
        yield from _comment(f"as translators did in {rewriting.why[source]}")
        yield f"{_text(source)} = {_text(target)}"
    for source in rewriting.maybe:
        yield "# does the site have the locale in its addresses? Then uncomment these two lines:"
        yield "# [links.rewrite]"
        yield f"# {_text(source)} = {_text('/{locale}' + source)}"


def _line(key: str, value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return f"{key} = {_text(value)}"
    return f"{key} = [{', '.join(map(_text, value))}]"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are among its own, and DEL must be one."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> list[str]:
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return [f"# {line}" for line in textwrap.wrap(printable, _WIDTH, break_on_hyphens=False)]
