"""Tokens of an OAuth 2.0 authorization server (RFC 6749), renewed before they expire.

`OAuth` holds the current token; a new one comes from a `Grant`: a program's own credentials
(section 4.4), or the refresh token of a person's sign-in (section 6).
"""

import base64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import quote, urlencode

from redenlab.core.auth.origins import check_stored
from redenlab.core.auth.schemes import BearerToken, checked_token
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import Settings
from redenlab.core.auth.stores import Store, Token, renewing
from redenlab.core.errors import AuthenticationError, NetworkError, RedenLabError
from redenlab.core.text import sanitize
from redenlab.core.transport import gate
from redenlab.core.transport.io import Io, OutgoingRequest
from redenlab.core.transport.outcomes import outcome
from redenlab.lowlevel.errors import DecodeError
from redenlab.lowlevel.types import RawResponse

if TYPE_CHECKING:
    from redenlab.core.auth.resolve import Credentials

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
    """The sign-in of a person that `redenlab login` stored: a token, and a refresh token.

    Attributes:
        endpoint: Finds the token endpoint.
        client_id: Finds the client id of people's sign-ins.
        base_url: Finds the API.
        store: Where it is stored.
        settings: Of the client.
    """

    endpoint: Endpoint
    client_id: Endpoint
    base_url: Endpoint
    store: Store
    settings: Settings

    async def token(self, io: Io, deadline: float) -> Token:
        """The stored token while it is valid, else a new one, which is stored."""
        stored = await self._stored(io, deadline)
        if stored.expires - io.now() >= EARLY:
            return stored
        async with renewing(io, self.store.lock, deadline):
            stored = await self._stored(io, deadline)
            if stored.expires - io.now() >= EARLY:  # another process renewed it
                return stored
            try:
                fresh = await self._renewed(io, deadline, stored)
            except AuthenticationError as error:
                if error.code != "invalid_grant":
                    raise
                fresh = await self._renewed_by_another(io, deadline, stored)
            else:
                await io.run_in_thread(self.store.write, fresh, io.now())
            return fresh

    async def _stored(self, io: Io, deadline: float) -> Token:
        stored = await io.run_in_thread(self.store.read, io.now())
        if stored is None:
            raise _signed_out("there is no sign-in")
        check_stored(await self.base_url(io, deadline), stored.origin, self.settings)
        return stored

    async def _renewed(self, io: Io, deadline: float, stored: Token) -> Token:
        if stored.refresh is None:
            raise _signed_out("the sign-in has expired")
        url = await self.endpoint(io, deadline)
        check_stored(url, stored.issuer, self.settings)
        form: dict[str, str | Secret] = {
            "grant_type": "refresh_token",
            "client_id": await self.client_id(io, deadline),
            "refresh_token": stored.refresh,
        }
        fresh = await request_token(io, url, form, deadline)
        return replace(
            stored,
            value=fresh.value,
            expires=fresh.expires,
            refresh=fresh.refresh or stored.refresh,
        )

    async def _renewed_by_another(self, io: Io, deadline: float, refused: Token) -> Token:
        """What a program that does not take the lock has stored meanwhile."""
        stored = await self._stored(io, deadline)
        if stored.refresh == refused.refresh or stored.expires <= io.now():
            raise _signed_out("the sign-in has expired") from None
        return stored


def _signed_out(problem: str) -> AuthenticationError:
    return AuthenticationError(problem, hint="run: redenlab login")


async def revoked(io: Io, credentials: "Credentials", store: Store) -> bool:
    """Ask the authorization server to end a stored sign-in (RFC 7009); whether it has."""
    deadline = io.now() + TIMEOUT
    try:
        stored = await io.run_in_thread(store.read, io.now())
        if stored is None:
            return False
        place = await credentials.endpoints(io, deadline)
        if not place.revocation_url:
            return False
        check_stored(place.revocation_url, stored.issuer, credentials.settings)
        form: dict[str, str | Secret] = {
            "token": stored.refresh or stored.value,
            "token_type_hint": "refresh_token" if stored.refresh else "access_token",
            "client_id": place.client_id,
        }
        response = await io.send(_request(place.revocation_url, form, None), deadline)
    except RedenLabError:
        return False
    return response.status_code == 200


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
    token = checked_token(value)
    if status == 200 and token is not None:
        return Token(token, now + _lifetime(fields.get("expires_in")), checked_token(refresh))
    del body, fields, value, refresh  # debuggers that show locals must not show them
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
    return float(min(cast("float", value), MAX_LIFETIME)) if valid else DEFAULT_LIFETIME
