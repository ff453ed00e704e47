"""Put a published document into ``openapi/``, beside an overlay with a first ``x-job``.

    make spec SPEC=~/Downloads/acme-openapi.yaml
    python scripts/add_spec.py DOCUMENT [--name acme] [--submit createBatch]

The document itself stays as it was published. The overlay names the client and describes one job,
as far as the document gives it away; what has to be checked or written is marked there. Without
``--submit`` the job begins with the first POST whose response has an id that a GET takes.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import yaml
from openapi_python_client import strings

from redenlab.core.errors import SpecError
from redenlab.core.spec import located
from redenlab.core.spec.document import Node, Spec

SPECS = Path(__file__).resolve().parent.parent / "openapi"

STATES: Mapping[str, str] = {
    "succeeded": "succe.*|complete.*|done|finished|ready|ended",
    "failed": "fail.*|error.*|expired|timed?_?out.*|rejected|invalid|dead",
    "cancelled": "cancell?ed|aborted|stopped|terminated|deleted",
}
"""Words that a status of each class has; any other is ``running``."""

HEAD = """\
# What the published document of {name} does not say: its client, and the life of its jobs.
# docs/x-job.md describes every key; `make generate` reads it and says what is wrong or missing.
{todo}"""


def guessed(spec: Spec, submit: str | None) -> dict[str, Any]:
    """An overlay with one job, as far as the document gives it away.

    Raises:
        SpecError: There is no operation `submit`, or none that looks like one.
    """
    name, poll, argument = _lifecycle(spec, submit)
    node = dict(spec.every)[name]
    status = _status(spec, poll)
    settings = {
        "name": f"{strings.pascal_case(spec.backend)}Client",
        "environment": spec.backend.upper(),
        "file": f".{spec.backend}/config.yaml",
    }
    actions = [_client(settings)]
    if status is not None:
        target, values = status
        actions.append({"target": target, "update": {"x-job-states": classed(values)}})
    block = {
        "version": 2,
        "name": "process",
        "idempotency": "never",
        "id": "$response.body#/id",
        "poll": {
            "operationId": poll,
            "parameters": {argument: "$job.id"},
            "status": "$response.body#/status",
            "timeout": 3600,
        },
        "result": {"name": "Finished", "type": "any"},
    }
    target = f"$.paths['{node['path']}'].{node['method']}"
    actions.append({"target": target, "update": {"x-job": block}})
    return _overlay(actions, f"Jobs of {spec.backend}")


def _overlay(actions: list[dict[str, Any]], title: str = "Jobs") -> dict[str, Any]:
    return {"overlay": "1.0.0", "info": {"title": title, "version": "1"}, "actions": actions}


def _client(settings: dict[str, str]) -> dict[str, Any]:
    """The action that names the client, and selects no operation beside those of its jobs."""
    return {"target": "$", "update": {"x-client": {**settings, "operations": []}}}


def classed(values: list[str]) -> dict[str, list[str]]:
    """Status values by their class, by what their words usually mean."""
    found: dict[str, list[str]] = {}
    for value in values:
        words = STATES.items()
        state = next((s for s, form in words if re.fullmatch(form, value.lower())), "running")
        found.setdefault(state, []).append(value)
    return found


def _lifecycle(spec: Spec, submit: str | None) -> tuple[str, str, str]:
    """The operation that submits, the one that polls, and its argument for the id."""
    if submit is not None and submit not in dict(spec.every):
        raise SpecError(f"{spec.path.name}: there is no operation '{submit}'")
    found = list(lifecycles(spec))
    for each in found:
        if submit in {None, each[0]}:
            return each
    names = ", ".join(each[0] for each in found) or "none"
    raise SpecError(
        f"{spec.path.name}: no GET takes the id of what {submit or 'a POST'} creates; these look "
        f"like jobs: {names}"
    )


def lifecycles(spec: Spec) -> Iterator[tuple[str, str, str]]:
    """Every POST whose path goes on, with one parameter, in a GET whose response has a status."""
    polls = {op["path"]: name for name, op in spec.every if op["method"] == "get"}
    for name, operation in spec.every:
        for path, poll in polls.items():
            form = re.escape(str(operation["path"]).rstrip("/")) + r"/\{([^{}/]+)\}"
            found = re.fullmatch(form, path)
            if operation["method"] == "post" and found and _status(spec, poll):
                yield name, poll, found[1]


def _status(spec: Spec, poll: str) -> tuple[str, list[str]] | None:
    """Where the status values of the response to a poll stand, as a JSONPath, and the values."""
    body = spec.response_node(dict(spec.every)[poll])
    if not isinstance(body, Mapping) or "$ref" not in body:
        return None
    raw = located.read(spec.path.read_bytes(), spec.path.name)["components"]["schemas"]
    found = _place(raw, str(body["$ref"]).rpartition("/")[2])
    if found is None:
        return None
    target, node = found
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        target, node = _schema_path(name), raw.get(name, {})
    values = node.get("enum")
    return (target, [str(value) for value in values]) if values else None


def _place(schemas: Node, name: str) -> tuple[str, Node] | None:
    """The path of the property ``status`` of a schema, as it is written, and what is there."""
    parts = [(_schema_path(name), schemas.get(name, {}))]
    while parts:
        path, node = parts.pop(0)
        if "$ref" in node and (other := str(node["$ref"]).rpartition("/")[2]) in schemas:
            parts.append((_schema_path(other), schemas[other]))
        if "status" in node.get("properties", {}):
            return f"{path}.properties.status", node["properties"]["status"]
        parts += [(f"{path}.allOf[{n}]", part) for n, part in enumerate(node.get("allOf", ()))]
    return None


def _schema_path(name: str) -> str:
    return f"$.components.schemas['{name}']"


def main() -> int:
    """See the module."""
    options = argparse.ArgumentParser(description="Put a published document into openapi/.")
    options.add_argument("document", type=Path, help="YAML or JSON, as it was published")
    options.add_argument("--name", help="of the backend; by default that of the file")
    options.add_argument("--submit", help="operationId of the operation that starts a job")
    options.add_argument("--specs", type=Path, default=SPECS, help="folder to write to")
    chosen = options.parse_args()
    name = chosen.name or re.sub(r"\W+", "_", chosen.document.stem).strip("_").lower()
    target = chosen.specs / f"{name}{chosen.document.suffix}"
    overlay = chosen.specs / f"{name}.overlay.yaml"
    if not name.isidentifier():
        return _refused(f"'{name}' cannot name a package; choose another with --name")
    if taken := [path.name for path in (target, overlay) if path.exists()]:
        return _refused(f"openapi/ has {taken[0]} already; choose another --name")
    try:
        spec = _nothing_selected(chosen.document)
        spec.backend = name
        text = yaml.safe_dump(guessed(spec, chosen.submit), sort_keys=False, allow_unicode=True)
    except SpecError as error:
        return _refused(error.message)
    shutil.copyfile(chosen.document, target)
    todo = "# Check: the classes of the states, the place of the result, what the submit carries.\n"
    overlay.write_text(HEAD.format(name=name, todo=todo) + text)
    print(f"{target.name} and {overlay.name} are in {chosen.specs}; edit the overlay, then:")
    print("  make generate")
    others = [each for each, _, _ in lifecycles(spec)]
    if chosen.submit is None and len(others) > 1:
        print(f"the job begins with {others[0]}; --submit takes another: {', '.join(others[1:])}")
    return 0


def _nothing_selected(document: Path) -> Spec:
    """A document of which no operation is read, so that whatever is wrong in it does not matter."""
    with NamedTemporaryFile("w", suffix=".yaml") as overlay:
        yaml.safe_dump(_overlay([_client({})]), overlay)
        overlay.flush()
        return Spec(document, Path(overlay.name))


def _refused(problem: str) -> int:
    print(f"refused: {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
