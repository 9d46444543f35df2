"""Numbers, days, prices and names of languages as the reader of a report writes them (CLDR)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from i18n_pipeline.locales import display_name
from i18n_pipeline.reports.counting import money

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a reader writes; `locale` is a tag that Babel knows (known_tongue)."""

    locale: str = "en"

    def number(self, amount: float) -> str:
        """A number with the reader's separators."""
        from babel.numbers import format_decimal

        return format_decimal(amount, locale=self._babel)

    def percent(self, share: float) -> str:
        """Hundredths as a percentage, never rounded up to a whole that is not reached."""
        from babel.numbers import format_percent

        rounded = 99 if 99 < share < 100 else round(share)
        return format_percent((rounded or (1 if share else 0)) / 100, locale=self._babel)

    def money(self, amount: float, currency: str) -> str:
        """An amount of money; small ones with as many digits as show that they are not nothing."""
        from babel.numbers import format_currency

        if not _CURRENCY.fullmatch(currency) or 0 < amount < 0.005:
            return money(amount, currency)
        return format_currency(amount, currency, locale=self._babel)

    def day(self, iso: str) -> str:
        """A day (ISO 8601); what is none, as it is."""
        from babel.dates import format_date

        try:
            return format_date(date.fromisoformat(iso), "medium", locale=self._babel)
        except ValueError:
            return iso

    def name(self, tag: str) -> str:
        """The name of a locale."""
        return display_name(tag, self.locale)

    @property
    def _babel(self) -> str:
        return self.locale.replace("-", "_")


def known_tongue(wanted: str) -> Tongue:
    """How somebody writes whose locale is `wanted`, as environments say it (`de_AT.UTF-8`).

    English where it says nothing that is known.
    """
    from babel import Locale, UnknownLocaleError

    tag = wanted.partition(".")[0].partition("@")[0].replace("-", "_")
    for one in (tag, tag.partition("_")[0]):
        try:
            return Tongue(str(Locale.parse(one)))
        except (ValueError, UnknownLocaleError):
            continue
    return Tongue()
