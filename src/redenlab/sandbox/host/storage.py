"""The storage of the sandbox: PUT and GET by presigned URL, as strict as S3.

So a mistake is found without an account: a changed link, another content type, an API key.
"""

import base64
import hashlib
import logging
import re
import secrets
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from redenlab.core.files.recording import MAX_BYTES
from redenlab.sandbox.host import signing
from redenlab.sandbox.host.incoming import Incoming
from redenlab.sandbox.host.refusals import Refused

MAX_HEADER_BYTES = 16 * 1024
"""The limit of radosgw for all header lines; the request line does not count."""

_METHODS = {"GET", "HEAD", "PUT", "POST", "DELETE"}
_CREDENTIALS = ("x-api-key", "authorization")

_log = logging.getLogger(__name__)


class Objects(Protocol):
    """What a storage holds. Its methods are called in worker threads."""

    def expects(self, key: str) -> bool:
        """Whether an object may be PUT there."""
        ...

    def arrived(
        self, key: str, path: Path, digest: str, etag: str, headers: Mapping[str, str]
    ) -> None:
        """Take over a complete upload: rename the temporary file `path`.

        `digest` is the SHA-256 of its bytes and `etag` the MD5, both in hexadecimal digits.
        """

    def content(self, key: str) -> tuple[bytes | Path, str] | None:
        """What a GET sends, and its media type; ``None`` if there is no object."""

    def exists(self, key: str) -> bool:
        """Whether there is an object."""
        ...


class Storage:
    """The storage host.

    Attributes:
        leaked_keys: Number of requests that carried API credentials.
    """

    def __init__(self, objects: Objects, secret: str, incoming: Path) -> None:
        """Accept links signed with `secret`; `incoming` is the folder of incomplete uploads."""
        self._objects = objects
        self._secret = secret
        self._incoming = incoming
        self._arriving = threading.Lock()
        self.leaked_keys: int = 0

    def app(self) -> ASGIApp:
        """The storage host as an ASGI application."""

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            response = await self._answer(Request(scope, receive))
            response.headers["x-amz-request-id"] = secrets.token_hex(16)
            await response(scope, receive, send)

        return serve

    async def _answer(self, request: Request) -> Response:
        try:
            self._authorise(request)
            key = request.scope["path"].removeprefix("/")
            if request.method == "PUT":
                return await self._put(request, key)
            if request.method in {"GET", "HEAD"}:
                return await run_in_threadpool(self._get, key)
            return Refused("MethodNotAllowed").response()  # POST and DELETE, which no link is for
        except Refused as refused:
            return refused.response()
        except ClientDisconnect:
            return Refused("IncompleteBody").response()
        except Exception:  # noqa: BLE001 - the connection has to be answered
            _log.exception("the storage could not answer a request")
            return Refused("InternalError").response()

    def _authorise(self, request: Request) -> None:
        if request.method not in _METHODS:
            raise Refused("MethodNotAllowed")
        if sum(len(b": \r\n".join(line)) for line in request.headers.raw) > MAX_HEADER_BYTES:
            raise Refused("RequestHeaderSectionTooLarge")
        if any(name in request.headers for name in _CREDENTIALS):
            self.leaked_keys += 1
            raise Refused("InvalidArgument")
        query = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        signed = signing.Signed(request.method, request.scope["path"], query, request.headers)
        signing.check(signed, self._secret, datetime.now(UTC))

    async def _put(self, request: Request, key: str) -> Response:
        size, md5 = _length(request), _content_md5(request)
        if not await run_in_threadpool(self._objects.expects, key):
            raise Refused("NoSuchKey")
        await run_in_threadpool(self._check_absent, request, key)
        with Incoming(self._incoming) as incoming:
            await incoming.receive(request, size)
            _check_body(incoming, md5, request.headers.get(signing.PAYLOAD))
            await run_in_threadpool(self._keep, request, key, incoming)
        return Response(headers={"ETag": f'"{incoming.etag}"'})

    def _keep(self, request: Request, key: str, incoming: Incoming) -> None:
        with self._arriving:  # of two conditional uploads at the same time, one is refused
            self._check_absent(request, key)
            self._objects.arrived(
                key, incoming.path, incoming.digest, incoming.etag, request.headers
            )

    def _check_absent(self, request: Request, key: str) -> None:
        if request.headers.get("if-none-match") == "*" and self._objects.exists(key):
            raise Refused("PreconditionFailed")

    def _get(self, key: str) -> Response:
        found = self._objects.content(key)
        if found is None:
            raise Refused("NoSuchKey")
        content, media_type = found
        if isinstance(content, Path):
            return FileResponse(content, media_type=media_type)
        etag = hashlib.md5(content, usedforsecurity=False).hexdigest()
        return Response(content, headers={"ETag": f'"{etag}"'}, media_type=media_type)


def _length(request: Request) -> int:
    """The declared length of the body."""
    length = request.headers.get("content-length")
    if length is None or "transfer-encoding" in request.headers:
        raise Refused("MissingContentLength")
    if int(length) > MAX_BYTES:
        raise Refused("EntityTooLarge")
    return int(length)


def _content_md5(request: Request) -> str | None:
    """The declared MD5 of the body, in hexadecimal digits."""
    given = request.headers.get("content-md5")
    if given is not None and not re.fullmatch("[A-Za-z0-9+/]{22}==", given):
        raise Refused("InvalidDigest")
    return None if given is None else base64.b64decode(given).hex()


def _check_body(incoming: Incoming, md5: str | None, sha256: str | None) -> None:
    """Compare the digests of a body with those that its request declared, if it did."""
    if sha256 not in {None, signing.UNSIGNED_PAYLOAD, incoming.digest}:
        raise Refused("XAmzContentSHA256Mismatch")
    if md5 not in {None, incoming.etag}:
        raise Refused("BadDigest")
