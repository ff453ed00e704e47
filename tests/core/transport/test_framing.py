"""A connection is used again only if exactly one response came on it."""

import pytest

from redenlab.core.transport.framing import Framing

CASES = {
    "a body of known length": (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", True),
    "no body": (b"HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", True),
    "an empty body": (b"HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", True),
    "bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", True),
    "interim responses": (
        (
            b"HTTP/1.1 103 Early Hints\r\nContent-Length: 9\r\n\r\n"
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
        ),
        True,
    ),
    "chunks": (
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
            b"A;x=y\r\n0123456789\r\n"
            b"0\r\n\r\n"
        ),
        True,
    ),
    "chunks and trailers": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n",
        True,
    ),
    "a body cut off": (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", False),
    "a surplus byte": (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd", False),
    "a second response": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\n\r\n",
        False,
    ),
    "a second response after none": (
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        False,
    ),
    "a second response after chunks": (
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        False,
    ),
    "chunks cut off": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", False),
    "a chunk of no size": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n0\r\n\r\n",
        False,
    ),
    "a body until the end": (b"HTTP/1.1 200 OK\r\n\r\nabc", False),
    "a head cut off": (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", False),
    "nothing": (b"", False),
}


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize(("data", "is_over"), CASES.values(), ids=CASES)
def test_the_end_of_a_response_is_known(data: bytes, is_over: bool, size: int) -> None:
    framing = Framing()
    for at in range(0, len(data), size):
        framing.feed(data[at : at + size])
    assert framing.is_over is is_over


def test_each_response_is_counted_by_itself() -> None:
    framing = Framing()
    for _ in range(2):
        framing.restart()
        assert not framing.is_over
        framing.feed(CASES["chunks"][0])
        assert framing.is_over
