from __future__ import annotations

import pytest

from i18n_pipeline.providers.varieties import Variety, of_code, pick, variety


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("eng", "en"),
        ("spa", "es"),
        ("es", "es"),
        ("spa_Latn", "es"),
        ("pt_BR", "pt-BR"),
        ("por_BR", "pt-BR"),
        ("zho_Hant", "zh-TW"),
        ("cmn_Hans", "zh"),
        ("arb_Arab", "ar"),
        ("hbs", "sr-Latn"),
        ("hbs_HR", "hr"),
        ("cat_valencia", "ca-valencia"),
        ("zsm_Latn", "ms"),
    ],
)
def test_an_engines_code_is_the_language_of_a_locale(code: str, tag: str) -> None:
    region = {"zh-TW": ""}.get(tag, variety(tag).region)
    wanted = variety(tag)
    assert of_code(code) == Variety(wanted.language, wanted.script, region, wanted.rest)


def test_variants_and_extensions_are_kept_apart_from_regions() -> None:
    assert variety("de-CH-1996") == Variety("de", "Latn", "CH", "1996")
    assert variety("zh_hant_tw") == Variety("zh", "Hant", "TW")
    assert variety("es-419") == Variety("es", "Latn", "419")
    assert variety("ca-valencia-u-co-phonebk").rest == "valencia-u-co-phonebk"


def offered(*codes: str) -> dict[Variety, str]:
    return {of_code(code): code for code in codes}


@pytest.mark.parametrize(
    ("wanted", "codes", "loosely", "strictly"),
    [
        ("es", ("spa",), "spa", "spa"),
        ("es-ES", ("spa",), "spa", "spa"),
        ("es-MX", ("spa",), "spa", None),
        ("en-GB", ("eng", "eng_US"), "eng", "eng"),
        ("en-US", ("eng", "eng_US"), "eng_US", "eng_US"),
        ("pt-BR", ("por",), "por", None),
        ("pt-PT", ("por",), "por", "por"),
        ("pt-BR", ("pt_PT",), None, None),
        ("pt", ("pt_PT", "pt_BR"), "pt_PT", "pt_PT"),
        ("sr", ("hbs",), None, None),
        ("sr-Latn", ("hbs",), "hbs", "hbs"),
        ("zh-TW", ("zho_Hans", "zho_Hant"), "zho_Hant", None),
        ("zh", ("zho_Hant",), None, None),
        ("ca-valencia", ("cat",), None, None),
        ("ja", ("spa",), None, None),
    ],
)
def test_a_locale_gets_the_code_that_writes_it(
    wanted: str, codes: tuple[str, ...], loosely: str | None, strictly: str | None
) -> None:
    assert pick(wanted, offered(*codes)) == loosely
    assert pick(wanted, offered(*codes), strict=True) == strictly
