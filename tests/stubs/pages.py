"""Term files put together from sentences by a seed: the same every time, none like another."""

from __future__ import annotations

from random import Random

from tests.stubs.site import CONFIG, Site

_SENTENCES = (
    "A model reads `max_len` tokens before it answers anybody at all.",
    "See [the paper](https://example.org/paper) for what was found out later.",
    "This is **never** what the author of a text had in mind.",
    "It takes 512 numbers and 16 GB of memory to hold one of them.",
    "The *weights* of a network are what it has learned from its examples.",
    "Press <kbd>Esc</kbd> when the answer grows longer than the question.",
    "A long time ago people wrote these rules down by hand.",
    "Nobody knows how much of it a reader would still want to see.",
    "Compare `top_p` with `top_k`, and take the one that is easier to explain.",
)
_NAMES = ("Sampling", "Pruning", "Caching", "Routing")


def pages_of(seed: int) -> dict[str, str]:
    """Term files by path: a name, a definition, and a body of all kinds of blocks."""
    chance = Random(seed)  # noqa: S311 - nothing is kept secret
    return {f"terms/en/{name.lower()}.md": _page(name, chance) for name in _NAMES}


def site_of(root: Site, seed: int) -> Site:
    """The project that holds them."""
    for path, text in {"i18n.toml": CONFIG, **pages_of(seed)}.items():
        root.write(path, text)
    return root


def _page(name: str, chance: Random) -> str:
    few = chance.sample(_SENTENCES, 6)
    return (
        f"---\nterm: {name}\nslug: {name.lower()}\nlang: en\ncategory: Methods\n"
        f'definition: "What {name.lower()} does for questions & answers of all readers."\n---\n\n'
        f"{few[0]} {few[1]}\n\n## Why {name.lower()} is done\n\n"
        f"- {few[2]}\n- {few[3]}\n\n> {few[4]}\n\n{few[5]}\n"
    )
