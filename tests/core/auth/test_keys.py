"""Where a spec says that its key goes: in a header with a prefix, or in the query."""

import logging
from pathlib import Path

import anyio
import httpx
import pytest

import redenlab
from redenlab.core.errors import RedenLabError, ServerError
from scripted_api import EXAMPLES, ScriptedApi, options
from secret_leak_check import traceback_with_locals

KEY = "sk_c4n4ry_c4n4ry"
TOLD = {"number": "7", "stage": "told", "text": {"words": "a cat"}}

SCHEMES = {
    "header": "{type: apiKey, in: header, name: X-Key}",
    "prefix": "{type: apiKey, in: header, name: Authorization, x-prefix: Key}",
    "bearer": "{type: http, scheme: bearer}",
    "query": "{type: apiKey, in: query, name: api_key}",
}


@pytest.fixture
def spec(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Acme, whose key goes where the parameter of the test says."""
    before = "{type: apiKey, in: header, name: Acme-Key}"
    text = (EXAMPLES / "acme.yaml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "acme.yaml"
    path.write_text(text.replace(before, SCHEMES[request.param]))
    return path


def call(spec: Path, api: ScriptedApi, *, is_async: bool = False) -> None:
    """Get the status of a job."""

    async def main() -> None:
        async with redenlab.connect_async(spec, **options(api, api_key=KEY)) as client:
            await client.get_status("7")

    if is_async:
        anyio.run(main)
        return
    with redenlab.connect(spec, **options(api, api_key=KEY)) as client:
        client.get_status("7")


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("spec", "name", "value"),
    [
        ("header", "X-Key", KEY),
        ("prefix", "Authorization", f"Key {KEY}"),
        ("bearer", "Authorization", f"Bearer {KEY}"),
    ],
    indirect=["spec"],
)
def test_a_key_goes_into_its_header_behind_its_prefix(
    spec: Path, name: str, value: str, *, is_async: bool
) -> None:
    api = ScriptedApi().on("GET /captions/7", TOLD)
    call(spec, api, is_async=is_async)
    (request,) = api.requests
    assert request.headers[name] == value
    assert KEY not in str(request.url)


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("spec", ["query"], indirect=True)
def test_a_key_goes_into_the_query_and_into_no_header(spec: Path, *, is_async: bool) -> None:
    api = ScriptedApi().on("GET /captions/7", TOLD)
    call(spec, api, is_async=is_async)
    (request,) = api.requests
    assert dict(request.url.params) == {"api_key": KEY}
    assert KEY not in str(request.headers)


@pytest.mark.parametrize("spec", SCHEMES, indirect=True)
@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(401, json={"error": f"the key {KEY} is unknown"}),
        httpx.Response(400, text=f"bad request: /captions/7?api_key={KEY}"),
        httpx.Response(503),
        httpx.Response(302, headers={"Location": f"https://evil.example/?api_key={KEY}"}),
        httpx.Response(200, text=f"<html>{KEY}</html>"),
        httpx.ConnectError("no route to host"),
    ],
    ids=lambda response: str(getattr(response, "status_code", "lost")),
)
def test_the_key_is_in_no_error_and_in_no_log(
    spec: Path, response: httpx.Response | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "redenlab")
    api = ScriptedApi().on("GET /captions/7", response)
    with pytest.raises(RedenLabError) as caught:
        call(spec, api)
    error = caught.value
    assert KEY not in f"{error} {error!r} {vars(error)}"
    assert KEY not in traceback_with_locals(error)
    assert KEY not in caplog.text


@pytest.mark.parametrize("spec", SCHEMES, indirect=True)
def test_the_key_is_in_no_repr_of_a_client(spec: Path) -> None:
    with redenlab.connect(spec, **options(ScriptedApi(), api_key=KEY)) as client:
        assert KEY not in f"{client!r} {vars(client)}"


@pytest.mark.parametrize("spec", ["query"], indirect=True)
def test_a_retried_request_has_its_key_once(spec: Path) -> None:
    api = ScriptedApi().on("GET /captions/7", httpx.Response(503), TOLD)
    call(spec, api)
    assert [dict(request.url.params) for request in api.requests] == [{"api_key": KEY}] * 2
    assert [str(request.url).count(KEY) for request in api.requests] == [1, 1]
    with pytest.raises(ServerError):
        call(spec, ScriptedApi().on("GET /captions/7", httpx.Response(503)))
