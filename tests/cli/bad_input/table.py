"""Bad files: what is wrong, where it is put, and the one line that says so."""

from __future__ import annotations

from dataclasses import dataclass

from tests.stubs.site import CONFIG, TOKENS

TERM = "terms/en/token.md"
PO = "locales/ja/terms.po"
LOCK = "locales/ja/terms.lock"
REJECTED = "locales/ja/terms.rejected"
GLOSSARY = "glossaries/ja.csv"
KEEP = "glossaries/keep.csv"
TOML = "i18n.toml"

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
UNIT = 'msgctxt "token/body"\nmsgid "A model reads tokens."\n'
KEYS = "term: Token\nslug: token\nlang: en\n"


@dataclass(frozen=True)
class Case:
    """A bad file, and how the line about it begins: `path:line:column: code`."""

    name: str
    path: str
    data: bytes
    line: str


def _term(name: str, place: str, front: str = KEYS, body: str = "\nText.\n") -> Case:
    return Case(name, TERM, f"---\n{front}---\n{body}".encode(), f"{TERM}{place}")


def _file(name: str, path: str, text: str | bytes, place: str) -> Case:
    data = text.encode() if isinstance(text, str) else text
    return Case(name, path, data, f"{path}{place}")


def _bomb() -> str:
    lines = [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    return "\n".join(["a0: &a0 [x, x]", *lines, ""])


def _front_matter() -> list[Case]:
    return [
        _file("unclosed", TERM, f"---\n{KEYS}\nText.\n", ":1:1: front-matter-not-closed"),
        _file("unclosed TOML", TERM, '+++\nterm = "x"\n', ":1:1: front-matter-not-closed"),
        _file("bad TOML", TERM, "+++\nterm =\n+++\n", ":2:7: toml-syntax"),
        _file("without front matter", TERM, "# Token\n", ":1:1: slug-missing"),
        _file("empty", TERM, "", ":1:1: empty-file"),
        _file("a list", TERM, "---\n- a\n---\n", ":2:1: front-matter-not-a-mapping"),
        _term("half a list", ":6:1: yaml-syntax", f"{KEYS}x: [1,\n"),
        _term("a bare colon", ":2:8: yaml-syntax", "term: A: B\nslug: token\nlang: en\n"),
        _term("a tab", ":6:1: yaml-syntax", f"{KEYS}x:\n\ty: 1\n"),
        _term("a key nobody can name", ":5:9: control-character", KEYS + '"\\x1b": x\n'),
        _term(
            "a conflict in a term",
            ":7:1: conflict-marker",
            body="\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n",
        ),
        _term("a key twice", ":5:1: duplicate-key", f"{KEYS}term: Again\n"),
        _term("a Python tag", ":5:4: yaml-tag", f"{KEYS}x: !!python/object:os.system ls\n"),
        _term("an alias", ":6:4: yaml-alias", f"{KEYS}x: &a [1]\ny: *a\n"),
        _term("an alias bomb", ":6:10: yaml-alias", KEYS + _bomb()),
        _term("30,000 levels", ":5:104: front-matter-too-deep", f"{KEYS}x: {'[' * 30_000}\n"),
        _term("64 KiB", ":1:1: front-matter-too-large", f"{KEYS}x: {'y' * 70_000}\n"),
        _term("two names", ":2:1: name-not-a-text", "term: [a, b]\nslug: token\nlang: en\n"),
        _term("NUL", ":5:6: control-character", f'{KEYS}x: "a\0b"\n'),
    ]


def _identity() -> list[Case]:
    def slug(name: str, value: str, place: str) -> Case:
        return _term(name, place, f"term: Token\nslug:{value}\nlang: en\n")

    def lang(name: str, value: str, place: str) -> Case:
        return _term(name, place, f"term: Token\nslug: token\n{value}")

    return [
        slug("slug: 123", " 123", ":3:7: slug-not-a-string"),
        slug("slug: yes", " yes", ":3:7: slug-not-a-string"),
        slug("slug a date", " 2026-01-01", ":3:7: slug-not-a-string"),
        slug("slug a list", " [token]", ":3:1: slug-not-a-string"),
        slug("no slug", "", ":3:6: slug-not-a-string"),
        slug("slug: ../x", " ../x", ":3:7: slug-not-valid"),
        slug("slug in capitals", " Token", ":3:7: slug-not-valid"),
        slug("slug of another file", " lora", ":3:7: slug-disagrees"),
        lang("no lang", "", ":1:1: locale-missing"),
        lang("lang of another folder", "lang: ja\n", ":4:7: locale-disagrees"),
        lang("Norway", "lang: no\n", ":4:7: locale-disagrees"),
    ]


def _bytes() -> list[Case]:
    latin = f"---\n{KEYS}---\n\n".encode() + b"caf\xe9\n"
    return [
        _file("Latin-1", TERM, latin, ":7:4: not-utf-8"),
        _file("UTF-16", TERM, TOKENS.encode("utf-16"), ":1:1: not-utf-8"),
        _file("3 MiB", TERM, TOKENS + "word " * 700_000, ": too-large"),
        _term("NUL in the body", ":7:2: control-character", body="\na\0b\n"),
        _term("ESC in the body", ":7:2: control-character", body="\na\x1b[31m\n"),
    ]


def _body() -> list[Case]:
    return [
        _term("skip without end", ":7:1: directive-not-closed", body="\n<!-- i18n: skip -->\n"),
        _term("end without skip", ":7:1: unknown-directive", body="\n<!-- i18n: end -->\n"),
        _term("no directive", ":7:1: unknown-directive", body="\n<!-- i18n: skp -->\n"),
    ]


def _review_files() -> list[Case]:
    def unit(name: str, text: str | bytes, place: str) -> Case:
        data = text.encode() if isinstance(text, str) else text
        return _file(name, PO, (HEADER + UNIT).encode() + data, place)

    conflict = f'<<<<<<< HEAD\n{UNIT}msgstr "a"\n=======\n{UNIT}msgstr "b"\n>>>>>>> x\n'
    latin, german = HEADER.replace("UTF-8", "ISO-8859-1"), HEADER.replace(": ja", ": de")
    return [
        unit("half a string at the end", 'msgstr "abc', ":10:8: po-unterminated-string"),
        unit("a string of nobody", 'msgstr "a"\n\n# x\n"b"\n', ":13:1: po-stray-string"),
        unit("a comment of nobody", 'msgstr "a"\n\n# x\n', ":12:1: po-stray-comment"),
        unit("ESC as an escape", 'msgstr "\\033[31m"\n', ":10:9: po-unknown-escape"),
        unit("CSI in a comment", f'msgstr "a"\n\n# \x9b31m\n{UNIT}', ":12:3: po-control-character"),
        unit("CR in a text", 'msgstr "a\rb"\n', ":10:10: po-control-character"),
        unit("a quote inside", 'msgstr "a "b" c"\n', ":10:11: po-unescaped-quote"),
        unit("no msgid", 'msgstr "a"\n\nmsgctxt "x"\nmsgstr "y"\n', ":13:1: po-missing-msgid"),
        unit("no last quote", 'msgstr "abc\n', ":10:8: po-unterminated-string"),
        unit("no first quote", 'msgstr abc"\n', ":10:8: po-unopened-string"),
        unit("a bad escape", 'msgstr "a\\q"\n', ":10:10: po-unknown-escape"),
        unit("no msgstr", "", ":9:1: po-missing-msgstr"),
        unit("a unit twice", f'msgstr "a"\n\n{UNIT}msgstr "b"\n', ":12:1: po-duplicate-unit"),
        unit("a stray line", 'msgstr "a"\nhello\n', ":11:1: po-unexpected-line"),
        unit("NUL in a text", 'msgstr "a\0"\n', ":10:10: po-control-character"),
        unit("Latin-1 in a text", b'msgstr "\xe9"\n', ":10:9: not-utf-8"),
        _file("cut off", PO, HEADER + UNIT[:32], ":9:7: po-unterminated-string"),
        _file("plural forms", PO, f'{HEADER}msgid "a"\nmsgid_plural "b"\n', ":9:1: po-plural"),
        _file("a conflict in the PO", PO, HEADER + conflict, ":8:1: conflict-marker"),
        _file("no header", PO, f'{UNIT}msgstr "a"\n', ":1:1: po-no-header"),
        _file("another charset", PO, latin, ":5:28: po-charset"),
        _file("another language", PO, german, ":1:1: po-language"),
        _file("an empty PO", PO, "", ": po-empty"),
    ]


def _locks() -> list[Case]:
    head, entry = "i18n-lock 1 segmenter 1\n\n", "token\n source=12345678 built=12345678\n"
    conflict = f"{head}<<<<<<< HEAD\n{entry}>>>>>>> x\n\ni18n-lock end\n"
    return [
        _file("a lock cut off", LOCK, head + entry, ":4:1: lock-cut-off"),
        _file("a conflict in the lock", LOCK, conflict, ":3:1: conflict-marker"),
        _file("a lock of the future", LOCK, "i18n-lock 9 segmenter 1\n", ":1:1: lock-newer"),
        _file("no lock", LOCK, "{}\n", ":1:1: lock-no-version"),
        _file(
            "a term twice",
            LOCK,
            f"{head}{entry}\n{entry}\ni18n-lock end\n",
            ":6:1: lock-duplicate-slug",
        ),
    ]


def _more_locks() -> list[Case]:
    head, end = "i18n-lock 1 segmenter 1\n\n", "\ni18n-lock end\n"

    def lock(name: str, text: str | bytes, place: str) -> Case:
        data = text.encode() if isinstance(text, str) else text
        return _file(name, LOCK, head.encode() + data + end.encode(), place)

    hashes = "source=12345678 built=12345678"
    return [
        _file("an empty lock", LOCK, "", ":1:1: lock-no-version"),
        lock("Latin-1 in the lock", b"caf\xe9\n", ":3:1: not-utf-8"),
        lock("hashes of nobody", f" {hashes}\n", ":3:1: lock-no-slug"),
        lock("a slug without hashes", "token\n", ":3:1: lock-no-hashes"),
        lock("half of the hashes", "token\n source=12345678\n", ":4:1: lock-no-hashes"),
        lock("no hash", "token\n source=1234567z built=-\n", ":4:2: lock-bad-hash"),
        lock("an unknown value", f"token\n {hashes} x=1\n", ":4:33: lock-bad-value"),
        lock("a value twice", f"token\n {hashes} built=-\n", ":4:33: lock-bad-value"),
        lock("a slug in two words", f"to ken\n {hashes}\n", ":3:1: lock-bad-slug"),
        lock("a link without a slug", f"token\n {hashes} links.a=b,,c\n", ":4:33: lock-bad-value"),
    ]


def _rejected() -> list[Case]:
    head = "i18n-rejected 1\n\n"
    return [
        _file("empty rejections", REJECTED, "", ":1:1: rejected-no-version"),
        _file("no rejections", REJECTED, "{}\n", ":1:1: rejected-no-version"),
        _file("rejections of the future", REJECTED, "i18n-rejected 2\n", ":1:1: rejected-newer"),
        _file("half a rejection", REJECTED, f"{head}1f0c6b7a\n", ":3:1: rejected-bad-line"),
        _file("Latin-1 rejected", REJECTED, head.encode() + b"\xe9\n", ":3:1: not-utf-8"),
    ]


def _monsters() -> list[Case]:
    """Files whose reading costs more than anybody's work does: refused, or read up to a bound."""
    nested = "\n".join(f"{'  ' * depth}a:" for depth in range(200))
    table = f"\n|{'a|' * 700}\n|{'-|' * 700}\n{'|c|' + chr(10)}" + "|c|\n" * 4_000
    return [
        _term("200 mappings", ":107:203: front-matter-too-deep", f"{KEYS}x:\n{nested}\n"),
        _term("half a million items", ":1:1: too-much-markup", body="\n" + "- a\n" * 300_000),
        _term("a table that fills itself", ":1:1: too-much-markup", body=table),
        _term("a million quotes", ":1:1: too-much-markup", body=f"\n{'>' * 1_000_000} a\n"),
        _term("many brackets", ":1:1: too-much-markup", body=f"\n{'[a](' * 450_000}\n"),
    ]


def _glossaries() -> list[Case]:
    def table(name: str, rows: str | bytes, place: str) -> Case:
        data = rows.encode() if isinstance(rows, str) else rows
        return _file(name, GLOSSARY, b"source,target\n" + data, place)

    conflict = "<<<<<<< HEAD\nGo,Go\n=======\nRust,Rust\n>>>>>>> theirs\n"
    return [
        table("a contradiction", "a,b\na,c\n", ":3:1: contradicting-entries"),
        table("an empty cell", "a,\n", ":2:3: empty-cell"),
        table("an open quote", '"a,b\n', ":2:1: bad-quoting"),
        table("Latin-1 in a cell", b"a,\xe9\n", ":2:3: not-utf-8"),
        _file("an unknown column", GLOSSARY, "source,tarket\na,b\n", ":1:8: unknown-column"),
        _file("a conflict in it", KEEP, f"source\n{conflict}", ":2:1: conflict-marker"),
        table("a conflict", conflict, ":2:1: conflict-marker"),
        _file("a name twice", KEEP, "source\na\na\n", ":3:1: duplicate-entry"),
    ]


def _configurations() -> list[Case]:
    def more(name: str, text: str, place: str) -> Case:
        return _file(name, TOML, CONFIG + text, place)

    return [
        more("an unknown key", "colour = 1\n", ":3:1: unknown-key"),
        more("half a string", 'x = "en\n', ":3:8: toml-syntax"),
        more("a way out", '[paths]\nterms = "../{locale}/{slug}.md"\n', ":4:1: bad-pattern"),
        more("no locale", '[paths]\nterms = "terms/{slug}.md"\n', ":4:1: bad-pattern"),
        more("a key in git", '[locale.ja]\nauth_key = "abc"\n', ":4:1: secret-in-config"),
        _file("no locale known", TOML, 'source="en"\ntargets=["jaa"]\n', ":2:10: bad-locale"),
        _file("no source", TOML, 'targets = ["ja"]\n', ": missing-key"),
        _file("no text", TOML, 'source = 5\ntargets = ["ja"]\n', ":1:1: wrong-type"),
        _file("Latin-1 in i18n.toml", TOML, CONFIG.encode() + b"# \xe9\n", ":3: not-utf-8"),
    ]


CASES = [
    *_front_matter(),
    *_identity(),
    *_bytes(),
    *_body(),
    *_review_files(),
    *_locks(),
    *_more_locks(),
    *_rejected(),
    *_monsters(),
    *_glossaries(),
    *_configurations(),
]
