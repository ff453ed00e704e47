"""Uploads to presigned URLs: another world than the API, with no key and no automatic retry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from redenlab.core import errors
from redenlab.core.config import is_loopback
from redenlab.core.events import Uploading
from redenlab.core.io import Upload
from redenlab.core.session import Session, clean, request_id
from redenlab.core.sources import Recording
from redenlab_api.types import Answer

MARGIN = 5.0
"""Seconds before its expiry from which a link is no longer used."""

_CODE = r"<Code>([A-Za-z]{1,64})</Code>"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a recording goes.

    Attributes:
        url: Presigned, and a secret while it is valid.
        headers: Signed with the URL, so sent to the letter.
        expires: Monotonic seconds at which the URL stops working; ``None`` when nobody said.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str]
    expires: float | None
    method: str = "PUT"


async def put(session: Session, recording: Recording, target: Target) -> None:
    """Send `recording` to `target`, once.

    Raises:
        UploadError: The link is unusable or too old to begin with, or storage refused it or was
            lost on the way.
        FileChanged: The recording changed while it was read.
        UploadTimeout: The deadline passed.
    """
    _refuse_unsafe(target.url, session.channel.base_url)
    if target.expires is not None and session.io.now() > target.expires - MARGIN:
        raise errors.UploadError(
            "the upload link has expired", hint="submit again to get a new one", retryable=True
        )
    sent = 0

    def count(size: int) -> None:
        nonlocal sent
        sent += size
        session.emit(Uploading(sent, recording.size))

    headers = {**target.headers, "Content-Length": str(recording.size)}
    upload = Upload(target.method, target.url, headers, recording.chunks(), count)
    try:
        answer = await session.io.put(upload, session.deadline)
    except errors.NetworkError as error:
        failure = _lost(error)
    else:
        if 200 <= answer.status_code < 300:
            return
        failure = _refusal(answer)
    raise failure


def _lost(error: errors.NetworkError) -> errors.UploadError:
    late = isinstance(error, errors.RequestTimeout)
    kind = errors.UploadTimeout if late else errors.UploadError
    return kind(
        f"the upload failed: {error.message}; nothing was submitted",
        hint="submit again; uploads are not retried by themselves",
        attempts=1,
        retryable=True,
    )


def _refusal(answer: Answer) -> errors.UploadError:
    code = re.search(_CODE, answer.text[:4096])
    return errors.UploadError(
        f"storage answered {answer.status_code}{f' {code[1]}' if code else ''}",
        hint="the link may have expired, or the content type may differ from the one asked for",
        status=answer.status_code,
        code=code[1] if code else None,
        request_id=answer.headers.get("x-amz-request-id") or request_id(answer),
        attempts=1,
        retryable=answer.status_code >= 500,
        body=clean(answer.text),
    )


def _refuse_unsafe(url: str, base_url: str) -> None:
    """A link must not point into the caller's own network, nor travel in the clear."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    else:
        local = is_loopback(host) and is_loopback(urlsplit(base_url).hostname)
        odd = "\\" in url or not url.isprintable() or "@" in parts.netloc
        if host and not odd and (local or (parts.scheme == "https" and not is_loopback(host))):
            return
    raise errors.UploadError(
        f"the service sent an upload link that cannot be trusted (host {clean(host or 'none')})",
        hint="it has to be https; check the base URL",
    )
