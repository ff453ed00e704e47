"""A person's sign-in: authorization code with PKCE (RFC 7636), and a callback on this machine.

The browser is sent to the authorization server and comes back with a code. Whatever else knocks at
the callback meanwhile (a favicon, a port scan, a page that guesses) is turned away, and the wait
goes on: only an answer with our `state` counts (RFC 6749, section 10.12).
"""

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

from redenlab.core import config, oauth
from redenlab.core.auth import Secret
from redenlab.core.config import SignIn
from redenlab.core.discovery import Place
from redenlab.core.errors import AuthenticationError, ConfigurationError
from redenlab.core.errors import TimeoutError as OutOfTime
from redenlab.core.io import Io
from redenlab.core.oauth import Token

TIMEOUT = 300.0
"""Seconds that a person has (RedenLab contract, section 2.2)."""

_DONE = b"<!doctype html><title>Signed in</title><p>You are signed in. This page can be closed."
_STRAY = b"<!doctype html><title>Nothing here</title><p>This is no answer to a sign-in."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in.

    Attributes:
        state: What the answer has to carry, so that nobody else's counts.
        verifier: Proves to the token endpoint who asked for the code.
    """

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: Secret = field(default_factory=lambda: Secret(secrets.token_urlsafe(48)))

    def url(self, place: Place, how: SignIn) -> str:
        """Where the browser goes."""
        digest = hashlib.sha256(self.verifier.reveal().encode()).digest()
        query = {
            "response_type": "code",
            "client_id": place.client_id,
            "redirect_uri": how.callback,
            "scope": " ".join(how.login_scopes),
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{place.sign_in_url}/oauth2/authorize?{urlencode(query)}"

    async def token(self, io: Io, place: Place, how: SignIn, code: Secret) -> Token:
        """The token for `code`; see `redenlab.core.oauth.ask` for what it raises."""
        form: dict[str, str | Secret] = {
            "grant_type": "authorization_code",
            "client_id": place.client_id,
            "redirect_uri": how.callback,
            "code": code,
            "code_verifier": self.verifier,
        }
        url = f"{place.sign_in_url}/oauth2/token"
        return await oauth.ask(io, url, form, io.now() + oauth.TIMEOUT)


class Callback:
    """Waits on this machine for the browser to come back."""

    def __init__(self, url: str, state: str) -> None:
        """Listen.

        Args:
            url: Of the callback: http, on this machine, with the port that was registered.
            state: Only an answer that carries it counts.

        Raises:
            ConfigurationError: The address is another one, or the port is taken.
        """
        parts = urlsplit(url)
        if parts.scheme != "http" or not config.is_loopback(parts.hostname):
            raise ConfigurationError("the callback of a sign-in has to be on this machine")
        self._answers: Queue[Secret | str] = Queue()
        handler = _handler(parts.path, state, self._answers)
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", parts.port or 80), handler)
        except OSError as error:
            raise ConfigurationError(
                f"cannot wait for the browser on port {parts.port}: {error.strerror}",
                hint="stop what listens there; another port is not registered with the service",
            ) from None
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="redenlab-login", daemon=True
        )
        self._thread.start()

    def code(self, timeout: float) -> Secret:
        """The code that the browser brings, within `timeout` seconds.

        Raises:
            AuthenticationError: The sign-in was refused.
            redenlab.TimeoutError: Nobody came.
        """
        try:
            answer = self._answers.get(timeout=timeout)
        except Empty:
            answer = None
        if answer is None:
            raise OutOfTime(f"nobody signed in within {timeout:g} seconds", retryable=True)
        if isinstance(answer, str):
            raise AuthenticationError(f"the sign-in was refused: {answer}", code=answer)
        return answer

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        """Stop on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.close()


def _handler(path: str, state: str, answers: "Queue[Secret | str]") -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds: whoever connects and says nothing is let go

        def do_GET(self) -> None:
            target = urlsplit(self.path)
            found = {name: values[0] for name, values in parse_qs(target.query).items()}
            ours = secrets.compare_digest(found.get("state", "").encode(), state.encode())
            if target.path != path or not ours or not found.keys() & {"code", "error"}:
                self._say(404, _STRAY)
                return
            self._say(200, _DONE)
            refusal = "".join(c for c in found.get("error", "") if c.isalnum() or c == "_")[:40]
            answers.put(refusal or Secret(found.get("code", "")))

        def _say(self, status: int, page: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Stay silent: the request holds the code."""

    return Handler


async def sign_in(
    io: Io, place: Place, how: SignIn, show: Callable[[str], object], seconds: float = TIMEOUT
) -> Token:
    """Send a person to sign in, and wait for them.

    Args:
        io: The outside world.
        place: Where the authorization server is.
        how: The registered callback, and what is asked for.
        show: Given the URL to open.
        seconds: How long the person has.

    Raises:
        AuthenticationError: They or the server refused.
        redenlab.TimeoutError: They did not come back in time.
        ConfigurationError: The callback's port is taken.
        NetworkError: The authorization server could not be reached.
    """
    attempt = Attempt()
    with Callback(how.callback, attempt.state) as waiting:
        show(attempt.url(place, how))
        code = await io.offload(waiting.code, seconds)
    return await attempt.token(io, place, how, code)
