from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from i18n_pipeline.errors import ProviderUnavailable
from i18n_pipeline.providers.ctranslate2.model import Frame, Layout, Model, open_model

END = "</s>"
VOCABULARY = "shared_vocabulary.json"


def folder(root: Path, files: Mapping[str, object]) -> Path:
    """A folder with files: text as it is, everything else as JSON, None for some bytes."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.write_bytes(b"\xff\x00")
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
    return root


def opened(root: Path, files: Mapping[str, object]) -> Model:
    return open_model(folder(root, files), "models/it")


OPUS: Mapping[str, object] = {
    "model.bin": None,
    "source.spm": None,
    "target.spm": None,
    VOCABULARY: ["</s>", "▁a"],
}
MANY: Mapping[str, object] = {"model.bin": None, "sentencepiece.bpe.model": None}
ARGOS: Mapping[str, object] = {"model/model.bin": None, "sentencepiece.model": None}
PAIR = {"from_code": "en", "to_code": "pt"}


def test_opus_puts_the_end_behind_a_text_unless_the_model_does(tmp_path: Path) -> None:
    assert opened(tmp_path / "a", OPUS).frame("en", "es") == Frame((), (END,))
    config = {"config.json": {"add_source_eos": True}}
    assert opened(tmp_path / "b", {**OPUS, **config}).frame("en", "es") == Frame()


def test_opus_for_several_targets_begins_with_the_target(tmp_path: Path) -> None:
    tokens = [">>spa<<", ">>por_BR<<", ">>cmn_Hans<<", ">>cmn_Hant<<", ">>xyz<<", "▁a"]
    model = opened(tmp_path, {**OPUS, VOCABULARY: tokens})
    assert model.layout is Layout.OPUS
    assert model.frame("en", "es-MX") == Frame((">>spa<<",), (END,))
    assert model.frame("en", "pt-BR") == Frame((">>por_BR<<",), (END,))
    assert model.frame("en", "zh-TW") == Frame((">>cmn_Hant<<",), (END,))
    assert model.frame("en", "ja") is None


@pytest.mark.parametrize(
    ("files", "pair", "known"),
    [
        ({"README.md": "* source languages: en\n* target languages: es\n"}, ("en", "es"), True),
        ({"README.md": "* source languages: en\n* target languages: es\n"}, ("en", "fr"), False),
        (
            {"tokenizer_config.json": {"source_lang": "eng", "target_lang": "spa"}},
            ("en", "es"),
            True,
        ),
        (
            {"tokenizer_config.json": {"source_lang": "eng", "target_lang": "spa"}},
            ("fr", "es"),
            False,
        ),
        (
            {"tokenizer_config.json": {"source_lang": "en", "target_lang": "roa"}},
            ("en", "es"),
            True,
        ),
        (
            {"tokenizer_config.json": {"source_lang": "mul", "target_lang": "en"}},
            ("ja", "en"),
            True,
        ),
        ({"tokenizer_config.json": {"source_lang": None}}, ("ja", "en"), True),
        ({"tokenizer_config.json": []}, ("ja", "en"), True),
    ],
)
def test_an_opus_model_for_one_pair_says_its_languages_or_is_believed(
    tmp_path: Path, files: Mapping[str, object], pair: tuple[str, str], known: bool
) -> None:
    frame = opened(tmp_path, {**OPUS, **files}).frame(*pair)
    assert frame == (Frame((), (END,)) if known else None)


def test_nllb_begins_with_the_source_and_its_answer_with_the_target(tmp_path: Path) -> None:
    tokens = ["</s>", "▁a", "eng_Latn", "spa_Latn", "zho_Hant", "arb_Arab", "pes_Arab"]
    model = opened(tmp_path, {**MANY, VOCABULARY: tokens})
    assert model.layout is Layout.MANY
    assert model.frame("en", "es") == Frame(("eng_Latn",), (END,), ("spa_Latn",))
    assert model.frame("fa", "zh-TW") == Frame(("pes_Arab",), (END,), ("zho_Hant",))
    assert model.frame("en", "zh") is None
    assert model.frame("en", "en-US") is None


def test_m2m_names_languages_between_underscores(tmp_path: Path) -> None:
    files = {**MANY, "source_vocabulary.txt": "</s>\n__en__\n__es__\n__ns__\n"}
    assert opened(tmp_path, files).frame("en", "es") == Frame(("__en__",), (END,), ("__es__",))


@pytest.mark.parametrize(
    ("more", "prefix"), [({}, ()), ({"target_prefix": ">>por<<"}, (">>por<<",))]
)
def test_argos_says_its_languages_in_its_metadata(
    tmp_path: Path, more: Mapping[str, str], prefix: tuple[str, ...]
) -> None:
    model = opened(tmp_path, {**ARGOS, "metadata.json": {**PAIR, **more}})
    assert model.layout is Layout.ARGOS
    assert model.frame("en-GB", "pt-BR") == Frame((), (), prefix)
    assert model.frame("pt", "en") is None
    assert model.weights == tmp_path / "model"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "the folder models/it holds no model that can be read"),
        ({"model.bin": None}, "the folder models/it holds no model that can be read"),
        ({"pytorch_model.bin": None}, "the model in models/it is not converted to CTranslate2"),
        ({"source.spm": None}, "holds no model.bin and no target.spm"),
        ({**OPUS, VOCABULARY: {"a": 1}, "model.bin": None}, ""),
        ({"model.bin": None, "source.spm": None, "target.spm": None}, "holds no vocabulary"),
        ({**OPUS, VOCABULARY: "["}, "models/it/shared_vocabulary.json is no JSON"),
        ({**OPUS, VOCABULARY: None}, "models/it/shared_vocabulary.json cannot be read"),
        ({**MANY, VOCABULARY: ["▁a"]}, "the vocabulary in models/it names no languages"),
        ({"spm.model": None}, "the model folder models/it holds no model.bin"),
        ({**ARGOS, "metadata.json": {"from_code": "en"}}, "does not name two languages"),
        ({"metadata.json": PAIR}, "holds no model/model.bin and no sentencepiece.model"),
        ({"metadata.json": PAIR, "bpe.model": None}, "cuts words with BPE"),
    ],
)
def test_what_is_missing_is_told_with_the_folder(
    tmp_path: Path, files: Mapping[str, object], said: str
) -> None:
    if not said:
        assert opened(tmp_path, files).targets == {}
        return
    with pytest.raises(ProviderUnavailable, match=said) as caught:
        opened(tmp_path, files)
    assert caught.value.hint


def test_a_folder_that_is_not_there_and_a_package_that_is_packed_are_told(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="there is no model folder models/it"):
        open_model(tmp_path / "none", "models/it")
    package = folder(tmp_path, {"en_es.argosmodel": None}) / "en_es.argosmodel"
    with pytest.raises(ProviderUnavailable, match="a packed Argos model") as caught:
        open_model(package, "models/en_es.argosmodel")
    assert "unpack" in caught.value.hint


@pytest.mark.parametrize(
    ("files", "licence"),
    [
        ({}, ""),
        ({"LICENSE": "words"}, "LICENSE"),
        ({"licence.txt": "words"}, "licence.txt"),
        ({"COPYING": "words"}, "COPYING"),
        ({"licensed_words.txt": "words"}, ""),
        ({"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"}, "cc-by-nc-4.0 (README.md)"),
        ({"README.md": "---\nlicense: mit\n---\n", "LICENSE.md": ""}, "LICENSE.md"),
    ],
)
def test_the_licence_is_found(tmp_path: Path, files: Mapping[str, object], licence: str) -> None:
    assert opened(tmp_path, {**OPUS, **files}).licence == licence
