from __future__ import annotations

from i18n_pipeline.glossary import Entry, merged
from i18n_pipeline.pipeline.foreseen import Terminologies

LISTED = (Entry("token", "トークン"),)
NAMES = (Entry("rank", "ランク", slug="rank"), Entry("token", "字句", slug="token"))


def test_terminology_of_the_same_names_is_not_made_once_more() -> None:
    terminologies = Terminologies()
    made = terminologies.merged(LISTED, NAMES, ("Go",), "en")
    assert made == merged(LISTED, NAMES, ("Go",), "en")
    again = (Entry("rank", "ランク", slug="rank"), NAMES[1])
    assert terminologies.merged(LISTED, again, ("Go",), "en") is made


def test_of_the_same_words_for_another_term_it_is_made_anew() -> None:
    terminologies = Terminologies()
    terminologies.merged((), NAMES, (), "en")
    others = (Entry("rank", "ランク", slug="order"), NAMES[1])
    assert terminologies.merged((), others, (), "en").entries[0].slug == "order"


def test_another_name_entry_or_name_to_keep_is_another_terminology() -> None:
    terminologies = Terminologies()
    terminologies.merged(LISTED, NAMES, (), "en")
    for of in ((LISTED, NAMES[:1], (), "en"), ((), NAMES[:1], (), "en"), ((), (), ("Go",), "en")):
        assert terminologies.merged(*of) == merged(*of)
