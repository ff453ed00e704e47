"""What a recording is called: by its owner, and by everybody else.

The names of recordings are often those of patients. So what is sent, logged, kept or stands in an
error is a pseudonym, unless the caller chose a name for it, or has its client send its own names.
"""

import os
import re
import secrets
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Self

DEFAULT_NAME = "audio.wav"
"""What bytes are called, which have no name."""

DEFAULT_CONTENT_TYPE = "audio/wav"
CONTENT_TYPES: Final = MappingProxyType(
    {
        ".wav": "audio/wav",
        ".wave": "audio/wav",
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".flac": "audio/flac",
        ".ogg": "audio/ogg",
        ".opus": "audio/opus",
        ".jsonl": "application/jsonl",
    }
)

MAX_CHARS = 120
MAX_SUFFIX_CHARS = 20
MAX_LINKS = 4


@dataclass(frozen=True, slots=True)
class FileName:
    """The names of one recording.

    Attributes:
        own: The caller's; ``None`` where there is none.
        sent: By which everybody else knows it.
        chosen: Whether the caller chose `sent`.
    """

    own: str | None
    sent: str
    chosen: bool = False

    @classmethod
    def of(cls, own: str | None, chosen: str | None = None) -> Self:
        """The names of a recording that the caller has as `own`, and wants to send as `chosen`."""
        own = None if own is None else _base(own)
        if chosen:
            return cls(own, sendable_name(chosen), chosen=True)
        return cls(own, pseudonym(own) if own else DEFAULT_NAME)

    @property
    def disclosed(self) -> Self:
        """The same, sent by the caller's own name."""
        if self.own is None or self.chosen:
            return self
        return replace(self, sent=sendable_name(self.own))

    @property
    def content_type(self) -> str:
        """The type that the extension stands for."""
        return _type_of(self.sent if self.chosen else self.own or self.sent) or DEFAULT_CONTENT_TYPE


def pseudonym(name: str) -> str:
    """A name that says nothing of `name` but its extension, where that is one of a format."""
    suffix = os.path.splitext(name)[1].lower()
    return f"recording-{secrets.token_hex(4)}{suffix if _type_of(suffix) else ''}"


def sendable_name(name: str) -> str:
    """A base name safe for servers and logs: printable ASCII, at most 120 characters."""
    kept = "".join(
        c if c.isascii() and c.isprintable() and c not in '"%?#<>|*:' else "_" for c in _base(name)
    )
    stem, suffix = os.path.splitext(kept)
    suffix = suffix[:MAX_SUFFIX_CHARS]
    return f"{stem[: MAX_CHARS - len(suffix)]}{suffix}".strip() or DEFAULT_NAME


def place(url: str) -> str:
    """Where a recording is that has a URL: all else of that may name its patient, or be signed."""
    return "::".join(_link(each) for each in url.split("::")[:MAX_LINKS])


def _link(url: str) -> str:
    """Scheme of one URL of a chain, and its host where that is one."""
    scheme, _, rest = url.partition("://")
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    is_host = scheme.lower() in {"http", "https"} and host.isprintable()
    return f"{sendable_name(scheme)}://{host[:MAX_CHARS] if is_host else ''}…"


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _type_of(name: str) -> str | None:
    """The type of a name's extension; ``None`` where it is that of no usual format."""
    suffix = os.path.splitext(f"a{name}" if name.startswith(".") else name)[1].lower()
    if suffix in CONTENT_TYPES or not suffix:
        return CONTENT_TYPES.get(suffix)
    import mimetypes  # noqa: PLC0415 - for what is no usual recording

    guess, _ = mimetypes.guess_type(f"a{suffix}")
    odd = guess is None or guess.startswith(("application/octet", "application/x-"))
    return None if odd else guess
