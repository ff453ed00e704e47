"""`raw`: every operation of an API as it is, with the way, the credential and the errors of all."""

import copy
import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from drivers import in_virtual_time, settled
from fake_api import BASE, KEY, FakeApi, Lost, say
from redenlab import (
    AsyncInferenceClient,
    InferenceClient,
    InputError,
    NetworkError,
    NotFound,
    RequestTimeout,
    UnexpectedResponse,
)
from redenlab.core.clients import raw
from redenlab.core.spec.document import Spec, documents
from redenlab.core.spec.naming import snake
from redenlab.lowlevel.types import File, RawResponse, Response
from redenlab.replicate import AsyncReplicateClient, ReplicateClient
from redenlab_api.ml.models import JobResult, PredictRequest
from redenlab_api.ml.raw import AsyncRaw, Raw
from redenlab_api.replicate.api.models import models_search
from redenlab_api.replicate.models import FileRequest
from scripted_api import CALLERS, EXAMPLES, ScriptedApi, dynamic, dynamic_async, generated
from scripted_clients import now, play
from scripted_replicate import Server
from scripted_replicate import say as answer
from virtual_io import Slow

ML = pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])
REPLICATE = pytest.mark.parametrize("kind", [ReplicateClient, AsyncReplicateClient])
UNTYPED = pytest.mark.parametrize("caller", [dynamic, dynamic_async])
OPENAPI = Path(__file__).parents[3] / "openapi"


# ---- what a call gives


@ML
def test_the_whole_response_is_returned_with_its_typed_body(kind: Any, fake_api: FakeApi) -> None:
    found = settled(in_virtual_time(kind, fake_api).raw.get_result("job-1", model="whisperx"))
    assert isinstance(found, Response)
    assert isinstance(found.parsed, JobResult)
    assert (found.status_code, found.parsed.status) == (200, "upload_pending")
    assert json.loads(found.content) == found.parsed.to_dict()
    assert (found.headers["content-type"], found.request_id) == ("application/json", "req-1")
    (message,) = fake_api.seen
    assert (message.method, message.url) == ("GET", f"{BASE}/result/job-1?model=whisperx")
    assert message.headers["X-Api-Key"] == KEY


@ML
def test_a_body_is_the_model_of_the_operation(kind: Any, fake_api: FakeApi) -> None:
    body = PredictRequest(job_id="j", file_key="k")
    found = settled(in_virtual_time(kind, fake_api).raw.predict("whisperx", body=body))
    assert (found.status_code, fake_api.started) == (200, ["j"])
    assert json.loads(fake_api.seen[0].content) == {"job_id": "j", "file_key": "k"}


@REPLICATE
def test_a_file_of_a_form_is_given_as_one(kind: Any) -> None:
    server = Server().on("POST /prod/files", answer(201, {"id": "f", "name": "a"}))
    content = File.of(b"hello", "a.txt", "text/plain")
    settled(in_virtual_time(kind, server).raw.files_create(body=FileRequest(content=content)))
    assert b'filename="a.txt"' in server.requests[0].content
    assert b"hello" in server.requests[0].content


@REPLICATE
def test_an_operation_can_be_given_as_its_module(kind: Any) -> None:
    page = {"results": [{"name": "a"}], "next": None}
    server = Server().on("QUERY /prod/models", answer(200, page))
    found = settled(in_virtual_time(kind, server).raw(models_search, body="cat"))
    assert server.requests[0].content == b"cat"
    assert [model.name for model in found.parsed.results] == ["a"]


# ---- the way of all other requests


@ML
def test_a_failure_that_may_pass_is_retried(kind: Any, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(503), say(429)]
    assert settled(in_virtual_time(kind, fake_api).raw.get_result("j")).status_code == 200
    assert fake_api.calls["get_result"] == 3


@ML
def test_what_may_have_acted_is_not_sent_twice(kind: Any, fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [Lost(acted=True)]
    body = PredictRequest(job_id="j", file_key="k")
    with pytest.raises(NetworkError):
        settled(in_virtual_time(kind, fake_api).raw.predict("whisperx", body=body))
    assert fake_api.started == ["j"]


@ML
def test_errors_are_those_of_the_sdk(kind: Any, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [
        say(404, {"error": "no such job"}, x_request_id="r-9"),
        say(200, {"status": 5}),
    ]
    client = in_virtual_time(kind, fake_api)
    with pytest.raises(NotFound, match="no such job") as caught:
        settled(client.raw.get_result("j"))
    assert (caught.value.status, caught.value.request_id) == (404, "r-9")
    with pytest.raises(UnexpectedResponse):
        settled(client.raw.get_result("j"))


@ML
def test_a_call_has_the_clients_time(kind: Any, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [Slow(20, RawResponse(200, {}, b"{}"))]
    client = in_virtual_time(kind, fake_api).with_options(timeout=10)
    with pytest.raises(RequestTimeout):
        settled(client.raw.get_result("j"))


@ML
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({}, "get_result: .* 'job_id'"),
        ({"job_id": ".."}, "get_result: '..' cannot stand in a path"),
        ({"job_id": "j", "timeout": 5}, "get_result: .* 'timeout'"),
    ],
)
def test_a_bad_argument_is_refused_before_anything_is_sent(
    kind: Any, fake_api: FakeApi, arguments: Mapping[str, Any], problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        settled(in_virtual_time(kind, fake_api).raw.get_result(**arguments))
    assert fake_api.seen == []


@ML
def test_it_is_counted_as_a_call(kind: Any, fake_api: FakeApi) -> None:
    client = in_virtual_time(kind, fake_api)
    settled(client.raw.get_result("j"))
    assert client.metrics == {"calls": 1, "attempted": 1}


# ---- which operations there are


@pytest.mark.parametrize("path", documents(OPENAPI), ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["Raw", "AsyncRaw"])
def test_every_operation_of_a_spec_has_one(path: Path, kind: str) -> None:
    import importlib

    found = getattr(importlib.import_module(f"redenlab_api.{path.stem}.raw"), kind)
    names = {name for name in vars(found) if name[0] != "_"}
    assert names == {snake(each) for each in Spec(path).operations}


def test_the_async_one_awaits_and_both_say_what_they_call() -> None:
    blocking, awaited = InferenceClient(KEY, BASE).raw, AsyncInferenceClient(KEY, BASE).raw
    assert inspect.iscoroutinefunction(awaited.get_result)
    assert not inspect.iscoroutinefunction(blocking.get_result)
    assert "GET /result/{job_id}" in str(blocking.get_result.__doc__)
    assert isinstance(Raw.get_result, raw.Call)
    assert isinstance(AsyncRaw.get_result, raw.AsyncCall)


# ---- of a spec that nothing was generated from

TOLD = {"number": "n", "stage": "told", "text": {"words": "x"}}


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.__name__)
def test_clients_of_any_spec_have_it(caller: Any) -> None:
    api = ScriptedApi().on("GET /captions/n", TOLD)

    async def scenario(client: Any) -> Any:
        return await now(client.raw.get_caption(number="n"))

    found = play(caller, "acme", api, scenario)
    assert (found.status_code, json.loads(found.content)) == (200, TOLD)
    assert getattr(found.parsed, "to_dict", lambda: found.parsed)() == TOLD
    assert len(api.requests) == 1


@UNTYPED
def test_arguments_and_body_have_the_names_of_the_wire(caller: Any) -> None:
    api = ScriptedApi().on("POST /captions", httpx.Response(202, json=TOLD))

    async def scenario(client: Any) -> Any:
        return await now(client.raw.caption(body={"picture": "p", "any": [1]}))

    assert play(caller, "acme", api, scenario).status_code == 202
    assert json.loads(api.requests[0].content) == {"picture": "p", "any": [1]}


@UNTYPED
def test_an_id_that_is_no_name_is_written_in_snake_case_or_in_brackets(
    caller: Any, tmp_path: Path
) -> None:
    import redenlab

    text = (EXAMPLES / "acme.yaml").read_text()
    (tmp_path / "acme.yaml").write_text(text.replace("get_caption", "captions.getOne"))
    connect = redenlab.connect if caller is dynamic else redenlab.connect_async
    made: type[Any] = type(connect(tmp_path / "acme.yaml", api_key=KEY, base_url=BASE))
    client: Any = in_virtual_time(made, lambda _: RawResponse(200, {}, json.dumps(TOLD).encode()))
    for call in (client.raw.captions_get_one, client.raw["captions.getOne"]):
        assert settled(call(number="n")).parsed == TOLD
    assert {"caption", "captions_get_one"} <= set(dir(client.raw))


@UNTYPED
def test_an_operation_or_an_argument_that_is_not_there_is_named(caller: Any) -> None:
    api = ScriptedApi()

    async def scenario(client: Any) -> None:
        with pytest.raises(AttributeError, match="no operation 'get_captoin'; .* get_caption"):
            client.raw.get_captoin  # noqa: B018
        with pytest.raises(KeyError):
            client.raw["captions.get"]
        assert copy.copy(client.raw).get_caption
        with pytest.raises(InputError, match="get_caption: there is no argument 'id'"):
            await now(client.raw.get_caption(id="n"))

    play(caller, "acme", api, scenario)
    assert api.requests == []


def test_a_generated_package_of_a_spec_has_typed_ones() -> None:
    found = generated("acme")
    assert {name for name in vars(found._raw.Raw) if name[0] != "_"} == {"caption", "get_caption"}
