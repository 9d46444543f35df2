"""The targets by name, each with where its seeds are and the words of its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tests.fuzz import seeds
from tests.fuzz.marks import HEADERS, HOSTILE, JSON, MARKDOWN, PO, TAGS, XML, YAML
from tests.fuzz.targets import (
    catalogs,
    desk,
    exchange,
    files,
    history,
    kept,
    pages,
    people,
    proposals,
    replies,
    shown,
    terms,
    texts,
    web,
    words,
)

_SLOW: frozenset[Callable[[bytes], None]] = frozenset(
    {terms.markdown, terms.first_build, terms.next_build, shown.reported}
)
"""With those that share their seeds: fewer than a hundred inputs a second of 6000 bytes."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed: raises for an input that breaks its promise, and for nothing else.

    `longest` is an input in bytes: what parses several documents tries shorter ones, more often.
    """

    check: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[str] = ()
    longest: int = 6000


def _of(
    words: Sequence[str], seeds_of: Callable[[], Sequence[bytes]], *checks: Callable[[bytes], None]
) -> Mapping[str, Target]:
    longest = 2000 if _SLOW & set(checks) else 6000
    return {check.__name__: Target(check, seeds_of, words, longest) for check in checks}


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        **_of((*MARKDOWN, *YAML), seeds.term_files, terms.term_file, terms.markdown),
        **_of(YAML, seeds.fronts, terms.front_matter),
        **_of((*MARKDOWN, *YAML), seeds.two_terms, terms.first_build, pages.alignment),
        **_of((*MARKDOWN, *YAML), seeds.three_terms, terms.next_build, terms.correction),
        **_of((*MARKDOWN, *YAML), seeds.three_terms, pages.edited, pages.merged),
        **_of(MARKDOWN, seeds.texts, texts.protection),
        **_of((*TAGS, *MARKDOWN), seeds.answers, texts.answer, texts.tagged, texts.stream),
        **_of(MARKDOWN, seeds.pairs, texts.checks, texts.edits, texts.relining),
        **_of(PO, seeds.catalogs, catalogs.po, catalogs.torn),
        **_of(PO, seeds.three_catalogs, catalogs.merge),
        **_of((*PO, *YAML), seeds.term_and_catalog, catalogs.updated, catalogs.foreign),
        **_of(
            ("source=", "built=-", "%0A", "\n\n", "-", ","),
            seeds.locks,
            files.lock,
            files.lock_merge,
        ),
        **_of(PO, seeds.catalogs, files.markers),
        **_of(("i18n-rejected 1", " ", "-", "%20"), seeds.rejections, files.rejections),
        **_of(JSON, seeds.plans, files.plan),
        **_of(JSON, seeds.decisions, files.decisions),
        **_of(JSON, seeds.receipts, files.receipts),
        **_of(
            (*YAML, "[", "]", "=", '"""', "\n"),
            seeds.configurations,
            files.configuration,
            files.config_edit,
            files.toml_keys,
        ),
        **_of(
            ("{locale}", "{slug}", "/", "*", "-", "zh", "Hans", "%%%%\n"), seeds.names, files.names
        ),
        **_of(
            ("\0", ":", ",", "\t", " blob 1\n", " missing", "fatal: ", "://a@b", "%%%%\n"),
            seeds.git_answers,
            history.git_log,
            history.git_merges,
            history.git_objects,
            history.git_refusals,
        ),
        **_of(
            (",", ";", "\t", '"', "\r\n", "source", "target", "status"),
            seeds.glossaries,
            exchange.glossary,
        ),
        **_of(XML, seeds.termbases, exchange.tbx),
        **_of(XML, seeds.memories, exchange.tmx),
        **_of((*XML, *PO), seeds.packages, exchange.package),
        **_of(JSON, seeds.replies, replies.openai, replies.deepl, replies.hosting),
        **_of((*MARKDOWN, *YAML), seeds.page_and_past, people.adopted),
        **_of((*PO, *XML, *YAML), seeds.catalogs_of_others, people.taken_in),
        **_of((*PO, *XML, *YAML), seeds.received, people.received),
        **_of((*PO, *YAML), seeds.term_and_catalog, people.reused),
        **_of(("terms/en/", "/index.md\n", ".de.md\n", *YAML), seeds.folders, proposals.proposed),
        **_of(HOSTILE, seeds.pairs, shown.reported, shown.summarised, shown.site_pages),
        **_of((*MARKDOWN, "😀", "%%%%\n"), seeds.pairs, desk.rendered, desk.marked),
        **_of(JSON, seeds.asked, desk.asked),
        **_of((*JSON, *HEADERS), seeds.requests, web.requests),
        **_of(JSON, seeds.kept_reports, kept.reports),
        **_of(JSON, seeds.kept_verdicts, kept.verdicts),
        **_of(
            (*MARKDOWN, "İ", "ß", "-", "low rank", "model", "PyTorch", "%%%%\n"),
            seeds.pairs,
            words.occurrences,
            words.differing,
        ),
        **_of(
            (",", ".", "\xa0", "百", "万", "兆", "٣", "k", "Mio", "%", ":"),
            seeds.numbers,
            words.numbers,
        ),
        **_of(
            ("i18n: | ", "i18n: conflict: ", " says", "\\", "⟨U+", "⟩", "\u2028", "%%%%\n"),
            seeds.beside,
            words.beside,
        ),
        **_of(
            ("/g/", "<", ">", "(", ")", "\\", "&amp;", "?", "#", "%%%%\n"),
            seeds.addresses,
            words.addresses,
        ),
        **_of(("\0", "i18n-index/1 ", "%%%%\n"), seeds.indexes, words.indexed),
    }
)
