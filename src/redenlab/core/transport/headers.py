"""The gate that every header passes before the transport sees it.

What the HTTP library refuses it quotes in its error, and a value may be a credential.
"""

import re

from redenlab.core.errors import InputError
from redenlab.core.text import cut

_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
"""A header's name (RFC 9110, 5.6.2)."""


def is_name(name: str) -> bool:
    """Whether a header may be called so."""
    return _NAME.fullmatch(name) is not None


def is_value(value: object) -> bool:
    """Whether a header may have this value: printable ASCII, no blank at its ends."""
    return (
        isinstance(value, str)
        and value.isascii()
        and value.isprintable()
        and value == value.strip()
    )


def check_header(name: str, value: object) -> None:
    """Refuse a header that cannot be sent; the error does not show its value.

    Raises:
        InputError: Its name or its value has characters that no header may have.
    """
    if not is_name(name):
        raise InputError(f"{cut(repr(name), 80)} is no name of a header")
    if not is_value(value):
        raise InputError(
            f"the value of the header {cut(name, 80)} has characters that no header may have",
            hint="a key, a token, a content type or a header of yours has a line break, a blank at "
            "its end or letters beyond ASCII",
        )
