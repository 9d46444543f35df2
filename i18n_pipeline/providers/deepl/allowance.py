"""What an account has spent and may spend, from the body of /v2/usage; pure.

The client drops the part about the key (seen in 1.32), whose limit may be the lower one.
Source: developers.deepl.com/api-reference/usage-and-quota/check-usage-and-limits.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from i18n_pipeline.providers.base import Usage
from i18n_pipeline.providers.deepl.faults import unreadable

_UNLIMITED = 1_000_000_000_000
_MOST = 1 << 63


def usage_of(body: object) -> Usage:
    """The tighter of the account's and the key's allowance. Raises ProviderUnavailable."""
    if not isinstance(body, dict):
        raise unreadable("not with what is spent")
    spent, limit = _count(body, "character_count"), _count(body, "character_limit")
    if spent is None or limit is None:
        raise unreadable("not with what is spent")
    usages = [Usage(spent, limit if limit < _UNLIMITED else None)]
    of_key = _count(body, "api_key_character_count")
    key_limit = _count(body, "api_key_character_limit")
    # A key without a limit has that of its account, or 0.
    if of_key is not None and key_limit is not None and 0 < key_limit < _UNLIMITED:
        usages.append(Usage(of_key, key_limit))
    return min(usages, key=_left)


def _count(body: Mapping[object, object], name: str) -> int | None:
    """A number of characters; None for what is none, or more than any account has."""
    value = body.get(name)
    return value if isinstance(value, int) and 0 <= value <= _MOST else None


def _left(usage: Usage) -> int:
    return sys.maxsize if usage.limit is None else usage.limit - usage.spent
