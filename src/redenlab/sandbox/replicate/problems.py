"""Errors in the form of Replicate: problem+json, often without a title."""

import json
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response


class Problem(Exception):
    """A request that is refused."""

    def __init__(self, status: int, detail: str, title: str | None = None, **more: Any) -> None:
        """`more` are further keys of the body."""
        super().__init__(detail)
        self.status = status
        self.body: dict[str, Any] = {"title": title, "detail": detail, "status": status, **more}


def not_found() -> Problem:
    """There is no such resource."""
    return Problem(404, "The requested resource could not be found.")


def invalid_version() -> Problem:
    """There is no such version, or the model needs one to run."""
    return Problem(
        422,
        "The specified version does not exist (or perhaps you don't have permission to use it?)",
        "Invalid version or not permitted",
    )


def invalid(fields: list[dict[str, str]]) -> Problem:
    """The errors of a body, one entry per field."""
    lines = "\n".join(f"- {entry['field'] or 'input'}: {entry['description']}" for entry in fields)
    return Problem(422, lines, "Input validation failed", invalid_fields=fields)


def checked(body: Any, form: type[BaseModel]) -> dict[str, Any]:
    """A body, validated against a schema of the spec.

    Raises:
        Problem: It is invalid.
    """
    try:
        return form.model_validate(body).model_dump(by_alias=True, exclude_none=True)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
    raise invalid(
        [
            {
                "type": _KINDS.get(found["type"], found["type"]),
                "field": ".".join(str(step) for step in found["loc"]),
                "description": found["msg"],
            }
            for found in errors
        ]
    )


_KINDS = {"missing": "required", "extra_forbidden": "additional_property_not_allowed"}


async def error_response(_: Request, error: Exception) -> Response:
    """The response to a request that failed."""
    match error:
        case Problem():
            body = {key: value for key, value in error.body.items() if value is not None}
            status = error.status
        case HTTPException():
            status, body = error.status_code, {"detail": error.detail, "status": error.status_code}
        case _:
            status, body = 500, {"detail": "Internal server error", "status": 500}
    headers = {"retry-after": str(body["retry_after"])} if "retry_after" in body else None
    return Response(json.dumps(body), status, headers, media_type="application/problem+json")
