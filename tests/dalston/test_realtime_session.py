"""What realtime sessions do between two calls: over sockets that are scripts, in virtual time."""

import asyncio
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

import redenlab.core.live
from live_lines import BASE, BEGIN, END, KEY, Line, Lines, Said, final
from redenlab.core.errors import (
    MissingExtra,
    NetworkError,
    RequestTimeout,
    ServerError,
    UnexpectedResponse,
)
from redenlab.core.live import session as live
from redenlab.core.live.audio import AudioFormat
from redenlab.core.live.socket import Closed, Frame
from redenlab.core.live.tail import Tail
from redenlab.core.transport.outcomes import failed
from redenlab.dalston import (
    AsyncRealtimeSession,
    AuthenticationError,
    Reconnect,
    TranscriptFinal,
    ValidationError,
)

pytestmark = pytest.mark.anyio

SECOND = bytes(32_000)
"""A second of audio at 16 kHz."""

TERMINATED = '{"type":"session.terminated","reason":"lag_exceeded","recoverable":true}'


async def until(true: Callable[[], object]) -> None:
    """Let others work until something is true."""
    while not true():
        await asyncio.sleep(0)


async def finals_of(session: AsyncRealtimeSession) -> list[str]:
    return [each.data.text async for each in session if each.type == "transcript.final"]


def on(kind: str, *said: Said) -> Callable[[Frame], Iterable[Said]]:
    """A script that says something to the first text frame of a type, and ends sessions."""

    def script(frame: Frame) -> Iterable[Said]:
        if isinstance(frame, str) and f'"{kind}"' in frame:
            return said
        return [END] if isinstance(frame, str) and '"end"' in frame else []

    return script


async def test_finals_that_come_during_close_reach_callbacks_and_iterators() -> None:
    line = Line(on("end", final(0, 1, "late"), END))
    session = Lines(line).session()
    heard: list[str] = []
    session.on_final(lambda each: heard.append(each.text))
    reading = asyncio.create_task(finals_of(session))
    await session.connect()
    end = await session.close()
    assert end is not None
    assert (heard, await reading) == (["late"], ["late"])
    assert line.is_closed


async def test_finals_are_returned_at_the_end() -> None:
    session = Lines(Line(on("end", final(0, 1, "late"), END))).session()
    await session.connect()
    assert [each.text for each in await session.finals()] == ["late"]


async def test_messages_are_passed_to_their_callbacks_and_coroutines_are_awaited() -> None:
    kinds = {
        "on_partial": '{"type":"transcript.partial","text":"he"}',
        "on_final": final(0, 1),
        "on_vad_start": '{"type":"vad.speech_start","timestamp":1}',
        "on_vad_end": '{"type":"vad.speech_end","timestamp":2}',
        "on_error": '{"type":"error","code":"rate_limit","recoverable":true}',
        "on_warning": '{"type":"warning","lag_seconds":3}',
    }
    session = Lines(Line(on("end", *kinds.values(), END))).session()
    heard: list[str] = []

    def listener(name: str) -> Any:
        async def called(message: Any) -> None:
            await asyncio.sleep(0)
            heard.append(name)

        return called

    for name in kinds:
        getattr(session, name)(listener(name))
    async with session:
        pass
    assert heard == list(kinds)


async def test_an_unknown_message_is_iterated_over() -> None:
    session = Lines(Line(on("end", '{"type":"speaker.changed"}', END))).session()
    await session.connect()
    await session.close()
    assert [each.type async for each in session] == ["speaker.changed", "session.end"]


async def test_flush_clear_and_configure_are_sent_in_order() -> None:
    line = Line()
    session = Lines(line).session()
    async with session:
        await session.send_audio(b"\0\0")
        await session.flush()
        await session.clear()
        assert session.unsent == b""
        await session.configure(language="de", min_silence_duration_ms=200)
    assert line.received == [
        b"\0\0",
        '{"type": "flush"}',
        '{"type": "clear"}',
        '{"type": "config", "language": "de", "min_silence_duration_ms": 200}',
        '{"type": "end"}',
    ]


# -- errors


async def test_a_lost_connection_hands_the_audio_back_that_no_final_covers() -> None:
    line = Line()
    session = Lines(line).session()
    await session.connect()
    await session.send_audio(SECOND)
    await session.send_audio(b"\1\1" * 16_000)
    line.say(final(0, 1), Closed())
    await until(lambda: not session.connected)
    with pytest.raises(NetworkError, match=r"without session\.end") as caught:
        await session.send_audio(b"\2\2")
    assert caught.value.unsent == b"\1\1" * 16_000 + b"\2\2"
    with pytest.raises(NetworkError) as caught:
        await session.close()
    assert caught.value.unsent == b"\1\1" * 16_000 == session.unsent


async def test_audio_that_is_being_sent_when_the_connection_breaks_is_handed_back() -> None:
    line = Line(lambda _: [Closed(4010)])
    session = Lines(line).session()
    await session.connect()
    await session.send_audio(b"\1\1")
    with pytest.raises(ServerError) as caught:
        await session.send_audio(b"\2\2")
    assert caught.value.unsent == b"\1\1\2\2"


async def test_an_error_reaches_who_iterates_after_the_messages() -> None:
    session = Lines(Line(first=[BEGIN, final(0, 1), TERMINATED, Closed()])).session()
    await session.connect()
    messages = aiter(session)
    assert [(await anext(messages)).type for _ in range(2)] == [
        "transcript.final",
        "session.terminated",
    ]
    with pytest.raises(ServerError, match="lag_exceeded"):
        await anext(messages)


async def test_what_cannot_be_read_ends_the_session() -> None:
    session = Lines(Line(first=[BEGIN, b"\0"])).session()
    await session.connect()
    with pytest.raises(UnexpectedResponse, match="binary"):
        await finals_of(session)


async def test_an_error_of_a_callback_ends_the_session() -> None:
    session = Lines(Line(first=[BEGIN, final(0, 1)])).session()
    session.on_final(lambda _: 1 / 0)
    await session.connect()
    with pytest.raises(ZeroDivisionError):
        await finals_of(session)


async def test_an_error_in_the_block_ends_the_session_at_once() -> None:
    line = Line()
    with pytest.raises(KeyError):
        async with Lines(line).session():
            raise KeyError
    assert (line.received, line.is_closed) == ([], True)


@pytest.mark.parametrize("state", ["new", "ended"])
async def test_audio_for_a_session_that_is_not_open_is_handed_back(state: str) -> None:
    session = Lines(Line()).session()
    if state == "ended":
        await session.connect()
        await session.close()
    with pytest.raises(ValidationError) as caught:
        await session.send_audio(b"\0\0")
    assert caught.value.unsent == b"\0\0"
    assert (await session.close() is None) is (state == "new")


async def test_without_the_library_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "redenlab.core.live.websocket", None)
    monkeypatch.delattr(redenlab.core.live, "websocket", raising=False)
    session = AsyncRealtimeSession(BASE, KEY)
    with pytest.raises(MissingExtra, match=r"redenlab\[realtime\]"):
        await session.connect()


async def test_a_session_connects_once() -> None:
    session = Lines(Line()).session()
    async with session:
        with pytest.raises(ValidationError, match="has begun"):
            await session.connect()


async def test_an_end_that_does_not_come_is_a_timeout() -> None:
    session = Lines(Line(lambda _: [])).session()
    await session.connect()
    await session.send_audio(b"\1\1")
    with pytest.raises(RequestTimeout) as caught:
        await session.close(timeout=0.01)
    assert caught.value.unsent == b"\1\1"


async def test_a_first_message_that_does_not_come_is_a_timeout() -> None:
    line = Line(first=[])
    session = Lines(line, Line(first=[])).session()
    with pytest.raises(RequestTimeout):
        await session.connect(timeout=0.01)
    assert line.is_closed


# -- back pressure


async def test_a_slow_reader_stops_the_reading_of_the_socket() -> None:
    line = Line(first=[BEGIN, *[final(0, 1)] * 3 * live.MAX_MESSAGES])
    session = Lines(line).session()
    await session.connect()
    await until(lambda: len(session._session._queue) == live.MAX_MESSAGES)
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(session._session._queue) == live.MAX_MESSAGES
    assert len(line._said) == 2 * live.MAX_MESSAGES - 1
    async with asyncio.timeout(60):
        line.say(END)
        assert len(await finals_of(session)) == 3 * live.MAX_MESSAGES


async def test_a_slow_callback_stops_the_reading_of_the_socket() -> None:
    line, gate = Line(first=[BEGIN, *[final(0, 1)] * 3, END]), asyncio.Event()
    session = Lines(line).session()
    session.on_final(lambda _: gate.wait())
    await session.connect()
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(line._said) == 3
    gate.set()
    await session.close()


async def test_a_slow_network_makes_senders_wait_in_order() -> None:
    gate = asyncio.Semaphore(1)
    line = Line(waits=gate.acquire)
    session = Lines(line).session()
    await session.connect()
    sends = [asyncio.create_task(session.send_audio(bytes([n, n]))) for n in range(3)]
    for _ in range(20):
        await asyncio.sleep(0)
    assert line.received == [b"\0\0"]
    for _ in range(3):
        gate.release()
    await asyncio.gather(*sends)
    assert line.received == [b"\0\0", b"\1\1", b"\2\2"]
    await session.close()


async def test_a_network_that_takes_nothing_is_a_timeout_with_the_audio() -> None:
    line = Line(waits=asyncio.Event().wait)
    session = Lines(line).session()
    session._session._stall = 0.01
    await session.connect()
    with pytest.raises(RequestTimeout, match="callbacks") as caught:
        await session.send_audio(b"\1\1")
    assert caught.value.unsent == b"\1\1"
    assert (session.connected, line.is_closed) == (False, True)


# -- reconnecting


async def test_audio_that_no_final_covers_is_sent_again() -> None:
    first, second = Line(), Line()
    lines = Lines(first, second)
    session = lines.session(reconnect=Reconnect(attempts=1))
    await session.connect()
    await session.send_audio(SECOND)
    await session.send_audio(b"\1\1" * 16_000)
    first.say(final(0, 1), Closed())
    await until(lambda: len(lines.queries) == 2)
    await session.send_audio(b"\2\2")
    assert second.audio == b"\1\1" * 16_000 + b"\2\2"
    assert lines.queries[1]["resume_session_id"] == "sess_0000000000000001"
    second.say(final(0.5, 1))
    reading = asyncio.create_task(finals_of(session))
    await session.close()
    assert await reading == ["hello", "hello"]


async def test_times_go_on_after_an_interruption() -> None:
    first, second = Line(), Line()
    lines = Lines(first, second)
    session = lines.session(reconnect=Reconnect())
    heard: list[TranscriptFinal] = []
    session.on_final(heard.append)
    await session.connect()
    await session.send_audio(SECOND * 2)
    first.say(final(0, 1), Closed())
    await until(lambda: len(lines.queries) == 2)
    second.say(final(0, 1))
    await until(lambda: len(heard) == 2)
    assert [(each.start, each.end) for each in heard] == [(0, 1), (1, 2)]
    assert session.unsent == b""
    await session.close()


async def test_audio_is_sent_again_faster_than_in_real_time_but_not_at_once() -> None:
    first, second = Line(), Line()
    lines = Lines(first, second)
    session = lines.session(reconnect=Reconnect(speed=2))
    await session.connect()
    await session.send_audio(SECOND * 10)
    first.say(Closed())
    await until(lambda: second.audio == SECOND * 10)
    await session.close()
    assert 4.5 < lines.clock.time <= 5
    assert {len(each) for each in second.received if isinstance(each, bytes)} == {3200}


async def test_settings_and_the_end_are_sent_again() -> None:
    first, second = Line(on("end", Closed())), Line()
    session = Lines(first, second).session(reconnect=Reconnect())
    await session.connect()
    await session.configure(language="de")
    await session.configure(vad_threshold=0.5)
    await session.send_audio(b"\1\1")
    assert await session.close() is not None
    assert second.received == [
        '{"type": "config", "language": "de", "vad_threshold": 0.5}',
        b"\1\1",
        '{"type": "end"}',
    ]


async def test_a_flush_during_an_interruption_is_sent_on_the_new_connection() -> None:
    first, second = Line(lambda _: [Closed()]), Line()
    session = Lines(first, second).session(reconnect=Reconnect())
    await session.connect()
    await session.send_audio(b"\1\1")
    await session.flush()
    await session.close()
    assert second.received == [b"\1\1", '{"type": "flush"}', '{"type": "end"}']


async def test_a_service_that_stays_away_ends_the_session_with_the_audio(
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = Line()
    lost = failed("unreachable", "the service")
    lines = Lines(first, *[lost] * 3)
    session = lines.session(reconnect=Reconnect(attempts=3))
    await session.connect()
    await session.send_audio(b"\1\1")
    first.say(Closed())
    caplog.set_level("WARNING")
    with pytest.raises(NetworkError, match="cannot reach") as caught:
        await finals_of(session)
    assert "no response: unreachable" in caplog.text
    assert caught.value.unsent == b"\1\1"
    assert len(lines.queries) == 4


async def test_connections_that_break_again_and_again_are_given_up() -> None:
    lines = Lines(*[Line(lambda frame: [Closed()]) for _ in range(10)])
    session = lines.session(reconnect=Reconnect(attempts=3))
    await session.connect()
    await session.send_audio(b"\1\1")
    with pytest.raises(NetworkError) as caught:
        await finals_of(session)
    assert caught.value.unsent == b"\1\1"
    assert len(lines.queries) == 4


@pytest.mark.parametrize("code", [4001, 4003, 4400])
async def test_a_refusal_is_not_tried_again(code: int) -> None:
    lines = Lines(Line(first=[BEGIN, Closed(code)]), Line())
    session = lines.session(reconnect=Reconnect())
    await session.connect()
    with pytest.raises((AuthenticationError, ValidationError)):
        await finals_of(session)
    assert len(lines.queries) == 1


async def test_a_connection_that_lasts_has_all_attempts_again() -> None:
    all_lines = [Line() for _ in range(4)]
    lines = Lines(*all_lines)
    session = lines.session(reconnect=Reconnect(attempts=1, budget=5))
    await session.connect()
    for number, line in enumerate(all_lines[:-1], 2):
        lines.clock.time += 6
        line.say(Closed())
        await until(lambda: len(lines.queries) == number)  # noqa: B023
    await session.close()


def test_reconnect_has_positive_numbers() -> None:
    with pytest.raises(ValueError, match="Reconnect"):
        Reconnect(attempts=0)


def test_the_audio_that_is_kept_is_bounded_and_begins_with_a_whole_sample() -> None:
    tail = Tail(AudioFormat("pcm_s16le", 10), window=1.0)
    for byte in range(1, 8):
        tail.append(bytes([byte]) * 5)
    assert (tail.start, len(tail.content), tail.seconds) == (16, 19, 0.8)
    tail.confirm(1.0)
    assert (tail.start, tail.content[:6]) == (20, b"\5" * 5 + b"\6")
    tail.confirm(0.5)
    assert tail.start == 20
    tail.clear()
    assert (tail.content, tail.start) == (b"", 35)


# -- two hours


def speech(frame: Frame, heard: list[int]) -> Iterator[Said]:
    """What a service says to audio: something every second, and a final every five."""
    if isinstance(frame, str):
        yield END
        return
    heard[0] += len(frame)
    seconds, rest = divmod(heard[0], len(SECOND))
    if rest == 0 and seconds % 5:
        yield f'{{"type":"transcript.partial","text":"{"word " * 10}"}}'
    elif rest == 0:
        yield f'{{"type":"vad.speech_end","timestamp":{seconds}}}'
        yield final(seconds - 5, seconds, "word " * 10)


async def test_two_hours_use_no_more_memory_than_a_few_minutes() -> None:
    heard, chunk = [0], 3200
    line = Line(lambda frame: speech(frame, heard))
    lines = Lines(line)
    session = lines.session()
    finals, largest, used = 0, 0, [0] * 12

    async def read() -> None:
        nonlocal finals, largest
        async for message in session:
            finals += message.type == "transcript.final"
            largest = max(largest, len(session._session._queue))

    def audio() -> Iterator[bytes]:
        for tenth in range(2 * 36_000):
            line.received.clear()
            used[tenth // 6000] = max(tracemalloc.get_traced_memory()[0], used[tenth // 6000])
            yield bytes(chunk)

    await session.connect()
    reading = asyncio.create_task(read())
    tracemalloc.start()
    try:
        await session._session.pace(audio())
    finally:
        tracemalloc.stop()
    await session.close()
    await reading
    assert heard[0] == 2 * 3600 * len(SECOND)
    assert finals == 2 * 3600 // 5
    assert lines.clock.time == pytest.approx(7200, abs=1)
    assert largest <= 4
    assert used[-1] - used[0] < 500_000  # cancelled timers of asyncio
    assert session.unsent == b""
