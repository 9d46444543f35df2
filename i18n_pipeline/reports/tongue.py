"""Numbers, days, prices and names of languages as the reader of a report writes them (CLDR)."""

from __future__ import annotations

from datetime import date

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import display_name
from i18n_pipeline.reports.counting import COUNTED, noun_for
from i18n_pipeline.values import dataclass

_CURRENCY = expression(r"[A-Z]{3}")

# CLDR wraps some prices and days in marks for text from right to left; our sentences are English.
_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))

# whose numbers Python writes as CLDR does: most readers never wait for Babel
_PLAIN = frozenset({"en", "en_GB", "en_US"})

_SCRIPTS = {"cyrillic": "Cyrl", "latin": "Latn"}
"""The modifiers of glibc's locales that Babel takes no notice of."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a reader writes.

    Each field is a locale that Babel knows, as Babel writes it (known_tongue): `locale` for names
    of languages, the others for what they are called after.
    """

    locale: str = "en"
    numbers: str = "en"
    prices: str = "en"
    days: str = "en"

    def number(self, amount: float) -> str:
        """A number with the reader's separators."""
        if isinstance(amount, int) and (-1000 < amount < 1000 or self.numbers in _PLAIN):
            return f"{amount:,}"
        from babel.numbers import format_decimal

        return format_decimal(amount, locale=self.numbers).translate(_MARKS)

    def counted(self, number: int, noun: str) -> str:
        """A number with its noun: `1 unit`, `1,200 units`."""
        return f"{self.number(number)} {noun_for(number, noun)}"

    def reworded(self, words: str) -> str:
        """Words in which numbers were counted (counting.py), these numbers the reader's way."""
        return COUNTED.sub(lambda found: self.number(int(found[0])), words)

    def percent(self, share: float) -> str:
        """Hundredths as a percentage, never rounded up to a whole that is not reached."""
        rounded = 99 if 99 < share < 100 else round(share)
        return self._percentage(rounded or (1 if share else 0), 0)

    def tenths(self, share: float) -> str:
        """Hundredths as a percentage with one decimal."""
        return self._percentage(share, 1)

    def _percentage(self, share: float, digits: int) -> str:
        if self.numbers in _PLAIN:
            return f"{share:.{digits}f}%"
        from babel import Locale
        from babel.numbers import format_percent

        form = Locale.parse(self.numbers).percent_formats[None].pattern
        form = form.replace("0", "0.0") if digits else form
        shown = format_percent(share / 100, format=form, locale=self.numbers)
        return shown.translate(_MARKS)

    def money(self, amount: float, currency: str) -> str:
        """An amount of money; small ones with as many digits as show that they are not nothing."""
        from babel.numbers import format_currency, format_decimal

        if _CURRENCY.fullmatch(currency) and not 0 < amount < 0.005:
            return format_currency(amount, currency, locale=self.prices).translate(_MARKS)
        rounded, form = (amount, "#,##0.00") if amount >= 0.1 else (float(f"{amount:.2g}"), _SMALL)
        shown = format_decimal(rounded, format=form, locale=self.prices)
        return f"{shown.translate(_MARKS)} {currency}".rstrip()

    def day(self, iso: str) -> str:
        """A day (ISO 8601); what is none, as it is."""
        from babel.dates import format_date

        try:
            shown = format_date(date.fromisoformat(iso), "medium", locale=self.days)
        except ValueError:
            return iso
        return shown.translate(_MARKS)

    def name(self, tag: str) -> str:
        """The name of a locale."""
        return display_name(tag, self.locale)

    def title(self, tag: str) -> str:
        """The name of a locale with its tag: `Japanese (ja)`."""
        return f"{self.name(tag)} ({tag})"


_SMALL = "#,##0.########"


def known_tongue(words: str, numbers: str = "", prices: str = "", days: str = "") -> Tongue:
    """How somebody writes whose locales these are, as environments say them (`de_AT.UTF-8`).

    What is not said is as `words` are; English where nothing is said that is known.
    """
    each = (words, numbers or words, prices or words, days or words)
    return Tongue(*map(_known, each))


def _known(wanted: str) -> str:
    """The locale of Babel's that serves one of the system's."""
    before, _, modifier = wanted.partition("@")
    tag = before.partition(".")[0].replace("-", "_")
    if tag in _PLAIN:
        return tag
    if not tag or tag in ("C", "POSIX"):
        return "en"
    from babel import Locale, UnknownLocaleError

    spoken, _, region = tag.partition("_")
    script = _SCRIPTS.get(modifier, "")
    for one in (f"{spoken}_{script}_{region}" if script else tag, tag, spoken):
        try:
            return str(Locale.parse(one))
        except (ValueError, UnknownLocaleError):
            continue
    return "en"
