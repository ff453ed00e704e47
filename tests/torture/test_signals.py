"""A signal always ends `redenlab sandbox up`, whatever the machine is doing."""

import contextlib
import io
import re
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator

import pytest

from redenlab import InferenceClient

ROUNDS = 200
BUSY = 4

pytestmark = pytest.mark.torture


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Loops at low priority that keep every core busy."""
    loop = ["nice", "-n", "19", sys.executable, "-c", "while True: pass"]
    with contextlib.ExitStack() as running:
        for _ in range(BUSY):
            process = running.enter_context(subprocess.Popen(loop))
            running.callback(process.kill)
        yield


def recording() -> bytes:
    """A 2 KB WAV of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, 16000, 0, "NONE", ""))
        writer.writeframes(bytes(2000))
    return file.getvalue()


def settings(sandbox: subprocess.Popen[str]) -> dict[str, str]:
    """What the sandbox prints before it serves."""
    assert sandbox.stderr is not None
    found: dict[str, str] = {}
    for line in sandbox.stderr:
        if exported := re.search(r"export (\w+)=(\S+)", line):
            found[exported[1]] = exported[2]
        if "Ctrl-C" in line:
            break
    return found


def test_a_signal_right_after_a_submit_ends_the_sandbox(busy_machine: None) -> None:
    command = [sys.executable, "-m", "redenlab.cli.main", "sandbox", "up", "--processing", "0"]
    codes: list[int | str] = []
    for number in range(ROUNDS):
        sandbox = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        found = settings(sandbox)
        key, url = found["REDENLAB_ML_API_KEY"], found["REDENLAB_ML_BASE_URL"]
        with InferenceClient(key, url) as client:
            client.submit(recording())
            sandbox.send_signal(signal.SIGINT if number % 2 else signal.SIGTERM)
            try:
                sandbox.communicate(timeout=60)
                codes.append(sandbox.returncode)
            except subprocess.TimeoutExpired:
                sandbox.kill()
                sandbox.communicate()
                codes.append("hung")
    assert codes == [0] * ROUNDS
