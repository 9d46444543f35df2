"""The rules about writing on texts that people wrote and read: they find next to nothing."""

from __future__ import annotations

import pytest

from i18n_pipeline.checks import Rule, Subject
from i18n_pipeline.checks.writing.language import LANGUAGE
from i18n_pipeline.checks.writing.punctuation import PUNCTUATION
from i18n_pipeline.checks.writing.register import REGISTER
from i18n_pipeline.checks.writing.script import SCRIPT
from i18n_pipeline.checks.writing.spacing import SPACING
from i18n_pipeline.checks.writing.spelling import SPELLING
from tests.checks.reviewed import reviewed
from tests.checks.test_people import CORPUS, subjects

WRITING = (SCRIPT, LANGUAGE, PUNCTUATION, SPACING, REGISTER, SPELLING)

pytestmark = pytest.mark.parametrize("locale", ["ja", "es", "de"])


def alarmed(rule: Rule, texts: list[Subject]) -> list[str]:
    return [one.target for one in texts if list(rule.find(one))]


@pytest.mark.parametrize("rule", WRITING, ids=lambda rule: rule.code)
def test_our_own_reviewed_texts_are_clean(rule: Rule, locale: str) -> None:
    assert alarmed(rule, list(reviewed(locale))) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the Cloud Native Glossary is not here")
@pytest.mark.parametrize("rule", WRITING, ids=lambda rule: rule.code)
def test_alarms_about_texts_of_people_are_rare(rule: Rule, locale: str) -> None:
    texts = list(subjects(locale))
    most = 0.005 * len(texts) if rule is PUNCTUATION else 0
    assert len(alarmed(rule, texts)) <= most
