"""`i18n plan` says first what is wrong with the sources: what is sent for it is paid in vain."""

from __future__ import annotations

from tests.stubs.site import Site


def test_what_is_wrong_with_a_source_is_told_once_and_first(site: Site) -> None:
    site.change("terms/en/token.md", "A model reads tokens.", "It isnâ€™t a word.")
    lines = site.run("plan", "--provider", "deepl").out.splitlines()
    assert lines[0] == "mend these sources first, what is wrong in them would be translated:"
    assert lines[1].startswith("  terms/en/token.md:10: error: source-mojibake: ")
    assert [line for line in lines if "source-mojibake" in line] == [lines[1]]
    checked = site.run("check").out.splitlines()
    assert len([line for line in checked if "source-mojibake" in line]) == 2
