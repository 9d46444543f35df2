from pathlib import Path

from benchmarks.aside import put_aside


def test_what_is_there_goes_out_of_the_way_and_is_kept(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        (site / "locales" / "de").mkdir(parents=True)
        (site / "locales" / "de" / "terms.po").write_text(text, "utf-8")
        (site / "i18n.toml").touch()
        put_aside(site, "locales", "terms/de", "locales/de")
        assert [path.name for path in site.iterdir()] == ["i18n.toml"]
    kept = sorted((tmp_path / "site-aside").rglob("terms.po"))
    assert [path.read_text("utf-8") for path in kept] == ["first", "second"]
