"""Quality: punctuation as the locale writes it; one file for each family of marks.

Only prose is looked at: what stands in code, addresses and tags has its own marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject
from i18n_pipeline.checks.writing import scripts
from i18n_pipeline.checks.writing.punctuation.arabic import arabic
from i18n_pipeline.checks.writing.punctuation.chinese_japanese import full_width, half_width
from i18n_pipeline.checks.writing.punctuation.french import french
from i18n_pipeline.checks.writing.punctuation.greek import greek
from i18n_pipeline.checks.writing.punctuation.pairs import mixed_quotes, unclosed
from i18n_pipeline.checks.writing.punctuation.spaces import spaces
from i18n_pipeline.checks.writing.punctuation.spanish import spanish
from i18n_pipeline.model import Severity

_Part = Callable[[Subject], Iterable[Finding]]

_BY_LANGUAGE: dict[str, tuple[_Part, ...]] = {
    "ja": (full_width, half_width),
    "zh": (full_width, half_width),
    "ko": (half_width,),
    "fr": (french,),
    "es": (spanish,),
    "de": (mixed_quotes,),
    "el": (greek,),
}


def _find(subject: Subject) -> Iterator[Finding]:
    language = scripts.language(subject.locale)
    if subject.target == subject.source or not language:
        return
    parts = _BY_LANGUAGE.get(language, ())
    if scripts.code(subject.locale) == "Arab":
        parts = (arabic,)
    taken: set[int] = set()
    for part in (*parts, unclosed, spaces):
        for finding in part(subject):
            changed = _changed(finding)
            if taken.isdisjoint(changed):
                yield finding
            taken.update(changed)


def _changed(finding: Finding) -> range:
    """The characters an edit changes, or puts something before: no other may do so, too."""
    edit = finding.edit
    return range(edit.start, max(edit.end, edit.start + 1)) if edit else range(0)


PUNCTUATION = Rule(
    "punctuation",
    Severity.WARNING,
    safety=False,
    find=_find,
    purpose=(
        "marks in another form than the locale's: `,` between Japanese letters, full-width "
        "letters and digits, a missing or breaking space before French `:`, a Spanish "
        "question without `¿`, a Latin `?` in Greek or Arabic, straight among German "
        "quotation marks; doubled spaces, a space before a comma, brackets that stay open"
    ),
)
