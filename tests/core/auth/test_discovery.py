"""The document that says where the service is: believed as far as the spec lists hosts."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from redenlab import ConfigurationError, InferenceClient, NetworkError
from redenlab.core.auth.discovery import MAX_AGE, Discovery
from redenlab.core.transport.io import OutgoingRequest, run
from redenlab.lowlevel.types import RawResponse
from virtual_io import Slow, VirtualIo

URL = "https://d1.example.net/endpoint.json"
HOSTS = (".amazonaws.com", ".amazoncognito.com")
GOOD: dict[str, Any] = {
    "base_url": "https://x1.execute-api.eu-west-1.amazonaws.com/prod/",
    "updated_at": "2026-01-01T00:00:00Z",
    "version": "7",
    "cognito": {"domain": "red.auth.eu-west-1.amazoncognito.com", "client_id": "people"},
}


class Web:
    """Answers with a document, or whatever it is told to."""

    def __init__(self, document: Any = None) -> None:
        self.response: Any = RawResponse(200, {}, json.dumps(document or GOOD).encode())
        self.seen: list[OutgoingRequest] = []
        self.io = VirtualIo(self)

    def __call__(self, message: OutgoingRequest) -> Any:
        self.seen.append(message)
        return self.response


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "discovery.yaml"


def place(web: Web, cache: Path, url: str = URL) -> Any:
    return run(Discovery(url, HOSTS, cache).endpoints(web.io, 1000))


def test_the_document_names_the_api_and_the_authorization_server(cache: Path) -> None:
    found = place(Web(), cache)
    assert found.base_url == "https://x1.execute-api.eu-west-1.amazonaws.com/prod"
    assert found.sign_in_url == "https://red.auth.eu-west-1.amazoncognito.com"
    assert found.client_id == "people"


def test_it_is_asked_for_without_any_credential(cache: Path) -> None:
    web = Web()
    place(web, cache)
    (message,) = web.seen
    assert (message.method, message.url) == ("GET", URL)
    assert not {name.lower() for name in message.headers} & {"authorization", "x-api-key", "cookie"}


def test_it_is_asked_for_once_a_day(cache: Path) -> None:
    web = Web()
    assert place(web, cache) == place(web, cache)
    assert len(web.seen) == 1
    assert cache.stat().st_mode & 0o777 == 0o600
    kept = yaml.safe_load(cache.read_text())
    cache.write_text(yaml.safe_dump({**kept, "fetched": time.time() - MAX_AGE - 1}))
    place(web, cache)
    assert len(web.seen) == 2


def test_a_copy_from_the_future_is_asked_for_anew(cache: Path) -> None:
    web = Web()
    place(web, cache)
    kept = yaml.safe_load(cache.read_text())
    cache.write_text(yaml.safe_dump({**kept, "fetched": time.time() + 3600}))
    place(web, cache)
    assert len(web.seen) == 2


@pytest.mark.parametrize(
    "response",
    [NetworkError("gone"), RawResponse(503, {}, b""), Slow(6.0, RawResponse(200, {}, b"{}"))],
)
def test_a_stale_copy_is_better_than_none(cache: Path, response: Any) -> None:
    web = Web()
    fresh = place(web, cache)
    kept = yaml.safe_load(cache.read_text())
    cache.write_text(yaml.safe_dump({**kept, "fetched": 0.0}))
    web.response = response
    assert place(web, cache) == fresh


def test_without_a_copy_the_failure_is_told(cache: Path) -> None:
    web = Web()
    web.response = RawResponse(503, {}, b"")
    with pytest.raises(NetworkError, match="503") as caught:
        place(web, cache)
    assert (caught.value.retryable, caught.value.sent) == (True, False)


def test_a_slow_host_is_given_five_seconds(cache: Path) -> None:
    web = Web()
    web.response = Slow(60.0, RawResponse(200, {}, b"{}"))
    with pytest.raises(NetworkError):
        place(web, cache)
    assert web.io.clock == 5.0


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"base_url": "https://api.evil.example/prod"}, "is not trusted"),
        ({"base_url": "https://amazonaws.com.evil.example"}, "is not trusted"),
        ({"base_url": "https://evilamazonaws.com"}, "is not trusted"),
        ({"base_url": "http://x.amazonaws.com"}, "is not https"),
        ({"base_url": "https://u:p@x.amazonaws.com"}, "user info"),
        ({"base_url": "https://127.0.0.1/prod"}, "is not trusted"),
        ({"base_url": 5}, "is not https|is malformed"),
        ({"cognito": {"domain": "auth.evil.example", "client_id": "x"}}, "is not trusted"),
        ({"cognito": "red"}, "is not https|is malformed"),
    ],
)
def test_a_document_that_points_elsewhere_is_not_believed(
    cache: Path, change: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        place(Web({**GOOD, **change}), cache)
    assert not cache.exists()


@pytest.mark.parametrize("content", [b"<html>", b"", b'"x"', b"[]"])
def test_what_is_no_document_is_a_typed_error(cache: Path, content: bytes) -> None:
    web = Web()
    web.response = RawResponse(200, {}, content)
    with pytest.raises(ConfigurationError):
        place(web, cache)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: {**kept, "document_url": "https://other.example/endpoint.json"},
        lambda kept: {**kept, "base_url": "https://api.evil.example"},
        lambda kept: {**kept, "fetched": "soon"},
        lambda kept: {},
        lambda kept: ["no"],
    ],
)
def test_a_copy_that_was_tampered_with_is_thrown_away(cache: Path, spoil: Any) -> None:
    web = Web()
    fresh = place(web, cache)
    cache.write_text(yaml.safe_dump(spoil(yaml.safe_load(cache.read_text()))))
    assert place(web, cache) == fresh
    assert len(web.seen) == 2


def test_a_folder_that_cannot_be_written_costs_a_request_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    web = Web()
    assert place(web, tmp_path / "file" / "discovery.yaml").client_id == "people"


def test_making_a_client_asks_for_nothing() -> None:
    client = InferenceClient(client_id="me", client_secret="cs-5ecre7-0")
    assert repr(client) == "InferenceClient('')"


def test_a_key_without_an_address_is_not_sent_to_whom_a_document_names() -> None:
    with pytest.raises(ConfigurationError, match="there is no base URL"):
        InferenceClient(api_key="sk_test_5ecre7_1234")
