"""Nine edits of a spec, each without a hand-written line; everything else follows by generation.

Each build proves the result before it is there: every module is imported, every model and operation
tried, and every job run to each of its ends, by `connect` and by the generated client, against a
server that is made from the edited spec.
"""

# ruff: noqa: E501 - lines of specs

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

import generate
import redenlab
from edited_specs import changed
from processes import environment
from project_copy import BIN, ROOT
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox.engine.engine import Engine
from redenlab.sandbox.engine.mock import transport
from redenlab.sandbox.engine.scenario import Setting
from strict_types import configure, findings, lines

pytestmark = pytest.mark.no_cover  # building is measured by test_closed_loop and test_refusals

ML = (ROOT / "openapi" / "ml.yaml").read_text()
KEY = "sk_test_1234567890"
BASE = "https://api.example.com/prod"

HISTORY = """\
  /history:
    get:
      operationId: history.list
      tags: [history]
      summary: List jobs, the newest first
      description: A page at a time.
      security: [{apiKey: []}]
      parameters:
        - {name: after, in: query, required: false, schema: {type: string}, description: The cursor.}
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/HistoryPage'}
      x-page: {items: $response.body#/jobs, cursor: $response.body#/next, parameter: after}
  /history/{job_id}:
    delete:
      operationId: history.delete
      tags: [history]
      summary: Forget a job
      description: Its data go as well.
      security: [{apiKey: []}]
      parameters:
        - {name: job_id, in: path, required: true, schema: {type: string}, description: The job.}
      responses:
        '204': {description: It is gone.}

components:
"""
PAGE = """\
    HistoryPage:
      type: object
      required: [jobs]
      properties:
        jobs: {type: array, items: {$ref: '#/components/schemas/Submission'}}
        next: {type: [string, 'null'], description: Where the next page begins.}

    SpeakerTurn:
"""
GRIP = """\
    GripResult:
      type: object
      required: [by_hand, series, verdict]
      properties:
        by_hand: {type: object, additionalProperties: {$ref: '#/components/schemas/Grip'}}
        series: {type: array, items: {type: array, items: {type: [number, 'null']}}}
        verdict:
          discriminator: {propertyName: kind, mapping: {firm: '#/components/schemas/Firm', weak: '#/components/schemas/Weak'}}
          oneOf: [{$ref: '#/components/schemas/Firm'}, {$ref: '#/components/schemas/Weak'}]
    Grip: {type: object, required: [force], properties: {force: {type: number}}}
    Firm: {type: object, required: [kind], properties: {kind: {type: string}, seconds: {type: number}}}
    Weak: {type: object, required: [kind, since], properties: {kind: {type: string}, since: {type: string, format: date}}}

    SpeakerTurn:
"""

EDITS: dict[str, list[tuple[str, str]]] = {
    "a model": [
        (
            "            sylber-time: SyllableTimingResult\n",
            "            sylber-time: SyllableTimingResult\n            grip: GripResult\n",
        ),
        ("    SpeakerTurn:\n", GRIP),
    ],
    "two statuses": [
        (
            "enum: [upload_pending, processing, submitted, completed, failed]",
            "enum: [upload_pending, thawing, processing, submitted, completed, failed, withdrawn]",
        ),
        ("running: [processing, submitted]", "running: [thawing, processing, submitted]"),
        (
            "        failed: [failed]\n",
            "        failed: [failed]\n        cancelled: [withdrawn]\n",
        ),
    ],
    "an envelope field renamed": [
        ("        submitted_at:\n", "        queued_at:\n"),
    ],
    "the submit answers another id": [
        (
            "      required: [job_id]\n      properties:\n        job_id:",
            "      required: [id]\n      properties:\n        id:",
        ),
        (
            "id: [$response.body#/job_id, $upload.job_id]",
            "id: [$response.body#/id, $upload.job_id]",
        ),
        (
            "          status: $response.body#/status\n          error",
            "          id: $response.body#/job_id\n          status: $response.body#/status\n          error",
        ),
        (
            "                  value:\n                    job_id: 6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10\n                    status: processing\n                    message",
            "                  value:\n                    id: 6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10\n                    status: processing\n                    message",
        ),
    ],
    "a field of the upload that the submit sends back": [
        (
            "        asset_id:\n          type: string\n          description: UUID",
            "        region: {type: string, description: Where it is kept.}\n        asset_id:\n          type: string\n          description: UUID",
        ),
        (
            "        asset_id:\n          type: string\n          minLength: 1\n",
            "        region: {type: string}\n        asset_id:\n          type: string\n          minLength: 1\n",
        ),
        (
            "              asset_id: $response.body#/asset_id\n",
            "              asset_id: $response.body#/asset_id\n              region: $response.body#/region\n",
        ),
        (
            "            $request.body#/asset_id: $upload.asset_id\n",
            "            $request.body#/asset_id: $upload.asset_id\n            $request.body#/region: $upload.region\n",
        ),
    ],
    "a POST form in place of the PUT": [
        (
            "            method: PUT\n            headers: {Content-Type: $file.content_type}\n            body: $file\n",
            "            method: POST\n            form: {'*': $response.body#/fields, file: $file}\n",
        ),
        (
            "        expires_in: {type: integer, minimum: 0, description: Seconds",
            "        fields: {type: object, additionalProperties: {type: string}, description: Signed.}\n        expires_in: {type: integer, minimum: 0, description: Seconds",
        ),
    ],
    "a list and a DELETE": [("components:\n", HISTORY), ("    SpeakerTurn:\n", PAGE)],
    "another path and a bearer token": [
        ("  /result/{job_id}:\n", "  /v2/jobs/{job_id}/state:\n"),
        (
            "    apiKey: {type: apiKey, in: header, name: X-Api-Key}\n",
            "    apiKey: {type: http, scheme: bearer}\n",
        ),
    ],
    "a required field of a result that goes": [
        ("required: [intelligibility_score]", "required: []"),
        ("        intelligibility_score:\n", "        clarity:\n"),
        (
            "            IntelligibilityResult: intelligibility_score\n",
            "            IntelligibilityResult: clarity\n",
        ),
    ],
}


class Edited:
    """The generated tree of an edited spec, and what can be asked of it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.specs, self.tree = folder / "openapi", folder / "generated"
        self.specs.mkdir(parents=True)
        (self.specs / "ml.yaml").write_text(changed(ML, *EDITS[name]))
        generate.build(self.specs, self.tree)

    def prints(self, *command: str) -> str:
        """What a program prints that imports the edited package."""
        here, there = (each / "redenlab_api" for each in (ROOT / "generated", self.tree))
        for package in here.iterdir():  # the command reads every backend
            if package.is_dir() and not (there / package.name).exists():
                shutil.copytree(package, there / package.name)
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            env=environment(PYTHONPATH=os.pathsep.join((str(self.tree), str(ROOT / "src")))),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def exchanges(self, act: Callable[[Any], Any]) -> list[httpx.Request]:
        """The requests of what a client of `redenlab.connect` does."""
        spec = Spec(self.specs / "ml.yaml")
        engine = Engine(spec, key=KEY, setting=Setting(BASE), jobs=job_specs(spec))
        seen: list[httpx.Request] = []

        def respond(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return transport(engine).handle_request(request)

        options: dict[str, Any] = {"api_key": KEY, "base_url": BASE}
        poll = redenlab.Poll(initial=0.001, max_interval=0.001)
        mock = httpx.MockTransport(respond)
        with redenlab.connect(spec.path, **options, transport=mock, poll=poll) as client:
            act(client)
        return seen


WELL_TYPED = {
    "a model": (
        'grip = client.predict(b"", model_name="grip").result',
        'force: float = grip.by_hand.additional_properties["left"].force',
        "series: list[list[float | None]] = grip.series",
        'since = grip.verdict.since if grip.verdict.kind == "weak" else None',
    ),
    "an envelope field renamed": (
        'at = client.predict(b"").queued_at',
        'print(at.year if at else "")',
    ),
    "a list and a DELETE": (
        "for job in client.history.list():",
        "    name: str = job.job_id",
        "    client.history.delete(name)",
        "again: float | None = client.predict(b'').result.intelligibility_score",
        "print(again)",
    ),
}
ILL_TYPED = {"an envelope field renamed": ('print(client.predict(b"").submitted_at)',)}
"""Lines that use a client of an edited spec."""

Build = Callable[[str], Edited]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edits")


@pytest.fixture(scope="module")
def build(folder: Path) -> Build:
    return cache(lambda name: Edited(folder / name.replace(" ", "-"), name))


def test_what_an_edit_brings_is_typed_and_what_it_takes_away_is_an_error(
    folder: Path, build: Build
) -> None:
    head = "from redenlab_api.ml.jobs import InferenceClient\nclient = InferenceClient()\n"
    for file, uses in (("good.py", WELL_TYPED), ("bad.py", ILL_TYPED)):
        for name, code in uses.items():
            (build(name).tree / file).write_text(head + "\n".join(code) + "\n")
    trees = [str(build(name).tree.relative_to(folder)) for name in WELL_TYPED]
    configure(
        folder,
        include=[f"{tree}/*.py" for tree in trees],
        executionEnvironments=[{"root": tree} for tree in trees],
    )
    found = findings(folder)
    bad = [build(name).tree / "bad.py" for name in ILL_TYPED]
    assert {path: found[path] for path in found if path not in bad} == {}
    assert [lines(found, path) for path in bad] == [[3]] * len(bad)


def test_a_model_with_maps_nested_lists_and_a_union(build: Build) -> None:
    found = build("a model")
    listed = found.prints("python", "-m", "redenlab.cli.main", "models", "-o", "json")
    assert {"by_hand", "series", "verdict"} == {
        field["name"] for m in json.loads(listed) if m["name"] == "grip" for field in m["fields"]
    }
    table = (found.tree / "redenlab_api" / "ml" / "JOBS.md").read_text()
    assert "| `grip` |" in table
    assert "| `additional_properties` | [`dict[str, Grip]`](#grip) |" in table
    assert "### Firm\n" in table
    assert "### Weak\n" in table


def test_two_statuses(build: Build) -> None:
    found = build("two statuses")
    table = (found.tree / "redenlab_api" / "ml" / "JOBS.md").read_text()
    assert "| `thawing` | running |" in table
    assert "| `withdrawn` | cancelled |" in table


def test_a_submit_that_answers_another_id(build: Build) -> None:
    build("the submit answers another id")


def test_an_upload_with_a_field_that_the_submit_sends_back(build: Build) -> None:
    found = build("a field of the upload that the submit sends back")
    requests = found.exchanges(lambda client: client.run(b"RIFF", model_name="intelligibility"))
    (submit,) = (r for r in requests if r.url.path.endswith("/predict"))
    assert json.loads(submit.content)["region"]


def test_a_presigned_post_form(build: Build) -> None:
    found = build("a POST form in place of the PUT")
    requests = found.exchanges(lambda client: client.run(b"RIFF", model_name="intelligibility"))
    assert [r.method for r in requests if r.url.host != "api.example.com"] == ["POST"]


def test_another_path_and_a_bearer_token(build: Build) -> None:
    found = build("another path and a bearer token")
    requests = found.exchanges(lambda client: client.run(b"RIFF", model_name="intelligibility"))
    to_api = [r for r in requests if r.url.host == "api.example.com"]
    assert {r.headers["Authorization"] for r in to_api} == {f"Bearer {KEY}"}
    assert to_api[-1].url.path.startswith("/prod/v2/jobs/")
    assert to_api[-1].url.path.endswith("/state")


def test_a_required_field_that_goes(build: Build, tmp_path: Path) -> None:
    import breaking

    found = build("a required field of a result that goes")
    before = tmp_path / "openapi"
    before.mkdir()
    (before / "ml.yaml").write_text(ML)
    report = list(breaking.spec_changes(before, found.specs))
    assert any("intelligibility_score" in line for line in report)
