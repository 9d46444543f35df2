"""Quality: a translation holds nothing that an engine said about it or wrapped around it.

A language model introduces its answer, comments on it, or gives it back in quotes or JSON; any
engine may let the tags through that stand for code and links. What the source has is no leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from i18n_pipeline.checks.rule import Finding, Rule, Subject, quoted
from i18n_pipeline.markdown import Span
from i18n_pipeline.model import Edit, Kind, Severity
from i18n_pipeline.values import dataclass

_WORDS = (
    "translation|translated text|Übersetzung|traducción|texto traducido|traduction|traduzione"
    "|tradução|tradució|traducere|vertaling|översättning|oversættelse|oversettelse|käännös"
    "|tłumaczenie|překlad|preklad|fordítás|prevod|перевод|переклад|превод|μετάφραση|çeviri"
    "|bản dịch|terjemahan|अनुवाद|অনুবাদ|คำแปล|תרגום|الترجمة|ترجمه|翻訳|訳文|翻译|译文|翻譯|譯文"
    "|번역"
)
_HERE = (
    "Here(?:['’]s| is| are)|Below is|The following is|Hier ist|Hier folgt|Aquí (?:está|tienes"
    "|tiene)"
    "|A continuación|Voici|Ci-dessous|Ecco|Di seguito|Aqui está|Segue|Hier is|Här är|Her er|Oto"
    "|Poniżej|Zde je|Вот|Ниже|Ось|İşte|यहाँ|यह रहा|إليك|فيما يلي|以下[はが]|こちらが|以下是|这是"
    "|다음은"
)
_NOTES = (
    "Note|Notes|Hinweis|Anmerkung|Nota|Remarque|Opmerking|Uwaga|Poznámka|Примечание|Примітка|Not"
    "|注|注意|备注|備註|備考|補足|참고|주의|ملاحظة|टिप्पणी|नोट"
)
_TAIL = "[^\n:：]{0,60}?"
_OPENING = (
    r"(?:(?:Sure|Certainly|Of course|Absolutely|Okay|Got it|Selbstverständlich|Natürlich"
    r"|Por supuesto|Claro|Bien sûr|Certainement|Certamente|Конечно|もちろんです|当然|물론입니다)"
    r"[!！.。,，、]\s*)"
)


_SURE = r"(?:Sure|Certainly|Absolutely|Okay|Of course)[!！]\s*|Got it[!.,]\s*"
_SPEAKING = (
    r"\bAs an? (?:AI|artificial intelligence|large language model|language model)\b[^.]{0,40}\bI\b"
    r"|\bI(?:['’]m sorry, but I)? (?:can['’]t|cannot|am unable to) (?:translate|assist|help with)"
    r"|\bAls KI(?:-Sprach)?-?modell\b|\bComo (?:un )?modelo de lenguaje(?: de IA)?,"
    r"|\bEn tant qu(?:e modèle de langage|['’]IA),|AI(?:の)?(?:言語)?モデルとして、"
    r"|作为(?:一个|一款)?(?:AI|人工智能)(?:语言)?模型[,，]|AI (?:언어 )?모델로서"
    r"|Как (?:языковая модель|ИИ)[, ]"
)
_DECLINING = (
    r"(?:I['’]m|I am) sorry, but I\b|I apologi[sz]e, but\b"
    r"|(?:Es tut mir|Tut mir) leid, (?:aber )?(?:ich|da)|Leider kann ich"
    r"|Lo siento, pero (?:no|como)|(?:Je suis )?[Dd]ésolée?, mais je|Mi dispiace, ma non"
    r"|(?:Desculpe|Sinto muito|Lamento), mas (?:não|eu)|Het spijt me, maar ik|Tyvärr kan jag inte"
    r"|Przepraszam, ale nie|Извините, (?:но )?я|К сожалению, я не"
    r"|申し訳(?:ありません|ございません)が、|(?:很)?抱歉[,，]我|对不起[,，]我|죄송(?:하지만|합니다만)"
)
_TURNS = r"<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?s>(?=\s|\Z)"
_UNRESTORED = (
    r"</?[xg]\s+id\s*=[^<>]{0,40}>|&lt;/?[xg]\s+id\b|<ph\s[^<>]{0,40}>"
    r"|\b_{0,2}PH_?\d+_{1,2}|__[A-Z]{2,12}_\d+__|\{\{\s*\d+\s*\}\}|⟦\d+⟧|⟪\d+⟫"
)


@dataclass(frozen=True, slots=True)
class _Leak:
    """What gives an engine away, and what is said of it.

    Without one of `signs` a text has none. Of a source with one of `excuses`, in small letters,
    the text may be a translation. What is `removable` can be taken out as found.
    """

    pattern: re.Pattern[str]
    said: str
    signs: tuple[str, ...]
    excuses: tuple[str, ...] = ()
    removable: bool = False

    def found(self, text: str) -> re.Match[str] | None:
        """Where it is in a text, if it is."""
        if not any(sign in text for sign in self.signs):
            return None
        return self.pattern.search(text)


_LEADS = (
    _Leak(
        re.compile(
            rf"[*_#>\s]{{0,4}}(?:{_OPENING}?(?:{_HERE}){_TAIL}(?:{_WORDS}){_TAIL}[:：。]"
            rf"|{_OPENING}?(?:the )?(?:{_WORDS})\W{{0,4}}[:：])[*\s]*",
            re.IGNORECASE,
        ),
        "introduces itself as a translation",
        (),
        ("translat",),
        removable=True,
    ),
    _Leak(re.compile(_SURE), "answers somebody", (), removable=True),
    _Leak(re.compile(_DECLINING), "declines to translate", (), ("sorry", "apolog", "regret")),
    _Leak(
        re.compile(
            r"-{3,}[ \t]*(?:\n|[a-z_]{2,20}: )|(?:title|slug|lang|term|definition):[ \t][^\n]*\n"
        ),
        "is front matter that the source does not have",
        (),
    ),
    _Leak(
        re.compile(r"\s*(?:\[\s*)?\{\s*\"[\w-]{1,40}\"\s*:"),
        "is JSON around the text",
        (),
    ),
)
"""What a text begins with."""

_INNER = (
    _Leak(
        re.compile(rf"\s*[(（\[【]\s*(?:{_NOTES})\s*[:：][^\n]*[)）\]】][.。]?\s*\Z"),
        "is a remark about the translation",
        (")", "）", "]", "】"),
        ("note",),
        removable=True,
    ),
    _Leak(
        re.compile(rf"(?:\n|(?<=[.。!！?？]) )\s*[*_]{{0,3}}(?:{_NOTES})\s*[:：][\s\S]*\Z"),
        "is a remark about the translation",
        ("\n", ". ", "。 "),
        ("note",),
        removable=True,
    ),
    _Leak(
        re.compile(_SPEAKING),
        "is a language model speaking of itself",
        (
            "AI",
            "KI",
            "IA",
            "ИИ",
            "anguage",
            "lengua",
            "langage",
            "人工",
            "язык",
            "translate",
            "ssist",
        ),
        ("language model",),
    ),
    _Leak(
        re.compile(r"</?(?:think|thinking|reasoning|scratchpad)>", re.IGNORECASE),
        "is what a language model thinks to itself",
        ("<",),
    ),
    _Leak(re.compile(_TURNS), "is a mark between the turns of a language model", ("<", "[")),
    _Leak(
        re.compile(_UNRESTORED),
        "stands for something that was never put back",
        ("<", "&lt;", "PH", "__", "{{", "⟦", "⟪"),
    ),
    _Leak(
        re.compile(r"^[ \t]*(?:`{3,}|~{3,})", re.MULTILINE),
        "is a fence around the text",
        ("```", "~~~"),
    ),
)
"""What may stand anywhere in it, or at its end."""

_QUOTES = {
    **dict.fromkeys('"', '"'),
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "《": "》",
}
_EAST_ASIAN = frozenset("「『《")
_LABELS = frozenset({Kind.NAME, Kind.HEADING, Kind.CELL, Kind.VOCABULARY, Kind.DEFINITION_TITLE})
_QUOTING = frozenset("\"'“”„«»‘’‚「」『』《》〈〉")
_SET_OFF = frozenset("`*_~")


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.segment.kind is Kind.LIST:
        return
    yield from _quotes(subject)
    target, told = subject.target, 0
    for leak, found in _leaks(target):
        if _is_the_sources(leak, found.group().strip(), subject.source) or found.start() < told:
            continue
        told = found.end()
        message = f"{quoted(found.group().strip())} {leak.said}; leave it out"
        yield Finding(message, found.span(), _removal(leak, found.span(), target))


def _leaks(target: str) -> Iterator[tuple[_Leak, re.Match[str]]]:
    for leak in _LEADS:
        if found := leak.pattern.match(target):
            yield leak, found
    for leak in _INNER:
        if found := leak.found(target):
            yield leak, found


def _is_the_sources(leak: _Leak, text: str, source: str) -> bool:
    """Whether the source says the same, in whatever words: it may be about translation itself."""
    if text in source or leak.pattern.search(source):
        return True
    small = source.lower()
    return any(excuse in small for excuse in leak.excuses)


def _removal(leak: _Leak, span: Span, target: str) -> Edit | None:
    rest = target[: span[0]] + target[span[1] :]
    return Edit(*span, "") if leak.removable and rest.strip() else None


def _quotes(subject: Subject) -> Iterator[Finding]:
    """Quotation marks around the whole text."""
    text, source = subject.target.strip(), subject.source.strip()
    closing = _QUOTES.get(text[:1], "")
    if len(text) < 3 or text[-1] not in closing or _may_be_quoted(source):
        return
    if text[0] in _EAST_ASIAN and subject.segment.kind in _LABELS:
        return
    inner = text[1:-1]
    if any(mark in inner for mark in {text[0], text[-1]}):
        return
    start = subject.target.index(text[0])
    yield Finding(
        f"stands in quotation marks, and the source does not; write {quoted(inner)}",
        (start, start + len(text)),
        Edit(start, start + len(text), inner),
    )


def _may_be_quoted(source: str) -> bool:
    """Whether a source has marks at an end that a language may give by quotation marks."""
    ends = {source[:1], source[-1:]}
    return not ends.isdisjoint(_QUOTING) or ends <= _SET_OFF


LEAKS = Rule(
    "leaks",
    Severity.ERROR,
    safety=False,
    find=_find,
    purpose=(
        'what an engine said about its answer or wrapped around it: "Here is the '
        'translation:", a remark, a fence, JSON, quotation marks, `<think>`, placeholders '
        "that were never put back"
    ),
)
