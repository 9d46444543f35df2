"""What an account has spent and may spend, from the body of /v2/usage; pure.

The client drops the part about the key (seen in 1.32), whose limit may be the lower one.
Source: developers.deepl.com/api-reference/usage-and-quota/check-usage-and-limits.
"""

from __future__ import annotations

import sys

from i18n_pipeline.providers.base import Usage
from i18n_pipeline.providers.deepl.faults import unreadable

_UNLIMITED = 1_000_000_000_000


def usage_of(body: object) -> Usage:
    """The tighter of the account's and the key's allowance. Raises ProviderUnavailable."""
    if not isinstance(body, dict):
        raise unreadable("not with what is spent")
    spent, limit = body.get("character_count"), body.get("character_limit")
    if not isinstance(spent, int) or not isinstance(limit, int):
        raise unreadable("not with what is spent")
    usages = [Usage(spent, limit if limit < _UNLIMITED else None)]
    of_key, key_limit = body.get("api_key_character_count"), body.get("api_key_character_limit")
    # A key without a limit has that of its account, or 0.
    if isinstance(of_key, int) and isinstance(key_limit, int) and 0 < key_limit < _UNLIMITED:
        usages.append(Usage(of_key, key_limit))
    return min(usages, key=_left)


def _left(usage: Usage) -> int:
    return sys.maxsize if usage.limit is None else usage.limit - usage.spent
