"""Presigned URLs: another world than the API, with no key, and no automatic retry of an upload."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from redenlab.core import errors, links
from redenlab.core.auth import Secret
from redenlab.core.events import Uploading
from redenlab.core.io import Upload
from redenlab.core.session import Session, attempted, clean, request_id
from redenlab.core.sources import Recording
from redenlab_api.errors import DecodeError
from redenlab_api.types import Answer

MARGIN = 5.0
"""Seconds before its expiry from which a link is no longer used."""

EXPIRED = frozenset({400, 401, 403, 404, 410})
"""What storages answer to a link that is too old; they agree on neither status nor words."""

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
    _check(Secret(target.url), session.channel.base_url)
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
    begun = session.io.now()
    try:
        answer = await session.io.put(upload, session.deadline)
    except errors.NetworkError as error:
        failure: errors.UploadError | None = _lost(error)
        session.emit(attempted("upload", 1, session.io.now() - begun, failure))
    else:
        failure = None if 200 <= answer.status_code < 300 else _refusal(answer)
        session.emit(attempted("upload", 1, session.io.now() - begun, failure or answer))
    if failure is not None:
        raise failure


async def get(session: Session, url: Secret) -> Any:
    """The JSON behind a presigned link; asked for again where that may help.

    Raises:
        LinkExpired: The link no longer works.
        UnexpectedAnswer: It leads to something else than JSON.
        NetworkError: No whole answer came.
    """
    _check(url, session.channel.base_url)

    async def attempt() -> Any:
        download = Upload("GET", url.reveal(), {"Accept-Encoding": "identity"}, iter(()), _unheard)
        try:
            return _json(await session.io.put(download, session.deadline))
        except errors.NetworkError as error:
            return error.with_traceback(None)

    return await session.again("the download of the result", attempt, idempotent=True)


def _unheard(_: int) -> None:
    """A download sends nothing."""


def _json(answer: Answer) -> Any:
    if answer.status_code in EXPIRED:
        raise errors.LinkExpired(
            f"storage answered {answer.status_code}",
            hint="look at the job again for a new link",
            status=answer.status_code,
            retryable=True,
        )
    if not 200 <= answer.status_code < 300:
        raise errors.NetworkError(
            f"storage answered {answer.status_code}",
            status=answer.status_code,
            retryable=answer.status_code >= 500,
            body=clean(answer.text),
        )
    try:
        return answer.json()
    except DecodeError as error:
        problem = str(error)
    raise errors.UnexpectedAnswer(f"the link to the result leads to no JSON: {problem}")


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


def _check(url: Secret, base_url: str) -> None:
    """A link must not point into the caller's own network, nor travel in the clear."""
    problem = links.refusal(url.reveal(), base_url)
    if problem is not None:
        host = _host(url.reveal())
        raise errors.UploadError(
            f"the service sent a link that cannot be trusted: it {problem} (host {host})",
            hint="nothing was sent there; check the base URL",
        )


def _host(url: str) -> str:
    try:
        return clean(urlsplit(url).hostname or "none")
    except ValueError:
        return "none"
