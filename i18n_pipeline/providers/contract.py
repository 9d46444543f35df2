"""The contract of every provider: inherit it in your tests, say which provider, pytest runs it.

::

    from i18n_pipeline.providers.contract import Contract

    class TestMine(Contract):
        target = "ja"

        @pytest.fixture
        def provider(self) -> Provider:
            return Mine()

Only tests import this module: it needs pytest.
"""

from __future__ import annotations

import re
from typing import ClassVar

import pytest

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.providers.base import Provider, Request
from i18n_pipeline.providers.batches import cut
from i18n_pipeline.values import replace

TEXTS = (
    'Fine-tuning trains a <g id="1">model</g> again.',
    "  spaces at both ends ",
    "",
    'Run <x id="1"/> &amp; wait, a &lt; b.',
    '<x id="1"/>',
    'One <g id="1">two <g id="2">three</g></g> <x id="3"/> four.',
    "日本語の文。",
)


def tags(text: str) -> list[str]:
    """The placeholders of a protected text, in no order."""
    return sorted(re.findall(r"<[^>]*>", text))


class Contract:
    """What holds for an engine whatever it is; `unsupported` is None where it takes any locale."""

    source: ClassVar[str] = "en"
    target: ClassVar[str]
    unsupported: ClassVar[str | None] = "tlh"
    same_every_time: ClassVar[bool] = True

    def request(self, *texts: str) -> Request:
        return Request(self.source, self.target, texts)

    def test_every_text_has_an_answer_and_answers_keep_their_order(
        self, provider: Provider
    ) -> None:
        answer = provider.translate(self.request(*TEXTS))
        singly = [provider.translate(self.request(text)).texts[0] for text in TEXTS]
        assert len(answer.texts) == len(TEXTS)
        if self.same_every_time:
            assert list(answer.texts) == singly

    def test_placeholders_come_back_once_each(self, provider: Provider) -> None:
        answer = provider.translate(self.request(*TEXTS))
        if provider.translates:
            assert [tags(text) for text in answer.texts] == [tags(text) for text in TEXTS]

    def test_entities_stay_escaped(self, provider: Provider) -> None:
        text = provider.translate(self.request("a &lt; b &amp; c &gt; d")).texts[0]
        assert not re.search(r"[<>]|&(?!lt;|gt;|amp;)", text)

    def test_no_texts_cost_nothing(self, provider: Provider) -> None:
        answer = provider.translate(self.request())
        assert (answer.texts, answer.billed) == ((), 0)

    def test_the_bill_is_the_sum_of_its_shares(self, provider: Provider) -> None:
        answer = provider.translate(self.request(*TEXTS))
        assert sum(answer.billed_for(position) for position in range(len(TEXTS))) == answer.billed

    def test_the_supported_target_is_supported(self, provider: Provider) -> None:
        assert provider.supports(self.source, self.target)

    def test_an_unsupported_target_is_refused_before_anything_is_sent(
        self, provider: Provider
    ) -> None:
        if self.unsupported is None:
            return
        assert not provider.supports(self.source, self.unsupported)
        with pytest.raises(ProviderUnavailable, match=self.unsupported):
            provider.translate(Request(self.source, self.unsupported, ("text",)))

    def test_what_cut_gives_is_within_the_limits(self, provider: Provider) -> None:
        texts = tuple(f"word {number} ⟦é漢😀⟧" * 80 for number in range(2 * provider.limits.texts))
        batches = list(cut(self.request(*texts), provider))
        assert tuple(text for batch in batches for text in batch.texts) == texts
        for batch in batches:
            assert len(batch.texts) <= provider.limits.texts
            assert provider.wire_size(batch) <= provider.limits.bytes

    def test_a_request_grows_with_every_text(self, provider: Provider) -> None:
        one = self.request("text")
        assert provider.wire_size(replace(one, texts=("text", "text"))) >= provider.wire_size(one)
