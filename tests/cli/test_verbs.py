"""The verbs of every backend, and of a spec of one's own, on the sandbox."""

import csv
import io
import json
import os
import stat
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import redenlab.sandbox
from redenlab.cli import history
from redenlab.cli.backends import GROUPS, ML
from redenlab.cli.program import app
from redenlab.cli.verbs import VERBS
from redenlab.sandbox import Sandbox

Run = Callable[..., Any]

RECORDING = str(files(redenlab.sandbox) / "recordings" / "one_speaker.wav")
SPECS = Path(__file__).parents[1] / "example_specs"

INPUTS = {
    "": [RECORDING],
    "dalston": [RECORDING, "-p", "language=en"],
    "replicate": ["-m", "black-forest-labs/flux-schnell", "-p", "prompt=a red car"],
    "artificer": [
        *("-p", "name=One", "-p", 'items=[{"input": "Hi"}]'),
        *("-p", 'phases=[{"name": "echo"}]'),
    ],
    "modelred": ["-m", "support-bot", "-p", "test_types=jailbreak"],
}
"""Arguments of `predict` for each backend."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.1, seed="7") as running:
        yield running


@pytest.fixture
def run(sandbox: Sandbox, tmp_path: Path) -> Run:
    settings = {**sandbox.environment, "HOME": str(tmp_path), "COLUMNS": "120"}

    def invoke(*words: str, **options: Any) -> Any:
        return CliRunner().invoke(app, list(words), env=settings, prog_name="redenlab", **options)

    return invoke


def lines(done: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def words(group: str, *rest: str) -> list[str]:
    return [*([group] if group else []), *rest]


@pytest.mark.parametrize("group", INPUTS)
def test_a_job_is_submitted_followed_and_waited_for(run: Run, group: str) -> None:
    (job,) = lines(run(*words(group, "submit", *INPUTS[group], "--no-progress")))
    job_id = job["job_id"]
    last = lines(run(*words(group, "events", job_id)))[-1]
    (status,) = lines(run(*words(group, "status", job_id)))
    (waited,) = lines(run(*words(group, "wait", job_id, "--no-progress")))
    (found,) = lines(run(*words(group, "result", job_id)))
    assert last["kind"] == "finished"
    assert status["state"] == "succeeded"
    assert waited["result"] == found["result"]
    assert waited["model"] == job["model"]  # known from the history


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
@pytest.mark.parametrize("group", INPUTS)
def test_results_are_printed_in_every_form(run: Run, group: str, form: str) -> None:
    done = run(*words(group, "predict", *INPUTS[group], "-o", form, "--no-progress"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout


def test_csv_has_a_column_for_each_field_and_for_errors(run: Run) -> None:
    done = run("predict", "missing.wav", RECORDING, "-o", "csv", "--no-progress")
    bad, good = csv.DictReader(io.StringIO(done.stdout))
    assert (bad["error"], bad["hint"]) == (
        "cannot read the recording: No such file or directory",
        "check its path",
    )
    assert 0 < float(good["intelligibility_score"]) <= 1
    assert good["error"] == ""


def test_a_table_has_the_hint_under_an_error(run: Run) -> None:
    done = run("predict", "missing.wav", RECORDING, "-o", "table", "--no-progress")
    rows = done.stdout.splitlines()
    at = next(n for n, row in enumerate(rows) if "InputError" in row)
    assert any("check its path" in row for row in rows[at:])


def test_any_spec_has_the_verbs(run: Run, tmp_path: Path) -> None:
    path = SPECS / "assemblyai.yaml"
    with redenlab.sandbox.running(spec=path, processing=0.1) as other:
        extra = ["--spec", str(path), "--base-url", other.url, "--api-key-stdin"]
        key = {"input": f"{other.api_key}\n"}
        done = run("predict", RECORDING, *extra, "--no-progress", **key)
        (job,) = lines(done)
        (status,) = lines(run("status", job["job_id"], *extra, **key))
    assert status["state"] == "succeeded"
    assert run("models", "--spec", str(path), "-o", "table").exit_code == 0


def test_an_ended_job_cannot_be_cancelled_and_one_that_runs_can(run: Run) -> None:
    (job,) = lines(run("dalston", "submit", RECORDING, "--no-progress"))
    done = run("dalston", "cancel", job["job_id"])
    assert done.exit_code in {0, 9}  # it may have ended by then
    refused = run("cancel", "job-1")
    assert refused.exit_code == 2
    assert "wait for its end instead" in refused.stderr


def test_a_result_that_is_not_there_yet_exits_with_7() -> None:
    with redenlab.sandbox.running(processing=600.0) as slow:
        environment = {**slow.environment, "REDENLAB_HISTORY": "off"}

        def run(*line: str) -> Any:
            return CliRunner().invoke(app, list(line), env=environment)

        (job,) = lines(run("submit", RECORDING, "--no-progress"))
        done = run("result", job["job_id"])
    assert done.exit_code == 7
    assert "hint  wait for the job" in done.stderr


def test_ids_come_from_standard_input_too(run: Run) -> None:
    jobs = [lines(run("submit", RECORDING, "--no-progress"))[0]["job_id"] for _ in range(2)]
    done = run("wait", "-", "--no-progress", input="\n".join(jobs))
    assert {record["job_id"] for record in lines(done)} == set(jobs)


def test_the_history_is_private_lists_jobs_and_can_be_erased(run: Run, tmp_path: Path) -> None:
    (job,) = lines(run("submit", RECORDING, "--no-progress"))
    path = tmp_path / ".redenlab" / "jobs.jsonl"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "one_speaker" not in path.read_text()
    assert [each["job_id"] for each in lines(run("jobs"))] == [job["job_id"]]
    assert job["job_id"] in run("jobs", "-o", "table").stdout.replace("\n", "")
    assert lines(run("dalston", "jobs")) == []
    assert "erased" in run("jobs", "--forget").stderr
    assert not path.exists()


def test_a_damaged_history_stops_no_job(run: Run, tmp_path: Path) -> None:
    path = tmp_path / ".redenlab" / "jobs.jsonl"
    path.parent.mkdir()
    path.write_text('{"odd": 1}\nnonsense\n')
    assert run("submit", RECORDING, "--no-progress").exit_code == 0
    assert len(lines(run("jobs"))) == 1


def test_no_history_is_kept_where_it_is_off(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(history.VARIABLE, "off")
    run("submit", RECORDING, "--no-progress")
    assert not (tmp_path / ".redenlab").exists()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("redenlab predict x.wav -m als-", "als-naturalness-mtpa"),
        ("redenlab predict x.wav -m whisperx -p dia", "diarize="),
        ("redenlab predict x.wav -m whisperx -p diarize=", "diarize=true"),
        ("redenlab dalston predict x.wav -p lang", "language="),
        ("redenlab modelred predict --job ", "assess_packs"),
        ("redenlab replicate predict -p web", "webhook="),
    ],
)
def test_the_shell_completes_names_and_values(run: Run, line: str, found: str) -> None:
    variables = {"_REDENLAB_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    done = CliRunner().invoke(app, [], env=variables, prog_name="redenlab")
    assert found in done.stdout


def test_the_shell_completes_ids_of_recent_jobs(run: Run, tmp_path: Path) -> None:
    (job,) = lines(run("submit", RECORDING, "--no-progress"))
    begun = job["job_id"][:4]
    variables = {
        "_REDENLAB_COMPLETE": "complete_zsh",
        "_TYPER_COMPLETE_ARGS": f"redenlab wait {begun}",
        "HOME": str(tmp_path),
    }
    done = CliRunner().invoke(app, [], env=variables, prog_name="redenlab")
    assert job["job_id"] in done.stdout


@pytest.mark.parametrize("group", INPUTS)
@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.function.__name__)
def test_every_page_of_help_has_an_example_and_fits_60_columns(
    run: Run, row: Any, group: str
) -> None:
    page = run(*words(group, row.function.__name__, "--help"), terminal_width=60).stdout
    verb = " ".join(words(group, row.function.__name__))
    assert f"Example:\n    redenlab {verb}" in page
    options = page.partition("\nOptions:")[2].partition("\n\n")[0]
    assert max(map(len, options.splitlines())) <= 60
    assert not any(odd in page for odd in ("<bool>", "…", "<str>"))


def test_the_help_lists_every_model_whole_in_60_columns(run: Run) -> None:
    page = run("predict", "--help", terminal_width=60).stdout.split("Models, or a newer one:")[1]
    names = [line.split()[0] for line in page.splitlines() if line.strip()]
    assert names == list(ML.specs[0].models)


def test_the_list_of_commands_cuts_no_sentence(run: Run) -> None:
    assert "..." not in run("--help", terminal_width=60).stdout.partition("Commands:")[2]


@pytest.mark.parametrize("group", ["replicate", "modelred"])
def test_a_key_is_stored_privately_and_forgotten(
    group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backend,) = (each for each in GROUPS if each.group == group)
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in backend.profile.variables["api_key"]:
        monkeypatch.delenv(variable, raising=False)

    def run(*line: str, **options: Any) -> Any:
        return CliRunner().invoke(app, [group, *line], **options)

    assert run("whoami").exit_code == 3
    assert f"run: redenlab {group} login" in run("whoami").stderr
    stored = run("login", input="mr_key_for_tests_0123456789\n")
    assert stored.exit_code == 0
    assert "0123456789" not in stored.output
    assert run("whoami").stdout == f"API key from {backend.profile.path}\n"
    assert run("logout").stderr == "signed out\n"
    assert run("logout").stderr == "not signed in\n"


@pytest.mark.parametrize("group", INPUTS)
def test_the_doctor_reports_the_way_to_the_service(run: Run, sandbox: Sandbox, group: str) -> None:
    done = run(*words(group, "doctor"))
    found = {each["check"]: each["found"] for each in lines(done)}
    assert done.exit_code == 0
    assert found["credential"].startswith("API key from the environment variable")
    assert found["request"].startswith("HTTP ")
    assert sandbox.api_key not in done.output


def test_the_doctor_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("REDENLAB_ML_API_KEY", "REDENLAB_ML_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    done = CliRunner().invoke(app, ["doctor", "-o", "table"], env={"HOME": str(tmp_path)})
    assert done.exit_code == 3
    assert "run: redenlab login" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("line", "code", "problem"),
    [
        (["replicate", "predict", "a.wav", "-m", "a/b"], 2, "unexpected extra argument"),
        (["artificer", "predict", "-p", "items=@missing.json"], 2, "cannot read missing.json"),
        (["artificer", "predict", "-m", "x"], 2, "No such option"),
        (["modelred", "predict", "--job", "none"], 2, "there is no job none"),
        (["dalston", "predict", RECORDING, "--spec", "x.yaml"], 2, "No such option"),
        (["predict", "x.wav", "--spec", "missing.yaml"], 2, "missing.yaml"),
        (["prdict", "x.wav"], 2, "No such command"),
    ],
)
def test_mistakes_say_what_to_write(run: Run, line: list[str], code: int, problem: str) -> None:
    done = run(*line, "--no-progress") if "prdict" not in line else run(*line)
    assert done.exit_code == code
    assert problem.casefold() in done.stderr.casefold()
    assert " hint  " in done.stderr


def test_values_are_read_as_the_spec_types_them(run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "items.json"
    batch.write_text('[{"input": "Hi"}, {"input": "Ho"}]')
    words = ("-p", "name=12", "-p", f"items=@{batch}", "-p", 'phases={"name": "echo"}')
    done = run("artificer", "predict", *words, "-p", "options.concurrency=2", "--no-progress")
    (found,) = lines(done)
    assert [item["input"] for item in found["result"]] == ["Hi", "Ho"]


@pytest.mark.parametrize("group", INPUTS)
def test_every_parameter_of_a_body_is_described(run: Run, group: str) -> None:
    (backend,) = (each for each in (ML, *GROUPS) if each.group == group)
    paths = {name for spec in backend.specs for name in spec.arguments}
    for model in lines(run(*words(group, "models"))):
        for parameter in (each for each in model["parameters"] if each["name"] not in paths):
            assert parameter["description"], (model["name"], parameter["name"])
            assert parameter["type"] != "Any", (model["name"], parameter["name"])
