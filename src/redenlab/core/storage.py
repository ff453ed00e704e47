"""Presigned URLs: another world than the API, with no key, and no automatic retry of an upload."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redenlab.core import errors
from redenlab.core.events import Uploading
from redenlab.core.io import Upload
from redenlab.core.links import origin, trusted
from redenlab.core.session import Session, clean, request_id
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


async def get(session: Session, url: str) -> Any:
    """The JSON behind a presigned link; asked for again where that may help.

    Raises:
        LinkExpired: The link no longer works.
        UnexpectedAnswer: It leads to something else than JSON.
        NetworkError: No whole answer came.
    """
    _refuse_unsafe(url, session.channel.base_url)

    async def attempt() -> Any:
        download = Upload("GET", url, {"Accept-Encoding": "identity"}, iter(()), _unheard)
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


def _refuse_unsafe(url: str, base_url: str) -> None:
    if not trusted(url, base_url):
        raise errors.UploadError(
            f"the service sent a link that cannot be trusted (host {clean(origin(url))})",
            hint="it has to be https; check the base URL",
        )
