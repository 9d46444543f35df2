"""What a request costs: exactly after it was answered, and at the most before it is sent; pure."""

from __future__ import annotations

from i18n_pipeline.config.settings import OpenAIOptions
from i18n_pipeline.providers.base import Cost
from i18n_pipeline.providers.openai.manner import Manner, body, size
from i18n_pipeline.providers.openai.prompt import Prompt

_MILLION = 1_000_000
_OVERHEAD = 64  # tokens a server puts around the messages
_BYTES_A_TOKEN = 4  # of English, in any vocabulary


def spent(options: OpenAIOptions, tokens: tuple[int, int] | None) -> float | None:
    """The cost of tokens asked and answered; None where a price or the count is not known."""
    if tokens is None or options.price_input is None or options.price_output is None:
        return None
    asked, answered = tokens
    return (asked * options.price_input + answered * options.price_output) / _MILLION


def expected(options: OpenAIOptions, model: str, prompt: Prompt, manner: Manner) -> Cost | None:
    """What a request will cost: a token is a byte at the least, and the answer is capped."""
    sent = size(body(model, prompt, manner)) + _OVERHEAD
    most = spent(options, (sent, manner.most_tokens(prompt)))
    answer = prompt.size // 3 + 8 * len(prompt.ids)
    likely = spent(options, (sent // _BYTES_A_TOKEN, min(answer, manner.most_tokens(prompt))))
    return None if likely is None or most is None else Cost(likely, most)
