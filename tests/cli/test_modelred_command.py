"""`redenlab modelred assess`: the report as a table and as JSON, and what it exits with."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

import redenlab.sandbox
from redenlab.cli.program import app
from redenlab.sandbox import Sandbox

Run = Callable[..., Any]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.1, seed="7") as running:
        yield running


@pytest.fixture
def run(sandbox: Sandbox, tmp_path: Any) -> Run:
    def invoke(*words: str) -> Any:
        settings = {**sandbox.environment, "COLUMNS": "100", "HOME": str(tmp_path)}
        return CliRunner().invoke(app, ["modelred", *words], env=settings)

    return invoke


def test_the_report_is_a_table(run: Run) -> None:
    words = ("polite-bot", "-p", "jailbreak", "-p", "pii_leak", "-o", "table", "--no-progress")
    done = run("assess", *words)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    assert "overall_score" in done.stdout
    assert all(probe in done.stdout for probe in ("jailbreak", "pii_leak"))


@pytest.mark.parametrize(
    ("model", "least", "code"),
    [("support-bot", "80", 0), ("support-bot", "100", 10), ("careless-bot", "1", 10)],
)
def test_a_score_below_the_least_is_an_exit_code(
    run: Run, model: str, least: str, code: int
) -> None:
    probes = ("-p", "jailbreak", "-p", "pii_leak", "-p", "encoding")
    done = run("assess", model, *probes, "--min-score", least)
    assert done.exit_code == code
    assert ("below" in done.stderr) is bool(code)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["status"] == "completed"
    assert (record["result"]["overall_score"] < float(least)) is bool(code)


def test_packs_of_probes_are_assessed_too(run: Run, sandbox: Sandbox) -> None:
    done = run("assess", "support-bot", "--pack", "cm4xa0w3f0001", "-o", "json")
    (record,) = json.loads(done.stdout)
    with sandbox.modelred_client() as client:
        assert client.assessments_v2.retrieve(record["job_id"]).id


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("support-bot",), 2, "--probe or --pack"),
        (("nobody", "-p", "jailbreak"), 4, "no model nobody"),
        (("support-bot", "-p", "nothing"), 9, "no probe nothing"),
    ],
)
def test_mistakes_are_two_lines(run: Run, words: tuple[str, ...], code: int, problem: str) -> None:
    done = run("assess", *words, "--no-progress")
    assert done.exit_code == code
    assert problem in done.stderr
    assert len(done.stderr.splitlines()) == 2
