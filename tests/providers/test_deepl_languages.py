from __future__ import annotations

import pytest

from i18n_pipeline.providers.deepl.languages import source_code, target_code


@pytest.mark.parametrize(
    ("locale", "target", "source"),
    [
        ("ja", "JA", "JA"),
        ("ja-JP", "JA", "JA"),
        ("JA_jp", "JA", "JA"),
        ("en", "EN-US", "EN"),
        ("en-GB", "EN-GB", "EN"),
        ("en-AU", "EN-GB", "EN"),
        ("pt", "PT-BR", "PT"),
        ("pt-BR", "PT-BR", "PT"),
        ("pt_BR", "PT-BR", "PT"),
        ("pt-PT", "PT-PT", "PT"),
        ("zh", "ZH-HANS", "ZH"),
        ("zh-cn", "ZH-HANS", "ZH"),
        ("zh-Hans", "ZH-HANS", "ZH"),
        ("zh-Hans-CN", "ZH-HANS", "ZH"),
        ("zh-TW", "ZH-HANT", "ZH"),
        ("zh-Hant-HK", "ZH-HANT", "ZH"),
        ("de-AT", "DE", "DE"),
        ("de-CH", "DE-CH", "DE"),
        ("fr-CA", "FR-CA", "FR"),
        ("es-MX", "ES-419", "ES"),
        ("es-ES", "ES", "ES"),
        ("no", "NB", "NB"),
        ("nb", "NB", "NB"),
        ("he", "HE", "HE"),
        ("kmr", "KMR", "KMR"),
    ],
)
def test_a_locale_has_a_code_as_target_and_one_as_source(
    locale: str, target: str, source: str
) -> None:
    assert (target_code(locale), source_code(locale)) == (target, source)


@pytest.mark.parametrize("locale", ["tlh", "en-XA", "ar-XB", "sr-Latn", "sr@latin", "nn", "", "-"])
def test_a_locale_deepl_does_not_write_has_no_code(locale: str) -> None:
    assert target_code(locale) is None
    assert source_code(locale) is None
