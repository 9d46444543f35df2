"""The provider for chat models: a request to a prompt, and the model's answer to an `Answer`."""

from __future__ import annotations

from collections.abc import Mapping

from i18n_pipeline.errors import (
    ProviderUnavailable,
    RequestRefused,
    UsageError,
)
from i18n_pipeline.locales import check_tag, is_pseudo
from i18n_pipeline.placeholders import Form
from i18n_pipeline.providers.base import (
    Answer,
    Cost,
    Limits,
    Provider,
    Request,
    Settings,
    characters,
)
from i18n_pipeline.providers.keys import Key, find_key, is_set
from i18n_pipeline.providers.openai.cost import expected, spent
from i18n_pipeline.providers.openai.faults import Reply, complaint, judge, objects, unreadable
from i18n_pipeline.providers.openai.line import (
    Endpoint,
    Line,
    Timeouts,
    is_loopback,
    look_for_client,
    patient,
)
from i18n_pipeline.providers.openai.manner import Learned, Manner, body, size
from i18n_pipeline.providers.openai.prompt import Prompt, prompt_for
from i18n_pipeline.providers.openai.reading import Said, Unreadable, listen, read
from i18n_pipeline.providers.pace import Pace
from i18n_pipeline.providers.replies import plain
from i18n_pipeline.providers.retry import persist, sent_once
from i18n_pipeline.providers.server import find_server

LIMITS = Limits(texts=20, bytes=24 * 1024, parallel=8)
"""24 KiB are some 7,000 tokens, and their translation fits into the 16,384 that widespread models
write at most. Models lose count of many texts, so that more than 20 are not worth the saving."""

_NO_KEY = "no-key-is-needed"


class Chat(Provider):
    """A chat model behind OpenAI's interface. Safe to use from several threads."""

    forms = (Form.TAGS, Form.CONTENT, Form.SPLIT)
    reads_context = True

    def __init__(
        self, endpoint: Endpoint, settings: Settings, timeouts: Timeouts | None = None
    ) -> None:
        self._settings = settings
        self._options = settings.options.openai
        self._model = plain(settings.model or self._options.model)
        self._official = not endpoint.server
        clock = settings.waiting.clock
        self._line = Line(endpoint, self._model, timeouts or Timeouts(), clock)
        self._pace = Pace(self.limits.parallel)
        # Ollama overlooks OpenAI's newer name, and models that think refuse the older one.
        cap = "max_completion_tokens" if self._official else "max_tokens"
        self._learned = Learned(Manner(cap, self._options.temperature))

    def close(self) -> None:
        """Give back the connections."""
        self._line.close()

    @property
    def name(self) -> str:
        """The provider as it was named, with or without its model."""
        return f"openai:{self._settings.model}" if self._settings.model else "openai"

    @property
    def label(self) -> str:
        """The model; with its maker's name only where it is asked."""
        return f"OpenAI {self._model}" if self._official else self._model

    @property
    def limits(self) -> Limits:
        """The most one request may hold, and the most at once."""
        most = min(self._settings.jobs or LIMITS.parallel, LIMITS.parallel)
        return Limits(LIMITS.texts, LIMITS.bytes, most)

    def supports(self, source: str, target: str) -> bool:
        """Any pair of real languages: how well a model knows them, only reviewers can say."""
        return not any(check_tag(tag) or is_pseudo(tag) for tag in (source, target))

    def keeps_terms(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's
        """Always: the terms that occur are in the prompt."""
        return True

    def wire_size(self, request: Request) -> int:
        """Bytes of the request's body."""
        return size(body(self._model, prompt_for(request), self._learned.now))

    def cost(self, request: Request) -> Cost | None:
        """What the request would cost; None without prices."""
        prompt = prompt_for(request)
        if not prompt.ids:
            return Cost()
        return expected(self._options, self._model, prompt, self._learned.now)

    def translate(self, request: Request) -> Answer:
        """The translations of a request within the limits; see `Provider.translate`."""
        if not self.supports(request.source, request.target):
            pair = f"{request.source} into {request.target}"
            raise ProviderUnavailable(f"{self.label} cannot translate {pair}")
        prompt = prompt_for(request)
        if not prompt.ids:
            return Answer(request.texts, 0)
        _look_at(prompt)
        reply, unanswered = persist(
            lambda: self._ask(prompt), self._settings.waiting, sent_once(), self._pace
        )
        try:
            said = listen(reply.body)
        except Unreadable as problem:
            error = unreadable(reply, str(problem), self._line.peer)
        else:
            return self._answer(request, prompt, said, reply.trace, unanswered)
        raise error

    def _ask(self, prompt: Prompt) -> Reply:
        """The reply to a prompt, asked in the way that the server wants it to be."""
        while True:
            manner = self._learned.now
            reply = self._line.post(body(self._model, prompt, manner))
            if reply.status < 300:
                return reply
            words = complaint(reply).everything
            if not (objects(reply) and self._learned.step_back(manner, words)):
                raise judge(reply, self._line.peer)

    def _answer(
        self, request: Request, prompt: Prompt, said: Said, trace: str, unanswered: int
    ) -> Answer:
        found = read(said, prompt.ids)
        texts, faults = list(request.texts), [""] * len(request.texts)
        shares = [0] * len(request.texts)
        for at, text, fault in zip(prompt.positions, found.texts, found.faults, strict=True):
            asked = request.texts[at]
            texts[at] = self._line.peer.key.hide_in(text, asked)
            faults[at], shares[at] = fault, characters(asked)
        return Answer(
            tuple(texts),
            sum(shares),
            model=self._line.peer.shown(said.model) or self._model,
            trace=trace,
            shares=tuple(shares),
            unanswered=unanswered,
            notices=tuple(f"{self._model} {news}" for news in self._learned.news()),
            faults=tuple(faults) if any(faults) else (),
            cost=spent(self._options, said.tokens),
        )


def from_environment(environment: Mapping[str, str], settings: Settings) -> Chat:
    """The model that the settings name, with the key and the server of the environment.

    Raises UsageError without a model, NotAuthorised without a key, BadConfig where the server's
    address is none, ProviderUnavailable where the client is not installed.
    """
    if not (settings.model or settings.options.openai.model).strip():
        raise UsageError(
            "openai needs to know which model",
            'name it as openai:MODEL, or set model = "MODEL" in [provider.openai]',
        )
    server = find_server(environment, "OPENAI_BASE_URL", "http://localhost:11434/v1")
    own_machine = is_loopback(server)
    if settings.offline:
        return Chat(Endpoint(Key(_NO_KEY), server), settings)
    look_for_client()
    if own_machine and not is_set(environment, "OPENAI_API_KEY"):
        key = Key(_NO_KEY)
    else:
        key = find_key(environment, "OPENAI_API_KEY", "OpenAI")
    certificates = environment.get("REQUESTS_CA_BUNDLE") or environment.get("SSL_CERT_FILE", "")
    timeouts = patient() if own_machine else Timeouts()
    return Chat(Endpoint(key, server, certificates), settings, timeouts)


def _look_at(prompt: Prompt) -> None:
    """Raise RequestRefused for half a character, which no request can hold."""
    try:
        (prompt.system + prompt.user).encode()
    except UnicodeEncodeError:
        raise RequestRefused("a text holds half a character") from None
