"""Wrong specs: refused by generator and `connect` alike, with the line and what to write."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import redenlab
from edited_specs import build, changed
from example_trees import EXAMPLES
from redenlab.core.errors import SpecError

ROOT = Path(__file__).parents[2]
ACME = (EXAMPLES / "acme.yaml").read_text()
ML = (ROOT / "openapi" / "ml.yaml").read_text()

Rows = dict[str, tuple[str, str, str]]
"""What is replaced, by what, and what the refusal says."""

LIST = """\
  /notes:
    get:
      operationId: list_notes
      security: [{key: []}]
      parameters: []
      responses:
        '200': {description: ok, content: {application/json: {schema: {type: string}}}}
components:
"""

WRONG_ACME: Rows = {
    # -- the document
    "no version": ("openapi: 3.1.0\n", "", "needs the key 'openapi'"),
    "a version that is not known": ("openapi: 3.1.0", "openapi: 2.0", "write a text"),
    "the version of another decade": ("openapi: 3.1.0", "openapi: '2.0'", "write it as 3.0 or 3.1"),
    "no paths": ("\npaths:\n", "\npahts:\n", "did you mean 'paths'"),
    "empty paths": ("\npaths:\n", "\npaths:\nx-paths:\n", "paths is empty; write a mapping"),
    "an empty path": (
        "  /captions:\n    post:",
        "  /empty:\n  /captions:\n    post:",
        "/empty is empty; write a mapping",
    ),
    "an empty operation": (
        "  /captions:\n    post:",
        "  /captions:\n    get:\n    post:",
        "get has to be a mapping",
    ),
    "a method that there is not": ("    get:\n", "    gett:\n", "did you mean 'get'"),
    "empty components": ("components:\n", "components:\nx-components:\n", "components is empty"),
    "a key twice": (
        "  securitySchemes:",
        "  schemas: {}\n  securitySchemes:",
        "the key 'schemas' is here twice",
    ),
    "a tab": ("  /captions:\n", "\t/captions:\n", "not valid YAML"),
    "a reference to nothing": ("schemas/Wish'", "schemas/Wsh'", "schemas/Wsh does not exist"),
    "a reference to another file": (
        "'#/components/schemas/Wish'",
        "'other.yaml#/Wish'",
        "is in another file; bring all of it into one",
    ),
    "a reference that leads to itself": (
        "    Text: {type: object, required: [words], properties: {words: {type: string}}}",
        "    Text: {$ref: '#/components/schemas/Text'}",
        "refers to itself",
    ),
    "two operations of one name": (
        "operationId: get_caption\n      security",
        "operationId: caption\n      security",
        "have the same name in Python; rename one",
    ),
    "two operations of one Python name": (
        "components:\n",
        f"{LIST.replace('list_notes', 'getCaption')}",
        "'get_caption' and 'getCaption' have the same name in Python",
    ),
    "no security scheme": (
        "  securitySchemes: {key: {type: apiKey, in: header, name: Acme-Key}}\n",
        "",
        "there is no security scheme 'key'",
    ),
    "a scheme that no client knows": (
        "{type: apiKey, in: header, name: Acme-Key}",
        "{type: http, scheme: digest}",
        "no security scheme is an API key",
    ),
    "a scheme without its type": ("{type: apiKey, in", "{tpye: apiKey, in", "did you mean 'type'"),
    # -- operations
    "a path parameter that is not declared": (
        "parameters: [{name: number, in: path, required: true, schema: {type: string}}]",
        "parameters: []",
        "has no path parameter 'number'; declare it",
    ),
    "a parameter without its place": (
        "{name: number, in: path, required",
        "{name: number, required",
        "needs the key 'in'",
    ),
    "a parameter that is no mapping": (
        "parameters: [{name: number",
        "parameters: [7, {name: number",
        "parameters is 7; write a mapping",
    ),
    "parameters that are no list": (
        "      parameters: [{name: number, in: path, required: true, schema: {type: string}}]",
        "      parameters: {number: {in: path}}",
        "parameters is a mapping; write a list",
    ),
    "a cookie": (
        "components:\n",
        LIST.replace("parameters: []", "parameters: [{name: session, in: cookie}]"),
        "the cookie 'session' cannot be sent",
    ),
    "callbacks": (
        "components:\n",
        LIST.replace("parameters: []", "callbacks: {done: {}}"),
        "callbacks are not read",
    ),
    "a misspelt key of an operation": (
        "      requestBody:",
        "      requestbody:",
        "did you mean 'requestBody'",
    ),
    "a misspelt key of a response": (
        "responses: {'200': {description: ok, content:",
        "responses: {'200': {description: ok, contents:",
        "did you mean 'content'",
    ),
    # -- schemas
    "a misspelt keyword": (
        "properties: {words:",
        "propreties: {words:",
        "did you mean 'properties'",
    ),
    "a required property that is misspelt": (
        "required: [words]",
        "required: [word]",
        "there is no property 'word'; did you mean 'words'",
    ),
    "a pattern that cannot be read": (
        "words: {type: string}",
        "words: {type: string, pattern: '(['}",
        "write a regular expression",
    ),
    "an allOf that conflicts": (
        "properties: {words: {type: string}}",
        "allOf: [{properties: {words: {type: string}}}, {properties: {words: {type: integer}}}]",
        "the parts of its allOf contradict each other in 'type'",
    ),
    "an allOf that leads back": (
        "properties: {words: {type: string}}",
        "allOf: [{$ref: '#/components/schemas/Text'}, {properties: {words: {type: string}}}]",
        "allOf leads back to #/components/schemas/Text",
    ),
    "a oneOf whose variants look alike": (
        "words: {type: string}",
        (
            "words: {oneOf: [{type: object, properties: {a: {type: string}}}, "
            "{type: object, properties: {b: {type: string}}}]}"
        ),
        "cannot be told apart; give each a const property",
    ),
    # -- states
    "a status without a class": (
        "enum: [thinking,",
        "enum: [thinking, lost,",
        "unclassed: ['lost']",
    ),
    "a status that there is not": (
        "running: [thinking]",
        "running: [thinking, dozing]",
        "which enum does not have",
    ),
    "a class that there is not": ("failed: [stuck]", "broken: [stuck]", "'broken' is no state"),
    "classes that are no lists": ("running: [thinking]", "running: thinking", "write a list"),
    # -- x-job
    "a misspelt x-job": ("      x-job:\n", "      x-jobs:\n", "did you mean 'x-job'"),
    "x-job that is no mapping": (
        "      x-job:\n        version: 2\n",
        "      x-job: yes\n      x-rest:\n        version: 2\n",
        "x-job is 'yes'; write a mapping",
    ),
    "an operation that there is not": (
        "operationId: get_caption\n          parameters",
        "operationId: get_captoin\n          parameters",
        "no operation 'get_captoin'",
    ),
    "a misspelt idempotency": (
        "idempotency: always",
        "idempotency: alway",
        "write one of always, reconcile, never",
    ),
    "a place that there is not": (
        "model: $request.body#/style",
        "model: $request.body#/stlye",
        "style",
    ),
    "an expression that is none": (
        "id: $response.body#/number",
        "id: $respons.body#/number",
        "write",
    ),
    "an id that is in no response": (
        "id: $response.body#/number",
        "id: $response.body#/nmber",
        "points to nothing: there are number",
    ),
    "a path argument of the submit that there is not": (
        "id: $response.body#/number",
        "id: $response.body#/number\n        keep: {style: $request.path.style}",
        "$request.path.style is no parameter of the submit",
    ),
    "an interval that shrinks": (
        "initial: 1, factor: 2, max: 8",
        "initial: 9, factor: 2, max: 8",
        "max is 8, less than initial, 9",
    ),
    "a factor below one": ("factor: 2", "factor: 0.5", "factor is 0.5; write"),
    "a time-out of nothing": ("timeout: 60", "timeout: 0", "timeout is 0; write"),
    "a model whose result there is not": ("plain: Text", "plain: Txt", "there is no schema 'Txt'"),
    "parameters of a model that there are not": (
        "parameters: Verse}",
        "parameters: Vers}",
        "there is no schema 'Vers'",
    ),
    "a default that does not fit": (
        "type: string, default: en",
        "type: string, default: 7",
        "default",
    ),
    # -- x-client
    "a misspelt key of x-client": (
        "environment: ACME",
        "enviroment: ACME",
        "did you mean 'environment'",
    ),
    "a class name that is none": (
        "name: AcmeClient",
        "name: acme-client",
        "write the name of a class",
    ),
    "an operation that cannot be selected": (
        "file: .acme/config.yaml",
        "file: .acme/config.yaml, operations: [get_captions]",
        "there is no operation 'get_captions'",
    ),
}

BODY = ML[ML.index("    PredictRequest:") :].partition("file_key:\n          type")[0]
BODY = BODY[BODY.index("      properties:") :]

WRONG_ML: Rows = {
    "status without states": (
        "          x-states: '#/components/schemas/JobStatus'\n",
        "",
        "x-states",
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
        "$request.body#/file_key points to nothing: there are job_id, file_name",
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
    "parameters that the body does not admit": (
        "      additionalProperties: true\n      properties:\n        job_id",
        "      additionalProperties: false\n      properties:\n        job_id",
        "PredictRequest does not admit ['num_speakers']",
    ),
    "argument that is not known later": (
        "parameters: {job_id: $job.id,",
        "parameters: {job_id: $jbo.id,",
        "$jbo.id is no expression",
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

TABLES = {"acme.yaml": (ACME, WRONG_ACME), "ml.yaml": (ML, WRONG_ML)}
CASES = [(name, what) for name, (_, rows) in TABLES.items() for what in rows]


def refusals(folder: Path, name: str, text: str) -> Iterator[str]:
    """How generator and `connect` refuse a spec."""
    with pytest.raises(SpecError) as caught:
        build(folder, name, text)
    yield caught.value.message
    with pytest.raises(SpecError) as caught:
        redenlab.connect(
            folder / "openapi" / name,
            api_key="sk_test_1234567890",
            base_url="https://api.example.com",
        )
    yield caught.value.message


@pytest.mark.parametrize(("name", "what"), CASES)
def test_a_wrong_spec_is_refused_with_line_and_remedy(tmp_path: Path, name: str, what: str) -> None:
    text, rows = TABLES[name]
    before, after, remedy = rows[what]
    said = list(refusals(tmp_path, name, changed(text, (before, after))))
    for message in said:
        assert re.match(rf"{re.escape(name)}:\d+: ", message)
        assert remedy in message
    assert said[0] == said[1]


def test_there_are_fifty() -> None:
    assert len(CASES) >= 50


def test_a_generated_client_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"^ml\.yaml:\d+: x-client needs the key 'name'"):
        build(tmp_path, "ml.yaml", changed(ML, ("  name: InferenceClient\n", "")))


def test_the_line_of_a_refusal_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    version = "        version: 2\n"
    text = changed(ML, (version, f"{version}        versoin: 2\n"))
    line = text.splitlines().index("        versoin: 2") + 1
    with pytest.raises(SpecError, match=f"ml.yaml:{line}: "):
        build(tmp_path, "ml.yaml", text)


def test_two_jobs_of_one_name_are_refused(tmp_path: Path) -> None:
    path = ML[ML.index("  /{model_name}/predict:") : ML.index("  /{model_name}/health:")]
    again = changed(
        path,
        ("/{model_name}/predict:", "/{model_name}/again:"),
        ("operationId: predict", "operationId: again"),
    )
    with pytest.raises(SpecError, match="two jobs are named 'predict'"):
        build(tmp_path, "ml.yaml", changed(ML, (path, path + again)))
