"""What a new environment with the wheel has to be able to do; `smoke.py` runs it there.

Every backend runs a job against the sandbox, sync, async and by the command; a job is waited for
in another process. Nothing of the checkout is used, and nothing but loopback.
"""

import asyncio
import json
import os
import pickle
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import redenlab
import redenlab.sandbox
from redenlab import AsyncInferenceClient, InferenceClient, Job
from redenlab.artificer import Artificer
from redenlab.dalston import Dalston
from redenlab.modelred import ModelRedClient
from redenlab.replicate import ReplicateClient

RECORDING = str(files("redenlab.sandbox") / "recordings" / "two_speakers.wav")
FLUX = "black-forest-labs/flux-schnell"
BATCH = {"name": "One", "items": [{"input": "Hello"}], "phases": [{"name": "echo"}]}


def libraries() -> None:
    """Each backend runs a job."""
    with InferenceClient() as client:
        assert client.predict(RECORDING).result.intelligibility_score > 0
        job = pickle.loads(pickle.dumps(client.submit(RECORDING)))  # noqa: S301 - our own
        assert job.attach(client).result().status == "completed"
        token = client.submit(RECORDING).resume_token
        assert Job.from_resume_token(token, client).result().job_id
    with Dalston() as client:
        job = client.transcribe(RECORDING)
        assert client.wait_for_completion(job.id, poll_interval=0.1).transcript.text
    with ReplicateClient() as client:
        assert client.run(FLUX, {"prompt": "a red car"})
    with ModelRedClient() as client:
        report = client.assess(model="support-bot", test_types=["jailbreak"]).result
        assert report.overall_score is not None
    with Artificer() as client:
        assert client.run_batch(**BATCH).result


async def awaited() -> None:
    """So does the async client, in two event loops one after the other."""
    async with AsyncInferenceClient() as client:
        assert (await client.predict(RECORDING)).result


def command(*words: str) -> str:
    """What the command prints; it has to succeed."""
    line = [sys.executable, "-m", "redenlab", *words]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


def commands() -> None:
    """The command runs, submits and waits in processes of their own."""
    assert redenlab.__version__ in command("--version")
    assert command("models", "-o", "json")
    (line,) = command("submit", RECORDING, "--no-progress").splitlines()
    (ended,) = command("wait", json.loads(line)["job_id"], "--no-progress").splitlines()
    assert json.loads(ended)["status"] == "completed"
    command("dalston", "predict", RECORDING, "--no-progress")
    command("doctor", "-o", "json")
    command("demo", "--out", "pictures")
    assert list(Path("pictures").glob("*.svg"))


def main() -> None:
    """Do all of it in the current folder, which is also the home directory."""
    home = str(Path.cwd())
    os.environ.update(HOME=home, USERPROFILE=home, NO_PROXY="*", PYTHONUTF8="1")
    with redenlab.sandbox.running(processing=0, seed="7") as sandbox:
        os.environ.update(sandbox.environment)
        libraries()
        asyncio.run(awaited())
        asyncio.run(awaited())
        commands()
    shown = ("httpx", "anyio", "attrs", "PyYAML", "typer", "rich", "starlette", "numpy")
    print(f"Python {sys.version.split()[0]}:", *(f"{name} {version(name)}" for name in shown))


if __name__ == "__main__":
    main()
