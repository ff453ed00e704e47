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

from normal_form import client_name
from redenlab.core.errors import SpecError
from redenlab.core.spec import forms
from redenlab.core.spec.document import Spec, documents
from redenlab.core.spec.grammar import XJob
from redenlab.core.spec.overlays import Overlay
from redenlab.core.spec.paging import XPage
from redenlab.core.spec.signatures import Signature
from redenlab.core.spec.states import STATES
from redenlab.core.spec.steps import Lookup
from redenlab.core.spec.streams import XStream
from redenlab.core.spec.ways import Procedure, XWay
from redenlab.core.spec.x_client import XClient
from redenlab.core.spec.x_job import job_specs
from redenlab.core.spec.x_value import ENVELOPE

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "x-job.md"
TEXT = PAGE.read_text()
SCHEMA: dict[str, Any] = json.loads((ROOT / "openapi" / "x-job.schema.json").read_text())

SPECS = [
    *documents(ROOT / "openapi"),
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

STEP = {"operationId": "get_health", "parameters": {"model_name": "$job.model"}}
CANCEL = {"url": "$job.at", "method": "PUT"}
OPTION = {"place": "$request.header.Prefer", "type": "integer"}
PUT = "upload/1"

MISSHAPEN: dict[str, tuple[str, Any]] = {
    "an unknown key": ("versoin", 2),
    "an unknown nested key": ("poll/interval/jitter", 0.2),
    "a key of version 1": ("inline", {"statuses": [200]}),
    "another version": ("version", 1),
    "a version as a text": ("version", "2"),
    "no name": ("name", GONE),
    "a name that is no Python name": ("name", "run-it"),
    "an alias of nothing": ("aliases/old", None),
    "a model nowhere": ("model", "model_name"),
    "a model in the query": ("model", "$request.query.model"),
    "a model without a pattern": ("model", {"place": "$request.body#/version"}),
    "a lookup without a condition": (
        "model",
        {"place": "$request.body#/v", "pattern": ".*", "resolve": {**STEP, "value": "$model.a"}},
    ),
    "no idempotency": ("idempotency", GONE),
    "another idempotency": ("idempotency", "sometimes"),
    "no id": ("id", GONE),
    "an id that is a number": ("id", 7),
    "an id that is no expression": ("id", "$job"),
    "a value that is kept under no name": ("keep", {"the id": "$response.body#/id"}),
    "a value that is kept from nowhere": ("keep", {"at": "$location"}),
    "an upload that is one step": ("upload", {"operationId": "create_upload_url"}),
    "an upload step that is a text": ("upload", ["create_upload_url"]),
    "a method that HTTP does not have": (f"{PUT}/method", "SEND"),
    "a key for another place": (f"{PUT}/key", "theirs"),
    "a fixed lifetime of links": (f"{PUT}/expires_in", 900),
    "a property of files that is none": (f"{PUT}/headers/X", "$file.nmae"),
    "headers that are no texts": (f"{PUT}/headers/X", 1),
    "a form that is a list": (f"{PUT}/form", ["$file"]),
    "a hold below zero": ("poll/hold", -1),
    "parts without a size": (f"{PUT}/parts", {"name": "etags"}),
    "parts of no size": (f"{PUT}/parts", {"name": "etags", "size": 0}),
    "parts without a name": (f"{PUT}/parts", {"size": 1}),
    "a repetition without an end": (f"{PUT}/until", {"failed": "$statusCode == 500"}),
    "a repetition without pauses": (
        f"{PUT}/until",
        {"done": "$statusCode == 200", "interval": {"initial": 0}},
    ),
    "an asset that is a text": ("asset", "asset_id"),
    "a place that is none": ("submit/bind", {"$request.cookie.a": "$file"}),
    "a place in the response": ("submit/bind", {"$response.body#/a": "$file"}),
    "an option that goes nowhere": ("submit/options", {"wait": {"type": "integer"}}),
    "an option of no type": ("submit/options", {"wait": {**OPTION, "type": "text"}}),
    "a limit in words": ("submit/options", {"wait": {**OPTION, "maximum": "ten"}}),
    "a hold that is a number": ("submit/options", {"wait": {**OPTION, "hold": 60}}),
    "a status that is no list": ("submit/pending/statuses", 409),
    "a status that HTTP does not have": ("submit/pending/statuses", [99]),
    "a wait below zero": ("submit/pending/waits", [-1]),
    "an inline response that is a status": ("submit/inline", 200),
    "an existing job that is a status": ("submit/exists", 409),
    "a recording or a URL nowhere": ("file", {"instead": "audio_url"}),
    "files without a place": ("files", {"inline": 1}),
    "files of no size": ("files", {"place": "$request.body#/input", "max": 0}),
    "a start unless by response": ("start", {**STEP, "unless": "$response.body#/started"}),
    "no poll": ("poll", GONE),
    "an operation without a name": ("poll/operationId", ""),
    "a status that is no expression": ("poll/status", "$status"),
    "an unknown that is ignored": ("poll/unknown", "ignore"),
    "no pause": ("poll/interval/initial", 0),
    "pauses that shrink": ("poll/interval/factor", 0.5),
    "a longest pause of nothing": ("poll/interval/max", 0),
    "a timeout in words": ("poll/timeout", "soon"),
    "no time at all": ("poll/timeout", 0),
    "grace without seconds": ("poll/grace/seconds", GONE),
    "grace below zero": ("poll/grace/seconds", -1),
    "states that are no list": ("states", {"when": "$statusCode == 410", "is": "gone"}),
    "a state without a condition": ("states", [{"is": "gone"}]),
    "a state of no class": ("states", [{"when": "$statusCode == 410"}]),
    "a state of another class": ("states", [{"when": "$statusCode == 410", "is": "lost"}]),
    "a state whose reason is a number": (
        "states",
        [{"when": "$statusCode == 410", "is": "failed", "error": 7}],
    ),
    "a pause that is a text": ("pause", "pause_job"),
    "a cancel that polls": ("cancel", {**STEP, "status": "$response.body#/status"}),
    "a retry with a typo": ("retry", {**CANCEL, "methods": "PUT"}),
    "a deletion with parameters in a list": ("delete", {**STEP, "parameters": ["job_id"]}),
    "events that are a text": ("events", "get_events"),
    "health without a status": ("health/status", GONE),
    "health without readiness": ("health/ready", GONE),
    "no result": ("result", GONE),
    "a result without a class": ("result/name", "prediction"),
    "a result that is a number": ("result/value", 7),
    "a result from nowhere": ("result/value", "$result"),
    "a result of another medium": ("result/media", "xml"),
    "pages that are counted": ("result/pages", 2),
    "a list that is a text": ("result/each", "nodes"),
    "a part that is an expression": ("result/parts", {"rows": "$poll.body#/rows"}),
    "a part of no name": ("result/parts", {"the rows": STEP}),
    "files of another kind": ("result/files", "all"),
    "a bad end that is a text": ("result/also", "expired"),
    "a model without a result": ("result/types/intelligibility", {"parameters": "P"}),
    "a model with more": ("result/types/intelligibility", {"result": "R", "params": "P"}),
    "segments without a length": ("segments/seconds", GONE),
    "segments of no length": ("segments/seconds", 0),
    "segments apart": ("segments/overlap", -1),
}


def changed(block: Any, path: str, value: Any) -> Any:
    """`block` with `value` at a path, or without what is there."""
    found = copy.deepcopy(block)
    *above, last = path.split("/")
    node = found
    for step in above:
        node = node[int(step)] if step.isdecimal() else node[step]
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return found


@pytest.mark.parametrize("name", MISSHAPEN)
def test_a_misshapen_block_is_refused(name: str) -> None:
    block = changed(FULL, *MISSHAPEN[name])
    assert not VALIDATOR.is_valid(block)
    assert refusal(block) is not None


CONTRADICTORY: dict[str, tuple[str, Any, str]] = {
    "a condition that is cut off": (
        "states",
        [{"when": "$response.body#/status ==", "is": "failed"}],
        "'$response.body#/status ==' is no condition: it ends too early",
    ),
    "an expression that is none": (
        "poll/parameters/job_id",
        "$jbo.id",
        "$jbo.id is no expression; write one such as $response.body#/name",
    ),
    "an expression in a text that is none": (
        f"{PUT}/headers/X",
        "a {$fiel.name}",
        "$fiel.name is no expression; write one such as $response.body#/name",
    ),
    "a value that is not known yet": (
        "upload/0/body/name",
        "$job.id",
        "$job.id is not known there; it may begin with $file, $upload, $call, $model",
    ),
    "a value of the upload after the submit": (
        "poll/parameters/job_id",
        "$upload.job_id",
        "$upload.job_id is not known there; it may begin with $job",
    ),
    "a value that nothing kept": (
        "poll/parameters/job_id",
        "$job.at",
        "$job.at is nothing that was kept; there are id, model",
    ),
    "a value that no upload kept": (
        "asset",
        "$upload.asset",
        "$upload.asset is nothing that was kept; there are asset_id, file_key, job_id",
    ),
    "a part of no upload in parts": (
        f"{PUT}/body",
        "$part",
        "$part is not known there; it may begin with $file, $upload, $call, $model",
    ),
    "an operation and a URL": (
        "poll/url",
        "$job.id",
        "a step has either an operationId or a url",
    ),
    "a step that calls nothing": (
        "upload",
        [{"key": "none"}],
        "a step has either an operationId or a url",
    ),
    "no poll at all": ("poll/operationId", GONE, "poll needs the key 'operationId', or 'url'"),
    "neither status nor states": (
        "poll/status",
        GONE,
        "poll needs the key 'status', or the job 'states'",
    ),
    "reconciling without an early id": (
        "id",
        "$response.body#/job_id",
        "to reconcile, the job id has to be known before the submit: let 'id' name a value ",
    ),
    "a model that is no parameter": (
        "model",
        "$request.path.name",
        "$request.path.name is no path parameter of the submit operation",
    ),
    "a model's pattern that cannot be read": (
        "model",
        {"place": "$request.path.model_name", "pattern": "(a"},
        "the pattern cannot be read: missing ), unterminated subpattern at position 0",
    ),
    "a header that the submit does not have": (
        "submit/bind",
        {"$request.header.X-Name": "$file.name"},
        "predict has no parameter 'X-Name'",
    ),
    "an option of a parameter that the submit does not have": (
        "submit/options",
        {"wait": {"place": "$request.header.Prefer"}},
        "predict has no parameter 'Prefer'",
    ),
    "an option that is an argument already": (
        "submit/options",
        {"timeout": {"place": "$request.body#/limit"}},
        "'timeout' is an argument already",
    ),
    "an alias of another method": (
        "aliases/old",
        "get_state",
        "there is no method 'get_state'; there are predict, ",
    ),
    "a linked model that there is not": ("result/linked", ["x"], "'x' is no model of types"),
    "pages of an operation without x-page": (
        "result/parts",
        {"rows": {**STEP, "pages": True}},
        "pages need an operation that has x-page",
    ),
}


def replace_job(spec: Spec, block: Any) -> None:
    """Put `block` in the place of the job of `spec`."""
    for item in spec.document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "x-job" in operation:
                operation["x-job"] = block


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_a_block_that_contradicts_itself_or_its_spec_is_refused(tmp_path: Path, name: str) -> None:
    path, value, message = CONTRADICTORY[name]
    spec = Spec(ROOT / "openapi" / "ml.yaml")
    block = changed(spec.operations["predict"]["x-job"], path, value)
    assert VALIDATOR.is_valid(block)
    replace_job(spec, block)
    (tmp_path / "ml.yaml").write_text(json.dumps(spec.document, indent=1))
    with pytest.raises(SpecError) as caught:
        job_specs(Spec(tmp_path / "ml.yaml"))
    assert re.fullmatch(rf"ml\.yaml:\d+: {re.escape(message)}.*", caught.value.message)


# ---- the page


@pytest.mark.parametrize("key", KEYS)
def test_the_page_names_every_key(key: str) -> None:
    assert f"`{key}`" in TEXT


@pytest.mark.parametrize(
    "key",
    [
        *("x-job-states", "x-states", "x-idempotency", "x-client", "x-page", "x-signature"),
        *("x-value", "x-spellings", "x-stream", "x-ways", "x-query", "x-joined", "x-secret"),
    ],
)
def test_the_page_shows_what_stands_beside_a_job(key: str) -> None:
    assert f"`{key}`" in TEXT
    assert any(key in yaml.safe_load(example) for example in EXAMPLES)


def test_the_page_shows_every_key_of_a_job() -> None:
    shown = {key for example in EXAMPLES for node in nodes(yaml.safe_load(example)) for key in node}
    assert set(KEYS) - shown == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.partition(":")[0])
def test_an_example_of_the_page_fits(example: str) -> None:  # noqa: C901, PLR0912 - a table of forms
    """A whole job, parts of one by their keys, or what stands beside one."""
    shown = yaml.safe_load(example)
    assert isinstance(shown, dict)
    if "overlay" in shown:
        assert refusal(shown, Overlay) is None
        return
    for key, value in shown.items():
        if key == "x-job":
            assert refusal(value) is None
        elif key == "x-job-states":
            assert set(value) <= set(STATES)
            assert sorted(word for words in value.values() for word in words) == sorted(
                shown["enum"]
            )
        elif key == "x-client":
            assert refusal(value, XClient) is None
        elif key == "x-signature":
            assert refusal(value, Signature) is None
        elif key == "x-page":
            assert refusal(value, XPage) is None
        elif key == "x-stream":
            assert refusal(value, XStream) is None
        elif key == "x-ways":
            kinds = (XWay if "protocol" in each else Procedure for each in value.values())
            assert [refusal(*each) for each in zip(value.values(), kinds, strict=True)] == [
                None,
                None,
            ]
        elif key == "x-idempotency":
            assert value == "always"
        elif key == "x-query":
            assert value["requestBody"]["x-body-name"] == "words"
        elif key == "x-joined":
            assert value is True
        elif key == "x-secret":
            assert refusal(value, Lookup) is None
        elif key == "x-value":
            assert value.startswith(ENVELOPE)
        elif {"x-states", "x-spellings", "enum"} & shown.keys():
            assert key in {"type", "enum", "x-states", "x-spellings"}
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
    "another version": {"        version: 2\n": "        version: 1\n"},
    "an operation that is not there": {
        "operationId: get_result\n          parameters": "operationId: nope\n          parameters"
    },
    "a path parameter without a value": {"{job_id: $job.id, ": "{"},
    "a parameter that is not there": {"{job_id: $job.id, ": "{job_id: $job.id, x: y, "},
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
    "a longest pause below the first": {"factor: 2, max: 60": "factor: 2, max: 4"},
    "a default that does not fit": {"default: 10": "default: 11"},
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
