"""`redenlab replicate pin`: write models, with the types of their inputs, into a Python file."""

import keyword
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from pprint import pformat
from typing import Annotated, Any

import typer
from rich.text import Text

from redenlab.cli.text import err, printable
from redenlab.core.errors import InputError
from redenlab.replicate import PinnedModel, ReplicateClient

HEAD = '''"""Models of Replicate, by `redenlab replicate pin`; do not edit."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Literal, Required, TypedDict

from redenlab.replicate import FileOutput, PinnedModel

File = str | bytes | os.PathLike[str] | BinaryIO | FileOutput
"""A URL, or what is sent along with the input."""
'''
PINNED = r'PinnedModel\[\w+\]\(\s*"([^"]+)"'
TYPES = {"integer": "int", "number": "float", "boolean": "bool", "object": "Mapping[str, Any]"}


def pin(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OWNER/NAME[:VERSION]]...", help="Models to add; none: update all."
        ),
    ] = None,
    *,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="The Python file; its other models stay.")
    ] = Path("replicate_models.py"),
) -> None:
    """Write models into a Python file: their versions, schemas, and inputs as typed dicts."""
    before = (
        re.findall(r'PinnedModel\[\w+\]\(\s*"([^"]+)"', out.read_text()) if out.exists() else []
    )
    kept = {ref.partition(":")[0]: ref for ref in before}
    wanted = {ref.partition(":")[0]: ref for ref in models or kept}
    with ReplicateClient() as client:
        found = [_pinned(client, ref) for ref in {**kept, **wanted}.values()]
    out.write_text("\n".join([HEAD, *(line for model in found for line in _lines(model))]) + "\n")
    for model in found:
        err().print(Text(f"from {out.stem} import {_name(model)}  # {printable(model.ref)}"))


def _pinned(client: ReplicateClient, ref: str) -> PinnedModel[Any]:
    """The model, by its newest version unless `ref` names one."""
    full, _, version = ref.partition(":")
    owner, _, name = full.partition("/")
    if not name:
        raise InputError(f"'{printable(ref)}' names no model", hint="write owner/name")
    if version:
        found: Any = client.models.versions.get(owner, name, version)
    else:
        found = client.models.get(owner, name).latest_version
    document: Any = found and found.openapi_schema
    schemas: Any = document and document.get("components", {}).get("schemas")
    if not schemas:
        raise InputError(f"{printable(full)} publishes no schema", hint="run it by its name")
    return PinnedModel(f"{full}:{found.id}", schemas)


def _name(model: PinnedModel[Any]) -> str:
    """``flux_schnell`` for ``black-forest-labs/flux-schnell:…``."""
    name = re.sub(r"\W+", "_", model.ref.partition(":")[0].partition("/")[2]).strip("_").lower()
    return f"model_{name}" if not name.isidentifier() or keyword.iskeyword(name) else name


def _lines(model: PinnedModel[Any]) -> Iterator[str]:
    name = _name(model)
    class_name = f"{name.title().replace('_', '')}Input"
    schema: Mapping[str, Any] = model.schemas.get("Input", {})
    needed = schema.get("required", ())
    yield f'\n\n{class_name} = TypedDict(\n    "{class_name}",\n    {{'
    for key, node in schema.get("properties", {}).items():
        kind = _type(node, model.schemas)
        said = " ".join(str(node.get("description", "")).split())
        yield from ([f"        # {said}"] if said else [])
        yield f"        {key!r}: {f'Required[{kind}]' if key in needed else kind},"
    yield "    },\n    total=False,\n)\n"
    shown = pformat(dict(model.schemas), width=96, sort_dicts=False).replace("\n", "\n    ")
    yield f'{name} = PinnedModel[{class_name}](\n    "{model.ref}",\n    {shown},\n)'


def _type(node: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """The Python type of an input."""
    for each in (node, *node.get("allOf", ())):
        if "$ref" in each:
            return _type(schemas[each["$ref"].rpartition("/")[2]], schemas)
    if "enum" in node:
        return f"Literal[{', '.join(map(repr, node['enum']))}]"
    if node.get("type") == "array":
        return f"Sequence[{_type(node.get('items', {}), schemas)}]"
    if node.get("type") == "string":
        return "File" if node.get("format") == "uri" else "str"
    return TYPES.get(str(node.get("type")), "Any")


def add(app: typer.Typer) -> None:
    """Add the command to the group of Replicate."""
    example = "redenlab replicate pin black-forest-labs/flux-schnell"
    app.command(epilog=f"\b\nExample:\n  {example}")(pin)
