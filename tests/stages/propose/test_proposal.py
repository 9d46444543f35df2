from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config import Config, Role, read_config
from i18n_pipeline.stages.propose import Proposal, as_toml, layouts, propose

Fronts = Mapping[str, Mapping[str, object]]
"""Front matter by `locale/slug`."""


def of_files(files: Mapping[str, str], *targets: str) -> Proposal:
    found = propose(
        layouts(files)[0], {path: text.encode() for path, text in files.items()}, targets
    )
    assert found is not None
    return found


def term(front: Mapping[str, object], body: str = "Text.\n") -> str:
    lines = (f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in front.items())
    return f"---\n{''.join(lines)}---\n\n{body}"


def of_fronts(fronts: Fronts, *targets: str) -> Proposal:
    files = {f"terms/{where}.md": term(front) for where, front in fronts.items()}
    return of_files(files, *targets)


def of_bodies(bodies: Mapping[str, str]) -> Proposal:
    files = {f"terms/{where}.md": term({"term": where}, text) for where, text in bodies.items()}
    return of_files(files, "ja")


def config(proposal: Proposal) -> Config:
    return read_config(as_toml(proposal))


def field(values: Mapping[str, tuple[object, object]], name: str) -> Role:
    """The role of a field with these values in English and Japanese, by slug."""
    fronts = {
        f"{locale}/{slug}": {"term": f"{slug} {locale}", name: pair[at]}
        for slug, pair in values.items()
        for at, locale in enumerate(("en", "ja"))
    }
    return config(of_fronts(fronts)).base.fields.role(name)


def many(source: object, target: object, count: int = 9) -> dict[str, tuple[object, object]]:
    return {f"t{n}": (source, target) for n in range(count)}


SEED = """\
---
term: "Fine-Tuning"
slug: fine-tuning
lang: en
category: LLM Fundamentals
definition: "The process of further training a model on a specific dataset."
related: [prompt-engineering, rag-retrieval-augmented-generation]
date: 2026-02-10
source_topic: fine-tuning
keywords:
  - "fine-tuning"
  - "AI training"
---

## What is it?
"""


def test_the_default_schema_needs_nothing_but_source_and_targets() -> None:
    proposal = of_files({"terms/en/fine-tuning.md": SEED}, "ja", "de")
    assert config(proposal) == read_config('source = "en"\ntargets = ["ja", "de"]')


def test_a_schema_that_is_the_default_says_nothing_about_fields() -> None:
    seed = SEED.replace("date: 2026-02-10\nsource_topic: fine-tuning\n", "")
    assert "[fields]" in as_toml(of_files({"terms/en/fine-tuning.md": SEED}, "ja"))
    assert "[fields]" not in as_toml(of_files({"terms/en/fine-tuning.md": seed}, "ja"))


def test_the_default_schema_in_two_locales_needs_no_more() -> None:
    changes = {
        "Fine-Tuning": "ファインチューニング",
        "lang: en": "lang: ja",
        "LLM Fundamentals": "LLMの基礎",
        "The process of further training a model on a specific dataset.": "続けること。",
        '"AI training"': '"AIの訓練"',
    }
    japanese = SEED
    for before, after in changes.items():
        japanese = japanese.replace(before, after)
    files = {"terms/en/fine-tuning.md": SEED, "terms/ja/fine-tuning.md": japanese}
    assert config(of_files(files)) == read_config('source = "en"\ntargets = ["ja"]')


def test_text_that_differs_is_translated() -> None:
    texts = {f"t{n}": (f"A short text {n}", f"短い文 {n}") for n in range(9)}
    assert field(texts, "blurb") is Role.TRANSLATE


def test_what_is_always_equal_is_copied() -> None:
    assert field(many("concept page", "concept page"), "kind") is Role.COPY


def test_equal_in_one_file_proves_nothing() -> None:
    assert field({"a": ("Training", "Training")}, "category") is Role.VOCABULARY
    assert field({"a": ("Made by all of us", "Made by all of us")}, "note") is Role.TRANSLATE


def test_few_distinct_values_are_vocabulary() -> None:
    values: dict[str, tuple[object, object]] = {
        f"t{n}": ("Concept", "概念") if n % 2 else ("Tool", "道具") for n in range(10)
    }
    assert field(values, "family") is Role.VOCABULARY


def test_lists_of_few_distinct_values_are_vocabulary_and_blank_items_do_not_count() -> None:
    values = many(["networking", "", ""], ["ネットワーキング", "", ""])
    assert field(values, "labels") is Role.VOCABULARY


def test_lists_of_other_lengths_are_written_anew() -> None:
    values: dict[str, tuple[object, object]] = {
        f"t{n}": ([f"word {n}", "other"], [f"語{n}"]) for n in range(9)
    }
    assert field(values, "also") is Role.LOCALIZE


def test_values_of_a_closed_set_that_not_every_translation_has_are_written_anew() -> None:
    assert field(many(["A", "B"], ["甲", "乙"]), "tags") is Role.VOCABULARY
    assert field(many(["A", "B"], ["甲"]), "tags") is Role.LOCALIZE


def test_a_list_that_nothing_is_known_of_is_copied() -> None:
    fronts: Fronts = {"en/a": {"term": "A", "makers": ["Some people", "of a place"]}}
    assert "not named: makers" in as_toml(of_fronts(fronts, "ja"))


def test_an_empty_value_says_nothing_of_its_field() -> None:
    assert field(many("", "x"), "kind") is field(many("", ""), "kind") is Role.COPY
    some = {f"t{n}": ("A text.", "文。" if n else "") for n in range(3)}
    assert field(some, "summary") is field(many("A text.", "文。", 3), "summary") is Role.TRANSLATE


def test_one_value_with_many_translations_is_no_vocabulary() -> None:
    values: dict[str, tuple[object, object]] = {
        f"t{n}": ("See below", f"下の{n}") for n in range(9)
    }
    assert field(values, "lead") is Role.TRANSLATE


@pytest.mark.parametrize(
    ("name", "source", "target"),
    [
        ("reviewed_on", "2026-01-02", "2026-03-04"),
        ("order", 3, 4),
        ("ready", True, False),
        ("picture", "/img/en/a.png", "/img/ja/a.png"),
        ("translator", "Jane Doe", "山田 太郎"),
    ],
)
def test_what_differs_and_is_no_text_is_kept(name: str, source: object, target: object) -> None:
    assert field(many(source, target), name) is Role.KEEP


def test_a_choice_among_the_same_values_is_kept() -> None:
    values = many("done", "done") | {"a": ("done", "waiting"), "b": ("waiting", "done")}
    assert field(values, "progress") is Role.KEEP


def test_lists_of_known_slugs_are_links_under_any_name() -> None:
    fronts = {
        f"{locale}/{slug}": {"term": f"{slug} {locale}", "more": ["alpha", "beta"]}
        for locale in ("en", "ja")
        for slug in ("alpha", "beta", "gamma")
    }
    assert of_fronts(fronts).fields.links == ("more",)


def test_names_of_fields_are_one_whatever_their_case() -> None:
    fronts = {"en/a": {"Title": "A"}, "en/b": {"title": "B"}, "en/c": {"title": "C"}}
    fields = of_fronts(fronts, "ja").fields
    assert (fields.name, fields.translate) == ("title", ("title",))


def test_nested_texts_are_translated_by_their_dotted_name() -> None:
    fronts = {
        f"{locale}/{slug}": {"term": slug, "seo": {"description": f"{locale} text of {slug}"}}
        for locale in ("en", "ja")
        for slug in "abc"
    }
    assert of_fronts(fronts).fields.translate == ("term", "seo.description")


def test_the_locale_field_is_the_one_that_says_each_files_locale() -> None:
    fronts = {f"{tag}/{x}": {"term": x, "in": tag} for tag in ("en", "ja") for x in "ab"}
    assert of_fronts(fronts).fields.locale == "in"


def test_a_slug_field_that_disagrees_with_the_path_is_each_locales_own() -> None:
    fronts = {
        f"{tag}/{x}": {"term": x, "slug": f"{tag}-{x}-page"} for tag in ("en", "ja") for x in "abc"
    }
    fields = of_fronts(fronts).fields
    assert (fields.slug, fields.role("slug")) == ("", Role.KEEP)


def test_drafts_of_the_source_say_nothing() -> None:
    fronts: Fronts = {
        "en/a": {"term": "a", "draft": True, "odd": "some words that are text"},
        "en/b": {"term": "b"},
    }
    proposal = of_fronts(fronts, "ja")
    assert proposal.drafts == {"a"}
    assert "odd" not in proposal.roles.by_name
    assert "source terms with `draft: true` are left alone" in as_toml(proposal)


def test_translated_fields_with_links_hold_markdown() -> None:
    fronts = {
        "en/a": {"term": "a", "definition": "See [b](/b/) for more."},
        "en/b": {"term": "b", "definition": "Plain words."},
    }
    assert of_fronts(fronts, "ja").fields.markdown == ("definition",)


def test_links_are_rewritten_as_most_translations_did() -> None:
    bodies = {f"en/t{n}": "See [it](/g/t0/#top) and [that](/g/t1/).\n" for n in range(4)}
    bodies |= {f"ja/t{n}": "[それ](/ja/g/t0/)と[あれ](/ja/g/t1/)。\n" for n in range(3)}
    bodies |= {"ja/t3": "[それ](/g/t0/)、[別](/ja/g/t2/)、[店](/shop/)。\n"}
    proposal = of_bodies(bodies)
    assert config(proposal).base.links.rewrite == {"/g/{slug}/": "/{locale}/g/{slug}/"}
    assert "6 of 7 links" in as_toml(proposal)


def test_addresses_of_references_say_it_as_well() -> None:
    bodies = {f"en/t{n}": "See [it][r].\n\n[r]: /g/t0\n" for n in range(4)}
    bodies |= {f"ja/t{n}": "[それ][r]。\n\n[r]: </ja/g/t0>\n" for n in range(4)}
    assert config(of_bodies(bodies)).base.links.rewrite == {"/g/{slug}": "/{locale}/g/{slug}"}


def test_links_that_translators_left_alone_are_left_alone() -> None:
    bodies = {
        f"{tag}/t{n}": "[x](/g/t0) [y](https://a.b/t1)\n" for tag in ("en", "ja") for n in (0, 1)
    }
    proposal = of_bodies(bodies)
    assert config(proposal).base.links.rewrite == {}
    assert "links.rewrite" not in as_toml(proposal)


def test_without_a_translation_rewriting_is_only_suggested() -> None:
    proposal = of_bodies({"en/a": "See [b](/glossary/b).\n", "en/b": "Text.\n"})
    assert config(proposal).base.links.rewrite == {}
    assert '# "/glossary/{slug}" = "/{locale}/glossary/{slug}"' in as_toml(proposal)


@pytest.mark.parametrize(
    ("body", "extension"),
    [
        ("{{< note >}}\n", "shortcode"),
        ("{% include note.html %}\n", "shortcode"),
        ("$$\nx^2\n$$\n", "math"),
        ("The sum $\\sum x$ is.\n", "math"),
        ("Token\n: A piece of text.\n", "deflist"),
        ("## What it is {#what}\n", "heading-attributes"),
        ("> [!NOTE]\n> Mind this.\n", "alert"),
        ("import X from './x'\n\n<X />\n", "mdx"),
    ],
)
def test_an_extension_is_proposed_where_files_use_it(body: str, extension: str) -> None:
    found = config(of_bodies({"en/a": body})).base.markdown.extensions
    assert found == {"table", "footnote", "tasklist", "strikethrough", extension}


@pytest.mark.parametrize(
    "body",
    [
        "It costs $5 and $10.\n",
        "Use {{< note >}} in a line.\n",
        "```\n{{< note >}}\nToken\n: A piece.\n```\n",
        "The time is\n10:30, and :smile:\n",
        "| a |\n|:-:|\n| : |\n",
    ],
)
def test_text_that_only_looks_like_an_extension_proposes_none(body: str) -> None:
    assert of_bodies({"en/a": body}).extensions == {}


def test_files_that_cannot_be_read_are_counted_and_the_rest_is_proposed() -> None:
    files = {"terms/en/a.md": term({"term": "A"}), "terms/en/b.md": "---\nterm: [\n---\n"}
    proposal = of_files(files, "ja")
    assert [problem.path for problem in proposal.broken] == ["terms/en/b.md"]
    assert proposal.terms == 1


def test_files_that_were_not_sampled_say_nothing() -> None:
    files = {f"terms/en/{slug}.md": term({"term": slug}) for slug in "ab"}
    data = {"terms/en/a.md": files["terms/en/a.md"].encode()}
    proposal = propose(layouts(files)[0], data, ("ja",))
    assert proposal is not None
    assert (proposal.terms, proposal.broken) == (1, ())


def test_markdown_without_front_matter_makes_no_proposal() -> None:
    assert propose(layouts(["en/a.md"])[0], {"en/a.md": b"# A\n"}, ("ja",)) is None


def test_every_line_but_the_required_ones_differs_from_the_default_and_says_why() -> None:
    fronts = {f"{tag}/{x}": {"title": f"{x} {tag}"} for tag in ("en", "ja") for x in "ab"}
    text = as_toml(of_fronts(fronts))
    lines = text.splitlines()
    keys = [at for at, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    said = [lines[at].partition(" = ")[0] for at in keys]
    assert said == ["source", "targets", "locale", "slug", "name", "translate"]
    assert all(lines[at - 1].startswith("#") for at in keys)


def test_files_that_are_no_terms_are_excluded_by_name() -> None:
    files = {"terms/en/a.md": term({"term": "A"}), "terms/en/README.md": "# Terms\n"}
    assert config(of_files(files, "ja")).base.paths.exclude == ("_*", "README")


def test_copied_fields_are_named_in_a_comment() -> None:
    fronts = {f"{tag}/{x}": {"term": x + tag, "kind": "x"} for tag in ("en", "ja") for x in "abc"}
    assert "not named: kind" in as_toml(of_fronts(fronts))


NAMES = st.sampled_from(
    ["term", "title", "lang", "slug", "category", "tags", "related", "keywords", "definition"]
) | st.text(min_size=1, max_size=6)
VALUES = (
    st.text(max_size=12)
    | st.integers()
    | st.booleans()
    | st.sampled_from(["en", "ja", "a", "b", "Concept", "/img/x.png"])
)
FRONT = st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=3), min_size=1, max_size=6)


@given(st.dictionaries(st.sampled_from(["en/a", "en/b", "ja/a", "ja/b"]), FRONT))
def test_whatever_is_proposed_can_be_read_and_says_what_was_found(fronts: Fronts) -> None:
    files = {f"terms/{where}.md": term(front) for where, front in fronts.items()}
    files["terms/en/c.md"] = term({"term": "C"})
    proposal = of_files(files, "ja", "de")
    read = config(proposal)
    assert (read.source, read.targets) == ("en", ("ja", "de"))
    assert read.base.fields == proposal.fields
    for name, found in proposal.roles.by_name.items():
        assert read.base.fields.role(name) is found.role
