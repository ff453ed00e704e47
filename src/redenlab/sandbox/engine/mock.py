"""An engine as an httpx transport: the clients of its spec run against it without a network."""

import httpx

from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.engine import Engine, Exchange, received


def transport(engine: Engine, exchanges: list[Exchange] | None = None) -> httpx.MockTransport:
    """A transport, for sync and async clients, that `engine` responds to.

    Args:
        engine: The service.
        exchanges: Everything that is exchanged is appended to it.
    """

    def respond(request: httpx.Request) -> httpx.Response:
        content = request.read()
        made = engine.respond(received(request.method, str(request.url), request.headers, content))
        if exchanges is not None:
            exchanges.append(made)
        found = made.response
        assert isinstance(found, RawResponse)  # noqa: S101 - nothing is live without a clock
        return httpx.Response(found.status_code, headers=dict(found.headers), content=found.content)

    return httpx.MockTransport(respond)
