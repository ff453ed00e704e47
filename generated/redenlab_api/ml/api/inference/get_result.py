"""`GET /result/{job_id}`: Look at a job.

Documented statuses: 200, 401, 403, 404, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.job_result import JobResult

OPERATION = "get_result"
METHOD = "GET"
PATH = "/result/{job_id}"
IDEMPOTENT = True


def build(
    job_id: str,
    *,
    model: str | Unset = UNSET,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/result/{codec.segment(job_id)}",
        query=codec.query(
            {
                "model": model,
            }
        ),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> JobResult:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.job_result import JobResult  # noqa: PLC0415

        return JobResult.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    job_id: str,
    *,
    client: Client,
    model: str | Unset = UNSET,
) -> Response[JobResult]:
    """Look at a job, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        job_id=job_id,
        model=model,
    )
    return client.send(request, parse)


def sync(
    job_id: str,
    *,
    client: Client,
    model: str | Unset = UNSET,
) -> JobResult:
    """Look at a job.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        job_id=job_id,
        model=model,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    job_id: str,
    *,
    client: Client,
    model: str | Unset = UNSET,
) -> Response[JobResult]:
    """Look at a job, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        job_id=job_id,
        model=model,
    )
    return await client.send_async(request, parse)


async def asyncio(
    job_id: str,
    *,
    client: Client,
    model: str | Unset = UNSET,
) -> JobResult:
    """Look at a job.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        job_id=job_id,
        model=model,
    )
    return (await client.send_async(request, parse)).parsed
