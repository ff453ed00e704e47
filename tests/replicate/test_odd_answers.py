"""Answers that are not as documented, and arguments as callers of the official client give them."""

from typing import Any

import pytest

import redenlab
from redenlab.core.jobs.handles import Job
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import FileOutput
from scripted_replicate import ID, URL, Server, prediction, say, virtual

HEX = "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"
ODD: list[dict[str, Any]] = [
    {"error": {"code": 1}},
    {"metrics": {"predict_time": "1.5"}},
    {"started_at": ""},
    {"completed_at": ""},
    {"created_at": 5},
    {"deadline": ""},
    {"logs": ["a"]},
    {"urls": {"get": 5}},
    {"version": 3},
    {"data_removed": "no"},
    {"source": 1},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_odd_optional_field_does_not_destroy_a_final_answer(odd: dict[str, Any]) -> None:
    client = virtual(Server().polls("starting", "succeeded", output="done", **odd))
    assert client.run("acme/writer", {}) == "done"
    found = client.predictions.get(ID)
    assert (found.status, found.output) == ("succeeded", "done")
    ((name, value),) = odd.items()
    assert found[name] == value
    assert client.predictions.wait(ID).output == "done"


def test_a_null_output_is_null_and_not_left_out() -> None:
    client = virtual(Server().polls("canceled", output=None))
    found = client.predictions.get(ID)
    assert found.output is None
    assert "output" in found


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_create_counts_with_any_success(status: int) -> None:
    server = Server().polls("starting", "succeeded", output="done")
    server.on("POST /v1/predictions", say(status, {"id": ID, "status": "starting"}))
    assert virtual(server).run("acme/writer", {}) == "done"
    assert virtual(server).predictions.create(version="acme/writer", input={}).id == ID


def test_a_cancel_that_is_answered_with_nothing_is_one() -> None:
    server = Server().polls("starting").on(f"POST /v1/predictions/{ID}/cancel", say(200, {}))
    job = virtual(server).submit("acme/writer", input={})
    assert job.cancel() is job


@pytest.mark.parametrize("answer", [say(200, {}), say(200), say(204), say(202, {"ok": True})])
def test_a_cancel_of_a_resource_shows_what_became_of_it(answer: RawResponse) -> None:
    server = Server().polls("canceled").on(f"POST /v1/predictions/{ID}/cancel", answer)
    server.on("POST /v1/trainings/t/cancel", answer)
    server.on("GET /v1/trainings/t", say(200, {"id": "t", "status": "canceled"}))
    client = virtual(server)
    assert client.predictions.cancel(ID).status == "canceled"
    assert client.trainings.cancel("t").status == "canceled"


def test_a_cancel_that_is_refused_is_an_error_and_asks_no_more() -> None:
    server = Server().on(f"POST /v1/predictions/{ID}/cancel", say(404, {"detail": "no"}))
    with pytest.raises(redenlab.NotFound):
        virtual(server).predictions.cancel(ID)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("wait", "sent"),
    [(True, "wait"), (False, None), (None, None), (5, "wait=5"), (2.5, "wait=3"), (60, "wait=60")],
)
def test_the_first_response_may_be_held_back(wait: Any, sent: str | None) -> None:
    server = Server().polls("succeeded", output="done")
    virtual(server).run("acme/writer", {}, wait=wait)
    assert server.requests[0].headers.get("Prefer") == sent


@pytest.mark.parametrize("wait", [0, 61, "5"])
def test_a_wait_that_the_service_does_not_offer_is_refused(wait: Any) -> None:
    server = Server()
    with pytest.raises(redenlab.InputError, match="wait"):
        virtual(server).run("acme/writer", {}, wait=wait)
    assert server.requests == []


def test_what_is_none_in_an_input_is_left_out() -> None:
    server = Server().polls("succeeded")
    virtual(server).run("acme/writer", {"seed": None, "inner": {"kept": None}})
    assert server.body(0)["input"] == {"inner": {"kept": None}}


@pytest.mark.parametrize("text", ["https://example.com/page", "http://127.0.0.1/x", "see ftp://x"])
def test_a_text_that_happens_to_be_a_url_is_no_file(text: str) -> None:
    assert virtual(Server().polls("succeeded", output=text)).run("acme/writer") == text


@pytest.mark.parametrize("url", [URL, "https://replicate.delivery/a.png", "data:a/b;base64,YQ=="])
def test_a_url_of_a_host_of_files_is_a_file(url: str) -> None:
    found = virtual(Server().polls("succeeded", output=[url])).run("acme/writer")
    assert found == [url] or isinstance(found[0], FileOutput)
    assert isinstance(found[0], FileOutput)


@pytest.mark.parametrize("how", ["run", "predict", "submit", "predictions.create", "stream"])
def test_every_verb_resolves_a_community_model(how: str) -> None:
    server = Server().polls("starting", "succeeded", output="done")
    refused = say(422, {"title": "Invalid version", "detail": "no such version", "status": 422})
    server.on("POST /v1/predictions", refused, say(201, {"id": ID, "status": "starting"}))
    server.on("GET /v1/models/acme/painter", say(200, {"latest_version": {"id": HEX}}))
    client = virtual(server)
    if how == "predictions.create":
        assert client.predictions.create(version="acme/painter", input={}).id == ID
    elif how == "stream":
        with pytest.raises(redenlab.APIError, match="does not stream"):
            list(client.stream("acme/painter"))
    elif how == "submit":
        assert client.submit("acme/painter", input={}).id == ID
    elif how == "predict":
        assert client.predict("acme/painter", input={}).result == "done"
    else:
        assert client.run("acme/painter") == "done"
    assert server.body(2)["version"] == HEX


def test_a_model_has_one_name_or_two() -> None:
    server = Server().on("GET /v1/models/acme/painter", say(200, {"owner": "acme"}))
    server.on("GET /v1/models/acme/painter/versions", say(200, {"results": [{"id": HEX}]}))
    client = virtual(server)
    assert client.models.get("acme/painter") == client.models.get("acme", "painter")
    assert [each.id for each in client.models.versions.list("acme/painter")] == [HEX]


@pytest.mark.parametrize("names", [("acme",), ("a/b/c",), ("a/b", "c"), ("",)])
def test_what_is_neither_is_refused(names: tuple[str, ...]) -> None:
    server = Server().on("GET /v1/models/a%2Fb/c", say(404, {"detail": "no"}))
    with pytest.raises((redenlab.InputError, redenlab.NotFound)):
        virtual(server).models.get(*names)


def test_a_handle_reloads_and_shows_what_a_poll_has_found() -> None:
    server = Server().polls("processing", "succeeded", logs="50%|##| 1/2 [")
    job: Any = virtual(server).submit("acme/writer", input={})
    assert isinstance(job, Job)
    assert job.snapshot is None
    assert job.reload().status == "processing"
    assert job.snapshot.status == job.status == "processing"
    job.wait()
    assert job.snapshot.envelope.logs.startswith("50%")


def test_a_stream_that_is_out_of_time_has_its_job() -> None:
    urls = {"stream": "https://stream.replicate.com/v1/streams/abc"}
    server = Server().polls("starting")
    server.on(f"GET /v1/predictions/{ID}", prediction("starting", urls=urls))
    server.on("GET /v1/streams/abc", say(502))
    with pytest.raises(redenlab.ServerError) as lasting:
        list(virtual(server).stream("acme/writer", timeout=1000))
    assert lasting.value.job_id == ID
