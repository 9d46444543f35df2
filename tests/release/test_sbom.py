"""What is said of the packages that come along: all of them, under licences that we may rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from i18n_pipeline import __version__
from release.licences import OTHERWISE, PAGE, is_permissive, known_licences, licence_of, page_of
from release.locks import OURS, ROOT, Parts, Pinned, our_parts, parts_of, pinned
from release.sbom import main, sbom

LOCK = """\
# by uv
asked==1.0 ; sys_platform == 'linux' \\
    --hash=sha256:aa
    # via
    #   i18n-pipeline (pyproject.toml)
    #   more
Deep_Est==2.0.1 \\
    --hash=sha256:bb
    # via asked
more==3.0
    # via i18n-pipeline (pyproject.toml:dev)
other==4.0
    # via somebody
"""
ALONE = {
    "dependencies": ["asked>=1; x"],
    "optional-dependencies": {"all": ["i18n-pipeline[e]"], "e": ["more"]},
}
LICENCES = known_licences(PAGE.read_text(encoding="utf-8"))


def test_a_lock_says_what_it_pins_and_for_whom() -> None:
    assert pinned(LOCK) == {
        "asked": Pinned("asked", "1.0", ("i18n-pipeline", "more")),
        "deep-est": Pinned("deep-est", "2.0.1", ("asked",)),
        "more": Pinned("more", "3.0", ("i18n-pipeline",)),
        "other": Pinned("other", "4.0", ("somebody",)),
    }


def test_what_comes_along_is_followed_to_its_end() -> None:
    parts = parts_of(ALONE, LOCK)
    assert [one.name for one in parts.core] == ["asked", "deep-est"]
    assert [one.name for one in parts.extras] == ["more"]
    assert parts.needs_of("asked") == ("deep-est",)


def test_what_always_comes_along_is_what_the_lock_for_users_has() -> None:
    users = pinned((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert {one.name: one.version for one in our_parts().core} == {
        one.name: one.version for one in users.values()
    }


def test_the_page_of_licences_is_what_lock_and_packages_say_now() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page_of(page) == page


@pytest.mark.parametrize("one", our_parts().all, ids=lambda one: one.name)
def test_every_package_is_under_a_permissive_licence_or_named_as_another(one: Pinned) -> None:
    licence = LICENCES[one.name]
    assert licence_of(one.name) in (licence, None)
    assert is_permissive(licence) or OTHERWISE[one.name] == licence


def test_what_is_named_as_another_is_there_and_explained() -> None:
    assert {name: LICENCES[name] for name in OTHERWISE} == OTHERWISE
    assert all(f"`{name}`" in PAGE.read_text(encoding="utf-8") for name in OTHERWISE)
    assert not is_permissive("MIT AND GPL-3.0-or-later")


def test_a_bill_names_each_part_once_with_what_it_needs() -> None:
    parts = Parts(
        (Pinned("asked", "1.0", (OURS,)), Pinned("deep", "2", ("asked",))),
        (Pinned("more", "3", (OURS,)),),
    )
    licences = {"asked": "MIT", "deep": "MIT AND Zlib", "more": "ISC"}
    bill = json.loads(sbom(parts, licences, b"wheel"))
    assert [(one["name"], one["scope"]) for one in bill["components"]] == [
        ("asked", "required"),
        ("deep", "required"),
        ("more", "optional"),
    ]
    assert bill["components"][1]["licenses"] == [{"expression": "MIT AND Zlib"}]
    assert {one["ref"]: one["dependsOn"] for one in bill["dependencies"]} == {
        f"pkg:pypi/{OURS}@{__version__}": ["pkg:pypi/asked@1.0", "pkg:pypi/more@3"],
        "pkg:pypi/asked@1.0": ["pkg:pypi/deep@2"],
        "pkg:pypi/deep@2": [],
        "pkg:pypi/more@3": [],
    }


def test_a_bill_is_the_same_bytes_for_the_same_wheel_and_another_for_another() -> None:
    bills = [json.loads(sbom(our_parts(), LICENCES, data)) for data in (b"a", b"a", b"b")]
    assert bills[0] == bills[1]
    assert bills[0]["serialNumber"] != bills[2]["serialNumber"]


def test_the_bill_is_written_beside_the_wheel(tmp_path: Path) -> None:
    (tmp_path / "ours.whl").write_bytes(b"wheel")
    main(tmp_path)
    bill = json.loads((tmp_path / f"i18n_pipeline-{__version__}.cdx.json").read_bytes())
    assert bill["metadata"]["component"]["name"] == OURS
    assert len(bill["components"]) == len(our_parts().all)
