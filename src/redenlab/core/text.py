"""Text of others made fit to be shown: without markup, control characters and signed queries."""

import re
from collections.abc import Callable

from redenlab.core.errors import NetworkError
from redenlab.lowlevel.display import without_queries

MAX_CHARS = 200
"""Characters of an excerpt."""

_MAX_READ = 20 * MAX_CHARS
_TAGS = re.compile(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>")
_USER_INFO = re.compile(r"(?<=://)[^/?#]*@")

_SECRET = re.compile("(?i)sig|token|credential|secret|password|key|auth|policy|expires|cookie")

Redact = Callable[[str], str]
"""Removes the credential of a client from a text, should the server have echoed it."""


def sanitize(text: str, redact: Redact | None = None) -> str:
    """At most 200 characters of `text`: no markup, control characters, credential or query."""
    if redact is None and len(text) <= MAX_CHARS and text.replace("-", "").isalnum():
        return text  # a request id, usually; there is one in every response
    text = text[:_MAX_READ]
    if redact is not None:
        text = redact(text)
    text = " ".join(_printable(without_queries(_TAGS.sub(" ", text))).split())
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS - 1]}…"


def is_secret_name(name: str) -> bool:
    """Whether a header or a parameter of this name may hold a signature or a credential."""
    return _SECRET.search(name) is not None


def is_signed(text: str) -> bool:
    """Whether `text` is a URL, perhaps a relative one, whose query holds a signature or a token."""
    query = text.partition("?")[2] if "://" in text or text.startswith("/") else ""
    return any(is_secret_name(pair.partition("=")[0]) for pair in query.split("&"))


def display_url(url: str) -> str:
    """`url` without user info, query and fragment, which may be secrets."""
    bare = _USER_INFO.sub("", re.split(r"[?#]", url, maxsplit=1)[0])
    return _printable(bare)[:MAX_CHARS]


def reason(error: Exception) -> str:
    """Why something could not be read, in a text without addresses."""
    if isinstance(error, NetworkError):
        return error.message
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or type(error).__name__


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
