"""Results and ends that a test orders in advance, and what it asks of the requests."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import redenlab
from job_runs import read
from redenlab.core import errors
from redenlab.sandbox import Sandbox
from sandbox.examples import served as example

SCORE = {"intelligibility_score": 0.93}
COUNT = {"speaker_count": 3}


@pytest.fixture
def served(sandbox: Sandbox) -> Iterator[Sandbox]:
    """The sandbox of the module, without orders."""
    sandbox.forget()
    yield sandbox
    sandbox.forget()


# ---- results and reasons


def test_jobs_end_with_the_result_that_was_ordered(served: Sandbox, tone: bytes) -> None:
    served.respond(SCORE, model="intelligibility")
    with served.client() as client:
        done = client.predict(tone)
        other = client.predict(tone, model_name="als-naturalness-mtpa")
    assert done["result"] == SCORE
    assert done.result.intelligibility_score == 0.93
    assert "naturalness_score" in other["result"]


def test_a_result_is_for_the_models_that_have_such_results(served: Sandbox, tone: bytes) -> None:
    served.respond(SCORE)
    with served.client() as client:
        assert client.predict(tone, model_name="ataxia-intelligibility")["result"] == SCORE
        assert client.predict(tone, model_name="ataxia-naturalness")["result"] != SCORE


def test_a_result_behind_a_link_is_the_one_that_was_ordered(served: Sandbox, tone: bytes) -> None:
    result = {"transcript": "One two.", "word_count": 2}
    served.respond(result, model="transcribe")
    with served.client("token") as client:
        done = client.predict(tone, model_name="transcribe", language_code="en-US")
    assert (done.result.transcript, done.result.word_count) == ("One two.", 2)


def test_jobs_fail_for_the_reason_that_was_ordered(served: Sandbox, tone: bytes) -> None:
    served.respond(error="the speaker whispers", model="intelligibility")
    with served.client() as client, pytest.raises(errors.JobFailed, match="the speaker whispers"):
        client.predict(tone)


def test_an_order_is_for_the_names_of_recordings(
    served: Sandbox, tmp_path: Path, tone: bytes
) -> None:
    served.respond(error="noise", file="bad-*.wav")
    served.respond(SCORE, file="good.wav")
    found = []
    with served.client() as client:
        for name in ("good.wav", "bad-1.wav", "bad.wav"):
            (tmp_path / name).write_bytes(tone)
            try:
                found.append(client.predict(tmp_path / name)["result"] == SCORE)
            except errors.JobFailed as error:
                found.append("noise" in str(error))
    assert found == [True, True, False]


def test_an_order_is_for_one_backend(served: Sandbox, tone: bytes) -> None:
    served.respond("ordered", backend="replicate")
    with served.client() as client, served.replicate_client() as replicate:
        assert client.predict(tone)["result"] != "ordered"
        assert replicate.run("sandbox/writer", {"prompt": "x"}) == "ordered"


def test_the_newest_order_counts_and_all_can_be_forgotten(served: Sandbox, tone: bytes) -> None:
    served.respond(error="first")
    served.respond(SCORE)
    with served.client() as client:
        assert client.predict(tone)["result"] == SCORE
        served.forget()
        assert client.predict(tone)["result"] != SCORE


def test_what_was_ordered_stays_as_it_was(served: Sandbox, tone: bytes) -> None:
    result = dict(SCORE)
    served.respond(result)
    result["intelligibility_score"] = 0.1
    with served.client() as client:
        job = client.submit(tone)
        served.forget()
        assert job.result()["result"] == SCORE


def test_a_result_that_does_not_fit_is_sent_where_the_caller_wants_it(
    served: Sandbox, tone: bytes
) -> None:
    served.respond({"intelligibility_score": "high"}, model="intelligibility", check=False)
    with served.client() as client:
        with pytest.raises(errors.UnexpectedResponse, match="a string at '/intelligibility_score'"):
            client.predict(tone)


# ---- mistakes


@pytest.mark.parametrize(
    ("given", "said", "hint"),
    [
        ({"result": SCORE, "backend": "mll"}, "no backend 'mll'", "did you mean ml?"),
        ({"result": SCORE, "model": "intelligibilty"}, "no model 'intelligibilty'", "did you mean"),
        ({"result": SCORE, "model": "whisperx", "backend": "replicate"}, "no model", "owner/name"),
        ({"end": "cancled"}, "no end 'cancled'", "did you mean cance"),
        ({"end": "aborted", "backend": "ml"}, "no end 'aborted'", "known are completed, failed"),
        (
            {"result": {"intelligibility_score": "high"}},
            "no result of intelligibility is like this: /intelligibility_score is a string",
            "check=False",
        ),
        ({"result": {"inteligibility": 1}}, "has none of the keys", "the argument model"),
        ({"result": COUNT, "model": "intelligibility"}, "needs the key 'intelligi", "correct it"),
        ({"result": {"a": {1}}}, "the result is no JSON", "json.dumps"),
        ({"result": b"RIFF"}, "has to be JSON", "correct it"),
        ({"result": SCORE, "error": "x"}, "a result and an error", "or an end"),
        ({}, "neither a result nor an error", "or an end"),
    ],
)
def test_mistakes_are_refused_with_what_to_write(
    served: Sandbox, given: Any, said: str, hint: str
) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        served.respond(**given)
    assert said in caught.value.message
    assert hint in str(caught.value.hint)


# ---- other kinds of results


@pytest.mark.parametrize(
    ("spec", "result"),
    [
        ("openai_batch", {"rows": [{"custom_id": "1"}, {"custom_id": "2"}], "errors": []}),
        ("press", "a page of text"),
        ("lathe", [{"turn": 1}]),
        ("openai_video", b"a film"),
        ("mosaic", b"a picture"),
        ("loom", [{"number": n} for n in range(3)]),
        ("fal", {"images": [], "prompt": "a cat"}),
    ],
)
def test_every_form_of_result_can_be_ordered(spec: str, result: Any) -> None:
    with example(spec) as served_example:
        served_example.sandbox.respond(result)
        assert read(served_example.submit().result().result) == result


@pytest.mark.parametrize(
    ("spec", "result", "said"),
    [
        (
            "openai_batch",
            {"rows": [{}], "faults": []},
            "/faults is no part; parts are rows, errors",
        ),
        ("openai_batch", [1], "has to be an object with rows, errors"),
        ("press", b"text", "has to be JSON"),
        ("press", {"text": 1}, "is an object, and has to be a string"),
        ("lathe", [{"turn": 1}, 2], "/1 is 2, and has to be an object"),
        ("openai_video", "a film", "has to be bytes"),
        ("grotto", [{}], "cannot be given: it is made of several files"),
    ],
)
def test_other_forms_are_checked_too(spec: str, result: Any, said: str) -> None:
    with example(spec) as served_example:
        with pytest.raises(errors.ConfigurationError, match=said):
            served_example.sandbox.respond(result)


# ---- requests


def test_requests_are_counted_by_operation(served: Sandbox, tone: bytes) -> None:
    with served.client() as client:
        client.predict(tone)
    requests = served.requests
    requests.assert_once("predict")
    requests.assert_once("ml/create_upload_url")
    requests.assert_once("storage/PUT")
    assert requests.counters["ml/get_result"] == requests.count("get_result") > 0
    assert requests.calls("predict")[0].status == 200
    with served.client() as client:
        client.submit(tone)
    with pytest.raises(AssertionError, match="one request of predict, not 2"):
        requests.assert_once("predict")


# ---- in the plugin


def test_fixture_takes_orders(redenlab_sandbox: Sandbox, tone: bytes) -> None:
    redenlab_sandbox.respond(SCORE)
    with redenlab.InferenceClient() as client:
        assert client.predict(tone).result.intelligibility_score == 0.93
    redenlab_sandbox.requests.assert_once("predict")


def test_async_clients_of_the_fixture_meet_orders(redenlab_sandbox: Sandbox, tone: bytes) -> None:
    redenlab_sandbox.respond(error="whispered")

    async def run() -> None:
        async with redenlab.AsyncInferenceClient() as client:
            await client.predict(tone)

    with pytest.raises(errors.JobFailed, match="whispered"):
        asyncio.run(run())
