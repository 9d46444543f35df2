from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n_pipeline.config import Fields
from i18n_pipeline.errors import BadFile
from i18n_pipeline.formats import term_file
from i18n_pipeline.formats.term_file import Rules, TermFile, read_term
from i18n_pipeline.model import Kind, Segment
from tests.formats import golden
from tests.stubs.documents import documents

RULES = Rules(Fields())
HEAD = "---\nterm: Word\nslug: word\nlang: en\n"


def term(
    data: str | bytes, rules: Rules = RULES, slug: str = "word", locale: str = "en"
) -> TermFile:
    return read_term(data.encode() if isinstance(data, str) else data, rules, slug, locale)


@pytest.fixture(params=sorted(golden.RULES))
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def source(case: str) -> bytes:
    return (golden.DATA / case / "source.md").read_bytes()


def pseudo(case: str) -> bytes:
    return (golden.DATA / case / "pseudo.md").read_bytes()


def test_the_segments_of_a_file_are_those_a_person_looked_at(case: str) -> None:
    segments = (golden.DATA / case / "segments.txt").read_text(encoding="utf-8")
    assert golden.listed(golden.read(case, source(case))) == segments


def test_what_is_worked_out_again_holds_the_segments_that_the_file_has(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_file, "_looked_at", term_file._LookedAt())
    monkeypatch.setattr(term_file, "_AT_ONCE", 0)
    file = golden.read(case, source(case))
    assert file.body is not file.body
    own = file.segments[len(file.fields) :]
    pairs = zip(file.body.slots, own, strict=True)
    assert all(slot.segment is one for slot, one in pairs)


def test_a_file_with_every_segment_translated_is_the_one_a_person_looked_at(case: str) -> None:
    assert golden.pseudo(golden.read(case, source(case))) == pseudo(case)


def test_the_translated_file_says_the_marked_texts(case: str) -> None:
    there, again = golden.read(case, source(case)), golden.read(case, pseudo(case))
    assert [s.source for s in again.segments] == [golden.marked(s) for s in there.segments]
    assert [s.kind for s in again.segments] == [s.kind for s in there.segments]


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def with_bom(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def unfinished(data: bytes) -> bytes:
    return data.rstrip(b"\n")


def with_blanks_behind_fences(data: bytes) -> bytes:
    fence = data[:3]
    return data.replace(fence + b"\n", fence + b" \t\n", 2)


@pytest.mark.parametrize("spelled", [crlf, with_bom, unfinished, with_blanks_behind_fences])
def test_line_ends_and_byte_order_marks_change_no_segment(case: str, spelled: object) -> None:
    assert callable(spelled)
    plain, there = golden.read(case, source(case)), golden.read(case, spelled(source(case)))
    assert there.segments == plain.segments
    assert there.render([], []) == spelled(source(case))
    assert golden.pseudo(there) == spelled(pseudo(case))


@given(documents(), st.sampled_from((b"", b"\xef\xbb\xbf")))
def test_a_term_with_any_body_keeps_every_byte(text: str, bom: bytes) -> None:
    data = bom + (HEAD + "---\n").encode() + text.encode()
    try:
        there = term(data)
    except BadFile as refused:
        assert refused.problem.line > 4  # noqa: PT017
        return
    assert there.render([], [there.body.patch(s, s.segment.source) for s in there.body.slots]) == (
        data
    )


def test_a_term_knows_its_name_and_lists() -> None:
    there = term(HEAD + "related: [a, '', b]\n---\nx\n")
    assert there.name == "Word"
    assert there.list_items("related") == ("a", "b")
    assert there.list_items("lang") == ("en",)
    assert there.list_items("absent") == ()


def test_field_names_match_in_any_case_with_a_notice() -> None:
    there = term("---\nTerm: Word\nSLUG: word\nlang: en\n---\n")
    assert there.slug == "word"
    assert there.segments[0].field == "term"
    assert there.notices == (
        "the field `slug` is spelled `SLUG` here",
        "the field `term` is spelled `Term` here",
    )


@pytest.mark.parametrize(
    ("lines", "sources"),
    [
        ("definition: ''\n", []),
        ("definition: ~\n", []),
        ("definition: null\n", []),
        ("definition: 'null'\n", ["null"]),
        ("definition: 42\n", []),
        ("category: 42\n", ["42"]),
        ("category: [one, two]\n", ["one", "two"]),
        ("keywords: []\n", []),
        ("keywords: [a, '', ' b ']\n", ["a\nb"]),
        ("keywords: one\n", ["one"]),
        ("keywords:\n  - |\n    two\n    lines\n", ["two lines"]),
        ("keywords: [大規模\u3000言語]\n", ["大規模\u3000言語"]),
        ("unnamed: left alone\n", []),
    ],
)
def test_only_what_is_configured_and_not_blank_is_a_segment(lines: str, sources: list[str]) -> None:
    assert [s.source for s in term(HEAD + lines + "---\n").segments[1:]] == sources


def test_a_name_of_digits_is_a_name() -> None:
    there = term("---\nterm: '42'\nslug: word\nlang: en\n---\n")
    assert [(s.kind, s.source) for s in there.segments] == [(Kind.NAME, "42")]


@pytest.mark.parametrize(
    ("lines", "skipped"),
    [("draft: true\n", True), ("Draft: True\n", True), ("draft: false\n", False), ("", False)],
)
def test_a_draft_of_the_source_is_skipped(lines: str, skipped: bool) -> None:
    assert term(HEAD + lines + "---\n").skipped is skipped


def test_identity_may_come_from_the_path_alone() -> None:
    rules = Rules(Fields(locale="", slug=""))
    there = term("# Words\n", rules, "a/word", "pt-BR")
    assert (there.slug, there.locale, there.front) == ("a/word", "pt-BR", None)


@pytest.mark.parametrize(
    ("lang", "locale"), [("pt_br", "pt-BR"), ("PT-BR", "pt_BR"), ("' ja '", "ja"), ("iw", "he")]
)
def test_a_locale_may_be_spelled_differently(lang: str, locale: str) -> None:
    assert term(f"---\nslug: word\nlang: {lang}\n---\n", locale=locale).locale == locale


def test_a_slug_may_lack_the_folders_of_its_path() -> None:
    assert term(HEAD + "---\n", slug="folder/word").slug == "word"


def test_a_rule_at_the_start_of_prose_is_taken_for_a_fence() -> None:
    with pytest.raises(BadFile) as refused:
        term("---\n\nProse.\n\n---\n\nMore.\n")
    assert refused.value.problem.code == "front-matter-not-a-mapping"


class Refusal(NamedTuple):
    """A file that cannot be read: what stands there, and what is said about it where."""

    data: str | bytes
    code: str
    line: int
    column: int
    slug: str = "word"


def fields(slug: str = "word", lang: str = "en", more: str = "") -> str:
    return f"---\nslug: {slug}\nlang: {lang}\n{more}---\n"


REFUSALS = (
    Refusal("", "empty-file", 1, 1),
    Refusal(" \n\n", "empty-file", 1, 1),
    Refusal("x" * (2 * 1024 * 1024 + 1), "file-too-large", 1, 1),
    Refusal(b"\xff\xfe#\x00", "not-utf-8", 1, 1),
    Refusal(b"\xfe\xff\x00#", "not-utf-8", 1, 1),
    Refusal(HEAD.encode() + b"---\n\xc3\xa9 caf\xe9\n", "not-utf-8", 6, 6),
    Refusal(b"a\xed\xa0\x80", "not-utf-8", 1, 2),
    Refusal("---\nslug: word\n\nText.\n", "front-matter-not-closed", 1, 1),
    Refusal("+++\nslug = 'word'\n\nText.\n", "front-matter-not-closed", 1, 1),
    Refusal("---\na: x\x00y\n---\n", "control-character", 2, 5),
    Refusal("---\na: 1\nb: \x1b[0m\n---\n", "control-character", 3, 4),
    Refusal("---\na: 1\rb: 2\n---\n", "bare-carriage-return", 2, 5),
    Refusal(fields() + "text\n\x07\n", "control-character", 6, 1),
    Refusal(fields() + "a\rb\n", "bare-carriage-return", 5, 2),
    Refusal(fields(more='term: "a\\x07b"\n'), "control-character", 4, 7),
    Refusal(fields(more="term: [a, b]\n"), "name-not-a-text", 4, 1),
    Refusal(fields("123"), "slug-not-a-string", 2, 7),
    Refusal(fields("0123"), "slug-not-a-string", 2, 7),
    Refusal(fields("no"), "slug-not-a-string", 2, 7),
    Refusal(fields("2026-01-31"), "slug-not-a-string", 2, 7),
    Refusal(fields("1e3"), "slug-not-a-string", 2, 7),
    Refusal(fields("[word]"), "slug-not-a-string", 2, 1),
    Refusal(fields("{a: b}"), "slug-not-a-string", 2, 1),
    Refusal(fields(""), "slug-not-a-string", 2, 6),
    Refusal(fields("'../x'"), "slug-not-valid", 2, 7),
    Refusal(fields("a/../b"), "slug-not-valid", 2, 7),
    Refusal(fields("/etc/x"), "slug-not-valid", 2, 7),
    Refusal(fields("Word"), "slug-not-valid", 2, 7),
    Refusal(fields("wörd"), "slug-not-valid", 2, 7),
    Refusal(fields("con"), "slug-not-valid", 2, 7),
    Refusal(fields("nul.txt"), "slug-not-valid", 2, 7),
    Refusal(fields("word."), "slug-not-valid", 2, 7),
    Refusal(fields("-word"), "slug-not-valid", 2, 7),
    Refusal(fields("a b"), "slug-not-valid", 2, 7),
    Refusal(fields("x" * 300), "slug-not-valid", 2, 7),
    Refusal(fields("other"), "slug-disagrees", 2, 7),
    Refusal("---\nlang: en\n---\n", "slug-missing", 1, 1),
    Refusal("# No front matter\n", "slug-missing", 1, 1),
    Refusal("---\n---\n", "slug-missing", 1, 1),
    Refusal("---\nslug: word\n---\n", "locale-missing", 1, 1),
    Refusal(fields(lang=""), "locale-missing", 3, 6),
    Refusal(fields(lang="[en]"), "locale-missing", 3, 1),
    Refusal(fields(lang="de"), "locale-disagrees", 3, 7),
    Refusal(fields(more="a: 1\na: 2\n"), "duplicate-key", 5, 1),
    Refusal(fields(more="a: *x\n"), "yaml-alias", 4, 4),
    Refusal(fields() + "<!-- i18n: skip -->\n", "directive-not-closed", 5, 1),
    Refusal(fields() + "\n<!-- i18n: spik -->\n", "unknown-directive", 6, 1),
    Refusal("+++\nslug = 'word'\nlang = 7\n+++\n", "locale-disagrees", 3, 1),
    Refusal("+++\nslug = 7\n+++\n", "slug-not-a-string", 2, 1),
)


@pytest.mark.parametrize("bad", REFUSALS, ids=lambda bad: f"{bad.code}-{bad.data[:24]!r}")
def test_a_file_is_refused_with_its_place_and_a_way_to_mend_it(bad: Refusal) -> None:
    with pytest.raises(BadFile) as refused:
        term(bad.data, slug=bad.slug)
    problem = refused.value.problem
    assert (problem.code, problem.line, problem.column) == (bad.code, bad.line, bad.column)
    assert problem.message
    assert problem.mend


def test_a_path_that_is_no_slug_is_refused_too() -> None:
    with pytest.raises(BadFile) as refused:
        term("# Words\n", Rules(Fields(locale="", slug="")), slug="CON")
    assert refused.value.problem.code == "slug-not-valid"


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    rules = Rules(Fields(locale="", slug=""))
    try:
        there = term(data, rules)
    except BadFile as refused:
        assert refused.problem.line > 0  # noqa: PT017
    else:
        assert there.render([], []) == data


TERM = b"---\nterm: A\nslug: a\nlang: en\nseo:\n  note: Words.\n---\n\nOne.\n\nTwo.\n"


def test_a_segment_knows_the_line_at_which_it_stands() -> None:
    file = read_term(TERM, Rules(Fields(translate=("term", "seo.note"))), "a", "en")
    lines = {segment.source: file.line_of(segment) for segment in file.segments}
    assert lines == {"A": 2, "Words.": 6, "One.": 9, "Two.": 11}
    assert file.line_of(Segment("body", Kind.PARAGRAPH, "Three.")) == 0


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (b"slug: a", b'"sl\\u0007ug": a', "control-character", 3),
        (
            b"slug: a",
            b"<<<<<<< ours\nslug: a\n=======\nslug: b\n>>>>>>> theirs",
            "conflict-marker",
            3,
        ),
    ],
)
def test_front_matter_that_no_message_could_name_or_that_git_tore_is_refused(
    old: bytes, new: bytes, code: str, line: int
) -> None:
    with pytest.raises(BadFile) as caught:
        read_term(TERM.replace(old, new), Rules(Fields()), "a", "en")
    assert (caught.value.problem.code, caught.value.problem.line) == (code, line)
