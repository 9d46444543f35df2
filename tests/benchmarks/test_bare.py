from pathlib import Path

from benchmarks import bare
from benchmarks.corpus import make_site


def test_the_floors_do_what_they_say(tmp_path: Path) -> None:
    make_site(tmp_path / "site", 3)
    folder = tmp_path / "site" / "terms" / "en"
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    bare.scan(str(folder))
    bare.parse(str(folder))
    bare.write(str(folder))
    assert bare.read(str(folder)) == files
    written = folder.with_name("en-written")
    assert {file.name: file.read_bytes() for file in written.iterdir()} == files
