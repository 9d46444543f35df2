"""Addresses that would be a term's, and are no term's: which of them are slips of the pen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nsmallest

from i18n_pipeline.expressions import expression
from i18n_pipeline.links import Addresses, destination_of
from i18n_pipeline.pipeline.asked import close_to
from i18n_pipeline.values import dataclass

_SLUG = expression(r"[a-z0-9][a-z0-9_-]*")
"""What a slug is, without what may be the end of a file's name, or a folder."""
_NO_TERM = frozenset({"index"})
_NEAREST = 5
"""So many slugs that share most with a word are compared with it letter by letter."""


@dataclass(frozen=True)
class Slips:
    """What is close to the slugs that are known."""

    addresses: Addresses

    def is_one(self, old: str, new: str) -> bool:
        """Whether an edit made an address of a term one that nearly is of another.

        Both are as they stand in Markdown.
        """
        slug = self.astray(destination_of(new))
        return bool(slug and self.leads(old) and self.hint(slug))

    def leads(self, raw: str) -> bool:
        """Whether an address, as it stands in Markdown, is that of a term."""
        return self.addresses.slug_of(destination_of(raw)) is not None

    def astray(self, destination: str) -> str:
        """The slug that a destination says and no term has; "" where it need not be a term's."""
        slug = self.addresses.astray(destination)
        return slug if _SLUG.fullmatch(slug) and slug not in _NO_TERM else ""

    def hint(self, slug: str) -> str:
        """`did you mean …?`, or ""."""
        shared = Counter(one for part in _parts(slug) for one in self._by_part.get(part, ()))
        near = nsmallest(_NEAREST, shared.items(), key=lambda pair: (-pair[1], pair[0]))
        return close_to(slug, [one for one, _ in near])

    @cached_property
    def _by_part(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for slug in sorted(self.addresses.slugs):
            for part in _parts(slug):
                found[part].append(slug)
        return found


def _parts(slug: str) -> Iterable[str]:
    """Each three letters that follow each other in a slug, once."""
    word = f" {slug} "
    return {word[at : at + 3] for at in range(len(word) - 2)}
