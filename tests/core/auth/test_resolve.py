"""Which credential a client uses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redenlab import AuthenticationError, ConfigurationError, InferenceClient
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.stores import FileStore, Token

SECRET = "cs-5ecre7-0"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "folder" / "credentials.yaml")


def kept(store: FileStore, seconds: float, refresh: str | None = "rt-5ecre7-0") -> None:
    store.write(Token(Secret("at-5ecre7-0"), seconds, refresh and Secret(refresh)), 0)


KEY = "sk_test_5ecre7_1234"


PAIR = {"REDENLAB_CLIENT_ID": "me", "REDENLAB_CLIENT_SECRET": SECRET}


Choose = Callable[..., str]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """The class of the credential that a client takes."""

    def chosen(environ: dict[str, str], file: str = "", **arguments: Any) -> str:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        if file:
            folder = Path.home() / ".redenlab-ml"
            folder.mkdir(mode=0o700)
            (folder / "config.yaml").write_text(file)
            (folder / "config.yaml").chmod(0o600)
        client = InferenceClient(base_url="https://api.example.com", **arguments)
        return type(client._api.auth).__name__

    return chosen


def test_an_argument_beats_the_environment_and_that_the_file(choose: Choose) -> None:
    assert choose(PAIR, f"api_key: {KEY}") == "OAuth"
    assert choose({}, api_key=KEY) == "ApiKey"


def test_in_one_source_a_key_comes_before_a_sign_in(choose: Choose) -> None:
    assert choose({**PAIR, "REDENLAB_ML_API_KEY": KEY}) == "ApiKey"


def test_a_program_may_be_given_as_arguments(choose: Choose) -> None:
    environ = {"REDENLAB_ML_API_KEY": KEY}
    assert choose(environ, client_id="me", client_secret=SECRET) == "OAuth"


@pytest.mark.parametrize(("there", "missing"), [("ID", "client_secret"), ("SECRET", "client_id")])
def test_half_a_program_is_refused(choose: Choose, there: str, missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"there is no {missing}"):
        choose({f"REDENLAB_CLIENT_{there}": "half-5ecre7"})


def test_a_persons_sign_in_is_the_last_resort(choose: Choose) -> None:
    kept(FileStore(Path.home() / ".redenlab-ml" / "credentials.yaml"), 1000)
    assert choose({}) == "OAuth"


def test_without_any_credential_all_places_are_named(choose: Choose) -> None:
    with pytest.raises(AuthenticationError) as caught:
        choose({})
    for place in ("REDENLAB_ML_API_KEY", "REDENLAB_CLIENT_ID", "config.yaml", "redenlab login"):
        assert place in str(caught.value)
