from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.stubs.chat import EVERYTHING, Fault, Meter, Model, Stub
from tests.stubs.server import Json

UNITS = [{"id": "t01", "text": 'A <g id="1">model</g>.'}, {"id": "t02", "text": "A <x id='1'/>"}]
DOCUMENT = {
    "target_language": "Japanese (ja)",
    "glossary": [{"term": "model", "translation": "モデル"}],
    "units": UNITS,
}


def asking(document: object = None, **options: object) -> Json:
    user = json.dumps(document or DOCUMENT)
    messages = [{"role": "system", "content": "JSON"}, {"role": "user", "content": user}]
    return {"model": "stub-model", "messages": messages, "max_tokens": 1000, **options}


def post(stub: Stub, body: Json, key: str = "stub-key") -> tuple[int, Json]:
    asked = urllib.request.Request(  # noqa: S310 - our own server
        f"{stub.url}/chat/completions",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {key}"},
    )
    try:
        with urllib.request.urlopen(asked) as reply:  # noqa: S310 - our own server
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def only_choice(body: Json) -> Json:
    choices = body["choices"]
    assert isinstance(choices, list)
    (choice,) = choices
    assert isinstance(choice, dict)
    return choice


def said_in(body: Json) -> str:
    message = only_choice(body)["message"]
    assert isinstance(message, dict)
    return str(message["content"])


def test_it_answers_by_id_in_the_target_language_and_by_the_glossary() -> None:
    with Stub() as stub:
        status, body = post(stub, asking())
        choice = only_choice(body)
        assert status == 200
        assert json.loads(said_in(body)) == {
            "t01": '⟦ja:A⟧ <g id="1">⟦ja:モデル⟧</g>.',
            "t02": "⟦ja:A⟧ <x id='1'/>",
        }
        assert choice["finish_reason"] == "stop"
        assert stub.meter.characters == len("A model.A ")
        assert body["usage"] == {
            "prompt_tokens": stub.meter.asked,
            "completion_tokens": stub.meter.answered,
            "total_tokens": stub.meter.asked + stub.meter.answered,
        }


def test_an_answer_longer_than_allowed_is_cut_off() -> None:
    with Stub() as stub:
        _, body = post(stub, asking(max_tokens=5))
        choice = only_choice(body)
        assert choice["finish_reason"] == "length"
        assert len(said_in(body).encode()) <= 15


SCHEMA = {"type": "object", "properties": {"t01": {}}, "required": []}
NOT_STRICT = {"name": "n", "strict": False, "schema": {**SCHEMA, "additionalProperties": False}}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (asking(model="other"), 404, "model_not_found"),
        (asking(max_tokens=9000), 400, "invalid_value"),
        (asking(max_tokens=4999), 400, "context_length_exceeded"),
        (asking({**DOCUMENT, "units": [{"id": "t01", "text": "a" * 99}]}), 429,
         "insufficient_quota"),
        (asking(temperature=0.5), 400, "unsupported_value"),
        (asking(messages=[{"role": "user", "content": "JSON"}]), 400, None),
        (asking(response_format={"type": "json_object"}), 400, None),
        (asking(response_format={"type": "json_schema", "json_schema": NOT_STRICT}), 400, None),
    ],
)  # fmt: skip
def test_the_limits_of_the_real_one_hold(body: Json, status: int, code: str | None) -> None:
    picky = Model(takes=frozenset({"max_tokens", "json_schema"}), context=5000, output=8000)
    with Stub(picky, meter=Meter(limit=50)) as stub:
        found, complaint = post(stub, body)
        assert (found, complaint["error"]["code"]) == (status, code)  # type: ignore[index]
        assert stub.meter.characters == 0


def test_a_json_object_needs_the_word_and_a_key_is_needed_unless_it_is_for_everybody() -> None:
    mute = asking(response_format={"type": "json_object"})
    mute["messages"][0]["content"] = ""  # type: ignore[index]
    with Stub() as stub:
        assert post(stub, mute)[0] == 400
        assert post(stub, asking(), "wrong")[0] == 401
    with Stub(meter=Meter(key="")) as stub:
        assert post(stub, asking(), "any")[0] == 200


def test_models_are_listed_and_other_addresses_are_not_there() -> None:
    with Stub(Model("a"), Model("b", EVERYTHING), meter=Meter(key="")) as stub:
        with urllib.request.urlopen(f"{stub.url}/models") as reply:  # noqa: S310 - our own server
            assert [one["id"] for one in json.load(reply)["data"]] == ["a", "b"]
        with pytest.raises(urllib.error.HTTPError, match="404") as failure:
            urllib.request.urlopen(f"{stub.url}/other")  # noqa: S310 - our own server
        failure.value.close()


def test_a_fault_hits_the_request_with_its_number() -> None:
    with Stub() as stub:
        stub.fail(Fault(503), at=2)
        assert [post(stub, asking())[0] for _ in range(3)] == [200, 503, 200]
        assert [seen.status for seen in stub.seen()] == [200, 503, 200]
        assert stub.meter.billed_twice() == [("ja", UNITS[0]["text"]), ("ja", UNITS[1]["text"])]


def test_it_can_be_run_for_a_demonstration() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stubs.chat", "--key", "demo"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    pattern = r"export OPENAI_BASE_URL=http://127.0.0.1:\d+/v1 OPENAI_API_KEY=demo\n"
    assert re.fullmatch(pattern, line)
    assert rest == "0 characters, 0 tokens\n"
