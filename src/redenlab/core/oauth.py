"""Tokens of an OAuth 2.0 authorization server (RFC 6749), renewed before they run out.

`OAuth` holds the token of the moment; where a new one comes from is a `Grant`: a program's own
credentials (section 4.4), or what somebody's sign-in left behind (section 6).
"""

import base64
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import quote, urlencode

from redenlab.core import auth, config
from redenlab.core.auth import Secret
from redenlab.core.errors import AuthenticationError, ConfigurationError, NetworkError
from redenlab.core.files import keep_private
from redenlab.core.io import Io, Message
from redenlab.core.retry import RETRIED_STATUSES, retry_after
from redenlab_api.errors import DecodeError
from redenlab_api.types import Answer

EARLY = 300.0
"""Seconds before its end from which a token is renewed (RedenLab contract, section 2.2)."""

LIFE = 3600.0
"""Seconds that a token lasts if nobody says."""

TIMEOUT = 10.0

Endpoint = Callable[[Io, float], Awaitable[str]]
"""Finds the token endpoint."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token.

    Attributes:
        expires: Monotonic seconds of the `Io` at which it ends.
        refresh: What renews it, where there is such a thing.
    """

    value: Secret
    expires: float
    refresh: Secret | None = None


class Grant(Protocol):
    """A way to get a token."""

    async def token(self, io: Io, deadline: float) -> Token:
        """A new one.

        Raises:
            AuthenticationError: It was refused.
            NetworkError: The authorization server could not be asked.
        """
        ...


class OAuth:
    """A bearer token that is always fresh. One call renews it; the others wait for that one."""

    def __init__(self, grant: Grant) -> None:
        """Ask for nothing yet."""
        self._grant = grant
        self._token: Token | None = None
        self._seen: deque[Secret] = deque(maxlen=auth.REMEMBERED)

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:
        """The header; see `redenlab.core.auth.Auth`."""
        token = self._token
        if token is None or token.expires - io.now() < EARLY:
            token = await self._renewed(io, deadline)
        return auth.bearer(token.value, self._seen)

    async def renewed(self) -> bool:
        """Whether there was a token to give up; the next call asks for another."""
        refused, self._token = self._token, None
        return refused is not None

    def redact(self, text: str) -> str:
        """Replace every token of late."""
        return auth.masked(text, self._seen)

    async def _renewed(self, io: Io, deadline: float) -> Token:
        async with io.alone():
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
        """Ask for all scopes, and for whatever is allowed where that is too much."""
        url = await self.endpoint(io, deadline)
        form: dict[str, str | Secret] = {"grant_type": "client_credentials"}
        basic = (self.client_id, self.secret)
        try:
            return await ask(io, url, {**form, "scope": " ".join(self.scopes)}, deadline, basic)
        except AuthenticationError as error:
            if error.code != "invalid_scope":
                raise
        return await ask(io, url, form, deadline, basic)


@dataclass(frozen=True, slots=True)
class StoredLogin:
    """What `redenlab login` left in a file: a token, and what renews it."""

    endpoint: Endpoint
    client_id: Endpoint
    store: "TokenStore"

    async def token(self, io: Io, deadline: float) -> Token:
        """The stored token while it is good, else a new one, which is stored."""
        stored = await io.offload(self.store.read, io.now())
        if stored is None:
            raise _signed_out("nobody is signed in")
        if stored.expires - io.now() >= EARLY:
            return stored
        if stored.refresh is None:
            raise _signed_out("the sign-in has run out")
        url = await self.endpoint(io, deadline)
        form: dict[str, str | Secret] = {
            "grant_type": "refresh_token",
            "client_id": await self.client_id(io, deadline),
            "refresh_token": stored.refresh,
        }
        try:
            fresh = await ask(io, url, form, deadline)
        except AuthenticationError as error:
            if error.code != "invalid_grant":
                raise
        else:
            fresh = Token(fresh.value, fresh.expires, fresh.refresh or stored.refresh)
            await io.offload(self.store.write, fresh, io.now())
            return fresh
        raise _signed_out("the sign-in has run out")


def _signed_out(problem: str) -> AuthenticationError:
    return AuthenticationError(problem, hint="run: redenlab login")


@dataclass(frozen=True, slots=True)
class TokenStore:
    """The file that keeps a sign-in, mode 600 (RedenLab contract, section 2.2)."""

    path: Path

    def read(self, now: float) -> Token | None:
        """The token; `now` is the `Io`'s time.

        Raises:
            ConfigurationError: Others can read the file, or it is no such file.
        """
        kept = config.read(self.path)
        value, refresh = kept.get("access_token"), kept.get("refresh_token")
        if not isinstance(value, str):
            return None
        left = _epoch(kept.get("token_expiry")) - time.time()
        renews = Secret(refresh) if isinstance(refresh, str) else None
        return Token(Secret(value), now + left, renews)

    def write(self, token: Token, now: float) -> None:
        """Keep `token`.

        Raises:
            ConfigurationError: The file cannot be written.
        """
        import yaml  # noqa: PLC0415 - for those who sign in

        ends = datetime.fromtimestamp(time.time() + token.expires - now, UTC)
        kept = {"access_token": token.value.reveal(), "token_expiry": ends.isoformat()}
        if token.refresh is not None:
            kept["refresh_token"] = token.refresh.reveal()
        problem = _problem(self.path, yaml.safe_dump(kept))
        del kept  # a traceback that shows locals must not show tokens
        if problem is not None:
            raise ConfigurationError(f"cannot write {self.path}: {problem}")

    def forget(self) -> bool:
        """Delete the file; whether there was one."""
        found = self.path.exists()
        self.path.unlink(missing_ok=True)
        return found


def _problem(path: Path, text: str) -> str | None:
    try:
        keep_private(path, text)
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def _epoch(value: object) -> float:
    """Seconds since the epoch, from a number, an ISO 8601 text or what YAML makes of one."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            return value.replace(tzinfo=value.tzinfo or UTC).timestamp()
        return float(cast("Any", value))
    except (TypeError, ValueError):
        return 0.0  # long ago, so it is renewed


async def ask(
    io: Io,
    url: str,
    form: Mapping[str, str | Secret],
    deadline: float,
    basic: tuple[str, Secret] | None = None,
) -> Token:
    """Ask a token endpoint once.

    Args:
        io: The outside world.
        url: The endpoint.
        form: What is asked.
        deadline: Monotonic seconds; the endpoint has 10 s at most.
        basic: Client id and secret for HTTP Basic (RFC 6749, section 2.3.1).

    Raises:
        AuthenticationError: It refused; `code` is its word for why (section 5.2).
        NetworkError: It could not be asked, or is out of order.
    """
    message = _message(url, form, basic)
    answer = await io.send(message, min(deadline, io.now() + TIMEOUT))
    outcome = _read(answer, io.now())
    if isinstance(outcome, Token):
        return outcome
    raise outcome


def _message(
    url: str, form: Mapping[str, str | Secret], basic: tuple[str, Secret] | None
) -> Message:
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
    return Message("POST", url, headers, content)


def _read(answer: Answer, now: float) -> Token | AuthenticationError | NetworkError:
    """The token, or the error to raise where no frame has seen one."""
    try:
        body: Any = answer.json()
    except DecodeError:
        body = None
    fields: dict[str, Any] = cast("Any", body) if isinstance(body, dict) else {}
    status, word = answer.status_code, fields.get("error")
    value, refresh = fields.get("access_token"), fields.get("refresh_token")
    if status == 200 and isinstance(value, str) and value:
        renews = Secret(refresh) if isinstance(refresh, str) else None
        return Token(Secret(value), now + _life(fields.get("expires_in")), renews)
    if isinstance(word, str) and 400 <= status < 500 and status not in RETRIED_STATUSES:
        return AuthenticationError(
            f"the authorization server refused: {word[:40]}",
            hint="check client id and secret, or run: redenlab login",
            status=status,
            code=word[:40],
        )
    failure = NetworkError(
        f"the authorization server answered {status} without a token",
        hint="check its address and the proxy",
        status=status,
        retryable=status in RETRIED_STATUSES,
        retry_after=retry_after(answer.headers.get("retry-after"), answer.headers.get("date")),
    )
    failure.sent = False
    return failure


def _life(value: object) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return float(cast("float", value)) if good else LIFE
