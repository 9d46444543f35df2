"""No machine at all: what the translation memory does not know stays untranslated."""

from __future__ import annotations

from i18n_pipeline.providers.base import Answer, Limits, Request


class Memory:
    """The provider of a run without a key: it knows every language and gives no text."""

    name = "memory"
    label = "translation memory"
    translates = False
    limits = Limits(texts=1000, bytes=1 << 20)

    def supports(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's
        """Always: leaving a text untranslated is possible in every language."""
        return True

    def wire_size(self, request: Request) -> int:  # noqa: ARG002 - the protocol's
        """Nothing goes over a wire."""
        return 0

    def translate(self, request: Request) -> Answer:
        """No text for any text."""
        return Answer(("",) * len(request.texts), 0)
