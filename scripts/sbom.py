"""Writes what the wheel is made of and needs, as CycloneDX 1.5: python scripts/sbom.py dist build.

The components are the packages that `requirements/demo.txt` locks, with their digests, since what a
user has installed is not known; those that the wheel needs without any extra are ``required``. What
is built twice has the same bytes: no time and no machine is in it.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "scripts" / "requirements" / "demo.txt"

_PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE
)


def document(wheel: Path) -> Mapping[str, Any]:
    """The bill of materials of a wheel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    _, version, *_ = wheel.name.split("-")
    digest = sha256(wheel.read_bytes()).hexdigest()
    own = _component(project["name"], version, [digest])
    components = {_normal(each["name"]): each for each in _locked(LOCK.read_text("utf-8"))}
    graph = {name: _needs(_requirements(name)) for name in components}
    direct = _needs(project["dependencies"])
    if missing := direct - components.keys():
        raise SystemExit(f"{LOCK.name} does not lock {', '.join(sorted(missing))}: run make lock")
    needed = _closure(direct, graph)
    for name, each in components.items():
        each["scope"] = "required" if name in needed else "optional"
    refs = {name: each["bom-ref"] for name, each in components.items()}
    edges = [(own["bom-ref"], direct), *((refs[name], graph[name]) for name in components)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.UUID(digest[:32], version=4)}",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"license": {"id": project["license"]}}]}},
        "components": [*components.values()],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(refs[name] for name in names & refs.keys())}
            for ref, names in edges
        ],
    }


def _requirements(name: str) -> Iterable[str]:
    """Those of an installed package; locks have packages of other systems as well."""
    try:
        return metadata.requires(name) or ()
    except metadata.PackageNotFoundError:
        return ()


def _needs(requirements: Iterable[str]) -> frozenset[str]:
    """The packages of requirements that count here, without those of extras."""
    found = map(Requirement, requirements)
    return frozenset(
        _normal(each.name)
        for each in found
        if each.marker is None or each.marker.evaluate({"extra": ""})
    )


def _closure(names: frozenset[str], graph: Mapping[str, frozenset[str]]) -> frozenset[str]:
    more = names.union(*(graph.get(name, frozenset()) for name in names))
    return names if more == names else _closure(more, graph)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(lock: str) -> Iterator[dict[str, Any]]:
    for found in _PINNED.finditer(lock):
        digests = re.findall(r"--hash=sha256:([0-9a-f]{64})", found["rest"])
        yield _component(found["name"], found["version"], digests)


def _component(name: str, version: str, digests: list[str]) -> dict[str, Any]:
    place = f"pkg:pypi/{_normal(name)}@{version}"
    hashes = [{"alg": "SHA-256", "content": digest} for digest in sorted(digests)]
    return {
        "type": "library",
        "bom-ref": place,
        "name": name,
        "version": version,
        "purl": place,
        "hashes": hashes,
    }


def main() -> None:
    """Write one file for each wheel in a folder into another one."""
    wheels, target = map(Path, sys.argv[1:])
    target.mkdir(exist_ok=True)
    for wheel in wheels.glob("*.whl"):
        path = target / f"{wheel.stem}.cdx.json"
        path.write_text(json.dumps(document(wheel), indent=2) + "\n", "utf-8")
        print(path)


if __name__ == "__main__":
    main()
