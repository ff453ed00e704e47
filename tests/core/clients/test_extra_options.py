"""Extra headers, query parameters and body values of one call: where they go, what is refused."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from drivers import in_virtual_time, settled
from fake_api import BASE, KEY, FakeApi
from redenlab import AsyncInferenceClient, InferenceClient, InputError, Proceed
from redenlab.core.files.uploads import as_source
from redenlab.core.jobs.handles import run_job
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import AsyncReplicateClient, ReplicateClient
from redenlab_api.ml.jobs import PREDICT
from scripted_api import ScriptedApi, dynamic, dynamic_async
from scripted_clients import now, play
from scripted_replicate import BASE as REPLICATE_BASE
from scripted_replicate import ID, Server, say

EXTRA: dict[str, Any] = {"extra_headers": {"X-Tenant": "north"}, "extra_query": {"trace": "1"}}
ENDLESS: dict[str, Any] = {}
ENDLESS["again"] = ENDLESS
ML = pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])
REPLICATE = pytest.mark.parametrize("kind", [ReplicateClient, AsyncReplicateClient])
UNTYPED = pytest.mark.parametrize("caller", [dynamic, dynamic_async])


def predict(client: Any, **call: Any) -> Any:
    """A job by its generated description, with the options of the call."""
    context = client.call_context("predict", **call)
    request = JobRequest("intelligibility", {}, as_source(b"RIFF"))
    return settled(client.finish(context, run_job(context, client, PREDICT, request)))


def extra_of(message: OutgoingRequest) -> tuple[bool, bool]:
    """Whether a request has the extra header, and the extra parameter."""
    return message.headers.get("X-Tenant") == "north", "trace=1" in message.url


def body(request: Any) -> Any:
    return json.loads(request.content)


# ---- headers and query


@ML
def test_every_request_to_the_api_has_them_and_storage_has_not(
    kind: Any, fake_api: FakeApi
) -> None:
    client = in_virtual_time(kind, fake_api)
    predict(client, **EXTRA)
    found = [(message.to_api, *extra_of(message)) for message in fake_api.seen]
    assert found == [(True,) * 3, (False,) * 3, *[(True,) * 3] * 4]
    assert {message.headers["X-Api-Key"] for message in fake_api.seen if message.to_api} == {KEY}


@ML
def test_the_next_call_has_them_no_more(kind: Any, fake_api: FakeApi) -> None:
    client = in_virtual_time(kind, fake_api)
    predict(client, **EXTRA)
    settled(client.get_status("job-1"))
    assert extra_of(fake_api.seen[-1]) == (False, False)


@ML
def test_a_token_endpoint_has_none(kind: Any, fake_api: FakeApi) -> None:
    asked: list[OutgoingRequest] = []

    def script(message: OutgoingRequest) -> Any:
        if message.url.startswith("https://auth."):
            asked.append(message)
            token = {"access_token": "at-5ecre7-1", "expires_in": 3600}
            return RawResponse(200, {}, json.dumps(token).encode())
        return fake_api(message)

    class Program(kind):  # type: ignore[misc]
        def __init__(self, **_: Any) -> None:
            url = "https://auth.example.com/oauth2/token"
            secret = "cs-5ecre7-0"
            super().__init__(None, BASE, client_id="me", client_secret=secret, token_url=url)

    predict(in_virtual_time(Program, script), **EXTRA)
    assert [extra_of(message) for message in asked] == [(False, False)]
    assert extra_of(fake_api.seen[0]) == (True, True)


@UNTYPED
def test_a_link_to_a_result_has_none(caller: Any) -> None:
    link = "https://storage.example.com/r?sig=5ecre7"
    done = {"job_id": "j", "status": "completed", "result_url": link}
    api = ScriptedApi().on(
        "POST /upload-url",
        {"asset_id": "a", "upload_url": "https://storage.example.com/a?sig=1"},
    )
    api.on("PUT /a", httpx.Response(200)).on("GET /result/j", done).on("GET /r", {"segments": []})
    api.on("POST /whisperx/predict", {"job_id": "j", "status": "submitted"})
    caller("redenlab_today", api, "run", b"RIFF", model_name="whisperx", **EXTRA)
    found = {call: "X-Tenant" in r.headers for call, r in zip(api.calls, api.requests, strict=True)}
    assert found == {
        "POST /upload-url": True,
        "PUT /a": False,
        "POST /whisperx/predict": True,
        "GET /result/j": True,
        "GET /r": False,
    }
    assert "trace" not in api.requests[-1].url.params


@REPLICATE
def test_a_stream_of_another_host_has_none(kind: Any) -> None:
    stream = "https://stream.replicate.com/v1/streams/abc"
    urls = {"id": ID, "status": "starting", "urls": {"get": "x", "stream": stream}}
    server = Server().on("POST /v1/predictions", say(201, {"id": ID, "status": "starting"}))
    server.on(f"GET /v1/predictions/{ID}", say(200, urls))
    server.on("GET /v1/streams/abc", RawResponse(200, {}, b"event: done\ndata: {}\n\n"))
    events = at_replicate(kind, server).stream("acme/writer", {}, **EXTRA)
    settled(exhausted(events))
    assert [extra_of(message) for message in server.requests] == [(True, True)] * 2 + [
        (False, False)
    ]


async def exhausted(events: Any) -> None:
    if hasattr(events, "__aiter__"):
        async for _ in events:
            pass
    else:
        list(events)


@ML
def test_a_middleware_sees_them_and_not_the_credential(kind: Any, fake_api: FakeApi) -> None:
    seen: list[OutgoingRequest] = []

    async def watch(request: OutgoingRequest, proceed: Proceed) -> RawResponse:
        seen.append(request)
        return await proceed(request)

    client = in_virtual_time(kind, fake_api, middleware=[watch])
    predict(client, **EXTRA)
    assert {extra_of(request) for request in seen} == {(True, True)}
    assert not any("X-Api-Key" in request.headers for request in seen)


@ML
def test_they_take_the_place_of_what_the_sdk_would_send(kind: Any, fake_api: FakeApi) -> None:
    client = in_virtual_time(kind, fake_api)
    extra: dict[str, Any] = {"extra_headers": {"user-agent": "mine"}, "extra_query": {"model": "m"}}
    context = client.call_context("get_result", **extra)
    operation = PREDICT.operations["get_result"].operation
    call = context.call(operation, job_id="j", model="whisperx")
    settled(client.finish(context, call))
    (message,) = fake_api.seen
    assert message.url == f"{BASE}/result/j?model=m"
    named = {k: v for k, v in message.headers.items() if k.lower() == "user-agent"}
    assert named == {"user-agent": "mine"}


@UNTYPED
def test_a_url_of_the_service_keeps_its_own_query(caller: Any) -> None:
    at = "https://api.example.com/documentModels/prebuilt-read/analyzeResults/r-1?api-version=7"
    api = ScriptedApi().on(
        "POST /documentModels/prebuilt-read:analyze",
        httpx.Response(202, headers={"Operation-Location": at}),
    )
    done = {"status": "succeeded", "analyzeResult": {"modelId": "prebuilt-read", "content": "x"}}
    api.on("GET /documentModels/prebuilt-read/analyzeResults/r-1", done)
    query = {"api-version": "8", "trace": "1"}
    arguments: dict[str, Any] = {"model_name": "prebuilt-read", "extra_query": query}
    caller("azure_document", api, "run", b"%PDF", **arguments)
    submit, poll = (request.url.params for request in api.requests)
    assert dict(submit) == query
    assert dict(poll) == {"api-version": "7", "trace": "1"}


@ML
@pytest.mark.parametrize("name", ["done", "wait", "result"])
def test_the_methods_of_a_handle_take_them(kind: Any, fake_api: FakeApi, name: str) -> None:
    client = in_virtual_time(kind, fake_api)
    job = settled(client.submit(b"RIFF"))
    before = len(fake_api.seen)
    settled(getattr(job, name)(**EXTRA))
    assert {extra_of(message) for message in fake_api.seen[before:]} == {(True, True)}


@UNTYPED
@pytest.mark.parametrize(
    ("name", "command"),
    [
        *(("kiln", command) for command in ("cancel", "retry", "delete")),
        *(("artificer", command) for command in ("pause", "resume")),
    ],
)
def test_the_commands_of_a_handle_take_them(caller: Any, name: str, command: str) -> None:
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    async def scenario(client: Any) -> None:
        job = client.job("7")
        with pytest.raises(TypeError, match="extra_body"):
            await now(getattr(job, command)(extra_body={}))
        await now(getattr(job, command)(**EXTRA))

    play(caller, name, respond, scenario)
    assert [(each.headers["X-Tenant"], each.url.params["trace"]) for each in seen] == [
        ("north", "1")
    ]


def at_replicate(kind: Any, server: Server) -> Any:
    made: Any = in_virtual_time(
        type("Here", (kind,), {"__init__": lambda self, **_: kind.__init__(self, KEY)}), server
    )
    return made


@REPLICATE
@pytest.mark.parametrize(
    "call",
    [
        lambda client, extra: client.predictions.get(ID, **extra),
        lambda client, extra: client.predictions.create(version="v", input={}, **extra),
        lambda client, extra: client.predictions.wait(ID, **extra),
        lambda client, extra: client.run("acme/writer", {}, **extra),
    ],
    ids=["get", "create", "wait", "run"],
)
def test_resources_and_runs_take_them(kind: Any, call: Callable[[Any, Any], Any]) -> None:
    server = Server().polls("succeeded", output="x")
    settled(call(at_replicate(kind, server), EXTRA))
    assert {extra_of(message) for message in server.requests} == {(True, True)}


@REPLICATE
def test_every_page_of_a_list_has_them_once(kind: Any) -> None:
    second = f"{REPLICATE_BASE}/predictions?cursor=2&trace=1"
    item = {"id": ID, "status": "succeeded"}
    server = Server().on(
        "GET /v1/predictions",
        say(200, {"next": second, "results": [item]}),
        say(200, {"next": None, "results": [item]}),
    )
    settled(exhausted(at_replicate(kind, server).predictions.list(**EXTRA)))
    assert [message.url.count("trace=1") for message in server.requests] == [1, 1]
    assert {extra_of(message) for message in server.requests} == {(True, True)}


# ---- the body


@ML
def test_the_body_of_the_submit_alone_has_them(kind: Any, fake_api: FakeApi) -> None:
    predict(in_virtual_time(kind, fake_api), extra_body={"priority": 3, "language": None})
    bodies = [body(message) for message in fake_api.seen if message.method == "POST"]
    (submit,) = [each for each in bodies if "priority" in each]
    assert submit == {
        "job_id": "job-1",
        "file_key": "uploads/job-1/audio.wav",
        "priority": 3,
        "language": None,
    }
    assert len(bodies) == 2


@UNTYPED
def test_they_win_over_parameters_and_over_what_a_schema_demands(caller: Any) -> None:
    done = {"number": "n", "stage": "told", "text": {"words": "x"}}
    api = ScriptedApi().on("POST /captions", done).on("GET /captions/n", done)
    extra = {"language": ["de", 7], "new": {"deep": 1}}
    arguments: dict[str, Any] = {"model_name": "plain", "picture": "p", "extra_body": extra}
    caller("acme", api, "run", **arguments)
    assert body(api.requests[0]) == {"picture": "p", "style": "plain", **extra}


@UNTYPED
def test_a_form_has_them_as_fields_and_later_steps_know_them(caller: Any) -> None:
    api = ScriptedApi().on("POST /v1/dubbing", {"dubbing_id": "d1", "expected_duration_sec": 9.5})
    ended = {"dubbing_id": "d1", "name": "a", "status": "dubbed", "target_languages": ["fr"]}
    api.on("GET /v1/dubbing/d1", ended)
    api.on("GET /v1/dubbing/d1/audio/fr", httpx.Response(200, content=b"ID3"))
    extra = {"target_lang": "fr", "drop": True}

    async def scenario(client: Any) -> bytes:
        found = await now(client.run(b"RIFF", target_lang="de", extra_body=extra))
        read: bytes = await now(found.result.read())
        return read

    assert play(caller, "elevenlabs_dubbing", api, scenario) == b"ID3"
    sent = api.requests[0].content
    assert b'name="target_lang"\r\n\r\nfr\r\n' in sent
    assert b'name="drop"\r\n\r\ntrue\r\n' in sent
    assert sent.count(b'name="target_lang"') == 1
    assert b"RIFF" in sent


@UNTYPED
def test_an_id_that_they_choose_is_the_one_that_is_polled(caller: Any) -> None:
    """A submit whose response is lost is looked up by the id in its body."""
    pieces: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        pieces.append(body(request)["piece"])
        if len(pieces) == 1:
            raise httpx.ReadError("reset")
        end = {"phase": 3, "sheet": "https://sheets.example.com/p"}
        return httpx.Response(200, json={"piece": "mine", **end})

    caller("lathe", respond, "run", wood="oak", extra_body={"piece": "mine"})
    assert pieces == ["mine"] * len(pieces)
    assert len(pieces) > 2


@REPLICATE
def test_a_resource_sends_them_too(kind: Any) -> None:
    server = Server().polls("succeeded")
    client = at_replicate(kind, server)
    given: dict[str, Any] = {"version": "v", "input": {"a": 1}}
    settled(client.predictions.create(**given, extra_body={"priority": 1, "version": "w"}))
    assert server.body(0) == {"input": {"a": 1}, "version": "w", "priority": 1}


# ---- what is refused, before anything is sent


@ML
@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ({"extra_headers": {"X-Api-Key": "k"}}, "the header X-Api-Key carries the credential"),
        ({"extra_headers": {"x-api-key": "k"}}, "the header x-api-key carries the credential"),
        ({"extra_headers": {"HOST": "evil"}}, "the header HOST is written by the transport"),
        ({"extra_headers": {"content-length": "1"}}, "content-length is written by the transp"),
        ({"extra_headers": {"Transfer-Encoding": "x"}}, "Transfer-Encoding is written by the"),
        ({"extra_headers": {"Accept-Encoding": "br"}}, "Accept-Encoding is written by the"),
        ({"extra_headers": {"X-Api-Key ": "k"}}, "'X-Api-Key ' is no name of a header"),
        ({"extra_headers": {"": "k"}}, "'' is no name of a header"),
        ({"extra_headers": {"X\r\nY": "k"}}, "is no name of a header"),
        ({"extra_headers": {"X-A": "a\nHost: b"}}, "X-A has characters that no header may have"),
        ({"extra_headers": {"X-A": "ä"}}, "X-A has characters that no header may have"),
        ({"extra_headers": {"X-A": 1}}, "extra_headers: it is no mapping of texts to texts"),
        ({"extra_headers": [("X-A", "1")]}, "extra_headers: it is no mapping of texts"),
        ({"extra_query": {"x-api-key": "k"}}, "the parameter x-api-key carries the credential"),
        ({"extra_query": {"a": 1}}, "extra_query: it is no mapping of texts to texts"),
        ({"extra_query": "a=1"}, "extra_query: it is no mapping of texts to texts"),
        ({"extra_body": [1]}, "extra_body: it is no mapping"),
        ({"extra_body": {"a": b"x"}}, "extra_body: it is no JSON"),
        ({"extra_body": {"a": float("nan")}}, "extra_body: it is no JSON"),
        ({"extra_body": ENDLESS}, "extra_body: it is no JSON"),
    ],
)
def test_what_is_not_the_callers_to_choose_is_refused(
    kind: Any, fake_api: FakeApi, extra: dict[str, Any], problem: str
) -> None:
    client = in_virtual_time(kind, fake_api)
    with pytest.raises(InputError, match=problem):
        predict(client, **extra)
    assert fake_api.seen == []


@ML
def test_a_token_is_guarded_as_a_key_is(kind: Any, fake_api: FakeApi) -> None:
    client = in_virtual_time(kind, fake_api).with_options(token="at-5ecre7")
    with pytest.raises(InputError, match="authorization carries the credential"):
        predict(client, extra_headers={"authorization": "Bearer other"})
    assert fake_api.seen == []
    predict(client, extra_headers={"X-Api-Key": "of a gateway"})
    assert fake_api.seen[0].headers["Authorization"] == "Bearer at-5ecre7"


@UNTYPED
def test_a_key_in_the_query_is_guarded_too(caller: Any) -> None:
    api = ScriptedApi()
    with pytest.raises(InputError, match="the parameter KEY carries the credential"):
        caller("lathe", api, "run", wood="oak", extra_query={"KEY": "other"})
    assert api.requests == []


@UNTYPED
def test_a_body_that_is_a_file_takes_none(caller: Any) -> None:
    api = ScriptedApi()
    arguments: dict[str, Any] = {"model_name": "prebuilt-read", "extra_body": {"a": 1}}
    with pytest.raises(InputError, match="the body of analyze_document has no properties"):
        caller("azure_document", api, "run", b"%PDF", **arguments)
    assert api.requests == []


@UNTYPED
@pytest.mark.parametrize("name", ["get_status", "get_result", "upload"])
def test_a_call_without_a_submit_takes_headers_and_query_alone(caller: Any, name: str) -> None:
    api = ScriptedApi()

    async def scenario(client: Any) -> None:
        with pytest.raises(TypeError, match="extra_body"):
            await now(getattr(client, name)("j", extra_body={"a": 1}))

    play(caller, "redenlab_today", api, scenario)
    assert api.requests == []


@UNTYPED
def test_a_status_is_asked_with_headers_and_query(caller: Any) -> None:
    api = ScriptedApi().on("GET /result/j", {"job_id": "j", "status": "processing"})

    async def scenario(client: Any) -> None:
        await now(client.get_status("j", model_name="whisperx", timeout=5, **EXTRA))

    play(caller, "redenlab_today", api, scenario)
    (request,) = api.requests
    assert (request.headers["X-Tenant"], request.url.params["trace"]) == ("north", "1")


@REPLICATE
def test_an_operation_without_a_body_takes_no_extra_one(kind: Any) -> None:
    server = Server()
    client = at_replicate(kind, server)
    with pytest.raises(InputError, match="the body of predictions.get has no properties"):
        settled(client.predictions.get(ID, extra_body={"a": 1}))
    with pytest.raises(TypeError, match="extra_body"):
        client.predictions.list(extra_body={"a": 1})
    with pytest.raises(TypeError, match="tiemout"):
        settled(client.predictions.get(ID, tiemout=5))
    assert server.requests == []
