"""Who may reach the sandbox: programs of this machine, and pages that this machine serves.

A foreign page reaches loopback through the browser: its requests carry its ``Origin``, or, once its
name has been pointed to this machine (DNS rebinding), that name as ``Host``. What is behind a key
may be used by pages of this machine; what is behind none, the page of the sandbox and the sign-in,
by the sandbox's own pages alone.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from redenlab.core.transport.url_policy import is_loopback

_REFUSAL = "This is for this machine alone: use http://127.0.0.1 or http://localhost."


def is_near(headers: Headers) -> bool:
    """Whether a request names a loopback host, and comes from no page of another machine."""
    origin = headers.get("origin")
    pages = origin is None or _is_loopback(origin)
    return pages and _is_loopback(f"http://{headers.get('host', '')}")


def is_local(request: Request) -> bool:
    """Whether a request is near, and comes from no page of another server."""
    own = f"http://{request.headers.get('host', '')}"
    return is_near(request.headers) and request.headers.get("origin", own) == own


def near(app: ASGIApp) -> ASGIApp:
    """`app`, for requests and WebSockets that are near; others are refused."""
    return _for(app, lambda scope: is_near(Headers(scope=scope)))


def local(app: ASGIApp) -> ASGIApp:
    """`app`, for requests that are local; others are refused."""
    return _for(app, lambda scope: is_local(Request(scope)))


def _for(app: ASGIApp, is_good: Callable[[Scope], bool]) -> ASGIApp:
    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if is_good(scope):
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(_REFUSAL, 403)(scope, receive, send)

    return checked


def _is_loopback(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and is_loopback(parts.hostname)
    except ValueError:
        return False
