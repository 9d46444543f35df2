"""The bill of materials beside the wheel: CycloneDX 1.6 as JSON, the same bytes for a commit.

`make dist` writes it (`python -m release.sbom dist`). It names the versions that the lock has and
the tests ran with; the wheel itself names ranges. Format: cyclonedx.org/docs/1.6/json.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from i18n_pipeline import __version__
from release.licences import PAGE, known_licences
from release.locks import OURS, Parts, Pinned, our_parts

_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def sbom(parts: Parts, licences: Mapping[str, str], wheel: bytes) -> str:
    """The bill of what a wheel brings along; what only an extra brings is optional."""
    ours = {
        "type": "application",
        "bom-ref": _reference(OURS, __version__),
        "name": OURS,
        "version": __version__,
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(wheel).hexdigest()}],
        "licenses": [{"license": {"id": "MIT"}}],
        "purl": _reference(OURS, __version__),
    }
    core = {one.name for one in parts.core}
    document = {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": ours},
        "components": [
            _component(one, licences[one.name], optional=one.name not in core) for one in parts.all
        ],
        "dependencies": _dependencies(parts),
    }
    document["serialNumber"] = f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(document))}"
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _component(one: Pinned, licence: str, *, optional: bool) -> Mapping[str, object]:
    single = " " not in licence
    return {
        "type": "library",
        "bom-ref": _reference(one.name, one.version),
        "name": one.name,
        "version": one.version,
        "licenses": [{"license": {"id": licence}} if single else {"expression": licence}],
        "purl": _reference(one.name, one.version),
        "scope": "optional" if optional else "required",
    }


def _dependencies(parts: Parts) -> list[Mapping[str, object]]:
    references = {one.name: _reference(one.name, one.version) for one in parts.all}
    references[OURS] = _reference(OURS, __version__)
    return [
        {"ref": references[name], "dependsOn": [references[need] for need in parts.needs_of(name)]}
        for name in sorted(references)
    ]


def _reference(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def main(folder: Path) -> None:
    """Write the bill beside the one wheel in a folder."""
    (wheel,) = folder.glob("*.whl")
    licences = known_licences(PAGE.read_text(encoding="utf-8"))
    text = sbom(our_parts(), licences, wheel.read_bytes())
    (folder / f"i18n_pipeline-{__version__}.cdx.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
