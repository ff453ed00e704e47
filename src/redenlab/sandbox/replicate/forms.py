"""A parser of multipart forms (RFC 7578)."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser

from redenlab.sandbox.replicate.problems import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """One field or file."""

    name: str
    filename: str | None
    content_type: str
    content: bytes


def parts(content_type: str, body: bytes) -> Iterator[Part]:
    """The parts of a form.

    Raises:
        Problem: It is no multipart form.
    """
    declared = Message()
    declared["Content-Type"] = content_type
    boundary = declared.get_param("boundary")
    if declared.get_content_type() != "multipart/form-data" or not isinstance(boundary, str):
        raise Problem(400, "Failed to parse request body as multipart form")
    for part in (b"\r\n" + body).split(f"\r\n--{boundary}".encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesParser().parsebytes(head + b"\r\n\r\n", headersonly=True)
        name = headers.get_param("name", header="Content-Disposition")
        filename = headers.get_filename()
        yield Part(str(name or ""), filename, headers.get_content_type(), content)
