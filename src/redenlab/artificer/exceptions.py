"""The errors by the names of the design document; see `redenlab.core.errors`."""

from redenlab.core.errors import (
    AuthenticationError,
    RateLimited,
    ServerError,
    TimeoutError,  # noqa: A004 - as documented
    ValidationError,
)
from redenlab.core.errors import NetworkError as ConnectionError  # noqa: A004 - as documented
from redenlab.core.errors import NotFound as NotFoundError
from redenlab.core.errors import PermissionDenied as PermissionError  # noqa: A004 - as documented
from redenlab.core.errors import RedenLabError as ArtificerError

RateLimitError = RateLimited

__all__ = [
    "ArtificerError",
    "AuthenticationError",
    "ConnectionError",
    "NotFoundError",
    "PermissionError",
    "RateLimitError",
    "ServerError",
    "TimeoutError",
    "ValidationError",
]
