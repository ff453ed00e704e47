"""Server-sent events, however they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.transport import sse
from redenlab.core.transport.sse import MAX_EVENT_BYTES, Decoder, ServerSentEvent


def decoded(stream: bytes, size: int = 7) -> list[ServerSentEvent]:
    decoder = Decoder()
    chunks = [stream[at : at + size] for at in range(0, len(stream), size)]
    return [message for chunk in chunks for message in decoder.feed(chunk)]


@pytest.mark.parametrize(
    ("stream", "messages"),
    [
        (b"data: a\n\n", [("message", "a", "")]),
        (b"data:a\r\n\r\n", [("message", "a", "")]),
        (b"data: a\r\rdata: b\r\r\n", [("message", "a", ""), ("message", "b", "")]),
        (b"data: a\ndata: b\n\n", [("message", "a\nb", "")]),
        (
            b"event: done\nid: 7\ndata: a\n\ndata: b\n\n",
            [("done", "a", "7"), ("message", "b", "7")],
        ),
        (b": a comment\n\ndata: a\n\n", [("message", "a", "")]),
        (b"data\n\n", [("message", "", "")]),
        (b"event: x\n\n", []),
        (b"data: no end", []),
        (b"\xef\xbb\xbfdata: a\n\n", [("message", "a", "")]),
        (b"data: \xff\n\n", [("message", "\ufffd", "")]),
        (b"id: a\x00b\ndata: c\n\n", [("message", "c", "")]),
        (b"retry: 5\nnonsense: 1\ndata: a\n\n", [("message", "a", "")]),
    ],
)
def test_a_stream_means_what_the_standard_says(
    stream: bytes, messages: list[tuple[str, str, str]]
) -> None:
    for size in (1, 2, 7, 1000):
        assert decoded(stream, size) == [ServerSentEvent(*message) for message in messages]


@given(st.binary(max_size=300), st.integers(1, 50))
def test_how_a_stream_is_cut_makes_no_difference(stream: bytes, size: int) -> None:
    assert decoded(stream, size) == decoded(stream, 1000)


def test_an_event_that_does_not_end_is_dropped_and_the_next_one_is_not() -> None:
    flood = b"data: x" * 10 + b"\n"
    decoder = Decoder()
    for _ in range(MAX_EVENT_BYTES // 60):
        assert list(decoder.feed(flood)) == []
    assert [message.data for message in decoder.feed(b"\n\ndata: a\n\n")] == ["a"]


def test_a_line_that_does_not_end_is_not_kept() -> None:
    decoder = Decoder()
    for _ in range(40):
        list(decoder.feed(b"x" * 100_000))
    assert sum(map(len, decoder._parts)) <= 2 * MAX_EVENT_BYTES


def test_lines_without_data_are_not_kept_without_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "MAX_EVENT_BYTES", 1000)
    decoder = Decoder()
    for _ in range(10):
        list(decoder.feed(b"data:\n" * 1000))
    assert len(decoder._data) <= 1000


def test_a_long_line_is_joined_once_and_not_for_each_piece() -> None:
    decoder = Decoder()
    list(decoder.feed(b"data: " + b"x" * 100))
    for _ in range(1000):
        list(decoder.feed(b"y"))
    assert len(decoder._parts) == 1001
    (event,) = decoder.feed(b"\n\n")
    assert event.data == "x" * 100 + "y" * 1000
