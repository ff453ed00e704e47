"""`redenlab predict`: what it prints where, and with which code it ends."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.stand_in import KEY, SCORE, FakeApi
from faulty_server import FaultyServer, closed_port, response, says
from redenlab.ml.client import MODEL_NAMES
from redenlab_api.ml.jobs import PREDICT

DIARISING = next(
    name
    for name, model in PREDICT.spec.models.items()
    if model.result == "SpeakerDiarisationResult"
)

Invoke = Callable[..., Any]
Make = Callable[[str], str]


def test_a_result_is_one_json_line_in_a_pipe(invoke: Invoke, recording: Make) -> None:
    path = recording("a.wav")
    ended = invoke("predict", path, "-m", MODEL_NAMES[0])
    record = json.loads(ended.stdout)
    seconds = record.pop("seconds")
    assert ended.exit_code == 0
    assert ended.stdout.count("\n") == 1
    assert 0 < seconds < 5
    assert record == {
        "input": path,
        "model": MODEL_NAMES[0],
        "job_id": "job-0",
        "status": "completed",
        "result": {"intelligibility_score": SCORE},
    }


@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden"])
def test_an_address_is_shown_without_its_signature(invoke: Invoke, status: str) -> None:
    with FaultyServer(says(response(b"RIFF" + bytes(2000), status))) as server:
        bare = f"http://127.0.0.1:{server.port}/a.wav"
        ended = invoke("predict", f"{bare}?X-Amz-Signature=5ecre7")
    assert json.loads(ended.stdout)["input"] == bare
    assert "5ecre7" not in ended.stdout + ended.stderr
    assert ended.exit_code == (0 if status == "200 OK" else 2)


def test_progress_goes_to_standard_error_in_plain_lines(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("a.wav"))
    steps = [line.partition("a.wav: ")[2] for line in ended.stderr.splitlines()]
    assert steps[0].startswith("uploaded 2.0 kB in ")
    assert steps[1] == "job job-0 submitted"
    assert steps[2].startswith("completed after ")
    assert "\x1b" not in ended.stderr


def test_no_progress_is_silent(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("a.wav"), "--no-progress")
    assert ended.stderr == ""
    assert json.loads(ended.stdout)["status"] == "completed"


def test_results_keep_the_order_of_the_files(invoke: Invoke, recording: Make) -> None:
    paths = [recording(f"{n}.wav") for n in range(9)]
    ended = invoke("predict", *paths, "-o", "json")
    assert [record["input"] for record in json.loads(ended.stdout)] == paths


def test_a_table_holds_names_fields_and_values(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("a.wav"), recording("b.wav"), "-o", "table")
    rows = [line.split()[-2:] for line in ended.stdout.splitlines() if ".wav" in line]
    assert rows == [["intelligibility_score", "0.75"]] * 2
    assert ended.stdout.split()[0] == MODEL_NAMES[0]


def test_a_table_shows_nested_turns_and_cuts_long_lists(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    turns = [{"speaker": "ANNA", "start": n, "end": n + 0.5} for n in range(10)]
    fake_api.result = {"speaker_count": 1, "diarization": turns, "note": "x", "sandbox": True}
    ended = invoke("predict", recording("a.wav"), "-m", DIARISING, "-o", "table")
    assert ended.stdout.count("ANNA") == 8
    assert "… 2 more" in ended.stdout
    assert ended.stdout.endswith("\nnote: x\nsandbox: True\n")


def test_a_table_shows_the_result_of_an_unknown_model(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    fake_api.result = {"words": ["a", "b"], "none": None}
    ended = invoke("predict", recording("a.wav"), "-m", "newer", "-o", "table")
    assert ended.exit_code == 0
    assert '["a", "b"]' in ended.stdout
    assert "null" in ended.stdout


def test_a_table_says_what_is_no_object(invoke: Invoke, recording: Make, fake_api: FakeApi) -> None:
    fake_api.result = None
    ended = invoke("predict", recording("a.wav"), "-m", "newer", "-o", "table")
    assert ended.stdout.splitlines()[-1].split()[-2:] == ["result", "null"]


def test_extras_that_differ_stay_with_their_recording(invoke: Invoke, recording: Make) -> None:
    bad = recording("fails.wav")
    ended = invoke("predict", recording("a.wav"), bad, "-o", "table")
    assert ended.exit_code == 5
    assert "JobFailed" in ended.stdout


def test_control_characters_never_reach_a_terminal(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    fake_api.result = {"text": "a\x1b[31mb\nc"}
    ended = invoke("predict", recording("a.wav"), "-m", "newer", "-o", "table")
    assert "\x1b" not in ended.stdout
    assert "a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}c" in ended.stdout


def test_unknown_models_are_tried_with_a_hint_of_close_names(
    invoke: Invoke, recording: Make
) -> None:
    ended = invoke("predict", recording("a.wav"), "-m", MODEL_NAMES[0][:-1])
    assert ended.exit_code == 0
    assert ended.stderr.startswith(f" note  {MODEL_NAMES[0][:-1]} is unknown to this version")
    assert f"known: {MODEL_NAMES[0]} or " in ended.stderr.splitlines()[0]


def test_parameters_are_json_or_text(invoke: Invoke, recording: Make, fake_api: FakeApi) -> None:
    pairs = ["-p", "depth=3", "-p", "language_code=en-US", "--parameter", "deep=true"]
    ended = invoke("predict", recording("a.wav"), "-m", "newer", *pairs)
    assert ended.exit_code == 0
    sent = {key: fake_api.bodies[-1][key] for key in ("depth", "language_code", "deep")}
    assert sent == {"depth": 3, "language_code": "en-US", "deep": True}


@pytest.mark.parametrize("pair", ["depth", "=3", "de pth=3", ""])
def test_what_is_no_parameter_ends_with_2(invoke: Invoke, recording: Make, pair: str) -> None:
    ended = invoke("predict", recording("a.wav"), "-p", pair)
    assert ended.exit_code == 2
    assert "write NAME=VALUE" in ended.stderr


def test_a_parameter_that_the_model_does_not_have_ends_with_2(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    ended = invoke("predict", recording("a.wav"), "-p", "depth=3")
    assert ended.exit_code == 2
    assert "has no parameter 'depth'" in ended.stderr
    assert fake_api.names == {}


def test_models_come_from_the_environment_too(
    invoke: Invoke, recording: Make, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_MODEL"] = "zzz"
    ended = invoke("predict", recording("a.wav"))
    assert json.loads(ended.stdout)["model"] == "zzz"
    assert f"known: {' or '.join(MODEL_NAMES)}" in ended.stderr


@pytest.mark.parametrize(
    ("refusals", "code", "advice"),
    [
        ({"/upload-url": 401}, 3, "check the API key"),
        ({"/upload-url": 403}, 3, "ask the service's operators"),
        ({"/intelligibility": 404}, 4, "check the model name"),
        ({"/upload-url": 429}, 8, "wait, or send fewer"),
        ({"/upload-url": 500}, 9, "try again later"),
        ({"/put": 403}, 9, "submit again"),
        ({"/result": 401}, 3, "check the API key"),
    ],
)
def test_refusals_end_with_their_code_and_two_lines(
    invoke: Invoke,
    recording: Make,
    fake_api: FakeApi,
    refusals: dict[str, int],
    code: int,
    advice: str,
) -> None:
    fake_api.refusals = refusals
    ended = invoke("predict", recording("a.wav"), "--no-progress")
    happened, hint = ended.stderr.splitlines()
    assert ended.exit_code == code
    assert happened.startswith("error  ")
    assert hint.startswith(f" hint  {advice}")
    assert json.loads(ended.stdout)["error"]["exit_code"] == code


def test_a_failed_job_ends_with_6_and_its_reason(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("fails.wav"), "--no-progress", "-o", "table")
    assert ended.exit_code == 6
    assert ended.stdout == ""
    assert ended.stderr.startswith("error  job job-0 failed: no speech in it\n hint  ")


def test_a_job_that_outlasts_the_timeout_ends_with_7_and_how_to_resume(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    ended = invoke("predict", recording("runs.wav"), "--timeout", "3s")
    assert ended.exit_code == 7
    assert "job job-0 has not ended in time" in ended.stderr
    command = f"redenlab wait job-0 -m {MODEL_NAMES[0]}"
    assert ended.stderr.endswith(f" hint  the job goes on; resume with: {command}\n")
    polled = r"job job-0 processing for \d+\.\d s, next poll in \d+\.\d s"
    assert re.search(polled, ended.stderr)
    fake_api.names["job-0"] = "done.wav"
    resumed = invoke(*command.split()[1:])
    assert resumed.exit_code == 0
    assert json.loads(resumed.stdout)["job_id"] == "job-0"
    assert fake_api.submitted == ["job-0"]


def test_the_resume_command_keeps_address_and_source_of_the_key(
    invoke: Invoke, recording: Make, fake_api: FakeApi, settings: dict[str, str | None]
) -> None:
    del settings["REDENLAB_ML_API_KEY"]
    options = ["--base-url", fake_api.url, "--api-key-stdin"]
    ended = invoke("predict", recording("runs.wav"), "--timeout", "3", *options, input=f"{KEY}\n")
    assert ended.stderr.endswith(f" -m {MODEL_NAMES[0]} {' '.join(options)}\n")
    assert ended.exit_code == 7


def test_an_uncertain_submission_says_how_to_check(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    fake_api.refusals = {"/intelligibility": 500, "/result": 500}
    ended = invoke("predict", recording("a.wav"), "--no-progress")
    assert ended.exit_code == 9
    assert "see whether it runs: redenlab wait job-0 -m" in ended.stderr


def test_a_dead_port_ends_with_9(
    invoke: Invoke, recording: Make, settings: dict[str, str | None]
) -> None:
    with closed_port() as port:
        settings["REDENLAB_ML_BASE_URL"] = f"http://127.0.0.1:{port}"
        ended = invoke("predict", recording("a.wav"), "--no-progress")
    assert ended.exit_code == 9
    assert len(ended.stderr.splitlines()) == 2


def test_one_bad_file_stops_no_other_and_ends_with_5(
    invoke: Invoke, recording: Make, tmp_path: Path
) -> None:
    paths = [recording("a.wav"), str(tmp_path / "missing.wav"), recording("fails.wav")]
    ended = invoke("predict", *paths, "--no-progress")
    records = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.exit_code == 5
    kinds = {record["input"]: record.get("error", {}).get("kind") for record in records}
    assert kinds == dict(zip(paths, [None, "InputError", "JobFailed"], strict=True))
    assert [line.partition(": ")[0] for line in ended.stderr.splitlines()[::2]] == [
        f"error  {path}" for path in paths[1:]
    ]


def test_files_that_all_fail_alike_end_with_their_own_code(
    invoke: Invoke, recording: Make, fake_api: FakeApi
) -> None:
    fake_api.refusals = {"/upload-url": 401}
    ended = invoke("predict", recording("a.wav"), recording("b.wav"), "-o", "table")
    assert ended.exit_code == 3
    assert ended.stdout == ""


@pytest.mark.parametrize("timeout", ["0", "soon", "-1", "1d", ""])
def test_odd_timeouts_are_usage_errors(invoke: Invoke, recording: Make, timeout: str) -> None:
    ended = invoke("predict", recording("a.wav"), f"--timeout={timeout}")
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert f"{timeout!r} is no duration; write 900, 15m or 1h" in ended.stderr


@pytest.mark.parametrize("timeout", ["900", "900s", "15m", "1h", "0.5h"])
def test_durations_are_read(invoke: Invoke, recording: Make, timeout: str) -> None:
    assert invoke("predict", recording("a.wav"), "--timeout", timeout).exit_code == 0


def test_a_missing_file_is_bad_input(invoke: Invoke, tmp_path: Path) -> None:
    ended = invoke("predict", str(tmp_path / "missing.wav"))
    assert ended.exit_code == 2
    assert "missing.wav: cannot read the recording" in ended.stderr


def test_a_missing_key_ends_with_3_before_anything_is_printed(
    invoke: Invoke, recording: Make, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_API_KEY"] = None
    ended = invoke("predict", recording("a.wav"))
    assert ended.exit_code == 3
    assert ended.stdout == ""
    assert ended.stderr.endswith("or pipe the key in with --api-key-stdin\n")


def test_a_missing_address_ends_with_2(
    invoke: Invoke, recording: Make, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_BASE_URL"] = None
    ended = invoke("predict", recording("a.wav"))
    assert ended.exit_code == 2
    assert ended.stdout == ""


def test_the_key_may_come_on_standard_input(
    invoke: Invoke, recording: Make, fake_api: FakeApi, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_API_KEY"] = None
    path = recording("a.wav")
    ended = invoke("predict", path, "--api-key-stdin", input=f"{KEY}\r\nmore\n")
    assert ended.exit_code == 0
    assert fake_api.keys == {KEY, None}  # the upload to storage carries none


def test_no_key_on_standard_input_ends_with_3(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("a.wav"), "--api-key-stdin", input="\n")
    assert ended.exit_code == 3
    assert "no API key came on standard input" in ended.stderr


def test_a_malformed_key_on_standard_input_is_not_quoted(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("a.wav"), "--api-key-stdin", input="has blanks in it\n")
    assert ended.exit_code == 3
    assert "has blanks in it" not in ended.output
    assert "pipe the key in" not in ended.stderr


def test_a_key_is_no_argument(invoke: Invoke, recording: Make) -> None:
    ended = invoke("predict", recording("a.wav"), "--api-key", KEY)
    assert ended.exit_code == 2
    assert KEY not in ended.output


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
@pytest.mark.parametrize("name", ["a.wav", "fails.wav", "missing.wav"])
def test_the_key_is_in_no_output(invoke: Invoke, recording: Make, form: str, name: str) -> None:
    path = recording(name)
    if name == "missing.wav":
        Path(path).unlink()
    assert KEY not in invoke("predict", path, "-o", form).output


def test_odd_names_of_files_are_shown_harmlessly(
    invoke: Invoke, recording: Make, tmp_path: Path
) -> None:
    path = recording("[red]\x1b[2J\n.wav")
    ended = invoke("predict", path)
    assert json.loads(ended.stdout)["input"] == path
    assert "\x1b" not in ended.stderr
    assert "[red]\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}.wav" in ended.stderr
    assert str(tmp_path) in ended.stderr
