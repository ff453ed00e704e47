"""The pipeline: the same bytes everywhere, and no half-read spec."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generate
from redenlab.core.errors import SpecError

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "openapi" / "ml.yaml").read_text()


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The generator of a copy of the project, as ``make`` runs it."""
    return subprocess.run(
        [sys.executable, str(project / "scripts" / "generate.py"), *arguments],
        cwd=project.parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy elsewhere, below a folder whose settings would change the output if they could."""
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\nindent-width = 2\n")
    project = tmp_path / "some where" / "copy"
    for part in ("openapi", "scripts", "generated"):
        shutil.copytree(
            ROOT / part,
            project / part,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
    return project


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_same_bytes_come_out_in_any_folder_and_hash_order(project: Path, seed: str) -> None:
    shutil.rmtree(project / "generated" / "redenlab_api")
    done = run(project, PYTHONHASHSEED=seed)
    assert done.returncode == 0, done.stderr
    assert list(generate.differences(project / "generated", ROOT / "generated")) == []


def test_drift_is_named_by_file(project: Path) -> None:
    package = project / "generated" / "redenlab_api"
    (package / "ml" / "client.py").write_text("# edited by hand\n")
    (package / "ml" / "models" / "problem.py").unlink()
    (package / "stray.py").touch()
    done = run(project, "--check")
    assert done.returncode == 1
    assert "differs: redenlab_api/ml/client.py" in done.stderr
    assert "missing: redenlab_api/ml/models/problem.py" in done.stderr
    assert "left over: redenlab_api/stray.py" in done.stderr
    assert "make generate" in done.stderr


def test_a_refused_spec_leaves_everything_as_it_was(project: Path) -> None:
    spec = project / "openapi" / "ml.yaml"
    spec.write_text(SPEC.replace("failed: [failed]", "failed: []"))
    done = run(project)
    assert done.returncode == 1
    assert "refused: ml.yaml:" in done.stderr
    assert list(generate.differences(project / "generated", ROOT / "generated")) == []


BODY = SPEC[SPEC.index("    PredictRequest:") :].partition("file_key:\n          type")[0]
BODY = BODY[BODY.index("      properties:") :]

REFUSED = {
    "unclassed status": (
        "enum: [upload_pending, processing,",
        "enum: [upload_pending, thawing, processing,",
        r"unclassed: \['thawing'\]",
    ),
    "class of an unknown status": (
        "running: [processing, submitted]",
        "running: [processing, submitted, x]",
        "which enum",
    ),
    "unknown class": ("failed: [failed]", "broken: [failed]", "'broken' is no state"),
    "status without states": (
        "          x-states: '#/components/schemas/JobStatus'\n",
        "",
        "x-states",
    ),
    "model without result type": (
        "intelligibility: IntelligibilityResult",
        "intelligibility: NoSuchResult",
        "model 'intelligibility': there is no schema",
    ),
    "unknown operation": (
        "operationId: get_result\n          parameters",
        "operationId: nope\n          parameters",
        "no operation 'nope'",
    ),
    "unknown pointer in an answer": (
        "status: $response.body#/status",
        "status: $response.body#/state",
        "points to nothing",
    ),
    "unknown pointer in a ticket": (
        "url: $response.body#/upload_url",
        "url: $response.body#/link",
        "points to nothing: there are job_id, upload_url",
    ),
    "unknown pointer in a request": (
        f"      additionalProperties: true\n{BODY}file_key:",
        f"{BODY}file_name:",
        r"\$request.body#/file_key points to nothing: there are job_id, file_name",
    ),
    "unknown key": (
        "        version: 2\n",
        "        version: 2\n        versoin: 2\n",
        "no key 'versoin'",
    ),
    "unknown nested key": ("initial: 5,", "initial: 5, jitter: 1,", "interval has no key 'jitter'"),
    "missing key": ("        idempotency: reconcile\n", "", "needs the key 'idempotency'"),
    "other version": ("        version: 2\n", "        version: 1\n", "version is 1"),
    "unbound path parameter": (
        "parameters: {job_id: $job.id,",
        "parameters: {",
        "'job_id' is not bound",
    ),
    "unknown parameter": (
        "parameters: {job_id: $job.id,",
        "parameters: {job_id: $job.id, x: y,",
        "no parameter 'x'",
    ),
    "model that is no parameter": (
        "model: $request.path.model_name\n        idem",
        "model: $request.path.name\n        idem",
        "no path parameter",
    ),
    "score without a field": (
        "NaturalnessResult: naturalness_score",
        "NaturalnessResult: naturalness",
        "no model has a result NaturalnessResult with a number 'naturalness'",
    ),
    "sign-in without a callback": (
        "    callback: http://localhost:9999/callback\n",
        "",
        "sign_in needs the key 'callback'",
    ),
    "client without a name": ("  name: InferenceClient\n", "", "x-client needs the key 'name'"),
    "parameters that the body does not admit": (
        "      additionalProperties: true\n      properties:\n        job_id",
        "      additionalProperties: false\n      properties:\n        job_id",
        r"PredictRequest does not admit \['num_speakers'\]",
    ),
    "parameters without a schema": (
        "intelligibility: IntelligibilityResult",
        "intelligibility: {result: IntelligibilityResult, parameters: Nothing}",
        "there is no schema 'Nothing'",
    ),
    "argument that is not known later": (
        "parameters: {job_id: $job.id,",
        "parameters: {job_id: $jbo.id,",
        r"\$jbo.id is no expression",
    ),
    "alias of nothing": (
        "get_job_status: get_status",
        "get_job_status: get_state",
        "no method 'get_state'",
    ),
    "reconcile without an id": (
        "id: [$response.body#/job_id, $upload.job_id]",
        "id: $response.body#/job_id",
        "let 'id' name a value",
    ),
    "status in two classes": ("failed: [failed]", "failed: [failed, processing]", "two classes"),
    "misshapen model": (
        "intelligibility: IntelligibilityResult",
        "intelligibility: {result: IntelligibilityResult, params: SpeakerTurn}",
        "intelligibility has no key 'params'; did you mean 'parameters'",
    ),
    "misshapen model list": (
        "intelligibility: IntelligibilityResult",
        "intelligibility: [IntelligibilityResult]",
        "write a text",
    ),
    "parameter with a taken name": (
        "intelligibility: IntelligibilityResult",
        "intelligibility: {result: IntelligibilityResult, parameters: UploadTicket}",
        "'job_id' of model 'intelligibility' has a name that is taken",
    ),
    "no number": ("timeout: 3600", "timeout: soon", "timeout is 'soon'; write a number above 0"),
    "negative interval": ("initial: 5,", "initial: -5,", "-5"),
    "unknown word": (
        "idempotency: reconcile",
        "idempotency: sometimes",
        "idempotency is 'sometimes'; write one of always, reconcile, never",
    ),
    "no security": (
        "    apiKey: {type: apiKey, in: header, name: X-Api-Key}",
        "    apiKey: {type: mutualTLS}",
        "security scheme",
    ),
    "variant without const": (
        "    Problem:\n",
        """    Either:
      discriminator: {propertyName: kind}
      oneOf: [{type: object, properties: {a: {type: string}}}]
    Problem:
""",
        "'kind: {const: …}'",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_incomplete_spec_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    before, after, problem = REFUSED[name]
    assert before in SPEC
    specs = tmp_path / "openapi"
    specs.mkdir()
    (specs / "ml.yaml").write_text(SPEC.replace(before, after, 1))
    with pytest.raises(SpecError, match=problem) as caught:
        generate.build(specs, tmp_path / "tree")
    assert str(caught.value).startswith("ml.yaml:")


def test_the_line_of_a_refusal_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    specs = tmp_path / "openapi"
    specs.mkdir()
    text = SPEC.replace("        version: 2\n", "        version: 2\n        versoin: 2\n")
    (specs / "ml.yaml").write_text(text)
    line = text.splitlines().index("        versoin: 2") + 1
    with pytest.raises(SpecError, match=f"ml.yaml:{line}: "):
        generate.build(specs, tmp_path / "tree")


def test_two_jobs_of_one_name_are_refused(tmp_path: Path) -> None:
    specs = tmp_path / "openapi"
    specs.mkdir()
    start = SPEC.index("  /{model_name}/predict:")
    path = SPEC[start : SPEC.index("  /{model_name}/health:")]
    again = path.replace("/{model_name}/predict:", "/{model_name}/again:").replace(
        "operationId: predict", "operationId: again"
    )
    (specs / "ml.yaml").write_text(SPEC[:start] + path + again + SPEC[start + len(path) :])
    with pytest.raises(SpecError, match="two jobs are named 'predict'"):
        generate.build(specs, tmp_path / "tree")
