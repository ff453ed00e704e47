"""Text of others made fit to be shown: no markup, control characters, secrets or signed queries."""

import re
from collections.abc import Callable

from redenlab.lowlevel.display import HIDDEN, without_queries

MAX_CHARS = 200
"""Characters of an excerpt."""

MAX_MESSAGE_CHARS = 500
"""Characters of the message or the hint of an error."""

MAX_ID_CHARS = 512
"""Characters of an id; no service has ids as long as this."""

_MAX_READ = 20 * MAX_CHARS
_MAX_SECRET = 16 * 1024  # a credential that is cut in two would not be recognized
_TAGS = re.compile(r"(?is)<(script|style)\b.*?</\1>|<[^<>]*>")
_USER_INFO = re.compile(r"(?<=://)[^/?#\s]*@")

_SECRET = re.compile("(?i)sig|token|credential|secret|password|key|auth|policy|expires|cookie")

_SECRETS = re.compile(
    r"""\b((?:Bearer|Basic)[ ]{1,4})(?=[^\s]*\d)[\w.~+/=-]{8,}
    |(?i:((?:token|secret|password|api[_-]?key|signature|credential|authorization)
        ["']?[ ]{0,2}[:=][ ]{0,2}["']?))(?=[^\s"'&,;]*\d)[^\s"'&,;]{8,}""",
    re.VERBOSE,
)
"""A credential in a header, and one with its name before it."""

Redact = Callable[[str], str]
"""Removes the credential of a client from a text, should the server have echoed it."""


def sanitize(text: str, redact: Redact | None = None) -> str:
    """At most 200 characters of `text`: no markup, control characters, credential or query."""
    if redact is None and len(text) <= MAX_CHARS and text.replace("-", "").isalnum():
        return text  # a request id, usually; there is one in every response
    text = text[: _MAX_READ + _MAX_SECRET]
    if redact is not None:
        text = redact(text)
    return cleaned(_TAGS.sub(" ", text[:_MAX_READ]), MAX_CHARS)


def cleaned(text: str, limit: int = MAX_MESSAGE_CHARS) -> str:
    """At most `limit` characters of `text` on one line, without secrets and signed queries."""
    text = without_queries(_USER_INFO.sub("", " ".join(_printable(text[:_MAX_READ]).split())))
    return cut(_SECRETS.sub(lambda found: f"{found[1] or found[2]}{HIDDEN}", text), limit)


def cut(text: str, limit: int) -> str:
    """`text`, or its beginning if it has more than `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def identifier(value: str | None) -> str | None:
    """An id or a code that another party chose, fit for a line of a log."""
    return None if value is None else cut(_printable(value[:_MAX_READ]), MAX_ID_CHARS)


def is_identifier(value: str) -> bool:
    """Whether `value` can be an id: printable, and no longer than any service's."""
    return 0 < len(value) <= MAX_ID_CHARS and value.isprintable()


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


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text)
