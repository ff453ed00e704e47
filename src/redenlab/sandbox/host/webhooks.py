"""Webhooks about jobs, signed, to loopback URLs only."""

import asyncio
import json
import secrets
from collections.abc import Sequence

import httpx

from redenlab.core.transport.url_policy import host_of, is_loopback, problem_with
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.faults import Faults, Kind
from redenlab.sandbox.host.served import Served, hook, recording
from redenlab.webhooks import Webhook

INTERVAL = 0.03
"""Seconds between two looks at a job."""

RETRIES = (0.5, 1.0, 2.0)
"""Seconds before each retry of the last event."""


class Webhooks:
    """Sends what happens to jobs of all backends to the URLs that their submits named."""

    def __init__(self, served: Sequence[Served], secret: str, faults: Faults) -> None:
        """Sign with `secret`."""
        self._served = served
        self._secret = secret
        self._signer = Webhook(secret)
        self._faults = faults

    async def run(self) -> None:
        """Send, until cancelled."""
        async with (
            httpx.AsyncClient(trust_env=False, timeout=10) as client,
            asyncio.TaskGroup() as jobs,
        ):
            while True:
                for served in self._served:
                    while served.hooked:
                        jobs.create_task(self._follow(client, served, served.hooked.pop(0)))
                await asyncio.sleep(INTERVAL)

    async def _follow(self, client: httpx.AsyncClient, served: Served, job: ServedJob) -> None:
        """Send each event of a job when it happens."""
        url = hook(served.backend, job)
        if not _is_ours(url):
            return

        def taken(kind: Kind) -> bool:
            at, file = f"{served.name}/webhook", recording(job)
            found = self._faults.take({kind}, at, step="webhook", model=job.model, file=file)
            return found is not None

        late: list[tuple[str, bytes]] = []
        events = served.backend.events(job)
        is_mixed = len(events) > 1 and taken("webhook-order")
        for event, share in events:
            while job.course.ended is None and (share is None or job.course.share < share):
                job.course.look()
                await asyncio.sleep(INTERVAL)
            if share is not None and job.course.share < share:
                continue  # it ended before
            with served.lock:
                body = json.dumps(served.backend.delivery(job, event)).encode()
            message_id = f"msg_{secrets.token_hex(13)}"
            if share is not None and is_mixed:
                late.append((message_id, body))
                continue
            await self._send(
                client, served, url, message_id, body, RETRIES if share is None else ()
            )
            if taken("webhook-twice"):
                await self._send(client, served, url, message_id, body, ())
        for message_id, body in late:
            await self._send(client, served, url, message_id, body, ())

    async def _send(  # noqa: PLR0913 - what is sent, where to, and how often
        self,
        client: httpx.AsyncClient,
        served: Served,
        url: str,
        message_id: str,
        body: bytes,
        waits: tuple[float, ...],
    ) -> None:
        """Send one delivery; its id is the same in every attempt."""
        for wait in (*waits, None):
            signed = self._signer.sign(body, message_id)
            moment = int(signed["webhook-timestamp"])
            own = served.backend.signature(self._secret, body, moment)
            headers = {**signed, **own, "Content-Type": "application/json"}
            try:
                accepted = (await client.post(url, content=body, headers=headers)).is_success
            except httpx.HTTPError:
                accepted = False
            if accepted or wait is None:
                return
            await asyncio.sleep(wait)


def _is_ours(url: str) -> bool:
    """Whether the sandbox sends webhooks to a URL: only to loopback."""
    return problem_with(url, url) is None and is_loopback(host_of(url).strip("[]"))
