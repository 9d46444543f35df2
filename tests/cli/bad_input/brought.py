"""Bad files that are brought to a command: what is wrong, and how the one line says so."""

from __future__ import annotations

import json
from dataclasses import dataclass

XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="ja">'
    '<file id="f"><unit id="u1" name="token/body"><segment>'
    "<source>A model reads tokens.</source><target>X</target></segment></unit></file></xliff>"
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>\n'
TMX = (
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>A</seg></tuv>'
    '<tuv xml:lang="ja"><seg>B</seg></tuv></tu></body></tmx>'
)
TBX = (
    '<martif type="TBX" xml:lang="en"><text><body><termEntry id="c"><langSet xml:lang="en"><tig>'
    '<term>a</term></tig></langSet><langSet xml:lang="ja"><tig><term>b</term></tig></langSet>'
    "</termEntry></body></text></martif>"
)
PO = 'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CONFLICT = "<<<<<<< HEAD\n{0}=======\n{0}>>>>>>> theirs\n"


@dataclass(frozen=True)
class Brought:
    """A file, the command it is brought to, and how the line begins that says what is wrong."""

    name: str
    path: str
    data: bytes
    told: str
    command: tuple[str, ...]


def _all(command: str, path: str, *cases: tuple[str, str | bytes, str]) -> list[Brought]:
    return [
        Brought(
            f"{command}, {path.rpartition('.')[2]}: {name}",
            path,
            text.encode() if isinstance(text, str) else text,
            told,
            tuple(command.split()),
        )
        for name, text, told in cases
    ]


def _deep(opening: str, closing: str, inside: str, text: str) -> str:
    return text.replace(inside, f"{opening * 5_000}{inside}{closing * 5_000}")


def _xliff() -> list[Brought]:
    return _all(
        "import",
        "job.xlf",
        ("empty", "", ":1:1: not-xml"),
        ("no XML", "hello", ":1:1: not-xml"),
        ("cut off", XLIFF[:-20], ":1:214: not-xml"),
        ("Latin-1", XLIFF.encode().replace(b">X<", b">\xe9<"), ":1:194: not-xml"),
        ("another encoding", f'<?xml version="1.0" encoding="x"?>\n{XLIFF}', ":1:1: not-xml"),
        ("another root", "\n<html/>", ":2:1: not-xliff"),
        ("no version", "<xliff/>", ":1:1: xliff-version"),
        ("a version of the future", XLIFF.replace("2.1", "3.0"), ":1:1: xliff-version"),
        ("another language", XLIFF.replace('"ja"', '"fr"'), ":1:1: package-language"),
        ("another source", XLIFF.replace('"en"', '"fr"'), ":1:1: package-language"),
        ("laughs", LAUGHS + XLIFF.replace(">X<", ">&b;<"), ":1:13: document-type"),
        ("a file of the machine", OUTSIDE + XLIFF.replace(">X<", ">&e;<"), ":1:13: document-type"),
        ("an address", PARAMETER + XLIFF, ":1:13: document-type"),
        ("an unknown entity", XLIFF.replace(">X<", ">&foo;<"), ":1:194: not-xml"),
        ("5,000 levels", _deep("<mrk>", "</mrk>", "X", XLIFF), ":1:669: too-deep"),
        ("ESC", XLIFF.replace(">X<", ">\x1b[31m<"), ":1:194: not-xml"),
        ("ESC as a reference", XLIFF.replace(">X<", ">&#27;<"), ":1:194: not-xml"),
        ("NUL", XLIFF.replace(">X<", ">\0<"), ":1:194: not-xml"),
        ("a prefix of nobody", XLIFF.replace("<unit", "<a:unit"), ":1:107: not-xml"),
        ("a conflict", CONFLICT.format(XLIFF), ":1:2: not-xml"),
        ("33 MiB", XLIFF + " " * (33 << 20), ": too-large"),
    )


def _sheets() -> list[Brought]:
    head = "source,target,locale\n"
    return _all(
        "import",
        "job.csv",
        ("empty", "", ":1:1: no-header"),
        ("other columns", "a,b\nc,d\n", ":1:1: no-header"),
        ("a column twice", "source,target,target\na,b,c\n", ":1:1: two-columns"),
        ("a spreadsheet", b"PK\x03\x04junk", ":1:1: not-a-table"),
        ("an open quote", f'{head}"a,b,ja\n', ":2:1: bad-cell"),
        ("a quote inside", f'{head}"a"b,c,ja\n', ":2:1: bad-cell"),
        ("a cell without end", f"{head}a,{'x' * 200_000},ja\n", ":2:1: bad-cell"),
        ("Latin-1", b"source,target\na,\xe9\n", ":2:3: not-utf-8"),
        ("half of UTF-16", b"\xff\xfes", ":1:3: not-utf-8"),
        ("two languages", f"{head}a,b,ja\nc,d,de\n", ":3:1: two-languages"),
        ("no language", "source,target\na,b\n", ":1:1: package-language"),
        ("a conflict", f"{head}{CONFLICT.format('a,b,ja' + chr(10))}", ":2:1: conflict-marker"),
    )


def _catalogs() -> list[Brought]:
    return _all(
        "import",
        "job.po",
        ("empty", "", ": po-empty"),
        ("a compiled one", b"\xde\x12\x04\x95\0\0\0\0", ":1:1: not-utf-8"),
        ("cut off", f'{PO}msgid "A', ":6:7: po-unterminated-string"),
        ("plural forms", f'{PO}msgid "a"\nmsgid_plural "b"\n', ":7:1: po-plural"),
        ("no header", 'msgid "a"\nmsgstr "b"\n', ":1:1: po-no-header"),
        ("an escape", f'{PO}msgid "a"\nmsgstr "\\033[31m"\n', ":7:9: po-unknown-escape"),
        ("another charset", PO.replace("UTF-8", "EUC-JP"), ":4:28: po-charset"),
        ("another language", f'{PO}msgid "a"\nmsgstr "b"\n'.replace("ja", "fr"), ":1:1: package-"),
        ("a conflict", PO + CONFLICT.format('msgid "a"\nmsgstr "b"\n'), ":6:1: conflict-marker"),
    )


def _memories() -> list[Brought]:
    return _all(
        "memory import",
        "theirs.tmx",
        ("empty", "", ":1:1: not-xml"),
        ("another root", "<tbx/>", ":1:1: not-tmx"),
        ("cut off", TMX[:-9], ":1:131: not-xml"),
        ("other languages", TMX.replace('"ja"', '"fr"'), ":1:1: no-such-languages"),
        ("laughs", LAUGHS.replace("x [", "tmx [") + TMX, ":1:15: document-type"),
        ("a file of the machine", OUTSIDE.replace("x [", "tmx [") + TMX, ":1:15: document-type"),
        ("an unknown entity", TMX.replace(">B<", ">&foo;<"), ":1:113: not-xml"),
        ("5,000 levels", _deep("<hi>", "</hi>", "B", TMX), ":1:349: too-deep"),
        ("NUL", TMX.replace(">B<", ">\0<"), ":1:113: not-xml"),
        ("Latin-1", TMX.encode().replace(b">B<", b">\xe9<"), ":1:113: not-utf-8"),
        ("a unit without language", TMX.replace(' xml:lang="ja"', ""), ":1:89: no-language"),
    )


def _termbases() -> list[Brought]:
    return _all(
        "glossary import --lang ja",
        "theirs.tbx",
        ("empty", "", ":1:1: not-xml"),
        ("another root", "<tmx/>", ":1:1: not-tbx"),
        ("cut off", TBX[:-9], ":1:206: not-xml"),
        ("other languages", TBX.replace('"ja"', '"fr"'), ":1:1: no-such-languages"),
        ("laughs", LAUGHS + TBX, ":1:13: document-type"),
        ("a file of the machine", OUTSIDE + TBX, ":1:13: document-type"),
        ("an address", PARAMETER + TBX, ":1:13: document-type"),
        ("5,000 levels", TBX.replace(">b<", f">{'<hi>' * 5_000}b{'</hi>' * 5_000}<"), ":1:"),
        ("no language", TBX.replace(' xml:lang="ja"', ""), ":1:122: no-language"),
        ("no term", TBX.replace(">b<", "><"), ":1:145: empty-term"),
        ("C1", TBX.replace(">b<", ">\x9b31m<"), ":1:160: control-character"),
    )


def _glossaries() -> list[Brought]:
    return _all(
        "glossary import --lang ja",
        "theirs.csv",
        ("a spreadsheet", b"PK\x03\x04", ":1:1: not-a-table"),
        ("other languages", "en,fr\na,b\n", ":1:1: no-such-languages"),
        ("an open quote", 'source,target\n"a,b\n', ":2:1: bad-quoting"),
        ("ESC", "source,target\na,\x1b[31m\n", ":2:3: control-character"),
        ("NUL", "source,target\na,\0\n", ":2:3: control-character"),
        ("Latin-1", b"source,target\na,\xe9\n", ":2:3: not-utf-8"),
        ("a line break in a term", 'source,target\n"a\nb",c\n', ":2:1: line-break"),
        ("an empty cell", "source,target\n,b\n", ":2:1: empty-cell"),
        ("a cell too many", "source,target\na,b,c\n", ":2:5: too-many-cells"),
        ("a column twice", "source,target,target\na,b,c\n", ":1:15: duplicate-column"),
        ("no target", "source,note\na,b\n", ":1:1: missing-column"),
        ("an unknown status", "source,target,status\na,b,prefered\n", ":2:5: unknown-value"),
        ("a contradiction", "source,target\nmodel,b\nModel,c\n", ":3:1: contradicting-entries"),
        ("the same twice", "source,target\na,b\na,b\n", ":3:1: duplicate-entry"),
        ("a conflict", "source,target\n" + CONFLICT.format("a,b\n"), ":2:1: conflict-marker"),
    )


def _decisions() -> list[Brought]:
    def document(**changed: object) -> str:
        return json.dumps(
            {"schema": "i18n-decisions/1", "locale": "ja", "decisions": [], **changed}
        )

    row = {"unit": "token/body", "source": "s", "shown": "0", "verb": "approve", "text": "t"}
    return _all(
        "review --apply",
        "decisions.json",
        ("empty", "", ":1:1: decisions-damaged"),
        ("cut off", document()[:-2], ":1:62: decisions-damaged"),
        ("Latin-1", b'{"a": "\xe9"}', ": decisions-damaged"),
        ("100,000 levels", "[" * 100_000, ": decisions-damaged"),
        ("a number without end", f'{{"a": {"9" * 5_000}}}', ": decisions-damaged"),
        ("a list", "[]", ":1:1: decisions-schema"),
        (
            "of the future",
            document(schema="i18n-decisions/2"),
            ":1:1: decisions-schema: written by",
        ),
        ("no locale", document(locale=None), ": decisions-damaged"),
        ("no decisions", document(decisions={}), ": decisions-damaged"),
        ("a decision that is none", document(decisions=[1]), ": decisions-damaged"),
        ("no text", document(decisions=[{**row, "text": 1}]), ": decisions-damaged"),
        ("no verb", document(decisions=[{**row, "verb": "burn"}]), ": decisions-damaged"),
    )


def _plans() -> list[Brought]:
    plan = '{"schema": "i18n-plan/1", "provider": [], "sources": {}, "locales": []}'
    return _all(
        "sync --plan",
        "plan.json",
        ("empty", "", ":1:1: plan-damaged"),
        ("cut off", plan[:-2], ":1:70: plan-damaged"),
        ("Latin-1", b'{"a": "\xe9"}', ": plan-damaged"),
        ("100,000 levels", "[" * 100_000, ": plan-damaged"),
        ("a list", "[]", ": plan-damaged"),
        ("of the future", plan.replace("/1", "/2"), ":1:1: plan-schema: written by"),
        ("of another program", plan.replace("i18n-plan/1", "x"), ":1:1: plan-schema"),
        ("no sources", plan.replace("{}", "[]"), ": plan-damaged"),
    )


BROUGHT = [
    *_xliff(),
    *_sheets(),
    *_catalogs(),
    *_memories(),
    *_termbases(),
    *_glossaries(),
    *_decisions(),
    *_plans(),
]
