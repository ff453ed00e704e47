"""Bare HTTP to a sandbox, as a script would speak it, past everything that the SDK does."""

import logging
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from faulty_server import PATIENCE
from redenlab.sandbox import Sandbox


class Caller:
    """Bare HTTP to a sandbox: one client for the API with the key, one for storage without."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.api = httpx.Client(
            base_url=sandbox.url,
            headers={"X-Api-Key": sandbox.api_key},
            trust_env=False,
            verify=False,  # there is no TLS here, and loading certificates takes its time
        )
        self.storage = httpx.Client(trust_env=False, verify=False)

    def ticket(self, filename: str = "a.wav", content_type: str = "audio/wav") -> dict[str, Any]:
        body = {"filename": filename, "content_type": content_type}
        response = self.api.post("/upload-url", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def put(self, ticket: dict[str, Any], content: bytes, **headers: str) -> httpx.Response:
        given = {"Content-Type": "audio/wav", **headers}
        return self.storage.put(ticket["upload_url"], content=content, headers=given)

    def uploaded(self, content: bytes) -> dict[str, Any]:
        ticket = self.ticket()
        assert self.put(ticket, content).status_code == 200
        return ticket

    def predict(
        self, ticket: dict[str, Any], model: str = "intelligibility", **changes: str
    ) -> httpx.Response:
        names = {"job_id": ticket["job_id"], "file_key": ticket["file_key"]}
        return self.api.post(f"/{model}/predict", json={**names, **changes})

    def result(self, ticket: dict[str, Any], **query: str) -> httpx.Response:
        return self.api.get(f"/result/{ticket['job_id']}", params=query)

    def ended(self, ticket: dict[str, Any]) -> dict[str, Any]:
        """The job once it has ended, one way or the other."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            job = dict(self.result(ticket).json())
            if job["status"] in {"completed", "failed"}:
                return job
            time.sleep(0.01)
        raise AssertionError("the job does not end")

    def close(self) -> None:
        self.api.close()
        self.storage.close()


Call = Callable[[Sandbox], Caller]


def complaints(caplog: pytest.LogCaptureFixture) -> list[int]:
    """The levels of all log records that are more than talk."""
    return [each.levelno for each in caplog.records if each.levelno >= logging.WARNING]
