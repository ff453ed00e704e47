"""Presigned URLs by AWS Signature Version 4 for query strings.

The signature covers the method, the path, every query parameter and the headers named in
``X-Amz-SignedHeaders``, so no part of a link can be changed without the secret. Rules: AWS
documentation, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode

ALGORITHM: Final = "AWS4-HMAC-SHA256"

_ACCESS_KEY = "SANDBOX"
_SCOPE = "local/s3/aws4_request"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of a request that a signature covers.

    Attributes:
        path: Percent-decoded.
        query: Every parameter except the signature, decoded.
        headers: The signed headers, for `check` also others; names in lower case.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]


class BadSignature(Exception):
    """The request is not the one that was signed."""


class Expired(Exception):
    """The request was signed too long ago."""


def link(request: Signed, origin: str, secret: str, seconds: int, now: datetime) -> str:
    """The URL that allows `request` for `seconds`, counted from `now` (UTC).

    All its headers are signed, and must be sent unchanged.
    """
    stamp = now.strftime(_STAMP)
    query = [
        *request.query,
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{_ACCESS_KEY}/{stamp[:8]}/{_SCOPE}"),
        ("X-Amz-Date", stamp),
        ("X-Amz-Expires", str(seconds)),
        ("X-Amz-SignedHeaders", ";".join(sorted(request.headers))),
    ]
    complete = Signed(request.method, request.path, query, request.headers)
    query.append(("X-Amz-Signature", signature(complete, secret)))
    return f"{origin}{quote(request.path, safe='/')}?{urlencode(query, quote_via=quote)}"


def check(request: Signed, claimed: str, secret: str, now: datetime) -> None:
    """Compare the signature that a request `claimed` with the one it should have.

    Raises:
        BadSignature: They differ: a signed part of the request was changed.
        Expired: They agree, but the link has expired.
    """
    if not hmac.compare_digest(signature(request, secret).encode(), claimed.encode()):
        raise BadSignature
    query = dict(request.query)
    signed = datetime.strptime(query["X-Amz-Date"], _STAMP).replace(tzinfo=UTC)
    if now >= signed + timedelta(seconds=int(query["X-Amz-Expires"])):
        raise Expired


def signature(request: Signed, secret: str) -> str:
    """The signature of `request`, in hexadecimal digits."""
    query = dict(request.query)
    scope = query.get("X-Amz-Credential", "").partition("/")[2]
    names = query.get("X-Amz-SignedHeaders", "")
    pairs = [(quote(name, safe=""), quote(value, safe="")) for name, value in request.query]
    canonical = [
        request.method,
        quote(request.path, safe="/"),
        "&".join(f"{name}={value}" for name, value in sorted(pairs)),
        *(f"{name}:{request.headers.get(name, '')}" for name in names.split(";")),
        "",
        names,
        "UNSIGNED-PAYLOAD",
    ]
    digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    text = "\n".join([ALGORITHM, query.get("X-Amz-Date", ""), scope, digest])
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()
