"""Several engines for one locale: who is asked first, who takes over, and who is asked for what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from i18n_pipeline.providers.base import Waiting
from i18n_pipeline.reports.as_text import as_text
from i18n_pipeline.reports.report import Billed, LocaleReport, Report
from tests.stubs import chat
from tests.stubs.deepl import Fault, Stub
from tests.stubs.site import CONFIG, Ran, Site

SYNC = ("sync", "--lang", "ja")
CHAIN = '[locale.ja]\nprovider = ["deepl", "openai:stub-model"]\n'


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is down is tried again at once."""
    monkeypatch.setattr(
        Waiting.__init__, "__defaults__", (lambda _: None, lambda: 0.0, lambda: 0.5)
    )


@pytest.fixture
def model() -> Iterator[chat.Stub]:
    with chat.Stub() as stub:
        yield stub


@pytest.fixture
def chained(site: Site, deepl: Stub, model: chat.Stub) -> Site:
    """The project with DeepL first and a chat model behind it."""
    site.write("i18n.toml", CONFIG + CHAIN)
    site.ask(deepl)
    site.environment |= {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": model.meter.key}
    return site


def asked(ran: Ran) -> list[str]:
    """Who was asked, in order."""
    return list(ran.locale()["providers"])


def origins(site: Site) -> set[str]:
    words = (entry.comment.partition("machine draft by ")[2] for entry in site.po())
    return {word.partition(" (")[0] for word in words if word}


def test_the_first_engine_that_knows_the_language_is_asked_alone(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    ran = chained.report(*SYNC)
    assert (ran.code, asked(ran)) == (0, ["deepl"])
    assert model.journal == []
    assert origins(chained) == {"DeepL"}


@pytest.mark.parametrize(
    "fault", [Fault(456), Fault(403), Fault(500), Fault(503), Fault(reset=True, early=True)]
)
def test_the_next_engine_takes_over_where_the_first_gives_up(
    chained: Site, deepl: Stub, model: chat.Stub, fault: Fault
) -> None:
    deepl.fail(fault, at=1, times=99)
    ran = chained.report(*SYNC)
    assert ran.code == 0
    assert ran.locale()["units"]["untranslated"] == 0
    assert origins(chained) == {"stub-model"}
    assert ran.locale()["billed"]["characters"] == model.meter.characters


def test_what_the_first_engine_finished_stays_and_the_next_does_the_rest(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    deepl.fail(Fault(456), at=2, times=99)
    ran = chained.run(*SYNC, "--jobs", "1")
    assert ran.code == 0
    assert origins(chained) == {"DeepL", "stub-model"}
    assert "DeepL gave up (DeepL's allowance is used up" in ran.out
    assert "deepl + openai:stub-model" in ran.out
    assert model.meter.billed_twice() == deepl.account.billed_twice() == []


def test_where_all_engines_fail_the_failure_is_told_and_what_is_finished_kept(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    deepl.fail(Fault(456), at=1, times=99)
    model.fail(chat.Fault(401), at=1, times=99)
    ran = chained.report(*SYNC)
    assert ran.code == 75
    assert [error["code"] for error in ran.errors] == ["quota-exceeded"]
    assert ran.locale()["units"]["untranslated"] == 16


def test_a_text_the_first_engine_cannot_do_is_given_to_the_next(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    def silent(texts: list[str]) -> list[str]:
        return ["" if "A model reads" in text else text for text in texts]

    deepl.fail(Fault(change=silent), at=1, times=99)
    ran = chained.report(*SYNC)
    assert ran.code == 0
    assert asked(ran) == ["deepl", "openai:stub-model"]
    assert "stub-model" in chained.unit("token/body", "A model reads").comment
    assert "DeepL" in chained.unit("token/definition", "A piece").comment
    again = chained.report(*SYNC)
    assert again.json["changed"] is False
    assert again.locale()["billed"]["requests"] == 0


def test_an_engine_that_does_not_know_the_language_is_passed_over_and_that_is_told(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    chain = 'provider = ["deepl", "openai:stub-model"]'
    chained.write("i18n.toml", f'source = "en"\ntargets = ["ii"]\n[locale.ii]\n{chain}\n')
    ran = chained.run("sync")
    assert "DeepL does not translate en into ii" in ran.out
    assert deepl.journal == []


def test_a_field_can_have_a_chain_of_its_own(chained: Site, deepl: Stub, model: chat.Stub) -> None:
    chained.write(
        "i18n.toml",
        CONFIG + '[locale.ja.provider]\n"*" = ["deepl"]\ndefinition = ["openai:stub-model"]\n',
    )
    assert chained.run(*SYNC).code == 0
    assert "stub-model" in chained.unit("token/definition", "A piece").comment
    assert "DeepL" in chained.unit("token/body", "A model reads").comment


def test_what_one_engine_answered_is_not_asked_of_another(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    chained.run(*SYNC)
    (chained.root / "locales/ja/terms.po").unlink()
    chained.write("i18n.toml", CONFIG + '[locale.ja]\nprovider = ["openai:stub-model"]\n')
    assert chained.run(*SYNC).code == 0
    assert model.journal == []
    assert origins(chained) == {"DeepL"}


def test_receipts_serve_also_where_there_is_nobody_to_ask(chained: Site, deepl: Stub) -> None:
    chained.run(*SYNC)
    (chained.root / "locales/ja/terms.po").unlink()
    chained.write("i18n.toml", CONFIG)
    chained.ask_nobody()
    assert chained.report(*SYNC).locale()["units"]["untranslated"] == 0


@pytest.mark.parametrize(
    ("chain", "code", "words"),
    [
        ('["deepl:pro"]', 78, "deepl has no models to choose from"),
        ('["deeple"]', 78, "did you mean 'deepl'?"),
        ('["openai"]', 78, "openai:MODEL"),
        ('["openai:nobody"]', 69, "nobody"),
        ('["ctranslate2:nowhere"]', 69, "nowhere"),
    ],
)
def test_a_chain_that_cannot_work_is_one_clear_error(
    chained: Site, deepl: Stub, chain: str, code: int, words: str
) -> None:
    chained.write("i18n.toml", CONFIG + f"[locale.ja]\nprovider = {chain}\n")
    ran = chained.run(*SYNC)
    assert (ran.code, deepl.journal) == (code, [])
    assert words in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_a_misspelt_provider_is_told_with_its_place(chained: Site) -> None:
    chained.write("i18n.toml", CONFIG + '[locale.ja.provider]\n"*" = ["deeple"]\n')
    assert chained.run(*SYNC).err.startswith("i18n.toml:4:1: wrong-value: locale.ja.provider: ")
    chained.write("i18n.toml", CONFIG + '[locale.ja.provider]\ndefinitoin = ["deepl"]\n')
    assert chained.run(*SYNC).code == 78
    assert 'did you mean "definition"?' in chained.run(*SYNC).err


def test_where_nobody_knows_the_language_the_other_locales_are_done(
    chained: Site, deepl: Stub
) -> None:
    chained.write("i18n.toml", CONFIG + '[locale.ja]\nprovider = ["pseudo"]\n')
    ran = chained.report("sync")
    assert ran.code == 69
    assert [error["code"] for error in ran.errors] == ["provider-unavailable"]
    assert ran.locale(0)["units"]["untranslated"] == 16
    assert ran.locale(1)["units"]["untranslated"] == 0


def test_a_table_of_a_provider_nobody_has_is_a_mistake_of_the_configuration(
    chained: Site,
) -> None:
    chained.write("i18n.toml", CONFIG + "[provider.deeple]\nspeed = 1\n")
    ran = chained.run(*SYNC)
    assert ran.code == 78
    assert "provider.deeple: there is no such provider" in ran.err


def test_what_a_free_engine_was_sent_is_not_called_billed() -> None:
    mixed = Billed(requests=10, characters=900, cost=0.1, free=600)
    locale = LocaleReport("es", providers=("deepl", "apertium"), drafted=7, billed=mixed)
    told = as_text(Report(command="sync", locales=(locale,), currency="EUR"))
    assert "7 drafts, 10 requests, 900 characters sent, 300 billed, €0.10" in told


def test_where_one_locales_engine_is_down_the_next_run_does_that_locale_alone(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    chained.write("i18n.toml", CONFIG + '[locale.de]\nprovider = ["openai:stub-model"]\n')
    model.fail(chat.Fault(500), at=1, times=99)
    ran = chained.report("sync")
    assert (ran.code, [error["code"] for error in ran.errors]) == (69, ["provider-unavailable"])
    assert [ran.locale(at)["units"]["untranslated"] for at in range(2)] == [0, 16]
    done, billed = chained.read("locales/ja/terms.po"), deepl.account.billed
    model._faults.clear()
    again = chained.report("sync")
    assert again.code == 0
    assert again.locale(1)["units"]["untranslated"] == 0
    assert again.written == ["locales/de/terms.po"]
    assert (chained.read("locales/ja/terms.po"), deepl.account.billed) == (done, billed)
    assert model.meter.billed_twice() == []


def test_a_page_whose_source_changed_stays_as_it_was_though_no_engine_answers(
    chained: Site, deepl: Stub, model: chat.Stub
) -> None:
    chained.write("i18n.toml", CONFIG + CHAIN + 'mt = "redraft"\n')
    chained.run(*SYNC)
    chained.review()
    chained.run(*SYNC)
    page = chained.read("terms/ja/token.md")
    chained.change("terms/en/token.md", "A model reads tokens.", "No model writes words.")
    deepl.fail(Fault(500), at=1, times=99)
    model.fail(chat.Fault(500), at=1, times=99)
    ran = chained.report(*SYNC)
    terms = ran.locale()["terms"]
    assert (ran.code, terms["stale"], terms["built"]) == (69, 1, 2)
    assert chained.read("terms/ja/token.md") == page
    assert "⟦ja:A model reads tokens⟧." in {one.msgstr for one in chained.po()}
