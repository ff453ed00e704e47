"""Credentials: how they are held, and how a request is signed with them."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import NoReturn, Protocol, Self, final

from redenlab.core.errors import AuthenticationError

SHORTEST, LONGEST = 10, 500


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
    """Signs requests."""

    def sign(self, headers: MutableMapping[str, str]) -> None:
        """Add what proves who is calling to `headers`."""
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

    def sign(self, headers: MutableMapping[str, str]) -> None:
        """Set the header."""
        headers[self.header] = f"{self.prefix} {self.key.reveal()}".lstrip()

    def redact(self, text: str) -> str:
        """Replace every occurrence of the key."""
        return text.replace(self.key.reveal(), "***")


def api_key(value: str, source: str) -> Secret:
    """Check the form of a key.

    Gateway keys carry no prefix, so only length and characters can be checked
    (RedenLab contract, section 2.1).

    Raises:
        AuthenticationError: It is blank, has white space or control characters, is not ASCII, or
            has fewer than 10 or more than 500 characters. The text never quotes the key.
    """
    problem = _problem(value)
    if problem is None:
        return Secret(value)
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
