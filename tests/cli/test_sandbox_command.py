"""`redenlab sandbox` and `redenlab demo`, and the program against the embedded backend."""

import json
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import redenlab.sandbox
from cli.test_interruption import until
from faulty_server import PATIENCE
from job_variants import needed
from redenlab.cli.demo import MARK
from redenlab.ml.client import MODEL_NAMES, InferenceClient
from redenlab.replicate import ReplicateClient
from redenlab_api.ml.jobs import PREDICT

Invoke = Callable[..., Any]
Start = Callable[..., subprocess.Popen[str]]

DIARISING = next(
    name
    for name, model in PREDICT.spec.models.items()
    if model.result == "SpeakerDiarisationResult"
)
RECORDINGS = sorted((Path(next(iter(redenlab.sandbox.__path__))) / "recordings").glob("*.wav"))


@pytest.fixture
def backend(settings: dict[str, str | None]) -> Iterator[redenlab.sandbox.Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        settings["REDENLAB_ML_BASE_URL"] = running.url
        settings["REDENLAB_ML_API_KEY"] = running.api_key
        yield running


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_predictions_come_from_the_sandbox(
    invoke: Invoke, backend: redenlab.sandbox.Sandbox, model: str
) -> None:
    parameters = [f"-p{name}={value}" for name, value in needed(PREDICT, model).items()]
    ended = invoke("predict", *map(str, RECORDINGS), "-m", model, *parameters)
    records = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.exit_code == 0
    assert {record["input"] for record in records} == set(map(str, RECORDINGS))
    assert backend.jobs_created == len(RECORDINGS)
    assert backend.api_key not in ended.output


def test_one_bad_recording_among_good_ones(
    invoke: Invoke, backend: redenlab.sandbox.Sandbox, recording: Callable[[str], str]
) -> None:
    ended = invoke("predict", str(RECORDINGS[0]), recording("noise.wav"), "-o", "json")
    good, bad = json.loads(ended.stdout)
    assert ended.exit_code == 5
    assert good["status"] == "completed"
    assert bad["error"]["exit_code"] == 6
    assert backend.jobs_created == 2


def test_a_job_of_the_sandbox_is_waited_for(
    invoke: Invoke, backend: redenlab.sandbox.Sandbox
) -> None:
    with backend.client(model_name=DIARISING) as client:
        job = client.submit(RECORDINGS[-1])
    ended = invoke("wait", job.id, "-m", DIARISING)
    assert ended.exit_code == 0
    assert json.loads(ended.stdout)["result"]["speaker_count"] >= 1


def test_unknown_jobs_end_with_4(invoke: Invoke, backend: redenlab.sandbox.Sandbox) -> None:
    backend.close()
    with redenlab.sandbox.running() as again:
        options = ["--base-url", again.url, "--api-key-stdin", "--timeout", "1m"]
        ended = invoke(
            "predict", str(RECORDINGS[0]), "-m", "nonsense", *options, input=again.api_key
        )
    assert ended.exit_code == 4
    assert "nonsense is unknown to this version" in ended.stderr


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_says_how_to_use_it_and_ends_with_0(
    start: Start, tmp_path: Path, sign: signal.Signals
) -> None:
    process = start("sandbox", "up", "--folder", str(tmp_path / "kept"), "--processing", "0")
    said = until(process.stderr, "Ctrl-C stops it")
    settings = dict(re.findall(r"export (\w+)=(\S+)", said))
    url, key = settings["REDENLAB_ML_BASE_URL"], settings["REDENLAB_ML_API_KEY"]
    with InferenceClient(key, url, model_name=MODEL_NAMES[0]) as client:
        job = client.submit(RECORDINGS[0])
    token = settings["REPLICATE_API_TOKEN"]
    with ReplicateClient(token, settings["REPLICATE_BASE_URL"]) as other:
        assert other.account.get().username == "sandbox"
    process.send_signal(sign)
    out, err = process.communicate(timeout=PATIENCE)
    assert job.id
    assert (process.returncode, out, err) == (0, "", "sandbox stopped\n")
    assert (tmp_path / "kept").is_dir()


def test_a_taken_port_ends_with_2(invoke: Invoke) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = invoke("sandbox", "up", "--port", str(taken.getsockname()[1]))
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("error  ")


def test_the_demo_runs_a_model_for_each_kind_of_result_on_every_recording(
    invoke: Invoke, tmp_path: Path
) -> None:
    folder = tmp_path / "a" / "b"
    ended = invoke("demo", "--out", str(folder))
    assert ended.exit_code == 0
    shown = {model for model in MODEL_NAMES if f" ({model}): completed" in ended.stderr}
    kinds = {PREDICT.spec.models[model].result for model in shown}
    assert kinds == {
        PREDICT.spec.models[model].result for model in MODEL_NAMES if not needed(PREDICT, model)
    }
    assert len(kinds) == len(shown)
    for model in shown:
        assert model in ended.stdout
        for path in RECORDINGS:
            assert f"{path.name} ({model}): completed" in ended.stderr
    assert MARK in ended.stdout
    assert MARK in ended.stderr
    pictures = sorted(folder.iterdir())
    assert {path.stem for path in pictures} <= {path.stem for path in RECORDINGS}
    assert all(ET.parse(path).getroot().tag.endswith("svg") for path in pictures)
    assert ended.stderr.endswith(f"{len(pictures)} pictures in {folder}\n")


def test_the_demo_ends_with_2_where_it_cannot_write(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken")
    ended = invoke("demo", "--out", str(tmp_path / "file" / "folder"))
    assert ended.exit_code == 2
    assert "choose another folder with --out" in ended.stderr


def test_an_interrupted_demo_leaves_nothing_running(start: Start, tmp_path: Path) -> None:
    process = start("demo", "--out", str(tmp_path / "out"))
    until(process.stderr, "submitted")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()
