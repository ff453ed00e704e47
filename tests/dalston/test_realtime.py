"""Realtime sessions of both kinds, over real sockets: the sandbox, and a server of codes."""

import asyncio
import io
import logging
import threading
import wave
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.server import ServerConnection, serve

import redenlab.sandbox
from faulty_server import PATIENCE
from live_lines import BEGIN, END, KEY
from redenlab import Retry
from redenlab.core import errors
from redenlab.dalston import (
    AsyncDalston,
    AsyncRealtimeSession,
    AuthenticationError,
    ConnectError,
    Dalston,
    DalstonError,
    ForbiddenError,
    RateLimitError,
    RealtimeException,
    RealtimeSession,
    Reconnect,
    ServerError,
    SessionBegin,
    TranscriptFinal,
    ValidationError,
)
from redenlab.sandbox import Sandbox
from redenlab.sandbox.dalston import BACKEND
from redenlab_api.dalston.realtime import CLOSE_CODES

pytestmark = pytest.mark.anyio

RECORDINGS = files("redenlab.sandbox") / "recordings"
TWO = str(RECORDINGS / "two_speakers.wav")
FAST = 40.0


def samples() -> bytes:
    with wave.open(TWO) as recording:
        return recording.readframes(recording.getnframes())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.1) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Dalston]:
    with sandbox.dalston_client(retry=Retry.off()) as made:
        yield made
        sandbox.forget()
        while made.get_realtime_status().active_sessions:
            pass  # the server notices a moment later that a client has gone


# -- against the sandbox


def test_a_session_for_threads_hears_a_recording(client: Dalston) -> None:
    session = client.realtime(word_timestamps=True, language="en")
    heard: dict[str, list[Any]] = {"partial": [], "final": [], "vad_start": [], "vad_end": []}
    for name, found in heard.items():
        getattr(session, f"on_{name}")(found.append)
    begin = session.connect()
    assert isinstance(begin, SessionBegin)
    assert (begin.language, begin.sample_rate, begin.encoding) == ("en", 16000, "pcm_s16le")
    assert (session.connected, session.session_id) == (True, begin.session_id)
    assert client.get_realtime_status().active_sessions == 1
    session.send_file(TWO, speed=FAST)
    end = session.close()
    assert end is not None
    assert not session.connected
    finals: list[TranscriptFinal] = heard["final"]
    assert end.transcript == " ".join(each.text for each in finals)
    assert [each.text for each in end.segments or ()] == [each.text for each in finals]
    assert end.total_audio_seconds == pytest.approx(8.05)
    assert finals[0].words is not None
    assert finals[0].text == " ".join(word.text for word in finals[0].words)
    assert [each.timestamp for each in heard["vad_start"]] == [each.start for each in finals]
    assert [each.timestamp for each in heard["vad_end"]] == [each.end for each in finals]
    assert heard["partial"]


async def test_a_session_on_asyncio_is_iterated_over(sandbox: Sandbox) -> None:
    async with sandbox.async_dalston_client() as client, client.realtime() as session:
        sending = asyncio.create_task(session.send_file(TWO, speed=FAST))
        sending.add_done_callback(lambda _: asyncio.ensure_future(session.close()))
        kinds = [message.type async for message in session]
        await sending
    assert kinds[0] == "vad.speech_start"
    assert kinds[-3:] == ["vad.speech_end", "transcript.final", "session.end"]
    assert kinds.count("vad.speech_start") == kinds.count("transcript.final")


def test_messages_are_iterated_over_in_another_thread(client: Dalston) -> None:
    with client.realtime() as session:
        finals: list[str] = []
        reading = threading.Thread(
            target=lambda: finals.extend(
                each.data.text for each in session if each.type == "transcript.final"
            )
        )
        reading.start()
        session.send_audio(samples())
        end = session.close()
        reading.join()
    assert end is not None
    assert " ".join(finals) == end.transcript


def test_finals_can_be_read_after_the_end(client: Dalston) -> None:
    with client.realtime(enable_vad=False, interim_results=False) as session:
        session.send_audio(samples())
        finals = session.finals()
    assert [(each.start, each.end) for each in finals] == [(0, 8.05)]
    assert [each.type for each in session] == []


def test_a_callback_may_call_the_session(client: Dalston) -> None:
    session, flushed = client.realtime(), threading.Event()

    @session.on_final
    def _(_message: object) -> None:
        session.flush()
        flushed.set()

    with session:
        session.send_audio(samples())
        assert flushed.wait(30)


def test_flush_concludes_the_utterance_and_clear_drops_it(client: Dalston) -> None:
    audio = samples()
    with client.realtime() as session:
        session.send_audio(audio[:64_000])
        session.flush()
        kinds = [message.type for message, _ in zip(session, range(6), strict=False)]
        assert "transcript.final" in kinds
        session.send_audio(audio[35_200:64_000])
        session.clear()
        end = session.close()
    assert end is not None
    assert end.segments is not None
    assert [each.end for each in end.segments][-1] == 2.0


def test_a_longer_silence_makes_longer_utterances(client: Dalston) -> None:
    counts = list[int]()
    for milliseconds in (150, 2000):
        with client.realtime() as session:
            session.configure(min_silence_duration_ms=milliseconds, vad_threshold=0.5)
            session.send_audio(samples())
            counts.append(len(session.finals()))
    assert counts[0] > counts[1] == 1


@pytest.mark.parametrize("encoding", ["pcm_f32le", "mulaw", "alaw"])
def test_every_encoding_is_heard(client: Dalston, encoding: str) -> None:
    from redenlab.sandbox.audio import samples as codecs

    plain = np.frombuffer(samples(), "<i2")
    if encoding == "pcm_f32le":
        raw = (plain / 32768).astype("<f4").tobytes()
    else:  # the byte whose sample is nearest
        table = codecs.decoded(bytes(range(256)), encoding) * 32768
        order = np.argsort(table)
        middles = (table[order][1:] + table[order][:-1]) / 2
        raw = order.astype(np.uint8)[np.searchsorted(middles, plain)].tobytes()
    with client.realtime(encoding=encoding) as session:
        session.send_audio(raw)
        finals = session.finals()
    with client.realtime() as session:
        session.send_audio(samples())
        assert [each.start for each in finals] == pytest.approx(
            [each.start for each in session.finals()], abs=0.05
        )


def test_raw_audio_is_sent_from_a_file_that_stays_open(client: Dalston) -> None:
    file = io.BytesIO(samples())
    with client.realtime() as session:
        session.send_file(file, speed=FAST)
        assert session.finals()
    assert not file.closed


def test_a_session_is_stored_and_names_the_one_before(client: Dalston) -> None:
    with client.realtime() as first:
        first.send_audio(samples())
        with pytest.raises(errors.Conflict, match="active"):
            client.delete_realtime_session(str(first.session_id))
        (listed,) = client.list_realtime_sessions(status="active").sessions
        assert listed.keys().isdisjoint({"error", "encoding", "previous_session_id"})
    name = str(first.session_id)
    stored = client.get_realtime_session(name)
    assert (stored.status, stored.sample_rate) == ("completed", 16000)
    assert stored.audio_duration_seconds == pytest.approx(8.05)
    assert client.get_realtime_session(stored.id) == stored
    text = client.realtime_sessions.transcript(name).text
    assert text
    assert client.realtime_sessions.export(name, "srt").startswith("1\n00:00:00,")
    with client.realtime(resume_session_id=name, retention=0) as second:
        pass
    found = client.get_realtime_session(str(second.session_id))
    assert found.previous_session_id == stored.id
    with pytest.raises(errors.NotFound):
        client.realtime_sessions.transcript(found.id)
    assert client.delete_realtime_session(name)
    with pytest.raises(errors.NotFound):
        client.get_realtime_session(name)


def test_lag_is_warned_of_and_then_ends_the_session(
    client: Dalston, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redenlab.sandbox.dalston import talks

    monkeypatch.setattr(type(BACKEND), "hearing_speed", 0.001)
    monkeypatch.setattr(talks, "ENDURES", 0.0)
    session, warned = client.realtime(), list[Any]()
    session.on_warning(warned.append)
    session.connect()
    with pytest.raises(ServerError, match="lag_exceeded") as caught:
        session.send_audio(samples())
        session.close()
    assert warned[0].lag_seconds > warned[0].warning_threshold_seconds == 3
    assert caught.value.code == "lag_exceeded"
    assert caught.value.unsent
    assert client.get_realtime_session(str(session.session_id)).error == "lag_exceeded"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (429, RateLimitError),
        (503, ServerError),
        (400, ValidationError),
        (403, ForbiddenError),
        (401, ForbiddenError),
    ],
)
def test_a_refusal_on_order_is_a_typed_error(
    sandbox: Sandbox, client: Dalston, status: int, error: type[Exception]
) -> None:
    sandbox.faults.add(f"status={status} at=dalston/realtime")
    with pytest.raises(error) as caught:
        client.realtime().connect()
    assert isinstance(caught.value, DalstonError)
    assert caught.value.status_code == (403 if status == 401 else status)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"language": "klingon"}, "language_not_supported"),
        ({"redact_pii_audio": True}, "invalid_parameters"),
        ({"redact_pii_audio": True, "pii_detection": True, "retention": 0}, "invalid_parameters"),
    ],
)
def test_parameters_that_the_server_refuses_are_a_validation_error(
    client: Dalston, options: Any, code: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        client.realtime(**options).connect()
    assert isinstance(caught.value, RealtimeException)
    assert caught.value.code == code


def test_a_refused_key_says_that_the_scope_may_be_missing(sandbox: Sandbox) -> None:
    session = RealtimeSession(sandbox.dalston_url, "dk_wrong_wrong_wrong")
    with pytest.raises(AuthenticationError, match="key refused or missing scope") as caught:
        session.connect()
    assert caught.value.status_code == 403


def test_one_session_more_than_there_may_be_is_refused(
    client: Dalston, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(BACKEND), "most_sessions", 1)
    with client.realtime():
        assert client.get_realtime_status().status == "at_capacity"
        with pytest.raises(RateLimitError) as caught:
            client.realtime().connect()
    assert caught.value.code == "rate_limit_exceeded"


def test_a_broken_connection_is_resumed_and_nothing_is_lost(
    sandbox: Sandbox, client: Dalston
) -> None:
    with client.realtime() as session:
        session.send_audio(samples())
        whole = session.finals()
    sandbox.faults.add("reset at=dalston/realtime after=20")
    session = client.realtime(reconnect=Reconnect(speed=FAST))
    finals: list[TranscriptFinal] = []
    session.on_final(finals.append)
    with session:
        first = session.session_id
        session.send_file(TWO, speed=FAST)
    assert session.session_id != first
    resumed = client.get_realtime_session(str(session.session_id))
    assert resumed.previous_session_id == client.get_realtime_session(str(first)).id
    assert (finals[0].start, finals[-1].end) == pytest.approx((whole[0].start, whole[-1].end))
    assert sum(len(each.text.split()) for each in finals) == pytest.approx(
        sum(len(each.text.split()) for each in whole), abs=2
    )


def test_a_broken_connection_hands_the_audio_back(sandbox: Sandbox, client: Dalston) -> None:
    sandbox.faults.add("reset at=dalston/realtime")
    session = client.realtime()
    session.connect()
    with pytest.raises(ConnectError) as caught:
        session.send_file(TWO, speed=FAST)
    assert caught.value.unsent
    assert samples().startswith(caught.value.unsent)
    with pytest.raises(ConnectError):
        session.close()


def test_a_server_that_says_nothing_is_a_timeout(sandbox: Sandbox, client: Dalston) -> None:
    sandbox.faults.add("stuck at=dalston/realtime")
    with pytest.raises(errors.RequestTimeout):
        client.realtime().connect(timeout=0.2)


def test_the_key_is_in_no_url_and_in_no_log(
    sandbox: Sandbox, client: Dalston, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sandbox.requests.clear()
    with client.realtime():
        pass
    (seen,) = sandbox.requests.calls("dalston/realtime")
    own = [each for each in caplog.records if not each.name.startswith("uvicorn")]
    assert sandbox.api_key not in seen.url + "".join(each.getMessage() for each in own)
    assert seen.headers["authorization"] == "Bearer $AUTHORIZATION"
    assert "realtime.connect" in caplog.text


async def test_two_hundred_sessions_live_on_one_event_loop(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(BACKEND), "most_sessions", 200)
    audio, count = samples()[:48_000], 200
    async with sandbox.async_dalston_client() as client:
        sessions = [client.realtime() for _ in range(count)]
        await asyncio.gather(*(each.connect(PATIENCE) for each in sessions))
        assert (await client.get_realtime_status()).active_sessions == count
        await asyncio.gather(*(each.send_audio(audio) for each in sessions))
        finals = await asyncio.gather(*(each.finals(PATIENCE) for each in sessions))
    assert len({each.session_id for each in sessions}) == count
    assert {len(each) for each in finals} == {len(finals[0])} != {0}


# -- the examples of the design document


async def test_the_design_documents_asynchronous_client_works(sandbox: Sandbox) -> None:
    session = AsyncRealtimeSession(base_url=sandbox.dalston_url, api_key=sandbox.api_key)
    begin = await session.connect()
    assert begin.session_id.startswith("sess_")
    await session.send_audio(samples())
    await session.flush()
    end = await session.close()
    assert end is not None
    assert end.session_id == begin.session_id
    assert [message.type async for message in session][-1] == "session.end"


def test_the_design_documents_wrapper_with_callbacks_works(sandbox: Sandbox) -> None:
    session = RealtimeSession(base_url=sandbox.dalston_url, api_key=sandbox.api_key)
    heard: list[str] = []

    @session.on_final
    def final(message: TranscriptFinal) -> None:
        heard.append(message.text)

    @session.on_vad_start
    def begins(_message: object) -> None:
        heard.append("…")

    session.connect()
    session.send_audio(samples())
    session.flush()
    assert session.close() is not None
    assert heard[0] == "…"
    assert heard[1].startswith("sandbox")


@pytest.mark.parametrize(
    ("given", "url"),
    [("ws://localhost:1", "http://localhost:1"), ("wss://a.example", "https://a.example")],
)
def test_addresses_of_sockets_are_taken_as_well(given: str, url: str) -> None:
    assert RealtimeSession(given, KEY)._session._service.begin("x", 1).api.base_url == url


def test_a_key_goes_to_no_other_machine_without_tls() -> None:
    with pytest.raises(errors.ConfigurationError, match="not https"):
        RealtimeSession("ws://a.example", KEY)


def test_an_unknown_option_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="api_kee"):
        RealtimeSession("ws://localhost:1", api_kee=KEY)


def test_nothing_listens(sandbox: Sandbox) -> None:
    session = Dalston("http://127.0.0.1:9", KEY, retry=Retry.off()).realtime()
    with pytest.raises(ConnectError, match="cannot reach 127"):
        session.connect()
    assert session.session_id is None


# -- every close code, from a server


@asynccontextmanager
async def answering(
    behave: Callable[[ServerConnection], Any], **options: Any
) -> AsyncGenerator[AsyncRealtimeSession]:
    async with serve(behave, "127.0.0.1", 0, **options) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with AsyncDalston(f"http://127.0.0.1:{port}", KEY, retry=Retry.off()) as client:
            yield client.realtime()


@pytest.mark.parametrize("code", [code for code in CLOSE_CODES if code > 4000])
@pytest.mark.parametrize("begun", [True, False])
async def test_every_close_code_is_a_typed_error(code: int, begun: bool) -> None:
    async def refuse(connection: ServerConnection) -> None:
        if begun:
            await connection.send(BEGIN)
            await connection.recv()
        await connection.close(code, "because")

    async with answering(refuse) as session:
        with pytest.raises(DalstonError, match="because") as caught:
            await session.connect()
            await session.send_audio(b"\1\1")
            await session.close()
    assert (caught.value.status_code, caught.value.code) == (CLOSE_CODES[code], str(code))
    assert caught.value.unsent == (b"\1\1" if begun else b"")


async def test_a_drop_after_session_end_is_success_and_before_it_a_lost_connection() -> None:
    async def drop(connection: ServerConnection) -> None:
        await connection.send(BEGIN)
        async for frame in connection:
            if isinstance(frame, str):
                await connection.send(END)
            connection.transport.close()

    async with answering(drop) as session:
        await session.connect()
        assert (await session.close()) is not None
    async with answering(drop) as session:
        await session.connect()
        await session.send_audio(b"\1\1")
        with pytest.raises(ConnectError, match=r"without session\.end") as caught:
            await session.close()
    assert caught.value.unsent == b"\1\1"


async def test_a_redirect_is_not_followed() -> None:
    async def never(_: ServerConnection) -> None:
        raise AssertionError

    async def moved(connection: ServerConnection, _request: Any) -> Any:
        response = connection.respond(307, "")
        response.headers["Location"] = "ws://127.0.0.1:9/elsewhere"
        return response

    async with answering(never, process_request=moved) as session:
        with pytest.raises(errors.RedirectRefused):
            await session.connect()


async def test_a_handshake_that_is_refused_has_the_errors_of_http() -> None:
    async def never(_: ServerConnection) -> None:
        raise AssertionError

    async def busy(connection: ServerConnection, _request: Any) -> Any:
        response = connection.respond(503, '{"error":{"code":"busy","message":"later"}}')
        response.headers["Retry-After"] = "7"
        return response

    async with answering(never, process_request=busy) as session:
        with pytest.raises(ServerError, match="later") as caught:
            await session.connect()
    assert (caught.value.code, caught.value.retry_after) == ("busy", 7)
