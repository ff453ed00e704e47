"""The authorization server of the sandbox, spoken to in bare HTTP: strict, and never a leak."""

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

import redenlab.sandbox
from redenlab.sandbox import Sandbox
from redenlab.sandbox.host.identity import LOGIN_CLIENT

VERIFIER = "v" * 43
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)
TARGET = "http://localhost:9999/callback"


@pytest.fixture
def http(sandbox: Sandbox) -> Iterator[httpx.Client]:
    origin = sandbox.token_url.removesuffix("/oauth2/token")
    with httpx.Client(base_url=origin, trust_env=False) as made:
        yield made


def ask(http: httpx.Client, sandbox: Sandbox, **form: str) -> httpx.Response:
    pair = (sandbox.client_id, sandbox.client_secret)
    return http.post("/oauth2/token", data=form, auth=pair)


def agreed(http: httpx.Client, page: httpx.Response) -> httpx.Response:
    """What the button of the page does."""
    (nonce,) = re.findall('name="nonce" value="([^"]+)"', page.text)
    return http.post("/oauth2/authorize", data={"nonce": nonce})


def code(http: httpx.Client, **change: str) -> str:
    query = {
        "response_type": "code",
        "client_id": LOGIN_CLIENT,
        "redirect_uri": TARGET,
        "state": "s",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    page = http.get("/oauth2/authorize", params=query | change)
    response = agreed(http, page)
    assert response.status_code == 302, response.text
    found = parse_qs(urlsplit(response.headers["location"]).query)
    assert found["state"] == ["s"]
    return found["code"][0]


def test_a_program_gets_a_token_that_the_api_takes(http: httpx.Client, sandbox: Sandbox) -> None:
    response = ask(http, sandbox, grant_type="client_credentials", scope="ml-api/whisperx")
    body = response.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert response.headers["cache-control"] == "no-store"
    headers = {"Authorization": f"Bearer {body['access_token']}"}
    assert http.get("/ml/prod/intelligibility/health", headers=headers).json()["ready"] is True


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "client_credentials", "scope": "ml-api/other"}, "invalid_scope"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "x"}, "invalid_grant"),
    ],
)
def test_a_bad_grant_is_refused_with_the_error_code_of_the_rfc(
    http: httpx.Client, sandbox: Sandbox, form: dict[str, str], error: str
) -> None:
    response = ask(http, sandbox, **form)
    assert (response.status_code, response.json()) == (400, {"error": error})


def test_a_wrong_secret_is_refused(http: httpx.Client, sandbox: Sandbox) -> None:
    form = {"grant_type": "client_credentials"}
    response = http.post("/oauth2/token", data=form, auth=(sandbox.client_id, "wrong"))
    assert (response.status_code, response.json()) == (401, {"error": "invalid_client"})


def test_a_code_is_for_one_exchange_with_its_own_verifier_and_callback(
    http: httpx.Client, sandbox: Sandbox
) -> None:
    form: dict[str, Any] = {
        "grant_type": "authorization_code",
        "redirect_uri": TARGET,
        "code_verifier": VERIFIER,
    }
    good = code(http)
    assert ask(http, sandbox, **form, code=good).json()["refresh_token"]
    assert ask(http, sandbox, **form, code=good).status_code == 400  # once
    assert ask(http, sandbox, **{**form, "code_verifier": "w" * 43}, code=code(http)).is_error
    other = {**form, "redirect_uri": "http://localhost:1/callback"}
    assert ask(http, sandbox, **other, code=code(http)).is_error


def test_a_refresh_token_is_no_access_token(http: httpx.Client, sandbox: Sandbox) -> None:
    form = {"grant_type": "authorization_code", "redirect_uri": TARGET, "code_verifier": VERIFIER}
    tokens = ask(http, sandbox, **form, code=code(http)).json()
    headers = {"Authorization": f"Bearer {tokens['refresh_token']}"}
    assert http.get("/ml/prod/intelligibility/health", headers=headers).status_code == 401
    again = ask(
        http,
        sandbox,
        grant_type="refresh_token",
        client_id=LOGIN_CLIENT,
        refresh_token=tokens["refresh_token"],
    )
    assert again.json()["access_token"] != tokens["access_token"]


@pytest.mark.parametrize(
    "change",
    [
        {"response_type": "token"},
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/callback"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
    ],
)
def test_an_invalid_authorization_request_does_not_redirect(
    http: httpx.Client, change: dict[str, str]
) -> None:
    query = {
        "response_type": "code",
        "client_id": LOGIN_CLIENT,
        "redirect_uri": TARGET,
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    response = http.get("/oauth2/authorize", params=query | change)
    assert (response.status_code, "location" in response.headers) == (400, False)


@pytest.mark.parametrize("token", ["", "x", "at_sandbox_9999999999_ab_cd", "a_b", "____"])
def test_a_made_up_token_is_refused(http: httpx.Client, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".strip()}
    assert http.get("/ml/prod/intelligibility/health", headers=headers).status_code == 401


def test_a_token_ends(tmp_path: Any) -> None:
    with redenlab.sandbox.running(token_seconds=0) as running:
        form = {"grant_type": "client_credentials"}
        pair = (running.client_id, running.client_secret)
        token = httpx.post(running.token_url, data=form, auth=pair, trust_env=False).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        response = httpx.get(f"{running.url}/intelligibility/health", headers=headers)
    assert response.status_code == 401


def test_a_result_link_gives_its_file_and_nothing_else(sandbox: Sandbox, talk: Any) -> None:
    with sandbox.client("token", model_name="whisperx") as client:
        found = client.predict(talk)
    url = found["result_url"]
    plain = httpx.Client(trust_env=False)
    with plain:
        assert plain.get(url).json()["segments"]
        assert plain.get(url.replace("/data?", "/other?")).status_code == 403
        assert plain.put(url, content=b"x").status_code == 403
        assert plain.get(url, headers={"Authorization": "Bearer x"}).status_code == 400
