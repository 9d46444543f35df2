"""The contract, run on every provider we have."""

from __future__ import annotations

import pytest

from i18n_pipeline.providers.base import Provider
from i18n_pipeline.providers.contract import Contract
from i18n_pipeline.providers.deepl.provider import DeepL
from i18n_pipeline.providers.memory import Memory
from i18n_pipeline.providers.pseudo import Pseudo


class TestMemory(Contract):
    target = "ja"
    unsupported = None

    @pytest.fixture
    def provider(self) -> Provider:
        return Memory()


class TestPseudoAccents(Contract):
    target = "en-XA"
    unsupported = "ja"

    @pytest.fixture
    def provider(self) -> Provider:
        return Pseudo()


class TestPseudoRightToLeft(TestPseudoAccents):
    target = "ar-XB"


class TestDeepL(Contract):
    target = "ja"

    @pytest.fixture
    def provider(self, deepl: DeepL) -> Provider:
        return deepl
