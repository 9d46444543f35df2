"""Numbers in words: what says 0 to 12 in a language, and what says more in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from i18n_pipeline.expressions import expression

MOST_SMALL = 12
"""The largest number that languages are asked for in words."""

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "en": "zero|no|non one|first|once|single|a two|second|twice|both|double|half|pair"
        " three|third|thrice|triple four|quarter five|fifth six seven eight nine|ninth ten eleven"
        " twelve|twelfth|dozen",
        "de": "null|kein ein|erst zwei|zwo|beid|doppel|paar|halb|hälft drei|dritt vier fünf sechs"
        " sieb acht neun zehn elf zwölf|dutzend",
        "es": "cero|ning|sin un|prim|sol"
        r" dos|segund|ambos|ambas|doble|par(?:es)?\b|mitad|medi[oa]s?\b tres|terc|tripl"
        " cuatr|cuart cinco|quint seis|sext siete|séptim|sépt ocho|octav nueve|noven diez|décim"
        " once|undécim doce|docena|duodécim",
        "fr": "zéro|aucun|nul|sans un|prem|seul deux|second|deuxième|double|paire|moitié|demi"
        " trois|tiers|tripl quatr|quart cinq six|sixièm sept huit neuf|neuv dix onze douz",
        "it": "zero|nessun|senza un|prim|sol due|second|entramb|doppi|coppi|metà|mezz"
        " tre|terz|tripl quattro|quart cinque|quint sei|sest sett otto|ottav nove|nono|nona"
        " dieci|decim undic dodic|dozzin",
        "pt": "zero|nenhum|sem um|uma|prim|só"
        r" dois|duas|segund|ambos|ambas|dobro|duplo|par(?:es)?\b|metade|meio"
        " três|terc|tripl quatro|quart cinco|quint seis|sext sete|sétim oito|oitav nove|non"
        " dez|décim onze doze|dúzia",
        "nl": "nul|geen een|één|eerst twee|beide|dubbel|paar|half|helft drie|derde vier|kwart vijf"
        " zes zeven acht negen tien elf twaalf|dozijn",
        "sv": "noll|ing en|ett|först två|andra|båda|dubb|par|halv|hälft tre|tredj fyr|fjärd"
        " fem sex|sjätt sju åtta|åttond nio tio elv|elft tolv|tolft|dussin",
        "da": "nul|ing en|et|først to|anden|andet|begge|dobbel|par|halv tre fire|fjerde|kvart"
        " fem seks|sjette syv otte|ottende ni ti ellev|elfte tolv|tolft|dusin",
        "ru": "нол|нул|нет|без|ни од|перв|раз дв|втор|оба|обе|пар|полов тр[иёе]|трет четыр"
        "|четвер|четвёр"
        " пят шест сем|седьм восем|восьм девят десят одиннадцат двенадцат|дюжин",
        "uk": "нул|немає|без|ні од|перш|раз дв|друг|обидв|пар|полов тр чотир|четвер п['’ʼ]?ят"
        " шіст|шост"
        " сім|сем|сьом вісім|восьм дев['’ʼ]?ят десят одинадцят дванадцят|дюжин",
        "pl": "zer|żad|bez jed|pierw|raz dw|drug|oba|obie|pary|poł|pół trz cztere|czter|czwart"
        " pię|piąt sześ|szóst sied|siód osi|ósm dziew dzies jedena dwana|tuzin",
        "cs": "nul|žád|bez jed|prv|jednou dv|druh|oba|obě|pár|pol|půl tř|třet čtyř|čtvrt pět|pát"
        " šes sedm osm dev des jeden dvan|tucet",
        "tr": "sıfır|yok|hiç bir|ilk|tek iki|çift|yarı üç dört|çeyrek beş altı yedi sekiz dokuz on"
        " on.bir on.iki|düzine",
        "ar": " ",
        "ko": "영|없|공|제로 하나|한|첫|일 둘|두|이|쌍|반|양 세|셋|삼|석 네|넷|사|넉 다섯|오 여섯"
        "|육 일곱|칠"
        " 여덟|팔 아홉|구 열|십 열한|열하나|십일 열두|열둘|십이",
        "ja": "零|ゼロ|ない|なし|無 一|ひと|初|唯|単|同じ 二|ふた|両|双|対|倍|半|次 三|みっ|みつ"
        " 四|よっ|よん"
        " 五|いつ 六|むっ 七|なな 八|やっ 九|ここの 十|とお 十一 十二|ダース",
        "zh": "零|〇|没|無|无|不 一|首|单|單|同 二|两|兩|双|雙|对|對|倍|半|另|次 三 四 五 六 七"
        " 八 九 十|拾"
        " 十一 十二|打",
        "hi": " ",
    }
)
"""Words and beginnings of words for 0 to 12 by language; of others nothing is known."""

_BEGUN = frozenset({"de", "es", "fr", "it", "pt"})
"""Languages whose words for small numbers begin a word: `ein` in `kein` is none."""

LARGE = expression(
    r"\b(?:thir|four|for|fif|six|seven|eigh|nine)t(?:een|y|ie|h)|\btwent|\bdozen|\bscore|hundred"
    r"|thousand|million|billion|trillion|centur|decade|\bhal[fv]|quarter|third|fourth|fifth|tenth"
    r"|percent|\bsquare|millenn|\byears?\b|\bday|\bhour|\bminute|\bgross\b|hexa?(?:decimal)?\b|octal|binary",
    re.IGNORECASE,
)
"""English words that a translation may say in digits above twelve: a dozen lines, 300 years."""


@lru_cache(maxsize=64)
def small_numbers(tongue: str) -> tuple[re.Pattern[str], ...] | None:
    """For each of 0 to 12 what finds it as a word, in casefolded text; None where unknown."""
    words = _WORDS.get("zh" if tongue == "yue" else tongue, "").split()
    before = r"\b" if tongue in _BEGUN else ""
    found = tuple(re.compile(f"{before}(?:{word})") for word in words)
    return found if len(words) > MOST_SMALL else None
