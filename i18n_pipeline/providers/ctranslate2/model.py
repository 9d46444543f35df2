"""What a model folder holds: its layout, its tokenizers, and the languages it translates.

Read without CTranslate2 and without the weights. Layouts: Opus-MT as `ct2-transformers-converter`
leaves it with `--copy_files source.spm target.spm`, NLLB and M2M-100 with their one sentencepiece
model, an unpacked Argos package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import check_tag
from i18n_pipeline.providers.varieties import Variety, of_code, pick
from i18n_pipeline.values import dataclass, field

HINT = "how a model folder is made: docs/providers/ctranslate2.md"

_TOKENIZERS = ("sentencepiece.bpe.model", "sentencepiece.model", "spm.model")
_NOT_CONVERTED = ("pytorch_model.bin", "model.safetensors", "decoder.yml")
_TARGET = expression(r">>(\w+)<<")
_MANY = expression(r"__(?P<m2m>[a-z]{2,3})__|(?P<nllb>[a-z]{3}_[A-Z][a-z]{3})")
_LICENCE = expression(r"(?i:licen[cs]e|copying)(?:$|[.\-_])")
_README_LICENCE = expression(r"^license: *([\w.+-]+)", re.MULTILINE)
_README_LANGUAGES = expression(r"^\* (source|target) languages?: *(\w+) *$", re.MULTILINE)
_END = "</s>"


class Layout(StrEnum):
    """How a folder is laid out."""

    OPUS = "Opus-MT"
    MANY = "NLLB or M2M-100"
    ARGOS = "Argos"


@dataclass(frozen=True, slots=True)
class Frame:
    """The tokens around a text's: `before` and `after` its source, `prefix` of its target."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder that can be used.

    `sources` and `targets` are the languages it has, with what names them to it; empty where it
    does not say. `licence` is what the folder says about its own.
    """

    name: str
    layout: Layout
    weights: Path
    source_tokens: Path
    target_tokens: Path
    sources: Mapping[Variety, str] = field(default_factory=dict)
    targets: Mapping[Variety, str] = field(default_factory=dict)
    ends: bool = False
    prefix: str = ""
    licence: str = ""

    def frame(self, source: str, target: str) -> Frame | None:
        """What to put around texts of a pair of locales; None where it has not both.

        A model that does not say its languages is believed to be for what it is configured for.
        """
        first = pick(source, self.sources) if self.sources else ""
        second = pick(target, self.targets) if self.targets else ""
        if first is None or second is None or (first == second != ""):
            return None
        after = () if self.ends or self.layout is Layout.ARGOS else (_END,)
        if self.layout is Layout.MANY:
            return Frame((first,), after, (second,))
        if self.layout is Layout.ARGOS:
            return Frame((), after, tuple(filter(None, (self.prefix,))))
        return Frame((second,) if _TARGET.fullmatch(second) else (), after)


def open_model(folder: Path, named: str) -> Model:
    """The model in a folder, called as the user `named` it.

    Raises ProviderUnavailable that says what is missing.
    """
    if folder.suffix == ".argosmodel" and folder.is_file():
        raise ProviderUnavailable(f"{named} is a packed Argos model", "unpack it: it is a zip file")
    if not folder.is_dir():
        raise ProviderUnavailable(f"there is no model folder {named}", HINT)
    place = _Place(folder, named)
    if place.has("metadata.json"):
        return _argos(place)
    if place.has("source.spm") or place.has("target.spm"):
        return _opus(place)
    tokenizer = next(filter(place.has, _TOKENIZERS), "")
    if tokenizer:
        return _many(place, tokenizer)
    converted = place.has("model.bin")
    if not converted and any(map(place.has, _NOT_CONVERTED)):
        raise ProviderUnavailable(f"the model in {named} is not converted to CTranslate2", HINT)
    raise ProviderUnavailable(
        f"the folder {named} holds no model that can be read: neither source.spm and target.spm"
        f" (Opus-MT), nor {_TOKENIZERS[0]} (NLLB, M2M-100), nor metadata.json (Argos)",
        HINT,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder, and what the user calls it."""

    folder: Path
    named: str

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def need(self, *names: str) -> None:
        missing = [name for name in names if not self.has(name)]
        if missing:
            raise ProviderUnavailable(
                f"the model folder {self.named} holds no {' and no '.join(missing)}", HINT
            )

    def read(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise ProviderUnavailable(f"{self.named}/{name} cannot be read", HINT) from None

    def table(self, name: str) -> Mapping[str, object]:
        """A JSON file's object; empty where there is none."""
        found = self._json(name) if self.has(name) else {}
        return found if isinstance(found, dict) else {}

    def vocabulary(self, side: str) -> tuple[str, ...]:
        """The tokens of "source" or "target"."""
        for stem in ("shared", side):
            for name in (f"{stem}_vocabulary.json", f"{stem}_vocabulary.txt"):
                if self.has(name):
                    return tuple(self._tokens(name))
        raise ProviderUnavailable(
            f"the model folder {self.named} holds no vocabulary (shared_vocabulary.json)", HINT
        )

    def _tokens(self, name: str) -> Iterable[str]:
        if name.endswith(".txt"):
            return self.read(name).split("\n")
        found = self._json(name)
        return filter(
            lambda token: isinstance(token, str), found if isinstance(found, list) else ()
        )

    def _json(self, name: str) -> object:
        try:
            found: object = json.loads(self.read(name))
        except (ValueError, RecursionError):
            raise ProviderUnavailable(f"{self.named}/{name} is no JSON", HINT) from None
        return found

    @property
    def name(self) -> str:
        return self.folder.resolve().name

    @property
    def licence(self) -> str:
        """The name of its licence file, or what its README says."""
        files = sorted(path.name for path in self.folder.iterdir() if path.is_file())
        found = next(filter(_LICENCE.match, files), "")
        said = _README_LICENCE.search(self.readme)
        return found or (f"{said[1]} (README.md)" if said else "")

    @property
    def readme(self) -> str:
        return self.read("README.md") if self.has("README.md") else ""


def _opus(place: _Place) -> Model:
    place.need("model.bin", "source.spm", "target.spm")
    tokens = {token: found[1] for token in place.vocabulary("source") if (found := _target(token))}
    told = dict(_told(place))
    return Model(
        name=place.name,
        layout=Layout.OPUS,
        weights=place.folder,
        source_tokens=place.folder / "source.spm",
        target_tokens=place.folder / "target.spm",
        sources=_languages({told.get("source", ""): told.get("source", "")}),
        targets=_languages(tokens or {told.get("target", ""): told.get("target", "")}),
        ends=_ends(place),
        licence=place.licence,
    )


def _target(token: str) -> re.Match[str] | None:
    return _TARGET.fullmatch(token)


def _told(place: _Place) -> Iterator[tuple[str, str]]:
    """What a model for one pair says of its languages, in its README or its tokenizer's file."""
    yield from ((found[1], found[2]) for found in _README_LANGUAGES.finditer(place.readme))
    table = place.table("tokenizer_config.json")
    for side in ("source", "target"):
        code = table.get(f"{side}_lang")
        if isinstance(code, str):
            yield side, code


def _many(place: _Place, tokenizer: str) -> Model:
    place.need("model.bin")
    tokens = {
        token: found["m2m"] or found["nllb"]
        for token in place.vocabulary("source")
        if (found := _MANY.fullmatch(token))
    }
    if not tokens:
        raise ProviderUnavailable(
            f"the vocabulary in {place.named} names no languages, as NLLB and M2M-100 do", HINT
        )
    languages = _languages(tokens)
    return Model(
        name=place.name,
        layout=Layout.MANY,
        weights=place.folder,
        source_tokens=place.folder / tokenizer,
        target_tokens=place.folder / tokenizer,
        sources=languages,
        targets=languages,
        ends=_ends(place),
        licence=place.licence,
    )


def _argos(place: _Place) -> Model:
    if place.has("bpe.model") and not place.has("sentencepiece.model"):
        raise ProviderUnavailable(
            f"the Argos package {place.named} cuts words with BPE, not with sentencepiece",
            "take a package that holds sentencepiece.model",
        )
    place.need("model/model.bin", "sentencepiece.model")
    table = place.table("metadata.json")
    first, second = table.get("from_code"), table.get("to_code")
    if not (isinstance(first, str) and isinstance(second, str)):
        raise ProviderUnavailable(
            f"{place.named}/metadata.json does not name two languages (from_code, to_code)", HINT
        )
    return Model(
        name=place.name,
        layout=Layout.ARGOS,
        weights=place.folder / "model",
        source_tokens=place.folder / "sentencepiece.model",
        target_tokens=place.folder / "sentencepiece.model",
        sources={of_code(first): first},
        targets={of_code(second): second},
        prefix=str(table.get("target_prefix") or ""),
        licence=place.licence,
    )


def _ends(place: _Place) -> bool:
    """Whether CTranslate2 itself puts the end of a sentence behind it."""
    return place.table("config.json").get("add_source_eos") is True


def _languages(codes: Mapping[str, str]) -> Mapping[Variety, str]:
    """What names each language to the model; groups (`roa`, `mul`) are no languages."""
    found: dict[Variety, str] = {}
    for token, code in codes.items():
        variety = of_code(code)
        if code and code != "mul" and check_tag(variety.language) is None:
            found.setdefault(variety, token)
    return found
