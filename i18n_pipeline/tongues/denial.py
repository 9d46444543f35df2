"""How languages deny, and how they bound a number: at least five, at most five."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from i18n_pipeline.expressions import expression
from i18n_pipeline.locales import language
from i18n_pipeline.values import dataclass


@dataclass(frozen=True, slots=True)
class _Cues:
    """How a language denies, and how it bounds a number; each a regular expression."""

    no: str
    up: str = ""
    down: str = ""


_NUMBER = (
    r"(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|half\b|twice\b)"
)
UP = expression(
    rf"\b(?:at least|no (?:fewer|less) than|not (?:fewer|less) than|(?<!no )(?<!not )more than"
    rf"|a minimum of)"
    rf" (?:the |a )?(?={_NUMBER})|\d[\w%]* or more\b",
    re.IGNORECASE,
)
DOWN = expression(
    rf"\b(?:at most|no more than|not more than|(?<!no )(?<!not )(?:fewer|less) than|up to"
    rf"|a maximum of) (?:the |a )?(?={_NUMBER})|\d[\w%]* or (?:less|fewer)\b",
    re.IGNORECASE,
)
DENIED = expression(
    r"(?<!['\"‘“])\b(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|must|may|might)"
    r"(?: not|n['’]t)|cannot|can['’]t|won['’]t|never|without|nobody|no one|nothing"
    r"|neither)\b(?!['\"’”,])",
    re.IGNORECASE,
)

_LATIN_PREFIXES = (
    r"|\bin(?:cap|cier|comp[al]|corr|cert|cons|defin|dep|depend|deseo|diff|direc|efic|effic|esta"
    r"|exac"
    r"|exist|flex|habil|nec|satisf|seg|stab|suf|util|út|val|vál|visi|vivi)"
    r"|\bim(?:pos|prob|prec|perf|ped|pid|prat)|\birr|\bdes(?:acti|apar|carta|conf|cono|hac|hab"
    r"|inst)"
    r"|\bdis(?:att|abil|cont)|\bdé(?:sact|faut|pourv)"
)
"""Latin prefixes that deny, with what they deny: `in-` alone begins far more."""

_CUES: Mapping[str, _Cues] = MappingProxyType(
    {
        "de": _Cues(
            r"nicht|nichts|\bnie|\bkein|\bohne\b|\bniemand|\bnirgend|\bweder\b|\bun(?!ter|s"
            r"|d\b)\w{3}|los\b|lose"
            r"|\bkaum\b|\bstatt|\baußer|fehl|frei|\bnein\b|verhinder|vermeid|\bnur\b|\bselten"
            r"|scheiter|\bwenig|mangel|entfäll|entfall|sonst|\bin(?:akt|kom|kons|stab|val)"
            r"|erspar|verzicht|verberg|überspring|abwesen|verbiet",
            r"mindestens|wenigstens|mehr als|nicht weniger|minimal|\bab \d|über \d|und mehr|oder"
            r" mehr",
            r"höchstens|maximal|nicht mehr als|weniger als|bis zu|unter \d|oder weniger",
        ),
        "es": _Cues(
            r"\bno\b|\bni\b|\bnunca|\bjamás|\bsin\b|\bning|\bnad(?:a|ie)\b|\btampoco|\bexcepto"
            r"|\bsalvo"
            r"|evit|impid|carec|falt|en lugar|en vez|\bapenas|\bsolo|\bsólo|prescind|ausen|fuera de"
            r"|deja de|dejar|\bfracas|libre|difícil" + _LATIN_PREFIXES,
            r"al menos|por lo menos|como mínimo|mínimo de|más de|no menos de|o más\b|a partir de",
            r"como máximo|a lo sumo|máximo de|no más de|menos de|hasta|o menos\b|inferior",
        ),
        "fr": _Cues(
            r"\bn['’e]\b|\bne\b|\bpas\b|\bsans\b|\bjamais|\baucun|\brien\b|\bni\b|\bnon\b"
            r"|\bpersonne"
            r"|évit|empêch|manqu|interdi|échou|différen|plutôt|\bsauf|hormis|\bseul|au"
            r" lieu" + _LATIN_PREFIXES,
            r"au moins|au minimum|minimum de|plus d[e']|pas moins d|ou plus\b|à partir d",
            r"au plus|au maximum|maximum de|pas plus d|moins d[e']|jusqu|ou moins\b",
        ),
        "it": _Cues(
            r"divers|esclu|assen|\bnon\b|\bné\b|\bsenza\b|\bmai\b|\bnessun|\bniente|\bnulla"
            r"|\bneppure|\bneanche"
            r"|evit|impedi"
            r"|manca|tranne|\bsolo\b|invece|privo|priva" + _LATIN_PREFIXES,
            r"almeno|come minimo|più di|non meno di|o più\b|a partire da",
            r"al massimo|massimo di|non più di|meno di|fino a|o meno\b",
        ),
        "pt": _Cues(
            r"\bnão\b|\bnem\b|\bsem\b|\bnunca|\bjamais|\bnenhum|\bnada\b|\bninguém|evit|imped|falt"
            r"|exceto|\bsó\b|apenas|em vez" + _LATIN_PREFIXES,
            r"pelo menos|no mínimo|ao menos|mais de|não menos|ou mais\b|a partir de",
            r"no máximo|máximo de|não mais|menos de|até\b|ou menos\b",
        ),
        "nl": _Cues(
            r"slechts|negeer|negere|niet|\bgeen|zonder|nooit|niemand|nergens|\bnoch\b|\bon\w{3}"
            r"|loos\b|loze\b"
            r"|behalve|voorkom|vermijd|ontbre|nauwelijks|\bpas\b",
            r"ten minste|tenminste|minstens|minimaal|meer dan|niet minder|of meer\b|vanaf",
            r"hoogstens|maximaal|ten hoogste|niet meer dan|minder dan|tot\b|of minder\b",
        ),
        "sv": _Cues(
            r"endast|intet|misslyck|\binte|\bej\b|\bicke|utan|aldrig|\bing|varken|\bo\w{3}|lös"
            r"|förutom|undvik|saknas?"
            r"|hindra"
        ),
        "da": _Cues(
            r"intet|undlad|kun |ikke|\bej\b|uden|aldrig|\bing|\bhverken|\bu\w{3}|løs|undtagen"
            r"|undgå|mangl|hindre"
        ),
        "ru": _Cues(
            r"пуст|исключа|\bне|\bни|\bнет\b|\bбез|\bбес|невозм|нельзя|отсутств|лиш|никогда|кроме"
            r"|избе[гж]"
            r"|запре|вместо"
            r"|отказ|перест|пропу",
            r"не менее|не меньше|как минимум|минимум|по меньшей мере|по крайней мере|хотя бы"
            r"|более|больше"
            r"|свыше|и выше",
            r"не более|не больше|максимум|самое большее|менее|меньше|до \d|не превыша|не свыше",
        ),
        "uk": _Cues(
            r"розбіж|виключ|\bне|\bні|немає|\bбез|неможл|відсут|ніколи|крім|уник|замість|\bлише"
            r"|забор",
            r"не менше|щонайменше|принаймні|мінімум|понад|більше",
            r"не більше|щонайбільше|максимум|менше|до \d|не перевищ",
        ),
        "pl": _Cues(
            r"wyklucz|zakaz|zabron|inaczej|przeciw|\bnie|\bani\b|\bbez|nigdy|\bnikt|\bnic\b|\bżad"
            r"|brak|oprócz|unik|zamiast|\btylko"
            r"|wyjątk",
            r"co najmniej|przynajmniej|minimum|ponad|więcej niż|nie mniej niż",
            r"co najwyżej|najwyżej|maksymalnie|nie więcej niż|mniej niż|do \d|poniżej",
        ),
        "cs": _Cues(
            r"vylučuj|aniž|zakáz|\bne|\bni|\bbez|nikdy|\bžád|kromě|chyb|místo|vyh[ýn]|\bjen\b",
            r"alespoň|nejméně|minimálně|aspoň|více než|přes \d|nad \d",
            r"nejvýše|maximálně|nanejvýš|ne více než|méně než|do \d|pod \d",
        ),
        "tr": _Cues(
            r"m[ae]\b|m[ae]y[ıi]n|değil|\bhiç|\byok|m[ae]z|m[ae]d[ıi]|m[ae]y|m[ıi]yor|muyor|müyor"
            r"|s[ıiuü]z|asla"
            r"|olmadan|m[ae]n"
            r"|\bne\b|dışında|m[ae]m|yerine|m[ae]k?s[ıi]"
        ),
        "ar": _Cues(
            r"\b[وفأ]?(?:لا|لم|لن|ما|ليس\w*|بلا|دون|عدم)\b|غير|بدون|بعدم|أبد|سوى|إلا|منع|مستحيل"
            r"|يستحيل|تجنب|\bخال",
            r"على الأقل|ما لا يقل عن|لا تقل عن|لا يقل عن|أكثر من|أزيد من|فأكثر",
            r"على الأكثر|كحد أقصى|لا يزيد عن|لا تزيد عن|لا يتجاوز|لا تتجاوز|ما لا يزيد|أقل من|حتى",
        ),
        "he": _Cues(
            r"\b[והשבכמ]*(?:לא|אין|אינ\w+|בלי|ללא|מבלי|אל|אי|אף|שום|בלתי|חסר\w*)\b|למעט|לעולם"
        ),
        "hi": _Cues(
            r"नहीं|(?<!\S)(?:न|ना|मत)(?!\S)|बिना|बग़ैर|बगैर|कभी|गैर|ग़ैर|रहित|सिवा|अलावा|असंभव"
            r"|असमर्थ|अज्ञात|अनु?प",
            r"कम से कम|से अधिक|से ज़्यादा|से ज्यादा|न्यूनतम|या अधिक",
            r"अधिक से अधिक|ज़्यादा से ज़्यादा|ज्यादा से ज्यादा|से कम|अधिकतम|से अधिक नहीं|तक",
        ),
        "ja": _Cues(
            r"な[いかくしきさ]|なけれ|(?<!なければなり)ません|(?<![まはい必])ず|ぬ|無|不|非|未"
            r"|まい|ゼロ|抜き|以外|だけ"
            r"|しか|外れ|避|防|禁|欠|失|難|限り|限ら|代わり|ねば|困|余計|否|絶|捨|離れ|断|省|免"
            r"|やめ|阻|拒|逆|独立"
            r"|違|遠慮|控え|忘れ|止め|何も",
            r"少なくとも|以上|超え(?!な|ず)|超(?!え)|上回|最低|より多|余り|あまり",
            r"以下|未満|多くとも|多くても|せいぜい|最大|まで|超えな|超えず|下回|以内|より少な"
            r"|が上限|たかだか|にすぎ",
        ),
        "zh": _Cues(
            r"不|没|沒|無|无|非|未|别|別|勿|莫|否|免|禁|缺|失|零|仅|僅|只|除|难|難|避|防|拒|绝|絕"
            r"|停|代替|而是"
            r"|取消|省",
            r"至少|最少|不少于|不少於|不低于|不低於|以上|超过|超過|多于|多於|大于|起码|(?<!不)高于",
            r"至多|最多|不超过|不超過|不多于|不大于|不高于|以下|少于|少於|(?<!不)低于|小于|不足"
            r"|不到|以内|以內|上限",
        ),
        "ko": _Cues(
            r"마십|빠|다르|배제|않|없|못|아니|아닌|아닙|안 |말 |말고|마세|무|불|비|미|외|만|금지"
            r"|방지|피하|막|거부"
            r"|잃|제외|대신|부족"
            r"|어렵|실패|별|전혀",
            r"이상|초과|적어도|최소|넘(?!지)|보다 많",
            r"이하|미만|최대|많아야|넘지|넘지 않|초과하지 않|이내|까지|보다 적|기껏",
        ),
    }
)
"""Words and parts of words that deny (`no`, prefixes too: `un-` says it as well as `not`), and that
bound a number from below (`up`) and from above (`down`)."""


_EACH_DENIAL = expression(
    r"\b(?:\w+n['’]t|cannot|not|no|none|nor|neither|never|without|nobody|nothing|nowhere|hardly"
    r"|rarely|seldom|unless|except)\b",
    re.IGNORECASE,
)
"""English words that deny, each: for telling two texts of one language apart."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What finds that a text denies (`no`), and that it bounds a number from below and above."""

    no: re.Pattern[str]
    up: re.Pattern[str] | None
    down: re.Pattern[str] | None


@lru_cache(maxsize=64)
def denial_in(tongue: str) -> Denial | None:
    """What is known of a language, or None. English has `DENIED`, `UP` and `DOWN`."""
    cues = _CUES.get(tongue)
    if cues is None:
        return None
    bounds = [re.compile(one, re.IGNORECASE) if one else None for one in (cues.up, cues.down)]
    return Denial(re.compile(cues.no), bounds[0], bounds[1])


def denials(text: str, locale: str) -> int:
    """How often a text of a language denies; 0 in one that has no words here."""
    if language(locale) == "en":
        return len(_EACH_DENIAL.findall(text))
    known = denial_in(language(locale))
    return 0 if known is None else len(known.no.findall(text.lower()))


def bounds(text: str) -> tuple[int, int]:
    """How often an English text bounds a number from below, and from above."""
    return len(UP.findall(text)), len(DOWN.findall(text))
