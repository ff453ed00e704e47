"""The response gate: from bytes to a typed value, or to a typed error.

Every response passes here, for generated and dynamic clients alike. Texts of the service are
cleaned before they stand in an error.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from redenlab.core import errors
from redenlab.core.spec.operations import Operation
from redenlab.core.text import Redact, sanitize
from redenlab.core.transport import trpc
from redenlab.core.transport.outcomes import PEERS, Peer, outcome
from redenlab.lowlevel import decoding, types
from redenlab.lowlevel.errors import ApiError, DecodeError, SchemaError
from redenlab.lowlevel.types import RawResponse

T = TypeVar("T")

ERROR_TEXTS = ("error", "message", "detail", "title")
"""Where services put the text of an error; the first one counts (RedenLab contract, section 3;
Dalston contract, section 1; RFC 9457)."""

MAX_RETRY_AFTER = 1e9
"""Seconds: the longest wait that a service is taken to have asked for."""

_MISTAKE = "msg"
"""Where FastAPI puts the text of one mistake among those of a list."""

_AGAIN = re.compile(r"(?i)\bagain in (\d{1,6}(?:\.\d+)?) ?s")
"""How a text says how long to wait, where nothing else does."""

_STORAGE_CODE = re.compile(r"<Code>([A-Za-z]{1,64})</Code>")

_NEWER = "the service may be newer than this SDK; the error's document has what it sent"


def parsed(operation: Operation[..., T], response: RawResponse, redact: Redact | None = None) -> T:
    """The typed body of a success; an optional field that is not as documented is ``None``."""
    try:
        return decoding.tolerant(operation.parse, response)[0]
    except ApiError:
        raise refused(response, redact=redact) from None
    except DecodeError as error:
        raise unexpected(response, error, redact) from None


def json_object(response: RawResponse, redact: Redact | None = None) -> dict[str, Any]:
    """The body as a JSON object."""
    try:
        document = response.json()
    except DecodeError as error:
        raise unexpected(response, error, redact) from None
    if isinstance(document, dict):
        return cast("dict[str, Any]", document)
    mismatch = SchemaError("an object", "an array" if isinstance(document, list) else "a value")
    raise unexpected(response, mismatch, redact)


def refused(
    response: RawResponse, peer: Peer = "api", redact: Redact | None = None
) -> errors.RedenLabError:
    """The typed error for a response without success."""
    status = response.status_code
    meaning = outcome(status, peer)
    document = _document(response)
    text, code = _texts(response, document, peer)
    text = sanitize(text, redact)
    headers = response.headers
    waits = (
        retry_after(headers.get("retry-after"), headers.get("date")),
        _seconds(document.get("retry_after")),
        _seconds(document.get("retryAfter")),
    )
    wait = max((wait for wait in waits if wait is not None), default=None)
    if wait is None and status == 429 and (again := _AGAIN.search(text)):
        wait = float(again[1])
    error = meaning.error(
        f"{PEERS[peer]} answered {status}{_redirect(response)}{': ' if text else ''}{text}",
        status=status,
        code=sanitize(code, redact) if code else None,
        request_id=request_id(response.headers, redact),
        retryable=meaning.retryable,
        retry_after=wait,
        body=sanitize(response.text, redact) if peer in {"api", "discovery"} else None,
    )
    if isinstance(error, errors.BadRequest):
        error.fields = tuple(_fields(document, redact))
    if isinstance(error, errors.NetworkError):
        error.sent = False
    return error


def request_id(headers: Mapping[str, str], redact: Redact | None = None) -> str | None:
    """The service's id of the request, from the headers of its response; fit to be shown."""
    found = types.request_id(headers)
    return None if found is None else sanitize(found, redact)


def retry_after(value: str | None, date: str | None) -> float | None:
    """Seconds requested by a ``Retry-After`` header (RFC 9110, 10.2.3).

    A date is measured against the response's own ``Date`` where there is one, so that a wrong
    local clock does no harm. ``None`` when the header is absent or unreadable.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _until(value, date)
    return min(max(seconds, 0.0), MAX_RETRY_AFTER) if seconds < float("inf") else None


def _until(value: str, date: str | None) -> float | None:
    try:
        now = parsedate_to_datetime(date) if date else datetime.now(UTC)
        pause = parsedate_to_datetime(value) - now
    except (OverflowError, TypeError, ValueError):
        return None
    return min(max(pause.total_seconds(), 0.0), MAX_RETRY_AFTER)


def _document(response: RawResponse) -> dict[str, Any]:
    """The JSON object of an error; empty for HTML and the like."""
    try:
        body = response.json()
    except DecodeError:
        return {}
    failure = trpc.failure(body)  # of a server that was taken for one with plain JSON
    if failure is not None:
        return {"error": failure}
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


def _texts(response: RawResponse, document: Mapping[str, Any], peer: Peer) -> tuple[str, str]:
    """Text and code of an error; none of an authorization server's, which may echo a secret."""
    if peer == "sign-in":
        return "", ""
    if peer == "storage":  # the text of an S3 error says nothing that its code does not
        found = _STORAGE_CODE.search(response.text[:4096])
        return (found[1], found[1]) if found else ("", "")
    return _problem(document, response.text)


def _problem(document: Mapping[str, Any], text: str) -> tuple[str, str]:
    """Text and code of an error.

    The text may be nested, ``{"error": {"code", "message"}}``, and may be a list of mistakes.
    """
    code = document.get("code")
    found: Any = next((document[name] for name in ERROR_TEXTS if document.get(name)), None)
    mistakes = [entry[_MISTAKE] for entry in _objects(found) if entry.get(_MISTAKE)]
    found = "; ".join(map(str, mistakes)) or found
    if isinstance(found, dict):
        inner = cast("dict[str, Any]", found)
        if any(inner.get(name) for name in ERROR_TEXTS):
            nested, inner_code = _problem(inner, text)
            return nested, inner_code or str(code or "")
    if found is not None:
        text = found if isinstance(found, str) else json.dumps(found)
    return text, str(code or "")


def _seconds(value: Any) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return retry_after(str(value), None) if number else None


def _fields(document: Mapping[str, Any], redact: Redact | None) -> Iterator[errors.InvalidField]:
    """What was wrong with which part of the body, where the service says it part by part."""
    for entry in _objects(document.get("invalid_fields")):
        texts = [entry.get(name) for name in ("field", "type", "description")]
        yield errors.InvalidField(*(sanitize(str(text or ""), redact) for text in texts))
    error = document.get("error")
    issues = cast("dict[str, Any]", error).get("issues") if isinstance(error, dict) else None
    for entry in _objects(issues or document.get("details")):
        place = cast("Iterable[Any]", entry.get("path") or ())
        texts = [".".join(map(str, place)), entry.get("code"), entry.get("message")]
        yield errors.InvalidField(*(sanitize(str(text or ""), redact) for text in texts))
    for entry in _objects(document.get("detail")):
        place = cast("Iterable[Any]", entry.get("loc") or ())
        texts = [".".join(map(str, place)), entry.get("type"), entry.get(_MISTAKE)]
        yield errors.InvalidField(*(sanitize(str(text or ""), redact) for text in texts))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list; nothing where it is none."""
    for entry in cast("Iterable[Any]", value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield cast("dict[str, Any]", entry)


def _redirect(response: RawResponse) -> str:
    """Where a redirect points: scheme and host alone, since the rest may be signed."""
    if not 300 <= response.status_code < 400:
        return ""
    try:
        parts = urlsplit(response.headers.get("location", ""))
    except ValueError:
        return " (redirect)"
    return f" (redirect to {parts.scheme}://{parts.hostname})" if parts.hostname else ""


def unexpected(
    response: RawResponse, error: DecodeError, redact: Redact | None = None
) -> errors.UnexpectedResponse:
    """The typed error for a body that is no JSON, or not of the documented shape."""
    readable = isinstance(error, SchemaError)
    unexpected = errors.UnexpectedResponse(
        str(error),
        hint=_NEWER if readable else None,
        status=response.status_code,
        request_id=request_id(response.headers, redact),
        body=sanitize(response.text, redact),
    )
    if readable:
        unexpected.document = response.json()
    return unexpected
