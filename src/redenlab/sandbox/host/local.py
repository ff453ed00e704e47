"""Who may control the sandbox: programs of this machine, and pages that the sandbox itself serves.

A foreign page reaches loopback through the browser: its requests carry its ``Origin``, or, once its
name has been pointed to this machine (DNS rebinding), that name as ``Host``.
"""

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


def is_local(request: Request) -> bool:
    """Whether `request` names a loopback host, and comes from no other origin."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin", f"http://{host}")
    try:
        name = urlsplit(f"//{host}").hostname or ""
        loopback = name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
    return loopback and origin == f"http://{host}"


def local(app: ASGIApp) -> ASGIApp:
    """`app`, for requests that are local; others are refused."""

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if is_local(Request(scope)):
            await app(scope, receive, send)
            return
        refusal = "This is for this machine alone: use http://127.0.0.1 or http://localhost."
        await PlainTextResponse(refusal, 403)(scope, receive, send)

    return checked
