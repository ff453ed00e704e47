"""Write ``openapi/x-job.schema.json``, for editors, from the grammar of ``x-job``.

    python scripts/x_job_schema.py            write
    python scripts/x_job_schema.py --check    compare; exit 1 if it differs

The generator and `redenlab.connect` read blocks by the grammar itself, not by this file.
"""

import inspect
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from redenlab.core.spec.blocks import Block
from redenlab.core.spec.forms import Form, Range, keys
from redenlab.core.spec.grammar import XJob

TARGET = Path(__file__).resolve().parent.parent / "openapi" / "x-job.schema.json"

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


def schema() -> dict[str, Any]:
    """The JSON schema of an ``x-job`` block."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "x-job"}
    return head | _block(XJob)


def _block(block: type[Block]) -> dict[str, Any]:
    descriptions = _descriptions(block)
    known = keys(block).values()
    return {
        "description": (inspect.getdoc(block) or "").partition("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in known if key.required],
        "properties": {
            key.name: {"description": descriptions[key.field], **_value(key.kind)} for key in known
        },
    }


def _descriptions(block: type[Any]) -> dict[str, str]:
    """The ``Attributes:`` of a block and of the blocks that it extends."""
    found: dict[str, str] = {}
    for base in reversed(block.__mro__):
        text = inspect.cleandoc(base.__doc__ or "").partition("Attributes:\n")[2]
        for name, description in re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", text, re.MULTILINE):
            found[name] = " ".join(description.split())
    return found


def _value(kind: Any) -> dict[str, Any]:  # noqa: PLR0911 - one line per kind
    form: Any = None
    if get_origin(kind) is Annotated:
        kind, form = get_args(kind)[:2]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        members = [member for member in arguments if member is not type(None)]
        if len(members) == 1:
            return _value(members[0])
        return {"anyOf": [_value(member) for member in members]}
    if isinstance(kind, type) and issubclass(kind, Block):
        return _block(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _value(arguments[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        named = {
            "propertyNames": _value(arguments[0]),
            "additionalProperties": _value(arguments[1]),
        }
        return {"type": "object", **named}
    return {} if kind is Any else {"type": _TYPES[kind], **_form(form)}


def _form(form: Any) -> dict[str, Any]:
    if isinstance(form, Form):
        return {"pattern": f"^(?:{form.pattern})$"}
    if isinstance(form, Range):
        limits = {
            "minimum": form.minimum,
            "exclusiveMinimum": form.above,
            "maximum": form.maximum,
        }
        return {name: limit for name, limit in limits.items() if limit is not None}
    return {}


def main() -> int:
    """See the module."""
    text = json.dumps(schema(), indent=2) + "\n"
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text)
        return 0
    if TARGET.read_text() == text:
        return 0
    print(f"{TARGET.name} is not what the grammar says: run 'make generate'", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
