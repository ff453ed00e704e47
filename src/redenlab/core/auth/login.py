"""A person's sign-in: authorization code with PKCE (RFC 7636), and a callback on this machine.

The browser is sent to the authorization server and comes back with a code. Requests without our
`state` (a favicon, a port scan, a page that guesses) get 404, and the wait goes on (RFC 6749,
section 10.12).
"""

import base64
import errno
import hashlib
import os
import secrets
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from urllib.parse import parse_qs, urlencode, urlsplit

from redenlab.core.auth import oauth
from redenlab.core.auth.discovery import Endpoints
from redenlab.core.auth.origins import origin_of
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.stores import Token
from redenlab.core.errors import AuthenticationError, ConfigurationError
from redenlab.core.errors import TimeoutError as OutOfTime
from redenlab.core.spec.profile import SignIn
from redenlab.core.transport.io import Io
from redenlab.core.transport.url_policy import is_loopback

TIMEOUT = 300.0
"""Seconds for a person to sign in (RedenLab contract, section 2.2)."""

_DONE = b"<!doctype html><title>Signed in</title><p>You are signed in. This page can be closed."
_STRAY = b"<!doctype html><title>Nothing here</title><p>This is no response to a sign-in."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in.

    Attributes:
        state: Random text that the callback has to carry.
        verifier: Proves to the token endpoint who requested the code.
    """

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: Secret = field(default_factory=lambda: Secret(secrets.token_urlsafe(48)))

    def url(self, endpoints: Endpoints, how: SignIn) -> str:
        """The authorization URL to open."""
        digest = hashlib.sha256(self.verifier.reveal().encode()).digest()
        query = {
            "response_type": "code",
            "client_id": endpoints.client_id,
            "redirect_uri": how.callback,
            "scope": " ".join(how.login_scopes),
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{endpoints.sign_in_url}/oauth2/authorize?{urlencode(query)}"

    async def token(self, io: Io, endpoints: Endpoints, how: SignIn, code: Secret) -> Token:
        """The token for `code`; raises as `redenlab.core.auth.oauth.request_token`."""
        form: dict[str, str | Secret] = {
            "grant_type": "authorization_code",
            "client_id": endpoints.client_id,
            "redirect_uri": how.callback,
            "code": code,
            "code_verifier": self.verifier,
        }
        url = f"{endpoints.sign_in_url}/oauth2/token"
        token = await oauth.request_token(io, url, form, io.now() + oauth.TIMEOUT)
        return replace(
            token, origin=origin_of(endpoints.base_url), issuer=origin_of(endpoints.sign_in_url)
        )


_NO_FAMILY = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
"""Why a machine without IPv6 cannot listen at its address."""


class _Server(ThreadingHTTPServer):
    """Does not share its port: on Windows, reusing an address would."""

    daemon_threads: bool = True
    allow_reuse_address = os.name == "posix"


class _SixServer(_Server):
    address_family = socket.AF_INET6


@contextmanager
def callback(url: str, state: str) -> Generator["Queue[Secret | str]"]:
    """Serve the redirect URL on this machine.

    Args:
        url: The redirect URL: http, on this machine, with the registered port.
        state: Requests without it get 404.

    Yields:
        A queue that gets the code that the browser brings, or the text of a refusal.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not is_loopback(parts.hostname):
        raise ConfigurationError("the callback of a sign-in has to be on this machine")
    results: Queue[Secret | str] = Queue()
    handler = _handler(parts.path, state, results)
    with ExitStack() as stack:
        for server in _listening(parts.hostname or "", parts.port or 80, handler):
            stack.enter_context(_serving(server))
        yield results


def _listening(
    host: str, port: int, handler: type[BaseHTTPRequestHandler]
) -> list[ThreadingHTTPServer]:
    """A server at every address of `host`.

    ``localhost`` has one of each family, and the browser chooses. Where another program listens at
    one of them the browser might bring the code to it (RFC 8252, section 8.3).
    """
    made: list[ThreadingHTTPServer] = []
    for address in ("127.0.0.1", "::1") if host == "localhost" else (host,):
        kind = _SixServer if ":" in address else _Server
        try:
            made.append(kind((address, port), handler))
        except OSError as error:
            if made and error.errno in _NO_FAMILY:
                continue
            for server in made:
                server.server_close()
            raise ConfigurationError(
                f"cannot wait for the browser at {address}, port {port}: {error.strerror}",
                hint="stop what listens there; another port is not registered with the service",
            ) from None
    return made


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Generator[None]:
    thread = threading.Thread(
        target=server.serve_forever, args=(0.05,), name="redenlab-login", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def code_from(results: "Queue[Secret | str]", timeout: float) -> Secret:
    """The code that the browser brings; waits for `timeout` seconds."""
    try:
        result = results.get(timeout=timeout)
    except Empty:
        raise OutOfTime(
            f"the sign-in was not completed within {timeout:g} seconds", retryable=True
        ) from None
    if isinstance(result, str):
        raise AuthenticationError(f"the sign-in was refused: {result}", code=result)
    return result


def _handler(path: str, state: str, results: "Queue[Secret | str]") -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds, for a connection that sends nothing

        def do_GET(self) -> None:
            target = urlsplit(self.path)
            found = {name: values[0] for name, values in parse_qs(target.query).items()}
            ours = secrets.compare_digest(found.get("state", "").encode(), state.encode())
            if target.path != path or not ours or not found.keys() & {"code", "error"}:
                self._respond(404, _STRAY)
                return
            self._respond(200, _DONE)
            refusal = "".join(c for c in found.get("error", "") if c.isalnum() or c == "_")[:40]
            results.put(refusal or Secret(found.get("code", "")))

        def _respond(self, status: int, page: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Log nothing: the request holds the code."""

    return Handler


async def sign_in(
    io: Io,
    endpoints: Endpoints,
    how: SignIn,
    show: Callable[[str], object],
    seconds: float = TIMEOUT,
) -> Token:
    """Send a person to sign in, and wait until they have.

    Args:
        io: The outside world.
        endpoints: Where the authorization server is.
        how: The registered redirect URL, and the scopes.
        show: Called with the URL to open.
        seconds: Time for the person to sign in.
    """
    attempt = Attempt()
    with callback(how.callback, attempt.state) as results:
        show(attempt.url(endpoints, how))
        code = await io.run_in_thread(code_from, results, seconds)
    return await attempt.token(io, endpoints, how, code)
