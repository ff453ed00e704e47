"""Models as functions, runs that are told of and interrupted, deployments, and pinned models."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import redenlab
import redenlab.replicate
from processes import environment
from project_copy import BIN
from redenlab.cli.program import app
from redenlab.replicate import FileOutput, ReplicateClient
from redenlab.replicate.default import default_client
from redenlab.sandbox import Sandbox
from redenlab_api.replicate.models import Prediction

PAINTER, WRITER = "sandbox/painter", "sandbox/writer"
NEVER = {"prompt": "sandbox:never"}


# ---- functions


def test_a_function_gives_files_and_texts_as_the_schema_says(client: ReplicateClient) -> None:
    (picture,) = client.use(PAINTER)(prompt="a cat")
    assert isinstance(picture, FileOutput)
    assert client.use(WRITER)(prompt="hello there") == "You said: hello there "


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"promt": "x"}, "no input 'promt' (its inputs: num_outputs, prompt)"),
        ({}, "needs the key 'prompt'"),
        ({"prompt": 3}, "prompt is 3, and has to be a string"),
        ({"prompt": "x", "num_outputs": 9}, "num_outputs is 9, and has to be 4 or less"),
        ({"prompt": Path("nowhere.png"), "num_outputs": 0}, "has to be 1 or more"),
    ],
)
def test_an_input_is_checked_before_anything_is_uploaded(
    sandbox: Sandbox, client: ReplicateClient, given: dict[str, Any], problem: str
) -> None:
    with pytest.raises(redenlab.InputError) as caught:
        client.use(PAINTER)(**given)
    assert problem in str(caught.value)
    assert sandbox.jobs_created == 0
    assert sandbox.requests.count("replicate/files.create") == 0


def test_the_schema_is_fetched_once(sandbox: Sandbox, client: ReplicateClient) -> None:
    writer = client.use(WRITER)
    assert sandbox.requests.count("replicate/models.get") == 0
    assert writer.schema()["Input"]["required"] == ["prompt"]
    writer(prompt="a")
    writer(prompt="b")
    assert sandbox.requests.count("replicate/models.get") == 1


def test_a_run_has_its_output_logs_and_pieces(client: ReplicateClient) -> None:
    run = client.use(WRITER).create(prompt="a b")
    assert list(run.stream()) == ["You ", "said: ", "a ", "b "]
    assert run.output() == "You said: a b "
    assert "100%" in run.logs()
    assert run.job.id in repr(run)


def test_streaming_yields_texts_or_files(client: ReplicateClient) -> None:
    assert list(client.use(WRITER, streaming=True)(prompt="a")) == ["You ", "said: ", "a "]
    (picture,) = client.use(PAINTER, streaming=True)(prompt="a cat")
    assert isinstance(picture, FileOutput)


def test_an_output_is_a_path(client: ReplicateClient) -> None:
    (picture,) = client.use(PAINTER)(prompt="a cat")
    assert Path(picture).suffix == ".png"
    assert Path(picture).read_bytes() == picture.read()
    assert os.fspath(picture) == os.fspath(picture)


def test_an_output_is_an_input(client: ReplicateClient) -> None:
    frames = client.use(PAINTER)(prompt="a cat", num_outputs=2)
    assert isinstance(client.use("sandbox/film")(image_urls=frames), FileOutput)


def test_async_functions_are_awaited(sandbox: Sandbox) -> None:
    async def main() -> None:
        async with sandbox.async_replicate_client() as client:
            assert await client.use(WRITER)(prompt="a") == "You said: a "
            pieces = client.use(WRITER, streaming=True)(prompt="a")
            assert [piece async for piece in pieces] == ["You ", "said: ", "a "]
            run = await client.use(WRITER).create(prompt="a")
            assert await run.output() == "You said: a "

    asyncio.run(main())


# ---- what a run tells, and its interruption


def test_a_run_tells_of_each_poll(client: ReplicateClient) -> None:
    told: list[Prediction] = []
    client.run(WRITER, {"prompt": "a"}, on_progress=told.append)
    assert {type(each) for each in told} == {Prediction}
    assert told[-1].status == "succeeded"


def test_a_coroutine_is_awaited_and_may_end_the_wait(sandbox: Sandbox) -> None:
    async def main() -> None:
        async def stop(found: Prediction) -> None:
            await asyncio.sleep(0)
            raise LookupError(found.id)

        async with sandbox.async_replicate_client() as client:
            with pytest.raises(LookupError):
                await client.run(WRITER, NEVER, on_progress=stop)

    asyncio.run(main())


@pytest.mark.parametrize(("wanted", "status"), [(True, "canceled"), (False, "starting")])
def test_cancelling_a_task_cancels_its_prediction(
    sandbox: Sandbox, wanted: bool, status: str
) -> None:
    async def main() -> None:
        async with sandbox.async_replicate_client() as client:
            polled = asyncio.Event()
            task = asyncio.create_task(
                client.run(
                    WRITER, NEVER, on_progress=lambda _: polled.set(), cancel_on_interrupt=wanted
                )
            )
            await polled.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            (found,) = [each async for each in client.predictions.list()]
            assert found.status == status

    asyncio.run(main())


INTERRUPTED = """
import os, signal
from redenlab.replicate import run

def interrupt(found):
    os.kill(os.getpid(), signal.SIGINT)

run("sandbox/writer", {"prompt": "sandbox:never"}, on_progress=interrupt)
"""


def test_ctrl_c_cancels_the_prediction(sandbox: Sandbox, client: ReplicateClient) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        env=environment(**sandbox.environment),
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == -signal.SIGINT
    assert b"KeyboardInterrupt" in done.stderr
    assert next(iter(client.predictions.list())).status == "canceled"


# ---- deployments, the client of the environment, pinned models


def test_a_deployment_runs_as_a_job(client: ReplicateClient) -> None:
    version = client.models.get(PAINTER).latest_version
    assert version is not None
    client.deployments.create(
        name="paint",
        model=PAINTER,
        version=version.id,
        hardware="cpu",
        min_instances=0,
        max_instances=1,
    )
    (picture,) = client.run("sandbox/paint", {"prompt": "a"}, deployment=True)
    assert isinstance(picture, FileOutput)
    started = client.deployments.predictions.create("sandbox", "paint", input={"prompt": "a"})
    assert client.predictions.wait(started).status == "succeeded"


def test_the_module_has_a_client_of_the_environment(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in sandbox.environment.items():
        monkeypatch.setenv(name, value)
    default_client.cache_clear()
    try:
        assert redenlab.replicate.run(WRITER, {"prompt": "a"})[0] == "You "
        assert redenlab.replicate.use(WRITER)(prompt="a") == "You said: a "
        kinds = [each.event for each in redenlab.replicate.stream(WRITER, {"prompt": "a"})]
        assert "output" in kinds
        assert threading.active_count() < 50
    finally:
        default_client().close()
        default_client.cache_clear()


USED = """
from replicate_models import film, flux_schnell, painter
from redenlab.replicate import ReplicateClient, run

client = ReplicateClient()
print(len(run(painter, {"prompt": "x"})), client.use(flux_schnell)(prompt="q")[0].url[:4])
"""
WRONG = """
from replicate_models import painter
from redenlab.replicate import run

run(painter, {"promt": "x"})
"""


def test_pinned_models_are_typed_and_checked(sandbox: Sandbox, tmp_path: Path) -> None:
    out = tmp_path / "replicate_models.py"
    settings = {**sandbox.environment, "COLUMNS": "100"}

    def pin(*models: str) -> Any:
        words = ["replicate", "pin", *models, "--out", str(out)]
        return CliRunner().invoke(app, words, env=settings)

    assert pin(PAINTER).exit_code == 0
    done = pin("sandbox/film", "black-forest-labs/flux-schnell")
    assert done.exit_code == 0
    assert "from replicate_models import flux_schnell" in done.stderr
    text = out.read_text()
    assert pin().exit_code == 0
    assert out.read_text() == text
    assert pin("nobody").exit_code == 2
    assert pin("nobody/nothing").exit_code == 4
    assert out.read_text() == text

    (tmp_path / "used.py").write_text(USED)
    (tmp_path / "wrong.py").write_text(WRONG)
    names = {**environment(**sandbox.environment), "PYTHONPATH": str(tmp_path)}
    run = {name: _python(tmp_path / f"{name}.py", names) for name in ("used", "wrong")}
    assert run["used"].stdout == "1 http\n", run["used"].stderr
    assert "has no input 'promt'" in run["wrong"].stderr
    checked = subprocess.run(
        [str(BIN / "pyright"), "--pythonpath", sys.executable, "used.py", "wrong.py"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 error" in checked.stdout
    assert "wrong.py" in checked.stdout


def _python(path: Path, names: dict[str, str]) -> Any:
    words = [sys.executable, str(path)]
    return subprocess.run(words, env=names, capture_output=True, text=True, check=False)
