"""Requests as the engine reads them, and the responses that it makes."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from redenlab.core.spec.expressions import MISSING, Headers
from redenlab.lowlevel.types import RawResponse

JSON_TYPE = "application/json"
FORM = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that lie on disk: a recording, a file of a form.

    Attributes:
        path: Where.
        size: How many.
        digest: Their SHA-256 in hexadecimal digits.
        name: Of the file, as the request says it; empty where it does not.
        media_type: As the request says it; empty where it does not.
    """

    path: Path
    size: int
    digest: str
    name: str = ""
    media_type: str = ""


Content = bytes | Blob


def bytes_of(content: Content) -> bytes:
    """The bytes of a body or a file, all at once."""
    return content.path.read_bytes() if isinstance(content, Blob) else content


class Refused(Exception):
    """A request that the service refuses.

    Attributes:
        status: HTTP status.
        text: Why, for people.
        title: Why, in a word or two; empty where there is nothing to add.
        headers: Of the response.
        more: Further values of the body.
    """

    def __init__(
        self,
        status: int,
        text: str,
        title: str = "",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(text)
        self.headers: Mapping[str, str] = headers or {}
        self.status: int = status
        self.text: str = text
        self.title: str = title
        self.more: Mapping[str, Any] = more


def mapping(value: Any) -> Mapping[str, Any]:
    """A value as an object; an empty one where it is none."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Live:
    """A response whose body comes while a job goes on: server-sent events.

    Attributes:
        following: The events after the first so many that there are by now, and whether more come.
    """

    following: Callable[[int], tuple[list[bytes], bool]]


@dataclass(frozen=True, slots=True)
class Held:
    """A response that is held back until a job has ended, for so many seconds at most."""

    seconds: float
    is_due: Callable[[], bool]
    respond: Callable[[], RawResponse]


Response = RawResponse | Live | Held


@dataclass(frozen=True)
class Received:
    """A request.

    Attributes:
        method: In capitals.
        url: The whole URL.
        headers: In either case.
        content: The body.
        form: The parts of a form that has been taken apart already.
    """

    method: str
    url: str
    headers: Headers = field(repr=False)
    content: Content = field(default=b"", repr=False)
    form: Mapping[str, Any] | None = field(default=None, repr=False)

    @cached_property
    def address(self) -> str:
        """The URL without its query."""
        return self.url.partition("?")[0]

    @cached_property
    def query(self) -> Mapping[str, list[str]]:
        """The values of each query parameter."""
        return _grouped(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

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
        if self.form is not None or isinstance(self.content, Blob):
            return self.content if self.form is None else self.form
        if self.media_type == FORM:
            return self.with_form(self._parts(self.content)).form
        if not self.content:
            return MISSING
        try:
            return json.loads(self.content) if "json" in self.media_type else self.content
        except RecursionError:
            raise ValueError("it is nested too deeply") from None

    def with_form(self, pairs: Iterable[tuple[str, Any]]) -> "Received":
        """The same with the parts of its form; a list where several have one name."""
        form = {name: vs[0] if len(vs) == 1 else vs for name, vs in _grouped(pairs).items()}
        return replace(self, form=form)

    def _parts(self, body: bytes) -> Iterator[tuple[str, Any]]:
        """The parts of a form (RFC 7578): bytes of files, texts, and what is JSON."""
        found = re.search(r'boundary="?([^";]+)', self.headers.get("content-type", ""))
        if found is None:
            raise ValueError("the form has no boundary")
        for part in body.split(b"--" + found[1].encode())[1:-1]:
            head, _, rest = part.partition(b"\r\n\r\n")
            header = head.decode(errors="replace")
            name = re.search(r'name="([^"]*)"', header)
            content = rest.removesuffix(b"\r\n")
            if name is None:
                raise ValueError("a part of the form has no name")
            is_file = "filename=" in header
            is_json = "application/json" in header
            text = content if is_file else content.decode(errors="replace")
            yield name[1], json.loads(content) if is_json else text


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
