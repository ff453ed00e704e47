"""The sandbox as a whole: it starts fast, serves the SDK, survives restarts, leaves nothing."""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import redenlab
import redenlab.sandbox
from faulty_server import PATIENCE
from memory import peak
from redenlab.sandbox import Sandbox, running
from redenlab.sandbox.host.server import listen
from sandbox.caller import Call

CHILD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
from redenlab.sandbox import serve
serve(lambda sandbox: print(sandbox.url, sandbox.api_key, sandbox.folder, flush=True))
"""


def open_sockets() -> int:
    entries = Path("/proc/self/fd").iterdir()
    return sum("socket" in str(entry.readlink()) for entry in entries if entry.is_symlink())


# ---- the whole job, by the SDK's own clients ---------------------------------------------------


def test_blocking_client_runs_both_models(sandbox: Sandbox, talk: Path) -> None:
    with sandbox.client() as client:
        clear = client.predict(talk)
        turns = client.predict(talk, model_name="speaker_diarisation_workflow")
    assert clear["status"] == "completed"
    assert 0.6 < clear.result.intelligibility_score < 0.96
    assert clear["result"]["sandbox"] is True
    assert turns.result.speaker_count == 2
    assert turns.result.segment_count == len(turns["result"]["diarization"]) == 4


def test_async_client_runs_both_models(sandbox: Sandbox, monologue: Path) -> None:
    async def both() -> tuple[Any, Any]:
        async with sandbox.async_client() as client:
            return (
                await client.predict(monologue),
                await client.predict(monologue, model_name="speaker_diarisation_workflow"),
            )

    clear, turns = asyncio.run(both())
    assert 0.6 < clear.result.intelligibility_score < 0.96
    assert turns.result.speaker_count == 1
    assert turns.result.primary_speaker == turns["result"]["diarization"][0]["speaker"]


def test_same_file_gives_the_same_result_and_another_one_another(
    sandbox: Sandbox, talk: Path, monologue: Path
) -> None:
    with sandbox.client() as client:
        first, again, other = (client.predict(file) for file in (talk, talk, monologue))
    assert first["result"] == again["result"]
    assert first["result"] != other["result"]
    assert first.job_id != again.job_id


def test_clients_poll_fast_unless_told_otherwise(sandbox: Sandbox) -> None:
    poll = redenlab.Poll(initial=0.02, max_interval=0.02)
    with sandbox.client() as fast, sandbox.client(poll=poll, model_name="x") as faster:
        assert fast.poll == redenlab.Poll(initial=0.05, factor=1.5, max_interval=1.0)
        assert faster.poll == poll
        assert faster.model_name == "x"


def test_client_with_a_wrong_key_is_told(sandbox: Sandbox, tone: bytes) -> None:
    with (
        sandbox.client(api_key="sk_wrong_wrong") as client,
        pytest.raises(redenlab.AuthenticationError) as caught,
    ):
        client.predict(tone)
    assert caught.value.status == 401
    assert caught.value.request_id


def test_failed_job_reaches_the_client_with_its_reason(sandbox: Sandbox) -> None:
    with sandbox.client() as client, pytest.raises(redenlab.JobFailed, match="decoded as audio"):
        client.predict(b"not audio")


def test_expired_link_reaches_the_client_as_an_upload_error(tone: bytes) -> None:
    with (
        running(link_seconds=0) as sandbox,
        sandbox.client() as client,
        pytest.raises(redenlab.UploadError, match="expired"),
    ):
        client.predict(tone)


# ---- start and stop ----------------------------------------------------------------------------


def test_leaves_no_thread_no_socket_and_no_file(tone: bytes) -> None:
    gc.collect()
    threads, sockets = set(threading.enumerate()), open_sockets()
    with running(processing=0) as sandbox, sandbox.client() as client:
        client.predict(tone)
        assert len(threading.enumerate()) > len(threads)
        assert open_sockets() > sockets
        folder = sandbox.folder
        assert folder.is_dir()
        servers = [t for t in threading.enumerate() if t.name == "redenlab-sandbox"]
        assert servers
        assert all(server.daemon for server in servers)
    assert not folder.exists()
    assert set(threading.enumerate()) == threads
    assert open_sockets() == sockets
    for url in (sandbox.url, sandbox.storage_url):
        parts = urlsplit(url)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((parts.hostname or "", parts.port or 0))


def test_counts_can_be_read_after_the_end(tone: bytes) -> None:
    with running() as sandbox, sandbox.client() as client:
        client.submit(tone)
    sandbox.close()
    assert sandbox.jobs_created == 1
    assert sandbox.leaked_keys == 0
    sandbox.wait()


def test_stops_although_an_upload_is_still_on_its_way(call: Call) -> None:
    with running() as sandbox:
        parts = urlsplit(call(sandbox).ticket()["upload_url"])
        head = (
            f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            "Content-Type: audio/wav\r\nContent-Length: 1000\r\n\r\nx"
        )
        connection = socket.create_connection((parts.hostname or "", parts.port or 0))
        connection.sendall(head.encode())
        while not list((sandbox.folder / "incoming").iterdir()):
            time.sleep(0.01)
    connection.close()
    assert not sandbox.folder.exists()


def test_responses_are_sent_without_delay() -> None:
    """Without it, each small answer waits for the acknowledgement of the one before."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.usefixtures("sandbox")
def test_logging_of_the_program_is_left_alone() -> None:
    assert logging.getLogger("uvicorn").handlers == []


def test_repr_names_the_address_and_not_the_key(sandbox: Sandbox) -> None:
    assert repr(sandbox) == f"Sandbox('{sandbox.url}')"
    assert sandbox.url.endswith("/prod")
    assert urlsplit(sandbox.url).port != urlsplit(sandbox.storage_url).port


def test_chosen_ports_and_key_are_used(tone: bytes) -> None:
    with running() as first:
        ports = [urlsplit(url).port for url in (first.url, first.storage_url)]
    port, storage_port = ports
    assert port is not None
    assert storage_port is not None
    key = "my-own-key-0123456789"
    with running(port=port, storage_port=storage_port, api_key=key, processing=0) as sandbox:
        assert [urlsplit(url).port for url in (sandbox.url, sandbox.storage_url)] == ports
        assert sandbox.api_key == key
        assert not (sandbox.folder / "api-key").exists()
        with sandbox.client() as client:
            client.predict(tone)


def test_taken_port_is_a_clear_error_and_leaves_nothing() -> None:
    threads = set(threading.enumerate())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(redenlab.ConfigurationError, match=f"port {port}"):
            running(storage_port=port)
    assert set(threading.enumerate()) == threads


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "", "no such host"])
def test_listens_on_this_machine_alone(host: str) -> None:
    with pytest.raises(redenlab.ConfigurationError):
        running(host=host)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_port_out_of_range_is_refused(port: int) -> None:
    with pytest.raises(redenlab.ConfigurationError, match="no port"):
        running(port=port)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "::1"])
def test_other_names_of_this_machine_work(host: str, tone: bytes) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("this machine has no IPv6 loopback")
    with running(host=host, processing=0) as sandbox, sandbox.client() as client:
        assert client.predict(tone)["status"] == "completed"


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("options", [{"processing": -1}, {"link_seconds": -1}])
def test_negative_times_are_refused(options: Any) -> None:
    with pytest.raises(redenlab.ConfigurationError, match="can be negative"):
        running(**options)


def test_malformed_key_is_refused_without_quoting_it() -> None:
    with pytest.raises(redenlab.AuthenticationError) as caught:
        running(api_key="blank in between")
    assert "blank in between" not in str(caught.value)


def test_a_document_without_a_job_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text(
        "openapi: 3.1.0\ninfo: {title: Bare, version: '1'}\npaths: {}\n"
        "components: {securitySchemes: {key: {type: apiKey, in: header, name: Key}}}\n"
    )
    with pytest.raises(redenlab.SpecError, match="no operation has an x-job"):
        running(spec=path)


# ---- a folder that stays -----------------------------------------------------------------------


def test_job_survives_a_restart(tmp_path: Path, tone: bytes, call: Call) -> None:
    folder = tmp_path / "state"
    with running(folder=folder, processing=0.1) as first:
        with first.client() as client:
            done = client.predict(tone)
            started = client.submit(tone)
        unsubmitted = call(first).uploaded(tone)
    assert folder.is_dir()
    with running(folder=folder, processing=0) as second:
        assert second.api_key == first.api_key
        assert second.jobs_created == 2
        caller = call(second)
        assert caller.result({"job_id": done.job_id}).json() == dict(done)
        assert caller.ended({"job_id": started.id})["result"] == done["result"]
        assert caller.predict(unsubmitted).status_code == 200
        assert caller.ended(unsubmitted)["status"] == "completed"


def test_job_that_was_cut_short_is_done_after_a_restart(
    tmp_path: Path, tone: bytes, call: Call
) -> None:
    with running(folder=tmp_path, processing=0) as first:
        ticket = call(first).uploaded(tone)
        call(first).predict(ticket)
        done = call(first).ended(ticket)
    with contextlib.closing(sqlite3.connect(tmp_path / "journal.sqlite")) as connection:
        # As a power cut leaves it: submitted, and never worked on.
        connection.execute("DELETE FROM outcomes")
        connection.commit()
    with running(folder=tmp_path, processing=0) as second:
        again = call(second).ended(ticket)
    assert again["result"] == done["result"]
    assert again["submitted_at"] == done["submitted_at"]


def test_stopping_leaves_the_jobs_that_wait_to_the_next_start(
    tmp_path: Path, talk: Path, call: Call
) -> None:
    with running(folder=tmp_path, processing=0) as first:
        ticket = call(first).uploaded(talk.read_bytes())
        call(first).predict(ticket)
    with running(folder=tmp_path, processing=0) as second:
        assert call(second).ended(ticket)["status"] == "completed"


def test_link_of_before_a_restart_works_after_it(tmp_path: Path, tone: bytes, call: Call) -> None:
    with running(folder=tmp_path) as first:
        ticket = call(first).ticket()
        port = urlsplit(first.storage_url).port or 0
    with running(folder=tmp_path, storage_port=port) as second:
        assert call(second).put(ticket, tone).status_code == 200


def test_interrupted_upload_is_cleared_away_at_the_next_start(tmp_path: Path) -> None:
    with running(folder=tmp_path):
        pass
    (tmp_path / "incoming" / "half").write_bytes(b"x")
    with running(folder=tmp_path):
        assert list((tmp_path / "incoming").iterdir()) == []


def test_one_folder_serves_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with running(folder=tmp_path):
        with pytest.raises(redenlab.ConfigurationError, match="another sandbox"):
            running(folder=tmp_path)
    with running(folder=tmp_path):
        pass


def test_state_is_for_its_owner_alone(tmp_path: Path, tone: bytes) -> None:
    folder = tmp_path / "state"
    with running(folder=folder) as sandbox, sandbox.client() as client:
        client.submit(tone)
        assert folder.stat().st_mode & 0o777 == 0o700
        for name in ("api-key", "link-secret", "journal.sqlite"):
            assert (folder / name).stat().st_mode & 0o777 == 0o600
        assert (folder / "api-key").read_text() == sandbox.api_key


# ---- in the foreground -------------------------------------------------------------------------


def test_serve_ends_when_the_sandbox_is_closed() -> None:
    seen: list[Sandbox] = []

    def ready(sandbox: Sandbox) -> None:
        seen.append(sandbox)
        threading.Timer(0.05, sandbox.close).start()

    redenlab.sandbox.serve(ready, processing=0)
    assert seen
    assert not seen[0].folder.exists()


def test_serve_ends_when_interrupted() -> None:
    def interrupted(sandbox: Sandbox) -> None:
        assert sandbox.folder.exists()
        raise KeyboardInterrupt

    redenlab.sandbox.serve(interrupted)


def test_64_mebibytes_pass_through_flat_memory_and_an_interrupt_leaves_nothing(
    tmp_path: Path,
) -> None:
    big = tmp_path / "big.wav"
    with big.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        url, key, folder = child.stdout.readline().split()
        with redenlab.InferenceClient(key, url, poll=redenlab.Poll(initial=0.05)) as client:
            with pytest.raises(redenlab.JobFailed):  # by then all of the server is loaded
                client.predict(b"warm up")
            before = peak(child.pid)
            client.submit(big)
            after = peak(child.pid)
        assert after - before < 16 * 1024
        assert list(Path(folder, "files").iterdir())
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=PATIENCE)
    finally:
        child.kill()
        child.communicate()
    assert (child.returncode, out, err) == (0, "", "")
    assert not Path(folder).exists()


# ---- import ------------------------------------------------------------------------------------


def test_import_is_cheap_and_start_does_not_load_the_analysis() -> None:
    code = (
        "import sys, redenlab.sandbox\n"
        "heavy = {'numpy', 'soundfile', 'starlette', 'uvicorn', 'pydantic'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "with redenlab.sandbox.running(): pass\n"
        "assert not {'numpy', 'soundfile'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(
    "package", ["starlette", "uvicorn", "python_multipart", "numpy", "soundfile"]
)
def test_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(vars(redenlab.sandbox), "running", raising=False)
    with pytest.raises(redenlab.MissingExtra, match=package) as caught:
        _ = redenlab.sandbox.running
    assert caught.value.hint == "run: pip install 'redenlab[sandbox]'"


def test_only_public_names_are_offered() -> None:
    assert {"running", "serve", "Sandbox"} <= set(dir(redenlab.sandbox))
    with pytest.raises(AttributeError, match="walking"):
        _ = redenlab.sandbox.walking  # type: ignore[attr-defined]
