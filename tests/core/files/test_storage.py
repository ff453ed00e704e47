"""Uploads to presigned links."""

from typing import Any

import pytest

from drivers import Driver, Virtual
from engine import predict
from fake_api import KEY, STORAGE, FakeApi, Lost, Say, say
from redenlab.core import errors
from redenlab.core.calls.retry import Retry
from redenlab.lowlevel.types import RawResponse
from virtual_io import Slow


def test_storage_gets_the_recording_and_nothing_else(driver: Driver, fake_api: FakeApi) -> None:
    predict(driver, fake_api, b"RIFF1234")
    (put,) = [message for message in fake_api.seen if message.method == "PUT"]
    assert put.url.startswith(STORAGE)
    names = {name.title() for name in put.headers} - {"Host"}
    assert names == {"Content-Type", "Content-Length"}
    assert put.headers["Content-Length"] == "8"
    assert KEY not in repr(dict(put.headers))


@pytest.mark.parametrize("fault", [Lost(acted=False), say(500), say(403), say(307, location="x")])
def test_an_upload_is_tried_once(driver: Driver, fake_api: FakeApi, fault: Any) -> None:
    fake_api.faults["put"] = [fault]
    with pytest.raises(errors.UploadError) as caught:
        predict(driver, fake_api)
    assert fake_api.calls["put"] == 1
    assert fake_api.calls["predict"] == 0
    assert caught.value.job_id == "job-1"
    assert "5ecre7" not in str(caught.value)


AGAIN = Retry(initial=0, jitter=0, uploads=True)


@pytest.mark.parametrize("fault", [Lost(acted=False), Lost(acted=True), say(500), say(503)])
def test_an_upload_is_repeated_from_its_beginning_on_request(
    driver: Driver, fake_api: FakeApi, fault: Any
) -> None:
    fake_api.faults["put"] = [fault, fault]
    predict(driver, fake_api, b"RIFF1234", retry=AGAIN)
    bodies = [message.content for message in fake_api.seen if message.method == "PUT"]
    assert bodies == [b"RIFF1234"] * 3


@pytest.mark.parametrize("fault", [say(400), say(403), say(404), say(410), say(307, location="x")])
def test_a_link_that_was_refused_is_not_used_again(fake_api: FakeApi, fault: Any) -> None:
    fake_api.faults["put"] = [fault]
    with pytest.raises(errors.UploadError):
        predict(Virtual(), fake_api, retry=AGAIN)
    assert fake_api.calls["put"] == 1


def test_an_upload_is_repeated_only_while_its_link_is_valid(fake_api: FakeApi) -> None:
    fake_api.expires_in = 60
    fake_api.faults["put"] = [Slow(40, RawResponse(503, {}, b"")), say(503)]
    with pytest.raises(errors.UploadError) as caught:
        predict(Virtual(), fake_api, retry=Retry(initial=20, jitter=0, uploads=True))
    assert (fake_api.calls["put"], caught.value.attempts) == (1, 1)
    assert fake_api.started == []


REGION = "https://eu.storage.example.com/recordings?signature=5ecre7"


def test_a_redirect_to_another_host_of_the_storage_is_followed(
    driver: Driver, fake_api: FakeApi
) -> None:
    fake_api.faults["put"] = [say(307, location=REGION)]
    predict(driver, fake_api, b"RIFF1234")
    first, second = [message for message in fake_api.seen if message.method == "PUT"]
    assert second.url == REGION
    assert second.headers.get("Host", "eu.storage.example.com") == "eu.storage.example.com"
    assert first.headers["Content-Length"] == second.headers["Content-Length"] == "8"
    assert KEY not in repr(dict(second.headers))


@pytest.mark.parametrize(
    "fault",
    [
        say(307, location="https://storage.evil.example/x"),
        say(307, location="https://eu.storage.example.com:0/x"),
        say(307, location="http://eu.storage.example.com/x"),
        say(307, location="https://user@eu.storage.example.com/x"),
        say(307, location="https://10.0.0.1/x"),
        say(307, location="//localhost/x"),
        say(307),
        say(308, location=REGION),
        say(302, location=REGION),
    ],
)
def test_no_other_redirect_of_an_upload_is_followed(fake_api: FakeApi, fault: Any) -> None:
    fake_api.faults["put"] = [fault]
    with pytest.raises(errors.UploadError):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 1


def test_a_redirect_of_an_upload_is_followed_once(fake_api: FakeApi) -> None:
    other = "https://us.storage.example.com/recordings"
    fake_api.faults["put"] = [say(307, location=REGION), say(307, location=other)]
    with pytest.raises(errors.UploadError):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 2


def test_the_error_code_of_the_storage_is_kept(fake_api: FakeApi) -> None:
    body = b"<Error><Code>SignatureDoesNotMatch</Code><Message>?</Message></Error>"
    fake_api.faults["put"] = [Say(403, body, {"x-amz-request-id": "amz-1"})]
    with pytest.raises(errors.UploadError) as caught:
        predict(Virtual(), fake_api)
    error = caught.value
    assert (error.status, error.code, error.request_id) == (403, "SignatureDoesNotMatch", "amz-1")


def test_a_link_that_is_too_old_is_not_used(fake_api: FakeApi) -> None:
    fake_api.expires_in = 3
    with pytest.raises(errors.UploadError, match="expired"):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://storage.example.com/x",
        "http://169.254.169.254/latest",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "ftp://storage.example.com/x",
        "file:///etc/passwd",
        "https://user:pw@storage.example.com/x",
        "https://storage.example.com\\@127.0.0.1/x",
        "https://[::1]/x",
        "https://[/x",
        "data:,x",
        "",
    ],
)
def test_a_link_into_the_dark_is_refused(fake_api: FakeApi, url: str) -> None:
    fake_api.upload_url = url
    with pytest.raises(errors.UploadError, match="sent (a link that|no URL)"):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 0


def test_an_upload_that_is_too_slow_is_an_upload_timeout(fake_api: FakeApi) -> None:
    fake_api.faults["put"] = [Slow(99, RawResponse(200, {}, b""))]
    with pytest.raises(errors.UploadTimeout) as caught:
        predict(Virtual(), fake_api, timeout=50)
    assert isinstance(caught.value, TimeoutError)
    assert fake_api.started == []
