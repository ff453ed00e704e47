"""What proves who is calling: an API key, or a bearer token."""

import inspect
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import AuthenticationError, RedenLabError
from redenlab.core.transport.io import Io

MIN_KEY_CHARS, MAX_KEY_CHARS = 10, 500
MAX_TOKEN_CHARS = 16 * 1024
REMEMBERED = 4
"""Recent tokens that are redacted when a server echoes them."""

TokenProvider = Callable[[], str] | Callable[[], Awaitable[str]]
"""Returns the current bearer token; a coroutine function is for the async client alone."""


class Auth(Protocol):
    """Proves who is calling."""

    @property
    def name(self) -> str:
        """Name of the header, or of the query parameter, that carries the credential."""
        ...

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:
        """What to add to a request; asked before every one, since polls may last for hours."""
        ...

    @property
    def query(self) -> Mapping[str, str]:
        """What to add to the query of a request."""
        ...

    async def renew(self) -> bool:
        """After a 401: true if a fresh credential can be obtained."""
        ...

    def redact(self, text: str) -> str:
        """`text` without the credential, should the server have echoed it."""
        ...


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header of its own, or in the query.

    Attributes:
        header: Name of the header, or of the query parameter.
        prefix: Before the key in a header.
    """

    key: Secret
    header: str
    prefix: str = ""
    in_query: bool = False

    @property
    def name(self) -> str:
        """See `Auth`."""
        return self.header

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:  # noqa: ARG002
        """The header; it never changes."""
        if self.in_query:
            return {}
        return {self.header: f"{self.prefix} {self.key.reveal()}".lstrip()}

    @property
    def query(self) -> Mapping[str, str]:
        """The query parameter; it never changes."""
        return {self.header: self.key.reveal()} if self.in_query else {}

    async def renew(self) -> bool:
        """Never: there is one key."""
        return False

    def redact(self, text: str) -> str:
        """Replace every occurrence of the key."""
        return text.replace(self.key.reveal(), "***")


@dataclass(frozen=True, slots=True)
class NoCredential:
    """No credential, for services that may be run without any.

    Attributes:
        name: Of the header that would carry one.
    """

    name: str

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing."""
        return {}

    @property
    def query(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    async def renew(self) -> bool:
        """Never."""
        return False

    def redact(self, text: str) -> str:
        """`text` as it is."""
        return text


class BearerToken(ABC):
    """A bearer token (RFC 6750); recent ones are redacted when a server echoes them."""

    def __init__(self) -> None:
        self._recent: deque[Secret] = deque(maxlen=REMEMBERED)

    @property
    def name(self) -> str:
        """See `Auth`."""
        return "Authorization"

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:
        """The header."""
        token = await self.current(io, deadline)
        if token not in self._recent:
            self._recent.append(token)
        return {self.name: f"Bearer {token.reveal()}"}

    @property
    def query(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    async def renew(self) -> bool:
        """See `Auth`; a token that was asked for a moment ago cannot be renewed."""
        return False

    def redact(self, text: str) -> str:
        """Replace every recent token."""
        for token in self._recent:
            text = text.replace(token.reveal(), "***")
        return text

    @abstractmethod
    async def current(self, io: Io, deadline: float) -> Secret:
        """The token to send."""


class Bearer(BearerToken):
    """A bearer token from a callable that is asked before each request."""

    def __init__(self, provider: TokenProvider) -> None:
        """Ask `provider` before every request; it should return quickly."""
        super().__init__()
        self._provider = provider

    async def current(self, io: Io, deadline: float) -> Secret:  # noqa: ARG002
        """What the provider returns."""
        try:
            if inspect.iscoroutinefunction(self._provider):
                token = checked_token(await self._provider())
            else:  # it may read a file or ask a vault, so it must not block an event loop
                token = checked_token(await io.run_in_thread(self._provider))
        except RedenLabError:
            raise
        except Exception as error:
            raise AuthenticationError(
                f"the token provider failed: {type(error).__name__}",
                hint="see the error that caused this one",
            ) from error
        if token is None:
            raise AuthenticationError(
                "what the token provider returned is no bearer token",
                hint="it has to return the token alone, as a text, without 'Bearer'",
            )
        return token


def checked_token(value: object) -> Secret | None:
    """`value` as a secret, if it is a token that can stand in a header; else ``None``."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TOKEN_CHARS:
        return None
    good = value.isascii() and value.isprintable() and " " not in value
    return Secret(value) if good else None


def checked_key(value: str | Secret, source: str) -> Secret:
    """Check the form of a key.

    Gateway keys carry no prefix, so only length and characters can be checked
    (RedenLab contract, section 2.1).
    """
    secret = value if isinstance(value, Secret) else Secret(value)
    del value  # debuggers that show locals must not show the key
    problem = _problem(secret.reveal())
    if problem is None:
        return secret
    raise AuthenticationError(
        f"the API key from {source} {problem}",
        hint="copy the key again, without quotes, blanks or line breaks",
    )


def _problem(value: str) -> str | None:
    if not value.strip():
        return "is blank"
    if not value.isascii() or not value.isprintable() or " " in value:
        return "has white space, control or non-ASCII characters"
    if not MIN_KEY_CHARS <= len(value) <= MAX_KEY_CHARS:
        return f"has not {MIN_KEY_CHARS} to {MAX_KEY_CHARS} characters"
    return None
