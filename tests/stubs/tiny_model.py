"""A translation model of one layer whose weights are written by hand: a dictionary.

A Transformer whose decoder looks, at each place, at the same place of the source (`shift` places
further), and says what the dictionary has for the token there. What is not in the dictionary is
copied letter by letter; a token it has never seen comes back through `replace_unknowns`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import transformer_spec
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_SPECIAL = ("<unk>", "<s>", "</s>")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'\"()-*_/&<>=+"
_BLANK = "▁"

DICTIONARY = {"the": "la", "red": "roja", "house": "casa", "token": "ficha", "tokens": "fichas"}


@dataclass(frozen=True, slots=True)
class Tiny:
    """What a model knows: its dictionary, tokens that name languages, and how it is set up.

    `places` is how long a text may be; a `deaf` one never says that a text ends, and `strange`
    tokens are said in place of others.
    """

    words: Mapping[str, str]
    languages: Sequence[str] = ()
    strange: Mapping[str, str] = field(default_factory=dict)
    shift: int = 0
    places: int = 288
    ends: bool = False
    deaf: bool = False


def opus(folder: Path, tiny: Tiny, **files: str) -> Path:
    """A folder as the converter leaves it for an Opus-MT model."""
    _build(folder, tiny)
    pieces = _tokenizer([*tiny.words, *tiny.words.values()])
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(pieces)
    return _with(folder, files)


def many(folder: Path, tiny: Tiny, **files: str) -> Path:
    """A folder with one tokenizer and language tokens, as of NLLB and M2M-100."""
    _build(folder, tiny)
    pieces = _tokenizer([*tiny.words, *tiny.words.values()])
    (folder / "sentencepiece.bpe.model").write_bytes(pieces)
    return _with(folder, files)


def argos(folder: Path, tiny: Tiny, metadata: object, **files: str) -> Path:
    """A folder as an Argos package unpacks."""
    _build(folder / "model", tiny)
    pieces = _tokenizer([*tiny.words, *tiny.words.values()])
    (folder / "sentencepiece.model").write_bytes(pieces)
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return _with(folder, files)


def _with(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def _tokenizer(words: Iterable[str]) -> bytes:
    """A tokenizer of whole words that are known, and letters."""
    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(_LETTERS), _LETTERS]),
        model_writer=made,
        model_type="char",
        user_defined_symbols=sorted({f"{_BLANK}{word}" for word in words}),
        character_coverage=1.0,
        normalization_rule_name="identity",
        minloglevel=2,
    )
    return made.getvalue()


def _build(folder: Path, tiny: Tiny) -> None:
    words = {f"{_BLANK}{source}": f"{_BLANK}{target}" for source, target in tiny.words.items()}
    letters = (_BLANK, *_LETTERS)
    vocabulary = [
        *_SPECIAL,
        *tiny.languages,
        *letters,
        *words,
        *words.values(),
        *tiny.strange.values(),
    ]
    tokens = list(dict.fromkeys(vocabulary))
    said = {token: token for token in tokens} | words | dict(tiny.strange)
    if tiny.deaf:
        said["</s>"] = "."
    spec = _spec(tokens, said, tiny)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.decoder_start_token = _SPECIAL[2]
    spec.config.add_source_eos = tiny.ends
    spec.validate()
    spec.optimize()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def _spec(
    tokens: Sequence[str], said: Mapping[str, str], tiny: Tiny
) -> transformer_spec.TransformerSpec:
    """The dimensions: a token each, a place each, and again a token each for what is said."""
    count, places = len(tokens), tiny.places
    size = 2 * count + places
    spec = transformer_spec.TransformerSpec.from_config((1, 1), 1)
    embeddings = _zeros(count, size)
    embeddings[:, :count] = np.eye(count)
    encodings = _zeros(places, size)
    encodings[:, count : count + places] = np.eye(places)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = encodings
        _normal(side.layer_norm, size)
        _silent(side.layer[0].self_attention, size)
        _feed(side.layer[0].ffn, size)
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = embeddings
    _look(spec.decoder.layer[0].attention, tokens, said, tiny)
    spec.decoder.projection.weight = _zeros(count, size)
    spec.decoder.projection.weight[:, count + places :] = 10 * np.eye(count)
    spec.decoder.projection.bias = _zeros(count)
    return spec


def _look(attention: object, tokens: Sequence[str], said: Mapping[str, str], tiny: Tiny) -> None:
    """Attention from each place to one place of the source, and what is said for what is there."""
    count, places = len(tokens), tiny.places
    size = 2 * count + places
    at = {token: number for number, token in enumerate(tokens)}
    place = slice(count, count + places)
    query, key, value = _zeros(size, size), _zeros(size, size), _zeros(size, size)
    query[place, place] = 20 * np.eye(places, k=-tiny.shift)
    key[place, place] = np.eye(places)
    for source, target in said.items():
        value[count + places + at[target], at[source]] = 1
    _normal(attention.layer_norm, size)  # type: ignore[attr-defined]
    first, second, third = attention.linear  # type: ignore[attr-defined]
    first.weight, first.bias = query, _zeros(size)
    second.weight, second.bias = np.concatenate((key, value)), _zeros(2 * size)
    third.weight, third.bias = np.eye(size, dtype=np.float32), _zeros(size)


def _silent(attention: object, size: int) -> None:
    _normal(attention.layer_norm, size)  # type: ignore[attr-defined]
    first, second = attention.linear  # type: ignore[attr-defined]
    first.weight, first.bias = _zeros(3 * size, size), _zeros(3 * size)
    second.weight, second.bias = _zeros(size, size), _zeros(size)


def _feed(network: object, size: int) -> None:
    _normal(network.layer_norm, size)  # type: ignore[attr-defined]
    first, second = network.linear_0, network.linear_1  # type: ignore[attr-defined]
    first.weight, first.bias = _zeros(8, size), _zeros(8)
    second.weight, second.bias = _zeros(size, 8), _zeros(size)


def _normal(norm: object, size: int) -> None:
    norm.gamma, norm.beta = np.ones(size, dtype=np.float32), _zeros(size)  # type: ignore[attr-defined]


def _zeros(*shape: int) -> Matrix:
    return np.zeros(shape, dtype=np.float32)
