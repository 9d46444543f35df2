"""The DeepL provider: a request to the client's call, and its answer looked at before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from i18n_pipeline.errors import (
    BadConfig,
    NotAuthorised,
    Problem,
    ProviderUnavailable,
    RequestRefused,
)
from i18n_pipeline.placeholders import Form
from i18n_pipeline.providers.base import (
    Answer,
    Cost,
    Limits,
    Provider,
    Request,
    Settings,
    Usage,
    characters,
)
from i18n_pipeline.providers.deepl.allowance import usage_of
from i18n_pipeline.providers.deepl.capabilities import takes_glossary
from i18n_pipeline.providers.deepl.entries import clean
from i18n_pipeline.providers.deepl.faults import NOT_FOUND, unreadable
from i18n_pipeline.providers.deepl.glossary import Glossaries
from i18n_pipeline.providers.deepl.languages import source_code, target_code
from i18n_pipeline.providers.deepl.line import Account, Line, get
from i18n_pipeline.providers.deepl.manner import manner_of, wire_size
from i18n_pipeline.providers.deepl.store import Store
from i18n_pipeline.providers.deepl.tap import Timeouts
from i18n_pipeline.providers.deepl.translating import Translating, unbilled
from i18n_pipeline.providers.keys import Key, find_key
from i18n_pipeline.providers.replies import half_a_character, plain
from i18n_pipeline.providers.server import find_server

if TYPE_CHECKING:
    from deepl import TextResult

TEXTS, BYTES = 50, 120 * 1024
"""DeepL takes 50 texts and 128 KiB (developers.deepl.com/docs/api-reference/translate)."""

HALF = "holds half a character"

_MILLION = 1_000_000
_MOST_BILLED = 1_000_000  # characters of one text; a whole request has some 120,000
_BLIND = "DeepL does not let this key see what is left of its allowance: only this run is counted"


class DeepL(Provider):
    """DeepL's API, by its official client. Safe to use from several threads."""

    name = "deepl"
    label = "DeepL"
    forms = (Form.TAGS, Form.CONTENT, Form.SPLIT)
    reads_context = True

    def __init__(
        self, account: Account, settings: Settings, timeouts: Timeouts | None = None
    ) -> None:
        self._settings = settings
        self._options = settings.options.deepl
        self._line = Line(account, settings, timeouts)
        self._translating = Translating(self._line, settings)
        self._blind = ""

    def close(self) -> None:
        """Give back the connections."""
        self._line.close()

    @property
    def glossaries(self) -> Glossaries:
        """The project's glossaries at DeepL."""
        return self._translating.glossaries

    @property
    def free(self) -> bool:
        """Whether the account is on the plan API Free."""
        return self._line.account.free

    @property
    def limits(self) -> Limits:
        """Texts and bytes of a request; at once as many as the plan and `jobs` let make sense."""
        return Limits(TEXTS, BYTES, self._line.parallel)

    def supports(self, source: str, target: str) -> bool:
        """Whether DeepL knows both languages; by our table, nothing is asked."""
        return source_code(source) is not None and target_code(target) is not None

    def keeps_terms(self, source: str, target: str) -> bool:
        """Where DeepL has glossaries for both languages."""
        return takes_glossary(source_code(source) or "", target_code(target) or "")

    def wire_size(self, request: Request) -> int:
        """Bytes of the request's body, with all that goes over the wire beside the texts."""
        glossary = self.keeps_terms(request.source, request.target) and clean(request.glossary)
        return wire_size(request, manner_of(request, self._options), glossary=bool(glossary))

    def cost(self, request: Request) -> Cost | None:
        """By the configured price of a million characters; None without one."""
        price = self._price(sum(map(characters, request.texts)))
        return None if price is None else Cost(price, price)

    def usage(self) -> Usage | None:
        """The tighter of the account's and the key's allowance.

        None where it cannot be seen; answers say so from then on.
        """
        if self._settings.offline:
            return None
        with unbilled():
            try:
                body, _ = self._line.call(lambda client: get(client, "v2/usage"))
            except (NotAuthorised, ProviderUnavailable) as error:
                # A restricted key, or a server that only translates. A wrong key is told as such
                # where it translates.
                known = isinstance(error, NotAuthorised) or self._line.heard().status == NOT_FOUND
                if not known:
                    raise
                self._blind = _BLIND
                return None
            return usage_of(body)

    def store(self, source: str) -> Store:
        """The project's own translation memory at DeepL."""
        return Store(self._line, self._settings.project, source)

    def translate(self, request: Request) -> Answer:
        """The translations of a request within the limits; see `Provider.translate`."""
        if not request.texts:
            return Answer((), 0)
        _look_at_texts(request.texts)
        done = self._translating.translate(request)
        try:
            _look_at_results(request, done.results)
        except ProviderUnavailable as error:
            error.unanswered += done.unanswered
            raise
        shares = tuple(result.billed_characters for result in done.results)
        faults = tuple(HALF if half_a_character(one.text) else "" for one in done.results)
        key = self._line.account.key
        return Answer(
            tuple(
                "" if fault else key.hide_in(result.text, text)
                for text, result, fault in zip(request.texts, done.results, faults, strict=True)
            ),
            sum(shares),
            model=self._shown(done.results[0].model_type_used),
            trace=self._line.heard().trace,
            shares=shares,
            unanswered=done.unanswered,
            notices=(*done.notices, self._blind) if self._blind else done.notices,
            faults=faults if any(faults) else (),
            cost=self._price(sum(shares)),
        )

    def _shown(self, word: object) -> str:
        """A word of DeepL's fit to be shown, "" for what is none."""
        return plain(self._line.account.key.hide(word)) if isinstance(word, str) else ""

    def _price(self, count: int) -> float | None:
        price = self._options.price
        return None if price is None else price * count / _MILLION


def from_environment(environment: Mapping[str, str], settings: Settings) -> DeepL:
    """DeepL with the key and the server that the environment names; offline it needs neither.

    Raises NotAuthorised without a key, BadConfig where the server's address or the file of
    certificates is none.
    """
    if settings.offline:
        return DeepL(Account(Key("")), settings)
    key = find_key(environment, "DEEPL_AUTH_KEY", DeepL.label)
    return DeepL(Account(key, _server(environment), _certificates(environment)), settings)


def _server(environment: Mapping[str, str]) -> str:
    address = find_server(environment, "DEEPL_SERVER_URL", "https://api.deepl.com")
    # The client drops the path of an address that does not end in a slash.
    return f"{address}/" if address else ""


def _certificates(environment: Mapping[str, str]) -> str:
    """The client looks at neither of the variables that other programs do (seen in 1.32)."""
    for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        path = environment.get(variable, "")
        if path and not Path(path).exists():
            mend = "the path of a file of certificates, or leave it out"
            raise BadConfig((Problem(variable, 0, 0, "not-found", "there is no such file", mend),))
        if path:
            return path
    return ""


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
    if not all(0 <= result.billed_characters <= _MOST_BILLED for result in results):
        raise unreadable("what it says about the bill makes no sense")
