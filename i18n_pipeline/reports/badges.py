"""Badges: a share of reviewed terms as a small SVG, for a README or a site."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from i18n_pipeline.reports.overview import Overview
from i18n_pipeline.reports.tongue import Tongue

_TONGUE = Tongue("en")
_SHADES = ((90, "#1a7f37"), (60, "#7a6a00"), (0, "#9a3412"))
"""From which percent on a badge has which colour; white on each of them has a contrast over 4.5."""

_UNKNOWN = "#57606a"


def badges(overview: Overview) -> Mapping[str, bytes]:
    """A badge for each locale by file name (`ja.svg`), and `all.svg` for all of them together."""
    found = {f"{one.locale}.svg": badge(one.locale, one.share) for one in overview.locales}
    return {**found, "all.svg": badge("translations", overview.share)}


def badge(label: str, share: float | None) -> bytes:
    """One badge: a label and a percentage of terms reviewed, None for one that is not known."""
    said = "not known" if share is None else _TONGUE.percent(share)
    colour = _UNKNOWN if share is None else _shade(share)
    left, right = _width(label), _width(said)
    total = left + right
    words = escape(f"{label}: {said}{' of terms reviewed' if share is not None else ''}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="20" role="img" '
        f'aria-label="{words}"><title>{words}</title>'
        f'<clipPath id="r"><rect width="{total}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>'
        '<g fill="#fff" text-anchor="middle" '
        'font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(said)}</text></g></svg>\n'
    ).encode()


def _shade(share: float) -> str:
    return next(colour for least, colour in _SHADES if share >= least)


def _width(words: str) -> int:
    """How wide words are in that font, with some room at both sides, in pixels."""
    return 14 + round(sum(11.5 if ord(letter) > 0x2E80 else 7.0 for letter in words))
