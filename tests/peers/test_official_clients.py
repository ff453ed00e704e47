"""Official clients that the development environment cannot hold drive the sandbox."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import redenlab.sandbox
from peer_programs import peer
from processes import environment
from redenlab.sandbox import Sandbox
from redenlab.webhooks import Webhook

pytestmark = pytest.mark.peers
HERE = Path(__file__).parent
BODY = '{"id": "a", "status": "succeeded"}'

BOTH: dict[str, Any] = {
    "run a version": 1,
    "prediction": "succeeded",
    "cancel": "canceled",
    "file in an input": True,
    "files": [5, "text/plain"],
    "search": ["writer"],
    "deployment": "succeeded",
    "training": "succeeded",
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.2) as running:
        yield running


def done(folder: Path, *command: str) -> dict[str, Any]:
    """What a program prints."""
    ran = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_version_2_in_python(sandbox: Sandbox) -> None:
    folder = peer("replicate2")
    words = (str(HERE / "replicate2.py"), sandbox.replicate_url, sandbox.api_key)
    found = done(folder, str(folder / "bin" / "python"), *words)
    failure = found.pop("fail")
    assert failure.startswith("ModelError")
    assert "E1000" in failure
    assert found == BOTH | {
        "run": [True],
        "use": ["You ", "said: ", "one "],
        "secret": "whsec_",
        "awaited": 1,
    }


def test_the_one_in_javascript(sandbox: Sandbox) -> None:
    with sandbox.replicate_client() as client:
        secret = client.webhook_secret("prediction")
    signed = Webhook(secret).sign(BODY.encode(), "msg_1")
    names = {name.removeprefix("webhook-"): value for name, value in signed.items()}
    words = (sandbox.replicate_url, sandbox.api_key, json.dumps({"body": BODY, **names}))
    found = done(peer("node"), "node", str(HERE / "replicate.mjs"), *words)
    assert "E1000" in found.pop("fail")
    assert found == BOTH | {
        "run": [1, "FileOutput", True],
        "stream": ["You said: one ", "done"],
        "stream files": ["output", "done"],
        "webhook": [True, False],
    }
