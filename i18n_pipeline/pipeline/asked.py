"""What a caller's words mean: the locales asked for, and the nearest to a word nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

from i18n_pipeline.errors import UsageError
from i18n_pipeline.locales import canonical, language, meant
from i18n_pipeline.workspace import Workspace


def locales_asked(workspace: Workspace, asked: Sequence[str]) -> tuple[str, ...]:
    """The target locales asked for, as the project spells them; all where none is.

    Raises UsageError for one that is no target.
    """
    targets = workspace.config.targets
    spelled = {canonical(target): target for target in targets}
    for locale in asked:
        if canonical(locale) not in spelled:
            hint = _target_meant(locale, targets) or "add it to `targets` in i18n.toml"
            message = f"{locale}: it is not among the targets: {', '.join(targets)}"
            raise UsageError(message, hint)
    return tuple(dict.fromkeys(spelled[canonical(locale)] for locale in asked)) or targets


def _target_meant(locale: str, targets: Sequence[str]) -> str:
    """`did you mean …?` for a target that is spelled alike, or that a country's code stands for."""
    languages = meant(locale)
    found = next((one for one in targets if language(one) in languages), "")
    return close_to(locale, targets) or (f"did you mean {found}?" if found else "")


def close_to(word: str, words: Sequence[str]) -> str:
    """`did you mean …?` for the nearest of some words, or ""."""
    from difflib import get_close_matches

    close = get_close_matches(word, words, 1)
    return f"did you mean {close[0]}?" if close else ""
