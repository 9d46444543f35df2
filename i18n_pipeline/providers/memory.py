"""No machine at all: what the translation memory does not know stays untranslated."""

from __future__ import annotations

from i18n_pipeline.placeholders import Form
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request


class Memory(Provider):
    """The provider of a run without a key: it knows every language and gives no text."""

    name = "memory"
    label = "translation memory"
    translates = False
    limits = Limits(texts=1000, bytes=1 << 20)

    def supports(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's
        """Always: leaving a text untranslated is possible in every language."""
        return True

    forms = (Form.TAGS, Form.CONTENT, Form.SPLIT)

    def keeps_terms(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's
        """So that receipts of engines which are told the glossary are found."""
        return True

    def translate(self, request: Request) -> Answer:
        """No text for any text."""
        return Answer(("",) * len(request.texts), 0)
