"""The pytest plugin, in runs of its own: what a user's tests see of it."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.conftest import RECORDINGS

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

Run = Callable[..., pytest.RunResult]

USERS = f"""
from pathlib import Path

import pytest

from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.replicate import ReplicateClient

CALL = Path({str(RECORDINGS / "one_speaker.wav")!r})


def score():
    with InferenceClient() as client:
        return client.predict(CALL).result.intelligibility_score


def test_sync(redenlab_sandbox):
    assert 0 < score() < 1
    assert redenlab_sandbox.jobs_created == 1


@pytest.mark.anyio
async def test_async(redenlab_sandbox):
    async with AsyncInferenceClient() as client:
        assert (await client.predict(CALL)).job_id
    assert redenlab_sandbox.jobs_created == 1


def test_replicate(redenlab_sandbox):
    with ReplicateClient() as client:
        assert client.account.get().username == "sandbox"
    assert redenlab_sandbox.jobs_created == 0


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pytest with `source` as the user's tests, where the plugin is installed.

    What is installed here may be older, so the entry points are those of this source.
    """
    installed = pytester.mkdir("installed")
    metadata = installed / "redenlab_of_this_source-1.dist-info"
    metadata.mkdir()
    points = PROJECT["entry-points"]["pytest11"].items()
    lines = ["[pytest11]", *(f"{name} = {target}" for name, target in points)]
    (metadata / "entry_points.txt").write_text("\n".join(lines))
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: redenlab-of-this-source\nVersion: 1\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(installed), *filter(None, sys.path))))

    def run(source: str, *words: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-s", *words)

    return run


def test_clients_without_arguments_use_the_sandbox_and_submit_once(run: Run) -> None:
    run(USERS).assert_outcomes(passed=3)


def test_what_the_page_shows_works(run: Run, pytester: pytest.Pytester) -> None:
    page = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
    shown = page[page.index("## In your tests") :].split("```python\n")[1].split("```")[0]
    recording = RECORDINGS / "one_speaker.wav"
    pytester.makeconftest(f"""
        import pathlib, pytest

        @pytest.fixture
        def recording():
            return pathlib.Path({str(recording)!r})

        @pytest.fixture
        def anyio_backend():
            return "asyncio"
    """)
    run(shown).assert_outcomes(passed=2)


def test_settings_files_and_proxies_of_the_machine_do_not_matter(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REDENLAB_ML_TIMEOUT", "never")
    monkeypatch.setenv("REDENLAB_ML_POLL_INITIAL", "60")
    monkeypatch.setenv("REDENLAB_CLIENT_ID", "somebody")
    monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_of_the_machine")
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder in (".redenlab-ml", ".replicate"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "config.yaml").write_text("broken: [")
    run(USERS).assert_outcomes(passed=3)


def test_the_environment_is_as_before_when_the_test_has_ended(run: Run) -> None:
    source = """
        import os

        BEFORE = dict(os.environ)

        def test_one(redenlab_sandbox):
            assert os.environ["REDENLAB_ML_BASE_URL"] == redenlab_sandbox.url
            assert os.environ["REPLICATE_API_TOKEN"] == redenlab_sandbox.api_key

        def test_two():
            assert {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")} == {
                k: v for k, v in BEFORE.items() if not k.startswith("PYTEST")
            }
    """
    run(source, "-p", "no:randomly").assert_outcomes(passed=2)


SEEDED = f"""
from pathlib import Path

from redenlab import InferenceClient


def test_seed(redenlab_sandbox):
    with InferenceClient() as client:
        found = client.predict(Path({str(RECORDINGS / "one_speaker.wav")!r}))
    print("found", found["result"])
"""


def test_a_seed_of_the_command_line_or_the_ini_file_chooses_the_values(
    run: Run, pytester: pytest.Pytester
) -> None:
    def found(*words: str) -> str:
        return next(line for line in run(SEEDED, *words).outlines if "found" in line)

    plain, seven = found(), found("--redenlab-seed=7")
    assert plain != seven
    pytester.makeini("[pytest]\nredenlab_seed = 7\n")
    assert found() == seven
    assert found("--redenlab-seed=") == plain


def test_a_run_that_does_not_use_it_imports_the_plugin_alone() -> None:
    source = """
import pytest, sys
before = set(sys.modules)
import redenlab.sandbox.pytest_plugin
print(*sorted(set(sys.modules) - before))
"""
    ended = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    parents = ["redenlab", "redenlab.sandbox", "redenlab.sandbox.pytest_plugin"]
    assert ended.stdout.split() == [*parents, "redenlab.version"]


def test_without_the_extra_only_the_tests_that_use_it_fail(run: Run) -> None:
    source = """
        import importlib.util

        import redenlab.sandbox

        redenlab.sandbox.find_spec = lambda name: None

        def test_uses_it(redenlab_sandbox):
            pass

        def test_does_not():
            pass
    """
    ended = run(source)
    ended.assert_outcomes(passed=1, errors=1)
    ended.stdout.fnmatch_lines("*pip install 'redenlab?sandbox?'*")
