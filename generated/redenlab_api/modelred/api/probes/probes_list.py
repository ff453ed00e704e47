"""`GET /api/probes`: List the probes.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.severity import Severity
    from ...models.tier import Tier

OPERATION = "probes.list"
METHOD = "GET"
PATH = "/api/probes"
IDEMPOTENT = True


def build(
    *,
    category: str | None = None,
    tier: Tier | None = None,
    severity: Severity | None = None,
    page_size: int | None = 200,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/probes",
        query=encoding.query(
            {"category": category, "tier": tier, "severity": severity, "pageSize": page_size}
        ),
    )


def parse(response: RawResponse) -> models.ProbeAnswer:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ProbeAnswer.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
