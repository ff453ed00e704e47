"""What a low-level call raises.

    ApiError            the status is no success
    DecodeError         the body is not what its status promises
    └─ SchemaError      it is JSON, but not of the shape that the spec says

None of them quotes the body or a header in its text, since either may hold a secret; both are
attributes of `ApiError`.
"""

from collections.abc import Mapping


class ApiError(Exception):
    """The status is outside 200 to 299, documented or not."""

    def __init__(self, status_code: int, headers: Mapping[str, str], content: bytes) -> None:
        """Hold the whole response; `status_code` may be any integer, such as 520."""
        super().__init__(status_code, headers, content)
        self.status_code = status_code
        self.headers = headers
        self.content = content

    def __str__(self) -> str:
        """Name the status alone."""
        return f"the server answered {self.status_code}"


class DecodeError(ValueError):
    """The body cannot be read."""

    def __init__(self, status_code: int, problem: str) -> None:
        """Say what was found where, without quoting it."""
        super().__init__(status_code, problem)
        self.status_code = status_code
        self.problem = problem

    def __str__(self) -> str:
        """Name the status and the problem."""
        return f"the response ({self.status_code}) has {self.problem}"


class SchemaError(DecodeError):
    """A value is missing or has the wrong type.

    Attributes:
        path: JSON pointer to the value (RFC 6901); empty for the whole body.
    """

    def __init__(self, expected: str, found: str, path: str = "") -> None:
        """Name both types, never the value."""
        super().__init__(200, f"{found} at '{path or '/'}' where {expected} was expected")
        self.args: tuple[str, str, str] = (expected, found, path)
        self.expected = expected
        self.found = found
        self.path = path

    def prefixed(self, key: str | int) -> "SchemaError":
        """The same error, seen from the object or array that holds `key`."""
        step = str(key).replace("~", "~0").replace("/", "~1")
        return SchemaError(self.expected, self.found, f"/{step}{self.path}")
