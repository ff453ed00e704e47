"""An engine as an httpx transport: the clients of its spec run against it without a network."""

import httpx

from redenlab.sandbox.engine.engine import Engine, received


def transport(engine: Engine) -> httpx.MockTransport:
    """A transport, for sync and async clients, that `engine` responds to."""

    def respond(request: httpx.Request) -> httpx.Response:
        content = request.read()
        found = engine.respond(received(request.method, str(request.url), request.headers, content))
        return httpx.Response(found.status_code, headers=dict(found.headers), content=found.content)

    return httpx.MockTransport(respond)
