"""The grammar of ``x-job``, the schema for editors and the page agree."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from preconditions import client_name
from redenlab.core.errors import SpecError
from redenlab.core.spec import forms
from redenlab.core.spec.document import Spec
from redenlab.core.spec.grammar import XJob
from redenlab.core.spec.job_spec import STATES
from redenlab.core.spec.x_job import job_specs

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "x-job.md"
TEXT = PAGE.read_text()
SCHEMA: dict[str, Any] = json.loads((ROOT / "openapi" / "x-job.schema.json").read_text())

SPECS = [
    *sorted((ROOT / "openapi").glob("*.yaml")),
    *sorted((ROOT / "tests/example_specs").glob("*.yaml")),
]
JOBS = {
    f"{path.stem}/{name}": operation["x-job"]
    for path in SPECS
    for name, operation in Spec(path).operations.items()
    if "x-job" in operation
}
FULL: dict[str, Any] = JOBS["ml/predict"]


VALIDATOR = Draft202012Validator(SCHEMA)


def nodes(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping within the schema."""
    if isinstance(part, Mapping):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for child in part:
            yield from nodes(child)


def declared() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every key that the schema knows, as often as it is declared."""
    for node in nodes(SCHEMA):
        if isinstance(node.get("properties"), Mapping):
            yield from node["properties"].items()


def refusal(block: Any, kind: type[Any] = XJob) -> str | None:
    """Why the grammar refuses a block; ``None`` if it does not."""
    try:
        forms.read(kind, block, lambda node, problem, key: SpecError(problem), "x-job")
    except SpecError as error:
        return error.message
    return None


KEYS = sorted({key for key, _ in declared()})
EXAMPLES: list[str] = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


# ---- the schema, for editors


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")


def test_every_key_of_the_schema_is_described() -> None:
    assert [key for key, part in declared() if not part.get("description")] == []


def test_every_object_of_the_schema_is_closed() -> None:
    for node in nodes(SCHEMA):
        if node.get("type") == "object":
            assert node["additionalProperties"] is not True
            assert "properties" not in node or node["additionalProperties"] is False


# ---- what fits


@pytest.mark.parametrize("name", JOBS)
def test_every_job_of_the_project_fits(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(JOBS[name])] == []
    assert refusal(JOBS[name]) is None


# ---- what does not fit

GONE = object()

MISSHAPEN: dict[str, tuple[str, Any]] = {
    "an unknown key": ("versoin", 1),
    "an unknown nested key": ("poll/interval/jitter", 0.2),
    "another version": ("version", 2),
    "a version as a text": ("version", "1"),
    "no name": ("name", GONE),
    "a name that is no Python name": ("name", "run-it"),
    "an alias of nothing": ("aliases/old", None),
    "a model nowhere": ("model", "model_name"),
    "a recording in the path": ("file", "$request.path.file"),
    "no idempotency": ("idempotency", GONE),
    "another idempotency": ("idempotency", "sometimes"),
    "an id that is a text": ("id", "job_id"),
    "an id in the request": ("id", "$request.body#/job_id"),
    "an upload without a PUT": ("upload/put", GONE),
    "an upload that binds nothing": ("upload/bind", GONE),
    "an upload that fills a header": ("upload/request", {"filename": "$file.name"}),
    "a link without an address": ("upload/put/url", GONE),
    "a method that carries nothing": ("upload/put/method", "GET"),
    "all headers from the answer": ("upload/put/headers", "$response.body#/headers"),
    "a fixed lifetime of links": ("upload/put/expires_in", 900),
    "a property of files that is none": ("upload/put/headers/X", "$file.nmae"),
    "a status that is no list": ("upload/pending/statuses", 409),
    "a status that HTTP does not have": ("upload/pending/statuses", [99]),
    "a wait below zero": ("upload/pending/waits", [-1]),
    "an inline answer without statuses": ("inline", {}),
    "a start without an operation": ("start", {"parameters": {}}),
    "a start unless by answer": (
        "start",
        {"operationId": "go", "parameters": {}, "unless": "$response.body#/started"},
    ),
    "no poll": ("poll", GONE),
    "an operation without a name": ("poll/operationId", ""),
    "arguments that are no texts": ("poll/parameters", {"job_id": 1}),
    "an expression that is none": ("poll/parameters", {"job_id": "$jbo.id"}),
    "a pointer without a path": ("poll/status", "$response.body"),
    "an unknown that is ignored": ("poll/unknown", "ignore"),
    "a case that is no boolean": ("poll/fold_case", "yes"),
    "a hook that is code": ("poll/settled", "lambda seen: True"),
    "no pause": ("poll/interval/initial", 0),
    "pauses that shrink": ("poll/interval/factor", 0.5),
    "no longest pause": ("poll/interval/max", GONE),
    "a timeout in words": ("poll/timeout", "soon"),
    "no time at all": ("poll/timeout", 0),
    "grace without seconds": ("poll/grace/seconds", GONE),
    "grace below zero": ("poll/grace/seconds", -1),
    "a cancel with more than a link": (
        "cancel",
        {"operationId": "cancel", "parameters": {}, "status": "$response.body#/status"},
    ),
    "a pause that is a text": ("pause", "pause_job"),
    "a resume without an operation": ("resume", {"parameters": {}}),
    "no result": ("result", GONE),
    "a result without a class": ("result/name", "prediction"),
    "a result that is a text": ("result/value", "result"),
    "a model without a result": ("result/types/intelligibility", {"parameters": "P"}),
    "a model with more": ("result/types/intelligibility", {"result": "R", "params": "P"}),
    "a model with a schema in place": ("result/types/intelligibility", {"type": "object"}),
}


@pytest.mark.parametrize("name", MISSHAPEN)
def test_a_misshapen_block_is_refused(name: str) -> None:
    path, value = MISSHAPEN[name]
    *above, last = path.split("/")
    block = copy.deepcopy(FULL)
    node = block
    for step in above:
        node = node[step]
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    assert not VALIDATOR.is_valid(block)
    assert refusal(block) is not None


# ---- the page


@pytest.mark.parametrize("key", KEYS)
def test_the_page_names_every_key(key: str) -> None:
    assert f"`{key}`" in TEXT


@pytest.mark.parametrize("key", ["x-job-states", "x-states", "x-idempotency", "x-client", "x-page"])
def test_the_page_shows_what_stands_beside_a_job(key: str) -> None:
    assert f"`{key}`" in TEXT
    assert any(key in yaml.safe_load(example) for example in EXAMPLES)


def test_the_page_shows_every_key_of_a_job() -> None:
    shown = {key for example in EXAMPLES for node in nodes(yaml.safe_load(example)) for key in node}
    assert set(KEYS) - shown == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.partition(":")[0])
def test_an_example_of_the_page_fits(example: str) -> None:
    """A whole job, parts of one by their keys, or what stands beside one."""
    shown = yaml.safe_load(example)
    assert isinstance(shown, dict)
    for key, value in shown.items():
        if key == "x-job":
            assert refusal(value) is None
        elif key == "x-job-states":
            assert set(value) <= set(STATES)
            assert sorted(word for words in value.values() for word in words) == sorted(
                shown["enum"]
            )
        elif key == "x-client":
            extras = {"sign_in", "variables"}
            assert set(value) - extras == {"name", "environment", "file"}
        elif key == "x-page":
            assert set(value) == {"items", "next"}
        elif key == "x-idempotency":
            assert value == "always"
        elif "x-states" in shown or "enum" in shown:
            assert key in {"type", "enum", "x-states"}
        else:
            problem = refusal({**FULL, key: value})
            assert problem is None, problem


SPEC = (ROOT / "openapi" / "ml.yaml").read_text()
TYPES = "".join(re.findall(r"^ {10}types:\n(?: {12}.*\n)+", SPEC, re.MULTILINE))
RESULT = "  /result/{job_id}:\n"
AGAIN = "  /{model_name}/again:\n    post: {<<: *post, operationId: again}\n"

MISTAKES: dict[str, dict[str, str]] = {
    "a key that does not exist": {"initial: 5,": "initial: 5, jitter: 1,"},
    "a key that is missing": {"        idempotency: reconcile\n": ""},
    "another version": {"        version: 1\n": "        version: 2\n"},
    "an operation that is not there": {
        "operationId: get_result\n          parameters": "operationId: nope\n          parameters"
    },
    "a path parameter without a value": {"            job_id: $job.id\n": ""},
    "a parameter that is not there": {"job_id: $job.id\n": "job_id: $job.id\n            x: y\n"},
    "a pointer to nothing": {"status: $response.body#/status": "status: $response.body#/state"},
    "a model without a schema": {": IntelligibilityResult": ": NoSuchResult"},
    "neither type nor types": {TYPES: ""},
    "a status without its words": {"x-states: '#/components/schemas/JobStatus'": ""},
    "a word without a class": {
        "upload_pending, processing,": "upload_pending, expired, processing,"
    },
    "a class that does not exist": {"failed: [failed]": "broken: [failed]"},
    "two jobs of one name": {
        "predict:\n    post:\n": "predict:\n    post: &post\n",
        RESULT: AGAIN + RESULT,
    },
    "a client without its settings": {"  name: InferenceClient\n": ""},
    "a score that no model has": {
        "IntelligibilityResult: intelligibility_score": "IntelligibilityResult: clarity"
    },
}


def test_the_page_lists_these_mistakes() -> None:
    table = TEXT.partition("## What is refused")[2].partition("\n## ")[0]
    assert re.findall(r"^\| ([a-z ]+) \| `", table, re.MULTILINE) == list(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_the_page_has_the_message_of_the_page(tmp_path: Path, mistake: str) -> None:
    text = SPEC
    for before, after in MISTAKES[mistake].items():
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "ml.yaml"
    path.write_text(text)
    with pytest.raises(SpecError) as caught:
        assert job_specs(Spec(path))
        assert client_name(Spec(path))
    (message,) = re.findall(rf"^\| {mistake} \| `(.*)` \|$", TEXT, re.MULTILINE)
    assert re.fullmatch(rf"ml\.yaml:\d+: {re.escape(message)}", caught.value.message)


def test_the_hook_of_the_page_waits_for_what_still_runs() -> None:
    (source,) = re.findall(r"^```python\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    names: dict[str, Any] = {}
    exec(source, names)
    assert names["settled"]({})
    assert not names["settled"]({"stages": [{"status": "running"}]})


def test_the_page_shows_each_example_spec() -> None:
    for path in SPECS:
        assert f"](../{path.relative_to(ROOT)})" in TEXT


def test_every_link_of_the_page_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in TEXT.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        if target.startswith("#"):
            assert target[1:] in headings, target
        else:
            assert (PAGE.parent / target).exists(), target
