"""Settings: which source wins, and what a value may be."""

from pathlib import Path
from typing import Any

import pytest

from example_settings import PROFILE, settings
from redenlab.core.auth.private_file import read_yaml
from redenlab.core.auth.settings import Settings, checked_base_url
from redenlab.core.errors import ConfigurationError
from redenlab.core.spec.profile import Profile


def test_argument_beats_environment_beats_file_beats_default(file: Path) -> None:
    assert settings().text("api_key") is None
    file.write_text("api_key: from-file\ntimeout: 30\n")
    assert settings().secret("api_key").reveal() == "from-file"
    environ = {"ACME_API_KEY": "from-env"}
    assert settings(environ).secret("api_key").reveal() == "from-env"
    assert settings(environ, api_key="given").secret("api_key").reveal() == "given"
    assert settings().seconds("timeout") == 30
    assert settings({"ACME_TIMEOUT": "1.5"}).seconds("timeout") == 1.5


def test_every_value_knows_its_source(file: Path) -> None:
    file.write_text("base_url: https://x.example\n")
    found = settings({"ACME_TOKEN": "t"}, timeout=5)
    assert found.source("base_url") == str(file)
    assert found.source("api_key") == "the environment variable ACME_TOKEN"
    assert found.source("timeout") == "the argument timeout"
    assert settings().source("timeout") == "default"


def test_a_missing_value_names_every_source() -> None:
    sources = settings().source("api_key")
    assert "argument api_key" in sources
    assert "ACME_API_KEY or ACME_TOKEN" in sources
    assert ".acme/settings.yaml" in sources


def test_no_file_is_no_error() -> None:
    assert read_yaml(Path.home() / "nothing.yaml") == {}


def test_a_file_that_was_asked_for_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no configuration file"):
        Settings(PROFILE, {}, environ={}, path=tmp_path / "mine.yaml")


def test_an_empty_file_is_no_setting(file: Path) -> None:
    assert settings().text("api_key") is None


def test_a_variable_that_is_set_but_empty_is_a_mistake() -> None:
    with pytest.raises(ConfigurationError, match="ACME_API_KEY is set but empty"):
        settings({"ACME_API_KEY": " "})


def test_a_typo_gets_a_hint_with_the_right_spelling(file: Path) -> None:
    file.write_text("api-key: sk_live_1234567890\n")
    with pytest.raises(ConfigurationError, match="did you mean 'api_key'"):
        settings()


def test_a_number_where_a_text_is_due_is_a_mistake(file: Path) -> None:
    file.write_text("api_key: 12345678901\n")
    with pytest.raises(ConfigurationError, match="quote it"):
        settings().text("api_key")


@pytest.mark.parametrize("value", [0, -1, "soon", True, float("inf"), float("nan"), None, []])
def test_a_timeout_is_a_positive_number(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="positive number of seconds"):
        Settings(Profile({}, "x", {"timeout": value}), {}, environ={}).seconds("timeout")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/prod/", "https://api.example.com/prod"),
        ("https://api.example.com:8443/a/b", "https://api.example.com:8443/a/b"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost/prod", "http://localhost/prod"),
        ("http://[::1]:9", "http://[::1]:9"),
        ("http://127.9.9.9", "http://127.9.9.9"),
    ],
)
def test_a_good_address_is_kept_but_for_the_last_slash(given: str, kept: str) -> None:
    assert checked_base_url(given, "here") == kept


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://api.example.com", "is not https"),
        ("http://10.0.0.1", "is not https"),
        ("http://127.0.0.1.example.com", "is not https"),
        ("http://2130706433", "is not https"),
        ("https://user@api.example.com", "user info"),
        ("https://user:pw@api.example.com", "user info"),
        ("https://api.example.com?stage=prod", "query"),
        ("https://api.example.com#top", "fragment"),
        ("https://", "malformed"),
        ("api.example.com", "is not https"),
        ("ftp://api.example.com", "is not https"),
        ("https://api.example.com:99999", "malformed"),
        ("https://[::1", "malformed"),
        ("https://api.example.com\\@127.0.0.1", "user info"),
        ("https://api.exämple.com", "malformed"),
        ("https://api.example.com\n", "malformed"),
        ("https://api example.com", "malformed"),
        ("", "is not https"),
    ],
)
def test_a_bad_address_is_refused(url: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        checked_base_url(url, "the argument base_url")
    assert "pw" not in str(caught.value)
    assert "argument base_url" in str(caught.value)


def test_no_value_shows_in_a_representation() -> None:
    found = settings(api_key="sk_live_1234567890")
    assert "sk_live" not in repr(found.get("api_key"))
    assert "sk_live" not in repr(found)
