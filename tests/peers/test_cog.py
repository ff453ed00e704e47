"""Servers of cog behind a bridge: what models really answer is taken as promised."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

import redenlab
from cog_bridge import Bridge
from faulty_server import PATIENCE
from peer_programs import peer
from processes import environment
from redenlab.core.errors import Conflict
from redenlab.replicate import FileOutput, ReplicateClient

pytestmark = pytest.mark.peers
MODEL = Path(__file__).parent / "model"
REF = "acme/teller:v1"
SERVER = ("-m", "cog.server.http", "--host", "127.0.0.1")


@pytest.fixture(scope="module", params=["cog16", "cog23"])
def client(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReplicateClient]:
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(MODEL, folder, dirs_exist_ok=True)
    programs = peer(request.param) / "bin"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = {
        "PORT": str(port),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "COG_PREDICT_TYPE_STUB": "predict.py:Predictor",
    }
    bridge = Bridge(port)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "python", *SERVER, "--upload-url", bridge.upload_url],
            cwd=folder,
            env=environment(**settings),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _ready(port, folder / "log")
        poll = redenlab.Poll(0.02, 1, 0.05)
        with bridge, ReplicateClient("r8_" + "x" * 37, bridge.url, poll=poll) as made:
            yield made
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _ready(port: int, log: Path) -> None:
    """Wait until the model is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health-check")
            if b'"READY"' in connection.getresponse().read().replace(b" ", b""):
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    pytest.fail(f"the model is not ready: {log.read_text()[-2000:]}")


def test_a_run_gives_a_file(client: ReplicateClient) -> None:
    found = client.run(REF, {"prompt": "hi"})
    assert isinstance(found, FileOutput)
    assert found.read() == b"said hi"


def test_a_model_that_fails_says_why(client: ReplicateClient) -> None:
    with pytest.raises(redenlab.JobFailed, match="told to fail"):
        client.run(REF, {"prompt": "hi", "how": "fail"})


@pytest.mark.parametrize("client", ["cog16"], indirect=True)  # later ones check in images alone
def test_a_bad_input_is_refused(client: ReplicateClient) -> None:
    with pytest.raises(redenlab.BadRequest):
        client.run(REF, {"how": "file"})


def test_a_busy_model_is_told_and_a_cancelled_one_ends(client: ReplicateClient) -> None:
    job: Any = client.submit(REF, input={"prompt": "hi", "how": "slowly"})
    with pytest.raises((Conflict, redenlab.ServerError)):
        client.with_options(retry=redenlab.Retry.off()).run(REF, {"prompt": "hi"}, timeout=5)
    assert job.cancel() is job
    with pytest.raises(redenlab.JobCancelled):
        job.result(PATIENCE)
    assert client.run(REF, {"prompt": "again"}).read() == b"said again"


def test_progress_comes_from_the_logs(client: ReplicateClient) -> None:
    job: Any = client.submit(REF, input={"prompt": "hi"})
    job.wait()
    assert "75%" in job.logs()
    assert (job.progress.current, job.progress.total) == (3, 4)
