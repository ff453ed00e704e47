"""The storage of the sandbox: PUT of recordings and GET of results by presigned URL, as in S3.

Requests that S3 refuses are refused here with the same errors: a changed link, another content
type, a chunked body, an API key. So a mistake is found without an account.
"""

import json
import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from redenlab.core.files.recording import MAX_BYTES
from redenlab.sandbox import signing
from redenlab.sandbox.folder import Folder, Incoming
from redenlab.sandbox.records import Records
from redenlab.sandbox.responses import with_request_id
from redenlab.sandbox.shapes import shape

BUFFER_BYTES = 1024 * 1024
"""Bytes buffered in memory before they are written."""

_METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
_CREDENTIALS = ("x-api-key", "authorization")


class Refused(Exception):
    """A request that S3 refuses."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """`code` is the S3 error code."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class Storage:
    """The storage host.

    Attributes:
        leaked_keys: Number of requests that carried API credentials.
    """

    def __init__(self, records: Records, folder: Folder, secret: str) -> None:
        """Accept links signed with `secret`."""
        self._records = records
        self._folder = folder
        self._secret = secret
        self.leaked_keys: int = 0

    def app(self) -> ASGIApp:
        """The storage host as an ASGI application."""
        refusals = dict.fromkeys((Refused, HTTPException, ClientDisconnect, Exception), _refusal)
        routes = [Route("/{key:path}", self.serve, methods=_METHODS)]
        return with_request_id(
            Starlette(routes=routes, exception_handlers=refusals), "x-amz-request-id"
        )

    async def serve(self, request: Request) -> Response:
        """Receive a recording, or send a file, as the link allows."""
        self._authorise(request)
        key = request.path_params["key"]
        if request.method == "GET":
            return await run_in_threadpool(self._file, key)
        size = _length(request)
        with self._records.transaction() as transaction:
            upload = transaction.upload_at(key)
        if upload is None:
            raise _no_such_key()
        with self._folder.incoming(upload.upload_id) as incoming:
            await _receive(request, incoming, size)
            etag = await run_in_threadpool(incoming.keep)
        with self._records.transaction() as transaction:
            transaction.arrived(upload.upload_id, time.time())
        return Response(headers={"ETag": f'"{etag}"'})

    def _file(self, key: str) -> Response:
        """A linked part of a result: ``results/<job>.<kind>``."""
        job_id, _, kind = key.removeprefix("results/").rpartition(".")
        with self._records.transaction() as transaction:
            job = transaction.job(job_id)
        if job is None or job.result is None or job.model is None:
            raise _no_such_key()
        found = shape(job.model, json.loads(job.result), linked=job.linked)
        if kind == "json" and found.file is not None:
            return Response(json.dumps(found.file), media_type="application/json")
        if kind not in found.subtitles:
            raise _no_such_key()
        return Response(found.subtitles[kind], media_type="text/plain")

    def _authorise(self, request: Request) -> None:
        if any(name in request.headers for name in _CREDENTIALS):
            self.leaked_keys += 1
            raise Refused(400, "InvalidArgument", "Only one auth mechanism allowed.")
        query = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        claimed = "".join(value for name, value in query if name == "X-Amz-Signature")
        if not claimed:
            raise Refused(403, "AccessDenied", "Access Denied")
        covered = [pair for pair in query if pair[0] != "X-Amz-Signature"]
        signed = signing.Signed(request.method, request.scope["path"], covered, request.headers)
        try:
            signing.check(signed, claimed, self._secret, datetime.now(UTC))
        except signing.BadSignature:
            raise Refused(
                403,
                "SignatureDoesNotMatch",
                "The request differs from the one that was signed (method, path, query, headers).",
            ) from None
        except signing.Expired:
            raise Refused(403, "AccessDenied", "Request has expired") from None


def _no_such_key() -> Refused:
    return Refused(404, "NoSuchKey", "The specified key does not exist.")


async def _receive(request: Request, incoming: Incoming, size: int) -> None:
    """Write the body while it arrives.

    Raises:
        ClientDisconnect: It ended before `size` bytes.
    """
    buffer = bytearray()
    async for chunk in request.stream():
        buffer += chunk
        size -= len(chunk)
        if buffer and (len(buffer) >= BUFFER_BYTES or not size):
            await run_in_threadpool(incoming.write, bytes(buffer))
            buffer.clear()


def _length(request: Request) -> int:
    """The declared length of the body.

    Raises:
        Refused: There is none, or it exceeds the limit of one PUT.
    """
    length = request.headers.get("content-length")
    if length is None or "transfer-encoding" in request.headers:
        raise Refused(411, "MissingContentLength", "Content-Length is required.")
    if int(length) > MAX_BYTES:
        raise Refused(400, "EntityTooLarge", "The upload exceeds the maximum allowed size.")
    return int(length)


async def _refusal(_: Request, error: Exception) -> Response:
    """An error response in the XML of S3."""
    match error:
        case Refused():
            refused = error
        case HTTPException():
            refused = Refused(error.status_code, "MethodNotAllowed", error.detail)
        case ClientDisconnect():  # the client has disconnected
            refused = Refused(400, "IncompleteBody", "The connection was closed.")
        case _:
            refused = Refused(500, "InternalError", "We encountered an internal error.")
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{refused.code}</Code><Message>{escape(refused.message)}</Message></Error>"
    )
    # Keeping the connection would require reading and discarding the whole body.
    headers = {"Connection": "close"} if refused.code == "EntityTooLarge" else None
    return Response(body, refused.status, headers, media_type="application/xml")
