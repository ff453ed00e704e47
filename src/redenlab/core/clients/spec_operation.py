"""An operation of a spec that nothing was generated from."""

import re
from collections.abc import Mapping
from typing import Any

from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.x_value import x_value
from redenlab.lowlevel import decoding, encoding
from redenlab.lowlevel.errors import ApiError, SchemaError
from redenlab.lowlevel.types import File, RawResponse, Request


class SpecOperation:
    """One endpoint of a spec. Arguments and body keys have the names of the wire."""

    def __init__(self, spec: Spec, name: str) -> None:
        operation = spec.operations[name]
        self._path: str = operation["path"]
        self._method: str = operation["method"].upper()
        self._arguments: Mapping[str, Node] = spec.arguments(operation)
        self._secured = spec.secured(operation)
        content = spec.resolve(operation.get("requestBody", {})).get("content", {})
        self._multipart = "multipart/form-data" in content
        self._json_parts = spec.json_parts(operation)
        self._media = spec.media_types(operation)
        self._text_type = spec.text_type(operation)
        self.OPERATION: str = name
        self.IDEMPOTENT: bool = spec.idempotent[name]

    def build(self, /, **given: Any) -> Request:
        """The request, unsent."""
        body = given.pop("body", None)
        for name in given.keys() - self._arguments.keys():
            raise ValueError(f"there is no argument {name!r}")
        headers = encoding.headers(self._in("header", given))
        content: bytes | File | None = None
        parts: tuple[Any, ...] = ()
        if isinstance(body, File):
            headers["Content-Type"] = encoding.media_type(body, self._media or [body.content_type])
            content = body
        elif self._text_type is not None and isinstance(body, str):
            headers["Content-Type"], content = self._text_type, body.encode()
        elif self._multipart and body is not None:
            parts = encoding.parts(body, self._json_parts)
        elif body is not None:
            headers["Content-Type"] = "application/json"
            content = encoding.json_body(body)
        return Request(
            operation=self.OPERATION,
            method=self._method,
            path=re.sub(r"\{([^}]+)\}", lambda match: _segment(given, match[1]), self._path),
            query=encoding.query(self._in("query", given)),
            headers=headers,
            content=content,
            parts=parts,
            secured=self._secured,
        )

    def parse(self, response: RawResponse) -> Any:
        """The JSON of a success, ``None`` for an empty one."""
        if not 200 <= response.status_code < 300:
            raise ApiError(response.status_code, response.headers, response.content)
        return response.json() if response.content else None

    def _in(self, place: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: given[name] for name in given if self._arguments[name]["in"] == place}


def _segment(given: Mapping[str, Any], name: str) -> str:
    if name not in given:
        raise ValueError(f"the argument {name!r} is needed")
    return encoding.segment(given[name])


def bound(spec: Spec, name: str) -> BoundOperation:
    """An operation of `spec`, ready to be called."""
    schema, envelope = spec.body_node(spec.operations[name]), x_value(spec, name)
    if schema is None:
        return BoundOperation(SpecOperation(spec, name), envelope=envelope)
    properties, required = spec.properties(schema), spec.required(schema)

    def read(value: Any) -> dict[str, Any]:
        """With the schema's defaults; raises `SchemaError` where a required value is missing."""
        defaults = {k: v["default"] for k, v in properties.items() if "default" in v}
        document = {**defaults, **decoding.mapping(value)}
        for key in required:
            if key not in document:
                raise SchemaError("a value", "nothing", f"/{key}")
        return document

    return BoundOperation(SpecOperation(spec, name), read, envelope=envelope)
