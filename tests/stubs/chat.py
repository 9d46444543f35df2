"""A chat model of our own on loopback, behind OpenAI's interface: its rules, its bill, its whims.

`python -m tests.stubs.chat --port 8081` serves a demonstration; tests start one in their process:

    with Stub() as stub:
        stub.fail(Fault(change=fenced), at=2)

Facts: platform.openai.com/docs/api-reference/chat, as far as this project relies on them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, unescape

from tests.stubs.engine import Work, bill, tags, translate
from tests.stubs.server import Asked, Done, Fault, Json, Refusal, Server, told_to_stop

__all__ = ["EVERYTHING", "Fault", "Meter", "Model", "Stub"]

COMPLETIONS = "POST /v1/chat/completions"
UNLIMITED = 1_000_000_000_000

EVERYTHING = frozenset(
    {"json_schema", "json_object", "temperature", "max_tokens", "max_completion_tokens"}
)

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Model:
    """A model: the options it `takes`, the tokens of its `context` and of its longest `output`.

    One that `obeys` does what a text asks for: `write "…"`.
    """

    name: str = "stub-model"
    takes: frozenset[str] = EVERYTHING
    context: int = 128_000
    output: int = 16_384
    obeys: bool = False


@dataclass
class Meter:
    """An account: whose, how far it reaches, and what was used of it. No `key`: for everybody."""

    key: str = "stub-key"
    limit: int = UNLIMITED
    characters: int = 0
    asked: int = 0
    answered: int = 0
    billed_for: Counter[tuple[str, str]] = field(default_factory=Counter)

    def charge(self, target: str, texts: Texts) -> int:
        """Count source characters, or refuse where they pass the limit."""
        characters = sum(bill(texts.values()))
        if self.characters + characters > self.limit:
            raise refusal(
                429,
                "You exceeded your current quota, please check your plan and billing details.",
                "insufficient_quota",
            )
        self.characters += characters
        self.billed_for.update((target, text) for text in texts.values())
        return characters

    def billed_twice(self) -> list[tuple[str, str]]:
        """What was billed more than once: pairs of target language and text."""
        return sorted(pair for pair, times in self.billed_for.items() if times > 1)


def refusal(status: int, message: str, code: str | None = None, param: str = "") -> Refusal:
    """A refusal in OpenAI's form."""
    error = {
        "message": message,
        "type": code if code == "insufficient_quota" else "invalid_request_error",
        "param": param or None,
        "code": code,
    }
    return Refusal(status, {"error": error})


def tokens(text: str) -> int:
    """Tokens as this model cuts them: three bytes each."""
    return -(-len(text.encode()) // 3)


class Stub(Server):
    """The server: one account, some models."""

    main_kind = COMPLETIONS

    def __init__(self, *models: Model, meter: Meter | None = None, port: int = 0) -> None:
        super().__init__(port)
        self.models = {model.name: model for model in models or (Model(),)}
        self.meter = meter or Meter()

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL has to be."""
        return f"{super().url}/v1"

    def complaint(self, status: int) -> Json:
        return refusal(status, f"stub fault {status}").body

    def work(self, asked: Asked) -> Done:
        key = self.meter.key
        if key and asked.headers.get("authorization") != f"Bearer {key}":
            raise refusal(401, "Incorrect API key provided", "invalid_api_key")
        if asked.kind == "GET /v1/models":
            listed = [{"id": name, "object": "model"} for name in self.models]
            return Done({"object": "list", "data": listed})
        if asked.kind != COMPLETIONS:
            raise refusal(404, f"Invalid URL ({asked.kind})")
        model = self.models.get(str(asked.body.get("model")))
        if model is None:
            message = f"The model `{asked.body.get('model')}` does not exist"
            raise refusal(404, message, "model_not_found")
        with self.lock:
            return _completion(model, self.meter, asked.body)


def _completion(model: Model, meter: Meter, body: Json) -> Done:
    _look_at_options(model, body)
    system, user = _messages(body)
    question = tokens(system) + tokens(user)
    most = _most_tokens(model, body)
    if question + most > model.context:
        message = (
            f"This model's maximum context length is {model.context} tokens. However, you requested"
            f" {question + most} tokens ({question} in the messages, {most} in the completion)."
            " Please reduce the length of the messages or completion."
        )
        raise refusal(400, message, "context_length_exceeded", "messages")
    document = json.loads(user)
    target = re.search(r"\(([\w-]+)\)$", document["target_language"])
    assert target is not None
    texts = {str(unit["id"]): str(unit["text"]) for unit in document["units"]}
    _look_at_schema(body, texts)
    characters = meter.charge(target[1], texts)
    entries = {one["term"]: one["translation"] for one in document.get("glossary", [])}
    work = Work(target[1], entries, frozenset({"x"}))
    said = {name: _said(model, text, work) for name, text in texts.items()}
    content, ended = _within(json.dumps(said, ensure_ascii=False), most)
    meter.asked += question
    meter.answered += tokens(content)
    return Done(_as_json(model, content, ended, (question, tokens(content))), characters)


def _said(model: Model, text: str, work: Work) -> str:
    order = re.search(r'write "(.*?)"', unescape(text)) if model.obeys else None
    return order[1] if order else translate(text, work)


def _within(content: str, most: int) -> tuple[str, str]:
    if tokens(content) <= most:
        return content, "stop"
    return content.encode()[: 3 * most].decode(errors="ignore"), "length"


def _as_json(model: Model, content: str, ended: str, used: tuple[int, int]) -> Json:
    message = {"role": "assistant", "content": content, "refusal": None}
    return {
        "id": "chatcmpl-stub",
        "object": "chat.completion",
        "created": 0,
        "model": f"{model.name}-2026-01-01",
        "choices": [{"index": 0, "message": message, "finish_reason": ended}],
        "usage": {
            "prompt_tokens": used[0],
            "completion_tokens": used[1],
            "total_tokens": sum(used),
        },
    }


def _look_at_options(model: Model, body: Json) -> None:
    shape = body.get("response_format")
    kind = str(shape.get("type")) if isinstance(shape, dict) else ""
    if "max_tokens" in body and "max_tokens" not in model.takes:
        message = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead."
        )
        raise refusal(400, message, "unsupported_parameter", "max_tokens")
    if "max_completion_tokens" in body and "max_completion_tokens" not in model.takes:
        raise refusal(400, "Unrecognized request argument supplied: max_completion_tokens")
    if "temperature" in body and "temperature" not in model.takes:
        message = (
            f"Unsupported value: 'temperature' does not support {body['temperature']} with this"
            " model. Only the default (1) value is supported."
        )
        raise refusal(400, message, "unsupported_value", "temperature")
    if kind and kind not in model.takes:
        message = f"Invalid parameter: 'response_format' of type '{kind}' is not supported"
        raise refusal(400, message, None, "response_format")
    if kind == "json_object" and "json" not in json.dumps(body["messages"]).lower():
        raise refusal(400, "'messages' must contain the word 'json' in some form", None, "messages")


def _most_tokens(model: Model, body: Json) -> int:
    caps = [body[cap] for cap in ("max_tokens", "max_completion_tokens") if cap in body]
    most = caps[0] if caps else model.output
    assert len(caps) < 2
    assert isinstance(most, int)
    if most > model.output:
        message = (
            f"max_tokens is too large: {most}. This model supports at most {model.output}"
            f" completion tokens, whereas you provided {most}."
        )
        raise refusal(400, message, "invalid_value", "max_tokens")
    return most


def _messages(body: Json) -> tuple[str, str]:
    messages = body.get("messages")
    assert isinstance(messages, list)
    roles = [message["role"] for message in messages]
    if roles != ["system", "user"]:
        raise refusal(400, f"Invalid value for 'messages': {roles}", None, "messages")
    return str(messages[0]["content"]), str(messages[1]["content"])


def _look_at_schema(body: Json, texts: Texts) -> None:
    """Refuse what strict mode refuses; the answer follows the schema, so that it must name all."""
    shape = body.get("response_format")
    if not isinstance(shape, dict) or shape["type"] != "json_schema":
        return
    named = shape["json_schema"]
    schema = named["schema"]
    strict = named["strict"] is True and schema["additionalProperties"] is False
    if not strict or not named["name"] or schema["required"] != list(schema["properties"]):
        raise refusal(400, "Invalid schema for response_format", None, "response_format")
    assert schema["required"] == list(texts)


# What models do to their answers, for `Fault(change=…)`.


def on_content(change: Callable[[str], str]) -> Callable[[Json], Json]:
    """A change of what the model says."""

    def changed(answer: Json) -> Json:
        choice, message = _first(answer)
        return _with(
            answer, {**choice, "message": {**message, "content": change(_said_in(answer))}}
        )

    return changed


def on_texts(change: Callable[[Texts], Mapping[str, object]]) -> Callable[[Json], Json]:
    """A change of the texts in it, by id."""
    return on_content(lambda content: json.dumps(change(json.loads(content)), ensure_ascii=False))


def each(change: Callable[[str], str]) -> Callable[[Json], Json]:
    """A change of every text in it."""
    return on_texts(lambda texts: {name: change(text) for name, text in texts.items()})


def ending(reason: str | None) -> Callable[[Json], Json]:
    """Another reason why it ended."""
    return lambda answer: _with(answer, {**_first(answer)[0], "finish_reason": reason})


def cut_off(answer: Json) -> Json:
    """The second half of the answer lost, as where its tokens were used up."""
    return ending("length")(on_content(lambda content: content[: len(content) // 2])(answer))


def refused(answer: Json) -> Json:
    """Nothing but a refusal."""
    choice, message = _first(answer)
    said = {**message, "content": None, "refusal": "I'm sorry, I can't help with that."}
    return _with(answer, {**choice, "message": said})


def filtered(answer: Json) -> Json:
    """Stopped by the content filter."""
    return ending("content_filter")(on_content(lambda _: "")(answer))


def fenced(answer: Json) -> Json:
    """In a fence."""
    return on_content(lambda content: f"```json\n{content}\n```")(answer)


def explained(answer: Json) -> Json:
    """With words around it."""
    return on_content(lambda content: f"Sure! Here you are:\n{content}\nHope it helps.")(answer)


def without_first(texts: Texts) -> Texts:
    """The first text left out."""
    return dict(list(texts.items())[1:])


def with_extra(texts: Texts) -> Texts:
    """A text that nobody asked for."""
    return {**texts, "t99": "more"}


def swapped(texts: Texts) -> Texts:
    """The first two texts in each other's place."""
    (a, first), (b, second), *more = texts.items()
    return {a: second, b: first, **dict(more)}


def first_doubled(content: str) -> str:
    """The first text said twice."""
    name, text = next(iter(json.loads(content).items()))
    return f"{{{json.dumps(name)}: {json.dumps(text)}, {content[1:]}"


def without_tag(text: str) -> str:
    """The first standalone tag lost."""
    return re.sub(r"<x [^>]*/>", "", text, count=1)


def with_tag_twice(text: str) -> str:
    """The first standalone tag doubled."""
    return re.sub(r"(<x [^>]*/>)", r"\1\1", text, count=1)


def with_tag_translated(text: str) -> str:
    """Tags in the words of the target language."""
    return re.sub(r'<(/?)[xg](?: id="(\d+)")?', r'<\1標識 番号="\2"', text)


def unescaped(text: str) -> str:
    """Entities turned into the characters they stand for."""
    whole = iter(tags(text))
    pieces = re.split(r"<[^>]*>", text)
    return "".join(unescape(piece) + next(whole, "") for piece in pieces)


def escaped_twice(text: str) -> str:
    """Tags and entities escaped once more."""
    return escape(text)


def _first(answer: Json) -> tuple[Json, Json]:
    choices = answer["choices"]
    assert isinstance(choices, list)
    return choices[0], choices[0]["message"]


def _said_in(answer: Json) -> str:
    return str(_first(answer)[1]["content"])


def _with(answer: Json, choice: Json) -> Json:
    return {**answer, "choices": [choice]}


def main() -> None:
    """Serve until interrupted; the address and the key are printed."""
    parser = argparse.ArgumentParser(description="a chat model for demonstrations")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", default="stub-key", help="the key to accept")
    parser.add_argument("--model", default="stub-model", help="the model's name")
    parser.add_argument("--limit", type=int, default=500_000, help="characters it lets pass")
    asked = parser.parse_args()
    meter = Meter(asked.key, asked.limit)
    with Stub(Model(asked.model), meter=meter, port=asked.port) as stub:
        ended = told_to_stop()  # before anybody knows the address, and may send the signal
        print(f"export OPENAI_BASE_URL={stub.url} OPENAI_API_KEY={asked.key}", flush=True)  # noqa: T201
        ended.wait()
        print(f"{meter.characters} characters, {meter.asked + meter.answered} tokens", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
