"""Answers of the API: JSON that has the form the spec promises, errors included."""

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

MOST_BYTES = 1024 * 1024
"""Longest request body; the API takes names and ids, never recordings."""


def answer(body: BaseModel, status: int = 200) -> Response:
    """`body` as JSON, without fields that are not set."""
    fields = body.model_dump(by_alias=True, exclude_none=True)
    content = json.dumps(fields, default=_stamp, allow_nan=False)
    return Response(content, status, media_type="application/json")


async def read(request: Request, form: type[M]) -> M:
    """The body of `request`.

    Raises:
        HTTPException: 413 if it is too long, 422 if it has not that form.
    """
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > MOST_BYTES:
            raise HTTPException(413, "The request body is too large")
    try:
        return form.model_validate_json(bytes(content))
    except ValidationError as error:
        problem = _sentence(error)
    raise HTTPException(422, problem)


def check(values: object, form: type[BaseModel]) -> None:
    """Refuse a part of a body with 422 if it has not that form."""
    try:
        form.model_validate(values)
    except ValidationError as error:
        problem = _sentence(error)
    else:
        return
    raise HTTPException(422, problem)


async def refused(_: Request, error: Exception) -> Response:
    """The answer to a request that could not be served."""
    if isinstance(error, HTTPException):
        response = answer(Problem(error=error.detail), error.status_code)
        response.headers.update(error.headers or {})
        return response
    # A client that has hung up reads no response; any other one found a fault of the sandbox.
    status = 400 if isinstance(error, ClientDisconnect) else 500
    return answer(Problem(message="Internal Server Error"), status)


def tagged(app: ASGIApp, header: str) -> ASGIApp:
    """`app`, with an id of its own in `header` of every answer."""

    async def tag(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[header] = secrets.token_hex(16)
            await send(message)

        await app(scope, receive, send_tagged)

    return tag


Endpoint = Callable[[Request], Awaitable[Response]]
"""What serves one route."""


def moment(seconds: float | None) -> datetime | None:
    """Seconds since the epoch as a time in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _stamp(value: Any) -> str:
    """How the service writes times: always with microseconds, and ``Z``."""
    if isinstance(value, datetime):
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return str(value)


def _sentence(error: ValidationError) -> str:
    """What is wrong, field by field; never with the values, which may be private."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['msg']}"
        for problem in problems
    )
