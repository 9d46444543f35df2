"""The DeepL provider: a request to the client's call, and its answer looked at before it counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit
from xml.parsers import expat

from i18n_pipeline.errors import BadConfig, Problem, ProviderUnavailable, RequestRefused
from i18n_pipeline.placeholders import Form
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request, Settings
from i18n_pipeline.providers.deepl.faults import unreadable
from i18n_pipeline.providers.deepl.glossary import Found, Glossaries
from i18n_pipeline.providers.deepl.languages import source_code, takes_glossary, target_code
from i18n_pipeline.providers.deepl.line import Account, Line, Timeouts
from i18n_pipeline.providers.keys import find_key
from i18n_pipeline.providers.retry import sent_once

if TYPE_CHECKING:
    from deepl import TextResult

LIMITS = Limits(texts=50, bytes=120 * 1024, parallel=8)
"""DeepL takes 50 texts and 128 KiB (developers.deepl.com/docs/api-reference/translate)."""

_ANY_GLOSSARY = "-" * 36
"""As long as a glossary's id, for measuring a request before there is one."""


class _Options(TypedDict):
    """How texts are translated, in the client's and DeepL's own words."""

    tag_handling: str
    tag_handling_version: str
    ignore_tags: list[str]
    split_sentences: str
    preserve_formatting: bool
    outline_detection: bool
    model_type: str


def _options() -> _Options:
    return {
        "tag_handling": "xml",
        # Said always: what DeepL takes for granted depends on the age of the account.
        "tag_handling_version": "v2",
        "ignore_tags": ["x"],
        "split_sentences": "nonewlines",
        "preserve_formatting": True,
        "outline_detection": False,
        "model_type": "prefer_quality_optimized",
    }


class DeepL(Provider):
    """DeepL's API, by its official client. Safe to use from several threads."""

    name = "deepl"
    label = "DeepL"
    limits = LIMITS
    forms = (Form.TAGS, Form.CONTENT, Form.SPLIT)

    def __init__(
        self, account: Account, settings: Settings, timeouts: Timeouts | None = None
    ) -> None:
        self._line = Line(account, settings.waiting, timeouts)
        self._glossaries = Glossaries(self._line, settings)

    def close(self) -> None:
        """Give back the connections."""
        self._line.close()

    def supports(self, source: str, target: str) -> bool:
        """Whether DeepL knows both languages; by our table, nothing is asked."""
        return source_code(source) is not None and target_code(target) is not None

    def keeps_terms(self, source: str, target: str) -> bool:
        """Where DeepL has glossaries for both languages."""
        return takes_glossary(source_code(source) or "", target_code(target) or "")

    def wire_size(self, request: Request) -> int:
        """Bytes of the request's body: JSON with escapes for all beyond ASCII."""
        body = {
            "target_lang": target_code(request.target),
            "source_lang": source_code(request.source),
            "text": request.texts,
            "show_billed_characters": True,
            **({"glossary_id": _ANY_GLOSSARY} if request.glossary else {}),
            **({"context": request.context} if request.context else {}),
            **_options(),
        }
        return len(json.dumps(body))

    def translate(self, request: Request) -> Answer:
        """The translations of a request within the limits; see `Provider.translate`."""
        if not request.texts:
            return Answer((), 0)
        _look_at_texts(request.texts)
        source, target = _codes(request)
        glossary = self._glossaries.find(request)
        results, unanswered = self._line.call(
            lambda client: client.translate_text(
                list(request.texts),
                source_lang=source,
                target_lang=target,
                context=request.context or None,
                glossary=glossary.id or None,
                **_options(),
            ),
            sent_once(),
        )
        found = results if isinstance(results, list) else [results]
        return self._answer(request, found, glossary, unanswered)

    def _answer(
        self, request: Request, results: Sequence[TextResult], glossary: Found, unanswered: int
    ) -> Answer:
        try:
            _look_at_results(request, results)
        except ProviderUnavailable as error:
            error.unanswered += unanswered
            raise
        shares = tuple(result.billed_characters for result in results)
        return Answer(
            tuple(result.text for result in results),
            sum(shares),
            model=results[0].model_type_used or "",
            trace=self._line.heard().trace,
            shares=shares,
            unanswered=unanswered,
            notices=(glossary.notice,) if glossary.notice else (),
        )


def from_environment(environment: Mapping[str, str], settings: Settings) -> DeepL:
    """DeepL with the key and the server that the environment names.

    Raises NotAuthorised without a key, BadConfig where the server's address is none.
    """
    key = find_key(environment, "DEEPL_AUTH_KEY", DeepL.label)
    certificates = environment.get("REQUESTS_CA_BUNDLE") or environment.get("SSL_CERT_FILE", "")
    return DeepL(Account(key, _server(environment), certificates), settings)


def _server(environment: Mapping[str, str]) -> str:
    address = environment.get("DEEPL_SERVER_URL", "").strip()
    try:
        parts = urlsplit(address)
        # A user in the address would be sent in the key's place.
        good = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        good = False
    if address and not good:
        problem = Problem(
            "DEEPL_SERVER_URL", 0, 0, "not-an-address", "not an http address without a user",
            "https://api.deepl.com, or leave it out",
        )  # fmt: skip
        raise BadConfig((problem,))
    # The client drops the path of an address that does not end in a slash.
    return address.rstrip("/") + "/" if address else ""


def _codes(request: Request) -> tuple[str, str]:
    source, target = source_code(request.source), target_code(request.target)
    if source is None or target is None:
        unknown = request.target if source else request.source
        raise ProviderUnavailable(f"DeepL does not know the language {unknown}")
    return source, target


def _look_at_texts(texts: Sequence[str]) -> None:
    """Raise RequestRefused as DeepL would: one text that is not XML fails a whole request."""
    for text in texts:
        parser = expat.ParserCreate()
        try:
            parser.Parse(f"<r>{text}</r>", True)
        except (expat.ExpatError, UnicodeEncodeError) as error:
            raise RequestRefused(f"a text is not well-formed XML: {error}") from None


def _look_at_results(request: Request, results: Sequence[TextResult]) -> None:
    """Raise ProviderUnavailable for an answer that is not one text and one bill for each asked."""
    if len(results) != len(request.texts):
        raise unreadable(f"with {len(results)} texts for {len(request.texts)}")
    if not all(isinstance(result.text, str) for result in results):
        raise unreadable("a translation in it is not a text")
    if any(result.billed_characters < 0 for result in results):
        raise unreadable("what it says about the bill makes no sense")
