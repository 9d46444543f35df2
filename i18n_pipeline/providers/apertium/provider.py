"""The Apertium provider: which installed pair serves two locales, and a request as one stream."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cached_property

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.providers.apertium.engine import HINT, Program
from i18n_pipeline.providers.apertium.stream import Coded, codes, decode, encode, split
from i18n_pipeline.providers.base import Answer, Limits, Provider, Request, Settings, characters
from i18n_pipeline.providers.tagged import Lost
from i18n_pipeline.providers.varieties import Variety, of_code, pick

LIMITS = Limits(texts=500, bytes=1 << 20, parallel=2)
"""A process takes a third of a second to start; one runs on more than one core by itself."""


class Apertium(Provider):
    """Apertium as it is installed here: free, offline, the same text every time."""

    name = "apertium"
    label = "Apertium"
    limits = LIMITS

    def __init__(self, program: Program) -> None:
        self._program = program

    def supports(self, source: str, target: str) -> bool:
        """Whether a pair for both locales is installed. Raises ProviderUnavailable without it."""
        return self._mode(source, target) is not None

    def translate(self, request: Request) -> Answer:
        """The translations of a request, in one process; see `Provider.translate`."""
        mode = self._mode(request.source, request.target)
        if mode is None:
            raise ProviderUnavailable(
                f"Apertium has no pair for {request.source} into {request.target} installed here",
                "apt-cache search apertium lists the pairs there are",
            )
        if not request.texts:
            return Answer((), 0)
        texts, faults = self._translated(mode, request.texts)
        shares = tuple(map(characters, request.texts))
        return Answer(texts, sum(shares), model=mode, shares=shares, faults=faults)

    def _translated(
        self, mode: str, texts: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        fresh = codes()
        coded = [encode(text, fresh) for text in texts]
        sent = [one for one in coded if one.speaks]
        output = self._program.translate(mode, "".join(one.stream for one in sent)) if sent else ""
        found = dict(zip((one.mark for one in sent), split(output, sent), strict=True))
        if sent and not any(found.values()):
            raise ProviderUnavailable("Apertium gave back none of the texts", HINT)
        read = [
            _decoded(one, found[one.mark]) if one.speaks else (text, "")
            for text, one in zip(texts, coded, strict=True)
        ]
        return tuple(text for text, _ in read), tuple(fault for _, fault in read)

    def _mode(self, source: str, target: str) -> str | None:
        """The installed pair for two locales."""
        by_source: dict[Variety, dict[Variety, str]] = {}
        for mode, (first, second) in self._pairs.items():
            by_source.setdefault(first, {})[second] = mode
        sources = {first: str(number) for number, first in enumerate(by_source)}
        served = pick(source, sources)
        targets = list(by_source.values())[int(served)] if served is not None else {}
        return pick(target, targets, strict=True)

    @cached_property
    def _pairs(self) -> Mapping[str, tuple[Variety, Variety]]:
        halves = ((mode, mode.split("-")) for mode in self._program.modes())
        pairs = {mode: (of_code(two[0]), of_code(two[1])) for mode, two in halves if len(two) == 2}
        if not pairs:
            raise ProviderUnavailable("Apertium is installed, but no language pair for it", HINT)
        return pairs


def from_environment(environment: Mapping[str, str], _settings: Settings) -> Apertium:
    """Apertium as the environment's PATH finds it; whether it does is told when it is asked."""
    path = shutil.which("apertium", path=environment.get("PATH", ""))
    return Apertium(Program(path or "", environment))


def _decoded(coded: Coded, output: str | None) -> tuple[str, str]:
    """The text of an output and "", or "" and its fault."""
    if output is None:
        return "", "Apertium lost track of where this text ends"
    try:
        return decode(coded, output), ""
    except Lost as lost:
        return "", str(lost)
