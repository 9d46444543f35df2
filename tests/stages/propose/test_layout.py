from __future__ import annotations

import pytest

from i18n_pipeline.errors import UsageError
from i18n_pipeline.patterns import Pattern
from i18n_pipeline.stages.propose.homes import bare, homes
from i18n_pipeline.stages.propose.layout import chosen_targets, layout_of, layouts


def best(*paths: str, source: str = "") -> tuple[str, str, tuple[str, ...]]:
    found = layouts(paths, source)[0]
    return found.pattern.text, found.source, found.targets


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (("terms/en/a.md", "terms/ja/a.md"), "terms/{locale}/{slug}.md"),
        (("en/a.md", "ja/a.md"), "{locale}/{slug}.md"),
        (("a.en.md", "a.ja.md"), "{slug}.{locale}.md"),
        (("docs/x/a.en.md", "docs/x/a.ja.md"), "docs/x/{slug}.{locale}.md"),
        (("content/en/t/a.mdx", "content/ja/t/a.mdx"), "content/{locale}/t/{slug}.mdx"),
        (("c/en/a/index.md", "c/ja/a/index.md"), "c/{locale}/{slug}/index.md"),
        (("en/x/a.md", "ja/x/a.md", "en/y/b.md", "ja/y/b.md"), "{locale}/{slug}.md"),
    ],
)
def test_a_pattern_is_as_narrow_as_all_translated_files_allow(
    paths: tuple[str, ...], pattern: str
) -> None:
    assert best(*paths) == (pattern, "en", ("ja",))


def test_the_folder_named_glossary_wins_over_the_rest_of_a_site() -> None:
    glossary = [f"content/{tag}/glossary/{x}.md" for tag in ("en", "ja") for x in "abc"]
    posts = [f"content/{tag}/posts/{x}.md" for tag in ("en", "ja") for x in "abcdefgh"]
    assert best(*posts, *glossary)[0] == "content/{locale}/glossary/{slug}.md"


def test_folders_that_only_look_like_locales_are_no_targets() -> None:
    # bin, man and new are languages: Edo, Mandingo, Newari
    paths = ("docs/en/a.md", "docs/ja/a.md", "docs/bin/tool.md", "docs/man/x.md", "docs/js/a.md")
    assert best(*paths) == ("docs/{locale}/{slug}.md", "en", ("ja",))


def test_a_lone_folder_with_three_letters_is_a_locale_only_if_asked_for() -> None:
    assert layouts(["bin/readme.md"]) == ()
    assert best("bin/readme.md", source="bin") == ("{locale}/{slug}.md", "bin", ())


def test_the_source_is_english_or_else_the_largest_locale() -> None:
    assert best("de/a.md", "de/b.md", "en/a.md")[1:] == ("en", ("de",))
    assert best("de/a.md", "de/b.md", "en-GB/a.md")[1:] == ("en-GB", ("de",))
    assert best("de/a.md", "de/b.md", "fr/a.md")[1:] == ("de", ("fr",))
    assert best("de/a.md", "en/a.md", source="DE")[1:] == ("de", ("en",))


def test_one_locale_in_two_spellings_is_proposed_once() -> None:
    paths = ("en/a.md", "en/b.md", "zh-cn/a.md", "zh-cn/b.md", "zh_CN/a.md")
    assert best(*paths)[2] == ("zh-cn",)


def test_files_that_tell_about_a_folder_and_hidden_names_are_no_terms() -> None:
    paths = ("terms/en/a.md", "terms/en/README.md", "terms/en/_index.md", "terms/ja/_d/b.md")
    found = layout_of(Pattern("terms/{locale}/{slug}.md"), paths)
    assert found is not None
    assert found.files == {"en": {"a": "terms/en/a.md"}}
    assert found.aside == ("README",)


def test_a_name_that_is_a_locale_alone_is_no_term() -> None:
    assert layouts(["docs/.de.md", "docs/.en.md"]) == ()


def test_files_without_a_locale_below_braces_are_no_terms() -> None:
    assert bare(["a{b}/token.md", "a{b}/lora.md"], "en", ["de"]) is None
    found = bare(["a{b}/token.md", "a/lora.md"], "en", ["de"])
    assert found is not None
    assert found.pattern.text == "a/{locale}/{slug}.md"


def test_braces_in_a_path_make_no_variables() -> None:
    assert layouts(["{x}/en/a.md", "{x}/ja/a.md"]) == ()


def test_a_given_pattern_finds_what_it_says_and_nothing_else() -> None:
    paths = ("a/en/x.md", "a/ja/x.md", "a/docs/x.md", "b/en/x.md")
    found = layout_of(Pattern("a/{locale}/{slug}.md"), paths)
    assert found is not None
    assert found.files == {"en": {"x": "a/en/x.md"}, "ja": {"x": "a/ja/x.md"}}
    assert layout_of(Pattern("c/{locale}/{slug}.md"), paths) is None


def test_targets_asked_for_are_spelled_as_the_paths_spell_them() -> None:
    found = layouts(["en/a.md", "zh-cn/a.md", "ja/a.md"])[0]
    assert chosen_targets(found, ()) == ("ja", "zh-cn")
    assert chosen_targets(found, ("zh_CN", "fr")) == ("zh-cn", "fr")


@pytest.mark.parametrize(
    ("paths", "wanted", "words"),
    [
        (["en/a.md"], (), "no other locale"),
        (["en/a.md"], ("jp",), "did you mean 'ja'"),
        (["en/a.md", "ja/a.md"], ("EN",), "en is the source"),
    ],
)
def test_targets_that_make_no_sense_are_refused(
    paths: list[str], wanted: tuple[str, ...], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        chosen_targets(layouts(paths)[0], wanted)


def test_a_sample_is_no_larger_than_asked_and_prefers_translated_terms() -> None:
    paths = [f"en/t{n}.md" for n in range(100)] + [f"ja/t{n}.md" for n in range(0, 100, 20)]
    sample = layouts(paths)[0].sample(10)
    assert len(sample) == 10
    assert sample >= {"t0", "t20", "t40", "t60", "t80"}


def test_sources_may_lie_beside_the_folders_of_their_translations() -> None:
    (found,) = homes(["a.md", "b.md", "ja/a.md"], "en")
    assert (found.pattern.text, found.own and found.own.text) == ("{locale}/{slug}.md", "{slug}.md")
    assert (found.targets, found.beside) == (("ja",), "{locale}")
    assert found.files["en"] == {"a": "a.md", "b": "b.md"}


def test_where_sources_have_a_folder_of_their_own_none_lie_elsewhere() -> None:
    assert homes(["docs/a.md", "docs/en/a.md", "docs/ja/a.md"], "en") == ()
