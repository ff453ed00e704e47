"""Credentials: how they are held, and what they add to a request."""

import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol, Self, final

from redenlab.core.errors import AuthenticationError, RedenLabError
from redenlab.core.io import Io

SHORTEST, LONGEST = 10, 500
LONGEST_TOKEN = 16 * 1024
REMEMBERED = 4
"""Tokens of late that are masked when a server echoes them."""

TokenProvider = Callable[[], str] | Callable[[], Awaitable[str]]
"""Gives the bearer token of the moment; a coroutine function serves the async client alone."""


@final
class Secret:
    """A string that shows itself to nobody who does not ask for it by name.

    It has no text form, cannot be pickled, and copies are the same object.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Hold `value`."""
        self._value = value

    def reveal(self) -> str:
        """The string itself; call this where it leaves the process, nowhere else."""
        return self._value

    def __repr__(self) -> str:
        """Show that there is something, and not what."""
        return "Secret('***')"

    def __eq__(self, other: object) -> bool:
        """Compare by value."""
        return isinstance(other, Secret) and other.reveal() == self._value

    def __hash__(self) -> int:
        """Hash by value."""
        return hash(self._value)

    def __copy__(self) -> Self:
        """Never duplicate."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Never duplicate."""
        return self

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("a secret cannot be pickled; give the other process its own")


class Auth(Protocol):
    """Proves who is calling."""

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:
        """What to add to a request; asked before every one, since polls may last for hours.

        Raises:
            AuthenticationError: There is nothing to prove it with.
            NetworkError: Whoever gives it could not be reached.
        """
        ...

    async def renewed(self) -> bool:
        """The credential was refused (401): whether another one may be had by asking again."""
        ...

    def redact(self, text: str) -> str:
        """`text` without the credential, should the server have echoed it."""
        ...


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header of its own."""

    key: Secret
    header: str
    prefix: str = ""

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:  # noqa: ARG002
        """The header; it never changes."""
        return {self.header: f"{self.prefix} {self.key.reveal()}".lstrip()}

    async def renewed(self) -> bool:
        """Never: there is one key."""
        return False

    def redact(self, text: str) -> str:
        """Replace every occurrence of the key."""
        return text.replace(self.key.reveal(), "***")


class Bearer:
    """A bearer token (RFC 6750) from whoever knows the one of the moment."""

    def __init__(self, provider: TokenProvider) -> None:
        """Ask `provider` before every request; it should be quick, and keep what it has."""
        self._provider = provider
        self._seen: deque[Secret] = deque(maxlen=REMEMBERED)

    async def headers(self, io: Io, deadline: float) -> Mapping[str, str]:  # noqa: ARG002
        """The header.

        Raises:
            AuthenticationError: The provider failed, or what it gave is no token.
        """
        return bearer(await self._token(io), self._seen)

    async def renewed(self) -> bool:
        """Never: the provider has just been asked."""
        return False

    def redact(self, text: str) -> str:
        """Replace every token of late."""
        return masked(text, self._seen)

    async def _token(self, io: Io) -> Secret:
        try:
            if inspect.iscoroutinefunction(self._provider):
                token = _token(await self._provider())
            else:  # it may read a file or ask a vault, so it must not hold up an event loop
                token = _token(await io.offload(self._provider))
        except RedenLabError:
            raise
        except Exception as error:
            raise AuthenticationError(
                f"the token provider failed: {type(error).__name__}",
                hint="see the error that caused this one",
            ) from error
        if token is None:
            raise AuthenticationError(
                "what the token provider gave is no bearer token",
                hint="it has to return the token alone, as a text, without 'Bearer'",
            )
        return token


def bearer(token: Secret, seen: deque[Secret]) -> Mapping[str, str]:
    """The header for `token`, which is added to those `seen`."""
    if token not in seen:
        seen.append(token)
    return {"Authorization": f"Bearer {token.reveal()}"}


def masked(text: str, secrets: deque[Secret]) -> str:
    """`text` without any of `secrets`."""
    for secret in secrets:
        text = text.replace(secret.reveal(), "***")
    return text


def _token(value: object) -> Secret | None:
    """`value` as a secret, if it can stand in a header."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TOKEN:
        return None
    good = value.isascii() and value.isprintable() and " " not in value
    return Secret(value) if good else None


def api_key(value: str | Secret, source: str) -> Secret:
    """Check the form of a key.

    Gateway keys carry no prefix, so only length and characters can be checked
    (RedenLab contract, section 2.1).

    Raises:
        AuthenticationError: It is blank, has white space or control characters, is not ASCII, or
            has fewer than 10 or more than 500 characters. The text never quotes the key.
    """
    secret = value if isinstance(value, Secret) else Secret(value)
    del value  # a traceback that shows locals must not show the key
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
    if not SHORTEST <= len(value) <= LONGEST:
        return f"has not {SHORTEST} to {LONGEST} characters"
    return None
