"""Who may control the sandbox: programs of this machine, and pages that the sandbox itself serves.

A foreign page reaches loopback through the browser: its requests carry its ``Origin``, or, once its
name has been pointed to this machine (DNS rebinding), that name as ``Host``.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


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


def local(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """`endpoint` for requests that are local; others are refused."""

    async def checked(request: Request) -> Response:
        if not is_local(request):
            found = {"error": "this is for programs of this machine", "hint": "use 127.0.0.1"}
            return JSONResponse(found, 403)
        return await endpoint(request)

    return checked
