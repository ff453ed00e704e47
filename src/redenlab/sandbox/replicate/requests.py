"""Parsing of requests: bodies, preferences, durations, pages."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from redenlab.core.transport.io import prefer_wait_seconds
from redenlab.sandbox.replicate.problems import Problem, checked
from redenlab.sandbox.replicate.store import Document, page

MAX_FILE_BYTES = 100 * 1000 * 1000
_DURATION = r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?"


def json_response(document: Any, status: int = 200, **headers: str) -> Response:
    """`document` as JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(json.dumps(document), status, named, media_type="application/json")


async def raw(request: Request, limit: int) -> bytes:
    """The body; raises `Problem` when it is longer than `limit` bytes."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise Problem(413, "Files must be less than 100MB in size")
    return bytes(content)


async def body(request: Request, form: type[BaseModel]) -> Document:
    """The JSON body, validated against `form`; raises `Problem`."""
    try:
        document = json.loads(await raw(request, MAX_FILE_BYTES))
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Problem(400, "Failed to parse request body as JSON: EOF")
    return checked(document, form)


def cancel_after(request: Request) -> float | None:
    """Seconds of ``Cancel-After``; raises `Problem` if they are under 5, or malformed."""
    text = request.headers.get("cancel-after")
    if text is None:
        return None
    found = re.fullmatch(_DURATION, text.strip()) if text.strip() else None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    total = 3600 * hours + 60 * minutes + seconds
    if total < 5:
        raise Problem(422, "Cancel-After has to be a duration of at least 5 seconds")
    return float(total)


def preferred(request: Request) -> float:
    """Seconds for which ``Prefer`` asks to hold the response back, at most 60."""
    return min(prefer_wait_seconds({"Prefer": request.headers.get("prefer", "")}), 60.0)


def paged(request: Request, base: str, documents: Iterable[tuple[int, Any]], size: int) -> Response:
    """The page of `documents` that the query selects."""
    found, cursor = page(list(documents), request.query_params.get("cursor"), size)
    query = {**request.query_params, "cursor": cursor}
    path = request.url.path.removeprefix("/v1")
    following = f"{base}{path}?{urlencode(query)}" if cursor else None
    return json_response({"next": following, "previous": None, "results": found})


def numbered(documents: list[Any]) -> list[tuple[int, Any]]:
    """`documents` with generated positions, for those that are not stored."""
    return list(zip(range(len(documents), 0, -1), documents, strict=True))
