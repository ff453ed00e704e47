"""Tokens of an OAuth 2.0 authorization server (RFC 6749), renewed before they expire.

`OAuth` holds the current token; a new one comes from a `Grant`: a program's own credentials
(section 4.4), or the refresh token of a person's sign-in (section 6).
"""

import base64
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import quote, urlencode

from redenlab.core.auth.private_file import read_yaml, write_private
from redenlab.core.auth.schemes import BearerToken
from redenlab.core.auth.secret import Secret
from redenlab.core.errors import AuthenticationError, ConfigurationError, NetworkError
from redenlab.core.text import sanitize
from redenlab.core.transport import gate
from redenlab.core.transport.io import Io, OutgoingRequest
from redenlab.core.transport.outcomes import outcome
from redenlab.lowlevel.errors import DecodeError
from redenlab.lowlevel.types import RawResponse

EARLY = 300.0
"""Seconds before its end from which a token is renewed (RedenLab contract, section 2.2)."""

DEFAULT_LIFETIME = 3600.0
"""Seconds that a token is valid where the server does not say (RedenLab contract, section 2.2)."""

MAX_LIFETIME = 31_536_000.0
"""Seconds, a year: no token is taken to be valid for longer."""

TIMEOUT = 10.0
"""Seconds for one request to the token endpoint (RedenLab contract, section 2.2)."""

Endpoint = Callable[[Io, float], Awaitable[str]]
"""Finds the token endpoint."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token.

    Attributes:
        expires: Monotonic seconds of the `Io` at which it expires.
        refresh: The refresh token; ``None`` where there is none.
    """

    value: Secret
    expires: float
    refresh: Secret | None = None


class Grant(Protocol):
    """A way to get a token."""

    async def token(self, io: Io, deadline: float) -> Token:
        """A new token."""
        ...


class OAuth(BearerToken):
    """A bearer token that is always fresh. One call renews it; concurrent calls wait for it."""

    def __init__(self, grant: Grant) -> None:
        """Request nothing yet."""
        super().__init__()
        self._grant = grant
        self._token: Token | None = None

    async def current(self, io: Io, deadline: float) -> Secret:
        """The token, renewed if it expires soon."""
        token = self._token
        if token is None or token.expires - io.now() < EARLY:
            token = await self._fresh(io, deadline)
        return token.value

    async def renew(self) -> bool:
        """Drop the token; true if there was one, and the next call requests another."""
        refused, self._token = self._token, None
        return refused is not None

    async def _fresh(self, io: Io, deadline: float) -> Token:
        async with io.lock():
            token = self._token
            if token is not None and token.expires - io.now() >= EARLY:
                return token
            try:
                self._token = await self._grant.token(io, deadline)
            except NetworkError:
                if token is None or token.expires <= io.now():
                    raise
                return token  # it still works, and the next call tries again
            return self._token


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """A program's own credentials (RFC 6749, section 4.4)."""

    endpoint: Endpoint
    client_id: str
    secret: Secret
    scopes: tuple[str, ...]

    async def token(self, io: Io, deadline: float) -> Token:
        """Request all scopes, and the default ones where the server refuses that."""
        url = await self.endpoint(io, deadline)
        form: dict[str, str | Secret] = {"grant_type": "client_credentials"}
        basic = (self.client_id, self.secret)
        try:
            return await request_token(
                io, url, {**form, "scope": " ".join(self.scopes)}, deadline, basic
            )
        except AuthenticationError as error:
            if error.code != "invalid_scope":
                raise
        return await request_token(io, url, form, deadline, basic)


@dataclass(frozen=True, slots=True)
class StoredLogin:
    """The sign-in of a person that `redenlab login` stored: a token, and a refresh token."""

    endpoint: Endpoint
    client_id: Endpoint
    store: "TokenStore"

    async def token(self, io: Io, deadline: float) -> Token:
        """The stored token while it is valid, else a new one, which is stored."""
        stored = await io.run_in_thread(self.store.read, io.now())
        if stored is None:
            raise _signed_out("there is no sign-in")
        if stored.expires - io.now() >= EARLY:
            return stored
        if stored.refresh is None:
            raise _signed_out("the sign-in has expired")
        url = await self.endpoint(io, deadline)
        form: dict[str, str | Secret] = {
            "grant_type": "refresh_token",
            "client_id": await self.client_id(io, deadline),
            "refresh_token": stored.refresh,
        }
        try:
            fresh = await request_token(io, url, form, deadline)
        except AuthenticationError as error:
            if error.code != "invalid_grant":
                raise
            raise _signed_out("the sign-in has expired") from None
        fresh = Token(fresh.value, fresh.expires, fresh.refresh or stored.refresh)
        await io.run_in_thread(self.store.write, fresh, io.now())
        return fresh


def _signed_out(problem: str) -> AuthenticationError:
    return AuthenticationError(problem, hint="run: redenlab login")


@dataclass(frozen=True, slots=True)
class TokenStore:
    """The file of a sign-in, mode 0600 (RedenLab contract, section 2.2)."""

    path: Path

    def read(self, now: float) -> Token | None:
        """The token; ``None`` when there is none. `now` is the time of the `Io`."""
        kept = read_yaml(self.path)
        value, refresh = kept.get("access_token"), kept.get("refresh_token")
        if not isinstance(value, str):
            return None
        left = _epoch(kept.get("token_expiry")) - time.time()
        renews = Secret(refresh) if isinstance(refresh, str) else None
        return Token(Secret(value), now + left, renews)

    def write(self, token: Token, now: float) -> None:
        """Store `token`; `now` is the time of the `Io`."""
        import yaml  # noqa: PLC0415 - for those who sign in

        ends = datetime.fromtimestamp(time.time() + token.expires - now, UTC)
        kept = {"access_token": token.value.reveal(), "token_expiry": ends.isoformat()}
        if token.refresh is not None:
            kept["refresh_token"] = token.refresh.reveal()
        try:
            write_private(self.path, yaml.safe_dump(kept))
        except OSError as error:
            raise ConfigurationError(
                f"cannot write {self.path}: {error.strerror or type(error).__name__}",
                hint="check the permissions of the folder, and the free space",
            ) from None

    def forget(self) -> bool:
        """Delete the file; whether there was one."""
        found = self.path.exists()
        self.path.unlink(missing_ok=True)
        return found


def _epoch(value: object) -> float:
    """Seconds since the epoch, from a number, an ISO 8601 text or what YAML makes of one."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            return value.replace(tzinfo=value.tzinfo or UTC).timestamp()
        return float(cast("Any", value))
    except (TypeError, ValueError):
        return 0.0  # long expired, so it is renewed


async def request_token(
    io: Io,
    url: str,
    form: Mapping[str, str | Secret],
    deadline: float,
    basic: tuple[str, Secret] | None = None,
) -> Token:
    """Request a token once.

    Args:
        io: The outside world.
        url: Of the token endpoint.
        form: The form fields.
        deadline: Monotonic seconds; the endpoint has 10 s at most.
        basic: Client id and secret for HTTP Basic (RFC 6749, section 2.3.1).
    """
    request = _request(url, form, basic)
    response = await io.send(request, min(deadline, io.now() + TIMEOUT))
    return _token(response, io.now())


def _request(
    url: str, form: Mapping[str, str | Secret], basic: tuple[str, Secret] | None
) -> OutgoingRequest:
    plain = {k: v.reveal() if isinstance(v, Secret) else v for k, v in form.items()}
    content = urlencode(plain).encode()
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(content)),
    }
    if basic is not None:
        pair = f"{quote(basic[0], safe='')}:{quote(basic[1].reveal(), safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return OutgoingRequest("POST", url, headers, content)


def _token(response: RawResponse, now: float) -> Token:
    try:
        body = response.json()
    except DecodeError:
        body = None
    fields: dict[str, Any] = cast("Any", body) if isinstance(body, dict) else {}
    value, refresh, code = (fields.get(k) for k in ("access_token", "refresh_token", "error"))
    status = response.status_code
    if status == 200 and isinstance(value, str) and value:
        renews = Secret(refresh) if isinstance(refresh, str) and refresh else None
        return Token(Secret(value), now + _lifetime(fields.get("expires_in")), renews)
    if isinstance(code, str) and 400 <= status < 500 and not outcome(status).retryable:
        code = sanitize(code)[:40]
        raise AuthenticationError(
            f"the authorization server refused: {code}",
            hint="check client id and secret, or run: redenlab login",
            status=status,
            code=code,
        )
    raise gate.refused(response, "sign-in")


def _lifetime(value: object) -> float:
    valid = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return min(float(cast("float", value)), MAX_LIFETIME) if valid else DEFAULT_LIFETIME
