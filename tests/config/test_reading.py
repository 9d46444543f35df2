from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config import Config, Fields, Role, fingerprint, is_configured, read_config
from i18n_pipeline.errors import BadConfig, Problem
from i18n_pipeline.patterns import Pattern

LEAST = 'source = "en"\ntargets = ["ja", "de"]\n'

DEFAULTS = (
    LEAST
    + """
[paths]
terms    = "terms/{locale}/{slug}.md"
catalog  = "locales/{locale}/terms.po"
lock     = "locales/{locale}/terms.lock"
glossary = "glossaries/{locale}.csv"
keep     = "glossaries/keep.csv"
exclude  = ["_*"]

[fields]
locale     = "lang"
slug       = "slug"
name       = "term"
translate  = ["term", "definition"]
vocabulary = ["category"]
localize   = ["keywords"]
links      = ["related"]
keep       = []
extra      = []
markdown   = []
skip       = { draft = true }

[markdown]
extensions = ["table", "footnote", "tasklist", "strikethrough"]

[links]
missing = "source"
allow   = []
[links.rewrite]

[build]
publish    = "reviewed"
draft_mark = {}
orphan     = "keep"

[site]
url = ""

[memory]
exact = "reviewed"

[style]
formality    = ""
instructions = []

[budget]
currency = ""
reserve  = 0
priority = []

[provider.deepl]
project            = ""
model              = "quality"
style_rules        = {}
translation_memory = ""
threshold          = 75

[provider.openai]
model = ""

[provider.ctranslate2]
model = ""
beam  = 4

[locale.ja]
only = []
provider = []
mt       = "draft"
"""
)

BROKEN = """\
source = "en"
targets = ["ja", "jp", "pt-BR", "pt_br", "EN"]
publish = "drafts"
tarets = 3
deepl_auth_key = "hunter2"

[paths]
terms = "../{locale}/{sulg}.md"
catalog = "/x.po"
lock = 'a\\{locale}'
glossary = "glossary.csv"
keep = "{locale}.csv"
exlude = []

[fields]
translate = ["term", "Category"]
markdown = ["body"]
skip = { draft = [1] }
[markdown]
extensions = ["tables", "footnote"]
[links]
missing = "rewritten"
[links.rewrite]
"/glossary" = "/{locale}/{slag}"
[build]
draft_mark = 3
[provider.deepl]
api_key = "hunter2"
[site]
url = "ftp://x/{slug}"
[locale.jaa.paths]
terms = "x"
[locale.ja]
provider = ["deepl", "hunter2 x"]
mt = "of"
[locale.ja.paths]
terms = "content/ja.md"
catalog = 5
"""

COMPLAINTS = """\
2:18: bad-locale: targets: no language is known as 'jp', did you mean 'ja'?
2:33: duplicate-locale: targets: "pt_br" is the same locale as "pt-BR"
2:42: duplicate-locale: targets: "EN" is the source
3:1: unknown-key: publish: is not known (it belongs in [build])
4:1: unknown-key: tarets: is not known (did you mean "targets"?)
5:1: secret-in-config: deepl_auth_key: looks like a secret, and this file is in git
8:1: bad-pattern: paths.terms: '..' is no name of a file or folder
9:1: bad-pattern: paths.catalog: it is absolute, paths are relative to the project's folder
10:1: bad-pattern: paths.lock: \\ cannot stand in a file name on every system
11:1: bad-pattern: paths.glossary: "glossary.csv" has no {locale}
12:1: bad-pattern: paths.keep: "{locale}.csv": {locale} is not known here
13:1: unknown-key: paths.exlude: is not known (did you mean "exclude"?)
16:1: two-roles: fields.translate: "category" cannot be both in translate and in vocabulary
17:13: wrong-value: fields.markdown: "body" is not in translate
18:10: wrong-type: fields.skip.draft: must be text, a number, true or false, not a list
20:15: wrong-value: markdown.extensions: must be "table", "footnote", "tasklist",
22:1: wrong-value: links.missing: must be "source" or "rewrite" (did you mean "rewrite"?)
24:1: bad-pattern: links.rewrite./glossary: '/glossary' has no {slug}
24:1: bad-pattern: links.rewrite./glossary: '/{locale}/{slag}' has no {slug}
24:1: bad-pattern: links.rewrite./glossary: '/{locale}/{slag}': only {slug} and {locale} are
26:1: wrong-type: build.draft_mark: must be a table, not a number
28:1: secret-in-config: provider.deepl.api_key: looks like a secret, and this file is in git
30:1: bad-pattern: site.url: 'ftp://x/{slug}' does not begin with https:// or http://
31:9: unknown-locale: locale.jaa: "jaa" is neither the source nor a target (did you mean "ja"?)
34:22: wrong-value: locale.ja.provider: is no name of a provider (such as deepl or memory)
35:1: wrong-value: locale.ja.mt: must be "draft", "redraft" or "off" (did you mean "off"?)
37:1: bad-pattern: locale.ja.paths.terms: "content/ja.md" has no {slug}
38:1: wrong-type: locale.ja.paths.catalog: must be text, not a number (write it in "quotes")
"""


def complaints(text: str, table: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(BadConfig) as caught:
        read_config(text, "i18n.toml", table)
    return [str(problem).removeprefix("i18n.toml:") for problem in caught.value.problems]


def test_source_and_targets_are_enough() -> None:
    assert read_config(LEAST) == Config("en", ("ja", "de"))


def test_every_default_said_is_the_same_as_none_said() -> None:
    config = read_config(DEFAULTS)
    least = read_config(LEAST)
    assert (config.base, config.budget) == (least.base, least.budget)
    assert config.providers == least.providers
    assert config.settings("ja") == config.base


def test_every_mistake_is_shown_at_once_with_its_place() -> None:
    found = complaints(BROKEN)
    expected = COMPLAINTS.splitlines()
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected
    assert "hunter2" not in "\n".join(found)


MONEY = """
[budget]
max_chars = -1
max_cost  = "5"
reserve   = 1.5
max_char  = 5
[provider.deepl]
price = nan
threshold = 101
style_rule = "x"
[provider.mine]
speed = ["fast"]
[provider.yours]
auth_key = "hunter2"
[locale.ja]
max_chars = 5
provider.body = "deepl"
only = [1]
"""

MONEY_COMPLAINTS = """\
5:1: wrong-value: budget.max_chars: must be at least 0
6:1: wrong-type: budget.max_cost: must be a number, not text
7:1: wrong-type: budget.reserve: must be a whole number, not a number
8:1: unknown-key: budget.max_char: is not known (did you mean "max_chars"?)
10:1: wrong-value: provider.deepl.price: must be at least 0
11:1: wrong-value: provider.deepl.threshold: must be at least 0 and at most 100
12:1: unknown-key: provider.deepl.style_rule: is not known (did you mean "style_rules"?)
16:1: secret-in-config: provider.yours.auth_key: looks like a secret, and this file is in git
18:1: unknown-key: locale.ja.max_chars: is not known (it belongs in [budget])
19:10: wrong-type: locale.ja.provider.body: must be a list, not text (write ["…", "…"])
20:9: wrong-type: locale.ja.only: must be text, not a number (write it in "quotes")
"""


def test_every_mistake_about_money_and_engines_is_shown() -> None:
    found = complaints(LEAST + MONEY)
    expected = MONEY_COMPLAINTS.splitlines()
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected
    assert "hunter2" not in "\n".join(found)


def test_a_table_of_an_installed_package_holds_what_it_likes() -> None:
    config = read_config(LEAST + '[provider.mine]\nspeed = "fast"\ntries = 3\n')
    assert config.providers.others == {"mine": {"speed": "fast", "tries": 3}}
    assert complaints(LEAST + "[provider.mine]\nspeed = [1]\n") == [
        "4:1: wrong-type: provider.mine.speed: must be text, a number, true or false, not a list"
    ]
    (complaint,) = complaints(LEAST + 'provider = ["deepl"]\n')
    assert complaint == (
        "3:1: wrong-type: provider: must be tables, [provider.deepl] "
        '(which one is asked is said per locale: [locale.ja] provider = ["deepl"])'
    )


def test_a_chain_can_be_said_for_a_field() -> None:
    chains = '[locale.ja.provider]\n"*" = ["deepl"]\ndefinition = ["openai:gpt", "deepl"]\n'
    ja = read_config(LEAST + chains).settings("ja")
    assert (ja.chain(), ja.chain("body")) == (("deepl",), ("deepl",))
    assert ja.chain("definition") == ("openai:gpt", "deepl")
    assert read_config(LEAST).settings("ja").chain("body") == ()


def test_a_budget_is_a_number_or_the_word_for_none() -> None:
    budget = read_config(LEAST + '[budget]\nmax_chars = "unlimited"\nmax_cost = 5\n').budget
    assert (budget.max_chars, budget.max_cost) == ("unlimited", 5.0)
    assert read_config(LEAST + "[budget]\nmax_chars = 500\n").budget.max_chars == 500


def test_a_locale_says_what_differs_and_inherits_the_rest() -> None:
    config = read_config(
        LEAST
        + """
        [build]
        publish = "drafts"
        draft_mark = { draft = true }
        [locale.ja]
        provider = ["deepl", "memory"]
        build.draft_mark = {}
        [locale.ja.paths]
        terms = "ja/{slug}.md"
        [locale.en.paths]
        terms = "docs/{slug}.md"
        """
    )
    ja, de = config.settings("ja"), config.settings("de")
    assert ja.chain() == ("deepl", "memory")
    assert (ja.build.publish, ja.build.draft_mark) == ("drafts", {})
    assert ja.paths.terms == Pattern("ja/{slug}.md")
    assert ja.paths.catalog == de.paths.catalog
    assert de.build.draft_mark == {"draft": True}
    assert config.settings("en").paths.terms == Pattern("docs/{slug}.md")


def test_tags_stay_as_the_project_spells_them() -> None:
    config = read_config(
        'source = "en"\ntargets = ["zh-cn", "pt_BR"]\n[locale.pt-BR]\nmt = "off"\n'
    )
    assert config.all_locales == ("en", "zh-cn", "pt_BR")
    assert config.settings("pt_BR").mt == "off"
    assert config.settings("zh-cn").mt == "draft"


def test_two_tables_for_one_locale_are_refused() -> None:
    text = 'source = "en"\ntargets = ["pt_BR"]\n[locale.pt_BR]\n[locale.pt-br]\n'
    assert complaints(text) == ['4:9: duplicate-locale: locale.pt-br: "pt_BR" has two tables']


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "i18n.toml: missing-key: source: is missing"),
        ('source = "en"\ntargets = []', "2:1: missing-key: targets: is missing or empty"),
        ('source = "en"\ntargets = "ja"', "2:1: wrong-type: targets: must be a list, not text"),
        ('source = 1\ntargets = ["ja"]', "1:1: wrong-type: source: must be text, not a number"),
        ('source = "en"\ntargets = ["ja", 3]', "2:18: wrong-type: targets: must be text"),
        (LEAST + "paths = 3", "3:1: wrong-type: paths: must be a table, not a number"),
        (LEAST + "locale = 3", "3:1: wrong-type: locale: must be tables"),
        (LEAST + "locale.ja = 3", "3:8: wrong-type: locale.ja: must be a table"),
        (LEAST + 'mt = "off"', "3:1: unknown-key: mt: is not known (it belongs in [locale.…])"),
        (LEAST + "site.url = 2020-01-01", "3:6: wrong-type: site.url: must be text, not a date"),
        (LEAST + 'site.url = "https://x/"', "3:6: bad-pattern: site.url: 'https://x/' has no {sl"),
        (LEAST + 'paths.catalog = "{locale}/{kind}.po"', "3:7: bad-pattern: paths.catalog: "),
        (LEAST + 'paths.lock = ".git/{locale}"', "3:7: bad-pattern: paths.lock: nothing of yours"),
        (LEAST + 'paths.exclude = ["old/*"]', "3:18: bad-pattern: paths.exclude: 'old/*' is com"),
        (LEAST + 'paths.exclude = ["a\\tb"]', "3:18: wrong-value: paths.exclude: holds a con"),
        (LEAST + 'site.url = "/{slug} {x}"', "3:6: bad-pattern: site.url: '/{slug} {x}': an ad"),
        (LEAST + 'fields.translate = [""]', "3:21: wrong-value: fields.translate: '' is no name"),
        (LEAST + 'memory.tmx = ["../a.tmx"]', "3:15: bad-pattern: memory.tmx: '../a.tmx': "),
        (LEAST + "checks.off = [3]", "3:15: wrong-type: checks.off: must be a table, not a number"),
        (LEAST + "policy.rule = [{ most = 1 }]", "3:18: unknown-key: policy.rule.most: is not kn"),
        (LEAST + "policy.rule = [{}]", "3:16: missing-key: policy.rule: limits nothing (set one "),
        (
            LEAST + 'locale.ja.provider.titel = ["deepl"]',
            "3:20: unknown-key: locale.ja.provider",
        ),
        (LEAST + 'locale.ja.owner = "hana mori"', "3:11: wrong-value: locale.ja.owner: 'hana mo"),
        (LEAST + 'fields.links = ["a", "A"]', "3:22: said-twice: fields.links: is in the list"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, start: str) -> None:
    assert any(each.startswith(start.removeprefix("i18n.toml:")) for each in complaints(text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('source = "en"\ntargets = ["ja"\n[paths]\n', "3:1: toml-syntax: "),
        ('source = "en"\ntargets =', "2:10: toml-syntax: "),
        ('source == "en"', "1:9: toml-syntax: "),
        ('source = "a"\nsource = "b"\nx = 1\n', "2:13: toml-syntax: "),
        ("x = " + "[" * 100_000, " toml-syntax: is nested too deeply"),
        ("x = " + "1" * 5_000, " toml-syntax: holds a number of too many digits"),
    ],
)
def test_what_is_no_toml_says_where(text: str, place: str) -> None:
    (complaint,) = complaints(text)
    assert complaint.startswith(place)


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert read_config("\ufeff" + LEAST.replace("\n", "\r\n")) == read_config(LEAST)


def test_fields_may_be_split_by_vocabulary_of_the_project() -> None:
    text = 'fields.vocabulary = ["kind"]\npaths.catalog = "l/{locale}/{kind}.po"\n'
    assert read_config(LEAST + text).base.paths.catalog.variables == ("locale", "kind")


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ('[paths]\nlock = "locales/{locale}/TERMS.po"', "lock of ja"),
        ('[locale.ja.paths]\nlock = "locales/de/terms.lock"', "lock of ja"),
        ('[locale.de.paths]\nterms = "terms/en/{slug}.md"', "terms of en"),
        ('[paths]\nkeep = "glossaries/de.csv"', "keep"),
    ],
)
def test_one_path_for_two_things_is_refused(text: str, clash: str) -> None:
    found = complaints(LEAST + text)
    assert found
    assert all("same-path" in each for each in found)


def test_pyproject_holds_it_in_a_table() -> None:
    inner = '[tool.i18n]\nsource = "en"\ntargets = ["ja"]\n[tool.i18n.paths]\nterm = 1\n'
    found = complaints('[project]\nname = "x"\n' + inner, ("tool", "i18n"))
    assert found == ['7:1: unknown-key: paths.term: is not known (did you mean "terms"?)']


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("[tool.i18n]\n", True),
        ("tool.i18n = 3", True),
        ("[tool]\ni18n = {}", True),
        ("[tool.ruff]\n", False),
        ("[tool.i18n-other]\n", False),
        ("[ tool . i18n ]\n[broken", True),
        ("[tool.ruff]\n[broken", False),
    ],
)
def test_pyproject_counts_only_where_it_has_the_table(text: str, there: bool) -> None:
    assert is_configured(text, ("tool", "i18n")) is there


@pytest.mark.parametrize(
    ("extra", "complaint"),
    [
        ('["Definition"]', '"Definition" cannot be both in translate and in extra'),
        ('["keywords"]', '"keywords" cannot be both in localize and in extra'),
        ('["seo.reading"]', "'seo.reading' is no name for a field of a locale's own"),
        ('["read aloud"]', "'read aloud' is no name for a field of a locale's own"),
        ('["Body"]', "'Body' is what the text of a term is called"),
    ],
)
def test_a_field_of_a_locale_alone_has_a_name_that_nothing_else_has(
    extra: str, complaint: str
) -> None:
    with pytest.raises(BadConfig) as caught:
        read_config(LEAST + f"[locale.ja.fields]\nextra = {extra}\n")
    assert complaint in str(caught.value)
    assert "locale.ja.fields.extra" in str(caught.value)


def test_a_field_of_one_locale_alone_is_no_other_locales() -> None:
    config = read_config(LEAST + '[locale.ja.fields]\nextra = ["reading", "読み"]\n')
    assert config.settings("ja").fields.of(Role.EXTRA) == ("reading", "読み")
    assert config.settings("de").fields.role("reading") is Role.COPY


def test_locks_hold_a_hash_of_fields_that_the_new_key_is_not_in() -> None:
    assert "extra" not in repr(Fields())


def test_a_fingerprint_follows_every_value_and_nothing_else() -> None:
    texts = [
        LEAST,
        LEAST + '[locale.ja]\nmt = "off"',
        LEAST + '[links.rewrite]\n"/{slug}" = "/{locale}/{slug}"',
        LEAST + '[markdown]\nextensions = ["math"]',
    ]
    prints = {fingerprint(read_config(text)) for text in texts}
    assert len(prints) == len(texts)
    same = LEAST + '# a comment\n[markdown]\nextensions = ["footnote","tasklist","table"]'
    other = LEAST + '[markdown]\nextensions = ["table", "tasklist","footnote"]'
    assert fingerprint(read_config(same)) == fingerprint(read_config(other))
    assert fingerprint(Config("en", ("ja",))) == "6afb1446d977ae18e69946aa47d3a70a"


def test_a_configuration_can_be_sent_to_another_process() -> None:
    config = read_config(DEFAULTS)
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 - our own bytes


NAMES = st.sampled_from(
    [
        "source",
        "targets",
        "locale",
        "ja",
        "paths",
        "terms",
        "fields",
        "translate",
        "skip",
        "mt",
        "links",
        "rewrite",
        "build",
        "publish",
        "site",
        "url",
        "x",
        "api_key",
        "catalog",
        "{slug}",
    ]
)
VALUES = st.recursive(
    st.one_of(NAMES, st.text(max_size=4), st.booleans(), st.integers(-9, 9), st.dates()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_any_document_is_read_or_refused_with_places(document: dict[str, object]) -> None:
    text = tomlkit.dumps(document)
    tomllib.loads(text)
    unplaced = [each for each in _judged(text) if not each.line and each.code != "missing-key"]
    assert unplaced == []


def _judged(text: str) -> tuple[Problem, ...]:
    try:
        read_config(text)
    except BadConfig as error:
        return error.problems
    return ()


def test_importing_the_configuration_loads_no_heavy_library() -> None:
    code = (
        "import sys, i18n_pipeline.config;"
        "heavy = {'babel', 'tomllib', 'tomlkit', 'difflib', 'json'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or None)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
