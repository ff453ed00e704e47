"""The storage of the sandbox: takes recordings and gives results by presigned URL, strict as S3.

Whatever a real store refuses is refused here too, in S3's words, so that a mistake shows before
an account exists: a changed link, another content type, a chunked body, an API key sent along.
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
from redenlab.sandbox.answers import tagged
from redenlab.sandbox.folder import Folder, Incoming
from redenlab.sandbox.records import Records
from redenlab.sandbox.shapes import shape

PIECE = 1024 * 1024
"""Bytes that are held in memory before they are written."""

_METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
_CREDENTIALS = ("x-api-key", "authorization")


class Refused(Exception):
    """A request that S3 would not serve."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """`code` is S3's name of the error."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class Storage:
    """The storage host.

    Attributes:
        leaked_keys: Requests that carried credentials which are none of storage's business.
    """

    def __init__(self, records: Records, folder: Folder, secret: str) -> None:
        """Accept links that were signed with `secret`."""
        self._records = records
        self._folder = folder
        self._secret = secret
        self.leaked_keys: int = 0

    def app(self) -> ASGIApp:
        """The storage host as an ASGI application."""
        refusals = dict.fromkeys((Refused, HTTPException, ClientDisconnect, Exception), _refusal)
        routes = [Route("/{key:path}", self.serve, methods=_METHODS)]
        return tagged(Starlette(routes=routes, exception_handlers=refusals), "x-amz-request-id")

    async def serve(self, request: Request) -> Response:
        """Take a recording, or give a file; a link allows nothing else."""
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
        """A part of a result that is behind a link: ``results/<job>.<kind>``."""
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
    """Write the body down as it comes; the server sees to it that it is not shorter than `size`.

    Raises:
        ClientDisconnect: It ended early.
    """
    buffer = bytearray()
    async for piece in request.stream():
        buffer += piece
        size -= len(piece)
        if buffer and (len(buffer) >= PIECE or not size):
            await run_in_threadpool(incoming.write, bytes(buffer))
            buffer.clear()


def _length(request: Request) -> int:
    """The declared length of the body.

    Raises:
        Refused: There is none, or it is more than one PUT may bring.
    """
    length = request.headers.get("content-length")
    if length is None or "transfer-encoding" in request.headers:
        raise Refused(411, "MissingContentLength", "Content-Length is required.")
    if int(length) > MAX_BYTES:
        raise Refused(400, "EntityTooLarge", "The upload exceeds the maximum allowed size.")
    return int(length)


async def _refusal(_: Request, error: Exception) -> Response:
    """An error in the form that S3 gives it."""
    match error:
        case Refused():
            refused = error
        case HTTPException():
            refused = Refused(error.status_code, "MethodNotAllowed", error.detail)
        case ClientDisconnect():  # the client has gone
            refused = Refused(400, "IncompleteBody", "The connection was closed.")
        case _:
            refused = Refused(500, "InternalError", "We encountered an internal error.")
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{refused.code}</Code><Message>{escape(refused.message)}</Message></Error>"
    )
    # A body of this size would have to be thrown away byte by byte to keep the connection.
    headers = {"Connection": "close"} if refused.code == "EntityTooLarge" else None
    return Response(body, refused.status, headers, media_type="application/xml")
