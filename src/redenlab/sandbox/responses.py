"""Responses of the API: JSON in the form that the spec documents, errors included."""

import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from redenlab_api.ml.server import Problem

M = TypeVar("M", bound=BaseModel)

MAX_BODY_BYTES = 1024 * 1024
"""Maximum size of a request body; the API takes names and ids, never recordings."""


def json_response(body: BaseModel, status: int = 200) -> Response:
    """`body` as JSON, without fields that are not set."""
    fields = body.model_dump(by_alias=True, exclude_none=True)
    content = json.dumps(fields, default=_timestamp, allow_nan=False)
    return Response(content, status, media_type="application/json")


async def read_body(request: Request, form: type[M]) -> M:
    """The body of `request`.

    Raises:
        HTTPException: 413 if it is too long, 422 if it does not match `form`.
    """
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise HTTPException(413, "The request body is too large")
    try:
        return form.model_validate_json(bytes(content))
    except ValidationError as error:
        problem = _problem(error)
    raise HTTPException(422, problem)


def check(values: object, form: type[BaseModel]) -> None:
    """Refuse a part of a body with 422 if it does not match `form`."""
    try:
        form.model_validate(values)
    except ValidationError as error:
        problem = _problem(error)
    else:
        return
    raise HTTPException(422, problem)


async def error_response(_: Request, error: Exception) -> Response:
    """The response to a request that failed."""
    if isinstance(error, HTTPException):
        response = json_response(Problem(error=error.detail), error.status_code)
        response.headers.update(error.headers or {})
        return response
    # A disconnected client reads no response; anything else is a bug of the sandbox.
    status = 400 if isinstance(error, ClientDisconnect) else 500
    return json_response(Problem(message="Internal Server Error"), status)


def with_request_id(app: ASGIApp, header: str) -> ASGIApp:
    """`app`, with a unique id in `header` of every response."""

    async def tag(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[header] = secrets.token_hex(16)
            await send(message)

        await app(scope, receive, send_tagged)

    return tag


Endpoint = Callable[[Request], Awaitable[Response]]
"""The handler of one route."""


def utc_datetime(seconds: float | None) -> datetime | None:
    """Seconds since the epoch as a time in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _timestamp(value: Any) -> str:
    """A time as the service writes it: with microseconds and ``Z``."""
    if isinstance(value, datetime):
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return str(value)


def _problem(error: ValidationError) -> str:
    """What is wrong, field by field, without the values, which may be private."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['msg']}"
        for problem in problems
    )
