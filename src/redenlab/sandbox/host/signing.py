"""Presigned URLs by AWS Signature Version 4 for query strings.

The signature covers the method, the path, every query parameter and the headers named in
``X-Amz-SignedHeaders``, so no part of a link can be changed without the secret. Rules: AWS
documentation, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode

from redenlab.sandbox.host.refusals import Refused

ALGORITHM: Final = "AWS4-HMAC-SHA256"
ACCESS_KEY: Final = "SANDBOX"
MAX_SECONDS: Final = 7 * 24 * 3600
UNSIGNED_PAYLOAD: Final = "UNSIGNED-PAYLOAD"
PAYLOAD: Final = "x-amz-content-sha256"
"""The header whose value the signature covers as the digest of the body."""

_SIGNATURE = "X-Amz-Signature"
_SCOPE = "local/s3/aws4_request"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of a request that a signature covers.

    Attributes:
        path: Percent-decoded.
        query: Every parameter, decoded; for `check` with the signature.
        headers: The signed headers, for `check` also others; names in lower case.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]


def link(request: Signed, origin: str, secret: str, seconds: int, now: datetime) -> str:
    """The URL that allows `request` for `seconds`, counted from `now` (UTC).

    All its headers are signed, and must be sent unchanged.
    """
    stamp = now.strftime(_STAMP)
    query = [
        *request.query,
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{ACCESS_KEY}/{stamp[:8]}/{_SCOPE}"),
        ("X-Amz-Date", stamp),
        ("X-Amz-Expires", str(seconds)),
        ("X-Amz-SignedHeaders", ";".join(sorted(request.headers))),
    ]
    query.append((_SIGNATURE, signature(replace(request, query=query), secret)))
    return f"{origin}{quote(request.path, safe='/')}?{urlencode(query, quote_via=quote)}"


def check(request: Signed, secret: str, now: datetime) -> None:
    """Check the link that a request was made with.

    Raises:
        Refused: It is malformed or too old, or the request is not the one that was signed.
    """
    query = dict(request.query)
    claimed = "".join(value for name, value in request.query if name == _SIGNATURE)
    needed = [query.get(name) for name in ("X-Amz-Credential", "X-Amz-SignedHeaders")]
    if not claimed or not all(needed) or query.get("X-Amz-Algorithm") != ALGORITHM:
        raise Refused("AccessDenied")
    credential = re.fullmatch("([^/]*)(/[^/]*){3}/aws4_request", query["X-Amz-Credential"])
    if not _valid(query, now):
        raise Refused("AccessDenied", "The link has expired, or has no valid date and life.")
    if credential is None:
        raise Refused("InvalidArgument", "The credential of the link is malformed.")
    if credential[1] != ACCESS_KEY:
        raise Refused("InvalidAccessKeyId")
    if not hmac.compare_digest(signature(request, secret).encode(), claimed.encode()):
        raise Refused("SignatureDoesNotMatch")
    covered = {*query["X-Amz-SignedHeaders"].split(";"), PAYLOAD}
    if any(name.startswith("x-amz-") and name not in covered for name in request.headers):
        raise Refused("AccessDenied", "There were x-amz headers which were not signed.")


def signature(request: Signed, secret: str) -> str:
    """The signature of `request`, in hexadecimal digits; one in its query is left out."""
    query = dict(request.query)
    scope = query.get("X-Amz-Credential", "").partition("/")[2]
    names = query.get("X-Amz-SignedHeaders", "")
    pairs = [(quote(name, safe=""), quote(value, safe="")) for name, value in request.query]
    canonical = [
        request.method,
        quote(request.path, safe="/"),
        "&".join(f"{name}={value}" for name, value in sorted(pairs) if name != _SIGNATURE),
        *(f"{name}:{request.headers.get(name, '')}" for name in names.split(";")),
        "",
        names,
        request.headers.get(PAYLOAD, UNSIGNED_PAYLOAD),
    ]
    digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    text = "\n".join([ALGORITHM, query.get("X-Amz-Date", ""), scope, digest])
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


def _valid(query: Mapping[str, str], now: datetime) -> bool:
    """Whether the link was signed for at most seven days, and these are not over."""
    try:
        signed = datetime.strptime(query["X-Amz-Date"], _STAMP).replace(tzinfo=UTC)
        seconds = int(query["X-Amz-Expires"])
    except (KeyError, ValueError):
        return False
    return 0 <= seconds <= MAX_SECONDS and now - signed < timedelta(seconds=seconds)
