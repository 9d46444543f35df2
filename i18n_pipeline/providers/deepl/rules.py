"""Style rules of the account: looked at once, before a text is sent with their id.

DeepL refuses a request for a wrong id as it does for bad texts; every text would be tried alone.
"""

from __future__ import annotations

import re
import threading

from i18n_pipeline.errors import (
    BadConfig,
    NotAuthorised,
    Problem,
    ProviderUnavailable,
    RequestRefused,
)
from i18n_pipeline.expressions import expression
from i18n_pipeline.providers.deepl.faults import NOT_FOUND
from i18n_pipeline.providers.deepl.languages import base, target_code
from i18n_pipeline.providers.deepl.line import Line, get
from i18n_pipeline.values import dataclass, field

_ID = expression(r"[\w-]+", re.ASCII)


@dataclass(slots=True)
class StyleRules:
    """Which style rules are known to be there. Safe to use from several threads."""

    line: Line
    _languages: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, rule: str, target: str) -> None:
        """Raise BadConfig where there are no such style rules, or not for this locale."""
        with self._lock:
            if rule not in self._languages:
                self._languages[rule] = self._language(rule)
            language = self._languages[rule]
        if language == "?":
            raise _problem(
                target, f"DeepL has no style rules {rule!r}", "look up their id at DeepL"
            )
        if language and language != base(target_code(target) or ""):
            wrong = f"the style rules {rule!r} are for {language.lower()}"
            raise _problem(target, wrong, "they follow the target locale")

    def _language(self, rule: str) -> str:
        """Their language; "?" where there are none, "" where the key may not look."""
        if not _ID.fullmatch(rule):
            return "?"
        try:
            # The client stumbles over times without fractions, as the API's own examples are.
            found, _ = self.line.call(lambda client: get(client, f"v3/style_rules/{rule}"))
        except NotAuthorised:
            return ""  # a key that may only translate: DeepL looks for itself
        except RequestRefused:
            return "?"
        except ProviderUnavailable:
            if self.line.heard().status != NOT_FOUND:
                raise
            return "?"
        language = found.get("language") if isinstance(found, dict) else ""
        return base(language.upper()) if isinstance(language, str) else ""


def _problem(target: str, message: str, mend: str) -> BadConfig:
    place = f"provider.deepl.style_rules.{target}"
    return BadConfig((Problem("i18n.toml", 0, 0, "bad-style-rules", f"{place}: {message}", mend),))
