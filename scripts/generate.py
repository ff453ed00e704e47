"""Write ``generated/`` from ``openapi/``, or prove that it is what a fresh run would write.

    python scripts/generate.py            write
    python scripts/generate.py --check    compare; exit 1 and name what differs

The whole tree is built in a temporary folder first, so that a spec that is refused leaves
``generated/`` as it was. Nothing depends on where the project lies or what is configured around
it: the same spec gives the same bytes everywhere.
"""

import argparse
import contextlib
import filecmp
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
from datamodel_code_generator.__main__ import main as datamodel_codegen
from openapi_python_client import strings

import closed_loop
from job_page import JobPage
from jobs import Job, jobs
from literals import literal
from messages import Messages
from normal_form import client_name, normal_form, selected
from opc import TEMPLATES, Parsed, class_name, operation_name
from package_proof import imported
from redenlab.core.errors import SpecError
from redenlab.core.spec import grammar, steps
from redenlab.core.spec.blocks import Block
from redenlab.core.spec.document import Spec, documents, messages_of
from redenlab.core.spec.guard import guarded
from redenlab.core.spec.x_client import profile, x_client
from redenlab.core.spec.x_job import job_specs
from redenlab.core.spec.x_signature import secrets, signatures
from redenlab.core.spec.x_value import x_value
from redenlab.core.spec.x_ways import x_ways
from resources import demands, resources
from spec_hash import spec_hash

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "openapi"
GENERATED = ROOT / "generated"
PACKAGE = "redenlab_api"

ROOT_MODULE = '''"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "{}"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
'''

SERVER_MODELS = (
    *("--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"),
    *("--target-python-version", "3.11", "--formatters", "builtin", "--disable-timestamp"),
    *("--use-annotated", "--use-standard-collections", "--use-union-operator"),
    *("--enum-field-as-literal", "all", "--use-schema-description", "--field-constraints"),
)


def build(specs: Path, tree: Path) -> None:
    """Write the whole tree below `tree`.

    Raises:
        SpecError: A spec is refused.
    """
    package = tree / PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(ROOT_MODULE.format(spec_hash(specs)))
    (package / "py.typed").touch()
    found = dict(_read(path, package) for path in documents(specs))
    _format(tree)
    closed_loop.prove_tree(documents(specs), tree)
    for spec, its_jobs in found.items():
        _page(spec, its_jobs, package / spec.backend)


def _read(path: Path, package: Path) -> tuple[Spec, list[Job]]:
    """The spec at `path`, and its jobs, whose modules are written below `package`."""
    with guarded(path):
        spec = Spec(path)
        return spec, _backend(spec, package)


def _backend(spec: Spec, package: Path) -> list[Job]:
    described = job_specs(spec)  # first, since its errors have lines
    parsed = Parsed(normal_form(spec), spec.backend, x_client(spec).kept)
    found = jobs(spec, described, parsed)
    with tempfile.TemporaryDirectory() as scratch:
        parsed.write(Path(scratch) / spec.backend, _facts(spec))
        shutil.copytree(Path(scratch) / spec.backend, package / spec.backend)
    tree, ways, asked = resources(spec, parsed, found), x_ways(spec), demands(spec)
    types = {word for job in found for text in job.types for word in _words(text)}
    for name in ("lifecycles.py", "jobs.py"):
        (package / spec.backend / name).write_text(
            _rendered(
                f"{name}.jinja",
                spec,
                jobs=found,
                profile=profile(spec, found[0].spec),
                schemas=parsed.classes() & types,
                resources=tree is not None,
                envelopes={name: key for name in spec.operations if (key := x_value(spec, name))},
            )
        )
    if tree is not None:
        types = {word for text in tree.types for word in _words(text)}
        (package / spec.backend / "resources.py").write_text(
            _rendered(
                "resources.py.jinja",
                spec,
                root=tree,
                schemas=parsed.classes() & types,
                ways=ways,
                demands=asked,
                awaited=x_client(spec).awaited,
                positional=x_client(spec).positional,
            )
        )
    for name, values in (("ways.py", ways), ("demands.py", asked)):
        if values:
            text = _rendered(f"{name}.jinja", spec, values=values)
            (package / spec.backend / name).write_text(text)
    operations = parsed.named(spec.operations).values()
    (package / spec.backend / "raw.py").write_text(
        _rendered("raw.py.jinja", spec, schemas=set(), operations=operations)
    )
    _server_models(spec, package / spec.backend / "server.py")
    beside = messages_of(spec.path)
    if beside.exists():
        (package / spec.backend / "realtime.py").write_text(_messages(spec, beside))
    document = json.dumps(spec.document, indent=1, ensure_ascii=False)  # the sandbox serves it
    (package / spec.backend / f"{spec.backend}.json").write_text(f"{document}\n")
    return found


def _page(spec: Spec, found: list[Job], folder: Path) -> None:
    """Write the page about the jobs, which reads the types of what was generated in `folder`."""
    with imported(folder) as package:
        text = _rendered("JOBS.md.jinja", spec, page=JobPage(found, package))
    (folder / "JOBS.md").write_text(text)


def _facts(spec: Spec) -> str:
    """What openapi-python-client drops on the way to its templates."""
    ids = {operation_name(name): name for name in spec.operations}
    return "\n".join(
        f"{{% set {name} = {value!r} %}}"
        for name, value in {
            "key": {
                "name": spec.auth.name,
                "prefix": spec.auth.prefix,
                "in_query": spec.auth.in_query,
            },
            "operation_ids": ids,
            "methods": {name: op["method"].upper() for name, op in spec.operations.items()},
            "text_types": {name: spec.text_type(op) for name, op in spec.operations.items()},
            "media_types": {
                name: spec.media_types(operation) for name, operation in spec.operations.items()
            },
            "json_parts": {
                name: spec.json_parts(operation) for name, operation in spec.operations.items()
            },
            "idempotent": dict(spec.idempotent),
            "spellings": _said_of_properties(spec, "x-spellings"),
            "formats": _said_of_properties(spec, "format"),
        }.items()
    )


def _said_of_properties(spec: Spec, key: str) -> dict[str, dict[str, Any]]:
    """What a key says of properties, by their names on the wire, by the classes that have them."""
    found: dict[str, dict[str, Any]] = {}
    for schema in spec.read_schemas:
        properties = {name: spec.resolve(node) for name, node in spec.properties(schema).items()}
        said = {name: node[key] for name, node in properties.items() if key in node}
        if said:
            found[class_name(schema)] = {name: _plain(value) for name, value in said.items()}
    return found


def _plain(value: Any) -> Any:
    return tuple(map(str, value)) if isinstance(value, list) else str(value)


@cache
def _environment() -> jinja2.Environment:
    """Made once, since it compiles a template when it is first used."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.ChainableUndefined,
        autoescape=False,  # noqa: S701 - Python, not HTML
    )
    environment.filters |= {"pascalcase": strings.pascal_case, "literal": literal, "zip": zip}
    environment.filters["snakecase"] = strings.snake_case
    environment.filters["qualified"] = _qualified
    return environment


def _qualified(kind: str, names: Collection[str]) -> str:
    """A type whose models are named as those of the module ``models``."""
    return re.sub(r"\w+", lambda word: f"models.{word[0]}" if word[0] in names else word[0], kind)


def _rendered(template: str, spec: Spec, *, schemas: Collection[str] = (), **values: Any) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            backend=spec.backend,
            schemas=sorted(schemas),
            client_name=client_name(spec),
            key=spec.auth,
            signatures=signatures(spec),
            secrets=secrets(spec),
            names={"grammar": _blocks(grammar), "steps": _blocks(steps)},
            **values,
        )
    )


def _messages(spec: Spec, path: Path) -> str:
    messages = Messages(path)
    parameters = {field.name: says for field, says in messages.parameters}
    values = {"messages": messages, "parameters": parameters, "source": path.name}
    return _rendered("realtime.py.jinja", spec, **values)


def _blocks(module: ModuleType) -> list[str]:
    """The classes of a description that a module has."""
    found = vars(module).values()
    blocks = (each for each in found if isinstance(each, type) and issubclass(each, Block))
    return sorted(each.__name__ for each in blocks if each.__module__ == module.__name__)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _server_models(spec: Spec, target: Path) -> None:
    """Strict models for the embedded backend: what it accepts is what the spec says."""
    document = selected(spec)
    if not document.get("components", {}).get("schemas"):
        target.write_text('"""This spec names no schemas."""\n')
        return
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stderr(said):
        source = Path(scratch, "openapi.json")
        source.write_text(json.dumps(document))
        status = datamodel_codegen(
            [*SERVER_MODELS, "--input", str(source), "--output", str(target)]
        )
    if status:
        raise SpecError(
            f"{spec.path.name}: its models cannot be made for the sandbox:\n{said.getvalue()}"
        )
    _, _, body = target.read_text().partition("\n\n")
    target.write_text(
        f'"""What the embedded backend accepts and answers, validated by pydantic."""\n\n{body}'
    )


def _format(tree: Path) -> None:
    """One pinned, isolated ruff: no configuration around the tree may change a byte."""
    options = ("--isolated", "--no-cache", "--quiet", "--line-length", "100")
    known = ("--config", f'lint.isort.known-first-party = ["{PACKAGE}", "redenlab"]')
    _run("ruff", "check", *options, *known, "--select", "F401,I,UP", "--fix", str(tree))
    _run("ruff", "format", *options, str(tree))


def _run(*command: str) -> None:
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([str(program), *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SpecError(f"{command[0]} failed:\n{done.stderr or done.stdout}")


def differences(fresh: Path, present: Path) -> Iterator[str]:
    """What differs between two trees, one line a file."""
    names = {file.relative_to(top) for top in (fresh, present) for file in _files(top)}
    for name in sorted(names):
        if not (present / name).exists():
            yield f"missing: {name}"
        elif not (fresh / name).exists():
            yield f"left over: {name}"
        elif not filecmp.cmp(fresh / name, present / name, shallow=False):
            yield f"differs: {name}"


def _files(top: Path) -> Iterator[Path]:
    return (
        path
        for path in (top / PACKAGE).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def replace(fresh: Path, target: Path) -> None:
    """Put the fresh package where the old one is, by renaming, so that it is never half there."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as beside:
        shutil.copytree(fresh / PACKAGE, Path(beside, "fresh"))
        if (target / PACKAGE).exists():
            (target / PACKAGE).rename(Path(beside, "old"))
        Path(beside, "fresh").rename(target / PACKAGE)


def main() -> int:
    """See the module."""
    options = argparse.ArgumentParser(description="Generate the low-level clients.")
    options.add_argument("--check", action="store_true", help="compare instead of writing")
    options.add_argument("--specs", type=Path, default=SPECS, help="folder of the specs")
    options.add_argument("--output", type=Path, default=GENERATED, help="folder to write to")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "generated"
        try:
            build(chosen.specs, fresh)
        except SpecError as error:
            print(f"refused: {error}", file=sys.stderr)
            return 1
        if not chosen.check:
            replace(fresh, chosen.output)
            return 0
        drift = list(differences(fresh, chosen.output))
    for line in drift:
        print(line, file=sys.stderr)
    if drift:
        print("generated/ is not what openapi/ says: run 'make generate'", file=sys.stderr)
    return bool(drift)


if __name__ == "__main__":
    sys.exit(main())
