"""Job lives of six services and an invented one, run from their specs alone.

Nothing is generated and nothing is written by hand for them: each spec of `example_specs` meets a
scripted server through `redenlab.connect`.
"""

import json
import re
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

import redenlab
from redenlab import Job
from redenlab.core import errors
from redenlab.core.errors import SpecError
from redenlab.core.events import Polled, Uploading
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from scripted_api import BASE, EXAMPLES, KEY, ScriptedApi, connect, connect_async

# ---- RedenLab today


def today(**responses: Any) -> ScriptedApi:
    server = ScriptedApi()
    server.on(
        "POST /upload-url",
        {"asset_id": "a", "upload_url": "https://storage.example.com/a?sig=1"},
    )
    server.on("PUT /a", httpx.Response(200))
    server.on("POST /whisperx/predict", {"job_id": "j", "status": "submitted"})
    server.on("POST /ataxia-naturalness/predict", {"job_id": "j", "status": "submitted"})
    return server


def test_today_the_upload_makes_an_asset_and_the_submit_the_job() -> None:
    server = today().on(
        "GET /result/j",
        {"job_id": "j", "status": "processing"},
        {"job_id": "j", "status": "completed", "result": {"naturalness_score": 70.5}},
    )
    found = connect("redenlab_today", server).run(b"RIFF", model_name="ataxia-naturalness")
    assert found.result == {"naturalness_score": 70.5}
    submit = server.requests[2]
    assert json.loads(submit.content) == {"asset_id": "a"}
    assert submit.headers["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in server.requests[1].headers
    assert server.requests[3].url.params["model"] == "ataxia-naturalness"


def test_today_a_models_parameters_stand_beside_the_asset() -> None:
    server = today().on(
        "GET /result/j", {"job_id": "j", "status": "completed", "result": {"segments": []}}
    )
    client = connect("redenlab_today", server)
    client.run(b"RIFF", model_name="whisperx", diarize=True, batchSize=4)
    assert json.loads(server.requests[2].content) == {
        "asset_id": "a",
        "diarize": True,
        "batchSize": 4,
    }
    with pytest.raises(errors.InputError, match="no parameter 'batch_size'"):
        client.run(b"RIFF", model_name="whisperx", batch_size=4)
    with pytest.raises(errors.InputError, match="no parameter 'diarize'"):
        client.run(b"RIFF", model_name="ataxia-naturalness", diarize=True)


def test_today_an_upload_that_is_not_registered_is_waited_for(tmp_path: Path) -> None:
    server = today()
    server.on("POST /whisperx/predict", httpx.Response(409), {"job_id": "j", "status": "submitted"})
    server.on("GET /result/j", {"job_id": "j", "status": "completed", "result": {"segments": []}})
    spec = (EXAMPLES / "redenlab_today.yaml").read_text().replace("[2, 4, 8, 16]", "[0, 0]")
    (tmp_path / "redenlab_today.yaml").write_text(spec)
    connect(str(tmp_path / "redenlab_today"), server).run(b"RIFF", model_name="whisperx")
    assert server.calls.count("POST /whisperx/predict") == 2


def test_today_a_lost_submit_is_uncertain_and_never_repeated() -> None:
    server = today().on("POST /whisperx/predict", httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        connect("redenlab_today", server).run(b"RIFF", model_name="whisperx")
    assert server.calls.count("POST /whisperx/predict") == 1


def test_today_a_result_behind_a_link_is_fetched_without_the_key() -> None:
    done = {"job_id": "j", "status": "completed"}
    server = today().on(
        "GET /result/j",
        done | {"result_url": "https://storage.example.com/old?sig=1"},
        done | {"result_url": "https://storage.example.com/new?sig=2"},
    )
    server.on("GET /old", httpx.Response(403, text="<Code>AccessDenied</Code>"))
    server.on("GET /new", {"segments": [{"text": "hello"}]})
    found = connect("redenlab_today", server).run(b"RIFF", model_name="whisperx")
    assert found.result == {"segments": [{"text": "hello"}]}
    fetched = [request for request in server.requests if request.url.path in {"/old", "/new"}]
    assert len(fetched) == 2
    assert all("Authorization" not in request.headers for request in fetched)


def test_today_a_link_that_stays_expired_is_an_error() -> None:
    done = {"job_id": "j", "status": "completed", "result_url": "https://storage.example.com/old"}
    server = today().on("GET /result/j", done).on("GET /old", httpx.Response(403))
    with pytest.raises(errors.LinkExpired) as caught:
        connect("redenlab_today", server).run(b"RIFF", model_name="whisperx")
    assert caught.value.job_id == "j"
    assert server.calls.count("GET /old") == 3


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (httpx.Response(200, text="<html>"), errors.UnexpectedResponse),
        (httpx.Response(500), errors.ServerError),
        (httpx.ReadError("reset"), errors.NetworkError),
    ],
)
def test_today_a_broken_link_is_a_typed_error(response: Any, kind: type[Exception]) -> None:
    done = {"job_id": "j", "status": "completed", "result_url": "https://storage.example.com/r"}
    server = today().on("GET /result/j", done).on("GET /r", response)
    with pytest.raises(kind):
        connect("redenlab_today", server).run(b"RIFF", model_name="whisperx")


def test_today_a_link_that_storage_refuses_for_good_is_asked_for_once() -> None:
    done = {"job_id": "j", "status": "completed", "result_url": "https://storage.example.com/r"}
    server = today().on("GET /result/j", done).on("GET /r", httpx.Response(405))
    heard: list[Any] = []
    with pytest.raises(errors.APIError):
        connect("redenlab_today", server).run(b"RIFF", model_name="whisperx", on_event=heard.append)
    assert server.calls.count("GET /r") == 1
    assert "retrying" not in [event.kind for event in heard]


def test_today_a_busy_storage_is_asked_for_the_result_again_and_says_so() -> None:
    done = {"job_id": "j", "status": "completed", "result_url": "https://storage.example.com/r"}
    server = today().on("GET /result/j", done)
    server.on("GET /r", httpx.Response(503), {"segments": []})
    heard: list[Any] = []
    client = connect("redenlab_today", server)
    found = client.run(b"RIFF", model_name="whisperx", on_event=heard.append)
    assert found.result == {"segments": []}
    assert [event.operation for event in heard if event.kind == "retrying"] == ["download"]


# ---- Replicate


def test_replicate_needs_no_recording_and_shows_its_logs() -> None:
    server = ScriptedApi().on(
        "POST /models/o/m/predictions", httpx.Response(201, json={"id": "p", "status": "starting"})
    )
    server.on(
        "GET /predictions/p",
        {"id": "p", "status": "starting", "logs": None},
        {"id": "p", "status": "processing", "logs": "50%"},
        {"id": "p", "status": "succeeded", "output": {"url": "https://x"}, "logs": "100%"},
    )
    heard: list[Any] = []
    found = connect("replicate", server).run(
        owner="o", model="m", input={"prompt": "a cat"}, Prefer="wait=1", on_event=heard.append
    )
    assert found.result == {"url": "https://x"}
    assert [event.progress for event in heard if isinstance(event, Polled)] == [None, "50%"]
    create = server.requests[0]
    assert json.loads(create.content) == {"input": {"prompt": "a cat"}}
    assert create.headers["Prefer"] == "wait=1"


def test_replicate_a_missing_argument_is_refused_before_anything_is_sent() -> None:
    server = ScriptedApi()
    with pytest.raises(errors.InputError, match="needs the parameter 'model'"):
        connect("replicate", server).run(owner="o", input={})
    assert server.requests == []


@pytest.mark.parametrize("status", ["canceled", "aborted"])
def test_replicate_both_values_for_cancelled_end_the_wait(status: str) -> None:
    server = ScriptedApi().on("POST /models/o/m/predictions", {"id": "p", "status": "starting"})
    server.on("GET /predictions/p", {"id": "p", "status": status})
    with pytest.raises(errors.JobCancelled) as caught:
        connect("replicate", server).run(owner="o", model="m", input={})
    assert caught.value.job_id == "p"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("out of memory", "out of memory"),
        ({"code": 3, "text": "out of memory"}, "out of memory"),
        (["out of memory"], "out of memory"),
        (None, "Unknown error"),
        ("", "Unknown error"),
        ("no file at https://s3.example.com/a?X-Sig=abc", r"https://s3.example.com/a\?…"),
    ],
)
def test_replicate_a_failure_is_told_in_whatever_form_it_comes(error: Any, said: str) -> None:
    server = ScriptedApi().on("POST /models/o/m/predictions", {"id": "p", "status": "starting"})
    server.on("GET /predictions/p", {"id": "p", "status": "failed", "error": error})
    with pytest.raises(errors.JobFailed, match=said) as caught:
        connect("replicate", server).run(owner="o", model="m", input={})
    assert caught.value.job_id == "p"


def test_replicate_a_job_can_be_cancelled_but_not_paused() -> None:
    server = ScriptedApi().on("POST /models/o/m/predictions", {"id": "p", "status": "starting"})
    server.on("POST /predictions/p/cancel", {"id": "p", "status": "canceled"})
    job = connect("replicate", server).submit(owner="o", model="m", input={})
    assert job.cancel() is job
    assert server.calls[-1] == "POST /predictions/p/cancel"
    for control in (job.pause, job.resume):
        with pytest.raises(errors.InputError, match="no way to"):
            control()


def test_replicate_a_refused_cancel_names_the_job() -> None:
    server = ScriptedApi().on("POST /models/o/m/predictions", {"id": "p", "status": "starting"})
    job = connect("replicate", server).submit(owner="o", model="m", input={})
    with pytest.raises(errors.NotFound) as caught:
        job.cancel()
    assert caught.value.job_id == "p"


# ---- Dalston


SUBMIT = "POST /v1/audio/transcriptions"
POLL = "GET /v1/audio/transcriptions/d"


def test_dalston_the_recording_is_a_part_of_the_submit() -> None:
    server = ScriptedApi().on(SUBMIT, httpx.Response(201, json={"id": "d", "status": "pending"}))
    server.on(POLL, {"id": "d", "status": "completed", "transcript": {"text": "hi"}})
    heard: list[Any] = []
    found = connect("dalston", server).run(
        b"RIFF1234", filename='a"b.wav', num_speakers=2, pii_detection=True, on_event=heard.append
    )
    assert found.result == {"text": "hi"}
    submit = server.requests[0]
    body = submit.content
    assert submit.headers["Content-Length"] == str(len(body))
    assert body.count(b"RIFF1234") == 1
    assert b'name="file"; filename="a_b.wav"\r\nContent-Type: audio/wav\r\n\r\nRIFF1234' in body
    assert b'name="num_speakers"\r\n\r\n2\r\n' in body
    assert b'name="pii_detection"\r\n\r\ntrue\r\n' in body
    sent = [event for event in heard if isinstance(event, Uploading)]
    assert sent[-1] == Uploading(len(body), len(body))


def test_dalston_the_end_may_come_with_the_submit_response() -> None:
    done = {"id": "d", "status": "completed", "transcript": {"text": "hi"}}
    server = ScriptedApi().on(SUBMIT, httpx.Response(200, json=done))
    job = connect("dalston", server).submit(b"RIFF")
    assert job.done()
    assert job.result().result == {"text": "hi"}
    assert server.calls == [SUBMIT]


def test_dalston_an_end_that_is_not_settled_is_waited_for() -> None:
    def poll(stage: str, text: str) -> dict[str, Any]:
        stages = [{"stage": "pii_detect", "status": stage}]
        return {"id": "d", "status": "completed", "transcript": {"text": text}, "stages": stages}

    server = ScriptedApi().on(SUBMIT, httpx.Response(201, json={"id": "d", "status": "pending"}))
    server.on(POLL, poll("running", "raw"), poll("running", "raw"), poll("completed", "redacted"))
    heard: list[Any] = []
    found = connect("dalston", server).run(b"RIFF", on_event=heard.append)
    assert found.result == {"text": "redacted"}
    assert server.calls.count(POLL) == 3
    assert [event.progress for event in heard if isinstance(event, Polled)] == [["running"]] * 2


def test_dalston_a_busy_service_gets_the_recording_again() -> None:
    created = httpx.Response(201, json={"id": "d", "status": "pending"})
    server = ScriptedApi().on(SUBMIT, httpx.Response(429, json={"error": "busy"}), created)
    server.on(POLL, {"id": "d", "status": "completed", "transcript": {"text": "hi"}})
    connect("dalston", server).run(b"RIFF1234")
    assert [request.content.count(b"RIFF1234") for request in server.requests[:2]] == [1, 1]


# ---- ModelRed


def test_modelred_statuses_count_in_either_case() -> None:
    def poll(status: str) -> dict[str, Any]:
        report = {"overall_score": 88}
        return {"data": {"id": "m", "status": status, "progress": 5, "detailedReport": report}}

    server = ScriptedApi().on("POST /assessments", httpx.Response(201, json=poll("queued")))
    server.on("GET /assessments/m", poll("Running"), poll("running"), poll("completed"))
    found = connect("modelred", server).run(model="my-bot", testTypes=["jailbreak"])
    assert found.result == {"overall_score": 88}
    sent = json.loads(server.requests[0].content)
    assert sent == {"model": "my-bot", "testTypes": ["jailbreak"], "priority": "normal"}


def test_modelred_an_unknown_status_is_refused() -> None:
    def poll(status: str) -> dict[str, Any]:
        return {"data": {"id": "m", "status": status}}

    server = ScriptedApi().on("POST /assessments", poll("QUEUED"))
    server.on("GET /assessments/m", poll("exploded"))
    with pytest.raises(errors.UnexpectedResponse, match="exploded"):
        connect("modelred", server).get_status("m")


def test_modelred_an_unknown_status_ends_the_wait_at_once() -> None:
    server = ScriptedApi().on("POST /assessments", {"data": {"id": "m", "status": "QUEUED"}})
    server.on("GET /assessments/m", {"data": {"id": "m", "status": "exploded"}})
    with pytest.raises(errors.UnexpectedResponse) as caught:
        connect("modelred", server).run(model="my-bot", testTypes=["x"])
    assert caught.value.job_id == "m"
    assert server.calls.count("GET /assessments/m") == 1


def test_modelred_an_era_without_cancel_refuses_it_by_name() -> None:
    job = connect("modelred", ScriptedApi()).job("m")
    with pytest.raises(errors.NotFound) as caught:
        job.cancel()
    assert caught.value.job_id == "m"


def test_modelred_a_missing_parameter_is_refused_before_anything_is_sent() -> None:
    server = ScriptedApi()
    with pytest.raises(errors.InputError, match="needs the parameter 'testTypes'"):
        connect("modelred", server).run(model="my-bot")
    assert server.requests == []


# ---- Artificer


def artificer(*polls: str) -> ScriptedApi:
    server = ScriptedApi().on("POST /batch", {"id": "b", "status": "PENDING"})
    server.on("GET /batch/b", *({"id": "b", "status": status} for status in polls))
    for control in ("start", "pause", "resume", "cancel"):
        server.on(f"POST /batch/b/{control}", {"id": "b", "status": "RUNNING"})
    server.on("GET /batch/b/events", httpx.Response(404))  # polling stays the fallback
    return server.on("GET /batch/b/results", {"results": {"outputs": ["x"]}})


def stream(*events: Any) -> httpx.Response:
    """ScriptedApi-sent events, and the end of the stream."""
    text = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    return httpx.Response(
        200, text=f": hello\n\n{text}", headers={"Content-Type": "text/event-stream"}
    )


def test_artificer_tells_of_its_progress_by_itself() -> None:
    server = artificer("RUNNING", "COMPLETED")
    told = stream(
        {"percentComplete": 10},
        {"status": "RUNNING", "percentComplete": 60},
        {"status": "COMPLETED"},
    )
    server.on("GET /batch/b/events", told)
    heard: list[Any] = []
    found = connect("artificer", server).run(name="n", items=["a"], on_event=heard.append)
    assert found.result == {"outputs": ["x"]}
    assert [event.progress for event in heard if isinstance(event, Polled)] == [None, 10, 60]
    assert server.calls.count("GET /batch/b") == 2
    listened = next(r for r in server.requests if r.url.path.endswith("/events"))
    assert listened.headers["Accept"] == "text/event-stream"


@pytest.mark.parametrize(
    "response",
    [httpx.Response(500), httpx.ReadError("reset"), stream({"percentComplete": 1}), stream("?")],
    ids=["refused", "reset", "cut", "other type"],
)
def test_artificer_is_polled_when_the_stream_breaks(response: Any) -> None:
    server = artificer("RUNNING", "RUNNING", "COMPLETED").on("GET /batch/b/events", response)
    found = connect("artificer", server).run(name="n", items=["a"])
    assert found.result == {"outputs": ["x"]}
    assert server.calls.count("GET /batch/b/events") == 1
    assert server.calls.count("GET /batch/b") == 3


def test_artificer_results_come_from_another_operation() -> None:
    server = artificer("RUNNING", "COMPLETED")
    found = connect("artificer", server).run(name="n", items=["a"], autoStart=False)
    assert found.result == {"outputs": ["x"]}
    assert server.calls == [
        "POST /batch",
        "POST /batch/b/start",
        "GET /batch/b",
        "GET /batch/b/events",
        "GET /batch/b",
        "GET /batch/b/results",
    ]


def test_artificer_a_start_that_fails_keeps_the_jobs_name() -> None:
    server = artificer("RUNNING").on("POST /batch/b/start", httpx.Response(500))
    with pytest.raises(errors.ServerError) as caught:
        connect("artificer", server).run(name="n", items=["a"], autoStart=False)
    assert caught.value.job_id == "b"


def test_artificer_a_job_that_starts_itself_is_not_started_twice() -> None:
    server = artificer("COMPLETED")
    connect("artificer", server).run(name="n", items=["a"])
    assert "POST /batch/b/start" not in server.calls


def test_artificer_a_job_can_be_paused_and_resumed_in_between() -> None:
    server = artificer("RUNNING", "PAUSED", "RUNNING", "COMPLETED")
    job = connect("artificer", server).submit(name="n", items=["a"])
    assert not job.done()
    job.pause()
    assert not job.done()
    assert job.status == "PAUSED"
    job.resume()
    assert job.result().result == {"outputs": ["x"]}


# ---- an API without any code of its own


def acme() -> ScriptedApi:
    server = ScriptedApi().on(
        "POST /captions", httpx.Response(202, json={"number": "7", "stage": "thinking"})
    )
    told = {"number": "7", "stage": "told", "text": {"words": "a cat"}}
    return server.on("GET /captions/7", {"number": "7", "stage": "thinking"}, told)


def test_a_new_api_works_from_its_spec_alone() -> None:
    server = acme()
    client = connect("acme", server, job="caption")
    found = client.run(picture="cat.png", model_name="verse", rhyme="aabb")
    assert found.result == {"words": "a cat"}
    assert server.requests[0].headers["Acme-Key"] == KEY
    assert json.loads(server.requests[0].content) == {
        "picture": "cat.png",
        "style": "verse",
        "language": "en",
        "rhyme": "aabb",
    }


def test_a_parameter_that_a_model_needs_is_asked_for_before_anything_is_sent() -> None:
    server = acme()
    with pytest.raises(errors.InputError, match="verse needs the parameter 'rhyme'"):
        connect("acme", server).run(picture="cat.png", model_name="verse")
    assert server.requests == []


def test_a_new_api_has_tokens_events_and_status_too() -> None:
    server = acme()
    client = connect("acme", server)
    job = client.submit(picture="cat.png")
    again = Job.from_resume_token(job.resume_token, client)
    assert [event.kind for event in again.events()] == ["polled", "finished"]
    assert client.get_status("7")["stage"] == "told"
    assert client.get_result("7").result == {"words": "a cat"}
    assert client.job("7").result().result == {"words": "a cat"}


@pytest.mark.parametrize("other_id", ["8", ["7"], {"number": "7"}, None])
def test_a_response_about_another_job_is_refused_by_any_id_field(other_id: Any) -> None:
    server = ScriptedApi().on("GET /captions/7", {"number": other_id, "stage": "told"})
    with pytest.raises(errors.UnexpectedResponse, match="another job"):
        connect("acme", server).get_status("7")


def test_a_new_api_awaits_as_well() -> None:
    async def main() -> Any:
        async with connect_async("acme", acme()) as client:
            job = await client.submit(picture="cat.png", model_name="plain")
            assert (await client.get_status(job.id))["stage"] == "thinking"
            assert (await client.job(job.id).result()).result == {"words": "a cat"}
            assert (await client.get_result(job.id)).status == "told"
            return await client.run(picture="cat.png")

    assert anyio.run(main).result == {"words": "a cat"}


def test_settings_come_from_the_variables_that_the_spec_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACME_API_KEY", KEY)
    monkeypatch.setenv("ACME_BASE_URL", BASE)
    monkeypatch.setenv("ACME_MODEL", "verse")
    client = redenlab.connect(EXAMPLES / "acme.yaml", transport=httpx.MockTransport(acme()))
    assert client.model_name == "verse"
    assert client.timeout == 60
    assert client.run(picture="p", rhyme="abab", timeout=5).status == "told"


def test_a_generated_package_gives_its_typed_client() -> None:
    client = redenlab.connect("redenlab_api.ml", api_key=KEY, base_url=BASE)
    assert isinstance(client, redenlab.InferenceClient)
    client = redenlab.connect_async("redenlab_api.ml", job="predict", api_key=KEY, base_url=BASE)
    assert isinstance(client, redenlab.AsyncInferenceClient)


BROKEN = {
    "missing": (None, "cannot be read"),
    "no yaml": ("a: [", "not valid YAML"),
    "no openapi": ("a: 1", "needs the key 'openapi'"),
    "text": ("hello", "no OpenAPI document"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_spec_is_refused(tmp_path: Path, name: str) -> None:
    content, problem = BROKEN[name]
    path = tmp_path / "x.yaml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SpecError, match=problem):
        redenlab.connect(path)


@pytest.mark.parametrize(
    ("source", "job", "problem"),
    [
        (EXAMPLES / "acme.yaml", "translate", "no job 'translate'"),
        ("redenlab_api.ml", "translate", "no job 'translate'"),
        ("redenlab_api.nothing", None, "no package"),
    ],
)
def test_a_job_that_is_not_there_is_named(source: Any, job: str | None, problem: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=problem):
        redenlab.connect(source, job)


@pytest.fixture
def two_jobs(tmp_path: Path) -> Path:
    text = (EXAMPLES / "acme.yaml").read_text()
    start, end = text.index("  /captions:"), text.index("  /captions/{number}:")
    again = text[start:end].replace("/captions:", "/titles:").replace(": caption\n", ": title\n")
    path = tmp_path / "acme.yaml"
    again = again.replace("name: CaptionResult", "name: TitleResult")
    path.write_text(text[:end] + again + text[end:])
    return path


def test_of_several_jobs_one_has_to_be_named(two_jobs: Path) -> None:
    with pytest.raises(errors.ConfigurationError, match="has several jobs") as caught:
        redenlab.connect(two_jobs, api_key=KEY, base_url=BASE)
    assert "caption, title" in str(caught.value)
    assert redenlab.connect(two_jobs, "title", api_key=KEY, base_url=BASE)


# ---- responses that are no JSON object

UNREADABLE = pytest.mark.parametrize(
    "response",
    [
        httpx.Response(202),
        httpx.Response(204),
        httpx.Response(200, text='"busy"'),
        httpx.Response(200, text="[1]"),
        httpx.Response(200, text="null"),
        httpx.Response(200, text="<html>"),
    ],
    ids=["empty 202", "204", "text", "array", "null", "html"],
)


@UNREADABLE
def test_a_success_that_names_no_job_is_uncertain_and_not_sent_again(
    response: httpx.Response,
) -> None:
    server = artificer("COMPLETED").on("POST /batch", response)
    with pytest.raises(errors.SubmitUncertain, match=str(response.status_code)) as caught:
        connect("artificer", server).run(name="n", items=["a"])
    assert caught.value.status == response.status_code
    assert server.calls == ["POST /batch"]


@UNREADABLE
def test_an_unreadable_poll_does_not_end_a_wait(response: httpx.Response) -> None:
    server = artificer("RUNNING", "COMPLETED")
    end = {"id": "b", "status": "COMPLETED"}
    server.on("GET /batch/b", {"id": "b", "status": "RUNNING"}, response, end)
    assert connect("artificer", server).run(name="n", items=["a"]).result == {"outputs": ["x"]}


def test_a_misspelt_idempotency_is_refused_as_the_generator_refuses_it(tmp_path: Path) -> None:
    text = (EXAMPLES / "artificer.yaml").read_text(encoding="utf-8")
    changed = re.sub(r"(idempotency: )\w+", r"\1nevr", text, count=1)
    assert changed != text
    spec = tmp_path / "artificer.yaml"
    spec.write_text(changed, encoding="utf-8")
    with pytest.raises(SpecError, match=r"artificer\.yaml:\d+: idempotency is 'nevr'"):
        redenlab.connect(spec, api_key=KEY, base_url=BASE)
    with pytest.raises(SpecError, match="idempotency is 'nevr'"):
        job_specs(Spec(spec))


def test_a_submit_without_models_may_have_an_argument_called_model_name(tmp_path: Path) -> None:
    text = (EXAMPLES / "runpod.yaml").read_text().replace("endpoint_id", "model_name")
    path = tmp_path / "runpod.yaml"
    path.write_text(text)
    server = ScriptedApi().on("POST /e/run", {"id": "7", "status": "IN_QUEUE"})
    client = redenlab.connect(
        path, api_key=KEY, base_url=BASE, transport=httpx.MockTransport(server)
    )
    job = client.submit(model_name="e", input={})
    assert (job.id, job.model_name) == ("7", None)
