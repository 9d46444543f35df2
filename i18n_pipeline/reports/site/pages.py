"""The pages of the report: which there are, and what each template gets to show."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from i18n_pipeline.errors import UsageError, extra_hint
from i18n_pipeline.locales import direction, display_name
from i18n_pipeline.reports.badges import badges
from i18n_pipeline.reports.dashboard import dashboard
from i18n_pipeline.reports.overview import LocaleOverview, Overview, StalePage
from i18n_pipeline.reports.report import Issue
from i18n_pipeline.reports.site import drawing
from i18n_pipeline.reports.standing import TermStanding, TermState
from i18n_pipeline.reports.tongue import Tongue
from i18n_pipeline.values import dataclass

if TYPE_CHECKING:
    from jinja2 import Environment

_TONGUE = Tongue("en")


def need_library() -> None:
    """Raise UsageError where what makes the pages is not installed."""
    _look()


def site(overview: Overview) -> Mapping[str, bytes]:
    """The files of the report by path, the same for the same overview.

    Raises UsageError where the template library is not installed.
    """
    look = _look()
    pages = {"index.html": "index.html", "terms.html": "terms.html", "issues.html": "issues.html"}
    rendered = {name: _page(look, template, overview, None) for name, template in pages.items()}
    for one in overview.locales:
        rendered[f"{one.locale}.html"] = _page(look, "locale.html", overview, one)
    return {
        **rendered,
        **{f"badges/{name}": data for name, data in badges(overview).items()},
        "report.json": dashboard(overview).encode(),
    }


@dataclass(frozen=True)
class _Look:
    environment: Environment
    style: str

    @cached_property
    def allowed(self) -> str:
        """The hash by which the style sheet, and nothing else, is allowed (CSP level 2)."""
        return base64.b64encode(sha256(self.style.encode()).digest()).decode()


def _look() -> _Look:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        message = "the report's pages need the library jinja2"
        raise UsageError(message, extra_hint("report")) from None
    environment = Environment(
        loader=PackageLoader("i18n_pipeline.reports.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "number": _TONGUE.number,
        "percent": _TONGUE.percent,
        "day": _TONGUE.day,
        "language": _TONGUE.name,
        "own_name": lambda tag: display_name(tag, tag),
        "direction": direction,
    }
    environment.globals |= {
        "bar": drawing.bar,
        "states": drawing.SHOWN,
        "classes": drawing.CLASSES,
    }
    style = files("i18n_pipeline.reports.site").joinpath("templates/style.css").read_text("utf-8")
    return _Look(environment, style)


def _page(look: _Look, template: str, overview: Overview, locale: LocaleOverview | None) -> bytes:
    from markupsafe import Markup

    shown = look.environment.get_template(template).render(
        report=overview,
        here=locale,
        page=template,
        style=Markup(look.style),  # noqa: S704  # our own file
        allowed=look.allowed,
        facts=Facts(overview),
        chart=drawing.chart(overview) if template == "index.html" else None,
        web=None if locale is None else drawing.web(overview, locale),
    )
    return shown.encode()


@dataclass(frozen=True, slots=True)
class Rule:
    """What one check found: how bad it is, and where, by locale."""

    check: str
    severity: str
    issues: Mapping[str, tuple[Issue, ...]]

    @property
    def count(self) -> int:
        """How often."""
        return sum(map(len, self.issues.values()))


@dataclass(frozen=True)
class Facts:
    """What templates would otherwise have to work out."""

    overview: Overview

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """What checks found, errors first, the most frequent first."""
        found: dict[tuple[str, str], dict[str, list[Issue]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for one in self.overview.locales:
            for issue in one.report.issues:
                found[issue.severity, issue.check][one.locale].append(issue)
        rules = (
            Rule(check, severity, {locale: tuple(each) for locale, each in issues.items()})
            for (severity, check), issues in found.items()
        )
        order = ("error", "warning", "note")
        return tuple(
            sorted(rules, key=lambda one: (order.index(one.severity), -one.count, one.check))
        )

    @property
    def is_partly_unknown(self) -> bool:
        """Whether of some locale it is not known how its terms stand."""
        return any(one.is_unknown for one in self.overview.locales)

    def money(self, amount: float | None) -> str:
        """An amount in the currency of the project's prices."""
        return "not known" if amount is None else _TONGUE.money(amount, self.overview.currency)

    def price(self, amount: float | None) -> str:
        """An amount in a sentence."""
        return "price not known" if amount is None else self.money(amount)

    def category(self, locale: LocaleOverview, name: str) -> Mapping[TermState, int]:
        """The terms of a category by where they stand in a locale."""
        slugs = [term.slug for term in self.overview.by_category[name]]
        states = [locale.by_slug[slug].state for slug in slugs if slug in locale.by_slug]
        return {state: states.count(state) for state in drawing.SHOWN if state in states}

    def waiting(self, locale: LocaleOverview) -> list[TermStanding]:
        """The terms whose pages are not live, the most linked first."""
        linked = self.overview.linked
        waiting = (one for one in locale.report.standings if not one.is_live)
        return sorted(waiting, key=lambda one: (-linked[one.slug], one.slug))

    def unlike(self, locale: LocaleOverview) -> tuple[int, int]:
        """How many links to terms there are, and how many use other words than the glossary."""
        found = locale.report.renderings
        return sum(one.links for one in found), sum(one.links - one.agreeing for one in found)

    def oldest(self) -> Iterator[tuple[str, StalePage]]:
        """Stale pages with their locales, those that have been so for longest first."""
        found = [(one.locale, page) for one in self.overview.locales for page in one.stale]
        yield from sorted(found, key=lambda one: (not one[1].since, one[1].since, one[0]))
