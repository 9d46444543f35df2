"""What a user does to a project when something goes wrong: how it was prepared, and the command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from i18n_pipeline.desk.outcomes import Done
from i18n_pipeline.desk.session import Session
from i18n_pipeline.errors import BadConfig, BadFile, I18nError
from i18n_pipeline.formats.decisions import Decisions, write_decisions
from i18n_pipeline.workspace import open_workspace
from tests.desk.deciding import decision, unit_of
from tests.stubs import preparing
from tests.stubs.preparing import SYNC
from tests.stubs.site import CONFIG, TERMS, Ran, Site

SENTENCE = "A model reads tokens."
TEXT = "モデルはトークンを読みます。"
PO = "locales/ja/terms.po"


@dataclass(frozen=True)
class Scenario:
    """A project's state, and the command line that is run on it, or another act."""

    name: str
    prepare: Callable[[Site], None]
    arguments: tuple[str, ...] = ()
    other: Callable[[Site], Ran] | None = None

    def make(self, site: Site) -> None:
        """Make the project."""
        for path, text in {"i18n.toml": CONFIG, **TERMS}.items():
            site.write(path, text)
        self.prepare(site)

    def act(self, site: Site) -> Ran:
        """Do it."""
        return self.other(site) if self.other else site.run(*self.arguments)


def adoptable(site: Site) -> None:
    """People translated pages before there was a pipeline."""
    preparing.first_build(site)
    site.run(*SYNC)
    for path in ("locales/ja/terms.po", "locales/ja/terms.lock"):
        (site.root / path).unlink()


def named(site: Site) -> None:
    """People call a token トークン, in the glossary and in their texts."""
    site.write(
        "glossaries/ja.csv", "source,target,forms\r\ntoken,トークン,トークン列\r\nlora,LoRA,\r\n"
    )
    site.run("extract")
    site.translate("Token", "トークン")
    site.translate(SENTENCE, "モデルはトークンを読む。")
    site.translate("A piece of text.", "トークンはテキストの断片。")
    site.run(*SYNC)


def outgrown(site: Site) -> None:
    """Sources moved on, so that reviewed units are obsolete."""
    preparing.first_build(site)
    site.run(*SYNC)
    site.change("terms/en/token.md", SENTENCE, "Tokens are what every model reads.")
    site.change("terms/en/lora.md", "- quick\n- new\n", "Nothing of it is left.\n")
    site.run(*SYNC)


def built(site: Site) -> None:
    """All is reviewed and built."""
    preparing.first_build(site)
    site.run(*SYNC)
    site.review()
    site.run(*SYNC)


def drafted(site: Site) -> None:
    """Everything is a draft that nobody has looked at."""
    preparing.first_sync(site)
    site.run(*SYNC)


def decided(site: Site) -> None:
    """A reviewer's decisions have come in a file."""
    drafted(site)
    session = Session(open_workspace(site.root), "ja")
    some = (
        decision(unit_of(session, SENTENCE), TEXT, reviewer="Aiko"),
        decision(unit_of(session, "Token"), "トークン", reviewer="Aiko"),
        decision(unit_of(session, "cheap"), "安い", reviewer="Aiko"),
    )
    site.write("decisions.json", write_decisions(Decisions("ja", some)))


def decide(site: Site) -> Ran:
    """A reviewer approves a text at the desk that they wrote; said already, it is content."""

    def at_the_desk() -> None:
        session = Session(open_workspace(site.root), "ja")
        with session.looking() as opened:
            units = [unit for unit in opened.units.values() if unit.source == SENTENCE]
            problems = opened.problems
        if not units:  # its term cannot be read
            raise BadConfig(problems)
        if units[0].target != TEXT:
            assert isinstance(session.decide(decision(units[0], TEXT, reviewer="Aiko")), Done)

    return ran(at_the_desk)


def ran(act: Callable[[], object]) -> Ran:
    """What comes of something that is not called from the command line."""
    try:
        act()
    except BadFile as failure:
        return Ran(failure.exit_code, "", f"{failure.problem}\n")
    except I18nError as failure:
        return Ran(failure.exit_code, "", f"{failure.message}\n{failure.hint}")
    return Ran(0, "", "")


RENAME = ("glossary", "rename", "--lang", "ja", "token", "トークン", "詞元")
UNPUBLISH = ("unpublish", "lora", "--lang", "ja")

SCENARIOS = {
    one.name: one
    for one in (
        Scenario("first sync", preparing.first_sync, SYNC),
        Scenario("first build", preparing.first_build, SYNC),
        Scenario("second build", preparing.second_build, SYNC),
        Scenario("edited pages", preparing.edited_pages, SYNC),
        Scenario("moving units", preparing.moving_units, SYNC),
        Scenario("adopt", adoptable, ("adopt", "--lang", "ja")),
        Scenario("rename", named, RENAME),
        Scenario("gc", outgrown, ("gc", "--lang", "ja")),
        Scenario("desk", drafted, other=decide),
        Scenario("review", decided, ("review", "--apply", "decisions.json")),
        Scenario("mv", built, ("mv", "lora", "low-rank")),
        Scenario("unpublish", built, UNPUBLISH),
    )
}
