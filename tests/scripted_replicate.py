"""A Replicate client in virtual time, and a server that answers from a script."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from redenlab.core.errors import NetworkError
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import ReplicateClient
from virtual_io import Slow, VirtualIo

KEY = "r8_test_1234567890"
BASE = "https://api.replicate.com/v1"
ID = "rrr4z55ocneqzikepnug6xezpe"
URL = "https://replicate.delivery/xezq/out-0.webp"

Played = RawResponse | Slow | NetworkError


def say(status: int, document: Any = None, **headers: str) -> RawResponse:
    """A JSON answer; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b"" if document is None else json.dumps(document).encode()
    return RawResponse(status, httpx.Headers(named), body)


def prediction(status: str, **more: Any) -> RawResponse:
    """A look at the prediction."""
    return say(200, {"id": ID, "status": status, **more})


class Server:
    """Answers each ``METHOD path`` from a list; the last answer repeats.

    Attributes:
        messages: Everything that came, in order.
    """

    def __init__(self) -> None:
        self.requests: list[OutgoingRequest] = []
        self._responses: dict[str, list[Played]] = {}

    def on(self, call: str, *responses: Played) -> "Server":
        self._responses[call] = list(responses)
        return self

    def polls(self, *words: str, **last: Any) -> "Server":
        """A prediction that can be created, and what each poll at it says."""
        self.on("POST /v1/predictions", say(201, {"id": ID, "status": words[0]}))
        seen = [prediction(word) for word in words[:-1]]
        return self.on(f"GET /v1/predictions/{ID}", *seen, prediction(words[-1], **last))

    def __call__(self, message: OutgoingRequest) -> Played:
        self.requests.append(message)
        call = f"{message.method} {urlsplit(message.url).path}"
        queue = self._responses.get(call)
        if queue is None:
            return say(404, {"detail": "The requested resource could not be found."})
        return queue.pop(0) if len(queue) > 1 else queue[0]

    @property
    def calls(self) -> list[str]:
        return [f"{m.method} {urlsplit(m.url).path}" for m in self.requests]

    def body(self, index: int) -> Mapping[str, Any]:
        """The JSON body of a message."""
        return json.loads(self.requests[index].content)


class VirtualClient(ReplicateClient):
    """The blocking client with another world around it."""

    script: Callable[[OutgoingRequest], Played]
    io: VirtualIo

    def _io(self, route: Any, transport: Any) -> VirtualIo:
        self.io = VirtualIo(type(self).script)
        return self.io


def virtual(server: Server, **options: Any) -> VirtualClient:
    """A client of `server`; its ``io.clock`` tells the time."""
    made = type("VirtualClient", (VirtualClient,), {"script": staticmethod(server)})
    return made(KEY, **options)
