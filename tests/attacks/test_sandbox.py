"""Who reaches the sandbox, where it sends a code, and how long it keeps a recording.

Rows of the table in README.md; the guards are in guards_sandbox.toml.
"""

import io
import os
import re
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import numpy as np
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import redenlab
import redenlab.sandbox
from example_trees import EXAMPLES
from redenlab import ConfigurationError
from redenlab.ml.audio import NotAudio
from redenlab.sandbox import Sandbox
from redenlab.sandbox.audio import sound
from redenlab.sandbox.host import app, folder
from redenlab.sandbox.host.folder import Folder
from redenlab.sandbox.host.identity import LOGIN_CLIENT, WAITING, _Once, _Wish

TARGET = "http://localhost:9999/callback"
WISH = {
    "response_type": "code",
    "client_id": LOGIN_CLIENT,
    "redirect_uri": TARGET,
    "state": "s",
    "code_challenge": "c" * 43,
    "code_challenge_method": "S256",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as made:
        yield made


PLACES = {
    "page": "{page}",
    "state": "{page}_sandbox/state",
    "API": "{api}/intelligibility/health",
    "sign-in": "{page}oauth2/token",
    "discovery": "{page}endpoint.json",
    "storage": "{storage}/object",
}


def place(sandbox: Sandbox, name: str) -> str:
    return PLACES[name].format(page=sandbox.page_url, api=sandbox.url, storage=sandbox.storage_url)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize(
    "host",
    [
        pytest.param("evil.example", id="foreign"),
        pytest.param("127.0.0.1.evil.example", id="begins as an address"),
        pytest.param("localhost.evil.example", id="begins as localhost"),
        pytest.param("192.168.0.7", id="network"),
        pytest.param("0.0.0.0", id="unspecified"),
        pytest.param("", id="empty"),
    ],
)
def test_a_rebound_name_reaches_nothing(
    sandbox: Sandbox, http: httpx.Client, name: str, host: str
) -> None:
    """The browser of a page whose name was pointed to this machine sends that name."""
    headers = {"Host": host, "X-Api-Key": sandbox.api_key}
    response = http.get(place(sandbox, name), headers=headers)
    assert (response.status_code, "this machine alone" in response.text) == (403, True)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost.evil.example", "file://", "http://["],
)
def test_a_foreign_page_reaches_nothing(
    sandbox: Sandbox, http: httpx.Client, name: str, origin: str
) -> None:
    headers = {"Origin": origin, "X-Api-Key": sandbox.api_key}
    response = http.post(place(sandbox, name), headers=headers)
    assert (response.status_code, "this machine alone" in response.text) == (403, True)


@pytest.mark.parametrize("name", ["page", "state", "sign-in", "discovery"])
def test_a_page_of_another_server_of_this_machine_reaches_nothing_without_a_key(
    sandbox: Sandbox, http: httpx.Client, name: str
) -> None:
    headers = {"Origin": "http://localhost:3000"}
    assert http.post(place(sandbox, name), headers=headers).status_code == 403


def test_a_page_of_this_machine_may_use_the_api_with_a_key(
    sandbox: Sandbox, http: httpx.Client
) -> None:
    headers = {"Origin": "http://localhost:3000", "X-Api-Key": sandbox.api_key}
    assert http.get(place(sandbox, "API"), headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}],
    ids=["foreign", "no origin"],
)
def test_a_foreign_page_opens_no_socket(sandbox: Sandbox, headers: dict[str, str]) -> None:
    """Browsers apply no same-origin policy to WebSockets."""
    url = f"ws{sandbox.urls['dalston'].removeprefix('http')}/v1/audio/transcriptions/stream"
    key = {"Authorization": f"Bearer {sandbox.api_key}"}
    with connect(url, additional_headers=key, proxy=None):
        pass  # a program may
    with pytest.raises(InvalidStatus) as caught:
        connect(url, additional_headers=key | headers, proxy=None).__enter__()
    assert caught.value.response.status_code == 403


# ---- signing in


def asked(http: httpx.Client, sandbox: Sandbox, **changes: str) -> httpx.Response:
    return http.get(f"{sandbox.page_url}oauth2/authorize", params=WISH | changes)


def agree(http: httpx.Client, sandbox: Sandbox, nonce: str | None) -> httpx.Response:
    form = {} if nonce is None else {"nonce": nonce}
    return http.post(f"{sandbox.page_url}oauth2/authorize", data=form)


def nonce_of(page: httpx.Response) -> str:
    (found,) = re.findall('name="nonce" value="([^"]+)"', page.text)
    return found


def test_a_browser_that_is_sent_here_brings_no_code_back(
    sandbox: Sandbox, http: httpx.Client
) -> None:
    page = asked(http, sandbox)
    assert (page.status_code, page.headers.get("location")) == (200, None)
    assert "code=" not in page.text
    answer = agree(http, sandbox, nonce_of(page))
    assert parse_qs(urlsplit(answer.headers["location"]).query)["state"] == ["s"]


@pytest.mark.parametrize("nonce", [None, "", "x" * 32], ids=["none", "empty", "guessed"])
def test_a_form_without_the_nonce_of_the_page_brings_no_code(
    sandbox: Sandbox, http: httpx.Client, nonce: str | None
) -> None:
    asked(http, sandbox)
    answer = agree(http, sandbox, nonce)
    assert (answer.status_code, answer.json()) == (403, {"error": "access_denied"})


def test_a_nonce_is_good_once(sandbox: Sandbox, http: httpx.Client) -> None:
    nonce = nonce_of(asked(http, sandbox))
    assert agree(http, sandbox, nonce).status_code == 302
    assert agree(http, sandbox, nonce).status_code == 403


def test_a_nonce_is_good_for_a_time() -> None:
    kept = _Once()
    kept.keep("late", _Wish("", "", ""), 0)
    kept.keep("in time", _Wish("", "", ""), 60)
    assert kept.take("late") is None
    assert kept.take("in time") is not None


def test_questions_fill_no_memory() -> None:
    kept = _Once()
    for number in range(WAITING + 50):
        kept.keep(str(number), _Wish("", "", ""), 60)
    assert len(kept._kept) == WAITING
    assert kept.take("0") is None
    assert kept.take(str(WAITING)) is not None


def test_the_question_cannot_be_framed_or_scripted(sandbox: Sandbox, http: httpx.Client) -> None:
    headers = asked(http, sandbox).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://localhost:9999;" in policy
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("https://evil.example/callback", id="foreign"),
        pytest.param("javascript://localhost:9/%0aalert(1)", id="script"),
        pytest.param("intent://127.0.0.1:9/callback", id="application"),
        pytest.param("http://127.0.0.1:9@evil.example/", id="user info"),
        pytest.param("http://localhost:9\\@evil.example/", id="backslash"),
        pytest.param("//localhost:9/callback", id="no scheme"),
        pytest.param("http://localhost:9/callback#code", id="fragment"),
        pytest.param("http://localhost:9/callback?code=mine", id="query"),
        pytest.param('http://localhost:9/"><script>', id="markup"),
        pytest.param("http://localhost:9/a\r\nSet-Cookie: a", id="line break"),
        pytest.param("http://localhost.evil.example:9/", id="begins as localhost"),
        pytest.param("http://localhost:9;form-action *", id="policy"),
        pytest.param("http://[::1", id="malformed"),
        pytest.param("http://localhost:99999/callback", id="no port"),
    ],
)
def test_a_code_goes_to_a_server_of_this_machine_alone(
    sandbox: Sandbox, http: httpx.Client, target: str
) -> None:
    answer = asked(http, sandbox, redirect_uri=target)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_code_goes_to_each_loopback_address(
    sandbox: Sandbox, http: httpx.Client, host: str
) -> None:
    assert asked(http, sandbox, redirect_uri=f"http://{host}:9/callback").status_code == 200


def test_a_sign_in_that_was_revoked_is_over(sandbox: Sandbox, http: httpx.Client) -> None:
    identity = sandbox._identity
    token = identity._signed("rt", 60)
    form = {"grant_type": "refresh_token", "client_id": LOGIN_CLIENT, "refresh_token": token}
    assert http.post(sandbox.token_url, data=form).status_code == 200
    url = sandbox.token_url.replace("token", "revoke")
    assert http.post(url, data={"token": token, "client_id": "other"}).status_code == 401
    assert http.post(url, data={"token": token, "client_id": LOGIN_CLIENT}).status_code == 200
    assert http.post(sandbox.token_url, data=form).json() == {"error": "invalid_grant"}


# ---- the folder


@pytest.mark.parametrize(
    ("name", "mode"),
    [("", 0o770), ("", 0o702), ("files", 0o777), ("incoming", 0o720)],
    ids=["group", "others", "recordings", "incomplete recordings"],
)
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, name: str, mode: int) -> None:
    root = tmp_path / "kept"
    (root / name).mkdir(parents=True)
    (root / name).chmod(mode)
    with pytest.raises(ConfigurationError, match="others can write to") as caught:
        Sandbox(folder=root)
    assert str(caught.value.hint).startswith("run: chmod go-w ")


def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="belongs to another user"):
        folder._refuse_shared(tmp_path, tmp_path.stat(), user=os.getuid() + 1)


@pytest.mark.parametrize("how", ["readable by all", "a link"])
def test_a_key_that_others_have_put_there_is_refused(tmp_path: Path, how: str) -> None:
    state = Folder(tmp_path / "kept")
    path, planted = state.root / "api-key", tmp_path / "planted"
    planted.write_text("sk_sandbox_planted")
    planted.chmod(0o600)
    if how == "a link":
        path.symlink_to(planted)
    else:
        path.write_text("sk_sandbox_planted")
        path.chmod(0o644)
    with pytest.raises(ConfigurationError):
        state.secret("api-key")


def recordings(root: Path) -> list[Path]:
    return sorted((root / "files").iterdir())


def test_a_recording_is_deleted_in_time(tmp_path: Path) -> None:
    with redenlab.sandbox.running(processing=0, folder=tmp_path / "kept") as sandbox:
        with sandbox.client() as client:
            client.predict(wav(16_000))
        (kept,) = recordings(sandbox.folder)
        os.utime(kept, (0, time.time() - 86_300))
    with redenlab.sandbox.running(folder=tmp_path / "kept") as sandbox:
        assert recordings(sandbox.folder) == [kept]
        os.utime(kept, (0, time.time() - 86_500))
    with redenlab.sandbox.running(processing=0, folder=tmp_path / "kept") as sandbox:
        assert recordings(sandbox.folder) == []
        assert sandbox.jobs_created == 1  # its result is still there


def test_a_running_sandbox_deletes_as_well(tmp_path: Path) -> None:
    state = Folder(tmp_path / "kept")
    with redenlab.sandbox.running(folder=state.root, keep_seconds=0.2):
        old = state.files / "old"
        old.write_bytes(b"RIFF")
        until = time.monotonic() + 30
        while old.exists() and time.monotonic() < until:
            time.sleep(0.01)
    assert recordings(state.root) == []


def test_what_is_young_is_kept(tmp_path: Path) -> None:
    state = Folder(tmp_path / "kept")
    old, young = state.files / "old", state.files / "young"
    for file in (old, young):
        file.write_bytes(b"RIFF")
    now = time.time()
    os.utime(old, (now - 100, now - 100))
    assert (state.sweep(now - 50), recordings(state.root)) == (1, [young])


def test_a_short_recording_is_in_no_journal(tmp_path: Path) -> None:
    """What is in the journal stays; so bytes of audio go to files, however few they are."""
    spec, content = EXAMPLES / "assemblyai.yaml", wav(16_000, 800)
    with redenlab.sandbox.running(processing=0, folder=tmp_path / "kept", spec=spec) as sandbox:
        key = sandbox.api_key
        with redenlab.connect(spec, base_url=sandbox.url, api_key=key) as client:
            client.upload(content)
        assert len(recordings(sandbox.folder)) == 1
    journal = b"".join(each.read_bytes() for each in (tmp_path / "kept").glob("journal*"))
    assert content[100:400].hex().encode() not in journal


# ---- bounds


def wav(rate: int, samples: int = 20_000) -> bytes:
    data = np.random.default_rng(0).normal(0, 3000, samples).astype("<i2").tobytes()
    head = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    size = struct.pack("<I", 36 + len(data))
    return b"RIFF" + size + b"WAVEfmt " + head + b"data" + struct.pack("<I", len(data)) + data


@pytest.mark.parametrize("rate", [192_001, 999_999, 1_000_000])
def test_an_absurd_sampling_rate_is_refused(rate: int) -> None:
    with pytest.raises(NotAudio, match=f"no sound is sampled at {rate} Hz"):
        sound.decode(io.BytesIO(wav(rate, 200_000)))


def test_a_high_rate_with_a_large_prime_factor_takes_little_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half a gigabyte for a spectrum of two million samples, of which numpy tells nobody."""
    lengths: list[int] = []
    stretch = sound._stretch

    def measured(signal: Any, length: int) -> Any:
        lengths.append(len(signal))
        return stretch(signal, length)

    monkeypatch.setattr(sound, "_stretch", measured)
    found = sound.decode(io.BytesIO(wav(191_999, 200_000)))
    assert len(found.signal) == pytest.approx(200_000 / 191_999 * 16_000, abs=2)
    assert max(lengths) < 600_000


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000, 191_999])
def test_a_tone_is_the_same_at_every_rate(rate: int) -> None:
    """What is resampled in shorter windows is resampled as well."""
    times = np.arange(3 * rate) / rate
    found = sound.resample(np.sin(2 * np.pi * 440 * times).astype(np.float32), rate)
    expected = np.sin(2 * np.pi * 440 * np.arange(len(found)) / 16_000)
    assert np.abs(found - expected)[1600:-1600].max() < 0.01


def _chunks(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"\0" * 65_536


@pytest.mark.parametrize("kind", ["audio/wav", "application/x-unknown", "multipart/form-data"])
def test_a_body_without_end_is_refused(
    sandbox: Sandbox, http: httpx.Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(app, "MAX_BYTES", 2 * 1024**2)
    url = f"{sandbox.urls['replicate']}/files"
    headers = {"Authorization": f"Bearer {sandbox.api_key}"}
    sent: dict[str, Any]
    if kind.startswith("multipart"):
        headers["Content-Type"] = "multipart/form-data; boundary=b"
        head = b'--b\r\nContent-Disposition: form-data; name="content"; filename="a"\r\n\r\n'
        sent = {"content": (each for part in ([head], _chunks(64)) for each in part)}
    else:
        headers["Content-Type"] = kind
        sent = {"content": _chunks(64)}
    assert http.post(url, headers=headers, **sent).status_code == 413
    assert list((sandbox.folder / "incoming").iterdir()) == []
