"""The CTranslate2 provider: texts to sentences, sentences through the model, tags put back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from i18n_pipeline.errors import ProviderUnavailable, UsageError
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request, Settings, characters
from i18n_pipeline.providers.ctranslate2.engine import Engine, look_for_libraries
from i18n_pipeline.providers.ctranslate2.model import Model, open_model
from i18n_pipeline.providers.ctranslate2.placing import STYLES, Masked, Style, mask, place
from i18n_pipeline.providers.ctranslate2.sentences import Sentence, sentences, shorter
from i18n_pipeline.providers.tagged import Lost, Part, put_together, take_apart
from i18n_pipeline.values import dataclass

LIMITS = Limits(texts=32, bytes=64 * 1024)
"""Some seconds of work for an answer: a run that is ended loses no more than that."""


class CTranslate2(Provider):
    """A model folder of the user. Free, offline, the same text every time on one machine."""

    limits = LIMITS

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._named = (settings.model or settings.options.ctranslate2.model).strip()
        self._told = False

    @property
    def name(self) -> str:
        """The provider as it was named, with or without its folder."""
        return f"ctranslate2:{self._settings.model}" if self._settings.model else "ctranslate2"

    @property
    def label(self) -> str:
        """CTranslate2 and the folder's name."""
        return f"CTranslate2 {Path(self._named).name}"

    def supports(self, source: str, target: str) -> bool:
        """Whether the model has both languages, as far as its folder says.

        Raises ProviderUnavailable where the folder is none, or something is missing in it.
        """
        return self._model.frame(source, target) is not None

    def translate(self, request: Request) -> Answer:
        """The translations of a request; see `Provider.translate`."""
        frame = self._model.frame(request.source, request.target)
        if frame is None:
            raise ProviderUnavailable(
                f"the model {self._model.name} does not translate {request.source} into"
                f" {request.target}"
            )
        works = [_Work(text, self._engine) for text in request.texts]
        for style in STYLES:
            waiting = [work for work in works if work.masked(style)]
            asked = {text for work in waiting for text in work.asked}
            said = self._engine.translate(sorted(asked), frame) if asked else {}
            for work in waiting:
                work.take(said)
        shares = tuple(map(characters, request.texts))
        faults = tuple(work.fault for work in works)
        return Answer(
            tuple(work.text for work in works),
            sum(shares),
            model=self._model.name,
            shares=shares,
            notices=tuple(self._news()) if works else (),
            faults=faults if any(faults) else (),
        )

    def _news(self) -> Iterator[str]:
        """The licence that the model comes with, told once."""
        if self._model.licence and not self._told:
            self._told = True
            yield f"the model {self._model.name} has a licence of its own: {self._model.licence}"

    @cached_property
    def _model(self) -> Model:
        return open_model(Path(self._settings.folder, self._named), self._named)

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self._model, self._settings.options.ctranslate2.beam)


def from_environment(_environment: Mapping[str, str], settings: Settings) -> CTranslate2:
    """The model that the settings name.

    Raises UsageError without one, ProviderUnavailable where a library is not installed.
    """
    if not (settings.model or settings.options.ctranslate2.model).strip():
        raise UsageError(
            "ctranslate2 needs to know which model",
            'name its folder as ctranslate2:FOLDER, or set model = "FOLDER" in'
            " [provider.ctranslate2]",
        )
    if not settings.offline:
        look_for_libraries()
    return CTranslate2(settings)


@dataclass(slots=True)
class _Step:
    """A sentence on its way: masked in the style that is tried, done, lost or given up."""

    sentence: Sentence
    masked: Masked | None = None
    done: tuple[Part, ...] | None = None
    fault: str = ""
    given_up: bool = False


class _Work:
    """One text on its way through the model."""

    def __init__(self, text: str, engine: Engine) -> None:
        core = text.strip()
        self._before, _, self._after = text.partition(core) if core else (text, "", "")
        whole = sentences(take_apart(core))
        self._steps = [step for sentence in whole for step in _steps(sentence, engine)]

    @property
    def text(self) -> str:
        """The translation; "" where there is none."""
        if self.fault:
            return ""
        parts: list[Part] = []
        for step in self._steps:
            parts += [*(step.done or ()), Part(step.sentence.gap)]
        return self._before + put_together(parts) + self._after

    @property
    def fault(self) -> str:
        """Why there is no translation."""
        return next((step.fault for step in self._steps if step.done is None), "")

    @property
    def asked(self) -> tuple[str, ...]:
        """What the model has to translate."""
        masked = [step.masked for step in self._steps if step.masked and step.done is None]
        return tuple(text for one in masked for text in (one.text, *one.alone))

    def masked(self, style: Style) -> bool:
        """Mask what has no translation yet in a style; whether there is anything to ask."""
        for step in self._steps:
            if step.done is None:
                _mask(step, style)
        return any(step.masked and step.done is None for step in self._steps)

    def take(self, said: Mapping[str, str]) -> None:
        """Put the tags back into what the model said."""
        for step in self._steps:
            if step.masked and step.done is None:
                _take(step, step.masked, said)


def _steps(sentence: Sentence, engine: Engine) -> Iterator[_Step]:
    """A sentence in pieces that the model can take; one that cannot be cut is given up."""
    if engine.fits("".join(part.text for part in sentence.parts if not part.lone)):
        yield _Step(sentence)
        return
    *first, last = shorter(sentence.parts)
    if not first:
        yield _Step(sentence, fault="a sentence is too long for the model", given_up=True)
        return
    for piece in (*first, Sentence(last.parts, last.gap + sentence.gap)):
        yield from _steps(piece, engine)


def _mask(step: _Step, style: Style) -> None:
    # Where there is nothing to mask, another style would change nothing.
    hopeless = step.given_up or (step.masked is not None and not step.masked.masks)
    step.masked = None
    if hopeless:
        return
    try:
        masked = mask(step.sentence.parts, style)
    except Lost as lost:
        step.fault = step.fault or str(lost)
        return
    if masked.speaks:
        step.masked = masked
    else:
        step.done = step.sentence.parts


def _take(step: _Step, masked: Masked, said: Mapping[str, str]) -> None:
    translated = said.get(masked.text)
    if not translated:
        step.fault = "the model found no end of a sentence"
        return
    try:
        step.done = place(masked, translated, said)
    except Lost as lost:
        step.fault = str(lost)
