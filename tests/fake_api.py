"""A RedenLab service in memory, with faults on demand: the server side of most tests.

It speaks to all three drivers: as an httpx transport for the blocking and the async client, and
as a script for virtual time. What it did is counted, so that a test can say "exactly one job".
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from redenlab.core.errors import NetworkError
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse
from virtual_io import Slow

KEY = "sk_test_1234567890"
BASE = "https://api.example.com/prod"
STORAGE = "https://storage.example.com"


@dataclass(frozen=True)
class Lost:
    """The connection breaks; `acted` says whether the service had done its work by then."""

    acted: bool


@dataclass(frozen=True)
class Say:
    """Answer this instead of working."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


Fault = Lost | Say | Slow | None


def say(status: int, document: Any = None, **headers: str) -> Say:
    """A JSON answer."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Say(status, json.dumps(document if document is not None else {}).encode(), names)


class FakeApi:
    """Plays the API and the storage.

    Attributes:
        faults: What the next calls of an operation meet, in order; ``None`` is a good one.
        polls: How many polls of a job return ``processing`` before its end.
        registered_after: How many submits answer 409 before the upload counts as arrived.
        calls: How often each operation was called.
        started: Ids of the jobs that were started, once for every start.
        seen: Every message, in order.
    """

    def __init__(self, *, polls: int = 2, registered_after: int = 0) -> None:
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.polls = polls
        self.registered_after = registered_after
        self.result: Any = {"intelligibility_score": 0.85}
        self.ending: dict[str, Any] = {"status": "completed"}
        self.calls: Counter[str] = Counter()
        self.started: list[str] = []
        self.seen: list[OutgoingRequest] = []
        self.stored: dict[str, bytes] = {}
        self.expires_in = 900
        self.upload_url = STORAGE + "/uploads/{}/audio.wav?X-Amz-Signature=5ecre7"
        self._looks: Counter[str] = Counter()
        self._pending: Counter[str] = Counter()

    # -- the three ways in

    def __call__(self, message: OutgoingRequest) -> RawResponse | Slow | NetworkError:
        """As a script for `VirtualIo`."""
        operation = self._operation(message)
        self.calls[operation] += 1
        self.seen.append(message)
        fault = self.faults[operation].pop(0) if self.faults[operation] else None
        if isinstance(fault, Say):
            return RawResponse(fault.status, httpx.Headers(dict(fault.headers)), fault.body)
        if isinstance(fault, Slow):
            return fault
        if isinstance(fault, Lost) and not fault.acted:
            return _lost()
        response = self._work(operation, message)
        return _lost() if isinstance(fault, Lost) else response

    def transport(self) -> httpx.MockTransport:
        """For the blocking and the async client."""
        return httpx.MockTransport(self._handle)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        headers = {name.title(): value for name, value in request.headers.items()}
        played = self(OutgoingRequest(request.method, str(request.url), headers, request.content))
        if isinstance(played, NetworkError):
            raise httpx.ReadError("connection reset", request=request)
        if isinstance(played, Slow):
            raise httpx.ReadTimeout("slow", request=request)
        return httpx.Response(
            played.status_code, headers=dict(played.headers), content=played.content
        )

    # -- what it does

    def _operation(self, message: OutgoingRequest) -> str:
        path = urlsplit(message.url).path
        if message.method == "PUT":
            return "put"
        if path.endswith("/upload-url"):
            return "create_upload_url"
        return "predict" if path.endswith("/predict") else "get_result"

    def _work(self, operation: str, message: OutgoingRequest) -> RawResponse:
        parts = urlsplit(message.url)
        if operation == "put":
            self.stored[parts.path] = message.content
            return RawResponse(200, httpx.Headers(), b"")
        if operation == "create_upload_url":
            return self._ticket()
        if operation == "predict":
            return self._predict(json.loads(message.content))
        return self._get_status(parts.path.rpartition("/")[2], parse_qs(parts.query))

    def _ticket(self) -> RawResponse:
        job_id = f"job-{self.calls['create_upload_url']}"
        return _json(
            200,
            {
                "job_id": job_id,
                "upload_url": self.upload_url.format(job_id),
                "file_key": f"uploads/{job_id}/audio.wav",
                "expires_in": self.expires_in,
            },
        )

    def _predict(self, body: dict[str, Any]) -> RawResponse:
        job_id = body["job_id"]
        if self._pending[job_id] < self.registered_after:
            self._pending[job_id] += 1
            return _json(409, {"error": "Upload is still pending"})
        self.started.append(job_id)
        return _json(200, {"job_id": job_id, "status": "processing", "message": "queued"})

    def _get_status(self, job_id: str, query: Mapping[str, list[str]]) -> RawResponse:
        if job_id not in self.started:
            return _json(200, {"job_id": job_id, "status": "upload_pending"})
        self._looks[job_id] += 1
        if self._looks[job_id] <= self.polls:
            return _json(200, {"job_id": job_id, "status": "processing"})
        end = {"job_id": job_id, "created_at": "2025-01-15T10:30:00Z", **self.ending}
        if end["status"] == "completed":
            end["result"] = self.result
        return _json(200, end)


def _lost() -> NetworkError:
    return NetworkError("lost the connection to api.example.com: reset", retryable=True)


def _json(status: int, document: Any) -> RawResponse:
    headers = httpx.Headers({"Content-Type": "application/json", "x-request-id": "req-1"})
    return RawResponse(status, headers, json.dumps(document).encode())
