"""The clients as the design document uses them, intercepted at httpx's transport."""

from pathlib import Path
from typing import Any

import pytest
from pytest_httpx import HTTPXMock

import redenlab
from redenlab import InferenceClient, Poll, Retry
from redenlab.core import errors

KEY = "sk_test_1234567890"
BASE = "https://api.example.com/prod"
STORAGE = "https://storage.example.com/uploads/123/audio.wav?X-Amz-Signature=0"
TICKET = {
    "job_id": "123",
    "upload_url": STORAGE,
    "file_key": "uploads/123/audio.wav",
    "expires_in": 900,
}
DONE = {
    "job_id": "123",
    "status": "completed",
    "result": {"intelligibility_score": 0.85},
    "created_at": "2025-01-15T10:30:00Z",
    "completed_at": "2025-01-15T10:35:00Z",
}


@pytest.fixture
def client() -> InferenceClient[Any]:
    return InferenceClient(
        KEY, BASE, retry=Retry(initial=0), poll=Poll(initial=0.001, max_interval=0.001)
    )


# ---- the key: argument, environment, file


def test_the_key_comes_from_the_argument(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json=DONE, match_headers={"X-Api-Key": KEY})
    InferenceClient(api_key=KEY, base_url=BASE).get_status("123")


def test_the_key_comes_from_the_environment(
    httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDENLAB_ML_API_KEY", KEY)
    monkeypatch.setenv("REDENLAB_ML_BASE_URL", BASE)
    httpx_mock.add_response(json=DONE, match_headers={"X-Api-Key": KEY})
    InferenceClient().get_status("123")


def test_the_key_comes_from_the_config_file(httpx_mock: HTTPXMock) -> None:
    folder = Path.home() / ".redenlab-ml"
    folder.mkdir(mode=0o700)
    (folder / "config.yaml").write_text(f"api_key: {KEY}\nbase_url: {BASE}\ntimeout: 7\n")
    (folder / "config.yaml").chmod(0o600)
    httpx_mock.add_response(json=DONE, match_headers={"X-Api-Key": KEY})
    client = InferenceClient()
    client.get_status("123")
    assert client.timeout == 7


def test_without_a_key_the_error_lists_the_sources() -> None:
    with pytest.raises(errors.AuthenticationError) as caught:
        InferenceClient(base_url=BASE)
    text = str(caught.value)
    for place in ("api_key", "REDENLAB_ML_API_KEY", ".redenlab-ml/config.yaml"):
        assert place in text


def test_without_a_base_url_the_error_lists_the_sources() -> None:
    with pytest.raises(errors.ConfigurationError, match="REDENLAB_ML_BASE_URL"):
        InferenceClient(KEY)


def test_the_model_comes_from_argument_environment_or_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert InferenceClient(KEY, BASE).model_name == "intelligibility"
    monkeypatch.setenv("REDENLAB_ML_MODEL", "from-env")
    assert InferenceClient(KEY, BASE).model_name == "from-env"
    assert InferenceClient(KEY, BASE, model_name="given").model_name == "given"


@pytest.mark.parametrize("timeout", [0, -5, float("inf"), float("nan"), True])
def test_a_timeout_has_to_be_a_positive_number(client: Any, wav: Path, timeout: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="timeout"):
        InferenceClient(KEY, BASE, timeout=timeout)
    with pytest.raises(errors.ConfigurationError, match="timeout"):
        client.predict(wav, timeout=timeout)


# ---- each call


def test_a_presigned_url_is_asked_for_with_name_and_type(
    client: Any, httpx_mock: HTTPXMock, tmp_path: Path
) -> None:
    talk = tmp_path / "talk.mp3"
    talk.write_bytes(b"ID3")
    httpx_mock.add_response(
        method="POST",
        url=f"{BASE}/upload-url",
        match_json={"filename": "talk.mp3", "content_type": "audio/mpeg"},
        json=TICKET,
    )
    httpx_mock.add_response(
        method="PUT",
        url=STORAGE,
        match_headers={"Content-Type": "audio/mpeg"},
        match_content=b"ID3",
    )
    httpx_mock.add_response(
        method="POST",
        url=f"{BASE}/intelligibility/predict",
        match_json={"job_id": "123", "file_key": "uploads/123/audio.wav"},
        json={
            "job_id": "123",
            "status": "processing",
            "message": "ok",
            "output_location": "s3://x",
        },
    )
    job = client.submit(talk, filename="talk.mp3")
    assert (job.id, job.status) == ("123", "processing")


def test_an_unaccepted_key_is_an_authentication_error(
    client: Any, httpx_mock: HTTPXMock, wav: Path
) -> None:
    httpx_mock.add_response(status_code=401, json={"error": "Unknown API key"})
    with pytest.raises(redenlab.AuthenticationError, match="Unknown API key") as caught:
        client.predict(file_path=wav)
    assert caught.value.status == 401
    assert len(httpx_mock.get_requests()) == 1


def test_the_result_of_a_finished_job_is_fetched(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=f"{BASE}/result/123?model=intelligibility", json=DONE)
    status = client.get_status("123")
    assert status["status"] == "completed"
    assert status.completed_at.isoformat() == "2025-01-15T10:35:00+00:00"
    assert status.error is None


@pytest.mark.parametrize("method", ["get_status", "get_job_status", "get_result"])
def test_all_three_documented_names_exist(client: Any, httpx_mock: HTTPXMock, method: str) -> None:
    httpx_mock.add_response(json=DONE)
    assert getattr(client, method)("123")["result"] == {"intelligibility_score": 0.85}


def test_get_result_refuses_a_job_that_runs(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"job_id": "123", "status": "processing"})
    with pytest.raises(errors.JobRunning) as caught:
        client.get_result("123")
    assert caught.value.job_id == "123"


def test_a_refused_upload_is_an_upload_error(client: Any, httpx_mock: HTTPXMock, wav: Path) -> None:
    httpx_mock.add_response(method="POST", json=TICKET)
    httpx_mock.add_response(method="PUT", status_code=403, text="<Code>AccessDenied</Code>")
    with pytest.raises(redenlab.UploadError) as caught:
        client.predict(wav)
    assert (caught.value.status, caught.value.code) == (403, "AccessDenied")
    assert "X-Amz-Signature" not in str(caught.value)


# ---- the whole flow


def whole(httpx_mock: HTTPXMock, *polls: dict[str, Any]) -> None:
    httpx_mock.add_response(method="POST", url=f"{BASE}/upload-url", json=TICKET)
    httpx_mock.add_response(method="PUT", url=STORAGE)
    httpx_mock.add_response(
        method="POST", url=f"{BASE}/intelligibility/predict", json={"job_id": "123"}
    )
    for poll in polls:
        httpx_mock.add_response(method="GET", json=poll)


def test_predict_is_four_calls_when_the_job_is_done_at_once(
    client: Any, httpx_mock: HTTPXMock, wav: Path
) -> None:
    whole(httpx_mock, DONE)
    result = client.predict(file_path=str(wav))
    assert dict(result) == DONE
    assert result["result"]["intelligibility_score"] == 0.85
    assert result.result.intelligibility_score == 0.85
    assert repr(result) == repr(DONE)
    assert [request.method for request in httpx_mock.get_requests()] == [
        "POST",
        "PUT",
        "POST",
        "GET",
    ]


def test_predict_polls_until_the_job_ends(client: Any, httpx_mock: HTTPXMock, wav: Path) -> None:
    running = {"job_id": "123", "status": "processing"}
    whole(httpx_mock, running, running, DONE)
    assert client.predict(wav).status == "completed"


def test_a_failed_job_is_an_inference_error(client: Any, httpx_mock: HTTPXMock, wav: Path) -> None:
    whole(httpx_mock, {"job_id": "123", "status": "failed", "error": "no speech"})
    with pytest.raises(redenlab.InferenceError, match="no speech"):
        client.predict(wav)


def test_the_storage_host_never_sees_the_key(client: Any, httpx_mock: HTTPXMock, wav: Path) -> None:
    whole(httpx_mock, DONE)
    client.predict(wav)
    (put,) = [r for r in httpx_mock.get_requests() if r.method == "PUT"]
    assert KEY not in str(put.headers.raw)
    others = [r for r in httpx_mock.get_requests() if r.method != "PUT"]
    assert all(r.headers["X-Api-Key"] == KEY for r in others)


def test_neither_or_both_sources_are_a_value_error(client: Any, wav: Path) -> None:
    with pytest.raises(ValueError, match="file_path"):
        client.predict()
    with pytest.raises(ValueError, match="two recordings"):
        client.predict(wav, "s3://bucket/key")


@pytest.mark.parametrize("job_id", ["", ".", ".."])
def test_an_id_that_names_another_path_is_refused(client: Any, job_id: str) -> None:
    with pytest.raises(errors.InputError):
        client.get_status(job_id)


def test_an_id_is_one_segment_whatever_is_in_it(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"job_id": "a/b?c#d%2e", "status": "processing"})
    client.get_status("a/b?c#d%2e")
    (request,) = httpx_mock.get_requests()
    assert request.url.raw_path == b"/prod/result/a%2Fb%3Fc%23d%252e?model=intelligibility"


# ---- invalid data


@pytest.mark.parametrize(
    "body",
    [
        b"<html><head><style>p{}</style></head><body><p>Sign in</p></body></html>",
        b"",
        b'{"job_id": "123", "sta',
        b"[" * 200_000,
        b'{"job_id":"123","status":"completed","result":{"intelligibility_score":NaN}}',
        b'{"job_id":"123","status":"completed","result":{"intelligibility_score":1e999}}',
        b'{"job_id":"123","status":"completed","result":{"n":' + b"9" * 5000 + b"}}",
        b"\xff\xfe{}",
        b'\xef\xbb\xbf{"job_id":"123","status":"x"}',
        b'"a string"',
        b"[]",
        b"null",
        b"{}",
        b'{"job_id":123,"status":"completed"}',
        b'{"job_id":"123","status":["completed"]}',
    ],
    ids=lambda body: repr(body[:24]),
)
def test_an_invalid_response_is_a_typed_error_with_a_short_clean_excerpt(
    client: Any, httpx_mock: HTTPXMock, body: bytes
) -> None:
    httpx_mock.add_response(content=body)
    with pytest.raises(errors.UnexpectedResponse) as caught:
        client.get_status("123")
    excerpt = caught.value.body
    assert len(excerpt) <= 200
    assert "<" not in excerpt
    assert "\n" not in excerpt


def test_an_optional_field_that_is_not_as_documented_is_kept_as_it_was_sent(
    client: Any, httpx_mock: HTTPXMock
) -> None:
    sent = {
        "job_id": "123",
        "status": "completed",
        "created_at": "yesterdayish",
        "error": {"code": 7},
        "result": {"intelligibility_score": 0.85},
    }
    httpx_mock.add_response(json=sent)
    found = client.get_result("123")
    assert found.result.intelligibility_score == 0.85
    assert dict(found) == sent
    assert found.created_at is None
    assert len(found.notes) == 2
    assert "created_at" in "".join(found.notes)


@pytest.mark.parametrize("status", [500, 502, 520, 599])
def test_an_html_error_page_is_a_server_error(
    client: Any, httpx_mock: HTTPXMock, status: int
) -> None:
    httpx_mock.add_response(
        status_code=status,
        html="<html><script>x()</script><h1>Bad   Gateway</h1></html>",
        is_reusable=True,
    )
    with pytest.raises(errors.ServerError) as caught:
        client.get_status("123")
    assert caught.value.status == status
    assert "Bad Gateway" in caught.value.body
    assert "script" not in caught.value.body


def test_an_error_carries_what_its_reader_needs(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(
        status_code=429,
        json={"message": "Too Many Requests", "code": "throttled"},
        headers={"Retry-After": "7200", "x-request-id": "req-7"},
    )
    with pytest.raises(errors.RateLimited) as caught:
        client.get_status("123", timeout=5)
    error = caught.value
    assert (error.status, error.code, error.request_id) == (429, "throttled", "req-7")
    assert (error.job_id, error.attempts, error.retryable) == ("123", 1, True)
    assert error.retry_after == 7200
    assert error.hint


@pytest.mark.parametrize("key", ["error", "message", "detail"])
def test_the_text_of_an_error_is_found_wherever_it_is(
    client: Any, httpx_mock: HTTPXMock, key: str
) -> None:
    httpx_mock.add_response(status_code=422, json={key: [{"loc": ["file_key"]}]})
    with pytest.raises(errors.BadRequest, match="file_key"):
        client.get_status("123")


def test_new_fields_of_a_response_are_kept(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(
        json=DONE | {"queue": "gpu", "result": {"intelligibility_score": 1, "ci": [0, 2]}}
    )
    found = client.get_result("123")
    assert found["queue"] == "gpu"
    assert found.result.additional_properties == {"ci": [0, 2]}
    assert found.result["ci"] == [0, 2]
    assert "ci" in found.result


@pytest.mark.parametrize(
    "stamp",
    [
        "2025-01-15T10:30:00",
        "2025-01-15T10:30:00.12Z",
        "2025-01-15T10:30:00.123456789+02:00",
        "2025-01-15 10:30:00",
    ],
)
def test_timestamps_are_read_leniently(client: Any, httpx_mock: HTTPXMock, stamp: str) -> None:
    httpx_mock.add_response(json=DONE | {"created_at": stamp})
    assert client.get_status("123").created_at.year == 2025


def test_null_for_an_optional_field_is_none(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json=DONE | {"error": None, "completed_at": None})
    status = client.get_status("123")
    assert (status.error, status.completed_at) == (None, None)


# ---- sync and async


def test_sync_and_async_have_the_same_methods() -> None:
    import inspect

    def surface(kind: type) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, member in inspect.getmembers(kind, callable):
            if name.startswith("_"):
                continue
            signature = str(inspect.signature(member))
            assert inspect.getdoc(member), name
            for text in (
                "AsyncIterator",
                "AsyncGenerator",
                "AsyncJobClient",
                "AsyncJob",
                "AsyncInferenceClient",
                "AsyncRun",
            ):
                signature = signature.replace(text, text.removeprefix("Async"))
            signature = signature.replace(", None, None]", ", None]")  # what is sent to generators
            found[name] = signature.replace("SyncJobClient", "JobClient")
        return found

    assert surface(redenlab.InferenceClient) == surface(redenlab.AsyncInferenceClient)
    assert surface(redenlab.Job) == surface(redenlab.AsyncJob)


def test_a_transport_of_the_other_kind_is_refused() -> None:
    import httpx

    with pytest.raises(errors.ConfigurationError, match="the async client"):
        InferenceClient(KEY, BASE, transport=httpx.AsyncHTTPTransport(verify=False))
    with pytest.raises(errors.ConfigurationError, match="the sync client"):
        redenlab.AsyncInferenceClient(KEY, BASE, transport=httpx.HTTPTransport(verify=False))


def test_an_unknown_option_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="retires"):
        InferenceClient(KEY, BASE, retires=3)  # type: ignore[call-arg]
