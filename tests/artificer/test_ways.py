"""What is sent over tRPC and to the worker, and what is made of the answers."""

import json
import math
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from pdfs import LINE, pdf
from redenlab import (
    BadRequest,
    ConfigurationError,
    Conflict,
    InputError,
    NotFound,
    RateLimited,
    Retry,
    ServerError,
)
from redenlab.artificer import Artificer, AsyncArtificer
from redenlab.artificer.models import PhaseConfig
from redenlab.sandbox import Sandbox
from redenlab_api.artificer.demands import DEMANDS

URL = "http://localhost:3001"
STATUS = {
    "id": "j1",
    "name": "n",
    "status": "RUNNING",
    "currentPhase": None,
    "progress": {"totalItems": 2, "completedItems": 1, "failedItems": 0, "percentComplete": 50},
    "analytics": {"costIncurred": 0.5, "tokensUsed": 7, "estimatedTimeRemaining": None},
    "startedAt": "2026-01-01T00:00:00.000Z",
    "completedAt": None,
    "error": None,
}


def wrapped(value: Any, meta: Any = None) -> httpx.Response:
    data = {"json": value, **({"meta": {"values": meta}} if meta else {})}
    return httpx.Response(200, json={"result": {"data": data}})


def failure(status: int, message: str, code: str = "ERROR") -> httpx.Response:
    data = {"code": code, "httpStatus": status, "path": "x"}
    error = {"json": {"message": message, "code": -32603, "data": data}}
    return httpx.Response(status, json={"error": error})


class Server:
    """Answers each request with the next response; the last one repeats."""

    def __init__(self, *responses: httpx.Response) -> None:
        self.responses = list(responses)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        found = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        return httpx.Response(found.status_code, headers=found.headers, content=found.content)

    def client(self, **options: Any) -> Artificer:
        given = {"base_url": URL, "protocol": "trpc", "retry": Retry.off(), **options}
        return Artificer(transport=httpx.MockTransport(self), **given)


def sent(request: httpx.Request) -> Any:
    """The input of a call."""
    text = request.url.params.get("input") if request.method == "GET" else request.content
    return json.loads(text) if text else None


CALLS: list[tuple[str, Callable[[Artificer], Any], str, str, Any]] = [
    ("no input", lambda c: c.conversations.list(), "GET", "conversations.list", None),
    (
        "a bare text",
        lambda c: c.conversations.delete("a/b"),
        "POST",
        "conversations.delete",
        {"json": "a/b"},
    ),
    (
        "an empty object",
        lambda c: c.models.list(),
        "GET",
        "modelAdmin.listModels",
        {"json": {}},
    ),
    (
        "numbers and texts of a query",
        lambda c: c.batch.list(project_id="7", limit=5),
        "GET",
        "batch.listJobs",
        {"json": {"projectId": "7", "limit": 5}},
    ),
    (
        "booleans of a query",
        lambda c: c.export.export_all("json", include_costs=False),
        "GET",
        "export.exportAll",
        {"json": {"format": "json", "includeCosts": False}},
    ),
    (
        "path and body",
        lambda c: c.conversations.update("c1", title="T"),
        "POST",
        "conversations.update",
        {"json": {"conversationId": "c1", "title": "T"}},
    ),
    (
        "a body below a key",
        lambda c: c.projects.update("p1", name="P"),
        "POST",
        "projects.update",
        {"json": {"id": "p1", "data": {"name": "P"}}},
    ),
    (
        "a constant",
        lambda c: c.messages.create("c1", role="user", content="Hi"),
        "POST",
        "messages.create",
        {"json": {"conversationId": "c1", "role": "user", "content": "Hi", "tokens": 0}},
    ),
]


@pytest.mark.parametrize(
    ("call", "method", "procedure", "given"),
    [row[1:] for row in CALLS],
    ids=[row[0] for row in CALLS],
)
def test_calls_are_procedures_with_wrapped_inputs(
    call: Callable[[Artificer], Any], method: str, procedure: str, given: Any
) -> None:
    server = Server(failure(404, "nothing here"))
    with server.client() as client, pytest.raises(NotFound):
        call(client)
    (request,) = server.requests
    assert (request.method, request.url.path) == (method, f"/{procedure}")
    assert sent(request) == given


def test_the_prefix_of_the_base_url_is_that_of_procedures_alone() -> None:
    server = Server(wrapped([]))
    with server.client(base_url=f"{URL}/api/trpc") as client:
        assert client.conversations.list() == []
        server.responses = [httpx.Response(200, json={"status": "ok"})]
        assert client.health().status == "ok"
    assert [each.url.path for each in server.requests] == [
        "/api/trpc/conversations.list",
        "/health",
    ]


def test_dates_are_dates_and_what_is_undefined_is_absent() -> None:
    conversation = {"id": "c", "title": None, "createdAt": "2026-01-01T00:00:00.000Z"}
    listed = {**conversation, "lastMessagePreview": None, "a.b": {"c": None}}
    values = {"0.createdAt": ["Date"], "0.lastMessagePreview": ["undefined"]}
    values["0.a\\.b.c"] = ["undefined"]
    with Server(wrapped([listed], values)).client() as client:
        (only,) = client.conversations.list()
    assert only.created_at is not None
    assert only.created_at.year == 2026
    assert "lastMessagePreview" not in only
    assert only["a.b"] == {}


def test_an_answer_that_is_undefined_is_none() -> None:
    with Server(wrapped(None, ["undefined"])).client() as client:
        client.messages.delete("m")


def test_a_command_is_followed_by_a_look() -> None:
    server = Server(wrapped({"success": True, "message": "paused"}), wrapped({"status": STATUS}))
    with server.client() as client:
        job = client.batch.pause("j1")
    assert (job.status, job.completed_items, job.cost_incurred) == ("RUNNING", 1, 0.5)
    paths = [each.url.path for each in server.requests]
    assert paths == ["/batch.pauseJob", "/batch.getJobStatus"]


FAILURES: list[tuple[httpx.Response, type[Exception], str]] = [
    (failure(500, "Operation failed: Cannot pause job in status: PENDING"), Conflict, "PENDING"),
    (failure(500, "Failed to process PDF"), ServerError, "PDF"),
    (failure(404, "Batch job not found: j1", "NOT_FOUND"), NotFound, "j1"),
    (wrapped({"success": False, "error": "Project not found"}), NotFound, "Project"),
    (wrapped({"success": False, "error": "Name is taken"}), BadRequest, "taken"),
    (httpx.Response(413, text="Body exceeded 1mb limit"), Exception, "1mb"),
    (httpx.Response(502, text="<html>"), ServerError, "502"),
]


@pytest.mark.parametrize(("response", "kind", "text"), FAILURES)
def test_failures_are_typed_by_status_and_text(
    response: httpx.Response, kind: type[Exception], text: str
) -> None:
    with Server(response).client() as client, pytest.raises(kind, match=text):
        client.batch.pause("j1")


def test_issues_are_read_from_the_message() -> None:
    issues = [{"code": "too_big", "path": ["items", 0, "input"], "message": "Too long"}]
    response = failure(400, json.dumps(issues, indent=2), "BAD_REQUEST")
    with Server(response).client() as client, pytest.raises(BadRequest) as caught:
        client.auth.verify()
    assert caught.value.errors == {"items.0.input": "Too long"}
    assert caught.value.code == "BAD_REQUEST"


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
def test_a_pause_is_read_from_the_text(protocol: str) -> None:
    response = failure(429, "Rate limit exceeded. Try again in 42 seconds.", "TOO_MANY_REQUESTS")
    with Server(response).client(protocol=protocol) as client:
        with pytest.raises(RateLimited) as caught:
            client.conversations.list()
    assert caught.value.retry_after == 42


def test_a_success_that_is_no_envelope_is_an_error() -> None:
    with Server(httpx.Response(200, text="hello")).client() as client:
        with pytest.raises(Exception, match="where JSON was expected"):
            client.conversations.list()


def test_what_has_no_procedure_is_refused_before_anything_is_sent() -> None:
    server = Server(wrapped([]))
    with server.client() as client, pytest.raises(InputError, match="auth.list_keys"):
        client.auth.list_keys()
    assert server.requests == []


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
def test_no_null_is_sent_for_what_is_not_set(protocol: str) -> None:
    server = Server(failure(404, "nothing"))
    with server.client(protocol=protocol) as client:
        calls: list[Callable[[], Any]] = [
            lambda: client.conversations.create(title=None, model=None),
            lambda: client.conversations.update("c", title="T", model=None),
            lambda: client.batch.create(
                "n",
                [{"input": "a", "metadata": None}],
                [PhaseConfig(name="p", model=None), {"name": "q", "use_rag": None}],
                options={"concurrency": None},
            ),
            lambda: client.batch.list(status=None, limit=None),
            lambda: client.images.process_pdf(b"%PDF", options={"force_ocr": None}),
            lambda: client.images.process_pdf(b"%PDF", options=None),
            lambda: client.orchestration.execute("q", validation_config=None),
            lambda: client.search.search_documents("p", "q", min_score=None),
        ]
        for call in calls:
            with pytest.raises(NotFound):
                call()
    assert len(server.requests) == len(calls)
    for request in server.requests:
        assert b"null" not in request.content
        assert "null" not in str(request.url)
        assert "None" not in str(request.url)


REPEATED = [
    ("conversations.create", lambda c: c.conversations.create(), 1),
    ("batch.start", lambda c: c.batch.start("j"), 1),
    ("conversations.send_message", lambda c: c.conversations.send_message("c", "Hi"), 1),
    ("projects.update", lambda c: c.projects.update("p", name="P"), 1),
    ("images.process_pdf", lambda c: c.images.process_pdf(b"%PDF"), 3),
    ("search.search_documents", lambda c: c.search.search_documents("p", "q"), 3),
    ("conversations.list", lambda c: c.conversations.list(), 3),
    ("conversations.delete", lambda c: c.conversations.delete("c"), 3),
]


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
@pytest.mark.parametrize(("name", "call", "times"), REPEATED)
def test_requests_are_repeated_only_where_that_is_safe(
    protocol: str, name: str, call: Callable[[Artificer], Any], times: int
) -> None:
    server = Server(httpx.Response(503))
    retry = Retry(retries=2, initial=0, jitter=0)
    with server.client(protocol=protocol, retry=retry) as client:
        with pytest.raises(ServerError):
            call(client)
    assert len(server.requests) == times, name


# -- the worker


def test_pdf_and_image_work_goes_to_the_worker_without_the_key() -> None:
    answer = {"text": "Hi", "metadata": {"pages": 1, "method": "direct", "has_text_content": True}}
    worker = httpx.Response(200, json=answer)
    server = Server(worker)
    with server.client(
        base_url=None,
        api_key="sk_secret_1",
        protocol="rest",
        typescript_api_url=URL,
        python_worker_url="http://localhost:8000",
    ) as client:
        found = client.images.process_pdf(b"%PDF", options={"force_ocr": True})
        assert (found.text, found.metadata.has_text_content) == ("Hi", True)
        server.responses = [httpx.Response(404)]
        with pytest.raises(NotFound):
            client.images.analyze_image(b"x")
    first, second = server.requests
    assert str(first.url) == "http://localhost:8000/api/pdf/process"
    assert json.loads(first.content) == {"pdf_data": "JVBERg==", "force_ocr": True}
    assert "authorization" not in first.headers
    assert str(second.url) == f"{URL}/api/images/analyze"
    assert second.headers["authorization"] == "Bearer sk_secret_1"


def test_the_worker_is_asked_over_both_protocols_and_its_errors_are_typed() -> None:
    answer = {
        "needs_ocr": True,
        "has_text_content": False,
        "pages": 2,
        "text_length": 0,
        "estimated_ocr_cost": 0.1,
    }
    detail = [{"loc": ["body", "pdf_data"], "msg": "Field required", "type": "missing"}]
    server = Server(httpx.Response(200, json=answer), httpx.Response(422, json={"detail": detail}))
    with server.client(python_worker_url="http://localhost:8000") as client:
        assert client.images.check_pdf_needs_ocr(b"%PDF").estimated_ocr_cost == 0.1
        with pytest.raises(BadRequest) as caught:
            client.images.check_pdf_needs_ocr(b"%PDF")
    assert caught.value.errors == {"body.pdf_data": "Field required"}


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"protocol": "grpc"}, "write 'rest' or 'trpc'"),
        ({"typescript_api_url": URL}, "and not both"),
        ({"python_worker_url": "http://worker.example.com"}, "python_worker_url"),
    ],
)
def test_settings_that_cannot_be_are_refused(options: dict[str, Any], text: str) -> None:
    with pytest.raises(ConfigurationError, match=text):
        Artificer(**{"base_url": URL, **options})


# -- limits


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda c: c.batch.create("x" * 201, [{"input": "a"}], [{"name": "p"}]),
            "name has to have 200",
        ),
        (lambda c: c.batch.create("n", [{"input": "a"}] * 10_001, [{"name": "p"}]), "items has"),
        (lambda c: c.batch.create("n", [{"input": "a"}], [{"name": "p"}] * 11), "phases has"),
        (lambda c: c.batch.create("n", [{"input": "x" * 100_001}], [{"name": "p"}]), "/0/input"),
        (
            lambda c: c.batch.create("n", [{"input": ""}], [{"name": "p"}]),
            "items at /0/input",
        ),
        (
            lambda c: c.batch.create(
                "n", [{"input": "a"}], [{"name": "p"}], options={"concurrency": 51}
            ),
            "options at /concurrency is 51",
        ),
        (
            lambda c: c.batch.create(
                "n",
                [{"input": "a"}],
                [{"name": "p", "validation": {"enabled": True, "min_score": 11}}],
            ),
            "phases at /0/validation/minScore is 11",
        ),
        (lambda c: c.batch.list(limit=101), "limit is 101"),
        (lambda c: c.conversations.create(temperature=2.5), "temperature is 2.5"),
        (lambda c: c.run_batch(name="", items=[{"input": "a"}], phases=[{"name": "p"}]), "name"),
    ],
)
def test_limits_are_checked_before_anything_is_sent(
    call: Callable[[Artificer], Any], text: str
) -> None:
    server = Server(httpx.Response(500))
    with server.client() as client, pytest.raises(InputError, match=text):
        call(client)
    assert server.requests == []


@pytest.mark.parametrize(
    ("operation", "name", "megabytes"),
    [("images.analyze_image", "imageData", 20), ("images.process_pdf", "pdfData", 50)],
)
def test_files_are_checked_by_the_length_of_their_base64(
    monkeypatch: pytest.MonkeyPatch, operation: str, name: str, megabytes: int
) -> None:
    schema: Any = DEMANDS.operations[operation][name]
    assert schema["maxLength"] == 4 * math.ceil(megabytes * 1024 * 1024 / 3)
    monkeypatch.setitem(schema, "maxLength", 8)
    server = Server(httpx.Response(500))
    with server.client() as client, pytest.raises(InputError, match="has 12"):
        getattr(client.images, operation.partition(".")[2])(bytes(7))
    assert server.requests == []


# -- the twin


def test_the_twin_has_the_settings_of_its_client(sandbox: Sandbox) -> None:
    client = sandbox.artificer_client(protocol="trpc", timeout=7.0)
    changed = client.with_options(http_timeout=3.0)
    assert isinstance(client.twin, AsyncArtificer)
    assert client.twin is client.twin
    assert client.twin.settings.seconds("http_timeout") == 7
    assert changed.twin.settings.seconds("http_timeout") == 3
    assert changed.twin is not client.twin
    client.close()


def test_a_whole_pdf_goes_through_the_url_of_a_query(sandbox: Sandbox) -> None:
    with sandbox.artificer_client(protocol="trpc") as client:
        assert client.images.check_pdf_needs_ocr(pdf([LINE])).pages == 1
