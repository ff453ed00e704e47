"""Requests as the engine reads them. Responses are `redenlab.lowlevel.types.RawResponse`."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from redenlab.core.spec.expressions import MISSING, Headers
from redenlab.lowlevel.types import RawResponse

JSON_TYPE = "application/json"


@dataclass(frozen=True)
class Received:
    """A request.

    Attributes:
        method: In capitals.
        url: The whole URL.
        headers: In either case.
        content: The body.
    """

    method: str
    url: str
    headers: Headers = field(repr=False)
    content: bytes = field(default=b"", repr=False)

    @cached_property
    def address(self) -> str:
        """The URL without its query."""
        return self.url.partition("?")[0]

    @cached_property
    def query(self) -> Mapping[str, list[str]]:
        """The values of each query parameter."""
        found: dict[str, list[str]] = {}
        for name, value in parse_qsl(urlsplit(self.url).query, keep_blank_values=True):
            found.setdefault(name, []).append(value)
        return found

    @cached_property
    def media_type(self) -> str:
        """Of the body, in small letters and without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def document(self) -> Any:
        """The body: JSON, the parts of a form, or bytes; `MISSING` where there is none.

        Raises:
            ValueError: It is not what its type says.
        """
        if self.media_type == "multipart/form-data":
            found: dict[str, list[Any]] = {}
            for name, value in self._parts():
                found.setdefault(name, []).append(value)
            return {name: vs[0] if len(vs) == 1 else vs for name, vs in found.items()}
        if not self.content:
            return MISSING
        return json.loads(self.content) if "json" in self.media_type else self.content

    def _parts(self) -> Iterator[tuple[str, Any]]:
        """The parts of a form (RFC 7578): bytes of files, texts, and what is JSON."""
        found = re.search(r'boundary="?([^";]+)', self.headers.get("content-type", ""))
        if found is None:
            raise ValueError("the form has no boundary")
        for part in self.content.split(b"--" + found[1].encode())[1:-1]:
            head, _, body = part.partition(b"\r\n\r\n")
            header = head.decode(errors="replace")
            name = re.search(r'name="([^"]*)"', header)
            content = body.removesuffix(b"\r\n")
            if name is None:
                raise ValueError("a part of the form has no name")
            is_file = "filename=" in header
            is_json = "application/json" in header
            text = content if is_file else content.decode(errors="replace")
            yield name[1], json.loads(content) if is_json else text


def refusal(status: int, text: str) -> RawResponse:
    """A response that says why a request is refused."""
    content = json.dumps({"error": text}).encode()
    return RawResponse(status, {"content-type": JSON_TYPE}, content)
