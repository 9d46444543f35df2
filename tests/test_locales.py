from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline import locales
from i18n_pipeline.locales import (
    canonical,
    check_tag,
    closest,
    direction,
    display_name,
    english_name,
    gettext_code,
    is_pseudo,
    is_variety,
    language,
    script,
)

ALL = [identifier.replace("_", "-") for identifier in locale_identifiers()]
WEIRD = ["es-419", "de-DE-1996", "sl-rozaj-biske", "en-u-ca-buddhist", "de-x-formal", "zh-cmn-Hans"]


@pytest.mark.parametrize("tag", ["ja", "zh-cn", "pt_BR", "en-XA", "ar-XB", "tlh", *WEIRD])
def test_a_well_formed_tag_of_a_known_language_is_a_locale(tag: str) -> None:
    assert check_tag(tag) is None


def test_every_locale_that_cldr_knows_is_a_locale() -> None:
    assert [tag for tag in ALL if check_tag(tag)] == []


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("jp", "'ja'"),
        ("cz", "'cs'"),
        ("cn-Hans", "'zh'"),
        ("jpn", "'ja'"),
        ("japanese", "'ja'"),
        ("Portugese", "'pt'"),
        ("portuguese", "'pt'"),
        ("sr@latin", "'sr-Latn'"),
        ("pt_BR.UTF-8", "'pt-BR'"),
        ("ca@valencia", "'ca-valencia'"),
    ],
)
def test_what_is_no_locale_says_what_may_have_been_meant(tag: str, meant: str) -> None:
    assert meant in (check_tag(tag) or "")


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "-",
        "j",
        "ja-",
        "ja--JP",
        "日本語",
        "zh Hans",
        "en-a",
        "x-klingon",
        "i-klingon",
        "xx",
        "../ja",
        "ja/..",
        "en\n",
        "ja\x00",
        "de-1996-1996",
        "en-u-ca-u-nu",
        "e" * 9,
        "ſv",
        "Ko",
    ],
)
def test_what_is_no_locale_has_a_reason(tag: str) -> None:
    assert check_tag(tag)


@given(st.text(max_size=12))
def test_any_text_is_judged_and_a_locale_is_safe_in_a_path(tag: str) -> None:
    if check_tag(tag) is None:
        assert tag.replace("-", "").replace("_", "").isalnum()
        assert tag.isascii()


@pytest.mark.parametrize(
    ("tag", "bcp"),
    [
        ("zh-cn", "zh-CN"),
        ("ZH_hans_cn", "zh-Hans-CN"),
        ("pt_BR", "pt-BR"),
        ("JA", "ja"),
        ("iw", "he"),
        ("de-de-X-Formal", "de-DE-x-formal"),
        ("en-U-CA-Buddhist", "en-u-ca-buddhist"),
        ("sl-ROZAJ", "sl-rozaj"),
        ("es-419", "es-419"),
    ],
)
def test_canonical_is_how_bcp_47_writes_it(tag: str, bcp: str) -> None:
    assert canonical(tag) == bcp


def test_canonical_does_not_depend_on_how_a_tag_is_spelled() -> None:
    known = {tag: canonical(tag) for tag in ALL + WEIRD}
    assert {tag: canonical(bcp) for tag, bcp in known.items()} == known
    assert {tag: canonical(tag.lower().replace("-", "_")) for tag in known} == known


def test_direction_is_what_cldr_says() -> None:
    ours = {tag for tag in locale_identifiers() if direction(tag) == "rtl"}
    cldr = {tag for tag in locale_identifiers() if Locale.parse(tag).text_direction == "rtl"}
    assert ours == cldr


def test_pseudo_locales_have_a_direction_and_a_name() -> None:
    assert is_pseudo("en_xa")
    assert not is_pseudo("en")
    assert (direction("en-XA"), direction("ar-XB")) == ("ltr", "rtl")
    assert english_name("ar-XB") == "Pseudo (right to left)"


def test_a_script_is_named_or_likely() -> None:
    assert [script(tag) for tag in ("sr-Latn", "zh-TW", "zh-cn", "az-IR", "ja")] == [
        "Latn",
        "Hant",
        "Hans",
        "Arab",
        "Jpan",
    ]


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ja", "Japanese"),
        ("pt_BR", "Portuguese (Brazil)"),
        ("zh-cn", "Chinese (China)"),
        ("zh-Hant-HK", "Chinese (Traditional, Hong Kong SAR China)"),
        ("ca-valencia", "Catalan (Valencian)"),
        ("tlh", "Klingon"),
    ],
)
def test_english_names(tag: str, name: str) -> None:
    assert english_name(tag) == name


def test_names_in_another_language_fall_back_to_english() -> None:
    assert display_name("de", "ja") == "ドイツ語"
    assert display_name("de", "tlh") == "German"
    assert display_name("de", "en-XA") == "German"
    assert display_name("zh_hans", "de") == "Chinesisch (Vereinfacht)"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("ja", "ja"),
        ("pt-BR", "pt_BR"),
        ("zh-cn", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("zh-Hans-HK", "zh_HK@hans"),
        ("sr-Latn", "sr@latin"),
        ("sr-Cyrl", "sr"),
        ("uz-Cyrl-UZ", "uz_UZ@cyrillic"),
        ("ca-valencia", "ca@valencia"),
        ("de-DE-x-formal", "de_DE@formal"),
        ("es-419", "es_419"),
        ("iw", "he"),
    ],
)
def test_gettext_has_codes_of_its_own(tag: str, code: str) -> None:
    assert gettext_code(tag) == code


def test_language_is_the_first_subtag() -> None:
    assert (language("pt_BR"), language("iw")) == ("pt", "he")


def test_common_tags_are_judged_without_loading_babel() -> None:
    code = (
        "import sys; from i18n_pipeline.locales import canonical, check_tag;"
        "assert [check_tag(t) for t in ('ja', 'pt_BR', 'zh-Hans', 'en-XA')] == [None] * 4;"
        "sys.exit('babel' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


@pytest.mark.parametrize(
    ("wanted", "tags", "found"),
    [
        ("de", ["en", "de"], "de"),
        ("pt-BR", ["pt"], "pt"),
        ("pt-BR", ["pt-PT", "pt"], "pt"),
        ("pt-BR", ["pt", "pt_br"], "pt_br"),
        ("pt-BR", ["pt-PT"], None),
        ("pt", ["pt-PT"], "pt-PT"),
        ("en", ["en-US", "en-GB"], "en-US"),
        ("zh-TW", ["zh"], None),
        ("zh-TW", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh-cn", ["ZH"], "ZH"),
        ("nb", ["no"], "no"),
        ("he", ["iw"], "iw"),
        ("ca-valencia", ["ca"], None),
        ("de", ["token", ""], None),
        ("", ["de"], None),
    ],
)
def test_the_tag_that_serves_a_locale_is_found(
    wanted: str, tags: list[str], found: str | None
) -> None:
    assert closest(wanted, tags) == found


@pytest.mark.parametrize(
    ("tag", "wanted", "same"),
    [
        ("de", "de_DE", True),
        ("de-AT", "de", False),
        ("zh-CN", "zh-Hans", True),
        ("zh-Hant-HK", "zh-Hant", False),
        ("pt", "pt-BR", False),
        ("pt-PT", "pt", False),
        ("pt-br", "pt-BR", True),
        ("ja", "ja-JP", True),
        ("tlh", "tlh", True),
    ],
)
def test_a_region_left_out_is_the_likely_one(tag: str, wanted: str, same: bool) -> None:
    assert is_variety(tag, wanted) is is_variety(wanted, tag) is same


def test_what_is_no_tag_is_called_what_it_is() -> None:
    assert display_name("?", "ja") == "?"
    assert gettext_code("?") == "?"
    assert (locales.meant("jp"), locales.meant("jp-JP"), locales.meant("?")) == (
        *(("ja", "jpr"), ("ja", "jpr")),
        (),
    )
