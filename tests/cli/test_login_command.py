"""`redenlab login`, `logout` and `whoami`, against the embedded backend."""

import re
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import redenlab.sandbox
from browsing import visit
from cli.test_interruption import until
from faulty_server import PATIENCE
from redenlab import InferenceClient
from redenlab.sandbox import Sandbox

Invoke = Callable[..., Any]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def backend(settings: dict[str, str | None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setenv("HOME", str(settings["HOME"]))
    with redenlab.sandbox.running(processing=0) as running:
        settings["REDENLAB_ML_API_KEY"] = None
        settings["REDENLAB_ML_BASE_URL"] = None
        settings["REDENLAB_ML_DISCOVERY_URL"] = running.discovery_url
        yield running


def store() -> Path:
    return Path.home() / ".redenlab-ml" / "credentials.yaml"


def signed_in(start: Start) -> str:
    process = start("login", "--no-browser", "--timeout", "20")
    said = until(process.stderr, "code_challenge_method=S256")
    (url,) = re.findall(r"http://\S+", said.replace("\n", ""))
    threading.Thread(target=visit, args=(url,)).start()
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, ""), err
    return err


def test_a_person_signs_in_and_out(
    backend: Sandbox,
    start: Start,
    invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "signed in; kept in" in signed_in(start)
    assert stat.S_IMODE(store().stat().st_mode) == 0o600
    assert invoke("whoami").stdout == f"sign-in from {store()}\n"
    monkeypatch.setenv("REDENLAB_ML_DISCOVERY_URL", backend.discovery_url)
    with InferenceClient() as client:
        assert client.health().ready
    assert backend.tokens_granted == 1  # the stored one was used
    assert invoke("logout").stderr == "signed out; the token is revoked\n"
    assert not store().exists()
    assert invoke("logout").stderr == "not signed in\n"


def test_a_login_without_a_callback_is_an_error_and_stores_nothing(
    invoke: Invoke, backend: Sandbox
) -> None:
    ended = invoke("login", "--no-browser", "--timeout", "1")
    assert ended.exit_code == 3
    assert "not completed within 1 seconds" in ended.stderr
    assert not store().exists()


def test_whoami_names_the_source_and_never_the_key(
    invoke: Invoke, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_API_KEY"] = "sk_test_5ecre7_1234"
    ended = invoke("whoami")
    assert ended.stdout == "API key from the environment variable REDENLAB_ML_API_KEY\n"
    settings["REDENLAB_ML_API_KEY"] = None
    settings["REDENLAB_CLIENT_ID"] = "program-7"
    settings["REDENLAB_CLIENT_SECRET"] = "cs-5ecre7-0"
    ended = invoke("whoami")
    assert ended.stdout == "program program-7 from the environment variable REDENLAB_CLIENT_ID\n"


def test_whoami_names_the_settings_of_polls(
    invoke: Invoke, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_POLL_MAX"] = "0.5"
    last = invoke("whoami").stdout.splitlines()[-1]
    assert last == "poll_max 0.5 from the environment variable REDENLAB_ML_POLL_MAX"
    settings["REDENLAB_ML_POLL_MAX"] = "never"
    assert "REDENLAB_ML_POLL_MAX is not a positive number" in invoke("whoami").stderr


def test_whoami_without_a_credential_exits_with_3(invoke: Invoke, backend: Sandbox) -> None:
    ended = invoke("whoami")
    assert (ended.exit_code, ended.stdout) == (3, "")
    assert "run: redenlab login" in ended.stderr
