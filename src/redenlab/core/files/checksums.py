"""Checksums of recordings, where a spec or a link asks for one: RFC 1864, and those of S3."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

ALGORITHMS: Mapping[str, str] = {
    "content-md5": "md5",
    "x-amz-checksum-sha1": "sha1",
    "x-amz-checksum-sha256": "sha256",
}
"""What a signed header of a link carries."""

_SIGNED = "signedheaders"
"""How the query parameter ends that says which headers a link is signed for."""


def asked_by(url: str) -> dict[str, str]:
    """The headers that a presigned link is signed for and that carry a checksum, and of which."""
    query = parse_qsl(urlsplit(url).query)
    signed = next((text for name, text in query if name.lower().endswith(_SIGNED)), "")
    names = signed.lower().split(";")
    return {name: ALGORITHMS[name] for name in names if name in ALGORITHMS}


def digests(chunks: Callable[[], Iterator[bytes]], algorithms: Iterable[str]) -> dict[str, str]:
    """Digests in base64, by algorithm; the recording is read once."""
    found = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    for chunk in chunks():
        for digest in found.values():
            digest.update(chunk)
    return {name: base64.b64encode(each.digest()).decode() for name, each in found.items()}
