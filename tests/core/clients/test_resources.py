"""Resources: what a spec with dotted ids turns into, and what of it is refused."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import generate
import redenlab
from drivers import in_virtual_time, settled
from fake_api import FakeApi
from redenlab.core.clients import resources
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.x_client import profile
from redenlab.core.spec.x_job import job_specs
from redenlab.lowlevel.types import RawResponse, Request

SPEC = """
openapi: 3.1.0
info: {title: Library, version: '1'}
servers: [{url: 'https://library.example/v2/'}]
x-client: {name: LibraryClient, environment: LIBRARY, file: .library,
  variables: {api_key: [SHELF_KEY]}}
paths:
  /books:
    get:
      operationId: books.list
      tags: [books]
      summary: List books
      security: [{key: []}]
      parameters: [{name: by, in: query, schema: {type: string, description: Who wrote them.}}]
      responses: {'200': {description: ok, content: {application/json:
        {schema: {$ref: '#/components/schemas/Page'}}}}}
      x-page: {items: $response.body#/books, next: $response.body#/more}
    post:
      operationId: books.add
      tags: [books]
      summary: Add a book
      security: [{key: []}]
      requestBody: {required: true, content: {application/json:
        {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {'201': {description: ok, content: {application/json:
        {schema: {$ref: '#/components/schemas/Book'}}}}}
  /books/{id}/cover:
    put:
      operationId: books.cover.set
      tags: [books]
      summary: Set a cover
      security: [{key: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {multipart/form-data:
        {schema: {$ref: '#/components/schemas/Cover'}}}}
      responses: {'204': {description: ok}}
  /open:
    get:
      operationId: is_open
      tags: [house]
      summary: Tell whether it is open
      security: [{key: []}]
      responses: {'200': {description: ok, content: {text/plain: {schema: {type: string}}}}}
  /jobs:
    post:
      operationId: bind
      tags: [house]
      summary: Bind a book
      security: [{key: []}]
      requestBody: {required: true, content: {application/json:
        {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {'200': {description: ok, content: {application/json:
        {schema: {$ref: '#/components/schemas/Job'}}}}}
      x-job:
        version: 2
        name: bind
        idempotency: never
        id: $response.body#/id
        poll:
          operationId: binding.read
          parameters: {id: $job.id}
          status: $response.body#/status
          interval: {initial: 0.001, factor: 1, max: 1}
          timeout: 60
        result: {name: Bound, value: $response.body#/made, type: any}
  /jobs/{id}:
    get:
      operationId: binding.read
      tags: [house]
      summary: Look at a job
      security: [{key: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json:
        {schema: {$ref: '#/components/schemas/Job'}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Book: {type: object, required: [title], properties: {title: {type: string}}}
    Page: {type: object, properties: {books: {type: array,
      items: {$ref: '#/components/schemas/Book'}}, more: {type: string}}}
    New: {type: object, required: [input], properties: {input: {type: object,
      additionalProperties: true}, type: {type: string}}}
    Cover: {type: object, required: [picture], properties: {picture: {type: string,
      format: binary}, side: {type: string}}}
    Job: {type: object, required: [id, status], properties: {id: {type: string},
      status: {type: string, x-states: '#/components/schemas/States'}, made: {}}}
    States: {type: string, enum: [busy, done], x-job-states: {running: [busy], succeeded: [done]}}
"""

BASE = "https://library.example/v2"
KEY = "k_1234567890"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The generated package of the spec above, imported beside the real one."""
    specs, tree = tmp_path_factory.mktemp("openapi"), tmp_path_factory.mktemp("generated")
    (specs / "library.yaml").write_text(SPEC)
    generate.build(specs, tree)
    import redenlab_api

    redenlab_api.__path__.append(str(tree / "redenlab_api"))
    yield importlib.import_module("redenlab_api.library.resources")
    redenlab_api.__path__.pop()
    for name in [name for name in sys.modules if name.startswith("redenlab_api.library")]:
        del sys.modules[name]


def client(library: Any, *responses: httpx.Response) -> tuple[Any, list[httpx.Request]]:
    jobs = importlib.import_module("redenlab_api.library.jobs")
    kind = type("Client", (jobs.LibraryClient, library.Resources), {})
    asked: list[httpx.Request] = []
    queue = list(responses)

    def respond(request: httpx.Request) -> httpx.Response:
        request.read()
        asked.append(request)
        return queue.pop(0)

    return kind(KEY, transport=httpx.MockTransport(respond)), asked


def test_dots_are_attributes_and_the_last_part_is_the_method(library: Any) -> None:
    made, asked = client(library, httpx.Response(204))
    assert made.books.cover.set("7", picture=b"\x89PNG", side="front") is None
    assert (asked[0].method, asked[0].url) == ("PUT", f"{BASE}/books/7/cover")
    assert b"\x89PNG" in asked[0].content
    assert b'name="side"' in asked[0].content


class Named(redenlab.Record):
    """A model; every one has a place for the id of its request."""


class Get:
    """An operation that returns a model of a type."""

    OPERATION = "get"
    IDEMPOTENT = True

    def __init__(self, model: type[Any]) -> None:
        self._model = model

    def build(self) -> Request:
        return Request("get", "GET", "/result/j")

    def parse(self, _: RawResponse) -> Any:
        return self._model()


@pytest.mark.parametrize("kind", [redenlab.InferenceClient, redenlab.AsyncInferenceClient])
def test_a_model_with_a_place_for_it_names_its_request(kind: Any, fake_api: FakeApi) -> None:
    made = in_virtual_time(kind, fake_api)
    for model, expected in ((Named, "req-1"), (object, None), (str, None)):
        context = made.call_context("get")
        call = resources.request(context, made, BoundOperation(Get(model)), {})
        found = settled(made.finish(context, call))
        assert type(found) is model
        if isinstance(found, redenlab.Record):
            assert redenlab.request_id_of(found) == expected


def test_a_path_is_a_part_of_a_form_too(library: Any, tmp_path: Path) -> None:
    path = tmp_path / "front.png"
    path.write_bytes(b"picture")
    made, asked = client(library, httpx.Response(204))
    made.books.cover.set("7", picture=path)
    name = re.search(rb'filename="(.*)"\r\nContent-Type: image/png', asked[0].content)
    assert name is not None
    assert re.fullmatch(rb"recording-[0-9a-f]{8}\.png", name[1])


def test_an_empty_file_is_refused_before_anything_is_sent(library: Any) -> None:
    made, asked = client(library)
    with pytest.raises(redenlab.InputError, match="empty"):
        made.books.cover.set("7", picture=b"")
    assert asked == []


def test_an_id_without_dots_is_a_method_of_the_client(library: Any) -> None:
    made, _ = client(library, httpx.Response(200, text="yes"))
    assert made.is_open() == "yes"


def test_what_begins_a_job_is_no_resource(library: Any) -> None:
    assert not hasattr(library.Resources, "bind")
    assert not hasattr(library, "BindResource")


def test_arguments_have_the_names_of_the_wire(library: Any) -> None:
    """Even where they hide a builtin; callers would not guess `input_` and `type_`."""
    made, asked = client(library, httpx.Response(201, json={"title": "T"}))
    assert made.books.add(input={"a": 1}, type="new").title == "T"
    assert asked[0].content == b'{"input":{"a":1},"type":"new"}'


def test_a_list_is_walked_by_its_own_fields_for_items_and_next(library: Any) -> None:
    made, asked = client(
        library,
        httpx.Response(200, json={"books": [{"title": "a"}], "more": f"{BASE}/books?page=2"}),
        httpx.Response(200, json={"books": [{"title": "b"}]}),
    )
    assert [book.title for book in made.books.list(by="me")] == ["a", "b"]
    assert [str(request.url) for request in asked] == [
        f"{BASE}/books?by=me",
        f"{BASE}/books?page=2",
    ]


def test_a_result_may_be_any_json(library: Any) -> None:
    made, _ = client(
        library,
        httpx.Response(200, json={"id": "j", "status": "busy"}),
        httpx.Response(200, json={"id": "j", "status": "done", "made": [1, None]}),
    )
    assert made.bind(input={}).result == [1, None]


def test_a_resource_with_a_poll_operation_has_a_wait_method(library: Any) -> None:
    made, asked = client(
        library,
        httpx.Response(200, json={"id": "j", "status": "busy"}),
        httpx.Response(200, json={"id": "j", "status": "done"}),
    )
    binding = made.binding.read("j")
    assert made.binding.wait(binding).status == "done"
    assert [str(request.url) for request in asked] == [f"{BASE}/jobs/j"] * 2
    with pytest.raises(redenlab.JobRunning, match="not seen to end"):
        made.job("j").end  # noqa: B018


def test_the_first_server_and_further_variables_are_settings(
    library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = importlib.import_module("redenlab_api.library.jobs")
    profile = importlib.import_module("redenlab_api.library.lifecycles").PROFILE
    assert profile.defaults["base_url"] == BASE
    assert profile.variables["api_key"] == ("LIBRARY_API_KEY", "SHELF_KEY")
    monkeypatch.setenv("SHELF_KEY", KEY)
    assert jobs.LibraryClient().base_url == BASE


def test_the_same_settings_count_without_generating(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.yaml"
    path.write_text(SPEC)
    monkeypatch.setenv("LIBRARY_API_KEY", KEY)
    assert redenlab.connect(path, base_url=BASE).base_url == BASE


NAMES = ("timeout", "on_event", "extra_headers", "extra_body", "self", "call", "context", "cls")


def test_arguments_may_have_any_name(tmp_path: Path) -> None:
    """One that every method has already gets a trailing underscore."""
    given = ", ".join(f"{{name: {name}, in: query, schema: {{type: string}}}}" for name in NAMES)
    text = SPEC.replace("parameters: [{name: by,", f"parameters: [{given}, {{name: by,")
    sent = ", ".join(f"{name}: {{type: string}}" for name in NAMES)
    text = text.replace("side: {type: string}}}", f"side: {{type: string}}, {sent}}}}}")
    (tmp_path / "library.yaml").write_text(text)
    generate.build(tmp_path, tmp_path / "out")
    made = (tmp_path / "out" / "redenlab_api" / "library" / "resources.py").read_text()
    compile(made, "resources.py", "exec")
    for name in NAMES[:-1]:
        assert f'"{name}": {name}_,' in made
    assert '"cls": cls,' in made


REFUSED = {
    "items: $response.body#/books": (
        "items: $response.body#/book",
        "points to nothing: there are books, more",
    ),
    "next: $response.body#/more}": ("after: $response.body#/more}", "x-page has no key 'after'"),
    **{
        f"operationId: {before}": (
            f"operationId: {taken}.open",
            f"every client has a '{taken}' already",
        )
        for before, taken in (("is_open", "call_context"), ("books.add", "raw"))
    },
    "{api_key: [SHELF_KEY]}": ("{key: [SHELF_KEY]}", "key is 'key'; write one of api_key"),
}


@pytest.mark.parametrize("before", REFUSED)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, before: str) -> None:
    after, words = REFUSED[before]
    assert before in SPEC
    text = SPEC.replace(before, after)
    (tmp_path / "library.yaml").write_text(text)
    line = text[: text.index(after)].count("\n") + 1
    with pytest.raises(SpecError, match=f"library.yaml:{line}: .*{words}"):
        generate.build(tmp_path, tmp_path / "out")


def test_a_server_with_variables_is_no_default(tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    path.write_text(SPEC.replace("https://library.example/v2/", "https://{host}/v2"))
    spec = Spec(path)
    assert "base_url" not in profile(spec, job_specs(spec)[0]).defaults
