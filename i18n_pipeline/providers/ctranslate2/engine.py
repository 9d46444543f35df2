"""CTranslate2 and sentencepiece: texts to tokens, tokens to tokens, the same every time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Protocol

from i18n_pipeline.errors import ProviderUnavailable, RequestRefused, extra_hint
from i18n_pipeline.providers.ctranslate2.model import Frame, Model

MOST_TOKENS = 120
"""Tokens of a sentence at most: models were trained on shorter ones, and few have 512 places."""

_LIBRARIES = ("ctranslate2", "sentencepiece")
_HINT = extra_hint("ctranslate2")
_MOST_THREADS = 4
_TOGETHER = 32
_UNKNOWN = "⁇"


class _Tokenizer(Protocol):
    def encode(self, text: str, *, out_type: type[str]) -> list[str]: ...

    def decode(self, pieces: list[str]) -> str: ...


class _Result(Protocol):
    @property
    def hypotheses(self) -> Sequence[list[str]]: ...


class _Job(Protocol):
    def result(self) -> _Result: ...


class _Translator(Protocol):
    def translate_batch(  # noqa: PLR0913 - the library's
        self,
        source: list[list[str]],
        target_prefix: list[list[str]] | None,
        *,
        beam_size: int,
        max_input_length: int,
        max_decoding_length: int,
        replace_unknowns: bool,
        asynchronous: bool,
    ) -> Sequence[_Job]: ...


class _Loaded:
    """The libraries' objects for a model."""

    def __init__(self, model: Model, threads: int) -> None:
        import ctranslate2

        # A thread for each batch, never several for one: a sum is then the same on any machine, and
        # the library's OpenMP, whose threads once waited for each other for good, has none.
        self.translator: _Translator = ctranslate2.Translator(
            str(model.weights), device="cpu", inter_threads=threads, intra_threads=1
        )
        self.source = _tokenizer(model.source_tokens)
        same = model.source_tokens == model.target_tokens
        self.target = self.source if same else _tokenizer(model.target_tokens)


def _tokenizer(path: Path) -> _Tokenizer:
    import sentencepiece

    made: _Tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return made


class Engine:
    """A model at work: loaded when it is first needed, and then kept."""

    def __init__(self, model: Model, beam: int) -> None:
        self._model, self._beam = model, beam
        self._lock = Lock()
        self._found: _Loaded | None = None

    def fits(self, text: str) -> bool:
        """Whether a text is no longer than a sentence may be."""
        return len(self._loaded.source.encode(text, out_type=str)) <= MOST_TOKENS

    def translate(self, texts: Iterable[str], frame: Frame) -> Mapping[str, str]:
        """Each text with its translation; without one where the model found no end.

        Raises ProviderUnavailable where the model cannot be used, RequestRefused where it can,
        but not for these texts.
        """
        source = self._loaded.source
        tokens = {text: source.encode(text, out_type=str) for text in dict.fromkeys(texts)}
        try:
            started = [self._start(batch, tokens, frame) for batch in _batches(tokens)]
            given = [
                (text, most, job.result())
                for texts, most, jobs in started
                for text, job in zip(texts, jobs, strict=True)
            ]
        except (RuntimeError, ValueError) as error:
            # Most likely one text of many: more tokens than the model has places for.
            raise RequestRefused(_reason(self._model, error)) from None
        return dict(self._said(given, len(frame.prefix)))

    def _said(
        self, given: Iterable[tuple[str, int, _Result]], prefix: int
    ) -> Iterator[tuple[str, str]]:
        target = self._loaded.target
        for text, most, result in given:
            pieces = result.hypotheses[0]
            said = target.decode(pieces[prefix:]).strip()
            if len(pieces) < most and (_UNKNOWN not in said or _UNKNOWN in text):
                yield text, said

    def _start(
        self, batch: list[str], tokens: Mapping[str, list[str]], frame: Frame
    ) -> tuple[list[str], int, Sequence[_Job]]:
        framed = [[*frame.before, *tokens[text], *frame.after] for text in batch]
        most = len(frame.prefix) + 2 * len(framed[0]) + 20
        jobs = self._loaded.translator.translate_batch(
            framed,
            [list(frame.prefix)] * len(framed) if frame.prefix else None,
            beam_size=self._beam,
            max_input_length=0,
            max_decoding_length=most,
            replace_unknowns=True,
            asynchronous=True,
        )
        return batch, most, jobs

    @property
    def _loaded(self) -> _Loaded:
        with self._lock:
            if self._found is None:
                try:
                    self._found = _Loaded(self._model, _threads())
                except ImportError as error:
                    raise ProviderUnavailable(f"CTranslate2 is not there: {error}", _HINT) from None
                except (RuntimeError, OSError, ValueError) as error:
                    raise ProviderUnavailable(_reason(self._model, error)) from None
            return self._found


def look_for_libraries() -> None:
    """Raise ProviderUnavailable where a library is not installed."""
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise ProviderUnavailable(f"{' and '.join(missing)} {verb} not installed", _HINT)


def _threads() -> int:
    return min(os.cpu_count() or 1, _MOST_THREADS)


def _batches(tokens: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Texts of one length together: nothing is filled up, so no neighbour changes a sum."""
    lengths: dict[int, list[str]] = {}
    for text, pieces in tokens.items():
        lengths.setdefault(len(pieces), []).append(text)
    for _, texts in sorted(lengths.items()):
        for first in range(0, len(texts), _TOGETHER):
            yield texts[first : first + _TOGETHER]


def _reason(model: Model, error: Exception) -> str:
    reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return f"the model {model.name} cannot be used: {reason[:200]}"
