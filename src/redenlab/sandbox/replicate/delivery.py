"""Sends webhooks, signed by Standard Webhooks, to loopback URLs only."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx

from redenlab.core.transport.url_policy import is_loopback
from redenlab.sandbox.replicate.lifecycle import new_id, shares
from redenlab.sandbox.replicate.store import Document
from redenlab.webhooks import Webhook
from redenlab_api.replicate.models.webhook_event import WebhookEvent

COMPLETED, LOGS, OUTPUT, START = get_args(WebhookEvent)
USUAL = (OUTPUT, COMPLETED)
RETRIES = (0.5, 1.0, 2.0)
"""Seconds before each retry of the last event; the real service retries for about a minute."""


def allowed(url: str | None) -> bool:
    """Whether the sandbox sends webhooks to `url`: only to loopback."""
    try:
        return url is not None and is_loopback(urlsplit(url).hostname)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends the events of one prediction.

    Attributes:
        show: Gives the prediction at a time, or now for ``None``, as JSON.
        reached: Waits for a time or the end of the job; true if the time came first.
    """

    secret: str
    show: Callable[[float | None], dict[str, Any]]
    reached: Callable[[float | None], Awaitable[bool]]

    async def run(self, record: Document) -> None:
        """Send each event when it happens, until the job ends."""
        wanted = record.get("webhook_events_filter") or USUAL
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            if START in wanted:
                await self._send(client, record["webhook"], self.show(record["created"]), ())
            (half,) = shares(record, 1)
            if {OUTPUT, LOGS} & set(wanted) and await self.reached(half):
                await self._send(client, record["webhook"], self.show(half), ())
            await self.reached(None)
            if COMPLETED in wanted:
                await self._send(client, record["webhook"], self.show(None), RETRIES)

    async def _send(
        self, client: httpx.AsyncClient, url: str, shown: dict[str, Any], waits: tuple[float, ...]
    ) -> None:
        """Send one delivery; its id is the same in every attempt."""
        document = dict.fromkeys(("output", "started_at", "completed_at")) | shown
        body = json.dumps({"metrics": {}, **document}).encode()
        message_id = f"msg_{new_id()}"
        for wait in (*waits, None):
            headers = Webhook(self.secret).sign(body, message_id)
            headers["Content-Type"] = "application/json"
            if await _accepted(client, url, body, headers) or wait is None:
                return
            await asyncio.sleep(wait)


async def _accepted(
    client: httpx.AsyncClient, url: str, body: bytes, headers: dict[str, str]
) -> bool:
    try:
        return (await client.post(url, content=body, headers=headers)).is_success
    except httpx.HTTPError:
        return False
