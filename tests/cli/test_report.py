"""`i18n report`: a whole project at a glance, in numbers that hold, in a folder that is its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.stubs.repository import Repository
from tests.stubs.site import CONFIG, FINE_TUNING, Json, Site

DAY = ("--date", "2026-11-28")
HOSTILE = '<script src="https://evil.example/x.js">alert(1)</script>'
VOID = {"meta", "rect", "circle", "line", "path", "use", "input", "br"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "report"


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def dashboard(site: Site, *arguments: str) -> dict[str, Json]:
    found = json.loads(site.report("report", *DAY, *arguments).out)
    assert isinstance(found, dict)
    return found


def locale(found: dict[str, Json], number: int = 0) -> dict[str, Json]:
    locales = found["locales"]
    assert isinstance(locales, list)
    one = locales[number]
    assert isinstance(one, dict)
    return one


def only(found: dict[str, Json], name: str) -> dict[str, Json]:
    """The one object in a list."""
    listed = found[name]
    assert isinstance(listed, list)
    (one,) = listed
    assert isinstance(one, dict)
    return one


class Page(HTMLParser):
    """What a page consists of: its elements, their addresses, and tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "style", "the policy allows no such attribute"
            if name in ("src", "href", "action", "data", "poster", "srcset"):
                self.addresses.append(value or "")
            if name == "id":
                self.ids.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    for name, data in written(folder).items():
        if name.endswith(".html"):
            yield name, Page(data.decode())


def test_it_is_a_folder_of_pages_badges_and_numbers(site: Site, out: Path) -> None:
    ran = site.run("report", *DAY, "-o", str(out))
    assert (ran.code, ran.err) == (0, "")
    assert f"{out / 'index.html'}: 9 files changed\n" in ran.out
    assert list(written(out)) == [
        ".i18n-report",
        "badges/all.svg",
        "badges/de.svg",
        "badges/ja.svg",
        "de.html",
        "index.html",
        "issues.html",
        "ja.html",
        "report.json",
        "terms.html",
    ]


def test_the_same_project_gives_the_same_bytes(reviewed: Site, out: Path, tmp_path: Path) -> None:
    reviewed.run("report", *DAY, "-o", str(out))
    reviewed.run("report", *DAY, "-o", str(tmp_path / "other"))
    assert written(out) == written(tmp_path / "other")
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert "nothing changed" in reviewed.run("report", *DAY, "-o", str(out)).out
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == times


def test_a_page_asks_for_nothing_runs_nothing_and_is_well_formed(site: Site, out: Path) -> None:
    site.write("terms/en/token.md", FINE_TUNING.replace("fine-tuning", "token"))
    site.change("terms/en/token.md", '"Fine-Tuning"', f"'{HOSTILE}'")
    site.run("report", *DAY, "-o", str(out))
    found = dict(pages(out))
    assert set(found) == {"index.html", "terms.html", "issues.html", "ja.html", "de.html"}
    for name, page in found.items():
        text = written(out)[name].decode()
        assert page.open == [], name
        assert not page.tags & {"script", "link", "iframe", "img", "object", "form"}, name
        assert not [url for url in page.addresses if "//" in url], name
        assert len(page.ids) == len(set(page.ids)), name
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy is not None
        assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "&lt;script src=" in written(out)["terms.html"].decode()


def test_every_link_within_it_leads_somewhere(reviewed: Site, out: Path) -> None:
    reviewed.run("report", *DAY, "-o", str(out))
    found = dict(pages(out))
    for name, page in found.items():
        for url in page.addresses:
            path, _, anchor = url.partition("#")
            target = path or name
            assert target in written(out), (name, url)
            if anchor and target in found:
                assert anchor in found[target].ids, (name, url)


def test_a_draft_never_counts_as_done(drafted: Site) -> None:
    found = locale(dashboard(drafted, "--lang", "ja"))
    assert found["states"] == {"needs review": 3}
    assert found["reviewed_percent"] == 0.0
    drafted.review()
    drafted.run("sync", "--lang", "ja")
    found = locale(dashboard(drafted, "--lang", "ja"))
    assert found["states"] == {"reviewed": 3}
    assert found["reviewed_percent"] == 100.0
    assert found["categories"] == [
        {"category": "Basics", "states": {"reviewed": 1}},
        {"category": "Methods", "states": {"reviewed": 2}},
    ]


def test_its_numbers_are_those_of_status_and_of_plan(reviewed: Site) -> None:
    reviewed.change("terms/en/token.md", "A model reads tokens.", "A model writes no letters.")
    mine = dashboard(reviewed)
    status, plan = reviewed.report("status").json, reviewed.report("plan").json
    for number in (0, 1):
        one = locale(mine, number)
        for field in ("units", "terms"):
            assert one[field] == locale(status, number)[field]  # type: ignore[arg-type]  # a report
        assert one["estimate"] == locale(plan, number)["estimate"]  # type: ignore[arg-type]  # too


def test_what_was_paid_is_what_the_receipts_say(drafted: Site) -> None:
    billed = drafted.report("sync", "--lang", "de").part("billed")
    assert isinstance(billed, dict)
    spent = only(locale(dashboard(drafted, "--lang", "de")), "spent")
    assert spent["provider"] == "DeepL"
    assert spent["characters"] == billed["characters"]


def test_a_term_that_pages_lead_to_and_that_has_none_is_a_hole(reviewed: Site) -> None:
    (reviewed.root / "terms/ja/lora.md").unlink()
    found = locale(dashboard(reviewed, "--lang", "ja"))
    assert found["holes"] == [{"slug": "lora", "linked_from": ["fine-tuning"]}]


def test_a_stale_page_says_since_when_and_by_which_edit(reviewed: Site) -> None:
    repository = Repository(reviewed.root)
    repository.commit("all there")
    reviewed.change("terms/en/token.md", "A model reads tokens.", "A model writes no letters.")
    edit = repository.commit("Say it otherwise")
    reviewed.write("README.md", "hello\n")
    repository.commit("about something else")
    stale = only(locale(dashboard(reviewed, "--lang", "ja")), "stale")
    assert stale["slug"] == "token"
    assert stale["commit"] == edit
    assert stale["summary"] == "Say it otherwise"
    assert stale["since"]


def test_the_past_is_what_the_main_branch_had(drafted: Site) -> None:
    repository = Repository(drafted.root)
    repository.commit("drafts")
    drafted.review()
    repository.commit("reviews")
    history = dashboard(drafted, "--lang", "ja")["history"]
    assert isinstance(history, dict)
    moments = history["moments"]
    assert isinstance(moments, list)
    total = locale(dashboard(drafted, "--lang", "ja"))["units"]
    assert isinstance(total, dict)
    shown = [one["locales"]["ja"]["reviewed"] for one in moments]  # type: ignore[call-overload, index]  # objects
    assert shown == [0, total["reviewed"]]
    assert history["missing"] == ""
    (drafted.root / ".i18n/report/coverage.json").write_text('{"x": [1]', encoding="utf-8")
    assert dashboard(drafted, "--lang", "ja")["history"] == history


def test_without_git_it_says_that_there_is_no_past(site: Site, out: Path) -> None:
    site.run("report", *DAY, "-o", str(out))
    assert "this is no git repository." in written(out)["index.html"].decode()


def test_a_folder_of_somebody_else_is_not_written_into(site: Site, out: Path) -> None:
    out.mkdir()
    (out / "index.html").write_text("mine", encoding="utf-8")
    ran = site.run("report", *DAY, "-o", str(out))
    assert ran.code == 2
    assert "is not empty, and no earlier report" in ran.err
    assert written(out) == {"index.html": b"mine"}
    assert site.run("report", *DAY, "-o", str(site.root)).code == 2
    assert site.run("report", *DAY, "-o", str(out / "index.html")).code == 2


def test_what_an_earlier_report_had_and_this_has_not_goes_and_all_else_stays(
    site: Site, out: Path
) -> None:
    site.run("report", *DAY, "-o", str(out))
    (out / "CNAME").write_text("glossary.example\n", encoding="utf-8")
    site.run("report", *DAY, "-o", str(out), "--lang", "ja")
    assert "de.html" not in written(out)
    assert "badges/de.svg" not in written(out)
    assert written(out)["CNAME"] == b"glossary.example\n"


def test_a_mark_that_names_files_elsewhere_takes_none_of_them_away(site: Site, out: Path) -> None:
    site.run("report", *DAY, "-o", str(out))
    mark = {"schema": "i18n-report/1", "files": ["../site/i18n.toml", "gone.html", "/etc/hosts"]}
    (out / ".i18n-report").write_text(json.dumps(mark), encoding="utf-8")
    assert site.run("report", *DAY, "-o", str(out)).code == 0
    assert (site.root / "i18n.toml").exists()


def test_a_link_that_leads_out_of_the_folder_is_not_followed(site: Site, out: Path) -> None:
    site.run("report", *DAY, "-o", str(out))
    away = out.parent / "away"
    away.mkdir()
    for badge in (out / "badges").iterdir():
        badge.unlink()
    (out / "badges").rmdir()
    (out / "badges").symlink_to(away, target_is_directory=True)
    ran = site.run("report", *DAY, "-o", str(out))
    assert ran.code == 2
    assert list(away.iterdir()) == []


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_shown(site: Site, out: Path) -> None:
    site.write("terms/en/lora.md", "---\nterm: [\n---\n")
    ran = site.run("report", *DAY, "-o", str(out))
    assert ran.code == 65
    assert "terms/en/lora.md" in ran.err
    text = written(out)["index.html"].decode()
    assert "What could not be read" in text
    assert "terms/en/lora.md" in text
    assert "Fine-Tuning" in written(out)["terms.html"].decode()


@pytest.mark.parametrize("path", ["locales/ja/terms.lock", "locales/ja/terms.po"])
def test_of_a_locale_that_cannot_be_read_nothing_is_said_but_that_and_why(
    reviewed: Site, out: Path, path: str
) -> None:
    reviewed.write(path, "neither lock nor PO\n")
    ran = reviewed.run("report", *DAY, "-o", str(out))
    assert ran.code == 65
    assert f"Japanese (ja)  not known\n  {path} cannot be read\n" in ran.out
    assert "German (de)      0%" in ran.out
    for badge in ("ja", "all"):
        assert b": not known</title>" in written(out)[f"badges/{badge}.svg"]
    assert b"0% of terms reviewed" in written(out)["badges/de.svg"]
    for name in ("index.html", "ja.html"):
        text = written(out)[name].decode()
        assert "It is not known how 3 terms stand: files cannot be read." in text
        assert f"<code>{path}:" in text
    assert "Every term is live" not in written(out)["ja.html"].decode()


@pytest.mark.parametrize("path", ["locales/ja/terms.lock", "locales/ja/terms.po"])
def test_a_dashboard_gets_no_number_that_is_not_known(reviewed: Site, path: str) -> None:
    reviewed.write(path, "neither lock nor PO\n")
    found = dashboard(reviewed)
    assert found["reviewed_percent"] is None
    one = locale(found)
    assert [one[name] for name in ("known", "reviewed_percent", "units")] == [False, None, None]
    assert (one["terms"], one["states"], one["standings"]) == ({"total": 3}, {}, [])
    assert only(one, "problems")["path"] == path
    other = locale(found, 1)
    assert (other["known"], other["reviewed_percent"], other["problems"]) == (True, 0.0, [])


def test_a_run_says_in_its_json_whether_its_numbers_are_known(reviewed: Site) -> None:
    assert reviewed.report("status").part("known") is True
    reviewed.write("locales/ja/terms.po", "no PO\n")
    assert reviewed.report("status").part("known") is False
    assert reviewed.report("status").part("known", 1) is True


def test_a_locale_without_terms_and_a_term_without_a_category_are_shown(
    site: Site, out: Path
) -> None:
    for name in ("fine-tuning", "lora", "token"):
        (site.root / f"terms/en/{name}.md").unlink()
    assert site.run("report", *DAY, "-o", str(out)).code == 0
    site.write("terms/en/bare.md", "---\nterm: Bare\nslug: bare\nlang: en\n---\n\nText.\n")
    assert site.run("report", *DAY, "-o", str(out)).code == 0
    assert "Without a category" in written(out)["terms.html"].decode()


def test_it_writes_nothing_into_the_project_and_sends_nothing(reviewed: Site, out: Path) -> None:
    before = reviewed.tree()
    reviewed.environment["DEEPL_SERVER_URL"] = "http://127.0.0.1:9"
    assert reviewed.run("report", *DAY, "-o", str(out)).code == 0
    assert reviewed.tree() == before


def test_the_terminal_shows_each_locale_in_lines_that_fit(reviewed: Site) -> None:
    ran = reviewed.run("report", *DAY)
    assert ran.out.startswith(
        "site: 3 terms in English, Nov 28, 2026\n█ reviewed  · untranslated\n"
    )
    assert "Japanese (ja)  100%  " in ran.out
    assert "German (de)      0%  " in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_badge_says_how_much_is_reviewed(reviewed: Site, tmp_path: Path) -> None:
    path = tmp_path / "badge.svg"
    assert reviewed.run("report", *DAY, "--lang", "ja", "--badge", str(path)).code == 0
    assert b"translations: 100% of terms reviewed" in path.read_bytes()
    assert reviewed.run("report", *DAY, "--badge", str(reviewed.root / "i18n.toml")).code == 2
    assert reviewed.read("i18n.toml") == CONFIG


def test_a_day_that_is_none_is_refused_and_builds_that_can_be_repeated_say_theirs(
    site: Site,
) -> None:
    assert site.run("report", "--date", "tomorrow").code == 2
    site.environment["SOURCE_DATE_EPOCH"] = "0"
    assert "Jan 1, 1970" in site.run("report").out


def test_without_the_library_it_says_which_to_install(
    site: Site, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    ran = site.run("report", *DAY, "-o", str(out))
    assert ran.code == 2
    assert "pipx install --force '.[report]'" in ran.err
    assert not out.exists()
    assert site.run("report", *DAY).code == 0
